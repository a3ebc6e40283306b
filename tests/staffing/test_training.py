"""Who is to be trained, by when and by which clause."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from communities.models import Community
from staffing.selectors.training_due import (
    due_lines,
    last_courses,
    members_of,
    sum_of,
    sums_of,
    training_due,
)
from tests.factories import make_community
from tests.staff_factories import (
    make_appointment,
    make_attendance,
    make_course,
    make_election,
    make_person,
)
from tests.staffing.pay_world import adopt

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)
Browse = Callable[[User | None], Client]


@pytest.fixture
def gucheng() -> Community:
    return make_community()


@pytest.fixture
def opinions(gucheng: Community) -> Community:
    adopt("city-opinions-2013", "3715")
    return gucheng


def trained(appointment: Any, level: str, ended: date) -> None:
    course = make_course(
        "3715" if level == "city" else "371502", level=level, starts_on=ended, ends_on=ended
    )
    make_attendance(course, appointment.person)


# post, in post since, (level, day) of the courses attended, due, state
CASES = [
    ("director", date(2022, 1, 10), [("city", date(2025, 6, 3))], date(2026, 12, 31), "due"),
    ("director", date(2022, 1, 10), [("city", date(2026, 6, 3))], date(2027, 12, 31), "trained"),
    # the district's course does not count for a director
    ("director", date(2022, 1, 10), [("district", date(2026, 6, 3))], date(2022, 12, 31),
     "overdue"),
    ("director", date(2026, 3, 2), [], date(2026, 12, 31), "due"),
    ("member", date(2022, 1, 10), [("district", date(2024, 5, 8))], date(2026, 12, 31), "due"),
    ("member", date(2022, 1, 10), [("city", date(2025, 5, 8))], date(2027, 12, 31), "trained"),
    ("member", date(2026, 3, 2), [], date(2027, 12, 31), "trained"),
    ("deputy", date(2022, 1, 10), [], date(2023, 12, 31), "overdue"),
]  # fmt: skip


@pytest.mark.parametrize(("post", "since", "courses", "due", "state"), CASES)
def test_member_then_due_by_the_clause(
    opinions: Community, clerk: User, post: str, since: date, courses: list[Any], due: date,
    state: str,
) -> None:  # fmt: skip
    held = make_appointment(opinions, post, valid_from=since)
    for level, ended in courses:
        trained(held, level, ended)

    (line,) = due_lines(clerk, "371502001", TODAY)

    assert (line.due, line.state) == (due, state)
    assert line.clause.id == ("C13-TRN-1" if post == "director" else "C13-TRN-1.2")


def test_person_with_two_posts_then_one_line_of_the_director(
    opinions: Community, clerk: User
) -> None:
    held = make_appointment(opinions, "member")
    make_appointment(opinions, "director", held.person)
    make_appointment(opinions, "secretary", held.person)

    assert [line.post for line in due_lines(clerk, "371502001", TODAY)] == ["director"]


def test_member_elected_again_then_asked_since_the_first_term(
    opinions: Community, clerk: User
) -> None:
    first = make_appointment(
        opinions, "member", valid_from=date(2021, 3, 1), valid_until=date(2026, 3, 1)
    )
    make_appointment(opinions, "member", first.person, valid_from=date(2026, 3, 1))

    (line,) = due_lines(clerk, "371502001", TODAY)

    assert (line.since, line.due) == (date(2021, 3, 1), date(2022, 12, 31))


def test_member_who_left_then_not_asked(opinions: Community, clerk: User) -> None:
    make_appointment(opinions, "member", valid_until=date(2026, 10, 1))
    make_appointment(opinions, "police_deputy", identity="police")

    assert due_lines(clerk, "371502001", TODAY) == []


def test_due_without_a_text_then_nobody(gucheng: Community, clerk: User) -> None:
    make_appointment(gucheng, "director")

    assert due_lines(clerk, "371502001", TODAY) == []


def test_person_filed_in_two_streets_then_a_course_counts_for_both(
    opinions: Community, district_officer: User
) -> None:
    number = "371502198506153823"
    here = make_appointment(opinions, "member", make_person(identity_number=number))
    there = make_community("371502002001", "柳园社区居委会")
    make_appointment(there, "member", make_person("371502002", identity_number=number))
    trained(here, "district", date(2026, 5, 8))

    lines = due_lines(district_officer, "371502", TODAY)

    assert [line.due for line in lines] == [date(2028, 12, 31)] * 2
    assert [(one.code, one.asked, one.trained) for one in sums_of(lines, 9, TODAY)] == [
        ("371502001", 1, 1),
        ("371502002", 1, 1),
    ]


def test_street_of_two_then_only_its_people_are_read(
    opinions: Community, district_officer: User
) -> None:
    here = make_appointment(opinions, "member")
    there = make_appointment(make_community("371502002001", "柳园社区居委会"), "member")
    course = make_course(starts_on=date(2026, 5, 8), ends_on=date(2026, 5, 8))
    for held in (here, there):
        make_attendance(course, held.person)
    asked = list(members_of(district_officer, "371502001", TODAY))

    found = last_courses(asked, district_officer, TODAY)

    assert {who for who, _ in found} == {one.who for one in asked}
    assert len(asked) == 1


# in post since, day of a course that counts; asked this year, trained this year
YEARS = [
    (date(2022, 1, 10), date(2024, 5, 8), (1, 0)),
    (date(2022, 1, 10), date(2026, 5, 8), (1, 1)),
    (date(2022, 1, 10), date(2025, 5, 8), (0, 0)),
    (date(2026, 3, 2), date(2026, 5, 8), (0, 0)),
]


@pytest.mark.parametrize(("since", "ended", "counted"), YEARS)
def test_year_then_counts_whom_the_courses_before_it_left_due(
    opinions: Community, clerk: User, since: date, ended: date, counted: tuple[int, int]
) -> None:
    trained(make_appointment(opinions, "member", valid_from=since), "district", ended)

    total = sum_of(due_lines(clerk, "371502001", TODAY), "371502001", "古楼街道")

    assert (total.this_year, total.done) == counted
    assert total.share == (100 * counted[1] if counted[0] else None)


# in post since, last course; new in the term that runs from 2026-03-01
NEWS = [
    (date(2026, 3, 1), None, True),
    (date(2026, 3, 1), date(2026, 5, 8), False),
    (date(2025, 3, 1), None, False),
]


@pytest.mark.parametrize(("since", "ended", "new"), NEWS)
def test_member_of_the_term_that_runs_then_new_until_trained(
    opinions: Community, clerk: User, since: date, ended: date | None, new: bool
) -> None:
    make_election(
        opinions, state="done", mode="direct", held_on=date(2026, 2, 20),
        term_from=date(2026, 3, 1), term_until=date(2031, 3, 1),
    )  # fmt: skip
    held = make_appointment(opinions, "member", valid_from=since)
    if ended:
        trained(held, "district", ended)

    (line,) = due_lines(clerk, "371502001", TODAY)

    assert line.new is new


def test_workbench_then_counts_what_waits(
    opinions: Community, clerk: User, administrator: User
) -> None:
    make_appointment(opinions, "deputy")
    make_appointment(opinions, "director", valid_from=date(2026, 3, 2))

    found = training_due(clerk, TODAY)

    assert found is not None
    assert (found.overdue, found.due, found.first) == (1, 1, date(2023, 12, 31))
    assert training_due(administrator, TODAY) is None


def queries_of_due(user: User) -> int:
    with CaptureQueriesContext(connection) as asked:
        due_lines(user, "371502001", TODAY)
    return len(asked)


def test_due_list_asks_as_many_queries_for_30_people_as_for_one(
    opinions: Community, clerk: User
) -> None:
    make_appointment(opinions, "member")
    queries_of_due(clerk)
    few = queries_of_due(clerk)
    for _ in range(29):
        make_appointment(opinions, "member")

    assert queries_of_due(clerk) == few
