"""What the form of a change act chooses from: communities, their parts, codes that are free."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from accounts.scope import scope
from communities.choices import ActState, CommitteeKind, Relation
from communities.models import (
    AnnualFacts,
    ChangeAct,
    Community,
    Estate,
    FormerDesignation,
    Grid,
    Lineage,
)

MOST_OFFERED = 200
SIDES = {"east": "东至", "south": "南至", "west": "西至", "north": "北至"}
# 001 to 199 are residents' committees, villages begin at 200
FIRST_VILLAGE = 200
UNDER_WAY = Q(state__in=(ActState.SUBMITTED, ActState.REVIEWED, ActState.DECIDED))


@dataclass(frozen=True)
class Part:
    """An estate or a grid of a community."""

    pk: int
    name: str
    households: int | None


@dataclass(frozen=True)
class Source:
    """A community that an act concerns, as it is now; households of its latest facts."""

    pk: int
    code: str
    name: str
    short_name: str
    households: int | None
    year: int | None
    area_km2: Decimal | None
    boundaries: dict[str, str]
    estates: tuple[Part, ...] = ()
    grids: tuple[Part, ...] = ()
    # one that is to be there again
    ended_on: datetime.date | None = None
    is_demo: bool = False


@dataclass(frozen=True)
class Choice:
    """A community that can be chosen, in one line."""

    pk: int
    code: str
    name: str
    households: int | None
    ended_on: datetime.date | None
    chosen: bool


def read_sources(user: User, pks: Iterable[int], on: datetime.date) -> tuple[Source, ...]:
    """The communities of a user's scope by code, with their parts of a day. Four queries."""
    rows = list(Community.objects.for_user(user).filter(pk__in=list(pks)).order_by("code", "pk"))
    known = [row.pk for row in rows]
    latest = AnnualFacts.objects.filter(community__in=known, year__lte=on.year)
    latest = latest.order_by("community_id", "-year")
    facts: dict[int, tuple[int | None, int | None]] = {
        community: (households, year)
        for community, households, year in latest.distinct("community_id").values_list(
            "community_id", "households", "year"
        )
    }
    nothing = (None, None)
    estates = _parts(Estate.objects.filter(community__in=known).as_of(on))
    grids = _parts(Grid.objects.filter(community__in=known).as_of(on), "number")
    return tuple(
        Source(
            row.pk,
            row.code,
            row.name,
            row.short_name,
            *facts.get(row.pk, nothing),
            row.area_km2,
            {side: getattr(row, f"boundary_{side}") for side in SIDES},
            tuple(estates[row.pk]),
            tuple(grids[row.pk]),
            row.valid_until if row.valid_until and row.valid_until <= on else None,
            row.is_demo,
        )
        for row in rows
    )


def _parts(rows: QuerySet[Estate] | QuerySet[Grid], *first: str) -> dict[int, list[Part]]:
    found: dict[int, list[Part]] = defaultdict(list)
    for pk, community, name, households in rows.order_by(*first, "name", "pk").values_list(
        "pk", "community_id", "name", "households"
    ):
        found[community].append(Part(pk, name, households))
    return found


def choosable(
    user: User,
    *,
    under: str,
    text: str,
    villages: bool,
    ended: bool,
    chosen: set[int],
    on: datetime.date,
    heirs: bool = False,
) -> list[Choice]:
    """Communities for an act, those already chosen first; at most 200 besides. Two queries.

    `under` is the division whose communities are offered, `ended` asks for those that have ended.
    `heirs`: nothing but those that got households of one that has ended, and what was chosen.
    """
    latest = AnnualFacts.objects.filter(community=OuterRef("pk"), year__lte=on.year)
    latest = latest.order_by("-year")
    rows = Community.objects.for_user(user).annotate(
        counted=Subquery(latest.values("households")[:1])
    )
    kinds = [CommitteeKind.RESIDENTS, *([CommitteeKind.VILLAGERS] if villages else [])]
    offered = rows.under(under).filter(committee_kind__in=kinds).exclude(pk__in=chosen)
    offered = offered.filter(valid_until__lte=on) if ended else offered.as_of(on)
    if heirs:
        given = Lineage.objects.filter(relation=Relation.SUCCESSOR, other=OuterRef("pk"))
        offered = offered.filter(Exists(given.filter(community__valid_until__lte=on)))
    if text:
        offered = offered.matching(text)
    kept = rows.filter(pk__in=chosen).order_by("code") if chosen else ()
    return [
        Choice(row.pk, row.code, row.name, row.counted, row.valid_until, row.pk in chosen)
        for row in (*kept, *offered.order_by("code", "pk")[:MOST_OFFERED])
    ]


def free_codes(user: User, street: str, most: int = 9) -> list[str]:
    """Codes of a street's residents' committees that nobody has or had, lowest after the last.

    Nor is another act under way to give them. Three queries; empty where the street is outside the
    scope or its numbers are used up.
    """
    if len(street) != len("371502001"):
        return []
    held: set[str] = set()
    for rows in (Community.objects.for_user(user), FormerDesignation.objects.for_user(user)):
        held.update(rows.under(street).values_list("code", flat=True))
    held.update(one for one in _codes_under_way(street) if one.startswith(street))
    numbers = {int(code[9:]) for code in held}
    last = max((number for number in numbers if number < FIRST_VILLAGE), default=0)
    after = [*range(last + 1, FIRST_VILLAGE), *range(1, last)]
    return [f"{street}{number:03d}" for number in after if number not in numbers][:most]


def _codes_under_way(street: str) -> set[str]:
    """The codes that acts under way are to give, also those of offices above."""
    with scope(street[:4]):
        acts = list(ChangeAct.objects.filter(UNDER_WAY).values_list("plan__successors", flat=True))
    return {one["code"] for successors in acts for one in successors or ()}


def estate_for(user: User, pk: int, on: datetime.date) -> Estate | None:
    """An estate of the scope that exists on a day, for which a community is proposed, or None."""
    found: Estate | None = Estate.objects.for_user(user).as_of(on).filter(pk=pk).first()
    return found
