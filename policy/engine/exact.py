"""Exact rational columns: whole numbers over one denominator, wide where int64 could overflow."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Any, TypeAlias

import numpy as np

# A column of one community is a plain int, of many an int64 array, of huge figures an object array;
# a mask is likewise a bool or an array of bools. One code path serves all of them.
Numbers: TypeAlias = Any
Mask: TypeAlias = Any

LARGEST = 2**63 - 1


def inverse(mask: Mask) -> Mask:
    """The opposite of a mask."""
    return not mask if isinstance(mask, bool) else ~mask


def some(mask: Mask) -> bool:
    """Whether a mask holds anywhere."""
    return mask if isinstance(mask, bool) else bool(mask.any())


def both(first: Mask, second: Mask) -> Mask:
    """Where both masks hold; plain bools are kept plain."""
    if first is True:
        return second
    if second is True:
        return first
    if first is False or second is False:
        return False
    return first & second


def either(first: Mask, second: Mask) -> Mask:
    """Where one of two masks holds; plain bools are kept plain."""
    if first is False:
        return second
    if second is False:
        return first
    if first is True or second is True:
        return True
    return first | second


def as_mask(mask: Any) -> Mask:
    """Numpy's own scalars made plain bools, so that `is True` may be asked."""
    return bool(mask) if isinstance(mask, np.bool_ | int) else mask


def choose(mask: Mask, first: Numbers, second: Numbers) -> Numbers:
    """First where the mask holds, else second."""
    if mask is True or first is second:
        return first
    if mask is False:
        return second
    first, second = _fitting(first, second)
    return np.where(mask, first, second)


