"""小区: the list with sums, the card, and what the form asks across its fields."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from communities.models import Community, Estate
from communities.selectors.estates import (
    Body,
    estate_row,
    estate_rows,
    estate_sums,
    occupancy_of,
)
from communities.selectors.parts import Check, Sum
from tests.conftest import Browse
from tests.factories import (
    make_building,
    make_community,
    make_estate,
    make_facts,
    make_meeting,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
PAGE = "/communities/371502001001/"
ADD = f"{PAGE}estates/add/"


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def desk(browse: Browse, clerk: User, community: Community) -> Client:
    return browse(clerk)


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return {name: list(said) for name, said in answer.context["form"].errors.items()}


# ── figures ──


@pytest.mark.parametrize(
    ("occupied", "completed", "percent"),
    [
        (316, 500, Fraction(632, 10)),
        (1, 3, Fraction(100, 3)),
        (0, 5, Fraction(0)),
        (5, 5, Fraction(100)),
        (0, 0, None),
        (None, 5, None),
        (5, None, None),
    ],
)
def test_occupancy_then_exact_or_not_known(
    occupied: int | None, completed: int | None, percent: Fraction | None
) -> None:
    assert occupancy_of(occupied, completed) == percent


def test_sums_then_exact_without_ended_ones_and_missing_is_counted(
    clerk: User, community: Community
) -> None:
    make_estate(
        community,
        "甲",
        building_count=3,
        gross_floor_area_m2=Decimal("1000.10"),
        dwellings=100,
        completed_dwellings=80,
        occupied_dwellings=40,
        households=90,
    )
    make_estate(
        community,
        "乙",
        building_count=2,
        gross_floor_area_m2=Decimal("0.25"),
        completed_dwellings=20,
        occupied_dwellings=20,
    )
    make_estate(community, "丙", completed_dwellings=900)
    make_estate(community, "丁", households=5000, valid_until=date(2026, 1, 1))

    sums = estate_sums(estate_rows(clerk, community, TODAY))

    assert (sums.count, sums.building_count, sums.households) == (3, Sum(5, 1), Sum(90, 2))
    assert sums.gross_floor_area_m2 == Sum(Decimal("1000.35"), 1)
    assert (sums.dwellings, sums.completed_dwellings) == (Sum(100, 2), Sum(1000, 0))
    # 丙 has no occupied dwellings reported: 60 of 100, not of 1,000
    assert sums.occupancy == Fraction(60)


def test_sums_of_no_estates_then_not_known() -> None:
    sums = estate_sums([])

    assert (sums.count, sums.households, sums.occupancy) == (0, Sum(None, 0), None)


@pytest.mark.parametrize(
    ("management", "name", "body"),
    [
        ("company", "甲物业", Body("物业", True, "甲物业")),
        ("company", "", Body("物业", True, "企业")),
        ("association", "", Body("物业", True, "协会")),
        ("none", "", Body("物业", False)),
        ("", "", Body("物业", None)),
    ],
)
def test_bodies_then_there_not_there_or_not_said(
    community: Community, management: str, name: str, body: Body
) -> None:
    estate = make_estate(
        community, management=management, management_name=name, has_party_branch=True,
        has_residents_group=False,
    )  # fmt: skip

    assert estate_row(estate, TODAY).bodies == (
        Body("小区党支部", True),
        Body("居民小组", False),
        Body("业主委员会", None),
        body,
    )
    assert [one.state for one in estate_row(estate, TODAY).bodies][:3] == ["有", "无", "未填"]


# ── the list ──


def test_list_then_rates_with_one_decimal_and_a_dash_for_what_is_not_known(
    desk: Client, community: Community
) -> None:
    make_estate(community, "甲", completed_dwellings=500, occupied_dwellings=316)
    make_estate(community, "乙")

    page = desk.get(f"{PAGE}estates/")

    assert [row.name for row in page.context["page"]] == ["乙", "甲"]
    assert page.content.decode().count("63.2%") == 2
    assert "2个</small>" in page.content.decode()


def test_list_then_households_are_compared_with_the_latest_facts(
    desk: Client, community: Community
) -> None:
    make_facts(community, 2025, households=999)
    make_facts(community, 2026, households=2847)
    make_facts(community, 2027, households=None)
    make_estate(community, "甲", households=2000)
    make_estate(community, "乙", households=800)
    make_estate(community, "丙")

    page = desk.get(f"{PAGE}estates/")

    assert page.context["checks"] == [
        Check(False, "户数", "各小区合计", 2800, "2026年核定户数", 2847, "户", 47)
    ]
    assert "各小区合计2,800户 ≠ 2026年核定户数2,847户，差47户" in page.content.decode()
    assert "1个小区没有填户数，合计不含这些小区" in page.content.decode()


def test_list_when_empty_then_says_what_to_do_next(desk: Client) -> None:
    page = desk.get(f"{PAGE}estates/").content.decode()

    assert "还没有登记小区" in page
    assert f'<a class="btn primary" href="{ADD}">登记小区</a>' in page


def test_list_then_the_same_queries_for_1_and_30_rows(desk: Client, community: Community) -> None:
    make_estate(community, "0")
    desk.get(f"{PAGE}estates/")
    one = queries_of(desk, f"{PAGE}estates/")
    for number in range(1, 30):
        make_estate(community, str(number))

    assert queries_of(desk, f"{PAGE}estates/") == one


def test_list_then_50_rows_a_page_and_the_totals_of_all(desk: Client, community: Community) -> None:
    Estate.objects.bulk_create(
        Estate(community=community, code=community.code, name=f"{number:03}", households=1)
        for number in range(51)
    )

    second = desk.get(f"{PAGE}estates/?page=2")

    assert [row.name for row in second.context["page"]] == ["050"]
    assert second.context["sums"].households == Sum(51, 0)


# ── the card ──


def test_card_then_buildings_add_up_and_differences_are_said(
    desk: Client, community: Community
) -> None:
    estate = make_estate(community, households=100, building_count=3)
    make_building(estate, "10号楼", households=36)
    make_building(estate, "9号楼", households=40)
    make_building(estate, "1号楼", households=99, valid_until=date(2026, 1, 1))

    page = desk.get(f"{PAGE}estates/{estate.pk}/")

    assert [row.name for row in page.context["buildings"]] == ["9号楼", "10号楼"]
    assert page.context["checks"] == [
        Check(False, "户数", "各楼栋合计", 76, "小区户数", 100, "户", 24),
        Check(False, "楼栋", "已登记", 2, "小区楼栋数", 3, "栋", 1),
    ]
    assert [
        row.name for row in desk.get(f"{PAGE}estates/{estate.pk}/?ended=1").context["buildings"]
    ] == ["1号楼", "9号楼", "10号楼"]


def test_card_then_meetings_newest_first_by_pages(desk: Client, community: Community) -> None:
    estate = make_estate(community)
    for number in range(51):
        make_meeting(estate, date(2025, 1, 1 + number % 28), subject=f"第{number}次")
    make_meeting(estate, date(2026, 5, 1), subject="最近一次")

    page = desk.get(f"{PAGE}estates/{estate.pk}/")

    assert page.context["page"][0].subject == "最近一次"
    assert len(page.context["page"]) == 50


def test_card_then_the_same_queries_for_1_and_30_rows(desk: Client, community: Community) -> None:
    estate = make_estate(community)
    make_building(estate, "0")
    make_meeting(estate, date(2026, 1, 1))
    desk.get(f"{PAGE}estates/{estate.pk}/")
    one = queries_of(desk, f"{PAGE}estates/{estate.pk}/")
    for number in range(1, 30):
        make_building(estate, str(number))
        make_meeting(estate, date(2026, 1, number))

    assert queries_of(desk, f"{PAGE}estates/{estate.pk}/") == one
