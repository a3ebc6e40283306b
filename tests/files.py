"""Files that the system gives out, opened again as a spreadsheet program opens them."""

import csv
import io
import re
import zipfile
from typing import Any

from python_calamine import CalamineWorkbook


def csv_rows(content: bytes) -> list[list[str]]:
    """The cells of a CSV file; fails without the mark by which spreadsheets know UTF-8."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_rows(content: bytes) -> list[list[Any]]:
    """The cells of a workbook's only sheet; fails where any cell is a formula or a link."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        text = parts.read(sheets[0]).decode()
    assert len(sheets) == 1
    assert re.findall(r"<f[ >]|<hyperlink", text) == []
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def xlsx_kinds(content: bytes, row: int) -> list[str]:
    """Of each written cell of a row (from 1): s for text, n for a number."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        text = parts.read("xl/worksheets/sheet1.xml").decode()
    found = re.search(rf'<row r="{row}".*?</row>', text)
    assert found is not None
    cells = re.findall(r'<c r="[A-Z]+\d+"[^>]*?(?: t="(\w+)")?>', found[0])
    return ["s" if kind in ("s", "inlineStr", "str") else "n" for kind in cells]
