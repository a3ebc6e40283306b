"""What the register of premises tells of a year's facts, so that nobody types it again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from collection.rules.findings import Elsewhere
from collection.selectors.sources import Held
from communities.choices import Tenure
from communities.models import Community
from facilities.choices import ACQUISITIONS, COMMUNITY_USES, Measure
from facilities.models import Premises
from facilities.rules.areas import Areas, areas_on, covers, divided, together
from facilities.rules.holdings import held_in
from facilities.rules.money import yuan
from facilities.selectors.areas import shared_premises, sites_of, square_metres
from facilities.selectors.deeds import deeds_of, doubles_of

REGISTER = "用房台账"
MIXED = "用房台账，有几种取得方式，取面积最大的"
PAGE = "facilities:community_premises"
MONEY = ("contract_price_yuan", "contract_rent_yuan", "rented_months")
ORDER = [value for value, _ in ACQUISITIONS]


@dataclass
class _Own:
    """What one community has in the register on the day, gathered over its premises."""

    areas: list[Areas] = field(default_factory=list)
    halls: int = 0
    by_acquisition: Counter[str] = field(default_factory=Counter)
    price: int | None = None
    rent: int | None = None
    months: int | None = None
    in_doubt: bool = False


@dataclass(frozen=True)
class _Money:
    """What premises cost in a year, in fen; None where there is no such contract. Months rented.

    in_doubt: contracts contradict each other, or stand on other premises too.
    """

    price: int | None
    rent: int | None
    months: int | None
    in_doubt: bool


def from_premises(communities: Sequence[Community], on: date, year: int) -> Held:
    """The fields of a year's facts that the register answers on a day. Nine queries.

    Only communities with a share in premises that day. Areas that not every counted room has are
    left out. Money and months are those of the year, shared as the area is; left out where
    contracts are in doubt.
    """
    wanted = {one.pk for one in communities}
    premises = {one for several in shared_premises(wanted).values() for one in several}
    sites = sites_of(premises)
    records = Premises.objects.in_bulk(list(sites))
    paid = _money_of(list(records.values()), year)
    found: dict[int, _Own] = defaultdict(_Own)
    for key, site in sites.items():
        given = areas_on(site, on)
        parts = [one for one in site.parts if covers(one, on)]
        prices, rents = (
            dict(zip([one.community for one in parts],
                divided(fen, parts, site.total_parts), strict=True))
            if fen is not None else {}
            for fen in (paid[key].price, paid[key].rent)
        )  # fmt: skip
        for community, areas in given.items():
            if community not in wanted:
                continue
            own = found[community]
            own.areas.append(areas)
            own.halls += areas.has_hall
            own.by_acquisition[records[key].acquisition] += areas.premises
            own.in_doubt |= paid[key].in_doubt
            own.price = _plus(own.price, prices.get(community))
            own.rent = _plus(own.rent, rents.get(community))
            if paid[key].months is not None:
                own.months = max(own.months or 0, paid[key].months or 0)
    return {community: _fields(own) for community, own in found.items()}


def _plus(sum_: int | None, more: int | None) -> int | None:
    return sum_ if more is None else (sum_ or 0) + more


def _money_of(premises: Collection[Premises], year: int) -> Mapping[int, _Money]:
    """Prices of purchases signed in a year, rents of its leased months. Three queries."""
    deeds = deeds_of([one.pk for one in premises])
    doubles = doubles_of({one.pk: one.code for one in premises})
    found = {}
    for one in premises:
        held = held_in(deeds.get(one.pk, ()), one.acquisition, one.acquired_on, year)
        paid = held.leased
        rent, months = (None, None) if paid is None else (paid.rent, paid.months)
        in_doubt = bool(held.contradiction) or bool(one.pk in doubles and (held.price or rent))
        found[one.pk] = _Money(held.price, rent, months, in_doubt)
    return found


def _fields(own: _Own) -> dict[str, Elsewhere]:
    """The values by the name of their field, in m² and yuan with two decimals."""
    areas = together(own.areas)
    measured = {
        "premises_area_m2": areas.premises,
        "work_area_m2": areas.work,
        "service_area_m2": areas.service,
        "property_area_m2": areas.property_rooms,
    }
    for name, measure in (
        ("premises_usable_area_m2", Measure.USABLE),
        ("premises_above_ground_area_m2", Measure.ABOVE_GROUND),
    ):
        if areas.known(measure):
            measured[name] = areas.of(COMMUNITY_USES, measure)
    values: dict[str, Any] = {
        name: square_metres(number) for name, number in measured.items() if number is not None
    }
    for name, fen in (("contract_price_yuan", own.price), ("contract_rent_yuan", own.rent)):
        if fen is not None:
            values[name] = yuan(fen)
    values["service_halls"] = own.halls
    if own.months is not None:
        values["rented_months"] = own.months
    found = {name: Elsewhere(value, REGISTER, PAGE) for name, value in values.items()}
    had = [one for one in ORDER if own.by_acquisition[one]]
    if had:
        largest = max(had, key=lambda one: own.by_acquisition[one])
        source = REGISTER if len(had) == 1 else MIXED
        found["premises_tenure"] = Elsewhere(largest, source, PAGE)
        if largest == Tenure.BOUGHT and own.price is None:
            # bought in another year: nothing was signed in this one
            found["contract_price_yuan"] = Elsewhere(yuan(0), REGISTER, PAGE)
    return {name: one for name, one in found.items() if not own.in_doubt or name not in MONEY}
