"""Who gets the parts of a community when acts take effect: estates, grids, organisations.

Parts that a plan names go to the successor that it names. Of a community that ends the others go
to the successor that gets most of its households; its committees and party organisations end with
it. Without a successor they all end. What a community that goes on keeps is not touched; parts that
had ended before stay where they were, as do archive entries and papers.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from communities.choices import ActKind, OrganisationKind
from communities.models import (
    Building,
    ChangeAct,
    Community,
    Estate,
    EstateMeeting,
    Grid,
    Organisation,
)
from communities.querysets import not_ended
from communities.services.parts import end_estates, end_parts
from communities.services.plans import Plan

# go on with the residents; all other kinds are bodies of the community that ends
MOVING_KINDS = (OrganisationKind.RESIDENTS_GROUP, OrganisationKind.SOCIAL)


@dataclass(frozen=True)
class Succession:
    """An act that takes effect: its plan and day, communities of before by key, successors by key.

    `before` are as they were before the act, `successors` as they are after it, all stored.
    """

    act: ChangeAct
    plan: Plan
    on: datetime.date
    before: dict[int, Community]
    successors: dict[str, Community]

    @property
    def ending(self) -> tuple[int, ...]:
        """Communities that end with the act; one that is reopened had ended before."""
        return () if self.act.kind == ActKind.REOPEN else self.plan.ending

    def receiver(self, community: int) -> Community | None:
        """Who takes over from a community that ends: it gets most households; None: nobody."""
        main = self.plan.main_successor(community)
        return self.successors[main.key] if main else None


def hand_over_estates(succession: Succession) -> None:
    """Move estates with their buildings and the notes of their meetings."""
    moved = hand_over(Estate.objects.all(), succession, succession.plan.estates, end=end_estates)
    for target, estates in moved.items():
        for model in (Building, EstateMeeting):
            model.objects.filter(estate__in=estates).update(
                community=target, code=target.code, version=F("version") + 1
            )


def hand_over_grids(succession: Succession) -> None:
    """Move grids; the counts of the yearly facts go by households."""
    hand_over(Grid.objects.all(), succession, succession.plan.grids)


def hand_over_organisations(succession: Succession) -> None:
    """Move groups and social organisations of communities that end; end their other bodies."""
    bodies = Organisation.objects.exclude(kind__in=MOVING_KINDS)
    end_parts(bodies.filter(community__in=succession.ending), succession.on)
    hand_over(Organisation.objects.filter(kind__in=MOVING_KINDS), succession, {})


# Called in order inside the transaction of an act, when its communities stand. Apps above add
# theirs in AppConfig.ready: what belongs to a community there goes to the successors as well.
FOLLOWERS: list[Callable[[Succession], None]] = [
    hand_over_estates,
    hand_over_grids,
    hand_over_organisations,
]


def hand_over(
    parts: QuerySet[Any],
    succession: Succession,
    named: dict[int, str],
    *,
    end: Callable[[QuerySet[Any], datetime.date], None] = end_parts,
) -> dict[Community, list[Any]]:
    """Move parts that have not ended; return them by who got them. Nobody's parts end by `end`.

    A part whose name the receiver has already, and keeps, gets the name of its former community
    beside it.
    """
    leaving = Q(community__in=succession.ending) | Q(pk__in=named)
    rows = parts.filter(leaving, community__in=succession.plan.communities)
    rows = rows.filter(not_ended(succession.on))
    moving: dict[Community, list[Any]] = defaultdict(list)
    orphans = []
    for row in rows.order_by("pk"):
        target = _target(row, succession, named)
        if target is None:
            orphans.append(row.pk)
        elif target.pk != row.community_id:
            moving[target].append(row)
    end(parts.filter(pk__in=orphans), succession.on)
    _receive(parts, moving, succession)
    return dict(moving)


def _target(row: Any, succession: Succession, named: dict[int, str]) -> Community | None:
    """Who has a part after the act; None when it ends."""
    if row.pk in named:
        return succession.successors[named[row.pk]]
    return succession.receiver(row.community_id)


def _receive(
    parts: QuerySet[Any], moving: dict[Community, list[Any]], succession: Succession
) -> None:
    """Give parts to their receivers under names that are free there once all have left."""
    living = parts.model.objects.filter(valid_until__isnull=True)
    leaving = {part.pk: part for moved in moving.values() for part in moved}
    limit = parts.model._meta.get_field("name").max_length
    wanted: dict[int, str] = {}
    for target, moved in moving.items():
        staying = living.filter(community=target).exclude(pk__in=leaving)
        taken = set(staying.values_list("name", flat=True))
        for part in moved:
            former = succession.before[part.community_id].short_name
            wanted[part.pk] = free_name(part.name, former, taken, limit)
            taken.add(wanted[part.pk])
    _step_aside(leaving, moving, wanted, limit)
    for target, moved in moving.items():
        for part in moved:
            part.name, part.community, part.code = wanted[part.pk], target, target.code
            part.version += 1
    if leaving:
        fields = ["name", "community", "code", "version"]
        parts.model.objects.bulk_update(leaving.values(), fields)


def _step_aside(
    leaving: dict[int, Any],
    moving: dict[Community, list[Any]],
    wanted: dict[int, str],
    limit: int,
) -> None:
    """Rename parts that leave while another comes in under their name: a name is held once."""
    coming = {(target.pk, wanted[part.pk]) for target, moved in moving.items() for part in moved}
    aside = [one for one in leaving.values() if (one.community_id, one.name) in coming]
    for part in aside:
        ending = f"（待移交{part.pk}）"
        part.name = f"{part.name[: limit - len(ending)]}{ending}"
    if aside:
        type(aside[0]).objects.bulk_update(aside, ["name"])


def free_name(name: str, former: str, taken: set[str], limit: int) -> str:
    """A name that nobody has: with the former community beside it, then with a number."""
    if name not in taken:
        return name
    for number in range(1, len(taken) + 2):
        ending = f"（原{former}{number if number > 1 else ''}）"[-limit // 2 :]
        if (found := f"{name[: limit - len(ending)]}{ending}") not in taken:
            return found
    raise AssertionError("one of more numbers than names is free")
