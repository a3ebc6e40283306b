"""Shapes about time: growth from year to year, deadlines, recurrences."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from policy.engine.exact import Column, Mask, inverse, some
from policy.engine.expressions import Node, Value
from policy.engine.situation import Situation


@dataclass(frozen=True, slots=True)
class Grow:
    """A base that grows by a rate, or by each year's decided rate, from a first year on."""

    value: Node
    start: int
    rate: Fraction | None
    series: str
    mode: str
    round_each_year: Fraction | None

    def years(self, on: datetime.date) -> int:
        """Full steps of growth up to a day; none before the first year."""
        return max(0, on.year - self.start)

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        value = self.value.evaluate(sit, active)
        count = self.years(sit.on)
        if self.rate is not None and self.round_each_year is None:
            factor = Column.constant(growth_factor(self.rate, count, self.mode))
            return value.mapped(lambda column: column.times(factor))
        if self.rate is not None and self.mode == "simple":
            return self._simple(value, count)
        for year in range(self.start + 1, self.start + count + 1):
            value = self._one_year(sit, value, year)
        return value

    def _simple(self, value: Value, count: int) -> Value:
        step = Column.constant(self.rate or 0)
        base = value
        for _ in range(count):
            value = value.joined(base.mapped(lambda column: column.times(step)), Column.plus)
            value = value.mapped(self._rounded)
        return value

    def _one_year(self, sit: Situation, value: Value, year: int) -> Value:
        """A year's growth; rows for which no rate was decided stay as they are."""
        if self.rate is not None:
            factor, decided = Column.constant(1 + self.rate), True
        else:
            rate, missing = self._decided(sit, year)
            factor, decided = rate.plus(Column.constant(1)), inverse(missing)
        if not some(decided):
            return value
        return value.mapped(
            lambda column: self._rounded(column.times(factor)).where(decided, column)
        )

    def _decided(self, sit: Situation, year: int) -> tuple[Column, Mask]:
        if sit.facts.single:
            found = sit.series.find(self.series, sit.facts.codes[0], year)
            return Column.constant(found.value if found else 0), found is None
        return sit.series.column(self.series, sit.facts.numbers, year)

    def _rounded(self, column: Column) -> Column:
        if self.round_each_year is None:
            return column
        return column.rounded(self.round_each_year, "half_up")


def growth_factor(rate: Fraction, years: int, mode: str) -> Fraction:
    """(1+g)^n compound, 1+g·n simple."""
    return (1 + rate) ** years if mode == "compound" else 1 + rate * years


_EPOCH = datetime.date(1970, 1, 1).toordinal()
_LAST_DAY = datetime.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day so many months, days or working days after an event, as a day number."""

    fact: str
    months: int = 0
    days: int = 0
    working_days: int = 0

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        column = sit.fact(self.fact, active)
        if isinstance(column.num, int):
            due = self.due(column.num) if column.num else 0
            return Value.exact(Column(due, 1, _LAST_DAY))
        if self.months:
            return Value.exact(Column(_months_later(column.num, self.months), 1, _LAST_DAY))
        if self.days:
            later = np.where(column.num > 0, np.minimum(column.num + self.days, _LAST_DAY), 0)
            return Value.exact(Column(later, 1, _LAST_DAY))
        events, back = np.unique(column.num, return_inverse=True)
        due_days = np.array([self.due(int(day)) if day else 0 for day in events], dtype=np.int64)
        return Value.exact(Column(due_days[back], 1, _LAST_DAY))

    def due(self, day: int) -> int:
        """The due day number; the end of a month is clipped, weekends are not working days."""
        date = datetime.date.fromordinal(day)
        if self.months:
            year, month = divmod(date.year * 12 + date.month - 1 + self.months, 12)
            if year > datetime.MAXYEAR:
                return _LAST_DAY
            last = calendar.monthrange(year, month + 1)[1]
            date = date.replace(year=year, month=month + 1, day=min(date.day, last))
        number = date.toordinal() + self.days
        for _ in range(self.working_days):
            # day 1, the 1st of January of the year 1, was a Monday
            number += {4: 3, 5: 2}.get((number - 1) % 7, 1)
        return min(number, _LAST_DAY)


def _months_later(days: Any, months: int) -> Any:
    """The same day of a later month, the end of a shorter month clipped; 0 stays 0."""
    dates = (days - _EPOCH).astype("M8[D]")
    month = dates.astype("M8[M]")
    within = dates - month.astype("M8[D]")
    last = (month + months + 1).astype("M8[D]") - np.timedelta64(1, "D")
    due = np.minimum((month + months).astype("M8[D]") + within, last)
    return np.where(days > 0, np.minimum(due.astype(np.int64) + _EPOCH, _LAST_DAY), 0)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """At least so many times in every period of months.

    calendar: the periods are whole calendar years, counted from the last time, or in fixed blocks
    from the year `start` on; else they are months from the last time.
    """

    times: Fraction
    months: int
    calendar: bool = False
    start: int | None = None

    def evaluate(self, sit: Situation, active: Mask) -> Value:
        return Value.exact(Column.constant(self.times))
