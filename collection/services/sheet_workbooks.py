"""The first visible sheet of a workbook as a table."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from collection.rules.reading import text_of
from collection.services.sheet_archives import DAMAGED, SheetFacts, look_into
from collection.services.sheet_tables import FileError, Table, cleaned, letters

# Sheets that our own workbooks have beside the first: of them nothing is said.
OWN_SHEETS = {"上年", "说明"}
MOST_PROBLEMS = 100_000
SHEET_TAG = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
NAMED = {
    key: re.compile(rb"(?<=[\s:])" + key.encode() + rb'\s*=\s*["\']([^"\']*)["\']')
    for key in ("id", "Id", "Target")
}
FAULTS = {
    "#REF!": "公式引用的单元格已不在",
    "#DIV/0!": "公式除以了0",
    "#N/A": "公式没有查到",
    "#NAME?": "公式的名称认不出",
    "#VALUE!": "公式的数据类型不对",
    "#NUM!": "公式算不出数",
    "#NULL!": "公式的区域不对",
}


def read_workbook(content: bytes, most_rows: int) -> Table:
    """The first visible sheet with values as they were last calculated.

    Hidden rows and columns are read and named: a filter that was left on must not lose rows.
    Raises FileError.
    """
    facts = look_into(content, most_rows)
    try:
        with CalamineWorkbook.from_object(io.BytesIO(content)) as book:
            return _read(book, content, facts, most_rows)
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise FileError(DAMAGED) from error


def _read(
    book: CalamineWorkbook, content: bytes, facts: dict[str, SheetFacts], most_rows: int
) -> Table:
    sheets = [
        (place, one)
        for place, one in enumerate(book.sheets_metadata)
        if one.typ == SheetTypeEnum.WorkSheet
    ]
    visible = [one for one in sheets if one[1].visible == SheetVisibleEnum.Visible]
    if not visible:
        raise FileError("工作簿里没有可见的工作表。取消隐藏后再上传")
    place, chosen = visible[0]
    sheet = book.get_sheet_by_index(place)
    merged = [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in (
        sheet.merged_cell_ranges or ())]  # fmt: skip
    table = Table(sheet_name=chosen.name[:100], rows=texts(sheet), merged=merged)
    others = [one.name for _, one in visible[1:] if one.name not in OWN_SHEETS]
    if others:
        unread = _listed(f"“{one}”" for one in others)
        table.notes.append(f"只读了第一个可见的工作表“{chosen.name}”，没有读{unread}")
    elif len(sheets) > len(visible) and place:
        table.notes.append(f"隐藏的工作表没有读，读的是“{chosen.name}”")
    own = facts.get(part_of(content, place) or next(iter(facts), ""), SheetFacts())
    _mark(table, own)
    return table


def texts(sheet: CalamineSheet) -> list[list[str]]:
    """All rows from the first on as texts; equal texts are one object."""
    kept: dict[str, str] = {}
    numbers: dict[float, str] = {}

    def text_in(raw: Any) -> str:
        kind = type(raw)
        if kind is str:
            text = kept.get(raw)
            if text is None:
                text = kept[raw] = cleaned(raw)
            return text
        if kind is float:
            text = numbers.get(raw)
            if text is None:
                text = numbers[raw] = number_text(raw)
            return text
        return other_text(raw)

    convert: Callable[[Iterable[Any]], list[str]] = lambda row: [text_in(raw) for raw in row]  # noqa: E731
    return [convert(row) for row in sheet.iter_rows()]


def number_text(raw: float) -> str:
    """A number as Excel shows it, with fifteen digits: 0.1+0.2 is 0.3 there."""
    if raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return format(raw, ".15g").replace("e", "E")


def other_text(raw: object) -> str:
    """Days, times and truth values; a time is no day and stays what it looks like."""
    if isinstance(raw, datetime | date):
        return text_of(raw)
    if isinstance(raw, time | timedelta):
        return str(raw)
    return text_of(raw)


def part_of(content: bytes, place: int) -> str:
    """The name of the part that holds the sheet at a place, or ''."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        try:
            book = archive.read("xl/workbook.xml")
            relations = archive.read("xl/_rels/workbook.xml.rels")
        except KeyError:
            return ""
    tags = SHEET_TAG.findall(book)
    targets = {_named(tag, "Id"): _named(tag, "Target") for tag in RELATION.findall(relations)}
    target = targets.get(_named(tags[place], "id"), "") if place < len(tags) else ""
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _named(tag: bytes, key: str) -> str:
    found = NAMED[key].search(tag)
    return found.group(1).decode("utf-8", "replace") if found else ""


def _mark(table: Table, facts: SheetFacts) -> None:
    """Name the cells that hold nothing of their own, and what was hidden."""
    for (row, column), text in facts.errors.items():
        if row <= len(table.rows) and column < len(table.rows[row - 1]):
            said = FAULTS.get(text, "公式出错")
            table.rows[row - 1][column] = text
            table.problems[row, column] = f"{letters(column)}{row}是{text}，{said}。改成数值"
    for merged in table.merged:
        _mark_merged(table, *merged)
    hidden = [row for row in facts.hidden_rows if row <= len(table.rows)]
    if hidden:
        table.notes.append(f"第{_listed(hidden)}行在Excel里是隐藏的，也读了")
    if facts.has_hidden_columns:
        table.notes.append("Excel里隐藏的列也读了")


def _mark_merged(table: Table, top: int, left: int, bottom: int, right: int) -> None:
    """The parts of a merged cell beside its first; what lies beneath it is not seen in Excel."""
    if not _filled(table, top, left):
        return
    whole = f"{letters(left)}{top}:{letters(right)}{bottom}"
    for row in range(top, min(bottom, len(table.rows)) + 1):
        cells = table.rows[row - 1]
        for column in range(left, min(right + 1, len(cells))):
            if (row, column) == (top, left):
                continue
            cells[column] = ""
            table.problems[row, column] = (
                f"{letters(column)}{row}在合并单元格{whole}里，没有自己的数。"
                "在这里填写，或取消合并后重新上传"
            )
    if len(table.problems) > MOST_PROBLEMS:
        raise FileError("合并单元格或公式错误太多。取消合并，改正公式后再上传")


def _filled(table: Table, row: int, column: int) -> bool:
    return row <= len(table.rows) and column < len(table.rows[row - 1]) and bool(
        table.rows[row - 1][column]
    )  # fmt: skip


def _listed(many: Iterable[object], most: int = 8) -> str:
    shown = [str(one) for one in many]
    return "、".join(shown[:most]) + ("等" if len(shown) > most else "")
