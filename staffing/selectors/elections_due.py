"""When residents' committees are to be elected again, and how many were elected directly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr

from accounts.models import User
from accounts.scope import CITY, DISTRICT, STREET
from communities.choices import CommitteeKind, OrganisationKind
from communities.models import Community, Organisation
from communities.selectors.places import division_names
from policy.selectors import policy_for
from staffing.choices import ElectionKind, ElectionMode, ElectionState
from staffing.models import Election
from staffing.selectors.election_terms import DIRECT, Asked, asked

# how long before its last day a term is shown as due
AHEAD = timedelta(days=365)
OVERDUE, DUE, RUNNING, UNKNOWN = "overdue", "due", "running", "unknown"
STATES = {OVERDUE: "已届满", DUE: "一年内届满", RUNNING: "任期内", UNKNOWN: "没有任期登记"}
TONES = {OVERDUE: "bad", DUE: "warn", RUNNING: "", UNKNOWN: "plain"}
VIEW = "staffing.view_election"


@dataclass(frozen=True)
class DueLine:
    """A community: its last whole election, the day by which the next is due, what is under way.

    `registered`: the day stands in the register of organisations only.
    """

    code: str
    name: str
    street: str
    last: Election | None
    until: date | None
    state: str
    registered: bool
    under_way: Election | None

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]


@dataclass(frozen=True)
class DueElections:
    """What waits in a scope: committees whose term is over, or ends within a year; open rounds.

    first: the earliest last day among them. unfinished: elections of open rounds that are not
    announced; closes_on: the first day by which they should be.
    """

    overdue: int
    due: int
    first: date | None
    unfinished: int
    closes_on: date | None


def committees(user: User, division: str, on: date) -> QuerySet[Community]:
    """Communities with a residents' committee on a day, inside a division and the scope."""
    rows = Community.objects.for_user(user).under(division).as_of(on)
    found: QuerySet[Community] = rows.filter(committee_kind=CommitteeKind.RESIDENTS)
    return found


def with_terms(rows: QuerySet[Community], on: date) -> QuerySet[Any]:
    """Communities with the key of the last whole election and the day by which the next is due."""
    last = _last_whole(on)
    registered = Organisation.objects.filter(
        community=OuterRef("pk"), kind=OrganisationKind.RESIDENTS_COMMITTEE, valid_until=None
    )
    return rows.annotate(
        last_election=Subquery(last.values("pk")[:1]),
        elected_until=Subquery(last.values("term_until")[:1]),
        until=Coalesce(
            Subquery(last.values("term_until")[:1]),
            Subquery(registered.values("term_ends_on")[:1]),
            output_field=DateField(),
        ),
    )


def _last_whole(on: date) -> QuerySet[Election]:
    rows = Election.objects.filter(
        community=OuterRef("pk"),
        state=ElectionState.DONE,
        kind=ElectionKind.TERM,
        term_from__lte=on,
    )
    return rows.order_by("-term_from", "-pk")


def state_of(until: date | None, on: date) -> str:
    """Whether a term is over (the last day itself still complies), ends within a year, or runs."""
    if until is None:
        return UNKNOWN
    if until < on:
        return OVERDUE
    return DUE if until <= on + AHEAD else RUNNING


def condition(state: str, on: date) -> Q:
    """The condition on `until` for a state; of any other word, none."""
    return {
        OVERDUE: Q(until__lt=on),
        DUE: Q(until__gte=on, until__lte=on + AHEAD),
        RUNNING: Q(until__gt=on + AHEAD),
        UNKNOWN: Q(until=None),
    }.get(state, Q())


def due_list(user: User, division: str, state: str, on: date) -> QuerySet[Any]:
    """The communities of a division by code, of one state or all; as `due_lines` takes them."""
    return (
        with_terms(committees(user, division, on), on).filter(condition(state, on)).order_by("code")
    )


