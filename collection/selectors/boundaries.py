"""Numbers of households at which the policies in force change their step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from math import ceil

from collection.selectors.rule_nodes import nodes_of
from policy.engine.compiling import Rule
from policy.engine.conditions import FactCompares
from policy.engine.expressions import Per, Table
from policy.selectors import policy_for

FACT = "households"
# Smaller blocks have a boundary every few households: nothing to look at.
SMALLEST_BLOCK = 1_000
# No community has more households.
MOST = 100_000


def boundaries_of(districts: Iterable[str], on: date) -> dict[str, frozenset[int]]:
    """By district, the counts of households at which a policy of a day changes its step.

    At most five queries, one while the policies stay as they are.
    """
    wanted = sorted(set(districts))
    prefix = next(
        (
            wanted[0][:length]
            for length in (6, 4, 2)
            if wanted and wanted[0][:length] == wanted[-1][:length]
        ),
        "0",
    )
    rules = policy_for(prefix, on).stack.rules
    found: dict[str, frozenset[int]] = {}
    for district in wanted:
        steps: set[int] = set()
        for rule in rules:
            if district.startswith(rule.text.jurisdiction):
                steps.update(_steps(rule))
        found[district] = frozenset(steps)
    return found


def _steps(rule: Rule) -> Iterator[int]:
    """The steps of a rule: limits of its conditions, ends of its tables' rows, its blocks."""
    for node in nodes_of(rule):
        if getattr(node, "fact", "") != FACT:
            continue
        if isinstance(node, FactCompares):
            yield from (ceil(limit) for _, limit in node.limits)
        elif isinstance(node, Table):
            ends = (end for row, _ in node.rows for end in (row.start, row.end))
            yield from (end for end in ends if end)
        elif isinstance(node, Per) and node.every.lo >= SMALLEST_BLOCK:
            block = ceil(node.every.lo)
            yield from range(block, MOST + 1, block)
