"""Bought and rented premises with their contracts, for tests of subsidies."""

from datetime import date
from decimal import Decimal
from typing import Any

from communities.models import Community
from facilities.models import Premises
from tests.space_factories import make_contract, make_premises, make_room
from tests.staffing.pay_world import adopt, index


def bought(
    community: Community, area: str = "420", price: str = "9999999", **values: Any
) -> Premises:
    signed = values.pop("signed_on", date(2026, 3, 1))
    premises = make_premises(
        community, acquisition="bought", acquired_on=signed, valid_from=signed, **values
    )
    make_room(premises, "work", area)
    make_contract(premises, "purchase", price_yuan=Decimal(price), signed_on=signed)
    return premises


def rented(community: Community, area: str = "300", rent: str = "9999", **values: Any) -> Premises:
    """Rooms leased for a year from the middle of March 2026, at a monthly rent."""
    premises = make_premises(community, acquisition="rented", **values)
    make_room(premises, "activity", area)
    make_contract(
        premises,
        "rent",
        monthly_rent_yuan=Decimal(rent),
        valid_from=date(2026, 3, 15),
        valid_until=date(2027, 3, 15),
    )
    return premises


def opinions_in_force() -> None:
    """The city's opinions of 2013; last year's price 4,200 yuan, rent 12.5 a month."""
    adopt("city-opinions-2013", "3715")
    index("average_sale_price", "4200")
    index("average_rent", "12.5")
