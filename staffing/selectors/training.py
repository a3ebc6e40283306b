"""Courses, their lists and their costs, as pages and later apps read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db import models
from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import User
from accounts.scope import contains
from communities.querysets import not_ended
from communities.selectors.places import division_names
from staffing.choices import COMMITTEE_POSTS, PARTY_POSTS, Audience, CourseLevel, Post
from staffing.models import Appointment, Attendance, Course, Person
from staffing.selectors.heads import WHO
from staffing.selectors.training_due import TRAINED, due_lines

# persons that are shown to be put on a list at one time
MOST_SHOWN = 500


class Groups(models.TextChoices):
    """Whom a list is made of."""

    COMMITTEE = "committee", "居委会成员"
    DIRECTORS = "directors", "居委会主任"
    PARTY = "party", "党组织成员"
    WORKERS = "workers", "专职工作人员"
    ALL = "all", "全体在岗"


POSTS = {
    Groups.COMMITTEE: COMMITTEE_POSTS,
    Groups.DIRECTORS: (Post.DIRECTOR,),
    Groups.PARTY: PARTY_POSTS,
    Groups.WORKERS: (Post.WORKER,),
}


# of a course for several audiences everybody in post is offered
GROUPS = {
    Audience.DIRECTORS: Groups.DIRECTORS,
    Audience.MEMBERS: Groups.COMMITTEE,
    Audience.NEW_MEMBERS: Groups.COMMITTEE,
    Audience.WORKERS: Groups.WORKERS,
}


def group_of(course: Course) -> str:
    """The group of people that is offered first for the list of a course, by its audience."""
    found = {GROUPS.get(Audience(one), Groups.ALL) for one in course.audience}
    return (found.pop() if len(found) == 1 else Groups.ALL).value


@dataclass(frozen=True)
class CourseLine:
    """A course with its list as the scope sees it."""

    course: Course
    office: str
    listed: int
    came: int
    own: bool

    @property
    def cost_per_head(self) -> Fraction | None:
        """Yuan for each who came, exact; None without a cost or before anybody came."""
        if self.course.cost_yuan is None or not self.came:
            return None
        return Fraction(self.course.cost_yuan) / self.came


def years_of(user: User) -> list[int]:
    """The years in which courses were held that the user reads, latest first. One query."""
    days = Course.objects.for_user(user).order_by().dates("starts_on", "year", order="DESC")
    return [day.year for day in days]


def course_lines(user: User, rows: Iterable[Course], on: date) -> list[CourseLine]:
    """Courses with how many of the scope's people are on the list and came. Two queries."""
    listed = list(rows)
    counted = (
        Attendance.objects.for_user(user)
        .filter(course__in=[one.pk for one in listed])
        .order_by()
        .values("course")
        .annotate(listed=Count("pk"), came=Count("pk", filter=Q(attended=True)))
    )
    counts = {row["course"]: (row["listed"], row["came"]) for row in counted}
    names = division_names({one.code for one in listed}, on)
    return [
        CourseLine(
            one,
            names.get(one.code, one.code),
            *counts.get(one.pk, (0, 0)),
            contains(user.scope, one.code),
        )
        for one in listed
    ]


def courses_of(user: User, year: int) -> QuerySet[Course]:
    """The courses of a year that the user reads: of the own scope and of the offices above."""
    found: QuerySet[Course] = Course.objects.for_user(user).filter(starts_on__year=year)
    return found


def get_course(user: User, key: int) -> Course | None:
    """A course that the user reads, or None. One query."""
    found: Course | None = Course.objects.for_user(user).filter(pk=key).first()
    return found


@dataclass(frozen=True)
class Listed:
    """A person on a list, with the community and post held when the course began."""

    attendance: Attendance
    street: str
    community: str
    post: str


def list_rows(user: User, course: Course) -> QuerySet[Attendance]:
    """The people of the scope on a course's list, by street and name."""
    rows: QuerySet[Attendance] = Attendance.objects.for_user(user).filter(course=course)
    return rows.select_related("person").order_by("code", "person__name", "pk")


def uncertified(user: User, course: Course) -> bool:
    """Whether somebody of the scope came to a course and has no certificate. One query."""
    rows = Attendance.objects.for_user(user).filter(course=course, attended=True)
    return bool(rows.filter(certificate_no="").exists())


def listed_of(found: Iterable[Attendance], course: Course, on: date) -> list[Listed]:
    """Rows of a course's list with streets and posts. Two queries, and that of the rows."""
    rows = list(found)
    posts = posts_on([one.person_id for one in rows], course.starts_on)
    streets = division_names({one.code for one in rows}, on)
    return [
        Listed(one, streets.get(one.code, one.code), *posts.get(one.person_id, ("", "")))
        for one in rows
    ]


