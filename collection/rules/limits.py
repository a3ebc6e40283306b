"""The limits beyond which a figure is unlikely; one table, every limit with its name."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

# A change against last year asks for a reason from this part of it on.
CHANGE_ASKED: Final = 10  # percent
# From this many times last year's figure, or a part as small, a digit was likely lost or doubled.
SLIP: Final = 10


class Limit(NamedTuple):
    """Of one field: the smallest change that is asked about, and what no community exceeds."""

    step: int
    large: int | None = None
    # new every year: from 0, or to 0, is no news
    yearly: bool = False


LIMITS: Final[dict[str, Limit]] = {
    "households_registered": Limit(20, 50_000),
    "households_resident": Limit(20, 50_000),
    "households_occupied": Limit(20, 50_000),
    "households_recorded": Limit(20, 50_000),
    "new_households": Limit(20, 20_000, yearly=True),
    "population_registered": Limit(50, 150_000),
    "population_resident": Limit(50, 150_000),
    "dwellings": Limit(20, 50_000),
    "completed_dwellings": Limit(20, 50_000),
    "occupied_dwellings": Limit(20, 50_000),
    "gross_floor_area_m2": Limit(500, 6_000_000),
    "grids": Limit(2, 200),
    "premises_area_m2": Limit(10, 20_000),
    "premises_usable_area_m2": Limit(10, 20_000),
    "premises_above_ground_area_m2": Limit(10, 20_000),
    "work_area_m2": Limit(10, 10_000),
    "service_area_m2": Limit(10, 20_000),
    "property_area_m2": Limit(10, 20_000),
    "service_halls": Limit(2, 5),
    "contract_price_yuan": Limit(5_000, 100_000_000, yearly=True),
    "contract_rent_yuan": Limit(2_000, 5_000_000, yearly=True),
    "rented_months": Limit(2, None, yearly=True),
    "residents_committees": Limit(1, 3),
    "committee_members_in_post": Limit(2, 20),
    "resident_members": Limit(2, 20),
    "party_members_in_post": Limit(2, 20),
    "community_workers_in_post": Limit(2, 100),
    "extra_workers": Limit(2, 30, yearly=True),
    "social_organisations": Limit(3, 300),
    "social_insurance_yuan": Limit(1_000, 100_000),
    "received_yuan": Limit(5_000, 20_000_000),
}

PERSONS_PER_HOUSEHOLD: Final = (1, 6)
M2_PER_DWELLING: Final = (20, 500)
HOUSEHOLDS_PER_GRID: Final = (50, 2_000)
YUAN_PER_M2: Final = (300, 60_000)
RENT_PER_M2_AND_MONTH: Final = (1, 500)
# Of the organic law: a residents' committee has five to nine members.
COMMITTEE_MEMBERS: Final = (5, 9)
SOCIAL_INSURANCE_LEAST: Final = 1_000
# Of two counts of households one is at most this many times the other.
HOUSEHOLDS_APART: Final = 5
# More households than dwellings, in percent of them, before it is asked why.
HOUSEHOLDS_OVER_DWELLINGS: Final = 120
MONTHS: Final = 12
USABLE_PART: Final = Decimal("0.3")
