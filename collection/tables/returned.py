"""The uploaded table back as a workbook: mistakes coloured, commented, and said in front."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import xlsxwriter

from collection.choices import RowState
from collection.selectors.uploads import SheetRow
from communities.tables.files import spreadsheet_safe

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


def write_returned(
    out: BinaryIO,
    headings: Sequence[str],
    rows: Iterable[SheetRow],
    *,
    sheet_name: str,
    texts: frozenset[int],
) -> None:
    """Write the table as it was uploaded, all columns in their order, after a column 结果.

    `texts` are columns that stay texts: codes. Uploaded again, the column 结果 is not read.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(fit_name(sheet_name))
        styles: dict[str, Any] = {grade: book.add_format(one) for grade, one in COLOURS.items()}
        styles[""] = book.add_format({"num_format": "General"})
        styles["text"] = book.add_format({"num_format": "@"})
        head = book.add_format(HEAD)
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, len(headings), 14)
        sheet.write_string(0, 0, RESULT, head)
        for column, heading in enumerate(headings, start=1):
            sheet.write_string(0, column, spreadsheet_safe(heading), head)
        sheet.freeze_panes(1, 1)
        writer = _Writer(sheet, styles, headings, texts)
        for number, row in enumerate(rows, start=1):
            writer.write(number, row)


class _Writer:
    def __init__(
        self, sheet: Any, styles: dict[str, Any], headings: Sequence[str], texts: frozenset[int]
    ) -> None:
        self.sheet, self.styles, self.texts = sheet, styles, texts
        self.headings = headings
        self.comments = 0

    def write(self, number: int, row: SheetRow) -> None:
        grades = {column: grade_of(found) for column, found in row.findings.items()}
        worst = {RowState.WRONG: "wrong", RowState.UNLIKELY: "unlikely"}.get(
            RowState(row.state), ""
        )
        result = result_of(row, self.headings)[:MOST_RESULT]
        self.sheet.write_string(number, 0, spreadsheet_safe(result), self.styles[worst])
        for column, text in enumerate(row.texts):
            self.cell(number, column, text, grades.get(column, ""))
            if grades.get(column) and self.comments < MOST_COMMENTS:
                self.comments += 1
                said = "\n".join(message for _, message in row.findings[column])
                self.sheet.write_comment(number, column + 1, said, {"x_scale": 2})

    def cell(self, number: int, column: int, text: str, grade: str) -> None:
        style = self.styles[grade or ("text" if column in self.texts else "")]
        if not text:
            self.sheet.write_blank(number, column + 1, None, style)
        elif column not in self.texts and NUMBER.fullmatch(text):
            self.sheet.write_number(number, column + 1, float(text), style)
        else:
            self.sheet.write_string(number, column + 1, spreadsheet_safe(text), style)


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
