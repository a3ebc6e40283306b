"""Premises go where their communities go: passed on, shared, divided over streets; days of before
stay as they were.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.scope import scope
from communities.models import Community, Estate
from facilities.models import (
    CorrectionOrder,
    Gate,
    Inspection,
    Premises,
    Project,
    Room,
    Share,
    SpaceMeasure,
    SpacePlan,
    SpacePool,
    SpacePoolLine,
)
from facilities.selectors.areas import areas_of
from facilities.services.following_codes import follow_codes
from facilities.services.plans_steps import approve, propose
from tests.change_acts import (
    AT,
    EFFECTIVE,
    A,
    applied,
    begins,
    goes_on,
    make_plan,
    merging,
    pair,
)
from tests.factories import make_community, make_divisions_above, make_user
from tests.space_factories import (
    make_measure,
    make_premises,
    make_project,
    make_room,
    make_share,
    maker,
)
from tests.space_factories import make_plan as make_plan_of_space

pytestmark = pytest.mark.django_db
NEW, THIRD = "371502001009", "371502001003"
STREET, ELSEWHERE = "371502001", "371502002"
FAR = "371502002001"
EVE = EFFECTIVE - timedelta(days=1)
LATER = date(2027, 9, 1)
BEGUN = date(2020, 6, 1)


def shares_of(premises: Premises) -> list[tuple[str, int, date | None, date | None]]:
    rows = Share.objects.filter(premises=premises).order_by("code", "valid_from")
    return list(rows.values_list("code", "parts", "valid_from", "valid_until"))


def total(on: date, communities: list[int] | None = None) -> int:
    """Hundredths of all uses that all communities have on a day."""
    keys = communities or list(Community.objects.values_list("pk", flat=True))
    uses = ("work", "hall", "activity", "property", "other")
    return sum(one.of(uses) for one in areas_of(keys, on).values())


def strays() -> list[Any]:
    """Rows whose code is not that of their community, or not of their premises' street."""
    found: list[Any] = [
        row for model in (Premises, Room, Share, Inspection, CorrectionOrder, SpaceMeasure)
        for row in model.objects.select_related("community")
        if row.code != row.community.code
    ]  # fmt: skip
    shares = Share.objects.select_related("premises")
    return found + [row for row in shares if row.code[:9] != row.premises.code[:9]]


def test_merge_then_the_shares_become_one_and_the_record_follows() -> None:
    one, other = pair()
    premises = make_premises(one, total_parts=3)
    make_share(premises, other, 2)
    room = make_room(premises, "work", "300.01")
    before = total(EVE)

    applied("merge", merging([one, other], begins(NEW, "光岳社区居委会"), [1, 2]))

    premises.refresh_from_db()
    room.refresh_from_db()
    assert (premises.code, room.code) == (NEW, NEW)
    assert shares_of(premises) == [
        (A, 1, date(2020, 6, 1), EFFECTIVE),
        ("371502001002", 2, date(2020, 6, 1), EFFECTIVE),
        (NEW, 3, EFFECTIVE, None),
    ]
    assert (before, total(EVE), total(EFFECTIVE)) == (30001, 30001, 30001)
    assert strays() == []


def test_merge_into_a_sharer_then_its_share_grows_from_the_day() -> None:
    one, other = pair()
    premises = make_premises(one, total_parts=3)
    make_share(premises, other, 2, valid_until=LATER)

    applied("merge", merging([one, other], goes_on(one), [1, 2]))

    assert shares_of(premises) == [
        (A, 1, date(2020, 6, 1), EFFECTIVE),
        (A, 3, EFFECTIVE, LATER),
        (A, 1, LATER, None),
        ("371502001002", 2, date(2020, 6, 1), EFFECTIVE),
    ]


def test_premises_that_ended_before_then_stay_as_they_were() -> None:
    one, other = pair()
    premises = make_premises(one, valid_until=EVE)

    applied("merge", merging([one, other], begins(NEW, "光岳社区居委会"), [1, 2]))

    premises.refresh_from_db()
    assert premises.code == A
    assert shares_of(premises) == [(A, 1, date(2020, 6, 1), None)]


def test_merge_of_two_premises_of_one_name_then_one_says_whose_it_was() -> None:
    one, other = pair()
    make_premises(one)
    make_premises(other)

    applied("merge", merging([one, other], begins(NEW, "光岳社区居委会"), [1, 2]))

    names = Premises.objects.filter(code=NEW).order_by("pk").values_list("name", flat=True)
    assert list(names) == ["党群服务中心", "党群服务中心（原湖南社区）"]


def test_abolish_without_receiver_then_rows_stay_and_serve_nobody() -> None:
    one = make_community(A)
    premises = make_premises(one)
    make_room(premises)

    applied("abolish", make_plan([one], []))

    premises.refresh_from_db()
    assert (premises.code, premises.valid_until) == (A, None)
    assert shares_of(premises) == [(A, 1, date(2020, 6, 1), EFFECTIVE)]
    assert (total(EVE), total(EFFECTIVE)) == (30000, 0)


def test_abolish_of_the_keeper_then_who_has_most_parts_keeps_the_record() -> None:
    one, other = pair()
    premises = make_premises(one, total_parts=2)
    make_share(premises, other)
    make_room(premises)

    applied("abolish", make_plan([one], []))

    premises.refresh_from_db()
    assert premises.code == other.code
    assert strays() == []


