"""Demo facts: made from the code and the year alone, so that every machine shows the same ones.

docs/demo-data.md describes the generator. Every row it makes carries is_demo.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from communities.models import AnnualFacts, Community, Division
from communities.services.bulk import analyse_after, insert_staged, stage
from communities.services.locks import unlocked

FIRST_YEAR = 2024
# One community is fixed: the screens of the handbook show it.
SHOWN = "371502001001"
SHOWN_HOUSEHOLDS = {2024: 2686, 2025: 2765, 2026: 2847}
SHOWN_FACTS: dict[str, Any] = {
    "area_kind": "built",
    "committee_members_in_post": 7,
    "community_workers_in_post": 2,
    "grids": 6,
    "resident_members": 5,
    "premises_tenure": "reallocated",
    "contract_price_yuan": None,
    "contract_rent_yuan": None,
    "rented_months": None,
    "premises_area_m2": Decimal(128),
    "premises_usable_area_m2": Decimal(100),
    "premises_above_ground_area_m2": Decimal(128),
    "work_area_m2": Decimal(88),
    "service_area_m2": Decimal(40),
}
COLUMNS = (
    "community_id", "year", "code", "street_code", "district_code", "city_code",
    "status", "is_demo", "version",
    "households", "households_registered", "households_resident", "households_occupied",
    "households_recorded", "dwellings", "completed_dwellings", "occupied_dwellings",
    "new_households", "population_registered", "population_resident",
    "area_kind", "central_urban", "street_tier", "gross_floor_area_m2", "grids",
    "premises_tenure", "premises_area_m2", "premises_usable_area_m2",
    "premises_above_ground_area_m2", "work_area_m2", "service_area_m2", "property_area_m2",
    "service_halls", "contract_price_yuan", "contract_rent_yuan", "rented_months",
    "residents_committees", "committee_members_in_post", "resident_members",
    "party_members_in_post", "community_workers_in_post", "social_organisations",
    "received_yuan", "remarks", "reasons", "declared", "makers",
)  # fmt: skip
# The demo rounds take the determined households from the recorded ones.
DETERMINED = ("households", "households_recorded")
# premises that were bought were bought in one of these years
BOUGHT_YEARS = (2014, 2026)
TENURES = ("handed_over", "bought", "rented", "reallocated", "collective", "lent")


class Draw:
    """Numbers from 0 up to 1 that follow from a text and their place alone."""

    def __init__(self, text: str) -> None:
        self.digest = hashlib.sha256(text.encode()).digest()

    def part(self, place: int) -> float:
        """Return the number at a place, 0 to 15."""
        return int.from_bytes(self.digest[2 * place : 2 * place + 2], "big") / 65536

    def whole(self, place: int, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self.part(place) * (high - low + 1))


def size(part: float) -> int:
    """Return households from 300 to 6,000, most often about 2,600 (a triangle)."""
    low, mode, high = 300, 2600, 6000
    if part < (mode - low) / (high - low):
        return int(low + (part * (high - low) * (mode - low)) ** 0.5)
    return int(high - ((1 - part) * (high - low) * (high - mode)) ** 0.5)


def households(code: str, year: int) -> int:
    """Return the households of a year: the first year's, then −1 % to +4 % a year."""
    number = size(Draw(code).part(0))
    for each in range(FIRST_YEAR + 1, year + 1):
        number += round(number * (Draw(f"{code} {each}").part(0) * 0.05 - 0.01))
    return number


def facts(code: str, year: int, *, latest: int, complete: bool = False) -> dict[str, Any]:
    """Return the demo facts of one community and year; left out are those not reported.

    Of the latest year some rows are still drafts or only submitted. `complete` leaves nothing out.
    """
    place, now = Draw(code), Draw(f"{code} {year}")
    number = SHOWN_HOUSEHOLDS.get(year, 0) if code == SHOWN else 0
    number = number or households(code, year)
    before = households(code, year - 1) if year > FIRST_YEAR else number
    row = size_facts(number, before, place, now) | premises_facts(number, year, place, now)
    row |= staff_facts(number, now)
    if code == SHOWN:
        return row | SHOWN_FACTS | {"status": "confirmed"}
    row["status"] = status(now.part(15)) if year == latest else "confirmed"
    for name in () if complete else missing(row["status"], now.part(14)):
        # one unknown number of households blocks the staff quota of a whole district
        if name in DETERMINED and code.startswith(SHOWN[:6]):
            continue
        row[name] = "" if name in {"area_kind", "premises_tenure"} else None
    return row


def status(part: float) -> str:
    """Return a state: seven in ten confirmed, two submitted, one draft."""
    return "confirmed" if part < 0.7 else "submitted" if part < 0.9 else "draft"


def missing(state: str, part: float) -> tuple[str, ...]:
    """Return the facts a community has not reported: some in every state, more in drafts."""
    if part < 0.03:
        return DETERMINED
    if part < 0.06:
        return ("area_kind",)
    if part < 0.09:
        return ("premises_area_m2", "work_area_m2", "service_area_m2", "premises_tenure")
    if state == "draft" and part < 0.5:
        return ("committee_members_in_post", "community_workers_in_post", "received_yuan")
    return ()


