"""工作台: what the collection asks of a person: what is due, by when, how much is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse

from accounts.models import User
from accounts.scope import CITY, STREET
from collection.choices import RoundState
from collection.models import Extension
from collection.selectors.collect import entries_of
from collection.selectors.entry import Entry
from collection.selectors.round_page import Counts, counts_by_street, within
from collection.selectors.rounds import Call, call_of, rounds_for
from collection.selectors.steps import last_comments
from collection.selectors.todo_lines import (
    CONFIRM,
    ENTER,
    REVIEW,
    Todo,
    correction_todos,
    late_todos,
    review_todos,
    street_todos,
    upload_todos,
)
from communities.choices import FactsStatus

MOST_NODES = 8


@dataclass(frozen=True)
class Banner:
    """The one line above everything: a deadline, or that all is done."""

    strong: str
    text: str
    tone: str
    url: str = ""
    label: str = ""


@dataclass(frozen=True)
class Node:
    """A day of the calendar; `left` is None for a day that has passed."""

    on: date
    what: str
    left: int | None


@dataclass(frozen=True)
class Board:
    """What a person's workbench says of the collection.

    `calls` are the open rounds as the scope has them, the nearest closing day first; `counts` their
    communities by state, by key of the round; `entries` a street's forms, by key of the round.
    """

    calls: list[Call] = field(default_factory=list)
    counts: Mapping[int, Counts] = field(default_factory=dict)
    entries: Mapping[int, list[Entry]] = field(default_factory=dict)
    todos: list[Todo] = field(default_factory=list)
    banner: Banner | None = None
    calendar: list[Node] = field(default_factory=list)

    @property
    def years(self) -> set[int]:
        """Years whose facts are being collected."""
        return {call.round.year for call in self.calls}

    def call_of(self, year: int) -> Call | None:
        """The open round of a year."""
        return next((call for call in self.calls if call.round.year == year), None)


def get_board(user: User, on: date) -> Board:
    """What the collection asks of a person on a day. A fixed number of queries a round.

    Wider offices than a city's get the rounds only: whose communities they are is their cities'.
    """
    calls = open_calls(user, on)
    counts = count_of(user, calls, on)
    entries = entries_by_round(user, calls, on)
    todos = [
        *street_todos(user, calls, entries, on),
        *review_todos(user, calls, counts, on),
        *late_todos(user, calls, counts, on),
        *correction_todos(user),
        *upload_todos(user),
    ]
    todos.sort(key=lambda one: (one.due or date.max, one.rank))
    return Board(
        calls,
        counts,
        entries,
        todos,
        banner_of(user, calls, counts, on),
        calendar_of(user, calls, on),
    )


def open_calls(user: User, on: date) -> list[Call]:
    """The rounds that are open, as the scope has them, the nearest closing day first. Two queries.

    Of two rounds that ask a street for one year the district's counts.
    """
    rows = rounds_for(user).filter(state=RoundState.OPEN, opens_on__lte=on).order_by("code", "pk")
    rounds = list(rows)
    moved = {}
    if rounds and len(user.scope) >= STREET:
        later = Extension.objects.filter(round__in=rounds, code=user.scope[:STREET])
        moved = {one.round_id: one for one in later.order_by("pk")}
    calls = [call_of(one, user.scope, moved.get(one.pk)) for one in rounds]
    if len(user.scope) >= STREET:
        calls = list({call.round.year: call for call in calls}.values())
    return sorted(calls, key=lambda one: (one.closes_on, one.round.year, one.round.code))


def count_of(user: User, calls: Iterable[Call], on: date) -> dict[int, Counts]:
    """Communities of the scope by state, by key of the round. One query a year.

    None for offices wider than a city's.
    """
    if len(user.scope) < CITY:
        return {}
    years = sorted({call.round.year for call in calls})
    counted = {year: counts_by_street(year, user.scope, on) for year in years}
    return {call.round.pk: within(call.round, counted[call.round.year]) for call in calls}


def entries_by_round(user: User, calls: Sequence[Call], on: date) -> dict[int, list[Entry]]:
    """A street's forms by key of the round; nothing for wider offices."""
    if len(user.scope) < STREET:
        return {}
    found = {}
    for call in calls:
        entries = entries_of(user, call.street, call.round.year, on)
        comments = _comments(entries)
        found[call.round.pk] = [
            replace(one, comments=comments.get(one.community.pk, {})) for one in entries
        ]
    return found


