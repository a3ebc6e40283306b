"""Writing any columns as CSV or xlsx."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, BinaryIO

import xlsxwriter

CHUNK = 2000
# options of a workbook: no text becomes a formula, a link or a number
TEXTS_AS_TYPED = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_FORMATS = {
    "text": {},
    "count": {"num_format": "#,##0"},
    "amount": {"num_format": "#,##0.00"},
    "km2": {"num_format": "#,##0.0000"},
    "signed": {"num_format": "+#,##0;-#,##0;0"},
}
_HEAD = {"bold": True, "bg_color": "#f0f3f7", "text_wrap": True}
A4, A3 = 9, 8


@dataclass(frozen=True)
class Heading:
    """A column: its heading with the unit, its kind and its width.

    kind: text, count, signed (a count with its sign), amount (2 decimals) or km2 (4). group: what
    stands over it and its neighbours of the same group in a head of two rows; the heading says
    everything without it.
    """

    label: str
    kind: str = "text"
    width: int = 12
    group: str = ""


@dataclass(frozen=True)
class Layout:
    """How a sheet looks beside the plain one.

    total: a last row, cell by cell. feet: lines below the table. frozen: columns that stay.
    """

    sheet: str = "汇总"
    bordered: bool = False
    paper: int = A4
    frozen: int = 2
    total: Sequence[Any] = ()
    feet: Sequence[str] = ()


PLAIN = Layout()


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
    *,
    layout: Layout = PLAIN,
) -> None:
    """A workbook of one sheet: title, notes, headings frozen, numbers as numbers, no formulas."""
    with xlsxwriter.Workbook(out, {"constant_memory": True, **TEXTS_AS_TYPED}) as book:
        sheet = book.add_worksheet(layout.sheet)
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, heading.width)
        _write_title(book, sheet, title, notes, len(headings) if layout.bordered else 0)
        top = len(notes) + 1
        body = _write_head(book, sheet, top, headings, layout)
        sheet.freeze_panes(body, layout.frozen)
        sheet.repeat_rows(top, body - 1)
        sheet.set_landscape()
        sheet.set_paper(layout.paper)
        sheet.fit_to_pages(1, 0)
        row = _write_body(book, sheet, body, headings, lines, layout)
        for number, foot in enumerate(layout.feet, start=row):
            sheet.write_string(number, 0, spreadsheet_safe(foot))


def _write_title(book: Any, sheet: Any, title: str, notes: Sequence[str], across: int) -> None:
    """The title and the lines below it; the title in the middle of a bordered table."""
    style: dict[str, Any] = {"bold": True, "font_size": 14}
    if across > 1:
        style |= {"align": "center"}
        sheet.merge_range(0, 0, 0, across - 1, spreadsheet_safe(title), book.add_format(style))
    else:
        sheet.write_string(0, 0, spreadsheet_safe(title), book.add_format(style))
    for row, note in enumerate(notes, start=1):
        sheet.write_string(row, 0, spreadsheet_safe(note))


def _write_head(
    book: Any, sheet: Any, top: int, headings: Sequence[Heading], layout: Layout
) -> int:
    """One row of headings, or two where some are grouped; return the row after them.

    A cell over an ungrouped heading is left empty and open below: cells of two rows cannot be
    merged in a workbook that is written row by row.
    """
    edge = {"border": 1} if layout.bordered else {"bottom": 1}
    middle = {"align": "center", "valign": "vcenter"} if layout.bordered else {}
    head = book.add_format(_HEAD | edge | middle)
    if not any(heading.group for heading in headings):
        for column, heading in enumerate(headings):
            sheet.write_string(top, column, heading.label, head)
        return top + 1
    upper = book.add_format(_HEAD | {"left": 1, "right": 1, "top": 1})
    lower = book.add_format(_HEAD | middle | {"left": 1, "right": 1, "bottom": 1})
    column = 0
    for group, members in groupby(headings, key=lambda heading: heading.group):
        last = column + len(list(members)) - 1
        if group and last > column:
            sheet.merge_range(top, column, top, last, group, head)
        elif group:
            sheet.write_string(top, column, group, head)
        for place in range(column, last + 1) if not group else ():
            sheet.write_blank(top, place, None, upper)
        column = last + 1
    for column, heading in enumerate(headings):
        sheet.write_string(top + 1, column, heading.label, head if heading.group else lower)
    return top + 2


def _write_body(
    book: Any,
    sheet: Any,
    row: int,
    headings: Sequence[Heading],
    lines: Iterable[Sequence[Any]],
    layout: Layout,
) -> int:
    """The rows and the total; return the row after them."""
    edge = {"border": 1} if layout.bordered else {}
    formats = {kind: book.add_format(style | edge) for kind, style in _FORMATS.items()}
    styles = [formats[heading.kind] for heading in headings]
    for line in lines:
        _write_row(sheet, row, line, styles, blank=layout.bordered)
        row += 1
    if layout.total:
        bold = {
            kind: book.add_format(style | edge | {"bold": True}) for kind, style in _FORMATS.items()
        }
        _write_row(
            sheet, row, layout.total, [bold[heading.kind] for heading in headings], blank=True
        )
        row += 1
    return row


def _write_row(
    sheet: Any, row: int, line: Sequence[Any], styles: Sequence[Any], *, blank: bool
) -> None:
    for column, cell in enumerate(line):
        if cell is None or cell == "":
            if blank:
                sheet.write_blank(row, column, None, styles[column])
        elif isinstance(cell, str):
            sheet.write_string(row, column, spreadsheet_safe(cell), styles[column])
        elif isinstance(cell, datetime.date):
            sheet.write_string(row, column, cell.isoformat(), styles[column])
        else:
            # Excel holds numbers as binary floats: 14 digits with 2 decimals come through unchanged
            sheet.write_number(
                row, column, float(cell) if isinstance(cell, Decimal) else cell, styles[column]
            )
