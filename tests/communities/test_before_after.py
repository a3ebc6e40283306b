"""The before/after table of a change act, and the money that its policies ask for."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from communities.models import Community, Estate, Grid
from communities.selectors.before_after import Cell, Line, Table, latest_households, read_table
from communities.services.before_after import MOST_LINES, before_after
from communities.services.plans import Plan
from tests import world
from tests.change_acts import applied, begins, goes_on, make_plan, merging
from tests.factories import make_community, make_facts

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 31)
NEW = "371502001009"


def community(code: str) -> Community:
    return Community.objects.get(code=code)


def shown(line: Line) -> dict[str, str]:
    """A line's figures, or why there is none."""
    return {
        key: cell.reason if cell.value is None else str(cell.value)
        for key, cell in line.cells.items()
    }


def figures(table: Table, column: str) -> list[str]:
    return [shown(line)[column] for line in (*table.before, *table.after)]


def merger() -> Plan:
    one, other = community(world.GUCHENG), community(world.HUNAN)
    return merging([one, other], begins(NEW, "光岳社区居委会"), [2847, 4000])


def test_merger_adds_what_is_reported_and_says_what_is_not(district_officer: User) -> None:
    world.make_world()
    Community.objects.filter(code=world.GUCHENG).update(area_km2="1.2")
    Community.objects.filter(code=world.HUNAN).update(area_km2="0.3500")
    for code in (world.GUCHENG, world.HUNAN):
        one = community(code)
        Estate.objects.create(community=one, code=code, name="光岳小区")
    Grid.objects.create(community=one, code=code, name="第一网格")

    table = before_after(district_officer, merger(), "merge", DAY)

    assert table.year == 2026
    assert [(line.code, line.name, line.note) for line in (*table.before, *table.after)] == [
        (world.GUCHENG, "古城社区居委会", "停用"),
        (world.HUNAN, "湖南社区居委会", "停用"),
        (NEW, "光岳社区居委会", "新设"),
    ]
    assert figures(table, "households") == ["2847", "4000", "6847"]
    assert figures(table, "population_resident") == ["7000", "9000", "16000"]
    assert figures(table, "area_km2") == ["1.2000", "0.3500", "1.5500"]
    assert figures(table, "estates") == ["1", "1", "2"]
    assert figures(table, "grids") == ["0", "1", "1"]
    assert figures(table, "committee_members_in_post") == ["7", "9", "16"]
    assert figures(table, "community_workers_in_post") == ["2", "未填报", "未填报"]
    # 20 yuan a household, at least 60,000, and 200,000 in the central district:
    # 2,847 × 20 = 56,940; 4,000 × 20 = 80,000; 6,847 × 20 = 136,940
    assert figures(table, "money") == ["260000.00", "280000.00", "336940.00"]
    assert table.total_before["money"] == Cell(Decimal("540000.00"))
    assert table.total_after["community_workers_in_post"] == Cell(None, "有一部分未填报")
    assert table.balanced == {
        "households": True,
        "population_resident": True,
        "area_km2": True,
        "estates": True,
        "grids": True,
        "committee_members_in_post": True,
        "community_workers_in_post": None,
        "premises_area_m2": None,
        "money": None,
    }
    assert table.notes == (
        "光岳社区居委会的用房建筑面积（㎡）算不出：湖南社区没有填报",
        "光岳社区居委会的专职工作人员在岗算不出：湖南社区没有填报",
        "光岳社区居委会的住区类型取“新建住宅区或连片改造”，另有“老城区、已建成”",
    )


def test_split_divides_by_households_and_balances(district_officer: User) -> None:
    world.make_world()
    one = community(world.GUCHENG)
    flows = {(one, "s1"): 1000, (one, f"c{one.pk}"): 1847}
    plan = make_plan([one], [begins(NEW, "东城社区居委会"), goes_on(one)], flows)

    table = before_after(district_officer, plan, "split", DAY)

    # 7,000 × 1,000 ÷ 2,847 = 2,458.73; 128.00 × 1,000 ÷ 2,847 = 44.9596
    assert figures(table, "population_resident") == ["7000", "2459", "4541"]
    assert figures(table, "premises_area_m2") == ["128.00", "44.96", "83.04"]
    assert figures(table, "money") == ["260000.00", "260000.00", "260000.00"]
    assert {key for key, same in table.balanced.items() if same is False} == set()


def test_households_that_do_not_come_to_the_reported_ones_still_balance_by_shares(
    district_officer: User,
) -> None:
    world.make_world()
    one = community(world.GUCHENG)
    flows = {(one, "s1"): 1, (one, f"c{one.pk}"): 1}
    plan = make_plan([one], [begins(NEW, "东城社区居委会"), goes_on(one)], flows)

    table = before_after(district_officer, plan, "split", DAY)

    assert figures(table, "households") == ["2847", "1424", "1423"]


