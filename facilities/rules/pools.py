"""How a sum is divided, in whole fen: among counties by weight, or among measures by rank."""

from __future__ import annotations

from collections.abc import Sequence

from policy.engine import distribute


def by_weight(fen: int, weights: Sequence[int], codes: Sequence[str]) -> list[int]:
    """Parts by largest remainder, ties by code; all 0 where nobody has a weight.

    Otherwise they add up to the sum. Raises ValueError for a sum or a weight below 0, or a code
    that stands twice.
    """
    if not any(weights):
        return [0] * len(weights)
    return distribute(fen, weights, codes)


def by_rank(fen: int, asked: Sequence[int], *, last_in_part: bool) -> list[int]:
    """What each measure gets in the order given: all that it asks for, while the money lasts.

    The first one that the rest does not cover ends it, or takes the rest where that is allowed:
    nobody further down is served before it.
    """
    left, parts = fen, [0] * len(asked)
    for place, wanted in enumerate(asked):
        if wanted > left:
            parts[place] = left if last_in_part else 0
            break
        parts[place] = wanted
        left -= wanted
    return parts
