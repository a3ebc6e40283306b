"""How required and actual space of a division went over the years that have facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import User
from communities.selectors.assessment import Assessment, Present, get_assessment
from communities.selectors.columns import Amount
from facilities.selectors.space import Space, register_day
from facilities.selectors.space_columns import WHOLE
from facilities.selectors.space_ledger import SpaceLedger
from policy.engine import catalogue

MOST_YEARS = 5
# a chart of fewer figures says no more than its table
LEAST_BARS = 4
WIDTH, STEP, BAR = 480, 96, 30
BASE = 100


@dataclass(frozen=True)
class Year:
    """A year at its 31 December: the premises' area, what lacks by subject, who keeps everything.

    Areas in m², None where nothing is known. in_register: communities with a share in premises.
    """

    year: int
    area: Decimal | None
    lacking: tuple[tuple[str, Decimal | int], ...]
    kept: int
    judged: int
    in_register: int
    communities: int


@dataclass(frozen=True)
class Bar:
    """A rectangle of the chart: where it stands, and its figure."""

    x: int
    y: int
    height: int
    value: Decimal

    @property
    def middle(self) -> int:
        return self.x + BAR // 2

    @property
    def label_y(self) -> int:
        """Where its figure stands: above it."""
        return self.y - 4


@dataclass(frozen=True)
class Chart:
    """The premises' area by year."""

    bars: list[Bar]
    years: list[tuple[int, int]]
    width: int


def assessments_of(user: User, prefix: str, present: Present) -> list[Assessment]:
    """The last years that have facts, each under the policies of its 31 December."""
    years = sorted(present.versions.years[:MOST_YEARS])
    return [get_assessment(user, prefix, year, date(year, 12, 31), present) for year in years]


def trend_of(
    assessments: Sequence[Assessment], prefix: str, ledger: SpaceLedger, today: date
) -> list[Year]:
    """The years, the earliest first; the present one as of today. A query for each year."""
    return [_year(one, prefix, ledger, today) for one in assessments]


def _year(assessment: Assessment, prefix: str, ledger: SpaceLedger, today: date) -> Year:
    register = assessment.register
    stock = ledger.on(register_day(assessment.on, today), register.keys)
    space = Space(assessment, prefix, stock)
    totals = space.totals()
    lacking = tuple(
        (catalogue().subjects[one].label, -cells.gap)
        for one, cells in zip(space.subjects, totals.cells, strict=True)
        if cells.gap is not None and one != WHOLE and cells.gap < 0
    )
    return Year(
        register.year,
        area_of(space.whole, space.rows),
        lacking,
        totals.kept,
        totals.judged,
        int(stock.has[space.rows].sum()),
        len(space.rows),
    )


def area_of(whole: Amount, rows: Any) -> Decimal | None:
    """The sum of some rows in m², None where none of them has a figure."""
    if not whole.has[rows].any():
        return None
    return Decimal(int(whole.num[rows].sum())).scaleb(-2)


def keys_of(assessments: Sequence[Assessment], prefix: str) -> list[int]:
    """The communities of all years under a prefix, by key."""
    found: set[int] = set()
    for one in assessments:
        found.update(one.register.keys[one.register.under(prefix)].tolist())
    return sorted(found)


def chart_of(years: Sequence[Year]) -> Chart | None:
    """The bars of the area by year; None for too few."""
    known = [(one.year, one.area) for one in years if one.area is not None]
    most = max((area for _, area in known), default=Decimal(0))
    if len(known) < LEAST_BARS or not most:
        return None
    bars, labels = [], []
    for place, (year, area) in enumerate(known):
        left = place * STEP + 24
        height = max(1, int((BASE - 20) * area / most))
        bars.append(Bar(left, BASE - height, height, area))
        labels.append((year, left + BAR // 2))
    return Chart(bars, labels, max(WIDTH, len(known) * STEP))
