"""How far the streets of a round are: communities by state, days left, reminders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, FilteredRelation, Max, Q
from django.db.models.functions import Substr

from accounts.models import User
from accounts.scope import DISTRICT, STREET
from collection.choices import RoundState
from collection.models import Extension, FactsDraft, FactsStep, Reminder, Round
from collection.selectors.rounds import (
    Call,
    asked_communities,
    call_of,
    part_of,
)
from communities.choices import FactsStatus
from communities.selectors.places import division_names, streets_under

NONE, DRAFT = "none", FactsStatus.DRAFT.value
RETURNED, SUBMITTED = FactsStatus.RETURNED.value, FactsStatus.SUBMITTED.value
REVIEWED, CONFIRMED = FactsStatus.REVIEWED.value, FactsStatus.CONFIRMED.value
STATES = (NONE, DRAFT, RETURNED, SUBMITTED, REVIEWED, CONFIRMED)
# what is still the street's to do
UNFINISHED = (NONE, DRAFT, RETURNED)
# A street is not reminded by hand again within this time.
REST = timedelta(hours=24)
SOON = 3  # days left that stand out


@dataclass(frozen=True)
class Remaining:
    """Days until a last day, in words; `soon` where they are few or none."""

    left: int

    @property
    def words(self) -> str:
        if self.left < 0:
            return "已截止"
        return "今天截止" if self.left == 0 else f"还剩{self.left}天"

    @property
    def soon(self) -> bool:
        return 0 <= self.left <= SOON

    @property
    def over(self) -> bool:
        return self.left < 0


@dataclass(frozen=True)
class Counts:
    """Communities by state; `none` is nothing typed yet."""

    none: int = 0
    draft: int = 0
    returned: int = 0
    submitted: int = 0
    reviewed: int = 0
    confirmed: int = 0

    @property
    def communities(self) -> int:
        return sum(getattr(self, name) for name in STATES)

    @property
    def unfinished(self) -> int:
        """Communities whose facts the street has not handed in."""
        return sum(getattr(self, name) for name in UNFINISHED)

    @property
    def waiting(self) -> int:
        """Communities that are not confirmed yet."""
        return self.communities - self.confirmed

    def __add__(self, other: Counts) -> Counts:
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in STATES})


@dataclass(frozen=True)
class StreetLine:
    """One street of a round; `district` is '' where all are of one."""

    call: Call
    name: str
    district: str
    counts: Counts
    left: int
    last_at: datetime | None = None
    reminded: Reminder | None = None

    @property
    def code(self) -> str:
        return self.call.street

    @property
    def remaining(self) -> Remaining:
        return Remaining(self.left)

    @property
    def late(self) -> bool:
        """Whether the street has something to hand in yet."""
        return self.counts.unfinished > 0

    def rests(self, at: datetime) -> bool:
        """Whether somebody reminded it within the last 24 hours."""
        return self.reminded is not None and at - self.reminded.at < REST


@dataclass(frozen=True)
class Progress:
    """The streets of a round by code, as far as the reader's scope reaches."""

    round: Round
    lines: list[StreetLine]
    extensions: list[Extension] = field(default_factory=list)

    @property
    def totals(self) -> Counts:
        return sum((line.counts for line in self.lines), start=Counts())

    @property
    def late(self) -> list[StreetLine]:
        return [line for line in self.lines if line.late]

    def line(self, street: str) -> StreetLine | None:
        return next((line for line in self.lines if line.code == street), None)


def progress_of(user: User, one: Round, on: date) -> Progress:
    """How far a round is, for a person. Seven queries, whatever the number of streets."""
    return progress_within(one, part_of(user, one), on)


def progress_within(one: Round, prefix: str, on: date) -> Progress:
    """How far the streets of a round under a prefix are, those that ask nobody left out.

    For callers whose scope holds the prefix. Seven queries.
    """
    counted = {
        street: counts
        for street, counts in counts_by_street(one.year, prefix, on).items()
        if street in (one.street_codes or [street])
    }
    names = {place.code: place.name for place in streets_under(prefix, on)}
    districts = division_names({street[:DISTRICT] for street in counted}, on)
    extensions = list(
        Extension.objects.under(prefix).filter(round=one).select_related("by").order_by("pk")
    )
    moved = {extension.code: extension for extension in extensions}
    reminders = Reminder.objects.under(prefix).filter(round=one).order_by("code", "-pk")
    reminded = {each.code: each for each in reminders.select_related("by").distinct("code")}
    last = last_acts(one.year, prefix)
    lines = []
    for street in sorted(counted):
        call = call_of(one, street, moved.get(street))
        district = street[:DISTRICT]
        lines.append(
            StreetLine(
                call,
                names.get(street, street),
                "" if len(prefix) >= DISTRICT else districts.get(district, district),
                counted[street],
                call.left_days(on),
                last.get(street),
                reminded.get(street),
            )
        )
    return Progress(one, lines, extensions)


