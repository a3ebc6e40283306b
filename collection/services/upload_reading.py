"""From the bytes of an upload to its judged rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.core.exceptions import ValidationError

from collection.services.matching import CODE, NAME, match_headings, match_notes
from collection.services.sheets import FileError, Sheet, read_sheet
from collection.services.upload_kinds import Cell, Line, Progress, Task, kind_named, task_of
from collection.services.upload_rows import judge_all, ready
from communities.typed import check_no_identity_number

IDENTITY_LENGTH = 18


def open_sheet(kind: str, name: str, content: bytes, limits: tuple[int, int]) -> Sheet:
    """The table of a file, or of a pasted block (name ""). Raises FileError."""
    most_rows, most_bytes = limits
    fields = kind_named(kind).fields
    sheet = read_sheet(name, content, most_rows=most_rows, most_bytes=most_bytes, fields=fields)
    names = match_headings(sheet.headings, fields)
    if CODE not in names and NAME not in names:
        raise FileError("表头里没有“社区代码”或“社区名称”。加上其中一列再导入")
    return sheet


def fill(task: Task, sheet: Sheet, progress: Progress) -> None:
    """Keep the rows of a table with what is found of them; the upload is ready then."""
    upload = task.upload
    fields = kind_named(upload.kind).fields
    names = match_headings(sheet.headings, fields)
    upload.headings = [list(pair) for pair in zip(sheet.headings, names, strict=True)]
    upload.sheet_name = sheet.sheet_name[:100]
    upload.notes = [*sheet.notes, *match_notes(sheet.headings, fields)]
    lines = lines_of(sheet, names, fields)
    judge_all(task_of(upload, task.by, task.at), lines, progress)
    ready(upload)


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
