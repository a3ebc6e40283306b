"""The workbook that a street fills in: the form's own rules as drop-downs and number checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

from collection.rules.fields import SECTIONS, Field
from collection.rules.reading import CellError, read
from collection.rules.reasons import write_reasons
from collection.selectors.filling import Filling, FillRow
from communities.tables.files import TEXTS_AS_TYPED, spreadsheet_safe
from communities.typed import FIRST_DAY, LAST_DAY

FILL, LAST, HELP = "填报", "上年", "说明"
REASON = "变动说明"
LAST_COLUMN = 16_383
# Excel cuts longer messages and lists
MOST_MESSAGE, MOST_LIST = 255, 255
HEAD = {"bold": True, "bg_color": "#f0f3f7", "text_wrap": True, "valign": "vcenter", "border": 1,
    "border_color": "#c2cbd5"}  # fmt: skip
EDGE = {"border": 1, "border_color": "#dde3e9"}
NUMBERS = {"count": "#,##0", "area": "#,##0.00", "money": "#,##0.00", "date": "yyyy-mm-dd"}
OPTIONS = {
    "format_cells": True, "format_columns": True, "format_rows": True, "insert_columns": True,
    "delete_rows": True, "sort": True, "autofilter": True, "objects": True,
}  # fmt: skip


def file_name(filling: Filling) -> str:
    """The workbook's name, which says whose and which year's it is."""
    return f"数据填报_{filling.place}_{filling.year}.xlsx"


def write_filling(out: BinaryIO, filling: Filling) -> None:
    """Write the sheets 填报 (to fill in), 上年 and 说明."""
    with xlsxwriter.Workbook(out, TEXTS_AS_TYPED) as book:
        _fill_sheet(book, filling)
        last_sheet(book, filling)
        help_sheet(book, filling)


def is_filled(headings: Sequence[Sequence[str]], fields: Mapping[str, Field]) -> bool:
    """Whether a table has the headings of this workbook: all facts as it writes them."""
    words = [heading for heading, _ in headings]
    given = [(heading, fields[name]) for heading, name in headings if name in fields]
    return (
        {"社区代码", "社区", REASON} <= {*words}
        and bool(given)
        and all(heading == field.heading for heading, field in given)
    )


def _leading(filling: Filling) -> list[tuple[str, int]]:
    """The columns that name the community: headings and widths."""
    street = [("街道", 14)] if filling.by_street else []
    return [*street, ("社区代码", 15), ("社区", 16)]


def _named(filling: Filling, row: FillRow) -> list[str]:
    return [*([row.street] if filling.by_street else []), row.code, row.name]


def width_of(field: Field) -> int:
    """Characters across: room for the heading in two lines and for the figures."""
    if field.kind == "text":
        return 30
    return max(11, min(18, len(field.heading) + 3))


def _fill_sheet(book: Any, filling: Filling) -> None:
    sheet = book.add_worksheet(FILL)
    leading, first = _leading(filling), len(_leading(filling))
    head, fixed = book.add_format(HEAD), book.add_format(EDGE | {"num_format": "@"})
    free = book.add_format({"locked": False})
    for column, (label, width) in enumerate(leading):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, head)
    styles = []
    for column, field in enumerate(filling.asked, start=first):
        shape = NUMBERS.get(field.kind, "@")
        style = book.add_format(EDGE | {"locked": False, "num_format": shape})
        styles.append(style)
        sheet.set_column(column, column, width_of(field), free)
        sheet.write_string(0, column, field.heading, head)
        sheet.data_validation(1, column, len(filling.rows), column, validation(field))
    last = first + len(filling.asked)
    reason = book.add_format(EDGE | {"locked": False, "num_format": "@", "text_wrap": True})
    sheet.set_column(last, last, 30, free)
    sheet.write_string(0, last, REASON, head)
    sheet.set_column(last + 1, LAST_COLUMN, None, free)
    for number, row in enumerate(filling.rows, start=1):
        for column, text in enumerate(_named(filling, row)):
            sheet.write_string(number, column, spreadsheet_safe(text), fixed)
        for column, field in enumerate(filling.asked, start=first):
            write_cell(sheet, number, column, field, row.texts[field.name], styles[column - first])
        sheet.write_string(number, last, spreadsheet_safe(write_reasons(row.reasons)), reason)
    sheet.set_row(0, 34)
    sheet.freeze_panes(1, first)
    sheet.protect("", OPTIONS)
    _print_setup(sheet, f"{filling.place}{filling.year}年度数据填报")


def write_cell(sheet: Any, number: int, column: int, field: Field, text: str, style: Any) -> None:
    """A cell with its value where the text can be read, else with the text as it was typed."""
    try:
        value = read(field, text)
    except CellError:
        value = None
    if field.kind != "text" and isinstance(value, int | Decimal) and not isinstance(value, bool):
        sheet.write_number(number, column, float(value), style)
    elif isinstance(value, date):
        sheet.write_datetime(number, column, value, style)
    elif text:
        sheet.write_string(number, column, spreadsheet_safe(text), style)
    else:
        sheet.write_blank(number, column, None, style)


def validation(field: Field) -> dict[str, Any]:
    """The check of a cell in Excel, with the limits of the form and its words."""
    checks = {
        "count": ("integer", 0, field.most),
        "area": ("decimal", 0, field.most),
        "money": ("decimal", 0, field.most),
        "date": ("date", FIRST_DAY, LAST_DAY),
        "text": ("length", 0, field.most),
    }
    said = {
        "input_title": field.label[:32],
        "input_message": hint(field)[:MOST_MESSAGE],
        "error_title": "这一格填写有误",
        "error_message": how_to(field)[:MOST_MESSAGE],
        "ignore_blank": True,
    }
    if field.kind in checks:
        kind, least, most = checks[field.kind]
        return {"validate": kind, "criteria": "between", "minimum": least, "maximum": most, **said}
    return {"validate": "list", "source": options(field), **said}


def options(field: Field) -> list[str]:
    """What may be chosen, as it is written in a cell."""
    labels = ["是", "否"] if field.kind == "flag" else [label for _, label in field.choices]
    return labels if len(",".join(labels)) <= MOST_LIST else []


def hint(field: Field) -> str:
    """What stands beside a cell when it is chosen."""
    parts = [field.hint, field.if_none, how_to(field)]
    return "。".join(part for part in parts if part)


def how_to(field: Field) -> str:
    """How a fact is written."""
    if field.kind == "count":
        return f"填整数，0~{field.most:,}{field.unit}"
    if field.is_number:
        return f"填数字，最多两位小数，单位{field.unit}"
    if field.kind == "date":
        return "填日期，如2015-01-05"
    if field.kind == "text":
        return f"最多{field.most}个字"
    return f"从中选一项：{'、'.join(options(field))}"


def last_sheet(book: Any, filling: Filling) -> None:
    """The sheet 上年: last year's values of the communities."""
    sheet = book.add_worksheet(LAST)
    leading = _leading(filling)
    head, text = book.add_format(HEAD), book.add_format(EDGE | {"num_format": "@"})
    for column, (label, width) in enumerate(leading):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, head)
    styles = [
        book.add_format(EDGE | {"num_format": NUMBERS.get(field.kind, "@")})
        for field in filling.asked
    ]
    for column, field in enumerate(filling.asked, start=len(leading)):
        sheet.set_column(column, column, width_of(field))
        sheet.write_string(0, column, field.heading, head)
    for number, row in enumerate(filling.rows, start=1):
        for column, cell in enumerate(_named(filling, row)):
            sheet.write_string(number, column, spreadsheet_safe(cell), text)
        for place, field in enumerate(filling.asked):
            column = len(leading) + place
            write_cell(sheet, number, column, field, row.last[field.name], styles[place])
    sheet.set_row(0, 34)
    sheet.freeze_panes(1, len(leading))
    _print_setup(sheet, f"{filling.place}{filling.year - 1}年度数据")


