"""Columns of the ledger's exports, and writing any columns as CSV or xlsx."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO

import numpy as np
import xlsxwriter

from communities.selectors.assessment import Assessment, Measure
from communities.selectors.ledger import (
    STATUS_LABELS,
    Ledger,
    area_labels,
    natural,
    reasoned_subjects,
)
from communities.selectors.places import division_names
from communities.selectors.register import UNKNOWN_COUNT

CHUNK = 2000
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_FORMATS = {"text": {}, "count": {"num_format": "#,##0"}, "amount": {"num_format": "#,##0.00"}}


@dataclass(frozen=True)
class Heading:
    """A column: its heading with the unit, its kind (text, count, amount) and its width."""

    label: str
    kind: str = "text"
    width: int = 12


def ledger_headings(staff_label: str) -> tuple[Heading, ...]:
    """The columns of the ledger's exports."""
    return (*_PLACES, *_staff(staff_label), *_FIGURES)


_PLACES = (
    Heading("社区代码", width=15),
    Heading("社区", width=18),
    Heading("街道", width=14),
    Heading("核定户数（户）", "count"),
    Heading("常住人口（人）", "count"),
    Heading("类型"),
)


def _staff(label: str) -> tuple[Heading, ...]:
    return tuple(Heading(f"{label}{side}（人）", "count") for side in ("应配", "在岗", "差额"))


_FIGURES = (
    Heading("用房合计应有（㎡）", "amount"),
    Heading("用房现有（㎡）", "amount"),
    Heading("用房差额（㎡）", "amount"),
    Heading("年度经费测算（元）", "amount", 18),
    Heading("填报状态"),
    Heading("不能测算的原因", width=40),
)


def ledger_lines(ledger: Ledger) -> Iterator[tuple[Any, ...]]:
    """The ledger's rows in its order, cells as ledger_headings names them; None is not reported.

    Columns of many rows at a time: 129,587 rows are not 129,587 reads, and not all held at once.
    """
    codes = ledger.assessment.register.codes
    names = {codes[number][:9] for number in ledger.order}
    streets = division_names(names, ledger.assessment.on)
    for start in range(0, len(ledger), CHUNK):
        yield from _lines_of(ledger.assessment, ledger.order[start : start + CHUNK], streets)


def _lines_of(
    assessment: Assessment, order: Any, streets: dict[str, str]
) -> Iterator[tuple[Any, ...]]:
    register = assessment.register
    codes = [register.codes[number] for number in order]
    households = register.facts.get("households")
    population = register.extra["population_resident"]
    staff, premises, funding = (
        assessment.measure(key) for key in (assessment.staff_subject, "premises", "funding")
    )
    yield from zip(
        codes,
        register.names[order].tolist(),
        [streets.get(code[:9], code[:9]) for code in codes],
        _known(households.num, ~np.broadcast_to(households.missing, len(register)), order, 0),
        _known(population, population != UNKNOWN_COUNT, order, 0),
        area_labels(assessment, order),
        *_measured(staff, order, 0),
        *_measured(premises, order, 2),
        _known(funding.required, funding.has_required, order, 2),
        [STATUS_LABELS[status] for status in register.statuses[order]],
        _reasons(assessment, order, staff.blocked | premises.blocked | funding.blocked),
        strict=True,
    )


def _known(column: Any, has: Any, order: Any, places: int) -> list[Any]:
    pairs = zip(column[order].tolist(), has[order].tolist(), strict=True)
    return [natural(number, places) if there else None for number, there in pairs]


def _measured(measure: Measure, order: Any, places: int) -> tuple[list[Any], ...]:
    return (
        _known(measure.required, measure.has_required, order, places),
        _known(measure.actual, measure.has_actual, order, places),
        _known(measure.gap, measure.has_gap, order, places),
    )


def _reasons(assessment: Assessment, order: Any, blocked: Any) -> list[str]:
    subjects = reasoned_subjects(assessment)
    return [
        assessment.reason(subjects, int(number)) if stuck else ""
        for number, stuck in zip(order, blocked[order].tolist(), strict=True)
    ]


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