def due_lines(user: User, rows: Iterable[Any], on: date) -> list[DueLine]:
    """The lines of some communities of `due_list`. Three queries."""
    listed = list(rows)
    mine = Election.objects.for_user(user)
    last = mine.in_bulk({one.last_election for one in listed if one.last_election})
    under_way: dict[int, Election] = {}
    running = mine.filter(community__in=[one.pk for one in listed]).exclude(
        state__in=(ElectionState.DONE, ElectionState.VOID)
    )
    for one in running.order_by("-pk"):
        under_way[one.community_id] = one
    names = division_names({one.code[:STREET] for one in listed}, on)
    return [
        DueLine(
            one.code,
            one.short_name,
            names.get(one.code[:STREET], one.code[:STREET]),
            last.get(one.last_election),
            one.until,
            state_of(one.until, on),
            one.until is not None and one.elected_until is None,
            under_way.get(one.pk),
        )
        for one in listed
    ]


def due_counts(user: User, division: str, on: date) -> dict[str, int]:
    """How many communities of a division are in each state. One query."""
    rows = with_terms(committees(user, division, on), on).order_by()
    counted = rows.aggregate(
        **{state: Count("pk", filter=condition(state, on)) for state in STATES}
    )
    return {state: int(counted[state]) for state in STATES}


def due_elections(user: User, on: date) -> DueElections | None:
    """What the workbench says of elections. Two queries.

    None without the right, and for scopes wider than a city, whose communities are not walked.
    """
    if not user.has_perm(VIEW) or len(user.scope) < CITY:
        return None
    rows = with_terms(committees(user, user.scope, on), on).order_by()
    waiting = condition(OVERDUE, on) | condition(DUE, on)
    found = rows.aggregate(
        overdue=Count("pk", filter=condition(OVERDUE, on)),
        due=Count("pk", filter=condition(DUE, on)),
        first=Min("until", filter=waiting),
    )
    open_ones = (
        Election.objects.for_user(user)
        .filter(round__closed_at=None, round__isnull=False)
        .filter(Q(community__valid_until=None) | Q(community__valid_until__gt=on))
        .exclude(state__in=(ElectionState.DONE, ElectionState.VOID))
        .aggregate(unfinished=Count("pk"), closes_on=Min("round__closes_on"))
    )
    return DueElections(**found, **open_ones)


@dataclass(frozen=True)
class DirectLine:
    """A division: its committees, those whose last whole election is known, and was direct."""

    code: str
    name: str
    known: int
    asked: Asked


def direct_rate(user: User, division: str, on: date) -> tuple[DirectLine, list[DirectLine]] | None:
    """How many committees of a division were last elected directly, and by part of it.

    Beside the clause in force, which is asked of a city alone: for others `asked.required` is None,
    and the clause is the city's. Parts are the districts of a city, the streets of a district. A
    by-election does not say how the committee was elected. None below a district and above a city.
    Four queries.
    """
    widths = {CITY: DISTRICT, DISTRICT: STREET}
    if len(division) not in widths:
        return None
    last = _last_whole(on)
    rows = committees(user, division, on).annotate(
        part=Substr("code", 1, widths[len(division)]), mode=Subquery(last.values("mode")[:1])
    )
    counted = (
        rows.order_by()
        .values("part")
        .annotate(
            whole=Count("pk"),
            known=Count("pk", filter=Q(mode__isnull=False)),
            direct=Count("pk", filter=Q(mode=ElectionMode.DIRECT)),
        )
        .order_by("part")
        .values_list("part", "whole", "known", "direct")
    )
    parts: list[tuple[str, int, int, int]] = list(counted)
    names = division_names({division, *(code for code, *_ in parts)}, on)
    whole, known, direct = (sum(int(row[place]) for row in parts) for place in (1, 2, 3))
    city = asked(
        policy_for(division[:CITY], on),
        division[:CITY],
        DIRECT,
        ("residents_committees", whole),
        actual=direct,
    )
    if len(division) != CITY:
        city = Asked(whole, direct, None, city.clause)
    return (
        DirectLine(division, names.get(division, division), known, city),
        [
            DirectLine(code, names.get(code, code), seen, Asked(total, few, None, None))
            for code, total, seen, few in parts
        ],
    )
