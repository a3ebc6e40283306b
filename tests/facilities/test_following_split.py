"""Premises whose sharers come to lie in two streets: each street has its own, past and future."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.scope import scope
from communities.models import Community
from facilities.models import Contract, CorrectionOrder, Inspection, Premises, Room
from facilities.selectors.areas import areas_of
from facilities.selectors.sources import from_premises
from tests.change_acts import AT, EFFECTIVE, A, B, applied, goes_on, make_plan, now, pair
from tests.facilities.test_following import (
    BEGUN,
    EVE,
    FAR,
    LATER,
    THIRD,
    moved,
    shares_of,
    strays,
    total,
)
from tests.factories import make_community, make_divisions_above
from tests.space_factories import make_premises, make_room, make_share, maker

pytestmark = pytest.mark.django_db


def test_transfer_of_a_sharer_then_its_part_is_premises_of_its_own() -> None:
    one, other = pair()
    premises = make_premises(one, total_parts=3, title_no="鲁2020第1号")
    make_share(premises, other, 2)
    make_room(premises, "work", "100.00", usable_m2=Decimal("80.00"))
    make_room(premises, "hall", "50.00", valid_from=LATER)
    before = {day: total(day) for day in (EVE, LATER)}

    moved(other, FAR)

    part = Premises.objects.get(code=FAR)
    assert (part.name, part.title_no, part.valid_from) == ("党群服务中心", "鲁2020第1号", BEGUN)
    assert rooms(part) == [
        ("work", "66.67", "53.33", BEGUN, None),
        ("hall", "33.33", None, LATER, None),
    ]
    assert rooms(premises) == [
        ("work", "33.33", "26.67", BEGUN, None),
        ("hall", "16.67", None, LATER, None),
    ]
    premises.refresh_from_db()
    assert (premises.total_parts, part.total_parts) == (1, 2)
    assert {day: total(day) for day in (EVE, LATER)} == before
    assert total(EFFECTIVE) == total(EVE) == 10000
    assert strays() == []


def rooms(premises: Premises) -> list[tuple[Any, ...]]:
    rows = Room.objects.filter(premises=premises).order_by("valid_from", "pk")
    return [
        (one.use, str(one.building_m2), None if one.usable_m2 is None else str(one.usable_m2),
         one.valid_from, one.valid_until)
        for one in rows
    ]  # fmt: skip


def premises_now(premises: Premises) -> Premises:
    return Premises.objects.get(pk=premises.pk)


def test_transfer_of_a_sharer_when_a_rest_was_nobodys_then_it_stays_nobodys() -> None:
    one, other = pair()
    premises = make_premises(one, total_parts=4, acquisition="rented", title_no="鲁2020第1号")
    make_share(premises, other)
    make_room(premises, "work", "100.00")
    contract(premises, "rent", number="租1", monthly_rent_yuan=4, valid_from=date(2026, 1, 1))

    moved(other, FAR)

    rest = Premises.objects.get(name="党群服务中心（未分配）")
    assert rooms(rest) == [("work", "50.00", None, BEGUN, None)]
    assert shares_of(rest) == []
    # of one number there is one in a street: two would be a double, and nothing paid
    assert (rest.title_no, premises_now(premises).title_no) == ("", "鲁2020第1号")
    kept = Contract.objects.order_by("premises_id").values_list("number", "monthly_rent_yuan")
    assert list(kept) == [("租1", 1), ("租1", 1), ("", 2)]
    assert paid_in(2026, one) == [(Decimal("12.00"), 12)]
    assert (premises_now(premises).total_parts, shares_of(premises)) == (1, [(A, 1, BEGUN, None)])
    assert (total(EVE), total(EFFECTIVE)) == (5000, 5000)


def test_transfer_when_a_room_is_occupied_then_it_stays_stopped_in_both_parts() -> None:
    one, other = pair()
    premises = make_premises(one, total_parts=2)
    make_share(premises, other)
    room = make_room(premises)
    make_room(premises, "hall", "100")
    values = {"premises": premises, "made_by": maker(), "made_at": AT}
    stopped = Inspection.objects.create(
        community=one, code=A, room=room, inspected_on=date(2027, 1, 5), finding="occupied",
        stops_from=date(2027, 1, 1), **values,
    )  # fmt: skip
    order = CorrectionOrder.objects.create(
        community=one, code=A, inspection=stopped, addressed_to="某公司", demand="腾退",
        issued_on=date(2027, 1, 6), deadline=date(2027, 6, 1), made_by=maker(), made_at=AT,
    )  # fmt: skip
    assert total(EVE) == 10000

    moved(other, FAR)

    assert (total(date(2026, 12, 31)), total(EVE), total(EFFECTIVE)) == (40000, 10000, 10000)
    order.refresh_from_db()
    assert order.inspection.premises_id == premises.pk
    assert order.inspection.room is not None
    assert order.inspection.room.valid_from == BEGUN
    assert strays() == []


def test_transfer_of_a_sharer_then_its_part_of_the_contracts_goes_along() -> None:
    one, other = pair()
    premises = make_premises(one, total_parts=3, acquisition="rented")
    bought = make_premises(one, "活动室", total_parts=3, acquisition="bought")
    for place in (premises, bought):
        make_share(place, other, 2)
        make_room(place)
    since, price = date(2026, 3, 15), Decimal("33.33")
    contract(premises, "rent", monthly_rent_yuan=Decimal("1000.00"), valid_from=since)
    contract(bought, "purchase", price_yuan=100, area_m2=300, signed_on=date(2024, 5, 1))
    before = paid_in(2026, one, other)

    moved(other, FAR)

    terms = ("code", "monthly_rent_yuan", "price_yuan", "area_m2", "valid_from", "valid_until")
    assert set(Contract.objects.values_list(*terms)) == {
        (A, Decimal("333.33"), None, None, since, None),
        (FAR, Decimal("666.67"), None, None, since, None),
        (A, None, price, Decimal("100.00"), None, None),
        (FAR, None, 100 - price, Decimal("200.00"), None, None),
    }
    # ten months; a month's rent is whole fen
    assert before == [(Decimal("3333.33"), 10), (Decimal("6666.67"), 10)]
    assert paid_in(2026, one, other) == [(Decimal("3333.30"), 10), (Decimal("6666.70"), 10)]
    # the year of the act has no month twice
    assert paid_in(2027, one, other) == [(Decimal("3999.96"), 12), (Decimal("8000.04"), 12)]


def contract(premises: Premises, kind: str, **more: Any) -> Contract:
    found: Contract = Contract.objects.create(
        premises=premises, community=premises.community, code=premises.code, kind=kind,
        **({"signed_on": date(2026, 3, 1)} | more),
    )  # fmt: skip
    return found


def paid_in(year: int, *communities: Community) -> list[tuple[Any, Any]]:
    """Rent and leased months of a year's facts, each community in the scope of its street."""
    found = []
    for one in communities:
        with scope(now(one).code[:9]):
            held = from_premises([now(one)], date(year, 12, 31), year)[one.pk]
        found.append((held["contract_rent_yuan"].value, held["rented_months"].value))
    return found


