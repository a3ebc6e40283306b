"""Dividing a whole among units: largest remainder, ties by code; pools and distributed quotas."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from policy.engine.conditions import Condition
from policy.engine.exact import Mask, both, either, inverse, product_fits
from policy.engine.expressions import Value
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

    def divide(self, sit: Situation, pools: Any) -> Any:
        """The fen of each unit; pools are the numbers of the pool to which each unit belongs.

        Units outside the condition get nothing; a unit with an unknown condition or weight blocks
        every unit of its pool, since all parts depend on it.
        """
        taking: Mask = np.ones(len(sit.facts), dtype=bool)
        unknown: Mask = np.zeros(len(sit.facts), dtype=bool)
        if self.condition is not None:
            judged = self.condition.judge(sit)
            taking = both(taking, judged.true)
            unknown = either(unknown, judged.unknown)
            for rows, reason in judged.reasons:
                sit.block(_whole_pools(both(rows, judged.unknown), pools), reason)
        weights = sit.facts.get(self.weights)
        lacking = both(taking, weights.missing)
        sit.block(_whole_pools(either(unknown, lacking), pools), missing_fact(self.weights))
        sit.note(inverse(taking), "不在分配范围内")
        fen = int(self.amount * 100)
        numbers = np.where(taking & ~np.asarray(lacking), weights.num, 0)
        if self.first:
            numbers = _leaders(numbers, pools, sit.facts.numbers, self.first)
        totals = np.where(_sums(numbers, pools) > 0, fen, 0)
        return distribute(totals, numbers, pools, sit.facts.numbers)


def _whole_pools(rows: Mask, pools: Any) -> Mask:
    if isinstance(rows, bool):
        return rows
    return np.isin(pools, np.unique(pools[rows])) if rows.any() else False


def _sums(numbers: Any, groups: Any) -> Any:
    """The sum of each row's group, in every row; exact for object columns too."""
    _, back = np.unique(groups, return_inverse=True)
    sums = np.zeros(back.max() + 1 if len(back) else 0, dtype=numbers.dtype)
    np.add.at(sums, back, numbers)
    return sums[back]


def _leaders(weights: Any, groups: Any, codes: Any, first: int) -> Any:
    """1 for the units with the highest weights of their group (ties by code), else 0."""
    order = np.lexsort((codes, -weights, groups))
    rank = _rank_within(groups[order])
    leaders = np.zeros(len(weights), dtype=np.int64)
    leaders[order] = (rank < first) & (weights[order] > 0)
    return leaders


def _rank_within(sorted_groups: Any) -> Any:
    places = np.arange(len(sorted_groups))
    starts = np.r_[True, sorted_groups[1:] != sorted_groups[:-1]]
    return places - np.maximum.accumulate(np.where(starts, places, 0))


def distribute(totals: Any, weights: Any, groups: Any, codes: Any) -> Any:
    """Each row's part of its group's total by weight: largest remainder, ties by code.

    totals repeats the group's whole number in each of its rows; a group whose weights are all 0
    is divided equally. The parts of a group always add up to its total.
    """
    if len(weights) == 0:
        return totals
    weights = np.where(_sums(weights, groups) > 0, weights, 1)
    sums = _sums(weights, groups)
    if not product_fits(totals, weights):
        totals, weights, sums = (column.astype(object) for column in (totals, weights, sums))
    parts, rest = totals * weights // sums, totals * weights % sums
    left = totals - _sums(parts, groups)
    order = np.array(
        sorted(range(len(rest)), key=lambda row: (groups[row], -rest[row], codes[row]))
        if rest.dtype == object
        else np.lexsort((codes, -rest, groups))
    )
    parts[order] += (_rank_within(groups[order]) < left[order]).astype(np.int64)
    return parts
