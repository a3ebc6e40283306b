"""What is required and there of one kind of space, as columns over a register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from communities.selectors.assessment import Assessment
from communities.selectors.columns import Amount, before_bounds, nothing, spread
from communities.selectors.register import UNKNOWN_COUNT
from facilities.choices import COMMUNITY_USES, SERVICE_USES, Measure, RoomUse
from facilities.selectors.space_ledger import Stock
from policy.engine import catalogue
from policy.engine.exact import inverse

HALLS: Final = "service_halls"
WHOLE: Final = "premises_area"
# subjects with what of the register they ask for, in the order of the sheet
USES: dict[str, Sequence[str]] = {
    "work_premises_area": (RoomUse.WORK,),
    "service_area": SERVICE_USES,
    "combined_premises_area": COMMUNITY_USES,
    WHOLE: COMMUNITY_USES,
    HALLS: (RoomUse.HALL,),
}
# where a year's facts have it
WORK, SERVICE = "work_area_m2", "service_area_m2"


@dataclass(frozen=True)
class Side:
    """One subject: what the policies require of every row, and what is there.

    `actual` is the register's, and the year's facts' for rows that are not in the register
    (`by_facts`); `facts` the year's facts' own figure. `other`: the register's under another
    measure, where every counted room has it.
    """

    subject: str
    required: Amount
    low: Amount
    high: Amount
    unclamped: Amount
    blocked: Any
    actual: Amount
    by_facts: Any
    facts: Amount
    other: Amount

    @property
    def places(self) -> int:
        """How many decimals a figure has."""
        return catalogue().subjects[self.subject].unit.places

    @cached_property
    def has_gap(self) -> Any:
        return self.required.has & self.low.has & self.actual.has

    @cached_property
    def lacking(self) -> Any:
        """How much of low is missing."""
        return np.where(self.has_gap, np.maximum(self.low.num - self.actual.num, 0), 0)

    @cached_property
    def above(self) -> Any:
        """How much there is beyond what is required."""
        return np.where(self.has_gap, np.maximum(self.actual.num - self.required.num, 0), 0)

    @cached_property
    def differs(self) -> Any:
        """Rows of which the register and the year's facts say different things."""
        known = self.facts.has & self.actual.has & ~self.by_facts
        return known & (self.facts.num != self.actual.num)

    @cached_property
    def open(self) -> Any:
        """Rows of which something is asked that cannot be judged."""
        return self.blocked | (self.low.has & ~self.actual.has)


def side(assessment: Assessment, subject: str, stock: Stock, measure: str = "") -> Side:
    """The columns of a subject; `measure` names the one that is shown beside."""
    size = len(assessment.register)
    facts, there = facts_of(assessment, subject), stock_of(stock, subject)
    blocked = np.zeros(size, dtype=bool)
    for requirement, rows in assessment.parts(subject):
        blocked[rows] = requirement.blocked
    return Side(
        subject=subject,
        required=spread(assessment, subject, lambda one: one.required),
        low=spread(assessment, subject, lambda one: one.low),
        high=spread(assessment, subject, lambda one: one.high),
        unclamped=spread(assessment, subject, before_bounds),
        blocked=blocked,
        actual=Amount(np.where(there.has, there.num, facts.num), there.has | facts.has),
        by_facts=facts.has & ~there.has,
        facts=facts,
        other=other_of(stock, subject, measure),
    )


def stock_of(stock: Stock, subject: str) -> Amount:
    """What the register has of a subject, by building area."""
    column = stock.halls if subject == HALLS else stock.of(USES[subject])
    return Amount(np.where(stock.has, column, 0), stock.has)


def other_of(stock: Stock, subject: str, measure: str) -> Amount:
    """What the register has of a subject under another measure."""
    if not measure or measure == Measure.BUILDING or subject == HALLS:
        return nothing(stock.size)
    known = stock.known(measure)
    return Amount(np.where(known, stock.of(USES[subject], measure), 0), known)


def facts_of(assessment: Assessment, subject: str) -> Amount:
    """What the year's facts say of a subject."""
    if subject == HALLS:
        return _extra(assessment, "service_halls")
    if subject == "work_premises_area":
        return _extra(assessment, WORK)
    if subject == "service_area":
        return _extra(assessment, SERVICE)
    work, service = _extra(assessment, WORK), _extra(assessment, SERVICE)
    parts = Amount(work.num + service.num, work.has | service.has)
    if subject != WHOLE:
        return parts
    fact = assessment.register.facts.get(WHOLE)
    known = inverse(np.broadcast_to(fact.missing, len(assessment.register)))
    return Amount(np.where(known, fact.num, parts.num), known | parts.has)


def _extra(assessment: Assessment, name: str) -> Amount:
    column = assessment.register.extra[name]
    known = column != UNKNOWN_COUNT
    return Amount(np.where(known, column, 0), known)
