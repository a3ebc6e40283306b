"""How yearly facts go from communities to their successors: a rule for each column, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from communities.choices import FactsStatus

Row = Mapping[str, Any]

# What a community has so much of: divided by households in the column's smallest unit (decimal
# places), added over the communities it comes from.
ADDITIVE: dict[str, int] = {
    "households": 0,
    "households_registered": 0,
    "households_resident": 0,
    "households_occupied": 0,
    "households_recorded": 0,
    "dwellings": 0,
    "completed_dwellings": 0,
    "occupied_dwellings": 0,
    "new_households": 0,
    "population_registered": 0,
    "population_resident": 0,
    "gross_floor_area_m2": 2,
    "grids": 0,
    "premises_area_m2": 2,
    "premises_usable_area_m2": 2,
    "premises_above_ground_area_m2": 2,
    "work_area_m2": 2,
    "service_area_m2": 2,
    "property_area_m2": 2,
    "service_halls": 0,
    "contract_price_yuan": 2,
    "contract_rent_yuan": 2,
    "committee_members_in_post": 0,
    "resident_members": 0,
    "party_members_in_post": 0,
    "community_workers_in_post": 0,
    "extra_workers": 0,
    "social_organisations": 0,
    "received_yuan": 2,
}
# What a community is like: the value of the one that most households come from; where that one
# has not reported it, of the next.
CARRIED = (
    "area_kind",
    "central_urban",
    "poor_county",
    "street_tier",
    "first_move_in_on",
    "premises_tenure",
    "rented_months",
    "residents_committees",
    "social_insurance_yuan",
)
# status: the least advanced; is_demo: whether any is; remarks: all, one after the other.
OWN_RULE = ("status", "is_demo", "remarks")
COLUMNS_OF_FACTS = (*ADDITIVE, *CARRIED, *OWN_RULE)
REMARKS_LIMIT = 500
STAGES = tuple(FactsStatus.values)


@dataclass(frozen=True)
class Source:
    """A community of before: its key, households by successor, its row of the year if it has one.

    `weights` as Plan.weights gives them: never all 0.
    """

    key: int
    weights: Mapping[str, int]
    row: Row | None


@dataclass(frozen=True)
class Note:
    """What a reader must know of a successor's column.

    `unknown`: communities that did not report it, so that the sum is not known. `values`: the
    different values that were there, the one that was taken first.
    """

    successor: str
    column: str
    unknown: tuple[int, ...] = ()
    values: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Flowed:
    """The rows of the successors by key, None for one that nothing is known of, and the notes."""

    rows: dict[str, dict[str, Any] | None]
    notes: tuple[Note, ...]


def divide(whole: int, weights: Sequence[int]) -> list[int]:
    """The parts of a whole number by weight, by largest remainder, the first of equals first.

    The parts add up to the whole, each within 1 of its exact share; a weight of 0 gets 0.
    Raises ZeroDivisionError when every weight is 0.
    """
    total = sum(weights)
    exact = [divmod(whole * weight, total) for weight in weights]
    parts = [part for part, _ in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: -exact[place][1])
    for place in by_remainder[: whole - sum(parts)]:
        parts[place] += 1
    return parts


def flow_facts(sources: Iterable[Source], successors: Sequence[str]) -> Flowed:
    """The facts of the successors of one year, from those of the communities of before.

    What is not reported is never 0: a sum with an unknown part is unknown, and a note names it.
    The order of the sources does not matter, that of the successors breaks ties.
    """
    listed = sorted(sources, key=lambda source: source.key)
    rows: dict[str, dict[str, Any] | None] = {}
    notes: list[Note] = []
    for key in successors:
        givers = [source for source in listed if key in source.weights]
        givers.sort(key=lambda source: -source.weights[key])
        if not any(source.row for source in givers):
            rows[key] = None
            continue
        added = {column: _added(column, key, givers, notes) for column in ADDITIVE}
        carried = {column: _carried(column, key, givers, notes) for column in CARRIED}
        rows[key] = added | carried | _own(givers)
    return Flowed(rows, tuple(notes))


def _added(column: str, key: str, givers: Sequence[Source], notes: list[Note]) -> Any:
    """The sum of what comes from each community; None with a note where one is not known."""
    units, unknown = 0, []
    for source in givers:
        value = source.row[column] if source.row else None
        if value is not None:
            units += _part(to_units(column, value), key, source.weights)
        elif source.weights[key]:
            unknown.append(source.key)
    if unknown:
        notes.append(Note(key, column, unknown=tuple(sorted(unknown))))
        return None
    return from_units(column, units)


def _part(units: int, key: str, weights: Mapping[str, int]) -> int:
    """What of one community's units goes to one successor."""
    return dict(zip(weights, divide(units, list(weights.values())), strict=True))[key]


def to_units(column: str, value: Any) -> int:
    """A reported value in whole units of its column: 0.01 m² and fen, or one."""
    places = ADDITIVE[column]
    return int(Decimal(value).scaleb(places)) if places else int(value)


def from_units(column: str, units: int) -> int | Decimal:
    """The value as the column keeps it."""
    places = ADDITIVE[column]
    return Decimal(units).scaleb(-places) if places else units


def _carried(column: str, key: str, givers: Sequence[Source], notes: list[Note]) -> Any:
    """The first value that is reported, most households first; differing ones are noted."""
    reported = [one.row[column] for one in givers if one.row and one.row[column] not in (None, "")]
    if not reported:
        return next((one.row[column] for one in givers if one.row), None)
    values = tuple(dict.fromkeys(reported))
    if len(values) > 1:
        notes.append(Note(key, column, values=values))
    return values[0]


def _own(givers: Sequence[Source]) -> dict[str, Any]:
    rows = [one.row for one in givers if one.row]
    remarks = "；".join(dict.fromkeys(row["remarks"] for row in rows if row["remarks"]))
    if len(remarks) > REMARKS_LIMIT:
        remarks = f"{remarks[: REMARKS_LIMIT - 1]}…"
    return {
        "status": min((row["status"] for row in rows), key=STAGES.index),
        "is_demo": any(row["is_demo"] for row in rows),
        "remarks": remarks,
    }
