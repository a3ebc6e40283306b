"""Checks of the register itself: what is missing, what is there twice, sums that disagree."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Subquery, Sum
from django.db.models.functions import Substr

from accounts.models import User
from accounts.scope import DISTRICT, STREET
from communities.choices import CommitteeKind, OrganisationKind
from communities.models import AnnualFacts, Community, Contact, Estate, Grid, Organisation
from communities.querysets import not_ended
from communities.selectors.places import division_names

MISSING = ("committee", "grid", "estate", "contact", "credit_code")
DUPLICATES = ("estate", "credit_code", "community", "grid_number")


@dataclass(frozen=True)
class Lacking:
    """A community that lacks something; committees as reported for the year, None: not."""

    code: str
    name: str
    street: str
    committees: int | None


@dataclass(frozen=True)
class LackingList:
    """The communities that lack something, by code; rows are read as a pager asks for them."""

    found: Any
    year: int
    on: datetime.date

    def __len__(self) -> int:
        """How many. One query."""
        return int(self.found.count())

    def __getitem__(self, places: slice) -> list[Lacking]:
        """Some of them. Two queries."""
        facts = AnnualFacts.objects.filter(community=OuterRef("pk"), year=self.year)
        committees = Subquery(facts.values("residents_committees"))
        rows = list(
            self.found.order_by("code").values_list("code", "short_name", committees)[places]
        )
        streets = division_names({code[:STREET] for code, *_ in rows}, self.on)
        return [
            Lacking(code, name, streets.get(code[:STREET], code[:STREET]), reported)
            for code, name, reported in rows
        ]


@dataclass(frozen=True)
class Duplicate:
    """One of the records that share a value; `value` stands with those that share it."""

    value: str
    code: str
    name: str
    street: str
    # what is shared by: an estate or grid, with its key; '' and None for the community itself
    part: str = ""
    key: int | None = None


@dataclass(frozen=True)
class Difference:
    """Households of a community by three sources, None where one does not tell; off is the widest
    difference between two of them."""

    code: str
    name: str
    street: str
    reported: int | None
    estates: int | None
    grids: int | None

    @property
    def known(self) -> list[int]:
        return [one for one in (self.reported, self.estates, self.grids) if one is not None]

    @property
    def off(self) -> int:
        return max(self.known) - min(self.known)


@dataclass(frozen=True)
class Differences:
    """Communities whose sums disagree, widest first; partial: sums that lack a part's figure."""

    rows: Sequence[Difference]
    partial: int


def urban(user: User, prefix: str, on: datetime.date) -> Any:
    """The urban communities under a prefix on a day."""
    known = Community.objects.for_user(user).under(prefix).as_of(on)
    return known.filter(committee_kind=CommitteeKind.RESIDENTS)


def get_lacking(user: User, prefix: str, what: str, year: int, on: datetime.date) -> LackingList:
    """The urban communities that lack one thing of MISSING on a day; nothing is asked yet."""
    communities = urban(user, prefix, on)
    if what == "credit_code":
        return LackingList(communities.filter(credit_code=""), year, on)
    if what == "contact":
        held = Contact.objects.for_user(user).filter(not_ended(on), code=OuterRef("code"))
        return LackingList(communities.filter(~Exists(held)), year, on)
    models: dict[str, Any] = {"committee": Organisation, "grid": Grid, "estate": Estate}
    parts = models[what].objects.for_user(user).as_of(on).filter(community=OuterRef("pk"))
    if what == "committee":
        parts = parts.filter(kind=OrganisationKind.RESIDENTS_COMMITTEE)
    return LackingList(communities.filter(~Exists(parts)), year, on)


def get_duplicates(user: User, prefix: str, what: str, on: datetime.date) -> list[Duplicate]:
    """The records that share a value of DUPLICATES with another one, side by side. Three queries.

    Estates by name and grids by number within a district, communities by name within a street,
    credit codes anywhere in the scope.
    """
    rows = _shared_parts(user, prefix, what, on) if what in PART_VALUES else None
    if rows is None:
        rows = _shared_by_communities(user, prefix, what, on)
    streets = division_names({row[1][:STREET] for row in rows}, on)
    return [
        Duplicate(value, code, name, streets.get(code[:STREET], code[:STREET]), part, key)
        for value, code, name, part, key in rows
    ]


