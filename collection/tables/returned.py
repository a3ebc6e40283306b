"""The uploaded table back as a workbook: mistakes coloured, commented, and said in front."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

import xlsxwriter

from accounts.models import User
from collection.choices import RowState
from collection.models import Upload
from collection.rules.fields import Field
from collection.rules.upload_shapes import shape_of
from collection.selectors.filling import get_filling
from collection.selectors.uploads import SheetRow, place_of
from collection.tables.filling import (
    EDGE,
    FILL,
    LAST_COLUMN,
    NUMBERS,
    OPTIONS,
    help_sheet,
    is_filled,
    last_sheet,
    validation,
    width_of,
    write_cell,
)
from communities.tables.files import TEXTS_AS_TYPED, spreadsheet_safe

RESULT = "结果"
# A comment is a shape in the file; the first column says everything anyway.
MOST_COMMENTS = 5_000
MOST_RESULT = 1_000
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,10})(?:\.[0-9]{1,4})?")
COLOURS = {
    "wrong": {"bg_color": "#fbe8e5", "font_color": "#ab2a1f"},
    "unlikely": {"bg_color": "#fbf0d8", "font_color": "#805000"},
}
HEAD = {"bold": True, "bg_color": "#f0f3f7", "text_wrap": True, "bottom": 1}


@dataclass(frozen=True)
class Model:
    """The template from which a table was made: the fields of its columns, and its other sheets.

    `locks`: nothing but the cells that are filled in may be changed, as in the template.
    """

    fields: Sequence[Field | None]
    more_sheets: Callable[[Any], None]
    check: Callable[[Field], dict[str, Any]] = validation
    width: Callable[[Field], int] = width_of
    locks: bool = True


MakeModel = Callable[[User, Upload, date], Model | None]
_MAKERS: dict[str, MakeModel] = {}


def register_model(kind: str, make: MakeModel) -> None:
    """Say how tables of a kind that were made from its template get back what that has."""
    _MAKERS[kind] = make


def model_of(user: User, upload: Upload, on: date) -> Model | None:
    """The template from which a file was made, or None where it was not."""
    make = _MAKERS.get(upload.kind)
    return make(user, upload, on) if make else None


def facts_model(user: User, upload: Upload, on: date) -> Model | None:
    """The template of a year's facts, filled for the place in which all rows lie."""
    fields = shape_of(upload.kind).fields
    if upload.sheet_name != FILL or not is_filled(upload.headings, fields):
        return None
    prefix = place_of(upload)
    filling = get_filling(user, prefix, upload.year, on) if prefix else None
    if filling is None:
        return None

    def more_sheets(book: Any) -> None:
        last_sheet(book, filling)
        help_sheet(book, filling)

    return Model([fields.get(name) for _, name in upload.headings], more_sheets)


def write_returned(
    out: BinaryIO,
    headings: Sequence[str],
    rows: Iterable[SheetRow],
    *,
    sheet_name: str,
    texts: frozenset[int],
    model: Model | None = None,
) -> None:
    """Write the table as it was uploaded, all columns in their order, after a column 结果.

    `texts` are columns that stay texts: codes. Uploaded again, the column 结果 is not read. A table
    made from our template gets back its drop-downs, checks, formats and further sheets.
    """
    with xlsxwriter.Workbook(out, {"constant_memory": True, **TEXTS_AS_TYPED}) as book:
        sheet = book.add_worksheet(fit_name(sheet_name))
        head = book.add_format(HEAD)
        # the column 结果 of a table that came back before is not doubled
        first = 1 if headings and headings[0] == RESULT else 0
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, len(headings), 14)
        sheet.write_string(0, 0, RESULT, head)
        for column, heading in enumerate(headings[first:], start=1):
            sheet.write_string(0, column, spreadsheet_safe(heading), head)
        writer = _Writer(book, sheet, headings, texts, first, model)
        writer.shape()
        number = 0
        for number, row in enumerate(rows, start=1):
            writer.write(number, row)
        if model is not None:
            writer.check(number)
            model.more_sheets(book)


