"""花名册: who holds or held which posts on a day, one row for a person and a community."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, Min, OuterRef, Q, Sum, When

from accounts.models import User
from accounts.scope import CITY
from communities.models import Community
from staffing.choices import CertificateLevel, Education, PoliticalStatus
from staffing.models import Appointment, Certificate, Person
from staffing.rules import entry
from staffing.rules.groups import BY_KEY, RANKS
from staffing.rules.spans import AGES, since_bounds
from staffing.selectors.heads import WHO

LEFT = "left"
NO_CERTIFICATE = "none"
PARTY_MEMBER, NO_PARTY_MEMBER = "yes", "no"
PARTY = (PoliticalStatus.PARTY, PoliticalStatus.PROBATIONARY)
BANDS = {band.key: band for band in AGES}
# what a roster is sorted by beside its own order of communities, posts and persons
SORTS = ("born", "joined", "education")
CHUNK = 1000
# rows that are listed of more than a city: to count half a million persons takes seconds
MOST_LISTED = 1000
# a person's several posts in a community stand under the first of them
RANK = Case(
    *(When(post=post, then=rank) for post, rank in RANKS.items()), output_field=IntegerField()
)
HIGHEST_FIRST = (
    CertificateLevel.SENIOR,
    CertificateLevel.INTERMEDIATE,
    CertificateLevel.ASSISTANT,
    CertificateLevel.OTHER,
)


@dataclass(frozen=True)
class RosterQuery:
    """What is asked of a roster; empty values ask nothing.

    prefix: the code of a division or community. group: a key of rules.groups. certificate: a level
    or NO_CERTIFICATE. party: PARTY_MEMBER or NO_PARTY_MEMBER. age: a key of rules.spans.AGES.
    state: LEFT, or '' for those in post. sort: one of SORTS, with - for the other direction;
    more than a city is not sorted.
    """

    prefix: str
    on: date
    group: str = ""
    identity: str = ""
    education: str = ""
    certificate: str = ""
    pay: str = ""
    party: str = ""
    sex: str = ""
    age: str = ""
    state: str = ""
    name: str = ""
    sort: str = ""


@dataclass(frozen=True)
class RosterTotals:
    """How many rows, persons (one over several communities and streets) and matching posts."""

    rows: int
    heads: int
    posts: int


@dataclass(frozen=True)
class RosterRow:
    """A person in one community: all the posts of the day there, and the certificates held."""

    appointments: tuple[Appointment, ...]
    certificates: tuple[Certificate, ...]

    @property
    def person(self) -> Person:
        return self.appointments[0].person

    @property
    def community(self) -> Community:
        return self.appointments[0].community


@dataclass(frozen=True)
class Roster:
    """A roster; rows are read as a pager asks for them. See `wide` for that of a wide office."""

    user: User
    query: RosterQuery

    def __len__(self) -> int:
        """How many rows are listed: all of a city or less, the first of a wider office."""
        return min(len(self._first), MOST_LISTED) if self.wide else self.totals.rows

    @property
    def wide(self) -> bool:
        """Whether it is of more than a city: then the first rows are listed and nothing counted."""
        return len(self.query.prefix) < CITY

    @property
    def cut(self) -> bool:
        """Whether there are more rows than are listed."""
        return self.wide and len(self._first) > MOST_LISTED

    @cached_property
    def _first(self) -> list[tuple[int, int]]:
        return list(self._keys()[: MOST_LISTED + 1])

    def __getitem__(self, places: slice) -> list[RosterRow]:
        """Some rows in the order asked for. Three queries."""
        return self._rows(list((self._first if self.wide else self._keys())[places]))

    def __iter__(self) -> Iterator[RosterRow]:
        """Every row in its order; one query, and two for each thousand rows."""
        keys = list(self._keys())
        for start in range(0, len(keys), CHUNK):
            yield from self._rows(keys[start : start + CHUNK])

    @cached_property
    def totals(self) -> RosterTotals:
        """The counts of the whole roster. One query."""
        each = self._found().values("community_id", "person_id", who=WHO)
        found = each.annotate(held=Count("pk")).aggregate(
            rows=Count("*"), posts=Sum("held"), heads=Count("who", distinct=True)
        )
        return RosterTotals(found["rows"], found["heads"], found["posts"] or 0)

    def _found(self) -> Any:
        """The posts that match, in no order."""
        rows = held_on(self.user, self.query)
        if self.query.sort.endswith("education"):
            rows = rows.annotate(level=education_on(self.query.on))
        return rows.filter(*_conditions(self.query)).order_by()

    def _keys(self) -> Any:
        """Community and person of each row, in order."""
        sort = "" if self.wide else self.query.sort
        columns = {"sorted_by": _sorted_by(sort.removeprefix("-"))} if sort else {}
        rows = self._found().values("code", "community_id", "person_id", **columns)
        order: list[Any] = ["code", "community_id", "rank", "person_id"]
        if sort:
            by, down = F("sorted_by"), sort.startswith("-")
            order.insert(0, by.desc(nulls_last=True) if down else by.asc(nulls_last=True))
        listed = rows.annotate(rank=Min(RANK)).order_by(*order)
        return listed.values_list("community_id", "person_id")

    def _rows(self, keys: list[tuple[int, int]]) -> list[RosterRow]:
        communities, persons = {key[0] for key in keys}, {key[1] for key in keys}
        rows = held_on(self.user, self.query).filter(person__in=persons, community__in=communities)
        posts: dict[tuple[int, int], list[Appointment]] = {}
        for one in rows.select_related("person", "community", "ended_by").order_by(RANK, "pk"):
            posts.setdefault((one.community_id, one.person_id), []).append(one)
        held = certificates_on(self.user, persons, self.query.on)
        return [RosterRow(tuple(posts[key]), tuple(held.get(key[1], ()))) for key in keys]


def get_roster(user: User, query: RosterQuery) -> Roster:
    """The roster of a division or community inside the user's scope; nothing is read yet."""
    return Roster(user, query)


