"""Households of new communities that belonged to no community: their rows of yearly facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from communities.models import AnnualFacts
from communities.services.facts_flow import COLUMNS_OF_FACTS
from communities.services.plans import Plan

Rows = dict[str, dict[str, Any] | None]
# what new housing has as well, nobody knows how much of
OF_HOUSING = (
    "households_registered",
    "households_resident",
    "households_occupied",
    "households_recorded",
    "dwellings",
    "completed_dwellings",
    "occupied_dwellings",
    "new_households",
    "population_registered",
    "population_resident",
    "gross_floor_area_m2",
)


def with_new_housing(plan: Plan, rows: Mapping[str, dict[str, Any] | None]) -> Rows:
    """The rows of a plan's successors with the households that no community gave.

    Who is given none by communities has a draft in which all the rest is not reported. Else the
    sums of dwellings and people are not known any more, nor is one of households that was not.
    """
    filled = dict(rows)
    for key, households in plan.new_housing.items():
        row = filled.get(key)
        if row is None or not any(plan.weights(pk).get(key) for pk in plan.sources):
            filled[key] = nothing_reported() | {"households": households}
        elif households:
            known = row["households"]
            both = None if known is None else known + households
            filled[key] = row | dict.fromkeys(OF_HOUSING) | {"households": both}
    return filled


def nothing_reported() -> dict[str, Any]:
    """The columns of a draft of yearly facts in which nothing is reported."""
    blank = AnnualFacts()
    return {name: getattr(blank, name) for name in COLUMNS_OF_FACTS}
