"""用房: what is required and there, by community, street, district, city and province."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from communities.selectors.assessment import Assessment
from communities.selectors.columns import Amount, units_of
from communities.selectors.ledger import households_of
from facilities.selectors.space_columns import USES, WHOLE, Side, facts_of, side, stock_of
from facilities.selectors.space_ledger import Stock
from policy.engine import catalogue

Figure = int | Decimal


@dataclass(frozen=True)
class Cells:
    """One subject of a row, in m² or halls; None where nothing is asked or known.

    `gap`: what is lacking of low (negative), else what is beyond required; of a sum shortages only.
    `facts`: the year's facts' figure where the register says another one. `by_facts`: of how many
    communities the year's facts stand for the register. `other`: the actual area under another
    measure. `open`: communities of which something is asked that cannot be judged. `reason`: why
    nothing can be computed. `places`: decimals of its figures.
    """

    required: Figure | None
    low: Figure | None
    high: Figure | None
    unclamped: Figure | None
    actual: Figure | None
    other: Figure | None
    gap: Figure | None
    facts: Figure | None
    by_facts: int
    open: int = 0
    reason: str = ""
    places: int = 2

    @property
    def is_target(self) -> bool:
        """Whether the figure is one to aim at, which nothing binds from below."""
        return self.required is not None and self.low is None


@dataclass(frozen=True)
class Row:
    """A community, or the sum of some. kept: how many keep everything asked; of those judged."""

    code: str
    name: str
    communities: int
    households: int | None
    cells: tuple[Cells, ...]
    kept: int
    judged: int
    place: int | None = None
    url: str = ""
    reasons: list[Any] = field(default_factory=list)

    @property
    def is_sum(self) -> bool:
        return self.place is None

    @property
    def kept_share(self) -> Fraction | None:
        """Percent of the communities that can be judged, exact."""
        return Fraction(100 * self.kept, self.judged) if self.judged else None

    @property
    def by_facts(self) -> int:
        """Of how many communities the year's facts stand for the register in any column."""
        return max((one.by_facts for one in self.cells), default=0)


@dataclass(frozen=True)
class Own:
    """What a city must have in sum, with its clause; figures in m²."""

    label: str
    required: Decimal | None
    low: Decimal | None
    actual: Decimal | None
    gap: Decimal | None
    clauses: tuple[str, ...]
    reason: str


class Space:
    """The space of a division's communities; a row is any run of the register's rows."""

    def __init__(
        self, assessment: Assessment, prefix: str, stock: Stock, measure: str = ""
    ) -> None:
        """`stock`: what the register has of the assessment's rows. No query."""
        self.assessment, self.prefix, self.stock = assessment, prefix, stock
        register = assessment.register
        self.rows = np.arange(len(register))[register.under(prefix)]
        self.subjects = [one for one in USES if assessment.parts(one)]
        self.sides = [side(assessment, one, stock, measure) for one in self.subjects]
        self.whole = whole_of(assessment, stock)
        self.short, self.judged = judged(self.sides, len(register))

    @property
    def labels(self) -> list[str]:
        return [catalogue().subjects[one].label for one in self.subjects]

    @property
    def without_premises(self) -> int:
        """How many communities have no share in premises on the day."""
        return int((~self.stock.has[self.rows]).sum())

    def row(
        self, code: str, name: str, rows: Any, *, place: int | None = None, **shown: Any
    ) -> Row:
        """The sums of some rows; place: the row of the register, of a row that is one community."""
        return Row(
            code=code,
            name=name,
            communities=len(rows),
            households=households_of(self.assessment.register, rows),
            cells=tuple(self._cells(one, rows, place) for one in self.sides),
            kept=int((self.judged & ~self.short)[rows].sum()),
            judged=int(self.judged[rows].sum()),
            place=place,
            **shown,
        )

    def community(self, row: int, **shown: Any) -> Row:
        """One community."""
        register = self.assessment.register
        code, name = register.codes[row], str(register.names[row])
        return self.row(code, name, np.array([row]), place=row, **shown)

    def totals(self) -> Row:
        """The sums of the whole division."""
        return self.row(self.prefix, "合计", self.rows)

    def parts(self, width: int) -> list[tuple[str, Any]]:
        """The units of a code length that have communities here, with their rows."""
        return units_of(self.assessment.register, self.rows, width)

    def _cells(self, one: Side, rows: Any, alone: int | None) -> Cells:
        lacking, above = int(one.lacking[rows].sum()), int(one.above[rows].sum())
        gap = -lacking if lacking or alone is None else above
        bounded = one.high.has[rows] | ~one.required.has[rows]
        differs = alone is not None and bool(one.differs[alone])
        return Cells(
            required=_total(one, one.required, rows),
            low=_total(one, one.low, rows),
            high=_total(one, one.high, rows) if bounded.all() else None,
            unclamped=_unclamped(one, alone),
            actual=_total(one, one.actual, rows),
            other=_total(one, one.other, rows),
            gap=_natural(gap, one.places) if one.has_gap[rows].any() else None,
            facts=_total(one, one.facts, rows) if differs else None,
            by_facts=int(one.by_facts[rows].sum()),
            open=int(one.open[rows].sum()),
            reason=self._reason(one, rows, alone),
            places=one.places,
        )

    def _reason(self, one: Side, rows: Any, alone: int | None) -> str:
        stuck = rows[one.blocked[rows]]
        if not len(stuck):
            return ""
        if alone is None:
            return f"{len(stuck)}个社区不能测算"
        return self.assessment.reason([one.subject], alone)


def judged(sides: list[Side], size: int) -> tuple[Any, Any]:
    """Rows that lack something, and rows that can be judged.

    A community can be judged when it lacks something, or when something must be kept and nothing
    of what is asked is open.
    """
    none = np.zeros(size, dtype=bool)
    short = np.logical_or.reduce([none, *(one.lacking > 0 for one in sides)])
    asked = np.logical_or.reduce([none, *(one.has_gap for one in sides)])
    stuck = np.logical_or.reduce([none, *(one.open for one in sides)])
    return short, short | (asked & ~stuck)


def whole_of(assessment: Assessment, stock: Stock) -> Amount:
    """Work and service rooms together: the register's, else the year's facts'."""
    there, facts = stock_of(stock, WHOLE), facts_of(assessment, WHOLE)
    return Amount(np.where(there.has, there.num, facts.num), there.has | facts.has)


def register_day(on: date, today: date) -> date:
    """The day of the register for a day of the policies: what is to come is not yet there."""
    return min(on, today)


def _total(one: Side, amount: Amount, rows: Any) -> Figure | None:
    if not amount.has[rows].any():
        return None
    return _natural(int(amount.num[rows].sum()), one.places)


def _natural(number: int, places: int) -> Figure:
    return Decimal(number).scaleb(-places) if places else number


def _unclamped(one: Side, alone: int | None) -> Figure | None:
    """The figure before any bound, where a bound changed it."""
    if alone is None or not one.unclamped.has[alone]:
        return None
    number = int(one.unclamped.num[alone])
    return _natural(number, one.places) if number != int(one.required.num[alone]) else None