def held_on(user: User, query: RosterQuery) -> Any:
    """The posts of a day under a division: those held, or the former ones of who left."""
    rows = Appointment.objects.for_user(user).under(query.prefix)
    if query.state != LEFT:
        return rows.as_of(query.on)
    there = Appointment.objects.filter(
        person=OuterRef("person"), community=OuterRef("community")
    ).as_of(query.on)
    return rows.filter(~Exists(there), valid_until__lte=query.on)


def certificates_on(user: User, persons: Iterable[int], on: date) -> dict[int, list[Certificate]]:
    """The certificates that hold on a day, by key of the person, the highest first. One query."""
    rows = Certificate.objects.for_user(user).filter(holding(on), person__in=persons)
    found: dict[int, list[Certificate]] = {}
    for one in sorted(rows, key=lambda one: (HIGHEST_FIRST.index(one.level), one.pk)):
        found.setdefault(one.person_id, []).append(one)
    return found


def education_on(on: date) -> Case:
    """The highest level of education of an appointment's person on a day, '' where not known."""
    full_time = F("person__full_time_education")
    return Case(
        When(person__highest_education="", then=full_time),
        When(person__highest_education_on__gt=on, then=full_time),
        default=F("person__highest_education"),
    )


def education_is(level: str, on: date) -> Q:
    """Whether `education_on` is a level, in words from which PostgreSQL estimates the rows."""
    later = Q(person__highest_education_on__gt=on)
    highest = Q(person__highest_education=level) & ~later
    full_time = Q(person__full_time_education=level)
    return highest | full_time & (later | Q(person__highest_education=""))


def education_of(person: Person, on: date) -> str:
    """The highest level of education that a person had on a day, '' where not known."""
    first, highest = person.full_time_education, person.highest_education
    return entry.education_on(first, highest, person.highest_education_on, on)


def certificate_held(level: str, on: date) -> Q:
    """Whether an appointment's person holds a certificate of a level on a day, or none at all."""
    held = Certificate.objects.filter(holding(on), person=OuterRef("person"))
    if level == NO_CERTIFICATE:
        return Q(~Exists(held))
    return Q(Exists(held.filter(level=level)))


def holding(on: date) -> Q:
    """Which certificates hold on a day, their last one included."""
    return Q(issued_on__lte=on) & (Q(expires_on__isnull=True) | Q(expires_on__gte=on))


def _sorted_by(sort: str) -> Any:
    if sort == "education":
        levels = enumerate(Education.values)
        return Case(
            *(When(level=level, then=rank) for rank, level in levels), output_field=IntegerField()
        )
    return F({"born": "person__born_in", "joined": "person__joined_on"}[sort])


def _conditions(query: RosterQuery) -> Iterator[Q]:
    """What the query asks of an appointment and of its person."""
    for value, column in (
        (query.identity, "identity"),
        (query.pay, "pay_channel"),
        (query.sex, "person__sex"),
        (query.name, "person__name__icontains"),
    ):
        if value:
            yield Q(**{column: value})
    if query.group:
        yield Q(post__in=BY_KEY[query.group].posts)
    if query.party:
        members = Q(person__political_status__in=PARTY)
        yield members if query.party == PARTY_MEMBER else ~members
    if query.certificate:
        yield certificate_held(query.certificate, query.on)
    if query.age:
        earliest, latest = since_bounds(BANDS[query.age], query.on)
        yield Q(person__born_in__gte=earliest) if earliest else Q()
        yield Q(person__born_in__lte=latest) if latest else Q()
    if query.education:
        yield education_is(query.education, query.on)
