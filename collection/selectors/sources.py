"""What is kept elsewhere already and need not be typed: the register, and what later apps add."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from collection.rules.findings import Elsewhere
from communities.choices import OrganisationKind
from communities.models import Community, Estate, Grid, Organisation

# by key of a community: values by name of a field
Held = Mapping[int, Mapping[str, Elsewhere]]
Provider = Callable[[Sequence[Community], date, int], Held]

ESTATES, GRIDS, ORGANISATIONS = "小区台账", "网格台账", "组织台账"
SUMMED = ("dwellings", "completed_dwellings", "occupied_dwellings", "gross_floor_area_m2")


def from_estates(communities: Sequence[Community], on: date, year: int) -> Held:
    """Sums of the estates of a day, where every estate of a community has the figure. One query."""
    sums: dict[str, Any] = {f"sum_{name}": Sum(name) for name in SUMMED}
    known: dict[str, Any] = {f"known_{name}": Count(name) for name in SUMMED}
    rows = _of(Estate, communities, on).annotate(estates=Count("pk"), **sums, **known)
    return {
        row["community_id"]: {
            name: Elsewhere(row[f"sum_{name}"], ESTATES, "communities:estates")
            for name in SUMMED
            if row[f"known_{name}"] == row["estates"]
        }
        for row in rows
    }


def from_grids(communities: Sequence[Community], on: date, year: int) -> Held:
    """The number of grids of a day, where any are registered. One query."""
    rows = _of(Grid, communities, on).annotate(number=Count("pk"))
    return {
        row["community_id"]: {"grids": Elsewhere(row["number"], GRIDS, "communities:grids")}
        for row in rows
    }


def from_organisations(communities: Sequence[Community], on: date, year: int) -> Held:
    """How many social organisations and residents' committees are registered. One query."""
    kinds = {
        "social_organisations": OrganisationKind.SOCIAL,
        "residents_committees": OrganisationKind.RESIDENTS_COMMITTEE,
    }
    counts: dict[str, Any] = {
        name: Count("pk", filter=Q(kind=kind)) for name, kind in kinds.items()
    }
    rows = _of(Organisation, communities, on).annotate(**counts)
    return {
        row["community_id"]: {
            name: Elsewhere(row[name], ORGANISATIONS, "communities:organisations")
            for name in kinds
            if row[name]
        }
        for row in rows
    }


def _of(model: Any, communities: Sequence[Community], on: date) -> Any:
    keys = [one.pk for one in communities]
    rows = model.objects.filter(community__in=keys).as_of(on)
    return rows.order_by().values("community_id")


_providers: list[Provider] = [from_estates, from_grids, from_organisations]


def register_provider(provider: Provider) -> None:
    """Add a source of values; later apps (rosters, premises) call it when they are ready.

    `provider` takes communities, the reference day and the year of the facts, asks a fixed number
    of queries, and returns values by key of a community and name of a field. A later provider goes
    before an earlier one.
    """
    if provider not in _providers:
        _providers.append(provider)


def kept_elsewhere(
    communities: Iterable[Community], on: date, year: int
) -> dict[int, dict[str, Elsewhere]]:
    """What all sources hold of communities on a day for a year's facts, by key.

    A query for each source.
    """
    wanted = list(communities)
    found: dict[int, dict[str, Elsewhere]] = {one.pk: {} for one in wanted}
    for provider in _providers:
        for key, values in provider(wanted, on, year).items():
            found[key].update(values)
    return found
