"""Rounds of elections: which ones an office sees, and how far their communities are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.scope import DISTRICT, STREET, contains
from communities.models import Community
from communities.selectors.places import division_names
from staffing.choices import ElectionMode, ElectionState
from staffing.models import Election, ElectionRound
from staffing.selectors.elections_due import committees

STEPS = tuple(ElectionState.values)
RUN = "staffing.run_election"


class Standing(NamedTuple):
    """A community's election in a round; of several the one that counts."""

    round: int
    community: int
    election: int
    code: str
    state: str
    mode: str
    electorate: int | None
    voted: int | None


@dataclass(frozen=True)
class Tally:
    """Communities by step, and what the announced elections say.

    electorate and voted: of the `counted` announced elections in which both are known.
    """

    by_state: tuple[int, ...] = (0,) * len(STEPS)
    direct: int = 0
    counted: int = 0
    electorate: int = 0
    voted: int = 0

    @property
    def communities(self) -> int:
        return sum(self.by_state)

    @property
    def done(self) -> int:
        return self.by_state[STEPS.index(ElectionState.DONE)]

    @property
    def waiting(self) -> int:
        return self.communities - self.done

    @property
    def share(self) -> Fraction | None:
        """Announced results in percent of the communities, exact."""
        return Fraction(self.done * 100, self.communities) if self.communities else None

    @property
    def turnout(self) -> Fraction | None:
        return Fraction(self.voted * 100, self.electorate) if self.electorate else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            tuple(a + b for a, b in zip(self.by_state, other.by_state, strict=True)),
            self.direct + other.direct,
            self.counted + other.counted,
            self.electorate + other.electorate,
            self.voted + other.voted,
        )


@dataclass(frozen=True)
class RoundLine:
    """A division of a round, with the steps of its communities."""

    code: str
    name: str
    tally: Tally
    overdue: bool


@dataclass(frozen=True)
class RoundProgress:
    """A round in a division: its parts by code, and their total.

    lacking: communities with a residents' committee that stand in no election of the round.
    """

    round: ElectionRound
    division: str
    lines: list[RoundLine]
    total: Tally
    lacking: int


def rounds_of(user: User) -> QuerySet[ElectionRound]:
    """The rounds that an office reads: of its own scope and of the divisions above."""
    found: QuerySet[ElectionRound] = ElectionRound.objects.for_user(user).select_related("made_by")
    return found


def get_election_round(user: User, pk: int) -> ElectionRound | None:
    """A round that a person may read, or None. One query."""
    return rounds_of(user).filter(pk=pk).first()


def may_run(user: User, one: ElectionRound) -> bool:
    """Whether a person may change, fill and close a round: of the office that made it."""
    return user.scope == one.code and user.has_perm(RUN)


def part_of(user: User, one: ElectionRound) -> str:
    """The part of a round inside a person's scope."""
    return one.code if contains(user.scope, one.code) else user.scope


def standings(rounds: Iterable[int], division: str, on: date) -> dict[int, list[Standing]]:
    """The communities of rounds (by key) under a division, each with the election that counts.

    That is the one that was not declared void, else the last. Communities that have ended do not
    count unless their result was announced. One query, for callers whose scope holds the division.
    """
    keys = list(rounds)
    lasting = Q(community__valid_until__isnull=True) | Q(community__valid_until__gt=on)
    rows = (
        Election.objects.under(division)
        .filter(lasting | Q(state=ElectionState.DONE), round__in=keys)
        .order_by("code", "pk")
        .values_list(
            "round_id", "community_id", "pk", "code", "state", "mode", "electorate", "voted"
        )
    )
    found: dict[int, dict[int, Standing]] = {key: {} for key in keys}
    for row in rows:
        standing = Standing(*row)
        of_round = found[standing.round]
        before = of_round.get(standing.community)
        if before is None or before.state == ElectionState.VOID:
            of_round[standing.community] = standing
    return {key: list(of_round.values()) for key, of_round in found.items()}


def tally_of(rows: Iterable[Standing]) -> Tally:
    """The sums of some communities."""
    by_state = dict.fromkeys(STEPS, 0)
    direct = counted = electorate = voted = 0
    for one in rows:
        by_state[one.state] += 1
        if one.state != ElectionState.DONE:
            continue
        direct += one.mode == ElectionMode.DIRECT
        if one.electorate is not None and one.voted is not None:
            counted += 1
            electorate += one.electorate
            voted += one.voted
    return Tally(tuple(by_state.values()), direct, counted, electorate, voted)


def progress_of(user: User, one: ElectionRound, division: str, on: date) -> RoundProgress:
    """How far a round is in a division of the scope: by district of a city, else by street.

    Three queries.
    """
    width = STREET if len(division) >= DISTRICT else DISTRICT
    found = standings([one.pk], division, on)[one.pk]
    parts: dict[str, list[Standing]] = {}
    for standing in found:
        parts.setdefault(standing.code[:width], []).append(standing)
    names = division_names(set(parts), on)
    late = is_late(one, on)
    lines = []
    for code in sorted(parts):
        tally = tally_of(parts[code])
        lines.append(RoundLine(code, names.get(code, code), tally, late and tally.waiting > 0))
    return RoundProgress(one, division, lines, tally_of(found), lacking(user, one, division, on))


def is_late(one: ElectionRound, on: date) -> bool:
    """Whether a round should have been finished."""
    return one.closes_on < on


def not_listed(user: User, one: ElectionRound, division: str, on: date) -> QuerySet[Community]:
    """Communities with a residents' committee that stand in no election of a round.

    Those that another open round is about to elect are left to it.
    """
    listed = Election.objects.filter(round=one).values("community")
    elsewhere = (
        Election.objects.filter(round__isnull=False, round__closed_at=None)
        .exclude(round=one)
        .exclude(state__in=(ElectionState.DONE, ElectionState.VOID))
        .values("community")
    )
    return committees(user, division, on).exclude(pk__in=listed).exclude(pk__in=elsewhere)


def lacking(user: User, one: ElectionRound, division: str, on: date) -> int:
    """How many communities a round lacks; a closed round lacks none. One query."""
    return 0 if one.closed_at else not_listed(user, one, division, on).count()


def lagging(one: ElectionRound, division: str, on: date) -> dict[str, int]:
    """Streets with communities whose result is not announced, with their number. One query."""
    found: dict[str, int] = {}
    for standing in standings([one.pk], division, on)[one.pk]:
        if standing.state != ElectionState.DONE:
            street = standing.code[:STREET]
            found[street] = found.get(street, 0) + 1
    return dict(sorted(found.items()))


def elections_in(one: ElectionRound, division: str, on: date) -> list[Election]:
    """The elections of a round in a division, those that count, by code. Two queries."""
    keys = [standing.election for standing in standings([one.pk], division, on)[one.pk]]
    rows = Election.objects.under(division).filter(pk__in=keys)
    return list(rows.select_related("community").order_by("code"))


@dataclass(frozen=True)
class ListedRound:
    """A round in a list, as far as the reader's scope reaches."""

    round: ElectionRound
    unit: str
    tally: Tally
    late: bool


def listed_rounds(user: User, rounds: Iterable[ElectionRound], on: date) -> list[ListedRound]:
    """Rounds with their progress in the reader's scope. Two queries."""
    listed = list(rounds)
    names = division_names({one.code for one in listed}, on)
    found = standings([one.pk for one in listed], user.scope, on)
    lines = []
    for one in listed:
        tally = tally_of(found[one.pk])
        late = one.closed_at is None and is_late(one, on) and tally.waiting > 0
        lines.append(ListedRound(one, names.get(one.code, one.code), tally, late))
    return lines
