"""达标计划: the pages, forms and file of a plan, and who gets them."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from communities.models import Community
from facilities.models import SpacePlan
from facilities.services.plans_steps import approve, propose
from tests.conftest import Browse
from tests.factories import make_user
from tests.files import xlsx_rows
from tests.posted import errors_of, opened
from tests.queries import queries_of
from tests.space_factories import AT, make_measure, make_plan
from tests.world import GUCHENG, HUNAN, LIUYUAN, make_place, make_world, set_facts

PLANS = "/space/plans/"


def place(code: str) -> Community:
    return Community.objects.get(code=code)


@pytest.fixture
def world(db: None) -> None:
    """古城 lacks 726.10 m² and 柳园 60; 湖南 has enough; of the others nothing can be said."""
    make_world()
    set_facts(LIUYUAN, service_area_m2="80.00")


@pytest.fixture
def plan(world: None, district_officer: User) -> SpacePlan:
    """A draft of 2026–2028: 200 m² for 古城 in 2026, 600 more in 2027; nothing for 柳园."""
    made = make_plan(by=district_officer)
    make_measure(made, place(GUCHENG))
    more = {"means": "extend", "area_m2": 600, "other_yuan": Decimal("0.01")}
    make_measure(made, place(GUCHENG), year=2027, **more)
    return made


@pytest.fixture
def colleague(db: None) -> User:
    return make_user("district_officer", "371502", username="zhouping", display_name="周平")


def approved(plan: SpacePlan, by: User) -> SpacePlan:
    held = propose(record=plan, version=plan.version, url="/x/", by=plan.made_by, at=AT)
    return approve(
        record=held, version=held.version, decision="", doc_no="", url="/x/", by=by, at=AT
    )


def post(client: Client, path: str, **changes: Any) -> Any:
    return client.post(path, opened(client, path) | changes)


def test_new_then_three_years_of_the_own_district(
    world: None, district_officer: User, browse: Browse
) -> None:
    client = browse(district_officer)

    answer = post(client, f"{PLANS}new/")

    plan = SpacePlan.objects.get()
    assert answer.headers["Location"] == f"{PLANS}{plan.pk}/"
    assert (plan.code, plan.last_year - plan.first_year) == ("371502", 2)
    assert (plan.made_by, plan.makers) == (district_officer, [district_officer.pk])
    again = post(client, f"{PLANS}new/")
    assert errors_of(again) == ["这个县（市、区）已经有从这一年开始的计划。打开已有的"]


def test_draft_then_only_its_office_and_those_above_read_it(
    plan: SpacePlan, clerk: User, city_officer: User, browse: Browse, colleague: User
) -> None:
    path = f"{PLANS}{plan.pk}/"
    assert browse(clerk).get(path).status_code == 404
    assert (
        browse(make_user("district_officer", "371521", username="yanggu")).get(path).status_code
        == 404
    )
    assert browse(city_officer).get(path).status_code == 200
    approved(plan, colleague)

    page = browse(clerk).get(path)

    assert [one["line"].record.code for one in page.context["rows"]] == [GUCHENG, GUCHENG]
    assert "周平" in page.content.decode()
    assert (
        browse(make_user("street_clerk", "371502002", username="other")).get(path).context["rows"]
        == []
    )


def test_list_then_sums_without_what_was_dropped(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    make_measure(plan, place(LIUYUAN), state="dropped")
    make_plan(first_year=2020, last_year=2020)

    rows = browse(district_officer).get(PLANS).context["rows"]

    assert [(one["plan"].number, one["plan"].area, one["plan"].cost) for one in rows] == [
        (2, 800, Decimal("1200000.01")), (0, None, None),
    ]  # fmt: skip


def test_page_then_the_filter_narrows_and_says_what_it_ignored(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    client, path = browse(district_officer), f"{PLANS}{plan.pk}/"

    page = client.get(f"{path}?year=2027&state=planned&street=371502001")
    assert [one["line"].record.year for one in page.context["rows"]] == [2027]
    assert [
        one["line"].record.year for one in client.get(f"{path}?state=late").context["rows"]
    ] == [2026]
    assert "没有“x”这个年度，已不按它筛选" in client.get(f"{path}?year=x").content.decode()


def test_page_then_what_is_short_without_a_measure_is_offered(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    page = browse(district_officer).get(f"{PLANS}{plan.pk}/").content.decode()

    assert f"/space/plans/{plan.pk}/measures/new/?community={LIUYUAN}" in page
    assert f"measures/new/?community={HUNAN}" not in page


def test_steps_by_the_page_then_stale_ones_are_said(
    plan: SpacePlan, district_officer: User, colleague: User, browse: Browse
) -> None:
    client, path = browse(district_officer), f"{PLANS}{plan.pk}/"
    assert client.post(f"{path}propose/", {"version": "7"}).status_code == 409
    assert client.post(f"{path}propose/", {"version": "1"}).status_code == 302
    assert client.post(f"{path}approve/", {"version": "2"}).status_code == 409
    other = browse(colleague)
    assert other.post(f"{path}return/", {"version": "2"}).status_code == 422
    assert other.post(f"{path}approve/", {"version": "2"}).status_code == 302
    assert SpacePlan.objects.get().state == "approved"


def test_file_then_measures_and_what_is_left_out(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    answer = browse(district_officer).get(f"{PLANS}{plan.pk}/export.xlsx")

    rows = [row for row in xlsx_rows(answer.content) if str(row[0]).startswith("3715")]
    assert [(row[0], row[2], row[4], row[5]) for row in rows] == [
        (GUCHENG, "2026", 200, 600000), (GUCHENG, "2027", 600, 600000.01), (LIUYUAN, "", "", ""),
    ]  # fmt: skip
    assert rows[2][-1] == "缺60.00㎡，没有安排补齐"


def test_pages_then_queries_are_fixed(
    plan: SpacePlan, district_officer: User, colleague: User, browse: Browse
) -> None:
    approved(plan, colleague)
    client = browse(district_officer)
    paths = (PLANS, f"{PLANS}{plan.pk}/", f"{PLANS}{plan.pk}/export.xlsx")
    for path in paths:
        queries_of(client, path)
    few = [queries_of(client, path) for path in paths]
    for number in range(30):
        community = make_place(f"3715020029{number:02}", households=900)
        make_measure(plan, community)
        make_plan(first_year=1980 + number, last_year=1980 + number)
    for path in paths:
        queries_of(client, path)

    assert [queries_of(client, path) for path in paths] == few
