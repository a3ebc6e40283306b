"""Dividing a whole number among units by weight, for what offices distribute themselves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from policy.engine.exact import as_array, whole
from policy.engine.grouping import Grouping
from policy.engine.pools import distribute as distributed


def distribute(total: int, weights: Sequence[int], codes: Sequence[str]) -> list[int]:
    """Parts of a total in proportion to weights by largest remainder, ties by code.

    weights and codes: one for each unit, in the same order; the parts come in that order and add up
    to the total. Where all weights are 0 the parts are equal but for the remainder. Raises
    ValueError for a total or a weight below 0, for a code that stands twice, and for a total above
    0 without units.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("a total and weights below 0 cannot be distributed")
    if len(weights) != len(codes) or len(set(codes)) != len(codes):
        raise ValueError("every unit has one weight and a code of its own")
    if not codes:
        if total:
            raise ValueError(f"nobody to distribute {total} among")
        return []
    places = {code: place for place, code in enumerate(sorted(codes))}
    groups = Grouping(np.zeros(len(codes), dtype=np.int64))
    totals = as_array(total, 1)
    ranks = np.array([places[code] for code in codes], dtype=np.int64)
    parts = distributed(totals, whole(list(weights)), groups, ranks)
    return [int(part) for part in parts]
