"""The register of premises answers the year's facts: areas of the day, money and months of it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collection.rules.findings import Elsewhere
from collection.selectors.sources import kept_elsewhere
from communities.models import Community
from facilities.models import Contract, Inspection, Premises
from facilities.selectors.sources import MONEY, from_premises
from tests.factories import make_community
from tests.space_factories import AT, make_premises, make_room, make_share, maker

pytestmark = pytest.mark.django_db
YEAR, DAY = 2026, date(2026, 6, 30)
PAGE = "facilities:community_premises"


def held(value: Any, source: str = "用房台账") -> Elsewhere:
    return Elsewhere(value, source, PAGE)


def values(community: Community, on: date = DAY, year: int = YEAR) -> dict[str, Any]:
    found = kept_elsewhere([community], on, year)[community.pk]
    return {name: one.value for name, one in found.items()}


def make_contract(premises: Premises, kind: str, **more: Any) -> Contract:
    found: Contract = Contract.objects.create(
        premises=premises, community=premises.community, code=premises.code, kind=kind,
        **({"signed_on": date(2026, 2, 1)} | more),
    )  # fmt: skip
    return found


def test_sources_then_the_areas_that_count_on_the_day() -> None:
    one, other = make_community(), make_community("371502001002", "湖南社区居委会")
    premises = make_premises(one)
    make_room(premises, "work", "88.10", usable_m2=Decimal("80"))
    make_room(premises, "hall", "40.05", usable_m2=Decimal("35"))
    make_room(premises, "property", "20")
    make_room(premises, "activity", "500", valid_from=date(2026, 7, 1))

    assert kept_elsewhere([one, other], DAY, YEAR) == {
        one.pk: {
            "premises_area_m2": held(Decimal("128.15")),
            "premises_usable_area_m2": held(Decimal("115.00")),
            "work_area_m2": held(Decimal("88.10")),
            "service_area_m2": held(Decimal("40.05")),
            "property_area_m2": held(Decimal("20.00")),
            "service_halls": held(1),
            "premises_tenure": held("handed_over"),
        },
        other.pk: {},
    }


def test_sources_when_a_room_has_no_usable_area_then_it_is_not_answered() -> None:
    one = make_community()
    premises = make_premises(one)
    make_room(premises, "work", "88", usable_m2=Decimal("80"))
    make_room(premises, "hall", "40")

    assert "premises_usable_area_m2" not in values(one)


def test_sources_of_several_kinds_then_the_largest_and_that_is_said() -> None:
    one = make_community()
    make_room(make_premises(one, acquisition="bought"), "work", "100")
    make_room(make_premises(one, "活动站", acquisition="lent"), "activity", "100.01")

    found = kept_elsewhere([one], DAY, YEAR)[one.pk]

    assert found["premises_tenure"] == held("lent", "用房台账，有几种取得方式，取面积最大的")


def test_sources_when_all_is_occupied_then_nothing_counts_and_no_tenure() -> None:
    one = make_community()
    premises = make_premises(one)
    make_room(premises)
    Inspection.objects.create(
        premises=premises, community=one, code=one.code, inspected_on=DAY, finding="occupied",
        stops_from=DAY, made_by=maker(), made_at=AT,
    )  # fmt: skip

    found = values(one)

    assert (found["premises_area_m2"], found["service_halls"]) == (Decimal("0.00"), 0)
    assert "premises_tenure" not in found


def test_sources_of_a_shared_lease_then_whole_months_and_fen_by_parts() -> None:
    one, other = make_community(), make_community("371502001002", "湖南社区居委会")
    premises = make_premises(one, acquisition="rented", total_parts=3)
    make_share(premises, other, 2)
    make_room(premises, "work", "300")
    make_contract(
        premises, "rent", monthly_rent_yuan=Decimal("1000.01"),
        valid_from=date(2025, 7, 15), valid_until=date(2026, 5, 15),
    )  # fmt: skip

    # the months that begin in 2026: 15 January to 15 May, 4,000.04 yuan by one and two parts
    rents = [values(who)["contract_rent_yuan"] for who in (one, other)]
    assert rents == [Decimal("1333.35"), Decimal("2666.69")]
    assert [values(who)["rented_months"] for who in (one, other)] == [4, 4]
    assert values(one, date(2025, 12, 31), 2025)["rented_months"] == 6
    assert "rented_months" not in values(one, date(2027, 6, 30), 2027)


def test_sources_of_a_purchase_then_its_price_in_the_year_of_signing_alone() -> None:
    one = make_community()
    premises = make_premises(one, acquisition="bought")
    make_room(premises)
    make_contract(premises, "purchase", price_yuan=Decimal("1200000"))

    assert values(one)["contract_price_yuan"] == Decimal("1200000.00")
    assert values(one, date(2027, 6, 30), 2027)["contract_price_yuan"] == Decimal("0.00")
    rented = make_community("371502001002", "湖南社区居委会")
    make_room(make_premises(rented, acquisition="rented"))
    assert "contract_price_yuan" not in values(rented)


def test_sources_of_a_second_purchase_then_nothing_as_the_subsidy_has_it() -> None:
    one = make_community()
    premises = make_premises(one, acquisition="bought")
    make_room(premises)
    make_contract(premises, "purchase", price_yuan=Decimal(3), signed_on=date(2024, 2, 1))
    make_contract(premises, "purchase", price_yuan=Decimal(777))

    assert values(one)["contract_price_yuan"] == Decimal("0.00")


def test_sources_when_leased_and_bought_in_the_year_then_rent_until_the_purchase() -> None:
    one = make_community()
    premises = make_premises(one, acquisition="bought")
    make_room(premises)
    make_contract(
        premises, "rent", monthly_rent_yuan=Decimal(100), valid_from=date(2026, 1, 1),
    )  # fmt: skip
    make_contract(premises, "purchase", price_yuan=Decimal(777), signed_on=date(2026, 4, 1))

    found = values(one)

    assert [found[name] for name in MONEY] == [Decimal("777.00"), Decimal("300.00"), 3]


@pytest.mark.parametrize("acquisition", ["rented", "collective"])
def test_sources_when_acquisition_and_contracts_contradict_then_no_money(acquisition: str) -> None:
    one = make_community()
    premises = make_premises(one, acquisition=acquisition)
    make_room(premises)
    make_contract(premises, "purchase", price_yuan=Decimal(777))

    found = values(one)

    assert found["premises_tenure"] == acquisition
    assert not found.keys() & set(MONEY)


def test_sources_when_a_title_stands_on_two_premises_then_no_price_of_either() -> None:
    one = make_community()
    for name in ("甲处", "乙处"):
        premises = make_premises(one, name, acquisition="bought", title_no="演示第1号")
        make_room(premises)
        make_contract(premises, "purchase", price_yuan=Decimal(777))

    assert "contract_price_yuan" not in values(one)
    # nothing was signed in the next year: nothing is in doubt
    assert values(one, date(2027, 6, 30), 2027)["contract_price_yuan"] == Decimal("0.00")


def test_sources_of_many_communities_then_the_queries_are_as_few() -> None:
    communities = [make_community(f"3715020010{number:02}") for number in range(1, 32)]
    for one in communities:
        make_room(make_premises(one))

    def queries(count: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            from_premises(communities[:count], DAY, YEAR)
        return len(found)

    assert queries(1) == queries(31) == 9