def _fitting(first: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
    """Two columns of which one may be a plain int that no int64 holds, so that they can meet."""
    if any(isinstance(num, int) and abs(num) > LARGEST for num in (first, second)):
        return np.asarray(first, dtype=object), np.asarray(second, dtype=object)
    return first, second


def widen(num: Numbers) -> Numbers:
    """A column whose numbers may grow beyond int64."""
    return num.astype(object) if isinstance(num, np.ndarray) and num.dtype != object else num


@dataclass(frozen=True, slots=True)
class Column:
    """num / den, exactly; bound is never below the largest absolute num and never below 1.

    The bound is carried through every operation, so that widening is decided before a product is
    made and no column has to be scanned. signed says that a number may be below zero.
    """

    num: Numbers
    den: int = 1
    bound: int = 1
    signed: bool = False

    @classmethod
    def constant(cls, value: Fraction | int) -> Column:
        num = value.numerator
        return cls(num, value.denominator, max(1, abs(num)), num < 0)

    def times(self, other: Column) -> Column:
        """The product, reduced where one side is a constant."""
        a, b, a_den, b_den = self.num, other.num, self.den, other.den
        a_bound, b_bound = self.bound, other.bound
        if isinstance(a, int) and a and (common := gcd(a, b_den)) > 1:
            a, b_den, a_bound = a // common, b_den // common, max(1, a_bound // common)
        if isinstance(b, int) and b and (common := gcd(b, a_den)) > 1:
            b, a_den, b_bound = b // common, a_den // common, max(1, b_bound // common)
        bound = a_bound * b_bound
        if bound > LARGEST:
            a, b = widen(a), widen(b)
        signed = self.signed or other.signed
        if isinstance(a, int) and a == 1:
            return Column(b, a_den * b_den, bound, signed)
        if isinstance(b, int) and b == 1:
            return Column(a, a_den * b_den, bound, signed)
        return Column(a * b, a_den * b_den, bound, signed)

    def over(self, divisor: Fraction) -> Column:
        """The quotient by a constant that is not zero."""
        return self.times(Column.constant(1 / divisor))

    def scaled(self, den: int) -> Numbers:
        """The numerators over a multiple of the present denominator."""
        factor = den // self.den
        if factor == 1:
            return self.num
        return (self.num if self.bound * factor <= LARGEST else widen(self.num)) * factor

    def plus(self, other: Column) -> Column:
        """The sum."""
        den = lcm(self.den, other.den)
        bound = self.bound * (den // self.den) + other.bound * (den // other.den)
        a, b = self.scaled(den), other.scaled(den)
        if bound > LARGEST:
            a, b = widen(a), widen(b)
        return Column(a + b, den, bound, self.signed or other.signed)

    def aligned(self, other: Column) -> tuple[Numbers, Numbers, int, int]:
        """Both numerators over one denominator, that denominator, and a bound for both."""
        den = lcm(self.den, other.den)
        bound = max(self.bound * (den // self.den), other.bound * (den // other.den))
        return self.scaled(den), other.scaled(den), den, bound

    def where(self, mask: Mask, other: Column) -> Column:
        """This column where the mask holds, else the other."""
        if mask is True or self is other:
            return self
        if mask is False:
            return other
        a, b, den, bound = self.aligned(other)
        return Column(choose(mask, a, b), den, bound, self.signed or other.signed)

    def highest(self, other: Column) -> Column:
        """The larger of two, row by row."""
        a, b, den, bound = self.aligned(other)
        return Column(larger(a, b), den, bound, self.signed or other.signed)

    def lowest(self, other: Column) -> Column:
        """The smaller of two, row by row."""
        a, b, den, bound = self.aligned(other)
        return Column(smaller(a, b), den, bound, self.signed or other.signed)

    def rounded(self, step: Fraction, mode: str) -> Column:
        """The column as a multiple of step; mode none, floor, ceil or half_up (away from zero)."""
        if mode == "none":
            return self
        steps = self.over(step)
        if steps.den == 1:
            return self
        num, bound = _whole(steps, mode), (steps.bound // steps.den + 1) * step.numerator
        if step.numerator != 1:
            num = (num if bound <= LARGEST else widen(num)) * step.numerator
        return Column(num, step.denominator, bound, self.signed)

    def whole_units(self, places: int, mode: str = "half_up") -> Numbers:
        """Whole numbers of 10^-places, rounded: fen of yuan, 0.01 m2 of m2, persons of persons."""
        units = self.times(Column.constant(10**places))
        return units.num if units.den == 1 else _whole(units, mode)

    def at(self, row: int) -> Fraction:
        """One row as a fraction."""
        num = self.num if isinstance(self.num, int) else self.num[row]
        return Fraction(int(num), self.den)


def _whole(column: Column, mode: str) -> Numbers:
    num, den = column.num, column.den
    if 2 * max(column.bound, den) + den > LARGEST:
        num = widen(num)
    if mode == "floor":
        return num // den
    if mode == "ceil":
        return -(-num // den)
    if not column.signed:
        return (2 * num + den) // (2 * den)
    away = (2 * abs(num) + den) // (2 * den)
    return choose(as_mask(num < 0), -away, away)


def larger(first: Numbers, second: Numbers) -> Numbers:
    """The larger of two columns of whole numbers, row by row."""
    if isinstance(first, int) and isinstance(second, int):
        return max(first, second)
    first, second = _fitting(first, second)
    return np.maximum(first, second)


def smaller(first: Numbers, second: Numbers) -> Numbers:
    """The smaller of two columns of whole numbers, row by row."""
    if isinstance(first, int) and isinstance(second, int):
        return min(first, second)
    first, second = _fitting(first, second)
    return np.minimum(first, second)


def whole(values: list[int]) -> Numbers:
    """A list of whole numbers as an int64 array, or an object array where one is too large."""
    try:
        return np.array(values, dtype=np.int64)
    except OverflowError:
        return np.array(values, dtype=object)


def product_fits(first: Numbers, second: Numbers) -> bool:
    """Whether the product of two columns stays inside int64 in every row."""
    return _largest(first) * _largest(second) <= LARGEST


def _largest(num: Numbers) -> int:
    if isinstance(num, int):
        return abs(num)
    return int(abs(num).max()) if num.size else 0


def as_array(num: Numbers, size: int) -> Numbers:
    """A column of whole numbers in full length, also where it was held as one number."""
    if isinstance(num, np.ndarray):
        return num
    return np.full(size, num, dtype=np.int64 if abs(num) < 2**63 else object)
