"""豁免: which communities need not keep a clause on staff, and which could ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from accounts.models import User
from communities.querysets import not_ended
from policy.engine.exact import as_array
from policy.models import Exemption
from staffing.selectors.establishment import Establishment
from staffing.selectors.establishment_columns import (
    COMMITTEE,
    PARTY,
    WORKERS,
    asked_by,
    outcomes_of,
)


@dataclass(frozen=True)
class Lifted:
    """A clause that a community need not keep, by whom and until when."""

    code: str
    name: str
    provision: str
    reason: str
    approver: str
    document: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class Candidate:
    """A community below a superior's floor that meets the other clauses."""

    code: str
    name: str
    households: int | None
    in_post: int
    floor: int
    provision: str
    met: str
    url: str = ""


def exemptions_of(user: User, made: Establishment) -> list[Lifted]:
    """The exemptions of a day from clauses on staff, by code. One query."""
    assessment = made.assessment
    provisions = {
        outcome.rule.id
        for subject in (COMMITTEE, PARTY, WORKERS)
        for outcome, _ in outcomes_of(assessment, subject)
    }
    if not provisions:
        return []
    on, register = assessment.on, assessment.register
    rows = Exemption.objects.for_user(user).filter(
        not_ended(on), provision__in=provisions, valid_from__lte=on, code__startswith=_start(made)
    )
    return [
        Lifted(
            one.code,
            one.code if (row := register.place(one.code)) is None else str(register.names[row]),
            one.provision,
            one.reason,
            one.approver,
            one.document,
            one.valid_from,
            one.valid_until,
        )
        for one in rows.order_by("code", "provision")
    ]


def _start(made: Establishment) -> str:
    return "" if made.prefix == "0" else made.prefix


def candidates_of(made: Establishment) -> list[Candidate]:
    """Communities that could ask for an exemption from a superior's floor; no query."""
    found, own = [], set(made.rows.tolist())
    for requirement, rows in made.assessment.parts(WORKERS):
        size = len(made.assessment.register)
        places = np.arange(size)[rows]
        present = made.workers.in_post.num[places]
        known = made.workers.in_post.has[places]
        others = [one for one in requirement.outcomes if not one.rule.provision.superior]
        for floor in requirement.outcomes:
            if not floor.rule.provision.superior or floor.floor is None:
                continue
            least = as_array(floor.lo, requirement.size)
            below = asked_by(floor, requirement.size) & known & (present < least)
            met = np.zeros(requirement.size, dtype=bool)
            for one in others:
                asks = asked_by(one, requirement.size)
                below = below & (~asks | (present >= as_array(one.lo, requirement.size)))
                met = met | asks
            ids = "、".join(one.rule.id for one in others)
            found += [
                _candidate(made, int(places[place]), int(least[place]), floor.rule.id, ids)
                for place in np.flatnonzero(below & met)
                if places[place] in own
            ]
    return sorted(found, key=lambda one: one.code)


def _candidate(made: Establishment, row: int, floor: int, provision: str, met: str) -> Candidate:
    register = made.assessment.register
    households = register.facts.get("households").at(row)
    return Candidate(
        code=register.codes[row],
        name=str(register.names[row]),
        households=None if households.missing else households.num,
        in_post=int(made.workers.in_post.num[row]),
        floor=floor,
        provision=provision,
        met=met,
    )
