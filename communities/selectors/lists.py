"""Estates, grids, organisations and archive entries of a whole division, found and put in order."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, Sum

from accounts.models import User
from communities.choices import ArchiveKind, EstateKind, OrganisationKind
from communities.models import ArchiveEntry, Community, Estate, Grid, Organisation


@dataclass(frozen=True)
class PartList:
    """One kind of part: its model, what is read of it, what is searched, sorted and added up."""

    key: str
    model: Any
    fields: tuple[str, ...]
    searched: tuple[str, ...]
    sorts: dict[str, str]
    sums: tuple[str, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    dated: bool = True


ESTATES = PartList(
    "estates",
    Estate,
    (
        "name", "kind", "is_new", "address", "built_year", "building_count",
        "gross_floor_area_m2", "dwellings", "completed_dwellings", "occupied_dwellings",
        "households", "management", "management_name", "has_party_branch",
        "has_residents_group", "has_owners_committee", "remarks",
    ),
    ("name",),
    {"name": "name", "households": "households", "dwellings": "dwellings", "year": "built_year"},
    ("building_count", "gross_floor_area_m2", "dwellings", "completed_dwellings",
     "occupied_dwellings", "households"),
    tuple(EstateKind.choices),
)  # fmt: skip
GRIDS = PartList(
    "grids",
    Grid,
    ("name", "number", "extent", "households", "worker", "remarks"),
    ("name", "number", "worker"),
    {"number": "number", "households": "households"},
    ("households",),
)
ORGANISATIONS = PartList(
    "organisations",
    Organisation,
    (
        "name", "kind", "registration_no", "set_up_on", "set_up_doc_no", "leader", "members",
        "term_ends_on", "remarks",
    ),
    ("name", "registration_no", "leader"),
    {"name": "name", "members": "members", "set_up": "set_up_on", "term": "term_ends_on"},
    ("members",),
    tuple(OrganisationKind.choices),
)  # fmt: skip
ARCHIVE = PartList(
    "archive",
    ArchiveEntry,
    ("title", "kind", "happened_on", "organiser", "attendance", "remarks"),
    ("title", "organiser"),
    {"day": "happened_on", "attendance": "attendance"},
    ("attendance",),
    tuple(ArchiveKind.choices),
    dated=False,
)
PART_LISTS = {one.key: one for one in (ESTATES, GRIDS, ORGANISATIONS, ARCHIVE)}


@dataclass(frozen=True)
class PartQuery:
    """What a reader asked of a list; prefix is the division, empty values ask nothing."""

    prefix: str
    kind: str = ""
    text: str = ""
    sort: str = ""


@dataclass(frozen=True)
class PartRow:
    """One part with its community; values by the names of PartList.fields."""

    key: int
    code: str
    community: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Parts:
    """The parts of a query; rows are read as a pager asks for them."""

    listed: PartList
    rows: Any
    found: Any

    def __len__(self) -> int:
        """How many there are. One query."""
        return int(self.found.count())

    def __getitem__(self, places: slice) -> list[PartRow]:
        """Some rows, in the order asked for. One query."""
        fields = ("pk", "code", "community__short_name", *self.listed.fields)
        return [
            PartRow(key, code, name, dict(zip(self.listed.fields, values, strict=True)))
            for key, code, name, *values in self.rows.values_list(*fields)[places]
        ]

    def sums(self) -> dict[str, Any]:
        """The sums of every row, None where no row has a figure. One query."""
        asked = {name: Sum(name) for name in self.listed.sums}
        return dict(self.found.aggregate(**asked)) if asked else {}


def get_parts(user: User, listed: PartList, query: PartQuery, on: datetime.date) -> Parts:
    """The parts of a division that are there on a day, by code unless sorted otherwise.

    A text is looked for in the parts' own words and in the communities' names. Nothing is asked of
    the database yet.
    """
    found = listed.model.objects.for_user(user).under(query.prefix)
    if listed.dated:
        found = found.as_of(on)
    if query.kind:
        found = found.filter(kind=query.kind)
    if query.text:
        communities = Community.objects.for_user(user).matching(query.text)
        wanted = Q(community__in=communities.values("pk"))
        for name in listed.searched:
            wanted |= Q(**{f"{name}__icontains": query.text})
        found = found.filter(wanted)
    return Parts(listed, found.order_by(*_order(listed, query.sort)), found.order_by())


def _order(listed: PartList, sort: str) -> list[Any]:
    rest = ["code", *listed.model._meta.ordering, "pk"]
    column = listed.sorts.get(sort.removeprefix("-"))
    if column is None:
        return rest
    first = F(column)
    down = sort.startswith("-")
    return [first.desc(nulls_last=True) if down else first.asc(nulls_last=True), *rest]
