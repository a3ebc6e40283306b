"""Contracts: what each kind asks for, one lease a day, versions."""

from datetime import date
from decimal import Decimal

import pytest
from django.http import HttpResponse

from accounts.models import User
from facilities.models import Contract, Premises
from tests.conftest import Browse
from tests.factories import make_community
from tests.space_factories import make_contract, make_premises

RENT = {
    "kind": "rent",
    "signed_on": "2025-12-20",
    "monthly_rent_yuan": "5,000.5",
    "valid_from": "2026-01-01",
    "valid_until": "2027-01-01",
}


@pytest.fixture
def premises(db: None) -> Premises:
    return make_premises(make_community(), acquisition="rented")


def said(answer: HttpResponse) -> list[str]:
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    return [str(one) for name in errors for one in errors[name]]


def test_lease_is_registered(premises: Premises, clerk: User, browse: Browse) -> None:
    answer = browse(clerk).post(f"/premises/{premises.pk}/contracts/new/", RENT)

    made = Contract.objects.get()
    assert answer["Location"] == f"/premises/{premises.pk}/#contracts"
    assert (made.monthly_rent_yuan, made.valid_from, made.valid_until, made.code) == (
        Decimal("5000.50"),
        date(2026, 1, 1),
        date(2027, 1, 1),
        premises.code,
    )
    page = browse(clerk).get(f"/premises/{premises.pk}/").content.decode()
    assert "月租金5,000.50元" in page


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"monthly_rent_yuan": ""}, ["租赁合同填写月租金"]),
        ({"price_yuan": "1"}, ["租赁合同没有合同总价。清空，或改合同类别"]),
        (
            {"kind": "purchase", "monthly_rent_yuan": "", "valid_from": "", "valid_until": ""},
            ["购买合同填写合同总价"],
        ),
        (
            {"valid_until": "2026-01-01"},
            ["到期日期2026-01-01不晚于起始日期2026-01-01。改其中一个"],
        ),
    ],
)
def test_contract_with_mistakes_is_refused_in_words(
    premises: Premises, clerk: User, browse: Browse, changes: dict[str, str], expected: list[str]
) -> None:
    answer = browse(clerk).post(f"/premises/{premises.pk}/contracts/new/", RENT | changes)

    assert said(answer) == expected
    assert Contract.objects.count() == 0


def test_second_lease_of_a_day_is_refused(premises: Premises, clerk: User, browse: Browse) -> None:
    make_contract(premises)

    answer = browse(clerk).post(f"/premises/{premises.pk}/contracts/new/", RENT)

    assert said(answer) == ["这段时间已经有租赁合同。先让原来的到期"]


def test_empty_contract_form_is_answered_in_words(
    premises: Premises, clerk: User, browse: Browse
) -> None:
    contract = make_contract(premises)
    pages = (f"/premises/{premises.pk}/contracts/new/", f"/premises/contracts/{contract.pk}/edit/")

    for page in pages:
        answer = browse(clerk).post(page, {"version": "1"})
        assert answer.status_code == 422
        assert "kind" in answer.context["form"].errors


def test_contract_that_does_not_fit_how_premises_are_had_is_asked_about(
    premises: Premises, clerk: User, browse: Browse
) -> None:
    typed = {"kind": "purchase", "signed_on": "2026-03-31", "price_yuan": "1000"}
    path = f"/premises/{premises.pk}/contracts/new/"

    asked = browse(clerk).post(path, typed)
    done = browse(clerk).post(path, typed | {"otherwise_had": "on"})

    assert said(asked) == [
        "用房的取得方式是“租赁”，合同类别是“购买”。核对合同类别，或先把取得方式改为“购买”；"
        "没有填错的，勾选后再登记"
    ]
    assert done.status_code == 302


def test_purchase_while_a_lease_runs_is_refused(
    premises: Premises, clerk: User, browse: Browse
) -> None:
    make_contract(premises, valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1))
    typed = {"kind": "purchase", "price_yuan": "1000", "otherwise_had": "on"}
    path = f"/premises/{premises.pk}/contracts/new/"

    within = browse(clerk).post(path, typed | {"signed_on": "2026-03-31"})
    before = browse(clerk).post(path, typed | {"signed_on": "2025-12-31"})

    assert said(within) == [
        "2026-03-31还在租用：租赁合同自2026-01-01起，至2027-01-01到期。先把租约改到购买以前到期，"
        "或核对日期"
    ]
    assert before.status_code == 302


def test_lease_over_the_day_of_a_purchase_is_refused(
    premises: Premises, clerk: User, browse: Browse
) -> None:
    make_contract(premises, "purchase", price_yuan=Decimal(1), signed_on=date(2026, 3, 31))

    answer = browse(clerk).post(f"/premises/{premises.pk}/contracts/new/", RENT)

    assert said(answer) == [
        "这套用房2026-03-31签了购买合同，租期到它以前为止。改租期，或核对购买合同"
    ]


@pytest.mark.parametrize(
    ("number", "signed_on", "expected"),
    [
        ("购1", "2026-02-01", ["这套用房已经有编号“购1”的购买合同。打开它修改，或核对编号"]),
        (
            "",
            "2026-01-01",
            ["这套用房已经有2026-01-01签订的购买合同。打开它修改；是另一份的，两份都填编号"],
        ),
        ("购2", "2026-01-01", []),
    ],
)
def test_second_contract_of_one_number_or_day_is_refused(
    premises: Premises, clerk: User, browse: Browse, number: str, signed_on: str,
    expected: list[str],
) -> None:  # fmt: skip
    make_contract(
        premises, "purchase", number="购1", price_yuan=Decimal(1), signed_on=date(2026, 1, 1)
    )
    typed = {"kind": "purchase", "price_yuan": "1", "otherwise_had": "on"}

    answer = browse(clerk).post(
        f"/premises/{premises.pk}/contracts/new/",
        typed | {"number": number, "signed_on": signed_on},
    )

    assert (said(answer) if expected else []) == expected
    assert Contract.objects.count() == (1 if expected else 2)


def test_contract_that_somebody_changed_meanwhile_shows_both(
    premises: Premises, clerk: User, browse: Browse
) -> None:
    contract = make_contract(premises)
    Contract.objects.filter(pk=contract.pk).update(version=2, party="甲公司")

    answer = browse(clerk).post(
        f"/premises/contracts/{contract.pk}/edit/", RENT | {"version": "1", "party": "乙公司"}
    )

    assert answer.status_code == 409
    assert Contract.objects.get().party == "甲公司"
