"""Who is to be trained, by when and by which clause; what was trained last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from django.db.models import Max, Q

from accounts.models import User
from accounts.scope import CITY, STREET
from communities.models import Community
from communities.selectors.clauses import Clause, clause_of
from communities.selectors.places import division_names
from policy.engine import Cadence, cadence_of
from policy.selectors import policy_for
from staffing.choices import (
    COMMITTEE_POSTS,
    CourseLevel,
    ElectionKind,
    ElectionState,
    Identity,
    Post,
)
from staffing.models import Appointment, Attendance, Election, Person
from staffing.selectors.heads import WHO

VIEW = "staffing.view_training"
DIRECTOR, MEMBER = "director_training", "member_training"
# By the summaries of the clauses: directors are trained by the city, the others by the district;
# a course of the city counts for the others as well.
COUNTED: Final = {
    DIRECTOR: frozenset({CourseLevel.CITY.value}),
    MEMBER: frozenset({CourseLevel.CITY.value, CourseLevel.DISTRICT.value}),
}
SOON = timedelta(days=90)
OVERDUE, DUE, TRAINED = "overdue", "due", "trained"
STATES: Final = {OVERDUE: "逾期", DUE: "90天内到期", TRAINED: "未到期"}
TONES: Final = {OVERDUE: "bad", DUE: "warn", TRAINED: ""}


@dataclass(frozen=True)
class Trained:
    """The last course of a person that counts: when it ended, and its name."""

    on: date
    title: str


@dataclass(frozen=True)
class DueLine:
    """A committee member: what is asked, the last course that counts, the last day that complies.

    new: came with the committee's last whole election or after it, not trained since, not overdue.
    this_year: whether a training was asked in the calendar year, by the courses of the years
    before; done_this_year: whether a course that counts ended in it.
    """

    person: int
    who: str
    name: str
    code: str
    community: str
    street: str
    post: str
    since: date
    last: Trained | None
    due: date
    state: str
    new: bool
    this_year: bool
    done_this_year: bool
    clause: Clause

    @property
    def post_label(self) -> str:
        return Post(self.post).label

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]


@dataclass(frozen=True)
class DueSum:
    """A division's members of whom a clause asks training, by state; they add up.

    this_year: those asked in the calendar year; done: those of them who were trained in it.
    """

    code: str
    name: str
    overdue: int
    due: int
    trained: int
    this_year: int
    done: int

    @property
    def asked(self) -> int:
        return self.overdue + self.due + self.trained

    @property
    def share(self) -> Fraction | None:
        """Per cent of those asked this year who were trained, exact; None where nobody was."""
        return Fraction(100 * self.done, self.this_year) if self.this_year else None


@dataclass(frozen=True)
class Held:
    """A person in a committee of a community, in the highest post held there."""

    who: str
    person: int
    name: str
    community: int
    code: str
    post: str
    since: date


def due_lines(user: User, division: str, on: date) -> list[DueLine]:
    """The committee members of a division whom a clause in force asks to train, first due first.

    division: inside the scope, a city or narrower; [] for wider ones. One line a person and
    community; who is the director of one community is asked by that clause only. A fixed number of
    queries.
    """
    if len(division) < CITY:
        return []
    held = list(members_of(user, division, on))
    cadences = Cadences(division, on)
    last = last_courses(held, user, on)
    before = last_courses(held, user, date(on.year - 1, 12, 31))
    terms = _terms({one.community for one in held}, on)
    names = _places({one.community for one in held})
    streets = division_names({one.code[:STREET] for one in held}, on)
    lines = []
    for one in held:
        subject = DIRECTOR if one.post == Post.DIRECTOR else MEMBER
        cadence = cadences.of(subject, one.code)
        course, earlier = last.get((one.who, subject)), before.get((one.who, subject))
        due = cadence.next_due(course.on if course else None, one.since) if cadence else None
        if cadence is None or due is None:
            continue
        asked = cadence.next_due(earlier.on if earlier else None, one.since)
        lines.append(
            DueLine(
                person=one.person,
                who=one.who,
                name=one.name,
                code=one.code,
                community=names.get(one.community, one.code),
                street=streets.get(one.code[:STREET], one.code[:STREET]),
                post=one.post,
                since=one.since,
                last=course,
                due=due,
                state=state_of(due, on),
                new=due >= on and _is_new(one, terms.get(one.community), course),
                this_year=asked is not None and asked <= date(on.year, 12, 31),
                done_this_year=course is not None and course.on.year == on.year,
                clause=clause_of(cadence.text, cadence.provision),
            )
        )
    return sorted(lines, key=lambda line: (line.due, line.code, line.person))


def _is_new(one: Held, term: date | None, last: Trained | None) -> bool:
    """Whether a member came in the term that runs and was not trained since."""
    return term is not None and one.since >= term and (last is None or last.on < one.since)


def state_of(due: date, on: date) -> str:
    """Overdue after the day; due in the 90 days before it; not yet before them."""
    if due < on:
        return OVERDUE
    return DUE if due <= on + SOON else TRAINED


def sums_of(lines: Iterable[DueLine], width: int, on: date) -> list[DueSum]:
    """Lines counted by the division of a length of code, by code."""
    parts: dict[str, list[DueLine]] = {}
    for line in lines:
        parts.setdefault(line.code[:width], []).append(line)
    names = division_names(set(parts), on)
    return [sum_of(of_one, code, names.get(code, code)) for code, of_one in sorted(parts.items())]


def sum_of(lines: Collection[DueLine], code: str, name: str) -> DueSum:
    """The lines of one division counted."""
    states = Counter(line.state for line in lines)
    asked = [line for line in lines if line.this_year]
    done = sum(line.done_this_year for line in asked)
    return DueSum(code, name, states[OVERDUE], states[DUE], states[TRAINED], len(asked), done)


@dataclass(frozen=True)
class TrainingDue:
    """What waits in a scope: members overdue, and those due within 90 days; the first day."""

    overdue: int
    due: int
    first: date | None


def training_due(user: User, on: date) -> TrainingDue | None:
    """What the workbench says of training. A fixed number of queries.

    None without the right, and for scopes wider than a city.
    """
    if not user.has_perm(VIEW) or len(user.scope) < CITY:
        return None
    lines = due_lines(user, user.scope, on)
    waiting = [line for line in lines if line.state != TRAINED]
    overdue = sum(line.state == OVERDUE for line in waiting)
    first = waiting[0].due if waiting else None
    return TrainingDue(overdue, len(waiting) - overdue, first)


def members_of(user: User, division: str, on: date) -> Iterator[Held]:
    """Committee members in post on a day, once in each community. One query.

    `since` is the day from which the person has been in the committee without a gap; a director's,
    as director.
    """
    rows = (
        Appointment.objects.for_user(user)
        .under(division)
        .filter(post__in=COMMITTEE_POSTS, valid_from__lte=on)
        .exclude(identity=Identity.POLICE)
        .filter(person__appointments__in=_in_post(division, on))
        .annotate(who=WHO)
        .distinct()
        .order_by("code", "person_id", "valid_from")
    )
    columns = ("who", "person_id", "person__name", "community_id", "code", "post", "valid_from",
        "valid_until")  # fmt: skip
    of_one: list[tuple[Any, ...]] = []
    for row in rows.values_list(*columns):
        if of_one and (of_one[0][1], of_one[0][3]) != (row[1], row[3]):
            yield from _member(of_one, on)
            of_one = []
        of_one.append(row)
    if of_one:
        yield from _member(of_one, on)


def has_members(user: User, division: str, on: date) -> bool:
    """Whether somebody is in a committee of a division on a day. One query."""
    rows = Appointment.objects.for_user(user).under(division).as_of(on)
    return bool(rows.filter(post__in=COMMITTEE_POSTS).exists())


def _in_post(division: str, on: date) -> Any:
    rows = Appointment.objects.under(division).as_of(on)
    return rows.filter(post__in=COMMITTEE_POSTS)


def _member(rows: Sequence[tuple[Any, ...]], on: date) -> Iterator[Held]:
    """One person's posts in a committee, from the earliest: the present one, if there is one."""
    running = [row for row in rows if row[7] is None or row[7] > on]
    if not running:
        return
    director = next((row for row in running if row[5] == Post.DIRECTOR), None)
    present = director or running[-1]
    asked = [row for row in rows if director is None or row[5] == Post.DIRECTOR]
    since = present[6]
    for row in sorted(asked, key=lambda one: one[6], reverse=True):
        if row[7] is None or row[7] >= since:
            since = min(since, row[6])
    who, person, name, community, code, post = present[:6]
    yield Held(who, person, name, community, code, post, since)


