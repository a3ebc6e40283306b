"""The sizes of communities against what the policies in force say of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from communities.selectors.assessment import Assessment
from communities.selectors.clauses import Clause, clause_of
from policy.engine.exact import as_array, inverse
from policy.engine.outcome import Outcome

SIZE = "community_size"
SIDES = {"small": "偏小", "large": "偏大", "off": "偏离"}


@dataclass(frozen=True)
class SizeRow:
    """A community outside what a clause says; off is signed: below the bound is negative."""

    code: str
    name: str
    present: str
    households: int
    bound: int
    off: int


@dataclass(frozen=True)
class SizeCheck:
    """What one clause finds: below its range, above it, or off the one number that it aims at."""

    clause: Clause
    sides: dict[str, list[SizeRow]]
    unknown: int


def size_checks(assessment: Assessment, prefix: str) -> list[SizeCheck]:
    """What each clause on the size of communities finds under a prefix; no query.

    A clause with a range finds those below it and those above it; one that aims at a number finds
    all that are off it, farthest first; one that only binds from one side finds the other side.
    """
    found: dict[str, SizeCheck] = {}
    inside = rows_inside(assessment, prefix)
    households = assessment.register.facts.get("households")
    missing = np.broadcast_to(households.missing, len(assessment.register))
    for requirement, rows in assessment.parts(SIZE):
        numbers = np.arange(len(assessment.register))[rows]
        for outcome in requirement.outcomes:
            check = found.setdefault(outcome.rule.id, _empty(outcome))
            asked = as_array(inverse(outcome.blocked), len(numbers)).astype(bool)
            asked &= as_array(outcome.asks, len(numbers)).astype(bool) & inside[numbers]
            known = asked & ~missing[numbers]
            _sort_out(assessment, check, outcome, numbers, known)
            unknown = check.unknown + int((asked & missing[numbers]).sum())
            found[outcome.rule.id] = replace(check, unknown=unknown)
    for check in found.values():
        for side in check.sides.values():
            side.sort(key=lambda row: (-abs(row.off), row.code))
    return list(found.values())


def rows_inside(assessment: Assessment, prefix: str) -> Any:
    """The mask of the rows under a prefix."""
    inside = np.zeros(len(assessment.register), dtype=bool)
    inside[assessment.register.under(prefix)] = True
    return inside


def _empty(outcome: Outcome) -> SizeCheck:
    provision = outcome.rule.provision
    ranged = outcome.lo is not outcome.hi and not np.array_equal(outcome.lo, outcome.hi)
    if provision.binding == "at_least":
        sides: tuple[str, ...] = ("small",)
    elif provision.binding == "at_most":
        sides = ("large",)
    else:
        sides = ("small", "large") if ranged else ("off",)
    return SizeCheck(
        clause_of(outcome.rule.text, outcome.rule.provision), {side: [] for side in sides}, 0
    )


def _sort_out(
    assessment: Assessment, check: SizeCheck, outcome: Outcome, numbers: Any, known: Any
) -> None:
    """Put the rows of one outcome that it finds into the sides of a check."""
    register = assessment.register
    actual = np.asarray(register.facts.get("households").num)[numbers]
    low, high = (as_array(bound, len(numbers)) for bound in (outcome.lo, outcome.hi))
    below, above = known & (actual < low), known & (actual > high)
    small, large = (below, low), (above, high)
    picked = {"small": [small], "large": [large], "off": [small, large]}
    for side, rows in check.sides.items():
        for mask, bound in picked[side]:
            for place in np.flatnonzero(mask):
                number, count = int(numbers[place]), int(actual[place])
                edge = int(bound[place])
                rows.append(
                    SizeRow(
                        register.codes[number],
                        register.names[number],
                        register.present[number],
                        count,
                        edge,
                        count - edge,
                    )
                )
