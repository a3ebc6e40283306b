"""What is required and there of one kind of staff, as columns over a register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from communities.selectors.assessment import Assessment
from communities.selectors.columns import Amount, before_bounds, nothing, spread
from communities.selectors.register import UNKNOWN_COUNT
from policy.engine.exact import both, inverse
from policy.engine.outcome import Outcome
from staffing.rules.counting import Heads

COMMITTEE, PARTY, WORKERS = "committee_members", "party_committee_members", "community_workers"
# where a year's facts have the persons of a subject: a fact of the engine, or a column beside it
FACTS = {COMMITTEE: "members_in_post", WORKERS: "workers_in_post"}
EXTRA_FACTS = {PARTY: "party_members_in_post"}
ROSTER: Mapping[str, Callable[[Heads], set[str]]] = {
    COMMITTEE: lambda heads: heads.committee,
    PARTY: lambda heads: heads.party,
    WORKERS: lambda heads: heads.workers,
}


@dataclass(frozen=True)
class Side:
    """One kind of staff: what the policies require of every row, and who is there.

    `in_post` is the roster's, and the year's facts' for rows without a roster (`by_facts`); `facts`
    the year's facts' own figure. `top` is what may be there before anybody is one too many.
    """

    subject: str
    required: Amount
    low: Amount
    high: Amount
    unclamped: Amount
    blocked: Any
    in_post: Amount
    by_facts: Any
    facts: Amount
    top: Any

    @cached_property
    def has_gap(self) -> Any:
        return self.required.has & self.low.has & self.in_post.has

    @cached_property
    def lacking(self) -> Any:
        """How many persons of low are missing."""
        return np.where(self.has_gap, np.maximum(self.low.num - self.in_post.num, 0), 0)

    @cached_property
    def above(self) -> Any:
        """How many persons there are beyond the top."""
        return np.where(self.has_gap, np.maximum(self.in_post.num - self.top, 0), 0)

    @cached_property
    def differs(self) -> Any:
        """Rows whose roster and whose year's facts say different things."""
        known = self.facts.has & self.in_post.has & ~self.by_facts
        return known & (self.facts.num != self.in_post.num)


def side(
    assessment: Assessment, subject: str, heads: Mapping[int, Heads], allowed: Any = None
) -> Side:
    """The columns of a subject; `allowed` lifts the top of rows: quotas and increases."""
    size = len(assessment.register)
    required = spread(assessment, subject, lambda one: one.required)
    high = spread(assessment, subject, lambda one: one.high)
    facts = facts_of(assessment, subject)
    roster = roster_of(assessment, subject, heads)
    blocked = np.zeros(size, dtype=bool)
    for requirement, rows in assessment.parts(subject):
        blocked[rows] = requirement.blocked
    # a committee of the party is a range: nobody in it is one too many
    top = np.where(high.has, high.num, required.num) if subject == PARTY else required.num
    return Side(
        subject=subject,
        required=required,
        low=spread(assessment, subject, lambda one: one.low),
        high=high,
        unclamped=spread(assessment, subject, before_bounds),
        blocked=blocked,
        in_post=Amount(np.where(roster.has, roster.num, facts.num), roster.has | facts.has),
        by_facts=facts.has & ~roster.has,
        facts=facts,
        top=top if allowed is None else np.maximum(top, allowed),
    )


def facts_of(assessment: Assessment, subject: str) -> Amount:
    """What the year's facts say of those in post."""
    register = assessment.register
    if subject in EXTRA_FACTS:
        column = register.extra[EXTRA_FACTS[subject]]
        known = column != UNKNOWN_COUNT
        return Amount(np.where(known, column, 0), known)
    fact = register.facts.get(FACTS[subject])
    known = inverse(np.broadcast_to(fact.missing, len(register)))
    return Amount(np.where(known, fact.num, 0), known)


def roster_of(assessment: Assessment, subject: str, heads: Mapping[int, Heads]) -> Amount:
    """What the rosters say, for rows whose community has anybody in its roster."""
    register, found = assessment.register, nothing(len(assessment.register))
    places = {int(key): row for row, key in enumerate(register.keys)} if heads else {}
    for key, one in heads.items():
        if (row := places.get(key)) is not None:
            found.num[row], found.has[row] = len(ROSTER[subject](one)), True
    return found


def outcomes_of(assessment: Assessment, subject: str) -> list[tuple[Outcome, Any]]:
    """Every rule on a subject with the rows of its group."""
    return [
        (outcome, rows)
        for requirement, rows in assessment.parts(subject)
        for outcome in requirement.outcomes
    ]


def asked_by(outcome: Outcome, size: int) -> Any:
    """Rows of its group of which a rule asks something that can be computed."""
    return np.broadcast_to(both(outcome.asks, inverse(outcome.sit.blocked)), size)
