"""Communities that are there again, or made of new housing, with their households."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import User
from communities.models import AnnualFacts, Community, Estate, Grid, Lineage
from communities.selectors.before_after import Cell
from communities.services.before_after import before_after
from communities.services.facts_flow import ADDITIVE
from communities.services.plans import Flow, Plan
from tests.change_acts import EFFECTIVE, applied, begins, goes_on, make_plan, mistakes, now
from tests.factories import make_community, make_facts

pytestmark = pytest.mark.django_db

A, B, C, NEW = "371502001014", "371502001001", "371502001002", "371502001009"
ABOLISHED = date(2027, 2, 1)
LAND = {"area_km2": Decimal("0.4608"), "boundary_east": "海源路", "boundary_west": "徒骇河"}
KEPT = {
    "kind": "old",
    "area_kind": "old",
    "urban_rural_class": "111",
    "credit_code": "",
    "address": "海源路1号",
    "tags": ["示范社区"],
}


def haiyuan() -> Community:
    return make_community(A, "海源社区居委会", **LAND, **KEPT)


def heirs() -> tuple[Community, Community]:
    return make_community(B, "望湖社区居委会"), make_community(C, "汇金社区居委会")


def abolished() -> tuple[Community, Community, Community]:
    """海源 with 1,152 households was abolished: 望湖 got 152 of them, 汇金 1,000."""
    ended, (one, other) = haiyuan(), heirs()
    for community, households in ((ended, 1152), (one, 2000), (other, 3000)):
        make_facts(community, 2027, households=households)
    here, there = f"c{one.pk}", f"c{other.pk}"
    flows = {(ended, here): 152, (ended, there): 1000, (one, here): 2000, (other, there): 3000}
    plan = make_plan([ended, one, other], [goes_on(one), goes_on(other)], flows)
    applied("abolish", plan, ABOLISHED)
    return now(ended), now(one), now(other)


def giving_back(ended: Community, one: Community, other: Community) -> Plan:
    """What 望湖 and 汇金 got goes back, with an estate and a grid of 汇金."""
    here, there = f"c{one.pk}", f"c{other.pk}"
    return make_plan(
        [ended, one, other],
        [goes_on(one), goes_on(other), begins(A, ended.name)],
        {(one, here): 2000, (one, "s1"): 152, (other, there): 3000, (other, "s1"): 1000},
        estates={Estate.objects.create(community=other, code=C, name="海源小区").pk: "s1"},
        grids={Grid.objects.create(community=other, code=C, name="第一网格").pk: "s1"},
    )


def facts() -> dict[str, tuple[int | None, str, bool]]:
    """Households, status and mark of the communities that are there, by code."""
    rows = AnnualFacts.objects.filter(year=2027, community__valid_until__isnull=True)
    return {
        code: tuple(rest)
        for code, *rest in rows.values_list("code", "households", "status", "is_demo")
    }


def test_reopen_takes_back_households_parts_and_the_register(district_officer: User) -> None:
    ended, one, other = abolished()
    plan = giving_back(ended, one, other)
    assert mistakes(district_officer, "reopen", plan) == []

    act = applied("reopen", plan)

    new = Community.objects.get(code=A, valid_until=None)
    assert {name: getattr(new, name) for name in LAND | KEPT} == LAND | KEPT
    assert (new.name, new.valid_from, new.set_up_on) == ("海源社区居委会", EFFECTIVE, EFFECTIVE)
    assert {code: row[0] for code, row in facts().items()} == {A: 1152, B: 2000, C: 3000}
    assert Estate.objects.get().community_id == Grid.objects.get().community_id == new.pk
    assert now(ended).valid_until == ABOLISHED
    rows = Lineage.objects.filter(act=act, relation="successor").order_by("pk")
    assert list(rows.values_list("community", "other", "households")) == [
        (ended.pk, new.pk, None),
        (one.pk, new.pk, 152),
        (other.pk, new.pk, 1000),
    ]


def test_reopen_with_what_the_plan_writes_then_that(district_officer: User) -> None:
    ended = make_community(A, "海源社区居委会", valid_until=ABOLISHED, **LAND)
    sides = {"boundary_east": "新路", "boundary_west": ""}
    new = begins(NEW, ended.name, area_km2=Decimal("0.5"), boundaries=sides, households=0)

    applied("reopen", make_plan([ended], [new]))

    made = Community.objects.get(code=NEW)
    assert (made.area_km2, made.boundary_east, made.boundary_west) == (
        Decimal("0.5"),
        "新路",
        "徒骇河",
    )


@pytest.mark.parametrize("kind", ["establish", "reopen"])
def test_new_housing_then_a_draft_of_the_year_with_the_households(kind: str) -> None:
    ended = make_community(A, "海源社区居委会", valid_until=ABOLISHED, is_demo=True)
    plan = make_plan([ended] if kind == "reopen" else [], [begins(NEW, ended.name, households=800)])

    applied(kind, plan)

    row = AnnualFacts.objects.get()
    assert (row.year, row.households, row.status, row.is_demo) == (2027, 800, "draft", False)
    assert (row.code, row.street_code, row.district_code, row.city_code) == (
        NEW,
        "371502001",
        "371502",
        "3715",
    )
    assert {getattr(row, name) for name in ADDITIVE if name != "households"} == {None}


def test_new_housing_beside_households_of_others_then_both() -> None:
    one, _ = heirs()
    make_facts(one, 2027, households=2000, population_resident=5000, party_members_in_post=20)
    flows = {(one, f"c{one.pk}"): 1700, (one, "s1"): 300}
    new = begins(NEW, "光岳社区居委会", households=500)

    applied("establish", make_plan([one], [goes_on(one), new], flows))

    assert {code: row[0] for code, row in facts().items()} == {B: 1700, NEW: 800}
    # how many people live in the new housing is not known; 20 × 300 ÷ 2,000 = 3
    row = AnnualFacts.objects.get(code=NEW)
    assert (row.population_resident, row.party_members_in_post) == (None, 3)


def test_new_housing_beside_communities_that_give_nothing_then_it_alone() -> None:
    one, _ = heirs()
    make_facts(one, 2027, households=2000, population_resident=5000)
    flows = {(one, f"c{one.pk}"): 2000, (one, "s1"): 0}
    new = begins(NEW, "光岳社区居委会", households=500)

    applied("establish", make_plan([one], [goes_on(one), new], flows))

    assert facts()[NEW] == (500, "draft", False)
    assert {row.code: row.population_resident for row in AnnualFacts.objects.all()} == {
        B: 5000,
        NEW: None,
    }


def test_new_housing_beside_unreported_households_then_unknown() -> None:
    one, _ = heirs()
    make_facts(one, 2027, households=None)
    flows = {(one, f"c{one.pk}"): 1, (one, "s1"): 1}
    new = begins(NEW, "光岳社区居委会", households=500)

    applied("establish", make_plan([one], [goes_on(one), new], flows))

    assert {code: row[0] for code, row in facts().items()} == {B: None, NEW: None}


def test_new_community_without_households_then_said(district_officer: User) -> None:
    one, _ = heirs()
    ended = make_community(A, "海源社区居委会", valid_until=ABOLISHED)
    make_facts(one, 2027, households=5)
    new = begins(NEW, "光岳社区居委会")
    nothing = {(one, f"c{one.pk}"): 5, (one, "s1"): 0}
    words = "没有写户数。从现有社区划出户数，或填新建住房户数，没有住户的填0"

    for kind, plan in (
        ("establish", make_plan([], [new])),
        ("establish", make_plan([one], [goes_on(one), new], nothing)),
        ("reopen", make_plan([ended], [new])),
    ):
        assert mistakes(district_officer, kind, plan) == [("successor:s1", words)]


def test_new_housing_that_cannot_be_then_said(district_officer: User) -> None:
    one, _ = heirs()
    below = begins(NEW, "光岳社区居委会", households=-1)
    renaming = goes_on(one, name="光岳社区居委会", households=5)

    assert mistakes(district_officer, "establish", make_plan([], [below])) == [
        ("successor:s1", "新建住房-1户不对。填0到99999999之间的整数")
    ]
    assert mistakes(district_officer, "rename", make_plan([one], [renaming])) == [
        (f"successor:c{one.pk}", "更名不新增户数。去掉新建住房的5户")
    ]


def test_reopening_two_at_once_or_flows_of_the_ended_one_then_said(district_officer: User) -> None:
    ended = make_community(A, "海源社区居委会", valid_until=ABOLISHED)
    other = make_community(B, "望湖社区居委会", valid_until=ABOLISHED)
    new = begins(NEW, "光岳社区居委会", households=5)
    flowing = Plan((ended.pk,), (new,), (Flow(ended.pk, "s1", 5),))

    assert mistakes(district_officer, "reopen", make_plan([ended, other], [new])) == [
        ("communities", "恢复每次办一个已停用的社区，现在选了2个。只选一个")
    ]
    assert mistakes(district_officer, "reopen", flowing) == [
        ("flows", "有户数划出或划入的社区不在这项变更里。去掉这些户数")
    ]


def test_table_of_a_reopening_then_the_ended_one_counts_for_nothing(
    district_officer: User,
) -> None:
    ended, one, other = abolished()
    plan = giving_back(ended, one, other)

    table = before_after(district_officer, plan, "reopen", EFFECTIVE)

    assert [(line.note, line.cells["households"]) for line in table.before] == [
        ("延续", Cell(Decimal(2152))),
        ("延续", Cell(Decimal(4000))),
        ("已停用", Cell(None, "已停用")),
    ]
    assert (
        table.total_before["households"] == table.total_after["households"] == Cell(Decimal(6152))
    )
    assert table.balanced["households"] is True


def test_table_of_new_housing_then_it_is_said_and_balances(district_officer: User) -> None:
    make_community(B)
    plan = make_plan([], [begins(NEW, "光岳社区居委会", households=800, area_km2=Decimal("0.5"))])

    table = before_after(district_officer, plan, "establish", EFFECTIVE)

    assert table.after[0].cells["households"] == Cell(Decimal(800))
    assert (table.balanced["households"], table.balanced["area_km2"]) == (True, None)
    assert table.notes == ("光岳社区居委会的核定户数含新建住房800户，原来不属于任何社区",)
