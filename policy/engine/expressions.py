"""The closed set of shapes: each a small exact function from facts to a pair [low, high]."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from policy.engine.conditions import Condition
from policy.engine.exact import Column, Mask, as_mask, both, either, inverse, some
from policy.engine.situation import Situation, not_assessed


@dataclass(frozen=True, slots=True)
class Value:
    """A pair [low, high]; raw is the low figure before a bound changed it, if one could."""

    lo: Column
    hi: Column
    raw: Column | None = None

    @classmethod
    def exact(cls, column: Column) -> Value:
        return cls(column, column)

    def mapped(self, change: Callable[[Column], Column]) -> Value:
        """Both ends (and the figure before a bound) changed in the same way."""
        lo = change(self.lo)
        hi = lo if self.hi is self.lo else change(self.hi)
        return Value(lo, hi, None if self.raw is None else change(self.raw))

    def joined(self, other: Value, join: Callable[[Column, Column], Column]) -> Value:
        """Two values joined end by end."""
        lo = join(self.lo, other.lo)
        same = self.hi is self.lo and other.hi is other.lo
        hi = lo if same else join(self.hi, other.hi)
        if self.raw is None and other.raw is None:
            return Value(lo, hi)
        return Value(lo, hi, join(self.unbound, other.unbound))

    @property
    def unbound(self) -> Column:
        """The figure before any bound."""
        return self.lo if self.raw is None else self.raw


class Node(Protocol):
    """A shape with its parameters."""

    def evaluate(self, sit: Situation, active: Mask) -> Value: ...


@dataclass(frozen=True, slots=True)
class Const:
    """A figure of the text, or a band."""

    lo: Fraction
    hi: Fraction

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        low = Column.constant(self.lo)
        return Value(low, low if self.hi == self.lo else Column.constant(self.hi))


@dataclass(frozen=True, slots=True)
class FactValue:
    """A reported fact in natural units; `assessed` figures are facts that somebody decided."""

    fact: str
    assessed: bool = False
    suggested: Node | None = None

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        missing = sit.facts.get(self.fact).missing
        if self.assessed and missing is not False:
            sit.block(both(active, missing), not_assessed(self.fact))
            return Value.exact(sit.facts.get(self.fact).column())
        return Value.exact(sit.fact(self.fact, active).column())


@dataclass(frozen=True, slots=True)
class Per:
    """amount for every so many of a fact, in whole blocks or pro rata."""

    fact: str
    every: Const
    amount: Const
    block: str = "none"

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        count = sit.fact(self.fact, active).column()
        fewest = self._of(count, self.every.hi, self.amount.lo)
        if self.every.lo == self.every.hi and self.amount.lo == self.amount.hi:
            return Value.exact(fewest)
        return Value(fewest, self._of(count, self.every.lo, self.amount.hi))

    def _of(self, count: Column, size: Fraction, amount: Fraction) -> Column:
        if self.block == "none":
            return count.times(Column.constant(amount / size))
        blocks = count.over(size).rounded(Fraction(1), self.block)
        return blocks.times(Column.constant(amount))


@dataclass(frozen=True, slots=True)
class Interval:
    """A row's range over a fact in its own whole units; None is open upwards."""

    start: int
    start_included: bool
    end: int | None
    end_included: bool

    def holds(self, num: object) -> Mask:
        above = as_mask(num >= self.start if self.start_included else num > self.start)  # type: ignore[operator]
        if self.end is None:
            return above
        below = as_mask(num <= self.end if self.end_included else num < self.end)  # type: ignore[operator]
        return both(above, below)


@dataclass(frozen=True, slots=True)
class Table:
    """The value of the row in which a fact lies."""

    fact: str
    rows: tuple[tuple[Interval, Node], ...]

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        column = sit.fact(self.fact, active)
        known = both(active, inverse(column.missing))
        cases = [(both(known, interval.holds(column.num)), node) for interval, node in self.rows]
        return _first_of(sit, cases)


@dataclass(frozen=True, slots=True)
class Branch:
    """One case of a `when`; without a condition it is the rest."""

    condition: Condition | None
    value: Node
    reason: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """The first branch whose condition is true; unknown conditions block."""

    branches: tuple[Branch, ...]

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        open_rows, cases = active, []
        for branch in self.branches:
            taken, open_rows = _take(sit, branch, open_rows)
            if branch.reason:
                sit.note(taken, branch.reason)
            cases.append((taken, branch.value))
        sit.leave(open_rows)
        return _first_of(sit, cases)


