"""社区基本情况台账: the communities of a year's last day with profile, facts, parts and contact."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BooleanField, Count, F, Func, QuerySet, Sum, TextField, Value

from accounts.models import User
from accounts.scope import contains
from communities.choices import CommitteeKind
from communities.models import AnnualFacts, Community, Contact, Estate, Grid, Organisation
from communities.selectors.ledger import STATUS_LABELS, search_keys
from communities.selectors.places import division_names
from communities.selectors.register import (
    NOT_REPORTED,
    Register,
    Versions,
    get_register,
    reading,
    unit_of,
)

STATES = {"ended": "已撤销", "all": "全部"}
MOST_TAGS = 50
PROFILE = (
    "code", "kind", "urban_rural_class", "credit_code", "boundary_east", "boundary_south",
    "boundary_west", "boundary_north", "area_km2", "set_up_on", "set_up_doc_no", "address",
    "tags", "remarks", "valid_until", "is_demo",
)  # fmt: skip
COUNTS = (
    "households", "households_registered", "households_resident", "households_occupied",
    "households_recorded", "population_registered", "population_resident",
    "residents_committees", "committee_members_in_post", "party_members_in_post",
    "community_workers_in_post", "premises_area_m2", "received_yuan",
)  # fmt: skip
PARTS = ("estates", "buildings", "grids", "organisations")
# what can be sorted by: of the year's facts, or of the community
FACT_SORTS = {
    "households": "households",
    "population": "population_resident",
    "premises": "premises_area_m2",
    "received": "received_yuan",
}
PROFILE_SORTS = {"area": "area_km2", "set_up": "set_up_on"}
SORTS = ("name", *FACT_SORTS, *PROFILE_SORTS)


@dataclass(frozen=True)
class BasicQuery:
    """What a reader asked: prefix is the division; empty values ask nothing."""

    prefix: str
    year: int
    kind: str = ""
    urban_rural_class: str = ""
    tag: str = ""
    state: str = ""
    text: str = ""
    sort: str = ""

    @property
    def day(self) -> datetime.date:
        return datetime.date(self.year, 12, 31)

    @property
    def narrowed(self) -> bool:
        return bool(self.kind or self.urban_rural_class or self.tag or self.text)


class Entry(NamedTuple):
    """A community by its key with its code and name of the day; `present` is its code now."""

    key: int
    code: str
    name: str
    present: str
    ended: bool = False


def one_of(column: str, keys: Collection[int]) -> Func:
    """The condition that a column holds one of some keys, passed as one array.

    129,587 keys one by one take ten seconds to be put into the statement.
    """
    return Func(
        F(column),
        Value(list(keys)),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )


@dataclass(frozen=True)
class BasicRow:
    """One community; what is not reported is None, what is not registered is empty.

    profile: the columns PROFILE; facts: COUNTS in natural units; parts: PARTS, whole numbers. A
    community that another district has taken over shows no profile, and no link.
    """

    code: str
    name: str
    street: str
    district: str
    profile: dict[str, Any]
    facts: dict[str, int | Decimal | None]
    parts: dict[str, int]
    contact: str
    status: str
    ended: bool
    url: str


@dataclass(frozen=True)
class BasicTotals:
    """Sums over the rows of a query that are in being, None where no row has a figure.

    `unreported` of them have none. `ended` are not counted: others have their households.
    """

    count: int
    ended: int
    facts: dict[str, int | Decimal | None]
    area_km2: Decimal | None
    parts: dict[str, int]
    unreported: int


@dataclass(frozen=True)
class Basic:
    """The communities of a query in its order; rows and totals are made on demand."""

    user: User
    query: BasicQuery
    register: Register
    entries: list[Entry] = field(repr=False)

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def ended(self) -> int:
        """How many of them are in being no more."""
        return sum(entry.ended for entry in self.entries)

    def __getitem__(self, places: slice) -> list[BasicRow]:
        """Some rows, as a pager asks for them. Seven queries however many they are."""
        return _rows(self.user, self.query, self.entries[places])

    def totals(self) -> BasicTotals:
        """The sums of every row of the query, not only of the page. Five queries."""
        keys = [entry.key for entry in self.entries if not entry.ended]
        facts = _facts(self.user, self.query.year, keys)
        sums = facts.aggregate(**{name: Sum(name) for name in COUNTS}, told=Count("pk"))
        told = sums.pop("told")
        area = Community.objects.for_user(self.user).filter(one_of("pk", keys))
        parts = [_parts(self.user, self.query.day, keys, model) for model in PART_MODELS]
        estates, grids, organisations = parts
        return BasicTotals(
            count=len(keys),
            ended=self.ended,
            facts=sums,
            area_km2=area.aggregate(sum=Sum("area_km2"))["sum"],
            parts={
                **estates.aggregate(
                    estates=Count("pk"), buildings=Sum("building_count", default=0)
                ),
                **grids.aggregate(grids=Count("pk")),
                **organisations.aggregate(organisations=Count("pk")),
            },
            unreported=len(keys) - told,
        )


PART_MODELS: tuple[Any, ...] = (Estate, Grid, Organisation)


def get_basic(user: User, query: BasicQuery, versions: Versions) -> Basic:
    """The communities that a query asks for, urban ones only.

    Those of 31 December under their code and name of that day; those ended by then under their
    last. A query for the filters, for the text, for those that ended, for the order. Raises
    PermissionError for a prefix outside the user's scope.
    """
    with reading(user, query.prefix):
        register = get_register(unit_of(query.prefix), query.year, versions.of(query.year))
    entries = [] if query.state == "ended" else _living(register, query.prefix)
    if query.state:
        entries += _ended(user, query)
    if query.narrowed:
        kept = set(_matching(user, query).values_list("pk", flat=True))
        if query.text:  # also by the names and codes that they had
            kept &= search_keys(user, user.scope, query.text).keys()
        entries = [entry for entry in entries if entry.key in kept]
    return Basic(user, query, register, _sorted(user, query, entries))


def tags_within(user: User, prefix: str) -> list[str]:
    """The tags of the communities under a prefix, at most MOST_TAGS. One query."""
    tag = Func(F("tags"), function="unnest", output_field=TextField())
    held = Community.objects.for_user(user).under(prefix).exclude(tags=[])
    return list(held.annotate(tag=tag).order_by("tag").values_list("tag", flat=True).distinct())[
        :MOST_TAGS
    ]


def _living(register: Register, prefix: str) -> list[Entry]:
    rows = register.under(prefix)
    keys, names = register.keys[rows].tolist(), register.names[rows].tolist()
    return list(map(Entry, keys, register.codes[rows], names, register.present[rows]))


def _ended(user: User, query: BasicQuery) -> list[Entry]:
    rows = _urban(user).under(query.prefix).filter(valid_until__lte=query.day)
    return [
        Entry(key, code, name, code, ended=True)
        for key, code, name in rows.order_by("code", "valid_until").values_list(
            "pk", "code", "short_name"
        )
    ]


def _urban(user: User) -> Any:
    return Community.objects.for_user(user).filter(committee_kind=CommitteeKind.RESIDENTS)


def _matching(user: User, query: BasicQuery) -> QuerySet[Community]:
    found: QuerySet[Community] = _urban(user)
    if query.kind:
        found = found.filter(kind=query.kind)
    if query.urban_rural_class:
        found = found.filter(urban_rural_class=query.urban_rural_class)
    if query.tag:
        found = found.filter(tags__contains=[query.tag])
    return found


def _sorted(user: User, query: BasicQuery, entries: list[Entry]) -> list[Entry]:
    key, down = query.sort.removeprefix("-"), query.sort.startswith("-")
    if key not in SORTS:
        # the register is in this order already
        in_order = not query.state
        return entries if in_order else sorted(entries, key=lambda one: (one.code, one.key))
    if key == "name":
        return sorted(entries, key=lambda entry: entry.name.encode("gb18030"), reverse=down)
    figures = _figures(user, query, key)
    known = [entry for entry in entries if figures.get(entry.key) is not None]
    rest = [entry for entry in entries if figures.get(entry.key) is None]
    known.sort(key=lambda entry: entry.code)
    return sorted(known, key=lambda entry: figures[entry.key], reverse=down) + rest


def _figures(user: User, query: BasicQuery, key: str) -> dict[int, Any]:
    if key in FACT_SORTS:
        facts = AnnualFacts.objects.for_user(user).of_year(query.year)
        return dict(facts.values_list("community_id", FACT_SORTS[key]))
    return dict(_urban(user).values_list("pk", PROFILE_SORTS[key]))


def _facts(user: User, year: int, keys: Collection[int]) -> Any:
    return AnnualFacts.objects.for_user(user).of_year(year).filter(one_of("community_id", keys))


def _parts(user: User, day: datetime.date, keys: Collection[int], model: Any) -> Any:
    return model.objects.for_user(user).as_of(day).filter(one_of("community_id", keys))


def _rows(user: User, query: BasicQuery, entries: Sequence[Entry]) -> list[BasicRow]:
    keys = [entry.key for entry in entries]
    profiles = {
        row.pop("pk"): row
        for row in Community.objects.for_user(user)
        .filter(one_of("pk", keys))
        .values("pk", *PROFILE)
    }
    facts = {
        row.pop("community_id"): row
        for row in _facts(user, query.year, keys).values("community_id", "status", *COUNTS)
    }
    parts = part_counts(user, query.day, keys)
    contacts = _contacts(user, query.day, {entry.present for entry in entries})
    divisions = {entry.code[:length] for entry in entries for length in (6, 9)}
    names = division_names(divisions, query.day)
    nothing = dict.fromkeys(COUNTS)
    return [
        BasicRow(
            code=entry.code,
            name=entry.name,
            street=names.get(entry.code[:9], entry.code[:9]),
            district=names.get(entry.code[:6], entry.code[:6]),
            profile=profiles.get(entry.key, {}),
            facts=facts.get(entry.key, nothing),
            parts=parts.get(entry.key, NO_PARTS),
            contact=contacts.get(entry.present, ""),
            status=STATUS_LABELS[facts.get(entry.key, {}).get("status", NOT_REPORTED)],
            ended=entry.ended,
            url=f"/communities/{entry.present}/profile/"
            if contains(user.scope, entry.present)
            else "",
        )
        for entry in entries
    ]


NO_PARTS = dict.fromkeys(PARTS, 0)


def part_counts(user: User, day: datetime.date, keys: Collection[int]) -> dict[int, dict[str, int]]:
    """How many estates, buildings, grids and organisations communities have on a day, by key.

    Buildings as the estates say. Three queries; communities without any part are left out.
    """
    found: dict[int, dict[str, int]] = {}
    for name, model in (("estates", Estate), ("grids", Grid), ("organisations", Organisation)):
        counted: dict[str, Any] = {name: Count("pk")}
        if model is Estate:
            counted["buildings"] = Sum("building_count", default=0)
        rows = _parts(user, day, keys, model).values("community_id").annotate(**counted)
        # the models order their rows, which would split the groups
        for row in rows.order_by():
            found.setdefault(row.pop("community_id"), dict(NO_PARTS)).update(row)
    return found


def _contacts(user: User, day: datetime.date, codes: Collection[str]) -> dict[str, str]:
    """The first person in charge of each community, as one text."""
    rows = Contact.objects.for_user(user).filter(code__in=codes).order_by("-id")
    said = {}
    for code, until, *words in rows.values_list(
        "code", "valid_until", "duty", "name", "office_phone"
    ):
        if until is None or until > day:
            said[code] = "，".join(word for word in words if word)
    return said
