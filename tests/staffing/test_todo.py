"""待办 of staff: one line for each thing to do, only what the person may do."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from collection.selectors.todo_lines import Todo
from staffing.models import Person
from staffing.selectors.todo import staff_todos
from tests.factories import make_community, make_user
from tests.queries import FRAME
from tests.staff_factories import (
    IDENTITY_NUMBERS,
    make_act,
    make_appointment,
    make_award,
    make_certificate,
    make_election,
    make_election_round,
    make_extra_workers,
    make_pay_record,
    make_person,
    make_quota_plan,
)
from tests.staffing.test_pay import adopt

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
HERE, THERE = "371502001001", "371502002001"


def one_of(user: User) -> list[tuple[str, str, str]]:
    """What the lines say: name, hint, status."""
    return [(one.name, one.hint, one.status) for one in staff_todos(user, ON)]


def someone(**overrides: Any) -> Person:
    number = overrides.pop("identity_number", IDENTITY_NUMBERS[0])
    return make_person(identity_number=number, **overrides)


# ── what was entered or proposed ──


def test_acts_then_for_whoever_may_look_over_but_not_the_maker(
    reviewer: User, clerk: User, district_officer: User, city_officer: User, auditor: User
) -> None:
    community = make_community(HERE)
    made = datetime(2026, 10, 21, 17, 0, tzinfo=UTC)  # the 22nd in China
    make_act(someone(), community, made_by=district_officer, made_at=made)

    line = ("1件人员变动待核对", "最早一件登记了31天，对照材料核对", "待核对")
    assert one_of(reviewer) == [line]
    assert one_of(city_officer) == [line]
    assert [one_of(user) for user in (district_officer, clerk, auditor)] == [[], [], []]
    (todo,) = staff_todos(reviewer, ON)
    assert (todo.url, todo.tag) == ("/staff/acts/?state=mine", "bad")
    assert staff_todos(reviewer, ON - timedelta(days=1))[0].tag == "warn"


def test_acts_that_are_looked_over_or_follow_then_none(reviewer: User, clerk: User) -> None:
    community = make_community(HERE)
    person = someone()
    make_act(person, community, made_by=clerk, checked_by=reviewer, checked_at=datetime.now(UTC))
    make_act(person, community, kind="follow", made_by=clerk)

    assert one_of(reviewer) == []


def test_quota_then_for_its_decider_and_returned_for_its_district(
    district_officer: User, city_officer: User, clerk: User
) -> None:
    make_quota_plan("371502", state="proposed", total=30, made_by=district_officer)

    assert one_of(city_officer) == [("2026年名额分配待批准", "总量30人", "待批准")]
    assert [one_of(user) for user in (district_officer, clerk)] == [[], []]


def test_quota_that_was_returned_then_for_its_district(
    district_officer: User, city_officer: User
) -> None:
    make_quota_plan(
        "371502", state="returned", made_by=district_officer, decided_by=city_officer,
        decided_at=datetime.now(UTC), decision="总量偏高",
    )  # fmt: skip

    (todo,) = staff_todos(district_officer, ON)
    assert (todo.name, todo.url, todo.hint) == (
        "修改2026年名额分配",
        "/staff/quotas/371502/2026/",
        "退回：总量偏高",
    )
    assert one_of(city_officer) == []


def test_increases_and_awards_then_for_whoever_decides(
    clerk: User, district_officer: User, reviewer: User
) -> None:
    community = make_community(HERE)
    make_extra_workers(community, made_by=clerk)
    make_extra_workers(community, year=2025, made_by=clerk, state="revoked")
    make_award(someone(), community, made_by=clerk)

    assert [(one.name, one.url) for one in staff_todos(district_officer, ON)] == [
        ("1件增配申请待批准", "/staff/extra/?state=proposed"),
        ("1项奖励待批准", "/staff/awards/?state=proposed"),
    ]
    assert [one_of(user) for user in (clerk, reviewer)] == [[], []]


# ── what is wrong or due ──


def test_pay_in_doubt_then_money_first_for_those_who_see_both(
    clerk: User, district_officer: User
) -> None:
    here, there = make_community(HERE), make_community(THERE, "柳园社区居委会")
    first = someone()
    make_appointment(here, "worker", first)
    second = make_person(THERE[:9], identity_number=IDENTITY_NUMBERS[0])
    make_appointment(there, "worker", second)
    left = make_person(identity_number=IDENTITY_NUMBERS[1], name="李强")
    make_appointment(here, "worker", left, valid_until=date(2026, 3, 16))
    make_pay_record(left, here, last_month=6)
    make_appointment(here, "member", make_person(name="赵敏"))

    assert one_of(district_officer) == [
        (
            "2条报酬疑点待核实",
            "同一人在两个社区领报酬1条，没有任职仍有实发1条",
            "待核实",
        ),
        ("1名在岗人员没有证件号码", "补登记以后，跨街道重复任职才查得出", "待补登"),
    ]
    # another street's file is not the clerk's to see
    assert one_of(clerk)[0][:2] == ("1条报酬疑点待核实", "没有任职仍有实发1条")


@pytest.mark.parametrize(
    ("days", "line"),
    [
        (-1, ("1份证书到期", "已过期1份", "已过期")),
        (0, ("1份证书到期", "90天内到期1份", "将到期")),
        (90, ("1份证书到期", "90天内到期1份", "将到期")),
        (91, None),
    ],
)
def test_certificates_then_from_90_days_before_their_last_day(
    clerk: User, days: int, line: tuple[str, str, str] | None
) -> None:
    person = someone()
    make_appointment(make_community(HERE), "worker", person)
    make_certificate(person, expires_on=ON + timedelta(days=days))

    assert one_of(clerk) == ([line] if line else [])


def elected(until: date) -> dict[str, Any]:
    since = date(2021, 12, 10)
    return {"state": "done", "mode": "direct", "held_on": since, "term_from": since,
            "term_until": until}  # fmt: skip


def test_terms_then_what_is_over_and_what_ends_within_a_year(clerk: User, auditor: User) -> None:
    make_election(make_community(HERE), **elected(ON - timedelta(days=1)))
    make_election(
        make_community("371502001002", "湖南社区居委会"), **elected(ON + timedelta(days=18))
    )

    over, soon = staff_todos(clerk, ON)
    assert (over.name, over.url, over.tag) == (
        "1个居委会任期已届满",
        "/elections/?state=overdue",
        "bad",
    )
    assert (soon.name, soon.url) == ("1个居委会一年内届满", "/elections/?state=due")
    assert staff_todos(auditor, ON) == []


def test_term_that_ends_then_the_days_left(clerk: User) -> None:
    make_election(make_community(HERE), **elected(ON + timedelta(days=18)))

    (todo,) = staff_todos(clerk, ON)

    assert (todo.due, todo.left_days, todo.tag) == (date(2026, 12, 10), 18, "warn")


@pytest.mark.parametrize(("left", "status"), [(9, "进行中"), (-1, "已过期")])
def test_round_under_way_then_what_is_left_of_it(
    clerk: User, district_officer: User, left: int, status: str
) -> None:
    community = make_community(HERE)
    closes = ON + timedelta(days=left)
    one = make_election_round(closes_on=closes, made_by=district_officer)
    make_election(community, round=one)
    make_election(community, **elected(ON + timedelta(days=18)))

    # what the round does is not said twice
    assert staff_todos(clerk, ON) == [
        Todo(
            "1个社区换届没有完成", "/elections/", "登记进展到公布结果", status,
            "bad" if left < 0 else "plain", closes, left,
        )
    ]  # fmt: skip
    assert staff_todos(district_officer, ON)[0].hint == "看各街道进度，催办落后的街道"


def test_training_then_members_who_are_due(district_officer: User, auditor: User) -> None:
    adopt("city-opinions-2013", "3715")
    make_appointment(make_community(HERE), "director", someone(), valid_from=date(2024, 5, 1))

    (todo,) = staff_todos(district_officer, ON)

    assert (todo.name, todo.hint, todo.status, todo.url) == (
        "1名成员应训",
        "逾期1人",
        "逾期",
        "/training/due/",
    )
    assert staff_todos(auditor, ON) == []


# ── who sees what, and how much is asked ──


def test_todos_of_wide_offices_and_of_those_without_rights_then_none(
    administrator: User, district_finance: User, district_officer: User
) -> None:
    community = make_community(HERE)
    make_extra_workers(community, made_by=make_user(username="asks"))
    province = make_user("city_officer", "37", username="province")

    assert [staff_todos(user, ON) for user in (administrator, district_finance, province)] == [
        [], [], [],
    ]  # fmt: skip
    assert len(staff_todos(district_officer, ON)) == 1


@pytest.mark.parametrize("count", [1, 30])
def test_todos_then_the_same_queries_for_one_community_and_for_thirty(
    district_officer: User, clerk: User, count: int
) -> None:
    for number in range(1, count + 1):
        community = make_community(f"371502001{number:03}", f"第{number}社区居委会")
        person = make_person(name=f"王{number}")
        make_appointment(community, "director", person)
        make_certificate(person, expires_on=ON)
        make_act(person, community, made_by=clerk)
        make_extra_workers(community, made_by=clerk)
        make_election(community, **elected(ON))

    staff_todos(district_officer, ON)  # the texts in force are kept from then on
    with CaptureQueriesContext(connection) as asked:
        assert len(staff_todos(district_officer, ON)) == 5
    assert sum(not one["sql"].strip().startswith(FRAME) for one in asked.captured_queries) == 16