def last_courses(people: Collection[Held], user: User, on: date) -> dict[tuple[str, str], Trained]:
    """The last course that ended by a day and counts for each clause, by person and subject.

    A person with files in two streets was trained in whichever of them it is recorded. One query,
    of the files of these people only.
    """
    files = Person.objects.for_user(user).filter(
        Q(pk__in={one.person for one in people}) | Q(identity_hmac__in={one.who for one in people})
    )
    rows = (
        Attendance.objects.filter(person__in=files.order_by().values("pk"))
        .filter(attended=True, course__ends_on__lte=on)
        .annotate(who=WHO)
        .order_by("who", "course__level", "-course__ends_on", "-pk")
        .distinct("who", "course__level")
        .values_list("who", "course__level", "course__ends_on", "course__title")
    )
    found: dict[tuple[str, str], Trained] = {}
    for who, level, ended, title in sorted(rows, key=lambda row: row[2]):
        for subject, levels in COUNTED.items():
            if level in levels:
                found[who, subject] = Trained(ended, title)
    return found


class Cadences:
    """The recurrence clauses in force in a division on a day, by subject and community."""

    def __init__(self, division: str, on: date) -> None:
        self.stack = policy_for(division, on).stack
        self.known: dict[tuple[str, str], Cadence | None] = {}

    def of(self, subject: str, code: str) -> Cadence | None:
        """The clause for a community; the same for those of a street, but for exemptions."""
        place = code if code in self.stack.exemptions else code[:STREET]
        if (subject, place) not in self.known:
            self.known[subject, place] = cadence_of(self.stack, subject, place)
        return self.known[subject, place]


def _terms(communities: set[int], on: date) -> dict[int, date]:
    """The first day of the term that runs, by community; none without a whole election."""
    rows = Election.objects.filter(
        community__in=communities,
        state=ElectionState.DONE,
        kind=ElectionKind.TERM,
        term_from__lte=on,
    )
    terms = rows.order_by().values_list("community").annotate(Max("term_from"))
    return dict(terms)


def _places(keys: set[int]) -> dict[int, str]:
    return dict(Community.objects.filter(pk__in=keys).values_list("pk", "short_name"))
