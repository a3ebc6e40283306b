"""Writing any columns as CSV or xlsx."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

CHUNK = 2000
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_FORMATS = {"text": {}, "count": {"num_format": "#,##0"}, "amount": {"num_format": "#,##0.00"}}


@dataclass(frozen=True)
class Heading:
    """A column: its heading with the unit, its kind (text, count, amount) and its width."""

    label: str
    kind: str = "text"
    width: int = 12


def spreadsheet_safe(text: str) -> str:
    """Text that a spreadsheet does not take for a formula; the apostrophe is not shown there."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def csv_chunks(headings: Sequence[Heading], lines: Iterable[Sequence[Any]]) -> Iterator[str]:
    """CSV text in chunks, with the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([heading.label for heading in headings])
    yield "\ufeff"
    for number, line in enumerate(lines, start=1):
        writer.writerow([_plain(cell) for cell in line])
        if number % CHUNK == 0:
            yield _emptied(out)
    yield _emptied(out)


def _plain(cell: Any) -> Any:
    if cell is None:
        return ""
    return spreadsheet_safe(cell) if isinstance(cell, str) else cell


def _emptied(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def write_xlsx(
    out: BinaryIO,
    title: str,
    headings: Sequence[Heading],
    lines: Iterable[Sequence[Any]],
    notes: Sequence[str] = (),
) -> None:
    """A workbook of one sheet: title, notes, headings frozen, numbers as numbers, no formulas."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        formats = {kind: book.add_format(style) for kind, style in _FORMATS.items()}
        head = book.add_format(
            {"bold": True, "bg_color": "#f0f3f7", "bottom": 1, "text_wrap": True}
        )
        sheet = book.add_worksheet("汇总")
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, heading.width)
        sheet.write_string(
            0, 0, spreadsheet_safe(title), book.add_format({"bold": True, "font_size": 14})
        )
        for row, note in enumerate(notes, start=1):
            sheet.write_string(row, 0, spreadsheet_safe(note))
        top = len(notes) + 1
        for column, heading in enumerate(headings):
            sheet.write_string(top, column, heading.label, head)
        sheet.freeze_panes(top + 1, 2)
        sheet.repeat_rows(top)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        styles = [formats[heading.kind] for heading in headings]
        for row, line in enumerate(lines, start=top + 1):
            _write_row(sheet, row, line, styles)


def _write_row(sheet: Any, row: int, line: Sequence[Any], styles: Sequence[Any]) -> None:
    for column, cell in enumerate(line):
        if cell is None:
            continue
        if isinstance(cell, str):
            sheet.write_string(row, column, spreadsheet_safe(cell), styles[column])
        else:
            # Excel holds numbers as binary floats: 14 digits with 2 decimals come through unchanged
            sheet.write_number(
                row, column, float(cell) if isinstance(cell, Decimal) else cell, styles[column]
            )
