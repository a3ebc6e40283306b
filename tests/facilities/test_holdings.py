"""How premises were held in a year: a lease ends where the purchase begins."""

from datetime import date

from facilities.rules.holdings import Deed, held_in
from facilities.rules.leases import Leased


def purchase(signed: date, price: int = 700, number: str = "") -> Deed:
    return Deed("purchase", signed, None, None, price, 0, None, number)


def lease(since: date, until: date | None = None) -> Deed:
    return Deed("rent", since, since, until, 0, 100, None)


def test_lease_when_bought_in_mid_month_then_that_month_is_of_neither_year() -> None:
    deeds = [lease(date(2025, 1, 15)), purchase(date(2026, 1, 5))]

    before, now, after = (held_in(deeds, "bought", None, year) for year in (2025, 2026, 2027))

    assert (before.leased, before.price, before.cut_on) == (Leased(11, 1100), None, None)
    assert (now.leased, now.price, now.cut_on) == (Leased(0, 0), 700, date(2026, 1, 5))
    assert (after.leased, after.price, after.contradiction) == (None, None, "")


def test_bought_without_a_contract_when_leased_then_the_day_it_was_acquired_decides() -> None:
    rent = [lease(date(2026, 1, 1))]

    assert held_in(rent, "bought", date(2026, 3, 1), 2026).leased == Leased(2, 200)
    assert held_in(rent, "bought", date(2020, 3, 1), 2026).contradiction == (
        "2020-03-01购买以后，又有2026-01-01起租的合同。核对合同和起租日期"
    )
    assert held_in(rent, "bought", None, 2026).contradiction == (
        "取得方式是“购买”，没有登记购房合同，又有2026-01-01起租的合同。核对取得方式和合同"
    )


def test_purchases_of_a_year_then_added_up_unless_they_look_like_one() -> None:
    day = date(2026, 2, 1)
    two = [purchase(day, 700, "购1"), purchase(day, 300, "购2")]

    assert held_in(two, "bought", day, 2026).price == 1000
    assert held_in([two[0], two[0]], "bought", day, 2026).contradiction == (
        "购房合同“购1”登记了两份。核对是不是同一份"
    )
    assert held_in([purchase(date(2024, 2, 1)), *two], "bought", day, 2026).price == 0