def counts_by_street(year: int, prefix: str, on: date) -> dict[str, Counts]:
    """Communities by state and street, of those that exist on a day. One query."""
    return counts_by_part(year, prefix, on, STREET)


def counts_by_part(year: int, prefix: str, on: date, width: int) -> dict[str, Counts]:
    """Communities by state and division, of those that a round asks and that exist on a day.

    width: digits of the divisions' codes. One query.
    """
    rows = (
        asked_communities(prefix, on)
        .alias(
            facts=FilteredRelation("annual_facts", condition=Q(annual_facts__year=year)),
            typed=FilteredRelation("facts_drafts", condition=Q(facts_drafts__year=year)),
        )
        .annotate(part=Substr("code", 1, width))
        .values("part")
        .annotate(
            none=Count("pk", filter=Q(facts__isnull=True, typed__isnull=True)),
            draft=Count("pk", filter=Q(facts__isnull=True, typed__isnull=False))
            + Count("pk", filter=Q(facts__status=DRAFT)),
            **{
                state: Count("pk", filter=Q(facts__status=state))
                for state in (RETURNED, SUBMITTED, REVIEWED, CONFIRMED)
            },
        )
        .order_by("part")
    )
    return {row[0]: Counts(*row[1:]) for row in rows.values_list("part", *STATES)}


def last_acts(year: int, prefix: str) -> dict[str, datetime]:
    """When a street last typed or did something for a year's facts, by street. Two queries.

    For callers whose scope holds the prefix.
    """
    found: dict[str, datetime] = {}
    sources: tuple[Any, ...] = (
        FactsDraft.objects.under(prefix).filter(year=year).values_list("code", "changed_at"),
        FactsStep.objects.under(prefix).filter(facts__year=year).values_list("code", "at"),
    )
    for name, rows in zip(("changed_at", "at"), sources, strict=True):
        grouped = (
            rows.order_by()
            .annotate(street=Substr("code", 1, STREET))
            .values("street")
            .annotate(last=Max(name))
        )
        for street, last in grouped.values_list("street", "last"):
            found[street] = max(found.get(street, last), last)
    return found


@dataclass(frozen=True)
class RoundLine:
    """A round in a list: whose it is, how far it is in the reader's scope, days left (open ones).

    `closes_on` is the day of the reader's own street, where it has been extended.
    """

    round: Round
    unit: str
    counts: Counts | None
    closes_on: date
    left: int | None

    @property
    def remaining(self) -> Remaining | None:
        return None if self.left is None else Remaining(self.left)


def round_lines(user: User, rounds: list[Round], on: date) -> list[RoundLine]:
    """Rounds as a list shows them; open ones with their counts.

    One query for names, one for extensions, one for every year of open rounds.
    """
    names = division_names({one.code for one in rounds}, on)
    years = {one.year for one in rounds if one.state == RoundState.OPEN}
    counted = {year: counts_by_street(year, user.scope, on) for year in sorted(years)}
    own = Extension.objects.filter(round__in=rounds, code=user.scope).order_by("pk")
    moved = {each.round_id: each for each in own}
    lines = []
    for one in rounds:
        call = call_of(one, user.scope, moved.get(one.pk))
        is_open = one.state == RoundState.OPEN
        lines.append(
            RoundLine(
                one,
                names.get(one.code, one.code),
                within(one, counted[one.year]) if is_open else None,
                call.closes_on,
                call.left_days(on) if is_open else None,
            )
        )
    return lines


def within(one: Round, counted: Mapping[str, Counts]) -> Counts:
    """The communities of the streets that a round asks."""
    asked = (
        counts
        for street, counts in counted.items()
        if street.startswith(one.code) and street in (one.street_codes or [street])
    )
    return sum(asked, start=Counts())
