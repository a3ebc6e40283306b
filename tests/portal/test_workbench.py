"""工作台: what is due, what is short, how far the year's facts are."""

from decimal import Decimal

import pytest

from accounts.models import User
from communities.selectors.ledger import Query, get_ledger
from portal.selectors.sheet import Sheet
from portal.selectors.workbench import (
    MOST_TASKS,
    Area,
    Progress,
    areas,
    largest_gaps,
    reporting,
    standards,
    tasks,
)
from tests.factories import make_community
from tests.world import (
    DISTRICT,
    GUCHENG,
    HUNAN,
    LIUYUAN,
    STREET,
    STREET_ELSEWHERE,
    WENXUAN,
    assessed,
    make_place,
    make_world,
    set_facts,
)

pytestmark = pytest.mark.django_db


def test_tasks_then_communities_that_lack_something_before_those_without_facts(
    district_officer: User,
) -> None:
    make_world()
    make_community("371502001009", "光明社区居委会")

    found = tasks(assessed(district_officer), DISTRICT)

    assert [(one.name, one.url, one.hint, one.status, one.tag) for one in found] == [
        ("补齐文轩社区的数据", f"/communities/{WENXUAN}/", "缺少核定户数", "不能测算", "bad"),
        (
            "光明社区还没有2026年数据",
            "/communities/371502001009/",
            "名录里有这个社区，年度数据还没有导入",
            "未填报",
            "plain",
        ),
    ]


def test_tasks_then_what_the_ledger_and_the_sheet_call_incomplete(district_officer: User) -> None:
    make_world()
    set_facts(LIUYUAN, area_kind="")  # only its rooms cannot be said

    assessment = assessed(district_officer)
    ledger = get_ledger(assessment, Query(DISTRICT, status="incomplete"))

    assert [one.hint for one in tasks(assessment, DISTRICT)] == ["缺少核定户数", "缺少住区类型"]
    assert [row.code for row in ledger[0:9]] == [WENXUAN, LIUYUAN]
    assert Sheet(assessment, DISTRICT).totals().unavailable == 2


def test_tasks_of_a_clerk_then_of_the_own_street(clerk_elsewhere: User) -> None:
    make_world()

    assert tasks(assessed(clerk_elsewhere, STREET_ELSEWHERE), STREET_ELSEWHERE) == []


@pytest.mark.parametrize("more", [0, 1, 5])
def test_tasks_when_there_are_many_then_the_rest_is_counted(
    district_officer: User, more: int
) -> None:
    make_world(GUCHENG)
    for number in range(MOST_TASKS + more):
        make_community(f"371502001{number + 100}", f"第{number}社区居委会")

    found = tasks(assessed(district_officer), DISTRICT)

    named = [one.name for one in found]
    assert len(named) == MOST_TASKS + (more > 0)
    assert [name for name in named if name.startswith("其余")] == (
        [f"其余{more}个社区"] if more else []
    )


def test_standards_then_required_actual_and_who_is_short(district_officer: User) -> None:
    make_world()

    found = {one.subject: one for one in standards(assessed(district_officer), DISTRICT)}

    staff, workers, rooms, money = (
        found[name] for name in ("居委会成员", "专职工作人员", "用房合计", "年度经费")
    )
    assert (staff.required, staff.actual, staff.gap, staff.short_count) == (28, 25, -3, 2)
    assert staff.reason == "1个社区不能测算，不在合计里"
    assert staff.basis == "居委会成员每300户配1人，一个社区5至9人"
    assert staff.short_url == "/communities/?gap=1&year=2026"
    assert (workers.required, workers.actual, workers.gap, workers.short_count) == (
        None,
        2,
        None,
        None,
    )
    assert workers.reason == "5个社区不能测算，不在合计里"
    assert (rooms.required, rooms.actual, rooms.gap, rooms.short_count) == (
        Decimal("2834.40"),
        Decimal("2388.00"),
        Decimal("-726.10"),
        1,
    )
    assert (money.required, money.actual, money.gap) == (Decimal("1260000.00"), None, None)
    assert money.reason == "1个社区缺数据，合计只含能测算的部分"


def test_standards_without_a_policy_then_none(district_officer: User) -> None:
    make_place(GUCHENG)

    assert standards(assessed(district_officer), DISTRICT) == []


def test_largest_gaps_then_people_first_then_space(district_officer: User) -> None:
    make_world()
    set_facts(HUNAN, work_area_m2=0, service_area_m2=0)

    found = largest_gaps(assessed(district_officer), DISTRICT)

    # 古城 lacks 2 people, 柳园 1, 湖南 1,500 m2 and nobody
    assert [row.code for row in found] == [GUCHENG, LIUYUAN, HUNAN]


def test_largest_gaps_then_at_most_eight(district_officer: User) -> None:
    make_world(GUCHENG)
    for number in range(10):
        make_place(f"371502001{number + 100}", households=600, committee_members_in_post=number)

    found = largest_gaps(assessed(district_officer), DISTRICT)

    # 5 are asked of each: 0, 1 (lack 5, 4) … and 古城 lacks 2
    assert [row.staff.gap for row in found] == [-5, -4, -3, -2, -2, -1]


def test_reporting_then_how_many_of_all(district_officer: User) -> None:
    make_world()
    make_community("371502001009", "光明社区居委会")

    assert reporting(assessed(district_officer), DISTRICT) == [
        Progress("已确认", 3, 6),
        Progress("待审核", 1, 6),
        Progress("填报中", 1, 6),
        Progress("未填报", 1, 6, low=True),
    ]
    assert reporting(assessed(district_officer), STREET_ELSEWHERE)[0] == Progress("已确认", 2, 2)


def test_reporting_without_communities_then_nothing(district_officer: User) -> None:
    assert reporting(assessed(district_officer), DISTRICT) == []


def test_areas_of_a_district_then_its_streets(district_officer: User) -> None:
    make_world()

    found = areas(assessed(district_officer), DISTRICT, {STREET: "古楼街道"})

    assert found == [
        Area(
            STREET,
            "古楼街道",
            "/communities/?street=371502001&year=2026",
            3,
            6847,
            2,
            Decimal("726.10"),
            Decimal("740000.00"),
            1,
        ),
        Area(
            STREET_ELSEWHERE,
            STREET_ELSEWHERE,
            "/communities/?street=371502002&year=2026",
            2,
            1601,
            1,
            Decimal("0.00"),
            Decimal("520000.00"),
            0,
        ),
    ]


def test_areas_of_a_city_then_its_districts(city_officer: User) -> None:
    make_world()

    found = areas(assessed(city_officer, "3715"), "3715", {})

    assert [(area.code, area.url, area.communities) for area in found] == [
        ("371502", "/districts/371502/?year=2026", 5),
        ("371521", "/districts/371521/?year=2026", 1),
    ]


def test_areas_of_a_street_then_none(clerk: User) -> None:
    make_world()

    assert areas(assessed(clerk, STREET), STREET, {}) == []


def test_areas_when_nothing_is_reported_then_no_figures(district_officer: User) -> None:
    make_world(GUCHENG)
    make_community(LIUYUAN, "柳园社区居委会")

    area = areas(assessed(district_officer), DISTRICT, {})[1]

    assert (area.households, area.short_people, area.short_area, area.money) == (
        None,
        None,
        None,
        None,
    )
