"""Reminding streets of what is missing: by hand, and by the calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse

from accounts.messages import Note, offices, send
from accounts.models import User
from accounts.scope import DISTRICT, WHOLE_COUNTRY, scope
from collection.choices import RoundState
from collection.models import Reminder, Round
from collection.selectors.round_page import StreetLine, progress_within
from collection.services.rounds import (
    CLERKS,
    OFFICERS,
    REVIEWERS,
    RoundError,
    entry_address,
)
from communities.selectors.places import division_names

# days before a street's last day on which it is reminded; −1 is the day after
BY_CALENDAR = (7, 3, 1, -1)
# pg_advisory_xact_lock(class, round): whoever reminds sees what others have sent
REMINDING = 0x7265


@dataclass(frozen=True)
class Reminded:
    """What came of reminding: streets told, and those left out for they were told of late."""

    told: list[StreetLine]
    rested: list[StreetLine]


@transaction.atomic
def remind(
    *, one: Round, prefix: str, streets: Collection[str], by: User, on: date, at: datetime
) -> Reminded:
    """Tell the clerks of late streets of an open round what is missing, and keep that they were.

    prefix: the part of the round that lies in the person's scope; streets: their codes, none for
    all that are late. A street that somebody reminded within 24 hours is left out. Raises
    RoundError where the round is not open.
    """
    hold(one)
    present = Round.objects.get(pk=one.pk)
    if present.state != RoundState.OPEN:
        raise RoundError(f"任务现在是“{present.get_state_display()}”，不用催办")
    progress = progress_within(present, prefix, on)
    wanted = [line for line in progress.late if not streets or line.code in streets]
    told = [line for line in wanted if not line.rests(at)]
    keep(present, told, by=by, at=at)
    people = offices([line.code for line in told], CLERKS)
    send(notes=list(to_clerks(present, told, people)), at=at)
    return Reminded(told, [line for line in wanted if line.rests(at)])


def hold(one: Round) -> None:
    """Let one transaction at a time remind for a round."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", (REMINDING, one.pk))


def keep(one: Round, lines: Iterable[StreetLine], *, by: User | None, at: datetime) -> None:
    Reminder.objects.bulk_create(
        Reminder(round=one, code=line.code, unfinished=line.counts.unfinished, by=by, at=at)
        for line in lines
    )


def days_left(line: StreetLine) -> str:
    """How much time a street has: 还剩3天，11月30日截止."""
    closes_on = line.call.closes_on
    if line.left < 0:
        return f"已于{closes_on}截止"
    return f"今天（{closes_on}）截止" if line.left == 0 else f"还剩{line.left}天，{closes_on}截止"


def to_clerks(
    one: Round, lines: Iterable[StreetLine], people: dict[str, list[User]]
) -> Iterable[Note]:
    for line in lines:
        if line.counts.unfinished:
            text = f"{one.title}{days_left(line)}，{line.counts.unfinished}个社区还没有提交"
            yield from (Note(user, text, entry_address(one.year)) for user in people[line.code])


def to_reviewers(
    one: Round, lines: Iterable[StreetLine], people: dict[str, list[User]]
) -> Iterable[Note]:
    for line in lines:
        if line.counts.submitted:
            text = f"{one.title}{days_left(line)}，{line.counts.submitted}个社区待审核"
            yield from (Note(user, text, review_address(one.year)) for user in people[line.code])


def to_officers(
    one: Round, lines: Iterable[StreetLine], people: dict[str, list[User]], names: dict[str, str]
) -> Iterable[Note]:
    """One note for each district officer, of all the lines of the district."""
    districts: dict[str, list[StreetLine]] = defaultdict(list)
    for line in lines:
        if line.counts.reviewed:
            districts[line.code[:DISTRICT]].append(line)
    for code, of_district in districts.items():
        number = sum(line.counts.reviewed for line in of_district)
        first = of_district[0].name
        streets = first if len(of_district) == 1 else f"{first}等{len(of_district)}个街道"
        text = f"{one.title}，{names.get(code, code)}{streets}{number}个社区待复核"
        yield from (Note(user, text, review_address(one.year)) for user in people[code])


def review_address(year: int) -> str:
    """Where facts that were handed in are looked at."""
    return f"{reverse('collection:reviews')}?year={year}"


def send_due_reminders(*, on: date, at: datetime) -> int:
    """Remind the streets whose last day is near or just over; return how many were.

    Opens its own transactions, one for each open round, and reads the whole country: call it
    outside of one, from the calendar only. Clerks are told of what is not handed in, reviewers of
    what waits for them, district officers of what waits for theirs. A second run on the same day
    tells nobody anything again.
    """
    days = [on + timedelta(days=left) for left in BY_CALENDAR]
    with scope(WHOLE_COUNTRY):
        due = Q(closes_on__in=days) | Q(extensions__closes_on__in=days)
        rounds = list(Round.objects.filter(due, state=RoundState.OPEN, opens_on__lte=on).distinct())
    told = 0
    for one in rounds:
        with scope(WHOLE_COUNTRY, round=one.pk):
            told += _remind_due(one, on, at)
    return told


def _remind_due(one: Round, on: date, at: datetime) -> int:
    hold(one)
    if Reminder.objects.filter(round=one, by=None, at__date=on).exists():
        return 0
    progress = progress_within(one, one.code, on)
    lines = [line for line in progress.lines if line.left in BY_CALENDAR and line.counts.waiting]
    if not lines:
        return 0
    keep(one, lines, by=None, at=at)
    streets = [line.code for line in lines]
    districts = {code[:DISTRICT] for code in streets}
    send(
        notes=[
            *to_clerks(one, lines, offices(streets, CLERKS)),
            *to_reviewers(one, lines, offices(streets, REVIEWERS)),
            *to_officers(one, lines, offices(districts, OFFICERS), division_names(districts, on)),
        ],
        at=at,
    )
    return len(lines)