def posts_on(persons: Iterable[int], day: date) -> dict[int, tuple[str, str]]:
    """The community of the highest post of persons on a day and the posts there. One query."""
    rows = Appointment.objects.filter(person__in=list(persons)).as_of(day)
    columns = ("person_id", "community__short_name", "post")
    ranks = {post: rank for rank, post in enumerate(Post.values)}
    held = sorted(rows.order_by("pk").values_list(*columns), key=lambda row: ranks[row[2]])
    places: dict[int, str] = {}
    posts: dict[int, list[str]] = {}
    for person, community, post in held:
        if places.setdefault(person, community) == community:
            posts.setdefault(person, []).append(str(Post(post).label))
    return {person: (place, "、".join(posts[person])) for person, place in places.items()}


@dataclass(frozen=True)
class Choice:
    """Somebody who may be put on a list."""

    person: Person
    street: str
    community: str
    post: str
    due: date | None


def choices_of(
    user: User, course: Course, *, street: str, group: str, due_only: bool, on: date
) -> list[Choice]:
    """People in post today (on) who are not on a course's list, by street and name, 500 at most.

    street: '' for all; group: one of Groups, '' for committee members; due_only: those whom a
    clause asks to be trained within 90 days or before. For a course that is over these are the
    people of its first day. A fixed number of queries.
    """
    day = min(on, course.starts_on)
    division = street if street and contains(user.scope, street) else course.code
    held = Appointment.objects.for_user(user).under(division)
    held = held.filter(not_ended(day), valid_from__lte=day)
    posts = POSTS.get(Groups(group or Groups.COMMITTEE))
    if posts is not None:
        held = held.filter(post__in=posts)
    asked = [line for line in due_lines(user, division, on) if line.state != TRAINED]
    due = {line.who: line.due for line in reversed(asked)}
    rows = (
        Person.objects.filter(pk__in=held.order_by().values("person"))
        .exclude(attendances__course=course)
        .order_by("code", "name", "pk")
    )
    if due_only:
        rows = rows.filter(pk__in={line.person for line in asked})
    found = list(rows[:MOST_SHOWN])
    keys = [one.pk for one in found]
    listed = held.filter(person__in=keys).annotate(who=WHO).order_by()
    who = dict(listed.values_list("person_id", "who"))
    places = posts_on(keys, day)
    streets = division_names({one.code for one in found}, on)
    return [
        Choice(
            one,
            streets.get(one.code, one.code),
            *places.get(one.pk, ("", "")),
            due.get(who[one.pk]),
        )
        for one in found
    ]


@dataclass(frozen=True)
class Cost:
    """Money of training that a payer bears in a year: a line for the budget.

    subject is what the money covers. unknown: courses whose cost nobody has written down. per_head:
    yuan for each who came, exact, of the courses with a cost to which somebody came; else None.
    """

    year: int
    payer: str
    label: str
    courses: int
    heads: int
    hours: int
    amount_yuan: Decimal
    unknown: int
    per_head: Fraction | None
    subject: str = "training"


def training_costs(user: User, year: int) -> list[Cost]:
    """The costs of the courses that the offices of the scope hold in a year, by payer.

    The level that holds a course pays for it. heads counts attendances of those who came, hours
    theirs. Two queries.
    """
    own = Course.objects.of_office(user).filter(starts_on__year=year)
    came = {
        row["course"]: (row["heads"], row["taught"])
        for row in Attendance.objects.for_user(user)
        .filter(course__in=own.order_by().values("pk"), attended=True)
        .order_by()
        .values("course")
        .annotate(heads=Count("pk"), taught=Sum("hours"))
    }
    by_level: dict[str, list[tuple[Decimal | None, int, int]]] = {}
    for key, level, cost in own.values_list("pk", "level", "cost_yuan"):
        by_level.setdefault(level, []).append((cost, *came.get(key, (0, 0))))
    return [_cost(year, level, by_level[level]) for level in CourseLevel if level in by_level]


def _cost(year: int, level: CourseLevel, rows: list[tuple[Decimal | None, int, int]]) -> Cost:
    """The courses of a payer, each as cost, heads and hours, added up."""
    held = [(cost, heads) for cost, heads, _ in rows if cost is not None and heads]
    people = sum(heads for _, heads in held)
    return Cost(
        year=year,
        payer=level.value,
        label=str(level.label),
        courses=len(rows),
        heads=sum(heads for _, heads, _ in rows),
        hours=sum(hours for _, _, hours in rows),
        amount_yuan=sum((cost for cost, _, _ in rows if cost is not None), Decimal("0.00")),
        unknown=sum(cost is None for cost, _, _ in rows),
        per_head=Fraction(sum(cost for cost, _ in held)) / people if people else None,
    )
