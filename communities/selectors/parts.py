"""What the pages of a community's parts share: sums beside what the year's facts say, states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import User
from communities.models import AnnualFacts, Community
from communities.models.places import Dated

Exact = int | Decimal


@dataclass(frozen=True)
class Check:
    """Two figures that should agree, as components/checks.html prints them."""

    ok: bool
    label: str
    left_label: str
    left: Exact
    right_label: str
    right: Exact
    unit: str
    difference: Exact
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class Sum:
    """A column's total: what is known of it, None where nothing is, and how many rows are not."""

    total: Exact | None
    missing: int


@dataclass(frozen=True)
class Reported:
    """The latest year with facts of a community, and what they say."""

    year: int
    households: int | None
    grids: int | None


def reported(user: User, community: Community) -> Reported | None:
    """The latest year in which households or grids of a community were reported. One query."""
    found = (
        AnnualFacts.objects.for_user(user)
        .filter(community=community)
        .exclude(households=None, grids=None)
        .order_by("-year")
        .values_list("year", "households", "grids")
        .first()
    )
    return Reported(*found) if found else None


def sum_of(values: Iterable[Exact | None]) -> Sum:
    """The exact sum of what is known."""
    listed = list(values)
    known = [one for one in listed if one is not None]
    return Sum(sum(known) if known else None, len(listed) - len(known))


def compare(
    label: str, left: tuple[str, Exact | None], right: tuple[str, Exact | None], unit: str
) -> list[Check]:
    """The check of two labelled figures; none where one of them is not known."""
    (left_label, first), (right_label, second) = left, right
    if first is None or second is None:
        return []
    gap: Any = abs(first - second)
    return [Check(not gap, label, left_label, first, right_label, second, unit, gap)]


def ended_on(part: Dated, on: date) -> date | None:
    """The day from which a part no longer counts, if it has come."""
    return part.valid_until if part.valid_until and part.valid_until <= on else None
