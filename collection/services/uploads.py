"""Uploads from the first byte to the record: start, correct, take, cancel, go on after a break."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from collection.choices import RowState, UploadState
from collection.models import Upload, UploadContent, UploadRow
from collection.rules.upload_shapes import CODE, FACTS_KIND, NAME, REASON, Shape
from collection.selectors.upload_jobs import AT_WORK, progress_of
from collection.selectors.uploads import WAITING, may_change, may_upload, plain_text
from collection.services import jobs, upload_kinds
from collection.services.jobs import Frame
from collection.services.sheet_tables import MOST_LETTERS
from collection.services.sheets import FileError
from collection.services.upload_kinds import Cell, Kind, Sealed, kind_named, kind_of, task_of
from collection.services.upload_reading import fill, keep, open_sheet
from collection.services.upload_rows import (
    SETTLED,
    count_rows,
    judge_again,
    judge_all,
    lines_of,
    ready,
    recount,
)
from collection.services.upload_sealing import Secret, keep_secret, kept_name
from collection.services.upload_taking import UploadError, take_rows
from communities.typed import check_no_identity_number

__all__ = ["FileError", "Frame", "UploadError", "cancel", "drop_row", "edit_row", "go_on",
    "limits", "rematch", "restart", "start_upload", "take", "work"]  # fmt: skip

SMALL_ROWS: Final = 3_000
SMALL_BYTES: Final = 1024 * 1024
READING: Final = "读取文件"
BESIDE: Final = (CODE, NAME, REASON)


def limits(user: User, shape: Shape) -> tuple[int, int]:
    """The most rows and bytes of a person's file."""
    if shape.limits:
        return shape.limits
    if user.has_perm("communities.import_annualfacts"):
        return settings.UPLOAD_ROWS_BULK, settings.UPLOAD_BYTES_BULK
    return settings.UPLOAD_ROWS, settings.UPLOAD_BYTES


@transaction.atomic
def start_upload(
    *,
    by: User,
    year: int,
    source: str,
    name: str,
    content: bytes,
    options: Mapping[str, Any],
    at: datetime,
    frame: Frame,
    kind: str = FACTS_KIND,
) -> Upload:
    """Keep a file or pasted block and read it: at once where it is small, else in a job.

    options: the answers to what the kind asks beside the year. Of a kind with sealed fields neither
    the file nor its name is kept: it is read at once, and judged in a job where it is long. Raises
    FileError and UploadError with a sentence for the user; nothing is kept then.
    """
    found = kind_named(kind)
    _check_start(by, found, year, options)
    most = limits(by, found.shape)
    sealed = bool(found.shape.sealed)
    small = sealed or len(content) <= SMALL_BYTES or len(content) > most[1]  # too large: says so
    sheet = open_sheet(found, name, content, most) if small else None
    upload = Upload.objects.create(
        kind=kind,
        code=by.scope,
        year=year,
        source=source,
        file_name=kept_name(found.shape, name),
        sha256=_checksum(found.shape, content),
        size=len(content),
        made_by=by,
        made_at=at,
        moved_at=at,
        options=dict(options),
    )
    if sheet is not None and len(sheet.rows) <= SMALL_ROWS:
        fill(task_of(upload, by, at), sheet, jobs.Quiet())
        return upload
    if sheet is not None and sealed:
        keep(task_of(upload, by, at), sheet)
    else:
        UploadContent.objects.create(upload=upload, code=upload.code, content=content)
    jobs.launch(upload, by=by, frame=frame)
    return upload


def _checksum(shape: Shape, content: bytes) -> str:
    """SHA-256 of a file; of one with sealed cells keyed, as a number could be guessed from it."""
    if shape.sealed:
        return hmac.new(settings.IDENTITY_KEY.encode(), content, hashlib.sha256).hexdigest()
    return hashlib.sha256(content).hexdigest()


def _check_start(by: User, kind: Kind, year: int, options: Mapping[str, Any]) -> None:
    if not may_upload(by, kind.shape.key):
        raise UploadError(f"你不能导入{kind.shape.label}。由有权限的经办人导入")
    if said := kind.check(by, year, options):
        raise UploadError(said)


def _check_office(upload: Upload, by: User) -> None:
    if not may_change(by, upload):
        raise UploadError("这份导入由上传的单位处理")


def _locked(upload: Upload, by: User) -> Upload:
    """The upload as it is now, locked, if it is this person's to handle. Raises UploadError."""
    _check_office(upload, by)
    return Upload.objects.select_for_update(no_key=True).get(pk=upload.pk)


def _ready(upload: Upload, by: User) -> Upload:
    """The upload, locked, if this person may correct or take it now. Raises UploadError."""
    present = _locked(upload, by)
    if present.state == UploadState.READY:
        return present
    if present.state in AT_WORK:
        raise UploadError(f"这份文件正在{present.get_state_display()}。等它结束再操作")
    raise UploadError(f"这份导入{present.get_state_display()}，不能再改。重新上传")