@pytest.mark.parametrize("kind", ["merge", "split", "rescale", "transfer"])
def test_money_after_is_what_is_assessed_once_the_act_has_taken_effect(
    kind: str, district_officer: User
) -> None:
    world.make_world()
    one, other = community(world.GUCHENG), community(world.HUNAN)
    here, there = f"c{one.pk}", f"c{other.pk}"
    plans: dict[str, Plan] = {
        "merge": merger(),
        "split": make_plan(
            [other],
            [begins(NEW, "东城社区居委会"), begins("371502001010", "西城社区居委会", "s2")],
            {(other, "s1"): 3700, (other, "s2"): 300},
        ),
        "rescale": make_plan(
            [one, other],
            [goes_on(one), goes_on(other)],
            {(one, here): 2000, (one, there): 847, (other, there): 4000},
        ),
        "transfer": make_plan([one], [goes_on(one, code="371502002009")]),
    }
    plan = plans[kind]
    table = before_after(district_officer, plan, kind, DAY)

    applied(kind, plan, date(2026, 12, 1))

    assessment = world.assessed(district_officer)
    funding = assessment.measure("funding").required
    places = [assessment.register.place(line.code) for line in table.after]
    assert [line.cells["money"].value for line in table.after] == [
        Decimal(int(funding[place])).scaleb(-2) for place in places
    ]
    units = assessment.register.facts.get("households").num
    assert [line.cells["households"].value for line in table.after] == [
        int(units[place]) for place in places
    ]


def test_money_that_cannot_be_computed_says_why(district_officer: User) -> None:
    world.make_world()
    one = community(world.WENXUAN)
    plan = make_plan([one], [goes_on(one, name="文苑村村委会")])

    table = before_after(district_officer, plan, "rename", DAY)

    assert table.before[0].cells["money"] == Cell(None, "缺少核定户数")
    assert table.after[0].cells["money"] == Cell(None, "村不在测算范围内")
    assert table.notes == ()


def test_new_community_without_households_has_no_money(district_officer: User) -> None:
    world.make_world()

    table = before_after(
        district_officer, make_plan([], [begins(NEW, "光岳社区居委会")]), "establish", DAY
    )

    assert table.before == ()
    assert shown(table.after[0])["money"] == "没有年度数据"
    assert table.total_before["households"] == Cell(Decimal(0))


def test_clerk_of_a_street_gets_the_same_table(district_officer: User, clerk: User) -> None:
    world.make_world()

    tables = [before_after(one, merger(), "merge", DAY) for one in (clerk, district_officer)]

    assert tables[0] == tables[1]


def test_community_beyond_the_scope_is_left_out(clerk_elsewhere: User) -> None:
    world.make_world()

    table = before_after(clerk_elsewhere, merger(), "merge", DAY)

    assert table.before == ()
    assert shown(table.after[0])["households"] == "未填报"
    assert shown(table.after[0])["money"] == "没有年度数据"


def test_unreported_households_are_told(district_officer: User) -> None:
    world.make_world()
    one, other = community(world.WENXUAN), community(world.HUNAN)
    plan = merging([one, other], goes_on(other), [500, 4000])

    table = before_after(district_officer, plan, "merge", DAY)

    assert table.notes[:2] == (
        "文轩社区没有填报2026年核定户数，划转户数只作分配的比例",
        "湖南社区居委会的核定户数算不出：文轩社区没有填报",
    )
    assert shown(table.after[0])["money"] == "缺少核定户数"


def test_table_read_back_is_the_same(district_officer: User) -> None:
    world.make_world()
    table = before_after(district_officer, merger(), "merge", DAY)

    stored: dict[str, Any] = json.loads(json.dumps(table.to_json()))

    assert read_table(stored) == table


def test_long_code_list_is_summed_up_and_not_listed(district_officer: User) -> None:
    world.load_texts()
    number = MOST_LINES + 2
    rows = [make_community(f"371502001{n:03}", f"第{n}社区居委会") for n in range(1, number + 1)]
    for row in rows:
        make_facts(row, households=10)
    plan = make_plan(rows, [goes_on(row, code=f"371502002{row.code[9:]}") for row in rows])

    table = before_after(district_officer, plan, "recode", DAY)

    assert (len(table.before), len(table.after)) == (MOST_LINES, MOST_LINES)
    assert table.total_after["households"] == Cell(Decimal(10 * number))
    assert table.notes == ("另有2个社区没有逐一列出，合计含这些社区",)


def test_number_of_queries_does_not_depend_on_the_plan(
    district_officer: User, django_assert_num_queries: Any
) -> None:
    world.make_world()
    codes = (world.GUCHENG, world.HUNAN, world.LIUYUAN, world.CHANGZHENG)
    for number in (2, 4):
        rows = [community(code) for code in codes[:number]]
        plan = merging(rows, begins(NEW, "光岳社区居委会"), [1] * number)
        before_after(district_officer, plan, "merge", DAY)
        with django_assert_num_queries(9):
            before_after(district_officer, plan, "merge", DAY)


def test_latest_households_are_those_of_the_latest_facts() -> None:
    one = make_community(world.GUCHENG)
    make_facts(one, 2025, households=2800)
    make_facts(one, 2026, households=None)
    make_facts(one, 2027, households=2900)

    assert latest_households([one.pk], date(2025, 6, 1)) == {one.pk: 2800}
    assert latest_households([one.pk], DAY) == {one.pk: None}
    assert latest_households([one.pk], date(2024, 1, 1)) == {}
