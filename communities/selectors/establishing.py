"""Where the policies ask for a residents' committee that is not there yet."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from accounts.models import User
from accounts.scope import contains
from communities.choices import AreaKind, CommitteeKind, OrganisationKind
from communities.models import Estate, Organisation
from communities.selectors.assessment import Assessment, plain_reason
from communities.selectors.clauses import Clause, clause_of
from communities.selectors.estates import occupancy_of
from communities.selectors.sizes import rows_inside
from policy.engine import Facts, assess, catalogue
from policy.engine.combine import Requirement
from policy.engine.exact import as_array
from policy.engine.rows import reason_of

ESTABLISHMENT = "committee_establishment"
MOST_REASONS = 3


@dataclass(frozen=True)
class DueCommunity:
    """A community for which a committee must be set up and none is registered or reported."""

    code: str
    name: str
    present: str
    households: int | None
    occupied: int | None
    completed: int | None
    occupancy: Fraction | None
    committees: int | None
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class DueEstate:
    """An estate that meets the clause by itself; occupancy in percent of completed dwellings."""

    key: int
    name: str
    code: str
    community: str
    households: int | None
    occupied: int | None
    completed: int | None
    occupancy: Fraction | None
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Due:
    """Where a committee must be set up; unknown: how many cannot be judged, and why."""

    asked: tuple[Clause, ...]
    communities: Sequence[DueCommunity]
    estates: Sequence[DueEstate]
    unknown_communities: int
    unknown_estates: int
    reasons: Sequence[tuple[str, int]]


def get_due(user: User, assessment: Assessment, prefix: str, today: datetime.date) -> Due:
    """Where the policies ask for a committee that is not there: communities, and single estates.

    An estate that is the only one of a community with a committee has one. Two queries.
    """
    held = _with_committee(user, today)
    communities, unknown, reasons = _due_communities(user, assessment, prefix, held)
    estates, unknown_estates, more = _due_estates(user, assessment, prefix, today)
    asked = {
        outcome.rule.id: clause_of(outcome.rule.text, outcome.rule.provision)
        for requirement, _ in assessment.parts(ESTABLISHMENT)
        for outcome in requirement.outcomes
    }
    return Due(
        tuple(asked.values()),
        communities,
        estates,
        unknown,
        unknown_estates,
        (reasons + more).most_common(MOST_REASONS),
    )


def _with_committee(user: User, today: datetime.date) -> set[int]:
    """Keys of the user's communities with a residents' committee in the register."""
    committees = Organisation.objects.for_user(user).as_of(today)
    found = committees.filter(kind=OrganisationKind.RESIDENTS_COMMITTEE)
    return set(found.values_list("community_id", flat=True))


def _binding(requirement: Requirement, place: int) -> tuple[Clause, ...]:
    """The clauses that ask something of a row."""
    return tuple(
        clause_of(outcome.rule.text, outcome.rule.provision)
        for outcome in requirement.outcomes
        if as_array(outcome.asks, requirement.size)[place]
    )


def _due(requirement: Requirement) -> tuple[Any, Any]:
    """Masks of the rows that must have a committee, and of those that cannot be judged."""
    size = requirement.size
    blocked = as_array(requirement.blocked, size).astype(bool)
    asked = as_array(requirement.required.has, size).astype(bool)
    return asked & ~blocked & (as_array(requirement.required.num, size) >= 1), blocked


def _due_communities(
    user: User, assessment: Assessment, prefix: str, held: set[int]
) -> tuple[list[DueCommunity], int, Counter[str]]:
    register, inside = assessment.register, rows_inside(assessment, prefix)
    committees = register.facts.get("residents_committees")
    rows: list[DueCommunity] = []
    unknown, reasons = 0, Counter[str]()
    for requirement, part in assessment.parts(ESTABLISHMENT):
        numbers = np.arange(len(register))[part]
        due, blocked = _due(requirement)
        for place in np.flatnonzero((due | blocked) & inside[numbers]):
            number = int(numbers[place])
            reported = committees.at(number)
            none = not reported.missing and reported.num == 0
            visible = contains(user.scope, register.present[number])
            # a committee of another district's community is not seen here
            if not none and (not visible or int(register.keys[number]) in held):
                continue
            if blocked[place]:
                unknown += 1
                reasons.update(plain_reason(reason_of(requirement, int(place))).split("；"))
                continue
            rows.append(_community(assessment, number, _binding(requirement, int(place))))
    return sorted(rows, key=lambda row: row.code), unknown, reasons


def _community(assessment: Assessment, number: int, clauses: tuple[Clause, ...]) -> DueCommunity:
    register = assessment.register

    def told(name: str) -> int | None:
        cell = register.facts.get(name).at(number)
        return None if cell.missing else int(cell.num)

    occupied, completed = told("occupied_dwellings"), told("completed_dwellings")
    return DueCommunity(
        code=register.codes[number],
        name=register.names[number],
        present=register.present[number],
        households=told("households"),
        occupied=occupied,
        completed=completed,
        occupancy=occupancy_of(occupied, completed),
        committees=told("residents_committees"),
        clauses=clauses,
    )


ESTATE_FACTS = ("households", "dwellings", "completed_dwellings", "occupied_dwellings")


def _due_estates(
    user: User, assessment: Assessment, prefix: str, today: datetime.date
) -> tuple[list[DueEstate], int, Counter[str]]:
    """The estates that meet the clauses with their own figures. One query."""
    found = list(
        Estate.objects.for_user(user)
        .under(prefix)
        .as_of(today)
        .filter(community__committee_kind=CommitteeKind.RESIDENTS)
        .order_by("code", "name")
        .values_list(
            "pk", "name", "code", "community_id", "community__short_name", "is_new", *ESTATE_FACTS
        )
    )
    together = Counter(row[3] for row in found)
    # one that is its community's only estate is that community: it has been set up
    rows = [row for row in found if together[row[3]] > 1]
    estates: list[DueEstate] = []
    unknown, reasons = 0, Counter[str]()
    for requirement, places in _assessed(assessment, rows):
        due, blocked = _due(requirement)
        for place in np.flatnonzero(blocked):
            unknown += 1
            reasons.update(plain_reason(reason_of(requirement, int(place))).split("；"))
        estates += [
            _estate(rows[int(places[place])], _binding(requirement, int(place)))
            for place in np.flatnonzero(due)
        ]
    return sorted(estates, key=lambda one: (one.code, one.name)), unknown, reasons


def _assessed(
    assessment: Assessment, rows: Sequence[tuple[Any, ...]]
) -> Iterable[tuple[Requirement, Any]]:
    """What the clauses on setting up ask of estates, taken as if each were a community."""
    policy = assessment.policy
    rules = tuple(one for one in policy.stack.rules if one.subject.key == ESTABLISHMENT)
    if not rows or not rules:
        return []
    kinds = list(catalogue().facts["area_kind"].choices)
    kind_of = {True: kinds.index(AreaKind.NEW), False: kinds.index(AreaKind.BUILT), None: None}
    columns: dict[str, list[int | None]] = {"area_kind": [kind_of[row[5]] for row in rows]}
    columns |= {name: [row[6 + place] for row in rows] for place, name in enumerate(ESTATE_FACTS)}
    facts = Facts.from_units([row[2] for row in rows], columns)
    block = assess(facts, replace(policy.stack, rules=rules), policy.series).blocks[0]
    return [
        (group.requirements[ESTABLISHMENT], np.arange(len(rows))[_rows_of(group.rows)])
        for group in block.groups
        if ESTABLISHMENT in group.requirements
    ]


def _rows_of(rows: Any) -> Any:
    return slice(None) if rows is None else rows


def _estate(row: tuple[Any, ...], clauses: tuple[Clause, ...]) -> DueEstate:
    key, name, code, _, community, _, households, _, completed, occupied = row
    return DueEstate(
        key, name, code, community, households, occupied, completed,
        occupancy_of(occupied, completed), clauses,
    )  # fmt: skip
