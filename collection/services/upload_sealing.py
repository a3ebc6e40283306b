"""Sealed cells: what of an upload with persons in it may be kept, and what waits until it is taken.

A kind with sealed fields is read within the request that brings it. Of a sealed cell the row keeps
a mask and a keyed hash; a text that is needed once more waits in UploadSecret, and goes with its
row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from collection.choices import RowState, UploadState
from collection.models import Upload, UploadRow, UploadSecret
from collection.rules.upload_shapes import Shape
from collection.services.matching import is_beside
from collection.services.sheets import Sheet
from collection.services.upload_kinds import Cell, Kind, Line, Sealed
from communities.services.bulk import insert_staged, stage

COLUMNS: Final = ("upload_id", "code", "number", "name", "text")
ENDED: Final = (UploadState.DONE, UploadState.CANCELLED, UploadState.FAILED)
# rows that may still be taken
OPEN: Final = (RowState.WRONG, RowState.UNLIKELY, RowState.CHANGED, RowState.NEW)


class Secret(NamedTuple):
    """The text of a sealed cell, by row number and field."""

    number: int
    name: str
    text: str


def kept_name(shape: Shape, name: str) -> str:
    """The name under which a file is recorded: a neutral one where its own may name a person."""
    if not shape.sealed or not name:
        return name[:200]
    suffix = PurePath(name).suffix.lower()
    return shape.file_name + (suffix if suffix in (".xlsx", ".csv", ".tsv", ".txt") else "")


def sealed_lines(
    sheet: Sheet, names: Sequence[str], kind: Kind
) -> tuple[list[Line], list[Secret], list[str]]:
    """The rows of a table as they may be kept, what waits sealed, and the headings.

    Columns that were not read are kept empty: nobody knows what stands in them.
    """
    seal = kind.seal
    if seal is None:
        raise TypeError(f"{kind.shape.key} seals nothing")
    secrets: list[Secret] = []
    lines = []
    for number, texts in zip(sheet.numbers, sheet.rows, strict=True):
        cells: list[Cell] = []
        for place, (name, text) in enumerate(zip(names, texts, strict=True)):
            found = seal(name, text) if name and text else Sealed("")
            problem = sheet.problems.get((number, place)) if name else None
            if problem is not None:
                kept = "" if name in kind.shape.sealed or not isinstance(found.cell, str) else text
                found = Sealed([kept, problem])
            if found.secret:
                secrets.append(Secret(number, name, found.secret))
            cells.append(found.cell)
        lines.append(Line(number, cells, {}))
    pairs = zip(sheet.headings, names, strict=True)
    return lines, secrets, [_heading(text, name, kind) for text, name in pairs]


def _heading(text: str, name: str, kind: Kind) -> str:
    """A heading as it is kept: of a column that is not read only a usual word, such as 序号."""
    if not name and not is_beside(text) and text not in kind.shape.beside:
        return ""
    found = kind.seal("", text).cell if kind.seal and text else text
    return found if isinstance(found, str) else ""


def keep_secrets(upload: Upload, secrets: Iterable[Secret]) -> None:
    """Keep texts of sealed cells until their rows are taken."""
    rows = [(upload.pk, upload.code, *secret) for secret in secrets]
    if rows:
        stage(UploadSecret, COLUMNS, rows)
        insert_staged(UploadSecret, COLUMNS)


def keep_secret(upload: Upload, secret: Secret) -> None:
    """Keep the text of a sealed cell that was typed anew; '' takes the former one away."""
    of_cell: dict[str, Any] = {"upload": upload, "number": secret.number, "name": secret.name}
    if not secret.text:
        UploadSecret.objects.filter(**of_cell).delete()
        return
    values = {"code": upload.code, "text": secret.text}
    UploadSecret.objects.update_or_create(**of_cell, defaults=values)


def secrets_of(upload: Upload, name: str, numbers: Iterable[int]) -> dict[int, str]:
    """The sealed texts of a field by row number. One query."""
    rows = UploadSecret.objects.filter(upload=upload, name=name, number__in=list(numbers))
    return dict(rows.values_list("number", "text"))


def forget_settled(upload: Upload) -> None:
    """Take the sealed texts away of rows that are taken, left out or say nothing new."""
    rows = UploadSecret.objects.filter(upload=upload)
    if upload.state not in ENDED:
        waiting = UploadRow.objects.filter(upload=upload, state__in=OPEN)
        rows = rows.exclude(number__in=waiting.values("number"))
    rows.delete()
