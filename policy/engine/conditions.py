"""Conditions over facts and the date: true, false or unknown, row by row."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Protocol

from policy.engine.exact import Column, Mask, Numbers, as_mask, both, either, inverse
from policy.engine.situation import Situation, missing_fact


@dataclass(frozen=True, slots=True)
class Judged:
    """Where a condition holds, where it cannot be known, and why not."""

    true: Mask
    unknown: Mask
    reasons: tuple[tuple[Mask, str], ...] = ()


class Condition(Protocol):
    """Anything that can be judged row by row."""

    def judge(self, sit: Situation) -> Judged: ...


def _comparison(key: str, limit: Fraction) -> tuple[Callable[[Numbers, int], Mask], int]:
    """Compare whole numbers with a limit that need not be whole."""
    compared: dict[str, tuple[Callable[[Numbers, int], Mask], int]] = {
        "at_least": (operator.ge, ceil(limit)),
        "above": (operator.gt, floor(limit)),
        "at_most": (operator.le, floor(limit)),
        "below": (operator.lt, ceil(limit)),
    }
    return compared[key]


@dataclass(frozen=True, slots=True)
class FactIs:
    """A choice or flag has one of the named values (as the numbers that stand for them)."""

    fact: str
    values: tuple[int, ...]

    def judge(self, sit: Situation) -> Judged:
        column = sit.facts.get(self.fact)
        true: Mask = False
        for value in self.values:
            true = either(true, as_mask(column.num == value))
        return _known(true, column.missing, self.fact)


@dataclass(frozen=True, slots=True)
class FactCompares:
    """A figure lies above or below limits given in natural units."""

    fact: str
    limits: tuple[tuple[str, Fraction], ...]

    def judge(self, sit: Situation) -> Judged:
        column = sit.facts.get(self.fact)
        true: Mask = True
        for key, limit in self.limits:
            compare, whole = _comparison(key, limit * 10**column.fact.places)
            true = both(true, as_mask(compare(column.num, whole)))
        return _known(true, column.missing, self.fact)


@dataclass(frozen=True, slots=True)
class YearCompares:
    """The year of the date asked about lies within limits."""

    limits: tuple[tuple[str, Fraction], ...]

    def judge(self, sit: Situation) -> Judged:
        year = sit.on.year
        held = all(
            year == limit if key == "is" else _comparison(key, limit)[0](year, int(limit))
            for key, limit in self.limits
        )
        return Judged(held, False)


@dataclass(frozen=True, slots=True)
class RatioCompares:
    """One fact is at least (or at most) a share of another, compared in whole numbers."""

    part: str
    whole: str
    limits: tuple[tuple[str, Fraction], ...]

    def judge(self, sit: Situation) -> Judged:
        part, whole = sit.facts.get(self.part), sit.facts.get(self.whole)
        # of nothing there is no share
        true: Mask = as_mask(whole.num > 0)
        for key, limit in self.limits:
            compare = _comparison(key, limit)[0]
            left = part.column().times(Column.constant(limit.denominator))
            right = whole.column().times(Column.constant(limit.numerator))
            above, below, _, _ = left.aligned(right)
            true = both(true, as_mask(compare(above, below)))
        unknown = either(part.missing, whole.missing)
        reasons = [
            (part.missing, missing_fact(self.part)),
            (whole.missing, missing_fact(self.whole)),
        ]
        return Judged(both(true, inverse(unknown)), unknown, tuple(reasons))


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; one that is false decides it."""

    parts: tuple[Condition, ...]

    def judge(self, sit: Situation) -> Judged:
        judged = [part.judge(sit) for part in self.parts]
        true: Mask = True
        possible: Mask = True
        for one in judged:
            true = both(true, one.true)
            possible = both(possible, either(one.true, one.unknown))
        unknown = both(possible, inverse(true))
        return Judged(true, unknown, _reasons(judged))


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds; one that is true decides it."""

    parts: tuple[Condition, ...]

    def judge(self, sit: Situation) -> Judged:
        judged = [part.judge(sit) for part in self.parts]
        true: Mask = False
        unknown: Mask = False
        for one in judged:
            true = either(true, one.true)
            unknown = either(unknown, one.unknown)
        return Judged(true, both(unknown, inverse(true)), _reasons(judged))


@dataclass(frozen=True, slots=True)
class Not:
    """The part is false."""

    part: Condition

    def judge(self, sit: Situation) -> Judged:
        judged = self.part.judge(sit)
        return Judged(inverse(either(judged.true, judged.unknown)), judged.unknown, judged.reasons)


def _known(true: Mask, missing: Mask, fact: str) -> Judged:
    if missing is False:
        return Judged(true, False)
    return Judged(both(true, inverse(missing)), missing, ((missing, missing_fact(fact)),))


def _reasons(judged: list[Judged]) -> tuple[tuple[Mask, str], ...]:
    return tuple(reason for one in judged for reason in one.reasons)
