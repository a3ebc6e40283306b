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
# Columns that are a part of another one, with that one: they are divided so that they stay one.
PART_OF = {
    "completed_dwellings": "dwellings",
    "occupied_dwellings": "completed_dwellings",
    "premises_usable_area_m2": "premises_area_m2",
    "premises_above_ground_area_m2": "premises_area_m2",
    "resident_members": "committee_members_in_post",
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
# What was said with the figures and by whom: it stays with the row for which it was said.
KEPT = (
    "reasons", "declared", "makers", "submitted_by", "reviewed_by", "confirmed_by", "confirmed_at",
)  # fmt: skip
COLUMNS_OF_FACTS = (*ADDITIVE, *CARRIED, *OWN_RULE)
REMARKS_LIMIT = 500
STAGES = tuple(FactsStatus.values)


@dataclass(frozen=True)
class Source:
    """A community of before: its key, households by successor, its row of the year if it has one.

    `weights` as Plan.weights gives them: never all 0. `goes_on`: the successor that it is itself.
    """

    key: int
    weights: Mapping[str, int]
    row: Row | None
    goes_on: str | None = None


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


def divide(whole: int, weights: Sequence[int], limits: Sequence[int] | None = None) -> list[int]:
    """The parts of a whole number by weight, by largest remainder, the first of equals first.

    The parts add up to the whole, each within 1 of its exact share; a weight of 0 gets 0.
    `limits` are the parts of a number that is not less, divided by the same weights: no part is
    above its limit, a unit that has no room goes to the next largest remainder.
    Raises ZeroDivisionError when every weight is 0.
    """
    total = sum(weights)
    exact = [divmod(whole * weight, total) for weight in weights]
    parts = [part for part, _ in exact]
    left = whole - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda place: -exact[place][1])
    room = by_remainder
    while left and room:
        room = [one for one in by_remainder if limits is None or parts[one] < limits[one]]
        for place in room[:left]:
            parts[place] += 1
        left -= len(room[:left])
    return parts


def divide_row(row: Row, weights: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """The units of every additive column that is reported, by column and successor.

    A column that is a part of another stays a part of it with every successor; where the other is
    not reported, or less, of the next one that it is a part of.
    """
    given = list(weights.values())
    units = {name: to_units(name, row[name]) for name in ADDITIVE if row[name] is not None}
    parts: dict[str, list[int]] = {}
    for column in sorted(units, key=lambda name: len(_wider(name))):
        wider = (one for one in _wider(column) if units.get(one, -1) >= units[column])
        limits = next((parts[one] for one in wider), None)
        parts[column] = divide(units[column], given, limits)
    return {name: dict(zip(weights, values, strict=True)) for name, values in parts.items()}


def _wider(column: str) -> list[str]:
    """The columns that a column is a part of, the nearest first."""
    found = []
    while column in PART_OF:
        column = PART_OF[column]
        found.append(column)
    return found


def flow_facts(sources: Iterable[Source], successors: Sequence[str]) -> Flowed:
    """The facts of the successors of one year, from those of the communities of before.

    What is not reported is never 0: a sum with an unknown part is unknown, and a note names it.
    The order of the sources does not matter, that of the successors breaks ties.
    """
    listed = sorted(sources, key=lambda source: source.key)
    shares = {
        one.key: divide_row(one.row, one.weights) for one in listed if one.row and one.weights
    }
    rows: dict[str, dict[str, Any] | None] = {}
    notes: list[Note] = []
    for key in successors:
        givers = _givers(key, listed)
        if not any(source.row for source in givers):
            rows[key] = None
            continue
        added = {column: _added(column, key, givers, shares, notes) for column in ADDITIVE}
        carried = {column: _carried(column, key, givers, notes) for column in CARRIED}
        rows[key] = added | carried | _own(givers)
    return Flowed(rows, tuple(notes))


def _givers(key: str, listed: Sequence[Source]) -> list[Source]:
    """The communities that give households to a successor, most first.

    Where nobody does, the community that goes on as it; else those that the plan names with 0.
    """
    named = [one for one in listed if key in one.weights]
    giving = [one for one in named if one.weights[key]]
    itself = [one for one in named if one.goes_on == key]
    return sorted(giving or itself or named, key=lambda one: -one.weights[key])


def _added(
    column: str,
    key: str,
    givers: Sequence[Source],
    shares: Mapping[int, Mapping[str, Mapping[str, int]]],
    notes: list[Note],
) -> Any:
    """The sum of what comes from each community; None with a note where one is not known."""
    units, unknown = 0, []
    for source in givers:
        reported = shares.get(source.key, {}).get(column)
        if reported is not None:
            units += reported[key]
        elif source.weights[key]:
            unknown.append(source.key)
    if unknown:
        notes.append(Note(key, column, unknown=tuple(sorted(unknown))))
        return None
    return from_units(column, units)


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
