"""How required and actual staff of a division went over the years that have facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from accounts.models import User
from communities.selectors.assessment import Assessment, Present, get_assessment
from staffing.selectors.establishment_columns import COMMITTEE, WORKERS

MOST_YEARS = 5
# a chart of fewer figures says no more than its table
LEAST_BARS = 4
WIDTH, HEIGHT, STEP, BAR = 480, 120, 96, 30
BASE = 100


@dataclass(frozen=True)
class Year:
    """Sums of a year under the policies of its 31 December; None where nothing is known.

    In post is what the year's facts say.
    """

    year: int
    committee_required: int | None
    committee_in_post: int | None
    workers_required: int | None
    workers_in_post: int | None


@dataclass(frozen=True)
class Bar:
    """A rectangle of the chart: what it is (required, there), where, and its figure."""

    kind: str
    x: int
    y: int
    height: int
    value: int
    middle: int

    @property
    def label_y(self) -> int:
        """Where its figure stands: above it."""
        return self.y - 4


@dataclass(frozen=True)
class Chart:
    """Bars of one kind of staff by year: two beside each other, required and there."""

    label: str
    bars: list[Bar]
    years: list[tuple[int, int]]
    width: int


def trend_of(user: User, prefix: str, present: Present) -> list[Year]:
    """The last years that have facts, the earliest first; no query while nothing has changed."""
    years = sorted(present.versions.years[:MOST_YEARS])
    return [
        _year(get_assessment(user, prefix, year, date(year, 12, 31), present), prefix, year)
        for year in years
    ]


def _year(assessment: Assessment, prefix: str, year: int) -> Year:
    rows = np.arange(len(assessment.register))[assessment.register.under(prefix)]
    committee, workers = assessment.measure(COMMITTEE), assessment.measure(WORKERS)
    return Year(
        year,
        _sum(committee.required, committee.has_required, rows),
        _sum(committee.actual, committee.has_actual, rows),
        _sum(workers.required, workers.has_required, rows),
        _sum(workers.actual, workers.has_actual, rows),
    )


def _sum(column: Any, known: Any, rows: Any) -> int | None:
    return int(column[rows][known[rows]].sum()) if known[rows].any() else None


def chart_of(years: Sequence[Year]) -> Chart | None:
    """The bars of full-time workers, or of members where no worker is known; None for too few."""
    for name, label in (("workers", "专职工作人员"), ("committee", "居委会成员")):
        pairs = [
            (one.year, getattr(one, f"{name}_required"), getattr(one, f"{name}_in_post"))
            for one in years
        ]
        known = [figure for _, *both in pairs for figure in both if figure is not None]
        if len(known) >= LEAST_BARS and max(known):
            return _chart(label, pairs, max(known))
    return None


def _chart(label: str, pairs: Sequence[tuple[int, int | None, int | None]], most: int) -> Chart:
    bars, labels = [], []
    for place, (year, *figures) in enumerate(pairs):
        left = place * STEP + 12
        labels.append((year, left + BAR + 2))
        for number, (kind, figure) in enumerate(zip(("asked", "there"), figures, strict=True)):
            if figure is not None:
                height = max(1, figure * (BASE - 20) // most)
                x = left + number * (BAR + 4)
                bars.append(Bar(kind, x, BASE - height, height, figure, x + BAR // 2))
    return Chart(label, bars, labels, max(WIDTH, len(pairs) * STEP))
