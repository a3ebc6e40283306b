"""The workbook of a street's roster: filled with today's people, its checks those of the import."""

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
    NUMBERS,
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
from staffing.choices import Post
from staffing.rules.roster_fields import FIELDS, written_posts
from staffing.selectors.roster_filling import RosterFilling, get_roster_filling

SHEET: Final = "花名册"
# a flag that only rosters of others have: here both posts stand in their column
COLUMNS: Final = [one for one in FIELDS.values() if one.name != "both"]
WIDTHS: Final = {
    "person_name": 11, "identity_number": 21, "posts": 26, "school": 22, "major": 18, "basis": 20,
    "phone": 15, "remarks": 24, "registration_no": 18, "sex": 6, "ethnicity": 9, "lives_here": 9,
}  # fmt: skip
USUAL_WIDTH: Final = 13
LAST_ROW: Final = 2_000
# of so many choices the list is enough: they would fill what stands beside the cell
MOST_NAMED: Final = 20
BOTH: Final = written_posts([Post.SECRETARY, Post.DIRECTOR])


def file_name(filling: RosterFilling) -> str:
    """The workbook's name: the street by its code, no person."""
    return f"{SHEET}-{filling.street}-{filling.on}.xlsx"


def write_roster_template(out: BinaryIO, filling: RosterFilling) -> None:
    """Write the sheets 花名册 (to fill in) and 说明."""
    with xlsxwriter.Workbook(out, TEXTS_AS_TYPED) as book:
        _roster_sheet(book, filling)
        help_sheet(book, filling)


def width_of(field: Field) -> int:
    """Characters across."""
    return WIDTHS.get(field.name, USUAL_WIDTH)


def check(field: Field) -> dict[str, Any]:
    """The check of a cell in Excel; it warns only: “—” and joined posts are read all the same."""
    found = validation(field) | {"error_type": "warning"}
    if field.hint and field.kind == "text":
        found["input_message"] = field.hint
    if len(field.choices) > MOST_NAMED:
        found |= {"input_message": "从列表里选一项", "error_message": "从列表里选一项"}
    if field.name != "posts":
        return found
    kept = {name: found[name] for name in ("input_title", "input_message", "ignore_blank")}
    return kept | {"validate": "list", "source": [*Post.labels, BOTH], "show_error": False}


def _roster_sheet(book: Any, filling: RosterFilling) -> None:
    sheet = book.add_worksheet(SHEET)
    head, text = book.add_format(HEAD), book.add_format(EDGE | {"num_format": "@"})
    for column, (label, width) in enumerate(LEADING):
        sheet.set_column(column, column, width, book.add_format({"num_format": "@"}))
        sheet.write_string(0, column, label, head)
    first = len(LEADING)
    styles = []
    for column, field in enumerate(COLUMNS, start=first):
        shape = NUMBERS.get(field.kind, "@")
        styles.append(book.add_format(EDGE | {"num_format": shape}))
        sheet.set_column(column, column, width_of(field), book.add_format({"num_format": shape}))
        sheet.write_string(0, column, field.heading, head)
        # people are added below: the checks reach further than the rows
        sheet.data_validation(1, column, LAST_ROW, column, check(field))
    last = first + len(COLUMNS)
    sheet.set_column(last, last, 30)
    sheet.write_string(0, last, REASON, head)
    communities = communities_choice(help_lines(filling), filling.communities)
    sheet.data_validation(1, 1, LAST_ROW, 1, communities)
    for number, row in enumerate(filling.rows, start=1):
        sheet.write_string(number, 0, row.code, text)
        sheet.write_string(number, 1, spreadsheet_safe(row.name), text)
        for column, field in enumerate(COLUMNS, start=first):
            cell = row.texts.get(field.name, "")
            write_cell(sheet, number, column, field, cell, styles[column - first])
        sheet.write_blank(number, last, None, text)
    sheet.set_row(0, 34)
    sheet.freeze_panes(1, first + 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def help_sheet(book: Any, filling: RosterFilling) -> None:
    """The sheet 说明."""
    register_help(book, help_lines(filling), filling.communities, COLUMNS)


def help_lines(filling: RosterFilling) -> Sequence[str]:
    """The lines above the tables."""
    return (
        f"{filling.place}花名册，{filling.on}在岗人员。填好后在“批量导入”里上传，或连表头复制后粘贴",
        "一人在一个社区一行，兼任的职务用顿号隔开，也可以一个职务一行。表里没有的人和职务不变",
        "有人离任，在他那一行写离任日期和离任原因，不要删行。新来的人加在下面",
        "身份证号和电话带*的是已登记的，不改就不变。空着的格不变，写“—”清空",
    )


def roster_model(user: User, upload: Upload, on: date) -> Model | None:
    """The template of a street's roster, for the street in which all rows of an upload lie."""
    if not names_register(upload, SHEET):
        return None
    place = place_of(upload)
    filling = get_roster_filling(user, place, on)
    if filling is None:
        return None
    fields = [FIELDS.get(name) for _, name in upload.headings]
    return Model(
        fields, lambda book: help_sheet(book, filling), check=check, width=width_of, locks=False
    )