@transaction.atomic
def edit_row(
    *,
    upload: Upload,
    number: int,
    cells: Mapping[str, str],
    reasons: Mapping[str, str],
    by: User,
    at: datetime,
) -> str:
    """Correct cells of a row (by name of a field, "code" too) and give reasons; the new state.

    Raises UploadError where the row is settled or the upload is not open, and for texts that are
    too long or hold an identity number: nothing of the row is stored then.
    """
    present = _ready(upload, by)
    row = _waiting_row(present, number)
    kind = kind_of(present)
    _check_texts(number, kind, cells, reasons)
    texts = [plain_text(cell) if _beside_facts(present, at_) else cell
        for at_, cell in enumerate(row.cells)]  # fmt: skip
    for name, text in cells.items():
        if name in kind.shape.fields or name in BESIDE:
            place = _place(present, name)
            texts += [None] * (place + 1 - len(texts))
            texts[place] = _cell(present, kind, number, name, upload_kinds.cleaned(text))
    row.cells = texts
    row.reasons = {**row.reasons, **{name: why.strip()[:200] for name, why in reasons.items()}}
    row.mended = [*row.mended, [by.pk, at.isoformat()]]
    row.save(update_fields=["cells", "reasons", "mended"])
    judge_again(task_of(present, by, at), [number])
    recount(present)
    return UploadRow.objects.get(pk=row.pk).state


def _cell(upload: Upload, kind: Kind, number: int, name: str, text: str) -> Cell:
    """A typed cell as it is kept; what is sealed of it waits elsewhere."""
    if kind.seal is None:
        return text
    found = kind.seal(name, text) if text else Sealed("")
    if name in kind.shape.sealed:
        keep_secret(upload, Secret(number, name, found.secret))
    return found.cell


def _check_texts(
    number: int, kind: Kind, cells: Mapping[str, str], reasons: Mapping[str, str]
) -> None:
    """Refuse texts that are too long, and what may not be kept of a person."""
    for text in (*cells.values(), *reasons.values()):
        if len(text) > MOST_LETTERS:
            raise UploadError(
                f"第{number}行有一格{len(text):,}个字，最多{MOST_LETTERS:,}个。没有保存，删短后再改"
            )
    open_texts = [text for name, text in cells.items() if name not in kind.shape.sealed]
    for text in (*open_texts, *reasons.values()):
        try:
            check_no_identity_number(text)
        except ValidationError as error:
            raise UploadError(f"第{number}行没有保存，{error.messages[0]}") from error
        kept = kind.seal(REASON, text).cell if kind.seal and text else ""
        if isinstance(kept, list):
            raise UploadError(f"第{number}行没有保存，{kept[1]}")


def _beside_facts(upload: Upload, place: int) -> bool:
    return upload.headings[place][1] in ("", *BESIDE)


def _place(upload: Upload, name: str) -> int:
    """The column of a field; one that the file has not is added."""
    names = [field for _, field in upload.headings]
    if name not in names:
        upload.headings = [*upload.headings, ["", name]]
        upload.save(update_fields=["headings"])
        return len(names)
    return names.index(name)


def _waiting_row(upload: Upload, number: int) -> UploadRow:
    row = UploadRow.objects.select_for_update().filter(upload=upload, number=number).first()
    if row is None:
        raise UploadError(f"没有第{number}行。刷新后再改")
    if row.state in SETTLED:
        raise UploadError(f"第{number}行{RowState(row.state).label}，不能再改")
    return row


@transaction.atomic
def drop_row(*, upload: Upload, number: int, by: User, at: datetime) -> None:
    """Leave a row out; another of the same community is judged anew. Raises UploadError."""
    present = _ready(upload, by)
    row = _waiting_row(present, number)
    row.state = RowState.DROPPED
    row.mended = [*row.mended, [by.pk, at.isoformat()]]
    row.save(update_fields=["state", "mended"])
    if row.subject_key is not None:
        same = UploadRow.objects.filter(upload=present, subject_key=row.subject_key)
        judge_again(task_of(present, by, at), same.values_list("number", flat=True))
    recount(present)


@transaction.atomic
def rematch(*, upload: Upload, names: Sequence[str], by: User, at: datetime, frame: Frame) -> None:
    """Give columns other fields, one name a column ("" for ignored), and judge all rows anew.

    Raises UploadError for two columns of one field and for unknown names.
    """
    present = _ready(upload, by)
    kind = kind_of(present)
    used = [name for name in names if name]
    if kind.shape.sealed:
        raise UploadError("没有识别的列没有保存。改好表头后重新上传")
    if len(names) != len(present.headings) or any(
        name not in kind.shape.fields and name not in BESIDE for name in used
    ):
        raise UploadError("表头已经变了。刷新后再选")
    if len(used) != len(set(used)):
        raise UploadError("有两列选了同一项。一项只对应一列")
    if kind.lacks(frozenset(used)):
        subject = "或".join(kind.shape.label_of(name) for name in kind.shape.subject)
        raise UploadError(f"没有一列是{subject}。选出其中一列")
    present.headings = [[found, name] for (found, _), name in zip(present.headings, names,
        strict=True)]  # fmt: skip
    _begin(present, UploadState.READING, at)
    if _rows_of(present) <= SMALL_ROWS:
        go_on(present, by, jobs.Quiet(), at=at)
    else:
        jobs.launch(present, by=by, frame=frame)