def size_facts(number: int, before: int, place: Draw, now: Draw) -> dict[str, Any]:
    """Return households by every measure, dwellings, people and the kind of area."""
    dwellings = round(number * (1.04 + 0.2 * place.part(1)))
    resident = round(number * (0.86 + 0.1 * now.part(1)))
    return {
        "households": number,
        "households_registered": round(number * (0.7 + 0.25 * place.part(2))),
        "households_resident": resident,
        "households_occupied": round(resident * 0.97),
        "households_recorded": number,
        "dwellings": dwellings,
        "completed_dwellings": dwellings,
        "occupied_dwellings": min(dwellings, round(number * 0.98)),
        "new_households": max(0, number - before) + now.whole(2, 0, 40),
        "population_registered": round(number * (2.1 + 0.6 * place.part(3))),
        "population_resident": round(resident * (2.4 + 0.5 * place.part(4))),
        "area_kind": "new" if place.part(5) < 0.4 else "built",
        "gross_floor_area_m2": cents(dwellings * (88 + 30 * place.part(6))),
        "grids": max(1, round(number / 450)),
        "residents_committees": 1,
    }


def bought_in(code: str) -> int:
    """Return the year in which a community bought its premises, if it did."""
    return Draw(code).whole(14, *BOUGHT_YEARS)


def premises_facts(number: int, year: int, place: Draw, now: Draw) -> dict[str, Any]:
    """Return the premises: how they are held, their areas, price or rent.

    A price stands in the year of the purchase alone; whole months of rent are paid.
    """
    work = cents(80 + 320 * place.part(7))
    service = cents(20 + number * 0.42 * place.part(8))
    tenure = TENURES[min(len(TENURES) - 1, int(place.part(9) ** 1.6 * len(TENURES)))]
    whole = work + service
    bought, rented = tenure == "bought", tenure == "rented"
    price = cents(float(whole) * (3900 + 2600 * place.part(13)))
    monthly_rent = cents(float(whole) * (9 + 8 * place.part(13)))
    months = now.whole(3, 9, 12)
    this_year = year == place.whole(14, *BOUGHT_YEARS)
    return {
        "premises_tenure": tenure,
        "premises_area_m2": whole,
        "premises_usable_area_m2": cents(float(whole) * 0.78),
        "premises_above_ground_area_m2": cents(float(whole) * (0.8 + 0.2 * place.part(10))),
        "work_area_m2": work,
        "service_area_m2": service,
        "property_area_m2": cents(90 + 260 * place.part(11)),
        "service_halls": 1 if place.part(12) < 0.85 else 0,
        "contract_price_yuan": (price if this_year else Decimal(0)) if bought else None,
        "contract_rent_yuan": monthly_rent * months if rented else None,
        "rented_months": months if rented else None,
    }


def staff_facts(number: int, now: Draw) -> dict[str, Any]:
    """Return the people in post and the money received for the year before."""
    committee = min(9, max(5, -(-number // 300))) - now.whole(4, 0, 2)
    return {
        "committee_members_in_post": committee,
        "resident_members": max(0, committee - now.whole(5, 0, 3)),
        "party_members_in_post": now.whole(6, 4, 8),
        "community_workers_in_post": max(1, number // 420 - now.whole(7, 0, 2)),
        "social_organisations": now.whole(8, 0, 12),
        "received_yuan": cents(max(60_000, number * 20) * (0.9 + 0.15 * now.part(9))),
    }


def cents(value: float) -> Decimal:
    """Return a measure or an amount with two places."""
    return Decimal(round(value * 100)) / 100


@transaction.atomic
def load_demo(*, years: Sequence[int], codes: Iterable[str] | None = None) -> int:
    """Add demo facts for the years to the urban communities, or those named; return rows added.

    Rows that are there stay as they are, so running it again adds nothing.
    """
    set_divisions()
    places = Community.objects.filter(valid_until__isnull=True).order_by("code")
    if codes is None:
        places = places.filter(committee_kind="residents")
        wanted = None
    else:
        wanted = set(codes)
    divisions = {
        code: (central, tier)
        for code, central, tier in Division.objects.filter(valid_until__isnull=True).values_list(
            "code", "central_urban", "street_tier"
        )
    }
    chosen = [
        (pk, code)
        for pk, code in places.values_list("pk", "code").iterator()
        if wanted is None or code in wanted
    ]
    stage(AnnualFacts, COLUMNS, demo_rows(chosen, years, divisions))
    with unlocked():
        added = insert_staged(AnnualFacts, COLUMNS, unless_present=("community_id", "year"))
    analyse_after(added)
    return added


def set_divisions() -> None:
    """Give Liaocheng's districts and Beilun's streets the attributes that the texts ask for."""
    current = Division.objects.filter(valid_until__isnull=True)
    liaocheng = current.under("3715").filter(level="district", central_urban__isnull=True)
    liaocheng.filter(code="371502").update(central_urban=True)
    liaocheng.exclude(code="371502").update(central_urban=False)
    beilun = list(current.under("330206").filter(level="street", street_tier=""))
    for street in beilun:
        street.street_tier = "better" if int(street.code[-3:]) % 2 == 0 else "weaker"
    Division.objects.bulk_update(beilun, ["street_tier"])


def demo_rows(
    places: Sequence[tuple[int, str]],
    years: Sequence[int],
    divisions: dict[str, tuple[bool | None, str]],
) -> Iterator[list[object]]:
    """Return the columns of the demo facts, year by year."""
    for year in years:
        for pk, code in places:
            row = facts(code, year, latest=max(years))
            row |= {
                "community_id": pk,
                "year": year,
                "code": code,
                "street_code": code[:9],
                "district_code": code[:6],
                "city_code": code[:4],
                "is_demo": True,
                "version": 1,
                "central_urban": divisions.get(code[:6], (None, ""))[0],
                "street_tier": divisions.get(code[:9], (None, ""))[1],
                "remarks": "",
                "reasons": "{}",
                "declared": "{}",
                "makers": "{}",
            }
            yield [row[name] for name in COLUMNS]
