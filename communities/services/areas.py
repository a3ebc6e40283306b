"""The areas of communities after a change act."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from communities.choices import ActKind
from communities.models import Community
from communities.services.plans import Plan, Successor

# kinds that divide the land of their communities among the successors
DIVIDING = (ActKind.MERGE, ActKind.SPLIT, ActKind.RESCALE, ActKind.ABOLISH)


def total_area(areas: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of areas in km², None when one is not known."""
    listed = list(areas)
    known = [area for area in listed if area is not None]
    return sum(known, Decimal(0)) if len(known) == len(listed) else None


def divides_land(kind: ActKind, plan: Plan) -> bool:
    """Whether the successors share the land of the plan's communities and nothing else."""
    return kind in DIVIDING and bool(plan.successors)


def areas_after(
    kind: ActKind, plan: Plan, before: dict[int, Community]
) -> dict[str, Decimal | None]:
    """The area of each successor in km² by its key, None where it is not known.

    As written. Where one alone is left open and the land is divided, that one gets the rest; else
    a community that goes on keeps its own, one that reopens has that of before, and that of a
    merger is not known.
    """
    found = {one.key: one.area_km2 for one in plan.successors}
    left_open = [one for one in plan.successors if one.area_km2 is None]
    rest = _rest(kind, plan, before) if len(left_open) == 1 else None
    for one in left_open:
        found[one.key] = _own(kind, plan, one, before) if rest is None else rest
    return found


def _rest(kind: ActKind, plan: Plan, before: dict[int, Community]) -> Decimal | None:
    """What the written areas leave of the land, None where nothing is known or left."""
    whole = total_area(before[pk].area_km2 if pk in before else None for pk in plan.communities)
    if whole is None or not divides_land(kind, plan):
        return None
    rest = whole - sum((one.area_km2 for one in plan.successors if one.area_km2), Decimal(0))
    return rest if rest >= 0 else None


def _own(kind: ActKind, plan: Plan, one: Successor, before: dict[int, Community]) -> Decimal | None:
    former = one.community
    if kind == ActKind.MERGE:  # of parts that are not all known the sum is not
        return None
    if kind == ActKind.REOPEN and former is None:
        former = next(iter(plan.ending), None)
    community = before.get(former or 0)
    return community.area_km2 if community else None
