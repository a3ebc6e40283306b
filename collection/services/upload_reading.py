"""From the bytes of an upload to its judged rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.core.exceptions import ValidationError

from collection.services.matching import match_headings, match_notes
from collection.services.sheet_tables import letters
from collection.services.sheets import FileError, Sheet, read_sheet
from collection.services.upload_kinds import Cell, Kind, Line, Progress, Task, kind_of, task_of
from collection.services.upload_rows import judge_all, keep_unjudged, ready
from collection.services.upload_sealing import keep_secrets, sealed_lines
from communities.typed import check_no_identity_number

IDENTITY_LENGTH = 15


def open_sheet(kind: Kind, name: str, content: bytes, limits: tuple[int, int]) -> Sheet:
    """The table of a file, or of a pasted block (name ""). Raises FileError."""
    most_rows, most_bytes = limits
    fields = kind.shape.fields
    sheet = read_sheet(name, content, most_rows=most_rows, most_bytes=most_bytes, fields=fields)
    if said := kind.lacks(frozenset(match_headings(sheet.headings, fields))):
        raise FileError(said)
    return sheet


def fill(task: Task, sheet: Sheet, progress: Progress) -> None:
    """Keep the rows of a table with what is found of them; the upload is ready then."""
    lines = _take_in(task, sheet)
    judge_all(task_of(task.upload, task.by, task.at), lines, progress)
    ready(task.upload)


def keep(task: Task, sheet: Sheet) -> None:
    """Keep the rows of a table as they are; a job judges them."""
    lines = _take_in(task, sheet)
    task.upload.save(update_fields=["headings", "sheet_name", "notes"])
    keep_unjudged(task.upload, lines)


def _take_in(task: Task, sheet: Sheet) -> list[Line]:
    """The rows of a table as they are kept; the upload gets its headings and notes."""
    upload, kind = task.upload, kind_of(task.upload)
    fields = kind.shape.fields
    names = match_headings(sheet.headings, fields)
    headings = sheet.headings
    upload.sheet_name = sheet.sheet_name[:100]
    if kind.shape.sealed:
        lines, secrets, headings = sealed_lines(sheet, names, kind)
        keep_secrets(upload, secrets)
        upload.sheet_name = kind.shape.sheet if upload.sheet_name == kind.shape.sheet else ""
        notes = _unread([*zip(sheet.headings, headings, names, strict=True)])
    else:
        lines = lines_of(sheet, names, fields)
        notes = match_notes(headings, fields)
    upload.headings = [list(pair) for pair in zip(headings, names, strict=True)]
    upload.notes = [*sheet.notes, *notes]
    return lines


def _unread(columns: Sequence[tuple[str, str, str]]) -> list[str]:
    """That columns are not kept, by their letters: a heading too may say what nobody may keep.

    `columns`: the heading as it came and as it is kept, and the name of the field.
    """
    own = [
        letters(place)
        for place, (came, kept, name) in enumerate(columns)
        if came and not kept and not name
    ]
    return [f"{'、'.join(own)}列没有识别，没有读，也不保存"] if own else []


def lines_of(sheet: Sheet, names: Sequence[str], fields: Collection[str]) -> list[Line]:
    """The rows of a table as lines: broken cells carry what is wrong with them.

    An identity number is kept nowhere: the cell of a fact is wrong, any other is empty.
    """
    broken: dict[int, dict[int, str]] = {}
    for (number, place), message in sheet.problems.items():
        broken.setdefault(number, {})[place] = message
    nothing: Mapping[str, str] = {}
    lines = []
    for number, texts in zip(sheet.numbers, sheet.rows, strict=True):
        cells: list[Cell] = texts  # type: ignore[assignment]
        for place, message in broken.get(number, {}).items():
            cells[place] = [texts[place], message]
        for place, text in enumerate(texts):
            if len(text) >= IDENTITY_LENGTH and (said := identity_in(text)):
                cells[place] = ["", said] if names[place] in fields else ""
        lines.append(Line(number, cells, nothing))
    return lines


def identity_in(text: str) -> str:
    """What is wrong with a text in which an identity number stands; '' for others."""
    try:
        check_no_identity_number(text)
    except ValidationError as error:
        return str(error.messages[0])
    return ""
