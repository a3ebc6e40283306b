"""How many communities have how much space, by edges in m²."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from communities.selectors.columns import Amount

HUNDREDTHS = 100


@dataclass(frozen=True)
class SizeLine:
    """Communities from an edge up to below the next, and their percent of those known, exact."""

    label: str
    communities: int
    share: Fraction


@dataclass(frozen=True)
class Sizes:
    """The distribution; lines add up to known. unknown: communities without any figure.

    reached: for each edge how many communities have that much or more, with their percent.
    """

    lines: tuple[SizeLine, ...]
    reached: tuple[tuple[int, int, Fraction], ...]
    known: int
    unknown: int


def sizes_of(whole: Amount, rows: Any, edges: Sequence[int]) -> Sizes:
    """The distribution of some rows over ascending edges in whole m²."""
    areas = whole.num[rows][whole.has[rows]]
    known = len(areas)
    bounds = np.array([edge * HUNDREDTHS for edge in edges], dtype=np.int64)
    counts = np.bincount(np.searchsorted(bounds, areas, side="right"), minlength=len(edges) + 1)
    lines = tuple(
        SizeLine(label, int(count), Fraction(100 * int(count), known or 1))
        for label, count in zip(_labels(edges), counts, strict=True)
    )
    reached = []
    for place, edge in enumerate(edges):
        there = int(counts[place + 1 :].sum())
        reached.append((edge, there, Fraction(100 * there, known or 1)))
    return Sizes(lines, tuple(reached), known, len(rows) - known)


def _labels(edges: Sequence[int]) -> list[str]:
    if not edges:
        return ["全部"]
    between = [f"{low:,}至{high:,}㎡" for low, high in pairwise(edges)]
    return [f"不到{edges[0]:,}㎡", *between, f"{edges[-1]:,}㎡及以上"]
