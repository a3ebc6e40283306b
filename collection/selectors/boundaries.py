"""Numbers of households at which the policies in force change their step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from math import ceil
from uuid import UUID

from collection.selectors.rule_nodes import nodes_of
from policy.engine.compiling import Rule
from policy.engine.conditions import FactCompares
from policy.engine.expressions import Per, Table
from policy.selectors import policy_for, policy_stamps

FACT = "households"
# Smaller blocks have a boundary every few households: nothing to look at.
SMALLEST_BLOCK = 1_000
# No community has more households.
MOST = 100_000


def boundaries_of(
    districts: Iterable[str], on: date, texts: UUID | None = None
) -> Mapping[str, frozenset[int]]:
    """By district, the counts of households at which a policy of a day changes its step.

    `texts` is the present stamp of the policies' texts, where a page has read it. While they stay
    as they are no query with it and one without; six at most.
    """
    wanted = tuple(sorted(set(districts)))
    return _boundaries(texts or policy_stamps()[0], wanted, on)


@lru_cache(maxsize=64)
def _boundaries(_texts: UUID, wanted: tuple[str, ...], on: date) -> Mapping[str, frozenset[int]]:
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
