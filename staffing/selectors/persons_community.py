"""The staff of one community by body, with what the policies in force require beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from accounts.models import User
from communities.models import Community
from communities.selectors.assessment import Assessment
from staffing.models import Appointment
from staffing.rules.counting import Heads, Held, count_heads
from staffing.rules.groups import GROUPS, PostGroup
from staffing.selectors.establishment import Cells, Establishment
from staffing.selectors.roster import RANK, RosterRow, certificates_on

# the heads of the roster that answer to what is required of a body
COUNTED = {"party", "committee", "supervision", "workers", "grid_workers"}


@dataclass(frozen=True)
class Body:
    """A body of a community, its people on a day, and its heads; `need` where one is asked.

    A person with posts in two bodies stands in both. `heads` counts as the policies do, so without
    those who are counted elsewhere.
    """

    key: str
    label: str
    heads: int
    rows: tuple[RosterRow, ...]
    need: Cells | None

    @property
    def gap(self) -> int | None:
        """What is lacking (negative), or there is above required; None where nothing is asked."""
        need = self.need
        if need is None or need.low is None or need.required is None:
            return None
        return (
            self.heads - need.low if self.heads < need.low else max(0, self.heads - need.required)
        )


@dataclass(frozen=True)
class Staff:
    """The staff of a community on a day: `heads` persons, over all bodies."""

    bodies: tuple[Body, ...]
    heads: int
    posts: int
    members: int
    residents: int
    unknown_residence: int

    @property
    def resident_share(self) -> Fraction | None:
        """Percent of the committee's members who live in the community, of those known."""
        known = self.members - self.unknown_residence
        return Fraction(100 * self.residents, known) if known else None


def get_staff(user: User, community: Community, on: date, assessment: Assessment) -> Staff:
    """The staff of a community in the user's scope on a day. Five queries."""
    posts = Appointment.objects.for_user(user).filter(community=community).as_of(on)
    held = list(posts.select_related("person", "community", "ended_by").order_by(RANK, "pk"))
    certificates = certificates_on(user, {one.person_id for one in held}, on)
    heads = count_heads(
        Held(str(one.person_id), one.post, one.identity, one.lives_here) for one in held
    )
    by_person: dict[int, list[Appointment]] = {}
    for one in held:
        by_person.setdefault(one.person_id, []).append(one)
    rows = [
        RosterRow(tuple(posts), tuple(certificates.get(key, ())))
        for key, posts in by_person.items()
    ]
    return Staff(
        bodies=tuple(_bodies(rows, heads, _needs(user, community, on, assessment))),
        heads=len(heads.everybody),
        posts=heads.posts,
        members=len(heads.committee),
        residents=len(heads.resident_members),
        unknown_residence=len(heads.unknown_residence),
    )


def _bodies(rows: Sequence[RosterRow], heads: Heads, needs: dict[str, Cells]) -> Iterator[Body]:
    for group in GROUPS:
        within = tuple(row for row in rows if _stands_in(row, group))
        counted = len(getattr(heads, group.key)) if group.key in COUNTED else len(within)
        yield Body(group.key, group.label, counted, within, needs.get(group.key))


def _stands_in(row: RosterRow, group: PostGroup) -> bool:
    return any(one.post in group.posts for one in row.appointments)


def _needs(user: User, community: Community, on: date, assessment: Assessment) -> dict[str, Cells]:
    """What is required of the bodies in the assessment's year; none without facts of that year."""
    place = assessment.register.place_of(community.pk)
    if place is None:
        return {}
    made = Establishment(user, assessment, community.code, on)
    row = made.row(community.code, community.short_name, np.array([place]))
    found = {"party": row.party, "committee": row.committee, "workers": row.workers}
    return {key: need for key, need in found.items() if need.required is not None or need.reason}
