"""Registers of premises: what a row says of a purchase or a lease."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from accounts.scope import scope
from facilities.models import Contract, Premises
from tests.facilities.premises_desk import LEASE, only, paste, row, took, wrong
from tests.factories import make_community
from tests.staffing.roster_desk import seen

pytestmark = pytest.mark.django_db


# a lease over a day in 2024
BEFORE = {"合同签订日期": "2024-01-01", "月租金": "1", "起租日": "2024-01-01",
    "到期日": "2025-01-01"}  # fmt: skip


@pytest.fixture(autouse=True)
def world(clerk: User) -> Any:
    """A street with a community."""
    make_community()
    with scope("0"):
        yield


def contracts() -> list[tuple[Any, ...]]:
    columns = ("kind", "number", "price_yuan", "monthly_rent_yuan", "valid_from", "valid_until")
    return list(Contract.objects.order_by("pk").values_list(*columns))


def test_lease_and_its_renewal_then_two_contracts(clerk: User) -> None:
    took(clerk, row(**LEASE))
    renewal = {"合同编号": "租2027-1", "起租日": "2027-01-01", "到期日": "2028-01-01",
        "月租金": "3200.50"}  # fmt: skip

    took(clerk, only(**LEASE | renewal))

    assert contracts() == [
        ("rent", "租2025-1", None, Decimal(3000), date(2025, 1, 1), date(2027, 1, 1)),
        ("rent", "租2027-1", None, Decimal("3200.50"), date(2027, 1, 1), date(2028, 1, 1)),
    ]


def test_lease_over_another_or_ending_before_it_begins_then_refused(clerk: User) -> None:
    took(clerk, row(**LEASE))

    over = {"合同编号": "租2026-1", "起租日": "2026-06-01", "到期日": "2029-01-01"}
    assert wrong(clerk, only(**LEASE | over)) == [
        ("lease_from", "已有2025-01-01起至2027-01-01的租赁合同。先在用房页让它到期"),
    ]
    assert wrong(clerk, only(到期日="2025-01-01")) == [
        ("lease_until", "到期日2025-01-01不晚于起租日2025-01-01。改其中一个日期"),
    ]


def test_rent_that_changes_then_corrects_only_with_a_reason(clerk: User) -> None:
    took(clerk, row(**LEASE))

    assert seen(paste(clerk, only(月租金="3100"))) == [
        ("unlikely", [("monthly_rent_yuan",
            "登记的月租金是3000元。是更正的，写明原因；另签了合同的，填新的起租日")]),
    ]  # fmt: skip
    took(clerk, only(月租金="3100", 变动说明="合同写错"))
    assert [one[3] for one in contracts()] == [Decimal(3100)]


def test_contract_that_the_way_of_having_does_not_ask_for_then_refused(clerk: User) -> None:
    assert wrong(clerk, row(合同总价="100")) == [
        ("price_yuan", "取得方式是无偿移交，这一列空着。其他合同在用房页登记"),
    ]
    assert wrong(clerk, row(取得方式="购买", 合同总价="100")) == [
        ("signed_on", "购买合同没有登记过，填写合同签订日期"),
    ]


def test_purchase_when_taken_has_its_price(clerk: User) -> None:
    took(clerk, row(取得方式="购买", 合同总价="1234567.89", 合同签订日期="2026-02-03"))

    assert contracts() == [("purchase", "", Decimal("1234567.89"), None, None, None)]


def test_purchase_for_nothing_when_taken_has_the_price_0(clerk: User) -> None:
    took(clerk, row(取得方式="购买", 合同总价="0", 合同签订日期="2026-02-03"))

    assert contracts() == [("purchase", "", Decimal(0), None, None, None)]


def test_price_of_0_that_changes_then_corrects_only_with_a_reason(clerk: User) -> None:
    took(clerk, row(取得方式="购买", 合同总价="0", 合同签订日期="2026-02-03"))

    assert seen(paste(clerk, only(合同总价="5"))) == [
        ("unlikely", [("price_yuan", "登记的合同总价是0元。是更正的，写明原因")]),
    ]


def test_way_of_having_that_cannot_be_read_then_nothing_more_is_said(clerk: User) -> None:
    (found,) = wrong(clerk, row(**LEASE | {"取得方式": "捐"}))

    assert found[0] == "acquisition"


def test_contract_that_its_page_refuses_then_refused_here(clerk: User) -> None:
    took(clerk, row(**LEASE))
    bought = {"取得方式": "购买", "合同总价": "100", "变动说明": "买下"}
    renewal = LEASE | {"起租日": "2027-01-01", "到期日": "2028-01-01"}

    assert wrong(clerk, only(**bought, 合同签订日期="2026-02-03")) == [
        ("signed_on", "2026-02-03还在租用，租赁合同自2025-01-01起。先在用房页让它到期，或核对日期"),
    ]
    assert wrong(clerk, only(**renewal))[-1] == (
        "contract_no", "已经有编号“租2025-1”的租赁合同。核对编号",
    )  # fmt: skip
    took(clerk, only(**bought, 合同签订日期="2024-02-03"))
    assert wrong(clerk, only(取得方式="租赁", **BEFORE)) == [
        ("lease_from",
         "这套用房2024-02-03签了购买合同，租期到它以前为止。改租期，或在用房页核对购买合同"),
    ]  # fmt: skip


def test_new_rented_premises_without_other_days_then_count_from_the_lease(clerk: User) -> None:
    took(clerk, row(**LEASE | {"取得日期": ""}))

    assert contracts()[0][4] == date(2025, 1, 1)
    assert Premises.objects.get().valid_from == date(2025, 1, 1)
