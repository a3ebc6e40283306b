"""Columns of the ledger's exports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

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
from communities.tables.files import Heading

CHUNK = 2000


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
