"""One subject of one code in natural units, and what must be said with it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from policy.engine.combine import Requirement, unclamped
from policy.engine.exact import Mask, Numbers
from policy.engine.facts import Facts

UNASKED = "条件不适用，没有要求"


@dataclass(frozen=True)
class Row:
    """One subject of one code; figures in natural units, None where nothing binds or is known."""

    code: str
    subject: str
    unit: str
    low: Any
    high: Any
    required: Any
    unclamped: Any
    binding: tuple[str, ...]
    payers: dict[str, Decimal]
    conflict: str
    status: str
    reason: str


@dataclass
class Group:
    """Rows to which the same texts apply; rows None means all rows of the block."""

    facts: Facts
    rows: Any
    requirements: dict[str, Requirement]


def make_row(group: Group, subject: str, place: int) -> Row:
    """One subject of one row: persons whole, area and money with 2 decimals, dates as dates."""
    requirement = group.requirements[subject]
    unit = requirement.subject.unit
    blocked = at(requirement.blocked, place)

    def figure(num: Numbers, has: Mask) -> Any:
        if blocked or not at(has, place):
            return None
        return natural(int(at(num, place)), unit.key, unit.places)

    required = requirement.required
    payers = (
        {}
        if blocked
        else {
            payer: decimal_of(int(at(num, place)), 2)
            for payer, num in requirement.payers().items()
            if _pays(requirement, payer, place)
        }
    )
    return Row(
        code=group.facts.codes[place],
        subject=subject,
        unit=unit.name,
        low=figure(requirement.low.num, requirement.low.has),
        high=figure(requirement.high.num, requirement.high.has),
        required=figure(required.num, required.has),
        unclamped=figure(unclamped(requirement), required.has),
        binding=()
        if blocked
        else tuple(
            one.rule.id for one in requirement.outcomes if at(requirement.binds(one), place)
        ),
        payers=payers,
        conflict=conflict_of(requirement, place),
        status="cannot_compute" if blocked else "ok",
        reason=reason_of(requirement, place),
    )


def _pays(requirement: Requirement, payer: str, place: int) -> bool:
    """A payer is listed where it pays, and with 0 where the sum itself is 0."""
    if at(requirement.payers()[payer], place):
        return True
    return not at(requirement.required.num, place) and bool(at(requirement.required.has, place))


def natural(num: int, unit: str, places: int) -> Any:
    """Whole units as a natural figure."""
    if unit == "date":
        return datetime.date.fromordinal(num) if num else None
    return decimal_of(num, places) if places else num


def decimal_of(num: int, places: int) -> Decimal:
    """Whole units as a decimal, exactly: scaleb alone would round to 28 digits."""
    return Decimal(num).scaleb(-places) if abs(num) < 10**27 else Decimal(f"{num}E-{places}")


def at(column: Any, place: int) -> Any:
    """One row of a column or mask that may be held as one value."""
    return column if isinstance(column, int | bool) else column[place]


def conflict_of(requirement: Requirement, place: int) -> str:
    """In words: which figure a superior's floor or a narrower ceiling has moved; empty if none."""
    if not at(requirement.conflict, place):
        return ""
    subject = requirement.subject
    said = []
    for outcome in requirement.outcomes:
        if at(outcome.asks, place):
            low, high = (
                Fraction(int(at(num, place)), 10**subject.unit.places)
                for num in (outcome.lo, outcome.hi)
            )
            band = f"{_plain(low)}" if low == high else f"{_plain(low)}~{_plain(high)}"
            said.append(f"{outcome.rule.id} {band}{subject.unit.label}")
    required = Fraction(int(at(requirement.required.num, place)), 10**subject.unit.places)
    return f"{'，'.join(said)}，不能同时满足，取{_plain(required)}{subject.unit.label}"


def _plain(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


def reason_of(requirement: Requirement, place: int) -> str:
    """Why a row cannot be computed, or what must be said with its figure."""
    said: dict[str, None] = {}
    blocked = at(requirement.blocked, place)
    for outcome in requirement.outcomes:
        for mask, text in outcome.sit.reasons if blocked else outcome.sit.notes:
            if at(mask, place):
                said[text] = None
    if not blocked:
        requirement.payers()
        for mask, text in requirement.unsplit:
            if at(mask, place):
                said[f"{text}，不能分担"] = None
        if not said and not at(requirement.required.has, place):
            said[UNASKED] = None
    return "；".join(said)
