"""Who gains by the measures of a plan, for how much money: exact, and in one order.

Areas are whole hundredths of m², money is whole fen, heads are residents or households.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

FEN_OF_10_000_YUAN: Final = 1_000_000
HUNDREDTHS: Final = 100


@dataclass(frozen=True)
class Ask:
    """A measure as it is ranked: whose, in which year, how much area for how much money."""

    key: int
    community: int
    code: str
    year: int
    area: int
    fen: int


@dataclass(frozen=True)
class Need:
    """What a community lacks before all measures (None: cannot be judged), and its heads."""

    gap: int | None
    heads: int | None


@dataclass(frozen=True)
class Gain:
    """What a measure brings: heads that reach the standard by it, None where that is unknown.

    `left` is what is lacking afterwards (0 or less: the standard is kept), `share` the part of the
    community's gap that the measure closes.
    """

    ask: Ask
    heads: int | None
    left: int | None
    share: Fraction | None

    @property
    def free(self) -> bool:
        return self.ask.fen == 0

    @property
    def heads_for_money(self) -> Fraction | None:
        """Heads that gain for 10,000 yuan; None without cost or where they are unknown."""
        if self.heads is None or self.free:
            return None
        return Fraction(self.heads * FEN_OF_10_000_YUAN, self.ask.fen)

    @property
    def area_for_money(self) -> Fraction | None:
        """m² for 10,000 yuan; None without cost."""
        if self.free:
            return None
        return Fraction(self.ask.area * FEN_OF_10_000_YUAN, self.ask.fen * HUNDREDTHS)


def gains(asks: Iterable[Ask], needs: Mapping[int, Need]) -> list[Gain]:
    """What each measure brings: a community reaches the standard by the one that closes its gap.

    Its measures are taken in the order of years; who reached it before gains nothing more.
    """
    of: dict[int, list[Ask]] = defaultdict(list)
    for ask in asks:
        of[ask.community].append(ask)
    found = []
    for community, several in of.items():
        need = needs.get(community, Need(None, None))
        left = need.gap
        for ask in sorted(several, key=lambda one: (one.year, one.key)):
            before, left = left, None if left is None else left - ask.area
            found.append(_gain(ask, need, before, left))
    return found


def _gain(ask: Ask, need: Need, before: int | None, left: int | None) -> Gain:
    if before is None or left is None or need.gap is None:
        return Gain(ask, None, None, None)
    reached = before > 0 >= left
    closed = max(0, min(ask.area, before))
    share = Fraction(closed, need.gap) if need.gap > 0 else Fraction(0)
    return Gain(ask, need.heads if reached else 0, left, share)


# what a reader may sort by; each says None where a measure has no such figure
SORTS: Final[dict[str, Callable[[Gain], Any]]] = {
    "code": lambda one: one.ask.code,
    "year": lambda one: one.ask.year,
    "area": lambda one: one.ask.area,
    "cost": lambda one: one.ask.fen,
    "heads": lambda one: one.heads,
    "ratio": lambda one: one.heads_for_money,
    "m2": lambda one: one.area_for_money,
    "gap": lambda one: one.share,
}


def _place(gain: Gain) -> tuple[Any, ...]:
    """Without cost first, then most heads for money; unknown heads last; ties by code and year."""
    ask = gain.ask
    ties = (ask.code, ask.year, ask.key)
    if gain.heads is None:
        return (2, 0, *ties)
    if gain.free:
        return (0, -gain.heads, *ties)
    return (1, -(gain.heads_for_money or 0), *ties)


def ranked(given: Iterable[Gain]) -> list[tuple[int, Gain]]:
    """Gains with their rank, the first first."""
    return list(enumerate(sorted(given, key=_place), start=1))


def resorted(rows: list[tuple[int, Gain]], sort: str) -> list[tuple[int, Gain]]:
    """Ranked gains by one column (“-” before it: largest first); those without it come last."""
    key = SORTS.get(sort.removeprefix("-"))
    if key is None:
        return rows
    known = [row for row in rows if key(row[1]) is not None]
    # stable: what is alike keeps the order of the ranking
    known.sort(key=lambda row: key(row[1]), reverse=sort.startswith("-"))
    return known + [row for row in rows if key(row[1]) is None]