class _Writer:
    def __init__(
        self,
        book: Any,
        sheet: Any,
        headings: Sequence[str],
        texts: frozenset[int],
        first: int,
        model: Model | None,
    ) -> None:
        self.book, self.sheet, self.texts = book, sheet, texts
        self.headings, self.first = headings, first
        self.fields: Sequence[Field | None] = model.fields if model else [None] * len(headings)
        self.model = model
        self.styles: dict[tuple[str, str, bool], Any] = {}
        self.comments = 0

    def shape(self) -> None:
        """Widths, the frozen part and the lock of the template; else only the heading stays."""
        if self.model is None:
            self.sheet.freeze_panes(1, 1)
            return
        for column, field in enumerate(self.fields):
            if field is not None:
                place = self.place(column)
                self.sheet.set_column(place, place, self.model.width(field))
        named = [column for column, field in enumerate(self.fields) if field is not None]
        self.sheet.freeze_panes(1, self.place(named[0]) if named else 1)
        self.sheet.set_row(0, 34)
        if not self.model.locks:
            return
        free = self.style("", "")
        self.sheet.set_column(self.place(len(self.headings)), LAST_COLUMN, None, free)
        self.sheet.protect("", OPTIONS)

    def check(self, rows: int) -> None:
        """The drop-downs and number checks of the template, on all rows."""
        for column, field in enumerate(self.fields):
            if field is not None and rows and self.model:
                place = self.place(column)
                self.sheet.data_validation(1, place, rows, place, self.model.check(field))

    def place(self, column: int) -> int:
        """Where a column of the uploaded table stands."""
        return column + 1 - self.first

    def write(self, number: int, row: SheetRow) -> None:
        grades = {column: grade_of(found) for column, found in row.findings.items()}
        worst = {RowState.WRONG: "wrong", RowState.UNLIKELY: "unlikely"}.get(
            RowState(row.state), ""
        )
        result = result_of(row, self.headings)[:MOST_RESULT]
        style = self.style(worst, "General", locked=True)
        self.sheet.write_string(number, 0, spreadsheet_safe(result), style)
        for column, text in enumerate(row.texts):
            if column < self.first:
                continue
            self.cell(number, column, text, grades.get(column, ""))
            if grades.get(column) and self.comments < MOST_COMMENTS:
                self.comments += 1
                said = "\n".join(message for _, message in row.findings[column])
                self.sheet.write_comment(number, self.place(column), said, {"x_scale": 2})

    def cell(self, number: int, column: int, text: str, grade: str) -> None:
        field, place = self.fields[column], self.place(column)
        if column in self.texts:
            # a code or name that is right stays as it is
            style = self.style(grade, "@", locked=not grade)
        else:
            style = self.style(grade, NUMBERS.get(field.kind, "@") if field else "General")
        if field is not None and text:
            write_cell(self.sheet, number, place, field, text, style)
        elif not text:
            self.sheet.write_blank(number, place, None, style)
        elif column not in self.texts and NUMBER.fullmatch(text):
            self.sheet.write_number(number, place, float(text), style)
        else:
            self.sheet.write_string(number, place, spreadsheet_safe(text), style)

    def style(self, grade: str, shape: str, *, locked: bool = False) -> Any:
        """The format of cells: coloured by what is found, shown as the fact is."""
        key = (grade, shape, locked)
        if key not in self.styles:
            look = {"num_format": shape} if shape else {}
            self.styles[key] = self.book.add_format(
                {**look, **COLOURS.get(grade, {}), **(EDGE if self.model else {}),
                 "locked": locked}
            )  # fmt: skip
        return self.styles[key]


def grade_of(findings: Sequence[tuple[str, str]]) -> str:
    """The worst grade that colours a cell: wrong, unlikely or ""."""
    grades = {grade for grade, _ in findings}
    return next((grade for grade in ("wrong", "unlikely") if grade in grades), "")


def result_of(row: SheetRow, headings: Sequence[str]) -> str:
    """The row's state and all that is found of it, in one text."""
    said = [message for _, message in row.row_messages]
    for column, found in sorted(row.findings.items()):
        said += [f"{headings[column]}：{message}" for grade, message in found if grade != "look"]
    label = RowState(row.state).label
    return f"{label}：{'；'.join(said)}" if said else label


def fit_name(name: str) -> str:
    """A sheet's name that Excel accepts."""
    return re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:31] or "填报"