def help_sheet(book: Any, filling: Filling) -> None:
    """The sheet 说明: how to fill in, fact by fact."""
    sheet = book.add_worksheet(HELP)
    head, cell = book.add_format(HEAD), book.add_format(EDGE | {"text_wrap": True, "valign": "top"})
    for number, line in enumerate(help_lines(filling)):
        sheet.write_string(number, 0, line)
    start = len(help_lines(filling)) + 1
    for column, (label, width) in enumerate(
        (("部分", 18), ("项目", 26), ("单位", 8), ("怎么填", 60))
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(start, column, label, head)
    for number, field in enumerate(filling.asked, start=start + 1):
        for column, text in enumerate(
            (SECTIONS[field.section], field.label, field.unit, hint(field))
        ):
            sheet.write_string(number, column, text, cell)
    _print_setup(sheet, f"{filling.place}{filling.year}年度数据填报说明")


def help_lines(filling: Filling) -> Sequence[str]:
    """The lines above the table of facts."""
    ends = f"，{filling.closes_on}截止" if filling.closes_on else ""
    locked = f"。已提交或确认的{filling.locked}个社区不在表里" if filling.locked else ""
    return (
        f"{filling.place}{filling.year}年度数据填报{ends}{locked}",
        f"在“{FILL}”表里填写，社区代码和社区两列不改，填好后在“批量导入”里上传，或连表头复制后粘贴",
        "可以增加自己的列，导入时不读。没有填的社区保持原样，可以分几次填",
        f"和上年相差大的数，在“{REASON}”里写明原因。几个数的原因不同，写成“常住户数：拆迁；网格数：合并”",
    )


def _print_setup(sheet: Any, title: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&C{title}")
    sheet.set_footer("&C第&P页，共&N页")