# model, what is compared, what must differ
PART_VALUES: dict[str, tuple[Any, str, str]] = {
    "estate": (Estate, "name", "community"),
    "grid_number": (Grid, "number", "pk"),
}
Rows = list[tuple[str, str, str, str, int | None]]


def _shared_parts(user: User, prefix: str, what: str, on: datetime.date) -> Rows:
    model, field, counted = PART_VALUES[what]
    parts = model.objects.for_user(user).under(prefix).as_of(on).exclude(**{field: ""})
    parts = parts.annotate(area=Substr("code", 1, DISTRICT), value=F(field)).order_by()
    groups = parts.values("area", "value").annotate(held=Count(counted, distinct=True))
    shared = set(groups.filter(held__gt=1).values_list("area", "value"))
    found = parts.filter(value__in={value for _, value in shared}).order_by("area", "value", "code")
    columns = ("area", "value", "code", "community__short_name", "name", "pk")
    return [
        (value, code, name, part, key)
        for area, value, code, name, part, key in found.values_list(*columns)
        if (area, value) in shared
    ]


def _shared_by_communities(user: User, prefix: str, what: str, on: datetime.date) -> Rows:
    field = {"credit_code": "credit_code", "community": "short_name"}[what]
    # credit codes are compared over the whole scope, names within a street
    width = STREET if what == "community" else 0
    communities = urban(user, prefix, on).exclude(**{field: ""}).order_by()
    communities = communities.annotate(area=Substr("code", 1, width), value=F(field))
    groups = communities.values("area", "value").annotate(held=Count("pk"))
    shared = set(groups.filter(held__gt=1).values_list("area", "value"))
    found = communities.filter(value__in={value for _, value in shared})
    return [
        (value, code, name, "", None)
        for area, value, code, name in found.order_by("area", "value", "code").values_list(
            "area", "value", "code", "short_name"
        )
        if (area, value) in shared
    ]


def get_differences(user: User, prefix: str, year: int, on: datetime.date) -> Differences:
    """Communities whose estates, grids and facts of a year tell different households.

    A sum of which one part does not tell its households is left out. Five queries.
    """
    estates, some_estates = _sums(Estate, user, prefix, on)
    grids, some_grids = _sums(Grid, user, prefix, on)
    facts = AnnualFacts.objects.for_user(user).of_year(year).filter(households__isnull=False)
    reported = dict(facts.values_list("community_id", "households"))
    rows = []
    for key, code, name in urban(user, prefix, on).values_list("pk", "code", "short_name"):
        row = Difference(code, name, "", reported.get(key), estates.get(key), grids.get(key))
        if len(row.known) > 1 and row.off:
            rows.append(row)
    streets = division_names({row.code[:STREET] for row in rows}, on)
    rows = [
        Difference(
            row.code,
            row.name,
            streets.get(row.code[:STREET], row.code[:STREET]),
            row.reported,
            row.estates,
            row.grids,
        )
        for row in rows
    ]
    rows.sort(key=lambda row: (-row.off, row.code))
    return Differences(rows, len(some_estates | some_grids))


def _sums(
    model: Any, user: User, prefix: str, on: datetime.date
) -> tuple[dict[int, int], set[int]]:
    """Households of the parts of each community, and the communities where a part tells none."""
    parts = model.objects.for_user(user).under(prefix).as_of(on).order_by()
    grouped = parts.values("community_id").annotate(
        sum=Sum("households"), told=Count("households"), held=Count("pk")
    )
    known: dict[int, int] = {}
    partial: set[int] = set()
    for row in grouped:
        if row["told"] == row["held"]:
            known[row["community_id"]] = row["sum"]
        else:
            partial.add(row["community_id"])
    return known, partial
