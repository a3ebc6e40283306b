"""Divisions among which somebody of a wide scope chooses."""

from __future__ import annotations

from datetime import date

from communities.models import Division
from communities.selectors.places import Place

LEVELS = {2: "province", 4: "city"}


def parts_of(prefix: str, width: int, on: date) -> list[Place]:
    """The provinces of the country or the cities of a province on a day, by code. One query."""
    rows = Division.objects.under(prefix).filter(level=LEVELS[width]).as_of(on).order_by("code")
    return [Place(code, name) for code, name in rows.values_list("code", "name")]