def test_split_then_premises_go_with_the_estate_that_the_plan_names() -> None:
    one = make_community(A)
    estate = Estate.objects.create(community=one, code=A, name="湖畔小区")
    there, main = make_premises(one, "湖畔用房", estate=estate), make_premises(one)
    plan = make_plan(
        [one],
        [begins(NEW, "光岳社区居委会"), begins("371502001010", "湖畔社区居委会", key="s2")],
        {(one, "s1"): 20, (one, "s2"): 10},
        estates={estate.pk: "s2"},
    )

    applied("split", plan)

    codes = dict(Premises.objects.values_list("pk", "code"))
    assert codes == {there.pk: "371502001010", main.pk: NEW}


def moved(community: Community, code: str) -> None:
    """Transfer a community to another street."""
    make_divisions_above(code)
    plan = make_plan([community], [goes_on(community, code=code)])
    applied("transfer", plan)


def test_measures_then_planned_ones_pass_once_and_done_ones_stay() -> None:
    one, other = pair()
    plan = make_space_plan()
    for community, means, more in (
        (one, "buy", {}),
        (other, "buy", {}),
        (one, "rent", {}),
        (one, "extend", {"state": "done", "done_on": EVE, "done_area_m2": 1}),
    ):
        SpaceMeasure.objects.create(
            plan=plan, community=community, code=community.code, year=2027, means=means,
            area_m2=100, **more,
        )  # fmt: skip

    applied("merge", merging([one, other], goes_on(other), [1, 2]))

    rows = SpaceMeasure.objects.order_by("pk").values_list("code", "means", "state")
    assert list(rows) == [
        (A, "buy", "dropped"),
        (other.code, "buy", "planned"),
        (other.code, "rent", "planned"),
        (A, "extend", "done"),
    ]


def test_measures_of_an_approved_plan_then_they_are_adjusted_for_the_reason_of_the_act() -> None:
    one, other = pair()
    plan = make_plan_of_space("371502", make_user("district_officer", "371502", username="plans"))
    measure = make_measure(plan, one)
    held = propose(record=plan, version=plan.version, url="/x/", by=plan.made_by, at=AT)
    by = make_user("district_officer", "371502", username="approves")
    approve(record=held, version=held.version, decision="", doc_no="", url="/x/", by=by, at=AT)

    with scope("0"):
        act = applied("merge", merging([one, other], goes_on(other), [1, 2]))

    measure.refresh_from_db()
    assert (measure.code, measure.adjusted_at) == (other.code, AT)
    event = measure.events.order_by("-pgh_id").first()
    assert event.pgh_context.metadata["reason"] == f"{act.title}（{act.decision_doc_no}）"


def make_space_plan(code: str = "371502", year: int = 2026, **more: Any) -> SpacePlan:
    values = {"title": "三年计划", "last_year": year + 2, "made_by": maker(), "made_at": AT}
    found: SpacePlan = SpacePlan.objects.create(code=code, first_year=year, **(values | more))
    return found


def test_project_of_a_transferred_community_then_it_follows_with_its_gates() -> None:
    one = make_community(A)
    project = make_project(STREET, community=one)
    Gate.objects.create(
        project=project, code=STREET, stage="planning_condition", state="passed",
        department="自然资源局", decided_on=EVE, made_by=maker(), made_at=AT,
    )  # fmt: skip

    moved(one, FAR)

    assert Project.objects.get().code == ELSEWHERE
    assert Gate.objects.get().code == ELSEWHERE


def test_project_of_a_merged_community_then_it_is_for_the_receiver() -> None:
    one, other = pair()
    make_project(STREET, community=one)

    applied("merge", merging([one, other], goes_on(other), [1, 2]))

    assert Project.objects.get().community_id == other.pk


def test_codes_that_change_places_then_projects_plans_and_pools_follow() -> None:
    streets = ("371502001", "371502002")
    districts = ("371502", "371521")
    for code in streets:
        make_project(code, developer=code)
    for code in districts:
        make_space_plan(code, title=code)
    pools = [
        SpacePool.objects.create(
            code=code, year=2026, title="用房补助", amount_yuan=1, method="weights",
            made_by=maker(), made_at=AT,
        )
        for code in ("3715", "3716")
    ]  # fmt: skip
    SpacePoolLine.objects.create(pool=pools[0], code="371502", amount_yuan=1)
    cities = ("3715", "3716")
    swap: dict[str, str] = {}
    for one, other in (streets, districts, cities):
        swap |= {one: other, other: one}

    follow_codes(swap, EFFECTIVE)

    assert dict(Project.objects.values_list("developer", "code")) == {
        "371502001": "371502002", "371502002": "371502001",
    }  # fmt: skip
    assert set(Project.objects.values_list("name", flat=True)) == {"湖畔花园"}
    plans = SpacePlan.objects.values_list("title", "code", "first_year", "last_year")
    assert set(plans) == {("371502", "371521", 2026, 2028), ("371521", "371502", 2026, 2028)}
    assert dict(SpacePool.objects.values_list("pk", "code")) == {
        pools[0].pk: "3716", pools[1].pk: "3715",
    }  # fmt: skip
    assert SpacePoolLine.objects.get().code == "371521"
