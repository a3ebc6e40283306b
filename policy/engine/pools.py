"""Dividing a whole among units: largest remainder, ties by code; pools and distributed quotas."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from policy.engine.conditions import Condition
from policy.engine.exact import LARGEST, Mask, both, either, inverse, product_fits
from policy.engine.expressions import Value
from policy.engine.grouping import Grouping
from policy.engine.situation import Situation, missing_fact


@dataclass(frozen=True, slots=True)
class Pool:
    """A fixed sum in yuan for the units of a level, by weights or in equal parts to the first."""

    amount: Fraction
    among: str
    weights: str
    condition: Condition | None
    first: int

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        raise TypeError("a pool is divided over all its units at once")

    def divide(self, sit: Situation, pools: Grouping, asks: Mask) -> Any:
        """The fen of each unit; pools says to which pool each unit belongs.

        asks: the units that take part. Those outside the condition get nothing; a unit with an
        unknown condition or weight blocks every unit of its pool, since all parts depend on it.
        """
        taking: Mask = np.broadcast_to(asks, len(sit.facts))
        unknown: Mask = np.zeros(len(sit.facts), dtype=bool)
        if self.condition is not None:
            judged = self.condition.judge(sit)
            unknown = both(taking, judged.unknown)
            for rows, reason in judged.reasons:
                sit.block(_whole_pools(both(rows, unknown), pools), reason)
            taking = both(taking, judged.true)
        weights = sit.facts.get(self.weights)
        lacking = both(taking, weights.missing)
        sit.block(_whole_pools(either(unknown, lacking), pools), missing_fact(self.weights))
        sit.note(inverse(taking), "不在分配范围内")
        numbers = np.where(taking & ~np.asarray(lacking), weights.num, 0)
        if self.first:
            numbers = _leaders(numbers, pools, sit.facts.numbers, self.first)
        shared = pools.sums(numbers, int(numbers.max())) > 0
        idle = both(taking, ~shared[pools.group_of])
        sit.block(both(idle, inverse(sit.blocked)), "权数合计为0，不能分配")
        totals = np.where(shared, int(self.amount * 100), 0)
        return distribute(totals, numbers, pools, sit.facts.numbers)


def _whole_pools(rows: Mask, pools: Grouping) -> Mask:
    if isinstance(rows, bool):
        return rows
    return (pools.counts(rows) > 0)[pools.group_of] if rows.any() else False


def _leaders(weights: Any, pools: Grouping, codes: Any, first: int) -> Any:
    """1 for the units with the highest weights of their pool (ties by code), else 0."""
    order = np.lexsort((codes, -weights, pools.group_of))
    rank = pools.ranks()
    leaders = np.zeros(len(weights), dtype=np.int64)
    leaders[order] = (rank < first) & (weights[order] > 0)
    return leaders


def distribute(totals: Any, weights: Any, groups: Grouping, codes: Any) -> Any:
    """Each row's part of its group's total by weight: largest remainder, ties by code.

    totals holds one whole number for each group; a group whose weights are all 0 is divided
    equally. The parts of a group always add up to its total.
    """
    if len(weights) == 0:
        return weights
    sums = groups.sums(weights, int(weights.max()))
    if not (sums > 0).all():
        weights = np.where((sums > 0)[groups.group_of], weights, 1)
        sums = groups.sums(weights, int(weights.max()))
    if not product_fits(totals, weights):
        totals, weights, sums = (column.astype(object) for column in (totals, weights, sums))
    products, whole = totals[groups.group_of] * weights, sums[groups.group_of]
    parts = products // whole
    rest = products - parts * whole
    left = totals - groups.sums(parts, int(parts.max()))
    order = _by_remainder(rest, sums, groups, codes)
    parts[order] += groups.ranks() < left[groups.group_of[order]]
    return parts


def _by_remainder(rest: Any, sums: Any, groups: Grouping, codes: Any) -> Any:
    """Rows by group, largest remainder first, then by code."""
    scale, width = int(sums.max()), int(groups.sizes.max())
    in_order = groups.order is None and (codes[1:] > codes[:-1]).all()
    if rest.dtype != object and in_order and scale * width * len(groups) <= LARGEST:
        # one joint key, unique in every row, sorts faster than three keys or a stable sort
        return np.argsort((groups.group_of * scale + (scale - 1 - rest)) * width + groups.ranks())
    rows = range(len(rest))
    return np.array(sorted(rows, key=lambda row: (groups.group_of[row], -rest[row], codes[row])))
