"""Workbooks and CSV files as people and attackers make them."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter

HEADINGS = ("社区代码", "社区", "户籍户数（户）", "常住人口（人）")
ROWS = (
    ("371502001001", "古城社区", 2847, 8012),
    ("371502001002", "王口社区", 1685, 4100),
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET_PART = "xl/worksheets/sheet1.xml"


def workbook(
    rows: Sequence[Sequence[Any]] = (HEADINGS, *ROWS),
    change: Callable[[Any, Any], None] | None = None,
    *,
    name: str = "填报",
) -> bytes:
    """An xlsx of one sheet; `change` may do more with the book and the sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, column, cell)
        if change:
            change(book, sheet)
    return out.getvalue()


def repacked(
    content: bytes,
    parts: dict[str, bytes | None],
    *,
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A workbook with some parts replaced, added, or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", method) as new:
        for one in old.namelist():
            if one not in parts:
                new.writestr(one, old.read(one))
        for name, body in parts.items():
            if body is not None:
                new.writestr(name, body)
    return out.getvalue()


def part(content: bytes, name: str = SHEET_PART) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def with_sheet(data: str, content: bytes | None = None) -> bytes:
    """A workbook whose first sheet's data is this XML."""
    body = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{data}</worksheet>'
    return repacked(content or workbook(), {SHEET_PART: body.encode()})


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def csv_text(rows: Sequence[Sequence[Any]] = (HEADINGS, *ROWS), sign: str = ",") -> str:
    return "".join(f"{sign.join(str(cell) for cell in row)}\r\n" for row in rows)