def test_transfer_when_shares_are_fine_then_each_part_is_a_whole() -> None:
    one, other = pair()
    premises = make_premises(one, parts=333_334, total_parts=1_000_000)
    make_share(premises, other, 333_333)
    make_room(premises, "work", "100.00")

    moved(other, FAR)

    areas = areas_of([one.pk, other.pk], EFFECTIVE)
    assert [areas[key.pk].work for key in (one, other)] == [3334, 3333]


def test_transfer_when_sharers_change_later_then_each_part_is_whole_every_day() -> None:
    one, other = pair()
    third = make_community(THIRD, "文轩社区居委会")
    premises = make_premises(one, parts=3, total_parts=5)
    make_share(premises, other, 1)
    make_share(premises, third, 1, valid_from=LATER)
    make_room(premises, "work", "100.00")

    moved(one, FAR)

    part = Premises.objects.get(code=B)
    assert shares_of(part) == [(B, 2, BEGUN, LATER), (B, 1, LATER, None), (THIRD, 1, LATER, None)]
    assert part.total_parts == 2
    # of five parts it had one at first, and two when the third came
    assert rooms(part) == [
        ("work", "20.00", None, BEGUN, LATER), ("work", "40.00", None, LATER, None),
    ]  # fmt: skip


def test_transfer_of_the_keeper_and_all_sharers_then_nothing_divides() -> None:
    one, other = pair()
    premises = make_premises(one, total_parts=2)
    make_share(premises, other)
    make_room(premises)
    make_divisions_above(FAR)
    plan = make_plan([one, other], [goes_on(one, code=FAR), goes_on(other, code="371502002002")])

    applied("transfer", plan)

    assert Premises.objects.get().code == FAR
    assert strays() == []
