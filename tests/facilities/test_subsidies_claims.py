"""What premises give to subsidise in a year: purchases, leases and collective rooms."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from accounts.scope import scope
from communities.models import Community
from facilities.models import Contract, Inspection, Premises
from facilities.selectors.subsidies import SubsidyLine, subsidies_of, subsidy_lines
from tests.facilities.subsidies_world import bought, opinions_in_force, rented
from tests.factories import make_community
from tests.space_factories import AT, make_contract, make_premises, make_room, make_share, maker
from tests.staffing.pay_world import adopt, index

YEAR = 2026
STREET = "371502001"


@pytest.fixture
def gucheng(db: None) -> Community:
    return make_community()


@pytest.fixture
def liuyuan(gucheng: Community) -> Community:
    return make_community("371502001002", "柳园社区居委会")


@pytest.fixture
def opinions(gucheng: Community) -> Community:
    opinions_in_force()
    return gucheng


def told(line: SubsidyLine) -> tuple[Any, ...]:
    return line.subject, line.fen, dict(line.payers), line.clauses


PURCHASE, RENT, COLLECTIVE = (
    "premises_purchase_subsidy", "premises_rent_subsidy", "collective_premises_subsidy",
)  # fmt: skip


# ── purchases ──


def test_purchase_in_its_year_then_last_years_price_half_from_the_city(
    opinions: Community, clerk: User
) -> None:
    bought(opinions, "420.01")

    [line] = subsidy_lines(clerk, STREET, YEAR)

    assert told(line) == (
        PURCHASE, 1764042_00, {"city": 882021_00, "district": 882021_00}, ("C13-FND-1",)
    )  # fmt: skip
    assert (line.name, line.covers, line.source, line.claim.on) == (
        "古城社区", ("premises",), "register", date(2026, 12, 31)
    )  # fmt: skip


@pytest.mark.parametrize("year", [2027, 2028])
def test_purchase_in_a_later_year_then_nothing_and_the_year_is_named(
    opinions: Community, clerk: User, year: int
) -> None:
    bought(opinions)
    index("average_sale_price", "4200", year=year - 1)

    [line] = subsidy_lines(clerk, STREET, year)

    assert (line.fen, line.reason, line.claim.note) == (
        0, "当年没有签订购房合同，一次性补助归签订合同的年度",
        "购房合同2026-03-01签订，补助归2026年",
    )  # fmt: skip


def test_purchase_when_a_second_contract_is_signed_later_then_not_again(
    opinions: Community, clerk: User
) -> None:
    premises = bought(opinions, signed_on=date(2024, 5, 1))
    make_contract(premises, "purchase", price_yuan=Decimal(100_000), signed_on=date(2026, 3, 1))

    [line] = subsidy_lines(clerk, STREET, YEAR)

    assert (line.fen, line.payers, line.reason) == (
        0, {}, "这套用房2024年签过购房合同，一次性补助不重复；增购的房间另登记一套用房"
    )  # fmt: skip


def test_purchase_when_shared_then_each_part_is_its_own_line_and_they_add_up(
    opinions: Community, liuyuan: Community, clerk: User
) -> None:
    premises = bought(opinions, "1000.01", "2000000.01", parts=2, total_parts=3)
    make_share(premises, liuyuan, 1)

    lines = subsidy_lines(clerk, STREET, YEAR)

    assert [(one.code, one.claim.area, one.claim.whole, one.claim.price) for one in lines] == [
        ("371502001001", 666_67, 1000_01, 1333333_34),
        ("371502001002", 333_34, 1000_01, 666666_67),
    ]
    # capped at the part of the price: 2,800,014 and 1,400,028 would be more
    assert [one.fen for one in lines] == [1333333_34, 666666_67]
    assert [dict(one.payers) for one in lines] == [
        {"city": 666666_67, "district": 666666_67}, {"city": 333333_33, "district": 333333_34}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("threshold", "wanted"),
    [("premises_area", [0, 0]), ("whole_premises_area", [1050000_00, 1050000_00])],
)
def test_purchase_when_each_part_is_under_300_then_the_reading_decides(
    gucheng: Community, liuyuan: Community, clerk: User, threshold: str, wanted: list[int]
) -> None:
    adopt("city-opinions-2013", "3715", **{"C13-FND-1.threshold": threshold})
    index("average_sale_price", "4200")
    premises = bought(gucheng, "500", total_parts=2)
    make_share(premises, liuyuan, 1)

    lines = subsidy_lines(clerk, STREET, YEAR)

    assert [one.fen for one in lines] == wanted
    assert [one.reason for one in lines] == ["" if one else "用房面积不足300㎡" for one in wanted]


def test_purchase_when_nothing_counts_yet_then_by_the_area_of_the_contract(
    opinions: Community, clerk: User
) -> None:
    premises = make_premises(
        opinions, acquisition="bought", acquired_on=date(2026, 11, 1), valid_from=date(2027, 2, 1)
    )
    contract = make_contract(
        premises, "purchase", price_yuan=Decimal(9_999_999), signed_on=date(2026, 3, 1)
    )

    [line] = subsidy_lines(clerk, STREET, YEAR)
    assert (line.fen, line.blocked) == (
        None, "当年没有计入的房间，合同也没有填面积。补填合同面积"
    )  # fmt: skip

    with scope("0"):
        Contract.objects.filter(pk=contract.pk).update(area_m2=Decimal("400"))
    [line] = subsidy_lines(clerk, STREET, YEAR)
    assert (line.fen, line.claim.note) == (1680000_00, "当年还没有计入的房间，按合同面积")


def test_purchase_when_no_contract_is_registered_then_says_so_only_in_its_year(
    opinions: Community, clerk: User
) -> None:
    premises = make_premises(opinions, acquisition="bought", acquired_on=date(2026, 3, 1))
    make_room(premises, "work", "420")

    [line] = subsidy_lines(clerk, STREET, YEAR)
    assert (line.fen, line.blocked) == (None, "没有登记购房合同。先登记合同")
    [line] = subsidy_lines(clerk, STREET, 2025)
    assert (line.fen, line.claim.note) == (0, "取得日期2026-03-01，不在当年")


def test_purchase_when_the_price_is_missing_then_says_series_year_and_division(
    gucheng: Community, clerk: User
) -> None:
    adopt("city-opinions-2013", "3715")
    with scope("0"):
        gucheng.refresh_from_db()
    bought(gucheng)

    made = subsidies_of(clerk, STREET, YEAR)

    [line] = made.lines
    [(gap, count)] = made.missing()
    assert (gap.label, gap.year, gap.division, count) == ("商品房平均销售价格", 2025, "3715", 1)
    assert (line.fen, line.payers, line.blocked) == (None, {}, gap.said)
    assert (made.sums().blocked, made.sums().fen) == (1, 0)


# ── leases ──


def test_rent_of_a_part_of_the_year_then_by_its_whole_months(
    opinions: Community, clerk: User
) -> None:
    rented(opinions)

    [line] = subsidy_lines(clerk, STREET, YEAR)

    # the months that begin on 15 March to 15 December: 300 × 12.5 each
    assert (line.claim.months, line.claim.rent) == (10, 10 * 9999_00)
    assert told(line) == (
        RENT, 37500_00, {"city": 18750_00, "district": 18750_00}, ("C13-FND-2",)
    )  # fmt: skip


def test_rent_when_the_lease_is_dearer_than_paid_then_capped_and_shared(
    opinions: Community, liuyuan: Community, clerk: User
) -> None:
    make_share(rented(opinions, "600", "100.01", total_parts=2), liuyuan, 1)

    lines = subsidy_lines(clerk, STREET, YEAR)

    # 10 × 100.01 = 1,000.10 paid, half each
    assert [one.claim.rent for one in lines] == [500_05, 500_05]
    assert [one.fen for one in lines] == [500_05, 500_05]


def test_rent_when_the_lease_is_shorter_than_a_month_then_nothing_with_the_reason(
    opinions: Community, clerk: User
) -> None:
    premises = make_premises(opinions, acquisition="rented")
    make_room(premises, "work", "300")
    make_contract(
        premises, "rent", monthly_rent_yuan=Decimal(5000), valid_from=date(2026, 4, 1),
        valid_until=date(2026, 4, 30),
    )  # fmt: skip

    [line] = subsidy_lines(clerk, STREET, YEAR)

    assert (line.fen, line.reason) == (0, "当年租用不满1个月")


def test_rent_when_no_lease_is_registered_then_cannot_be_computed(
    opinions: Community, clerk: User
) -> None:
    make_room(make_premises(opinions, acquisition="rented"), "work", "300")

    [line] = subsidy_lines(clerk, STREET, YEAR)

    assert (line.fen, line.blocked) == (None, "没有登记当年的租赁合同。先登记合同")


def test_rent_when_rooms_stop_counting_then_by_the_last_day_on_which_they_did(
    opinions: Community, clerk: User
) -> None:
    premises = rented(opinions, "310")
    with scope("0"):
        Inspection.objects.create(
            premises=premises, community=opinions, code=opinions.code, finding="occupied",
            inspected_on=date(2026, 9, 1), stops_from=date(2026, 9, 1), made_by=maker(), made_at=AT,
        )  # fmt: skip

    [line] = subsidy_lines(clerk, STREET, YEAR)

    assert (line.claim.on, line.claim.area) == (date(2026, 8, 31), 310_00)


# ── one kind of subsidy for premises and day ──


def leased(premises: Premises, since: date, until: date | None = None, **values: Any) -> None:
    make_contract(
        premises, "rent", monthly_rent_yuan=Decimal(9999), valid_from=since, valid_until=until,
        **values,
    )  # fmt: skip


def test_leased_rooms_when_bought_in_the_year_then_rent_until_the_purchase(
    opinions: Community, clerk: User
) -> None:
    leased(bought(opinions), date(2025, 1, 1))

    purchase, rent = sorted(subsidy_lines(clerk, STREET, YEAR), key=lambda one: one.subject)

    assert (purchase.subject, purchase.fen) == (PURCHASE, 1764000_00)
    assert (rent.subject, rent.claim.months, rent.fen) == (RENT, 2, 2 * 420 * 12_50)
    assert rent.claim.note == "2026-03-01起是购买的，租金算到前一天"
    index("average_rent", "12.5", year=2024)
    [before] = [one for one in subsidy_lines(clerk, STREET, 2025) if one.subject == RENT]
    assert (before.claim.months, before.claim.note) == (12, "")
    # nothing is leased afterwards
    assert [one.subject for one in subsidy_lines(clerk, STREET, 2027)] == [PURCHASE]


@pytest.mark.parametrize(
    ("acquisition", "said"),
    [
        ("rented", "取得方式是“租赁”，又有2026-03-01签订的购房合同。核对取得方式和合同"),
        (
            "collective",
            "取得方式是“村改居集体用房”，又有2026-03-01签订的购房合同。核对取得方式和合同",
        ),
        ("bought", "2026-03-01购买以后，又有2026-05-01起租的合同。核对合同和起租日期"),
    ],
)
def test_rooms_when_contracts_contradict_then_no_money_and_the_reason(
    opinions: Community, clerk: User, acquisition: str, said: str
) -> None:
    premises = bought(opinions)
    with scope("0"):
        Premises.objects.filter(pk=premises.pk).update(acquisition=acquisition)
    leased(premises, date(2026, 5, 1))

    lines = subsidy_lines(clerk, STREET, YEAR)

    assert {(one.fen, one.blocked, one.reason) for one in lines} == {(None, said, "")}
    assert len(lines) == (3 if acquisition == "collective" else 2)


def test_purchase_when_one_contract_is_entered_twice_then_no_money(
    opinions: Community, clerk: User
) -> None:
    premises = bought(opinions)
    make_contract(premises, "purchase", price_yuan=Decimal(1), signed_on=date(2026, 3, 1))

    [line] = subsidy_lines(clerk, STREET, YEAR)

    assert (line.fen, line.blocked) == (
        None, "购房合同（2026-03-01签订，没有编号）登记了两份。核对是不是同一份"
    )  # fmt: skip


# ── what stands on several premises ──


def test_premises_when_the_title_stands_on_others_too_then_blocked_until_settled(
    opinions: Community, clerk: User
) -> None:
    first = bought(opinions, name="甲处", title_no="演示第1号")
    bought(opinions, name="乙处", title_no="演示第1号")

    lines = {one.claim.name: one.blocked for one in subsidy_lines(clerk, STREET, YEAR)}

    assert lines == {
        "甲处": "不动产权证号“演示第1号”也登记在“乙处”，核对是不是重复登记",
        "乙处": "不动产权证号“演示第1号”也登记在“甲处”，核对是不是重复登记",
    }
    with scope("0"):
        Premises.objects.filter(pk=first.pk).update(title_no="演示第2号")
    assert [one.fen for one in subsidy_lines(clerk, STREET, YEAR)] == [1764000_00] * 2


@pytest.mark.parametrize(("party", "blocked"), [("某公司", True), ("另一公司", False)])
def test_premises_when_the_contract_stands_on_others_too_then_blocked(
    opinions: Community, clerk: User, party: str, blocked: bool
) -> None:
    for name, other in (("甲处", "某公司"), ("乙处", party)):
        premises = make_premises(opinions, name, acquisition="rented")
        make_room(premises, "work", "600")
        leased(premises, date(2026, 1, 1), number="租1", party=other)

    lines = subsidy_lines(clerk, STREET, YEAR)

    assert [one.fen is None for one in lines] == [blocked] * 2
    if blocked:
        assert lines[0].blocked == "租赁合同“租1”也登记在“乙处”，核对是不是重复登记"


# ── collective premises ──


def test_collective_when_two_sets_then_together_and_once_a_year(
    opinions: Community, clerk: User
) -> None:
    for name, area in (("村委楼", "600"), ("祠堂", "400")):
        make_room(make_premises(opinions, name, acquisition="collective"), "work", area)

    lines = {one.claim.name: one for one in subsidy_lines(clerk, STREET, YEAR)}

    assert told(lines["村委楼"]) == (
        COLLECTIVE, 100000_00, {"city": 50000_00, "district": 50000_00}, ("C13-FND-3",)
    )  # fmt: skip
    assert lines["村委楼"].claim.note == "集体用房合并计算：村委楼600.00㎡、祠堂400.00㎡"
    assert (lines["祠堂"].fen, lines["祠堂"].reason) == (
        0, "面积并入“村委楼”，一个社区每年补一次"
    )  # fmt: skip
