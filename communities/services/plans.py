"""The plan of a change act: which communities go, which come or go on, how much flows between.

One shape for every kind of act, kept as JSON in ChangeAct.plan. Households are whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

BOUNDARIES = ("boundary_east", "boundary_south", "boundary_west", "boundary_north")


@dataclass(frozen=True)
class Successor:
    """A community as it is after the act: one that goes on (`community` is its key), or a new one.

    An empty boundary leaves that of a community that goes on as it is. `households` of a new one:
    those that belonged to no community, such as newly built housing; None where there are none.
    """

    key: str
    community: int | None
    code: str
    name: str
    area_km2: Decimal | None = None
    boundaries: dict[str, str] = field(default_factory=dict)
    households: int | None = None


@dataclass(frozen=True)
class Flow:
    """Households that go from a community (`source` is its key in the database) to a successor.

    What stays with a community that goes on is a flow to itself: the flows of a source add up to
    all of its households.
    """

    source: int
    to: str
    households: int


@dataclass(frozen=True)
class DivisionChange:
    """A division (9, 6 or 4 digits) that goes on under another code or name."""

    code: str
    new_code: str
    name: str


@dataclass(frozen=True)
class Plan:
    """What an act does.

    `communities`: those that exist and are concerned; one that no successor goes on with ends.
    `estates` and `grids`: parts by their key in the database, with the successor that gets them;
    parts of an ended community that are not named go where most of its households go.
    establish: one new successor; communities that give up households to it go on, with flows.
    rename, recode, transfer: each community goes on under another name or code; no flows.
    rescale: all go on, with flows. merge: one successor. split: two or more.
    abolish: one or more end; successors are the receivers, which go on, or none.
    reopen: one ended community, one new successor; the communities that hold its households now
    may be chosen as well: they go on, with flows.
    """

    communities: tuple[int, ...] = ()
    successors: tuple[Successor, ...] = ()
    flows: tuple[Flow, ...] = ()
    estates: dict[int, str] = field(default_factory=dict)
    grids: dict[int, str] = field(default_factory=dict)
    # of a new year's code list only
    divisions: tuple[DivisionChange, ...] = ()

    @cached_property
    def continuing(self) -> dict[int, Successor]:
        """Successors that are a community of before, by its key."""
        return {one.community: one for one in self.successors if one.community is not None}

    @cached_property
    def ending(self) -> tuple[int, ...]:
        """Communities that no successor goes on with."""
        going_on = self.continuing
        return tuple(pk for pk in self.communities if pk not in going_on)

    @cached_property
    def sources(self) -> tuple[int, ...]:
        """Communities whose households, facts and parts are divided: those with flows."""
        return tuple(pk for pk in self.communities if pk in self.by_source)

    @cached_property
    def new_housing(self) -> dict[str, int]:
        """Households that belonged to no community, by the key of the successor that gets them."""
        return {one.key: one.households for one in self.successors if one.households is not None}

    @cached_property
    def by_key(self) -> dict[str, Successor]:
        """Successors by their key."""
        return {one.key: one for one in self.successors}

    @cached_property
    def by_source(self) -> dict[int, dict[str, int]]:
        """Households by source and successor, as written; the last one of two."""
        flows: dict[int, dict[str, int]] = {}
        for flow in self.flows:
            flows.setdefault(flow.source, {})[flow.to] = flow.households
        return flows

    def successor(self, key: str) -> Successor:
        """The successor of a key. Raises KeyError."""
        return self.by_key[key]

    def weights(self, source: int) -> dict[str, int]:
        """Households of a source by successor, in the order of the successors.

        Where no household flows at all, the first successor of the flows has the weight 1: it
        gets everything.
        """
        given = self.by_source.get(source, {})
        found = {key: max(0, given[key]) for key in self.by_key if key in given}
        if found and not any(found.values()):
            found[next(iter(found))] = 1
        return found

    def main_successor(self, source: int) -> Successor | None:
        """Who gets most households of a source, the first of equals; None without flows."""
        weights = self.weights(source)
        return self.successor(max(weights, key=weights.__getitem__)) if weights else None

    def to_json(self) -> dict[str, Any]:
        """The plan as ChangeAct.plan keeps it."""
        return {
            "communities": list(self.communities),
            "successors": [
                {
                    "key": one.key,
                    "community": one.community,
                    "code": one.code,
                    "name": one.name,
                    "area_km2": None if one.area_km2 is None else str(one.area_km2),
                    "boundaries": one.boundaries,
                    "households": one.households,
                }
                for one in self.successors
            ],
            "flows": [
                {"source": one.source, "to": one.to, "households": one.households}
                for one in self.flows
            ],
            "estates": {str(pk): key for pk, key in self.estates.items()},
            "grids": {str(pk): key for pk, key in self.grids.items()},
            "divisions": [
                {"code": one.code, "new_code": one.new_code, "name": one.name}
                for one in self.divisions
            ],
        }


def read_plan(stored: dict[str, Any]) -> Plan:
    """The plan that ChangeAct.plan keeps. Raises KeyError for JSON that is not a plan."""
    return Plan(
        communities=tuple(stored["communities"]),
        successors=tuple(
            Successor(
                key=one["key"],
                community=one["community"],
                code=one["code"],
                name=one["name"],
                area_km2=None if one["area_km2"] is None else Decimal(one["area_km2"]),
                boundaries=one["boundaries"],
                households=one.get("households"),
            )
            for one in stored["successors"]
        ),
        flows=tuple(Flow(one["source"], one["to"], one["households"]) for one in stored["flows"]),
        estates={int(pk): key for pk, key in stored["estates"].items()},
        grids={int(pk): key for pk, key in stored["grids"].items()},
        divisions=tuple(
            DivisionChange(one["code"], one["new_code"], one["name"]) for one in stored["divisions"]
        ),
    )
