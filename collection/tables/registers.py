"""What workbooks of registers have alike: the columns before all others and the sheet 说明."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from collection.models import Upload
from collection.rules.fields import Field
from collection.tables.filling import EDGE, HEAD, HELP, REASON, hint
from communities.tables.files import spreadsheet_safe

CODE, NAME = "社区代码", "社区"
LEADING: Final = ((CODE, 15), (NAME, 16))


def names_register(upload: Upload, sheet: str) -> bool:
    """Whether an uploaded table is the register's workbook, by its sheet and first columns."""
    words = {heading for heading, _ in upload.headings}
    return upload.sheet_name == sheet and {CODE, NAME, REASON} <= words


def communities_choice(lines: Sequence[str], communities: Sequence[Any]) -> dict[str, Any]:
    """The street's communities to choose from, as they stand below the lines of 说明."""
    top = len(lines) + 2
    bottom = top + len(communities) - 1
    source = f"={HELP}!$B${top}:$B${bottom}"
    return {"validate": "list", "source": source, "show_error": False, "ignore_blank": True}


def register_help(
    book: Any,
    lines: Sequence[str],
    communities: Sequence[tuple[str, str]],
    fields: Iterable[Field],
) -> None:
    """Write the sheet 说明: how to fill in, the street's communities, column by column."""
    sheet = book.add_worksheet(HELP)
    head = book.add_format(HEAD)
    cell = book.add_format(EDGE | {"text_wrap": True, "valign": "top"})
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, spreadsheet_safe(line))
    _table(sheet, len(lines), (CODE, NAME), communities, head, cell)
    start = len(lines) + len(communities) + 2
    rows = [(field.label, hint(field)) for field in fields]
    _table(sheet, start, ("列", "怎么填"), rows, head, cell)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 70)


def _table(
    sheet: Any, top: int, labels: Sequence[str], rows: Sequence[Sequence[str]], head: Any, cell: Any
) -> None:
    for column, label in enumerate(labels):
        sheet.write_string(top, column, label, head)
    for number, row in enumerate(rows, start=top + 1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, spreadsheet_safe(text), cell)