def _take(sit: Situation, branch: Branch, open_rows: Mask) -> tuple[Mask, Mask]:
    if branch.condition is None:
        return open_rows, False
    judged = branch.condition.judge(sit)
    if judged.unknown is not False:
        stuck = both(open_rows, judged.unknown)
        for rows, reason in judged.reasons:
            sit.block(both(stuck, rows), reason)
    settled = either(judged.true, judged.unknown)
    return both(open_rows, judged.true), both(open_rows, inverse(settled))


def _first_of(sit: Situation, cases: list[tuple[Mask, Node]]) -> Value:
    """The value of the case that holds in each row; rows of no case get a figure nobody reads."""
    result: Value | None = None
    for mask, node in reversed(cases):
        if not some(mask):
            continue
        value = node.evaluate(sit, mask)
        result = value if result is None else _where(mask, value, result)
    return result or Value.exact(Column.constant(0))


def _where(mask: Mask, first: Value, second: Value) -> Value:
    return first.joined(second, lambda a, b: a.where(mask, b))


@dataclass(frozen=True, slots=True)
class Index:
    """factor × the nearest figure of a series for an earlier year."""

    series: str
    factor: Fraction
    lag: int

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        figure = sit.index(self.series, self.lag, active)
        return Value.exact(figure.times(Column.constant(self.factor)))


@dataclass(frozen=True, slots=True)
class Joined:
    """sum, product, max or min of several values, band by band."""

    how: str
    parts: tuple[Node, ...]

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        first, *others = (part.evaluate(sit, active) for part in self.parts)
        before = first.unbound
        for other in others:
            first = first.joined(other, _JOINS[self.how])
        if self.how in ("max", "min"):
            return Value(first.lo, first.hi, before)
        return first


_JOINS: dict[str, Callable[[Column, Column], Column]] = {
    "sum": Column.plus,
    "product": Column.times,
    "max": Column.highest,
    "min": Column.lowest,
}


@dataclass(frozen=True, slots=True)
class Clamp:
    """max with low, then min with high; keeps the figure before the bounds."""

    value: Node
    low: Const | None
    high: Const | None

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        value = self.value.evaluate(sit, active)
        lo, hi = self._bounded(value.lo), self._bounded(value.hi)
        return Value(lo, lo if value.hi is value.lo else hi, value.unbound)

    def _bounded(self, column: Column) -> Column:
        if self.low is not None:
            column = column.highest(Column.constant(self.low.lo))
        if self.high is not None:
            column = column.lowest(Column.constant(self.high.lo))
        return column


@dataclass(frozen=True, slots=True)
class Round:
    """Both ends to a multiple of step, the low and the high end each in its own mode."""

    value: Node
    step: Fraction
    low_mode: str
    high_mode: str

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        value = self.value.evaluate(sit, active)
        lo = value.lo.rounded(self.step, self.low_mode)
        raw = None if value.raw is None else value.raw.rounded(self.step, self.low_mode)
        if value.hi is value.lo and self.low_mode == self.high_mode:
            return Value(lo, lo, raw)
        return Value(lo, value.hi.rounded(self.step, self.high_mode), raw)


@dataclass(frozen=True, slots=True)
class Quota:
    """The least whole number that is at least a share of a fact."""

    fact: str
    share: Fraction

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        whole = sit.fact(self.fact, active).column().times(Column.constant(self.share))
        return Value.exact(whole.rounded(Fraction(1), "ceil"))


@dataclass(frozen=True, slots=True)
class Excess:
    """By how much another provision's figure exceeded its own bound."""

    provision: str
    value: Node

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        value = self.value.evaluate(sit, active)
        excess = value.unbound.plus(value.lo.times(Column.constant(-1)))
        # a figure lifted by its floor has not exceeded anything
        return Value.exact(excess.highest(Column.constant(0)))


@dataclass(frozen=True, slots=True)
class Unset:
    """A provision that needs an option which nobody has set: it blocks every row."""

    option: str

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        sit.block(active, f"还没有设定“{self.option}”，采用本文件时填写")
        return Value.exact(Column.constant(0))
