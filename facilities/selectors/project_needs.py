"""What the texts in force ask of a project: areas for its planned households, and its deadline.

A project is assessed as if it were a community of its street with the planned households, so that
plans and communities are measured by the same clauses.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from communities.selectors.assessment import plain_reason
from communities.selectors.clauses import Clause, clause_of
from facilities.rules.gates import PROPERTY, SERVICE, WORK, Asked, metres
from policy.engine import Facts, Requirements, assess, catalogue
from policy.engine.combine import Requirement
from policy.engine.compiling import Rule
from policy.engine.outcome import Outcome
from policy.engine.rows import at, natural, reason_of
from policy.selectors import policy_for

# which parts of a project's areas a subject concerns together, in the order of pages
SUBJECTS = {
    "work_premises_area": (WORK,),
    "service_area": (SERVICE,),
    "combined_premises_area": (WORK, SERVICE),
    "premises_area": (WORK, SERVICE),
    "property_premises_area": (PROPERTY,),
}
DUE = "premises_handover_due"
# whichever households a text counts with: of a plan there is one number
HOUSEHOLDS = (
    "households",
    "households_registered",
    "households_resident",
    "households_occupied",
    "households_recorded",
)
# no community has this number: what was exempted for one is not for those to come
NO_COMMUNITY = "000"
WIDTHS = (9, 6, 4, 2)


class Planned(Protocol):
    """What is assessed of a project."""

    code: str
    planned_households: int
    area_kind: str
    gross_floor_area_m2: Decimal | None
    first_move_in_on: date | None


@dataclass(frozen=True)
class Need:
    """One subject asked of a project, in m²; clauses: those that say what is kept at least.

    low and required are None where it cannot be computed; `reason` says why.
    """

    subject: str
    label: str
    parts: tuple[str, ...]
    low: Decimal | None
    required: Decimal | None
    high: Decimal | None
    clauses: tuple[Clause, ...]
    reason: str = ""

    @property
    def clause(self) -> str:
        """The clauses as sentences quote them."""
        return "、".join(f"《{one.title}》{one.article}，{one.id}" for one in self.clauses)

    @property
    def asked(self) -> Asked:
        return Asked(self.label, self.parts, self.low, self.required, self.clause)

    @property
    def kept(self) -> dict[str, str]:
        """What a gate keeps of it."""
        low, required = ("" if one is None else f"{one:.2f}" for one in (self.low, self.required))
        return {
            "subject": self.subject,
            "label": self.label,
            "low": low,
            "required": required,
            "clause": self.clause,
        }

    @property
    def said(self) -> str:
        """What is asked, in words: at least, or about."""
        if self.required is None:
            return self.reason
        if self.low is None:
            return f"{metres(self.required)}左右"
        if self.low < self.required:
            return f"不少于{metres(self.low)}，{metres(self.required)}左右"
        return f"不少于{metres(self.low)}"


@dataclass(frozen=True)
class Needs:
    """All that is asked of a project on a day; due: the deadline of its handover, if any."""

    needs: tuple[Need, ...]
    due: date | None
    due_clauses: tuple[Clause, ...]

    @property
    def asked(self) -> tuple[Asked, ...]:
        return tuple(one.asked for one in self.needs)

    @property
    def premises(self) -> Decimal | None:
        """Work and service rooms in one sum: the larger of a joint standard and the parts' sum."""
        by_parts: dict[tuple[str, ...], Decimal] = {}
        for one in self.needs:
            figure = one.low if one.required is None else one.required
            if figure is not None:
                by_parts[one.parts] = max(figure, by_parts.get(one.parts, Decimal()))
        apart = [by_parts[parts] for parts in ((WORK,), (SERVICE,)) if parts in by_parts]
        sums = [sum(apart, Decimal())] if apart else []
        sums += [by_parts[WORK, SERVICE]] if (WORK, SERVICE) in by_parts else []
        return max(sums, default=None)

    @property
    def due_clause(self) -> str:
        return "、".join(f"《{one.title}》{one.article}，{one.id}" for one in self.due_clauses)


def needs_of(projects: Sequence[Planned], on: date) -> list[Needs]:
    """What the texts in force on a day ask of projects, in their order. One query, or none.

    Areas in m² with two decimals. A project need not be stored.
    """
    if not projects:
        return []
    policy = policy_for(division_of({one.code for one in projects}), on)
    facts = Facts.from_columns(
        [f"{one.code}{NO_COMMUNITY}" for one in projects],
        {
            **{key: [one.planned_households for one in projects] for key in HOUSEHOLDS},
            "area_kind": [one.area_kind for one in projects],
            "gross_floor_area": [one.gross_floor_area_m2 for one in projects],
            "first_move_in_on": [one.first_move_in_on for one in projects],
        },
    )
    rules = tuple(filter(_concerns, policy.stack.rules))
    asked = assess(facts, replace(policy.stack, rules=rules, exemptions={}), policy.series)
    return [_needs(asked, row) for row in range(len(projects))]


def _concerns(rule: Rule) -> bool:
    subject = rule.provision.subject
    return subject is not None and (subject.key in SUBJECTS or subject.key == DUE)


def division_of(codes: Collection[str]) -> str:
    """The smallest division that holds all codes; "0" for the whole country."""
    first, last = min(codes), max(codes)
    return next((first[:width] for width in WIDTHS if first[:width] == last[:width]), "0")


def _needs(asked: Requirements, row: int) -> Needs:
    group, place = asked.blocks[0].place(row)
    needs = tuple(
        one
        for subject in SUBJECTS
        if subject in group.requirements
        if (one := _need(group.requirements[subject], subject, place)) is not None
    )
    due = group.requirements.get(DUE)
    if due is None or at(due.blocked, place) or not at(due.required.has, place):
        return Needs(needs, None, ())
    day = natural(int(at(due.required.num, place)), "date", 0)
    return Needs(needs, day, _clauses(due, place, due.binds))


def _need(requirement: Requirement, subject: str, place: int) -> Need | None:
    """One subject at a place; None where no clause asks anything of it."""
    label = catalogue().subjects[subject].label
    if at(requirement.blocked, place):
        reason = plain_reason(reason_of(requirement, place))
        clauses = _clauses(requirement, place, lambda one: one.asks)
        return Need(subject, label, SUBJECTS[subject], None, None, None, clauses, reason)
    if not at(requirement.required.has, place):
        return None
    low, required, high = (
        natural(int(at(one.num, place)), "area", 2) if at(one.has, place) else None
        for one in (requirement.low, requirement.required, requirement.high)
    )

    def keeps(one: Outcome) -> Any:
        floor = one.lo if one.is_exact else one.floor
        return floor is not None and bool(at(floor, place) == at(requirement.low.num, place))

    # what is kept at least is quoted before what is aimed at
    clauses = _clauses(requirement, place, keeps) if low is not None else ()
    clauses = clauses or _clauses(requirement, place, requirement.binds)
    return Need(subject, label, SUBJECTS[subject], low, required, high, clauses)


def _clauses(requirement: Requirement, place: int, chosen: Any) -> tuple[Clause, ...]:
    """The clauses of some of the outcomes that ask something at a place."""
    return tuple(
        clause_of(one.rule.text, one.rule.provision)
        for one in requirement.outcomes
        if at(one.asks, place) and at(chosen(one), place)
    )
