"""待办 of premises: what is gathered for the home page, and leases that end soon."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.scope import scope
from facilities.models import Contract, Premises
from facilities.selectors.todo import space_todos
from tests.conftest import Browse
from tests.factories import make_community, make_user
from tests.queries import FRAME
from tests.space_factories import make_premises

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)


def lease(premises: Premises, since: date, until: date | None) -> None:
    with scope("0"):
        Contract.objects.create(
            premises=premises, community=premises.community, code=premises.code, kind="rent",
            signed_on=since, valid_from=since, valid_until=until, monthly_rent_yuan=Decimal(1000),
        )  # fmt: skip


def rented(code: str, until: date | None, name: str = "党群服务中心") -> Premises:
    made = make_premises(make_community(code), name, acquisition="rented")
    lease(made, date(2025, 1, 1), until)
    return made


def leases(user: User) -> list[tuple[str, str, date | None, int | None]]:
    return [
        (one.name, one.url, one.due, one.left_days)
        for one in space_todos(user, ON)
        if "租赁" in one.name
    ]


def test_leases_that_end_within_90_days_then_one_line_for_whoever_registers(
    clerk: User, clerk_elsewhere: User, district_officer: User, reviewer: User
) -> None:
    rented("371502001001", date(2027, 2, 20))
    rented("371502001002", date(2027, 2, 21))
    rented("371502001003", date(2026, 11, 22))
    rented("371502001004", None)
    rented("371502002001", date(2026, 12, 1))

    url = "/premises/?flaw=lease"
    assert leases(clerk) == [("1份用房租赁合同90天内到期", url, date(2027, 2, 20), 90)]
    assert leases(clerk_elsewhere) == [("1份用房租赁合同90天内到期", url, date(2026, 12, 1), 9)]
    assert leases(district_officer) == [("2份用房租赁合同90天内到期", url, date(2026, 12, 1), 9)]
    assert leases(reviewer) == []


def test_lease_that_another_follows_or_of_ended_premises_then_none(clerk: User) -> None:
    renewed = rented("371502001001", date(2027, 1, 1))
    lease(renewed, date(2027, 1, 1), date(2028, 1, 1))
    make_premises(make_community("371502001002"), valid_until=date(2026, 12, 1))
    gone = rented("371502001003", date(2027, 1, 1))
    with scope("0"):
        Premises.objects.filter(pk=gone.pk).update(valid_until=date(2026, 12, 31))

    assert leases(clerk) == []


def test_offices_wider_than_a_city_then_nothing(auditor: User) -> None:
    rented("371502001001", date(2027, 1, 1))
    country = make_user("auditor", "0")

    with CaptureQueriesContext(connection) as asked:
        assert space_todos(country, ON) == []
    assert len(asked) == 0


@pytest.mark.parametrize("role", ["clerk", "reviewer", "district_officer", "city_officer"])
def test_queries_when_there_is_more_to_do_stay_the_same(
    role: str, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(role)
    rented("371502001001", date(2027, 1, 1))
    few = _queries(user)
    for number in range(2, 12):
        rented(f"371502001{number:03}", date(2027, 1, 1))

    assert _queries(user) == few


def _queries(user: User) -> int:
    user = User.objects.select_related("role").get(pk=user.pk)
    user.has_perm("facilities.view_premises")
    space_todos(user, ON)  # what is cached is known by now
    with CaptureQueriesContext(connection) as asked:
        space_todos(user, ON)
    return sum(not one["sql"].strip().startswith(FRAME) for one in asked.captured_queries)


def test_home_then_shows_them_among_the_others(clerk: User, browse: Browse) -> None:
    today = timezone.localdate()
    rented("371502001001", today + timedelta(days=30))

    page = browse(clerk).get("/").content.decode()

    assert "1份用房租赁合同90天内到期" in page
    assert 'href="/premises/?flaw=lease"' in page
