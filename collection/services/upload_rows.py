"""Rows of an upload: judged many at a time, kept, judged anew after a correction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.db.models import Count

from collection.choices import RowState, UploadState
from collection.models import Upload, UploadRow
from collection.selectors.uploads import WAITING
from collection.services.upload_kinds import Judge, Judged, Line, Progress, Task, kind_of
from collection.services.upload_sealing import forget_settled
from communities.services.bulk import insert_staged, stage, update_staged

CHUNK: Final = 5_000
JUDGED: Final = "核对"
COLUMNS: Final = ("upload_id", "code", "number", "subject", "name", "subject_key", "cells",
    "before", "reasons", "findings", "state", "version")  # fmt: skip
# what is found of a row, in the columns that a correction changes
FOUND: Final = ("subject", "name", "subject_key", "cells", "before", "reasons", "findings",
    "state", "version")  # fmt: skip
# rows that are out of the way: they are no second row of their community
SETTLED: Final = (RowState.TAKEN, RowState.DROPPED)
Repeated = Mapping[int, Sequence[int]]


def judge_all(task: Task, lines: Sequence[Line], progress: Progress) -> dict[str, int]:
    """Judge rows of a file and keep them; return how many there are of each state."""
    judge = kind_of(task.upload).judge(task)
    total, counts = len(lines), dict.fromkeys(RowState.values, 0)
    progress.step(JUDGED, 0, total)
    repeated = _repeated(zip(judge.subjects(lines), lines, strict=True))
    for start in range(0, total, CHUNK):
        rows = list(judge.judge(lines[start : start + CHUNK], repeated))
        _keep(task.upload, rows)
        for row in rows:
            counts[row.state] += 1
        progress.step(JUDGED, min(start + CHUNK, total), total)
    return counts


def keep_unjudged(upload: Upload, lines: Sequence[Line]) -> None:
    """Keep rows as they were read; whoever goes on with the upload judges them."""
    for start in range(0, len(lines), CHUNK):
        part = lines[start : start + CHUNK]
        _keep(upload, [Judged(number=one.number, subject="", name="", subject_key=None,
            cells=one.cells, before={}, reasons={}, findings=(), state=RowState.WRONG, version=0)
            for one in part])  # fmt: skip


def judge_again(task: Task, numbers: Iterable[int]) -> None:
    """Judge rows anew that were corrected, or whose records changed; few at a time."""
    kept = UploadRow.objects.filter(upload=task.upload)
    rows = list(kept.filter(number__in=list(numbers)).exclude(state__in=SETTLED))
    judge = kind_of(task.upload).judge(task)
    keys = _judge_few(task, judge, rows)
    # those that are no longer, or now, a second row of the same record
    before = {row.subject_key for row in rows} | keys
    others = kept.filter(subject_key__in=before - {None}).exclude(state__in=SETTLED)
    others = others.exclude(pk__in=[row.pk for row in rows])
    _judge_few(task, judge, list(others))


def _judge_few(task: Task, judge: Judge, rows: Sequence[UploadRow]) -> set[int | None]:
    """Judge kept rows and store what is found; return the records that they are about."""
    lines = [Line(row.number, row.cells, row.reasons) for row in rows]
    keys = judge.subjects(lines)
    mine = {row.number for row in rows}
    waiting = UploadRow.objects.filter(upload=task.upload, subject_key__in=set(keys) - {None})
    others = waiting.exclude(state__in=SETTLED).exclude(number__in=mine)
    repeated: dict[int, list[int]] = defaultdict(list)
    for key, number in others.values_list("subject_key", "number"):
        repeated[key or 0].append(number)
    for key, line in zip(keys, lines, strict=True):
        if key is not None:
            repeated[key].append(line.number)
    stage(UploadRow, COLUMNS, _staged(task.upload, list(judge.judge(lines, repeated))))
    update_staged(UploadRow, FOUND, key=("upload_id", "number"))
    return set(keys)


def lines_of(upload: Upload) -> list[Line]:
    """All rows of an upload that wait, as they were read and corrected."""
    rows = UploadRow.objects.filter(upload=upload).exclude(state__in=SETTLED)
    found = rows.order_by("number").values_list("number", "cells", "reasons")
    return [Line(*row) for row in found.iterator(chunk_size=CHUNK)]


def count_rows(upload: Upload) -> dict[str, int]:
    """How many rows an upload has of each state. One query."""
    found = UploadRow.objects.filter(upload=upload).order_by()
    counts = dict(found.values_list("state").annotate(Count("pk")))
    return {state: counts.get(state, 0) for state in RowState.values}


def recount(upload: Upload) -> None:
    """Write how many rows there are of each state; an upload without waiting rows is done."""
    kept = {name: number for name, number in upload.counts.items() if name.startswith("taken_")}
    upload.counts = {**count_rows(upload), **kept}
    waits = any(upload.counts[state] for state in WAITING)
    if upload.state == UploadState.READY and not waits and upload.counts[RowState.TAKEN]:
        upload.state = UploadState.DONE
    upload.save(update_fields=["counts", "state"])
    if kind_of(upload).shape.sealed and upload.state != UploadState.READING:
        forget_settled(upload)


def ready(upload: Upload) -> None:
    """The rows are judged: the upload waits for somebody to look at them."""
    upload.state, upload.stage, upload.moved_at = UploadState.READY, "", None
    upload.save(update_fields=["state", "stage", "moved_at", "headings", "sheet_name", "notes"])
    recount(upload)


def _repeated(found: Iterable[tuple[int | None, Line]]) -> Repeated:
    """Rows by the key of their record, of records with several rows."""
    first: dict[int, int] = {}
    repeated: dict[int, list[int]] = {}
    for key, line in found:
        if key is None:
            continue
        if key in first:
            repeated.setdefault(key, [first[key]]).append(line.number)
        else:
            first[key] = line.number
    return repeated


def _keep(upload: Upload, rows: Sequence[Judged]) -> None:
    stage(UploadRow, COLUMNS, _staged(upload, rows))
    insert_staged(UploadRow, COLUMNS)


def _staged(upload: Upload, rows: Iterable[Judged]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield (
            upload.pk,
            upload.code,
            row.number,
            row.subject,
            row.name,
            row.subject_key,
            written(row.cells),
            written(row.before),
            written(row.reasons),
            written(row.findings),
            str(row.state),
            row.version,
        )


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def written(value: Any) -> str:
    """JSON in its shortest form."""
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    return _ENCODER.encode(value)