def _begin(upload: Upload, state: str, at: datetime) -> None:
    upload.state, upload.stage, upload.done_rows, upload.total_rows = state, "", 0, 0
    upload.cancel_asked, upload.moved_at, upload.message = False, at, ""
    upload.save()


def _rows_of(upload: Upload) -> int:
    return sum(upload.counts.get(state, 0) for state in RowState.values)


@transaction.atomic
def take(*, upload: Upload, by: User, at: datetime, frame: Frame) -> None:
    """Take the rows that are new or changed: at once where they are few, else in a job.

    Raises UploadError where there are none, or another import of the office is under way.
    """
    present = _ready(upload, by)
    counts = count_rows(present)
    takeable = counts[RowState.NEW] + counts[RowState.CHANGED]
    if not takeable:
        raise UploadError("没有可以导入的行")
    others = Upload.objects.filter(code=present.code, state=UploadState.TAKING)
    if any(not progress_of(one, at=at).interrupted for one in others.exclude(pk=present.pk)):
        raise UploadError("本单位的另一份导入正在进行。等它结束再导入")
    _begin(present, UploadState.TAKING, at)
    if takeable <= SMALL_ROWS:
        go_on(present, by, jobs.Quiet(), at=at)
    else:
        jobs.launch(present, by=by, frame=frame)


@transaction.atomic
def restart(*, upload: Upload, by: User, at: datetime, frame: Frame) -> None:
    """Begin anew what was interrupted. Raises UploadError where nothing was."""
    present = _locked(upload, by)
    if not progress_of(present, at=at).interrupted:
        raise UploadError("这份导入没有中断")
    _begin(present, present.state, at)
    jobs.launch(present, by=by, frame=frame)


@transaction.atomic
def cancel(*, upload: Upload, by: User, at: datetime) -> None:
    """Give an upload up, or stop the work on it; what was taken before stays.

    Work under way ends at its next step and is undone. Raises UploadError where all is done.
    """
    _check_office(upload, by)
    asked = Upload.objects.filter(pk=upload.pk, state__in=AT_WORK).update(cancel_asked=True)
    present = Upload.objects.get(pk=upload.pk)
    if asked and progress_of(present, at=at).interrupted:
        jobs.after_cancelling(present)
    elif asked:
        jobs.stop(present)
    elif present.state == UploadState.READY:
        _give_up(present, by, at)
    else:
        raise UploadError(f"这份导入{present.get_state_display()}，不能取消")


def _give_up(upload: Upload, by: User, at: datetime) -> None:
    """Nothing taken: cancelled. Some rows taken: done, the rest is left out."""
    rows = UploadRow.objects.filter(upload=upload, state__in=WAITING)
    rows.update(state=RowState.DROPPED)
    taken = upload.counts.get(RowState.TAKEN, 0)
    upload.state = UploadState.DONE if taken else UploadState.CANCELLED
    upload.message = upload.message if taken else "没有导入，数据没有改变"
    if not taken:
        upload.finished_by, upload.finished_at = by, at
    upload.save()
    recount(upload)


def go_on(upload: Upload, by: User, progress: upload_kinds.Progress, *, at: datetime) -> None:
    """Do what an upload waits for: read its file, judge its rows anew, or take them.

    In the caller's transaction. Raises UploadError (small ones) and CancelledError.
    """
    if upload.state == UploadState.TAKING:
        take_rows(upload, by=by, at=at, progress=progress)
        return
    content = UploadContent.objects.filter(upload=upload)
    if content.exists():
        progress.step(READING, 0, 0)
        # the bytes are let go before the rows are judged
        kind = kind_of(upload)
        bytes_ = bytes(content.get().content)
        sheet = open_sheet(kind, upload.file_name, bytes_, limits(by, kind.shape))
        fill(task_of(upload, by, at), sheet, progress)
        content.delete()
        return
    lines = lines_of(upload)
    waiting = UploadRow.objects.filter(upload=upload).exclude(state__in=SETTLED)
    mended = dict(waiting.exclude(mended=[]).values_list("number", "mended"))
    waiting.delete()
    judge_all(task_of(upload, by, at), lines, progress)
    for row in UploadRow.objects.filter(upload=upload, number__in=mended).only("pk", "number"):
        UploadRow.objects.filter(pk=row.pk).update(mended=mended[row.number])
    ready(upload)


def work(upload: Upload, by: User, progress: upload_kinds.Progress, *, at: datetime) -> None:
    """Go on in a job, where nobody waits for an error: what is wrong is kept with the upload."""
    try:
        with transaction.atomic():
            go_on(upload, by, progress, at=at)
    except FileError as error:
        _end(upload, UploadState.FAILED, str(error))
        UploadContent.objects.filter(upload=upload).delete()
    except UploadError as error:
        _end(upload, UploadState.READY, str(error))


def _end(upload: Upload, state: str, message: str) -> None:
    rows = Upload.objects.filter(pk=upload.pk)
    rows.update(state=state, message=message[:500], stage="", moved_at=None)
