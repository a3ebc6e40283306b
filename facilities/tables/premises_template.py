"""The workbook of a street's premises: filled with today's register, checks as at the import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO, Final

import xlsxwriter

from accounts.models import User
from collection.models import Upload
from collection.rules.fields import Field
from collection.selectors.uploads import place_of
from collection.tables.filling import (
    EDGE,
    HEAD,
    LAST_COLUMN,
    NUMBERS,
    OPTIONS,
    REASON,
    validation,
    write_cell,
)
from collection.tables.registers import (
    LEADING,
    communities_choice,
    names_register,
    register_help,
)
from collection.tables.returned import Model
from communities.tables.files import TEXTS_AS_TYPED, spreadsheet_safe
from facilities.rules.premises_fields import FIELDS
from facilities.selectors.premises_filling import PremisesFilling, get_premises_filling

SHEET: Final = "用房台账"
# the register is known by these: of what is there already they stay as they are
KEYS: Final = ("premises_name",)
WIDTHS: Final = {"premises_name": 20, "address": 26, "estate": 14, "owner": 18, "title_no": 22,
    "contract_no": 16, "remarks": 24}  # fmt: skip
USUAL_WIDTH: Final = 12
LAST_ROW: Final = 1_000


def file_name(filling: PremisesFilling) -> str:
    """The workbook's name, which says whose it is and of which day."""
    return f"{SHEET}-{filling.place}-{filling.on}.xlsx"


def write_premises_template(out: BinaryIO, filling: PremisesFilling) -> None:
    """Write the sheets 用房台账 (to fill in) and 说明."""
    with xlsxwriter.Workbook(out, TEXTS_AS_TYPED) as book:
        _sheet(book, filling)
        help_sheet(book, filling)


def width_of(field: Field) -> int:
    """Characters across."""
    return WIDTHS.get(field.name, USUAL_WIDTH)


def check(field: Field) -> dict[str, Any]:
    """The check of a cell in Excel; it warns only: “—” is read all the same."""
    return validation(field) | {"error_type": "warning"}


def _sheet(book: Any, filling: PremisesFilling) -> None:
    sheet = book.add_worksheet(SHEET)
    head, fixed = book.add_format(HEAD), book.add_format(EDGE | {"num_format": "@"})
    free = book.add_format({"locked": False, "num_format": "@"})
    for column, (label, width) in enumerate(LEADING):
        sheet.set_column(column, column, width, free)
        sheet.write_string(0, column, label, head)
    first = len(LEADING)
    styles = []
    for column, field in enumerate(FIELDS.values(), start=first):
        shape = {"locked": False, "num_format": NUMBERS.get(field.kind, "@")}
        styles.append(book.add_format(EDGE | shape))
        sheet.set_column(column, column, width_of(field), book.add_format(shape))
        sheet.write_string(0, column, field.heading, head)
        # premises are added below: the checks reach further than the rows
        sheet.data_validation(1, column, LAST_ROW, column, check(field))
    last = first + len(FIELDS)
    sheet.set_column(last, last, 30, free)
    sheet.write_string(0, last, REASON, head)
    sheet.set_column(last + 1, LAST_COLUMN, None, book.add_format({"locked": False}))
    communities = communities_choice(help_lines(filling), filling.communities)
    sheet.data_validation(1, 1, LAST_ROW, 1, communities)
    for number, row in enumerate(filling.rows, start=1):
        sheet.write_string(number, 0, row.code, fixed)
        sheet.write_string(number, 1, spreadsheet_safe(row.name), fixed)
        for column, field in enumerate(FIELDS.values(), start=first):
            cell = row.texts.get(field.name, "")
            style = fixed if field.name in KEYS and cell else styles[column - first]
            write_cell(sheet, number, column, field, cell, style)
    sheet.set_row(0, 34)
    sheet.freeze_panes(1, first + 1)
    sheet.protect("", OPTIONS)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def help_sheet(book: Any, filling: PremisesFilling) -> None:
    """The sheet 说明."""
    register_help(book, help_lines(filling), filling.communities, FIELDS.values())


def help_lines(filling: PremisesFilling) -> Sequence[str]:
    """The lines above the tables."""
    return (
        f"{filling.place}用房台账，{filling.on}在用的用房。填好后在“批量导入”里上传，或连表头复制后粘贴",
        "一处用房一行，面积按用途分列，合用的用房登记在一个社区，面积是整处的。新用房加在下面，写明社区",
        "表里没有的用房不变，不要删行。空着的格不变，写“—”清空。用房不再使用的，在用房页办理终止",
        "面积变化的，写明面积自何日起：原来的面积到那天为止，以前的日子不变",
        "已登记用房的社区和名称不在这里改。一种用途有几间的、合用的，面积在用房页修改",
        f"合同总价、月租金改动的，在“{REASON}”里写明原因",
    )


def premises_model(user: User, upload: Upload, on: date) -> Model | None:
    """The template of a street's premises, for the street in which all rows of an upload lie."""
    if not names_register(upload, SHEET):
        return None
    filling = get_premises_filling(user, place_of(upload), on)
    if filling is None:
        return None
    fields = [FIELDS.get(name) for _, name in upload.headings]
    return Model(
        fields, lambda book: help_sheet(book, filling), check=check, width=width_of, locks=False
    )
