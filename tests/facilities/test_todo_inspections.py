"""工作台: what inspections and defaults ask of whom, with days left and fixed queries."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from collection.selectors.todo_lines import Todo
from facilities.selectors.todo_defaults import default_todos
from facilities.selectors.todo_inspections import inspection_todos
from tests.factories import make_community, make_user
from tests.space_factories import (
    AT,
    make_default,
    make_hall_check,
    make_inspection,
    make_notice,
    make_order,
    make_premises,
    make_project,
    make_room,
)

ON = date(2026, 11, 22)


def told(todos: Any) -> list[tuple[str, date | None, int | None]]:
    return [(one.name, one.due, one.left_days) for one in todos]


@pytest.fixture
def centre(db: None) -> Any:
    made = make_premises(make_community())
    make_room(made, "hall", "80")
    return made


@pytest.fixture
def busy(centre: Any, clerk: User) -> None:
    """An order that is late, one that is due, one reported; a stop without an order."""
    make_order(make_inspection(centre, "vacant"))
    make_order(make_inspection(centre, "vacant"), deadline=date(2026, 12, 6))
    make_order(make_inspection(centre, "vacant"), deadline=date(2026, 12, 7))
    reported = make_order(make_inspection(centre, "vacant"))
    reported.state, reported.put_right_on, reported.reported_by = "reported", ON, clerk
    reported.save()
    make_inspection(centre, "misused", room=make_room(centre, "activity", "50"))


def test_inspections_then_the_clerk_is_told_what_is_due(busy: None, clerk: User) -> None:
    assert told(inspection_todos(clerk, ON)) == [
        ("1件整改通知已逾期", date(2026, 10, 31), -22),
        ("1件整改通知快到期限", date(2026, 12, 6), 14),
        ("1处服务大厅今年没有检查", date(2026, 12, 31), 39),
    ]


def test_inspections_then_the_reviewer_looks_over_and_issues(busy: None, reviewer: User) -> None:
    names = [one.name for one in inspection_todos(reviewer, ON)]

    assert names[2:4] == ["1件整改待复查", "1处停计没有整改通知"]


def test_own_report_or_ended_room_or_checked_hall_then_nothing(centre: Any, reviewer: User) -> None:
    order = make_order(make_inspection(centre, "vacant"))
    order.state, order.put_right_on, order.reported_by = "reported", ON, reviewer
    order.save()
    ended = make_room(centre, "work", "50", valid_until=date(2026, 11, 22))
    make_inspection(centre, "occupied", room=ended)
    make_hall_check(centre, date(2026, 1, 1))

    assert list(inspection_todos(reviewer, ON)) == []


def test_inspections_elsewhere_or_of_wide_offices_then_nothing(
    busy: None, clerk_elsewhere: User
) -> None:
    province = make_user("auditor", "37")

    assert list(inspection_todos(clerk_elsewhere, ON)) == []
    assert list(inspection_todos(province, ON)) == []


def test_defaults_then_the_office_tells_departments_and_asks_again(
    db: None, district_officer: User, clerk: User
) -> None:
    silent, told_of = make_default(make_project()), make_default(make_project(name="南苑"))
    make_notice(told_of, issued_on=date(2026, 10, 22))
    make_notice(told_of, doc_no="甲〔2026〕9号", issued_on=date(2026, 10, 23))
    make_notice(
        silent, withdrawn_at=AT, withdrawn_by=district_officer, withdrawn_because="文号写错"
    )

    names = [one.name for one in default_todos(district_officer, ON)]

    assert names == ["1件违约没有发告知函", "1件告知函没有回复"]
    assert list(default_todos(clerk, ON)) == []


def test_todos_then_three_queries_and_two(busy: None, district_officer: User) -> None:
    make_default(make_project())
    district_officer.has_perm("facilities.issue_notice")

    def asked(todos: Any) -> tuple[int, list[Todo]]:
        with CaptureQueriesContext(connection) as queries:
            found = list(todos)
        return len(queries), found

    assert asked(inspection_todos(district_officer, ON))[0] == 3
    assert asked(default_todos(district_officer, ON))[0] == 2