def _comments(entries: Iterable[Entry]) -> dict[int, dict[str, str]]:
    """The comments of the last return of returned facts, by key of the community. One query."""
    returned = {
        one.facts.pk: one.community.pk
        for one in entries
        if one.facts is not None and one.facts.status == FactsStatus.RETURNED
    }
    return {returned[key]: said for key, said in last_comments(returned).items()}


def banner_of(
    user: User, calls: Sequence[Call], counts: Mapping[int, Counts], on: date
) -> Banner | None:
    """The open round that closes next, with what is left; None without an open one."""
    running = [call for call in calls if call.left_days(on) >= 0] or list(calls)
    if not running:
        return None
    call, calls = running[0], [running[0], *(one for one in calls if one is not running[0])]
    left, of_round = call.left_days(on), counts.get(call.round.pk)
    strong = f"{call.round.year}年度数据填报" + (f"还剩{left}天" if left >= 0 else "已截止")
    text = f"{call.closes_on.month}月{call.closes_on.day}日截止"
    if len(calls) > 1:
        text += f"。共{len(calls)}个填报任务进行中"
    if of_round is None or not of_round.communities:
        return Banner(strong, text, "warn", *_way(user, calls, 0))
    waiting, rest = _left(user, of_round)
    text += f"。{of_round.communities}个社区中{_words(user, of_round)}"
    tone = "warn" if waiting or rest else "ok"
    return Banner(strong, text, tone, *_way(user, calls, waiting))


def _checks(user: User) -> str:
    """The state of what a person looks through before it goes on, '' for those who look at none."""
    if user.has_perm(ENTER):
        return ""
    if user.has_perm(REVIEW):
        return "待审核"
    return "待复核" if user.has_perm(CONFIRM) else ""


def _left(user: User, counts: Counts) -> tuple[int, int]:
    """How many communities wait for this person, and how many are the streets' to hand in."""
    if user.has_perm(ENTER):
        return counts.unfinished, counts.unfinished
    found = {"待审核": counts.submitted, "待复核": counts.reviewed}
    return found.get(_checks(user), 0), counts.unfinished


def _words(user: User, of_round: Counts) -> str:
    """How many communities have come how far, what waits for this person first; they add up."""
    state, rest = _checks(user), of_round.unfinished
    said = [f"{of_round.confirmed}个已确认"]
    counts = {"待复核": of_round.reviewed, "待审核": of_round.submitted}
    if state and not counts[state]:
        said.append(f"没有{state}的")
    for name in sorted(counts, key=lambda one: one != state):
        if counts[name]:
            said.append(f"{counts[name]}个{name}")
    if rest:
        said.append(f"{rest}个没有提交" if state else f"还有{rest}个没有提交")
    elif not state:
        said.append("全部提交")
    return "，".join(said)


def _way(user: User, calls: Sequence[Call], waiting: int) -> tuple[str, str]:
    """Where the banner's button leads a person, and what it says; nowhere without the right."""
    one = calls[0].round
    collect = f"{reverse('collection:collect')}?year={one.year}"
    if user.has_perm(ENTER):
        return collect, "继续填报" if waiting else "查看填报"
    if waiting:
        label = "审核" if user.has_perm(REVIEW) else "复核"
        return f"{reverse('collection:reviews')}?year={one.year}", label
    if not user.has_perm("collection.view_round"):
        return "", ""
    if len(calls) > 1:
        return reverse("collection:rounds"), "查看进度"
    return reverse("collection:round", args=[one.pk]), "查看进度"


def calendar_of(user: User, calls: Iterable[Call], on: date) -> list[Node]:
    """The days of the open rounds, by day; of many those to come, so many at most."""
    found: dict[tuple[date, str], None] = {}
    for call in calls:
        one = call.round
        street = len(user.scope) >= STREET
        found[one.reference_on, f"{one.year}年度统计时点"] = None
        found[one.opens_on, f"{one.year}年度开始填报"] = None
        last = "填报截止" if street else "街道填报截止"
        if call.extended_for:
            last = "填报截止（已延期）"
        found[call.closes_on, last] = None
    return [Node(day, what, (day - on).days if day >= on else None) for day, what in sorted(found)]
