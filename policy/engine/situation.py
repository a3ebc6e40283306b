"""The rows, the day and the series under which a provision is evaluated, and what came up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from policy.engine.catalogue import catalogue
from policy.engine.exact import Column, Mask, both, either, some
from policy.engine.facts import FactColumn, Facts
from policy.engine.series import Series


@dataclass(slots=True, eq=False)
class Situation:
    """Collects, while one provision is evaluated, which rows are blocked, unasked or noted."""

    facts: Facts
    on: datetime.date
    series: Series
    blocked: Mask = False
    unasked: Mask = False
    reasons: list[tuple[Mask, str]] = field(default_factory=list)
    notes: list[tuple[Mask, str]] = field(default_factory=list)

    def block(self, rows: Mask, reason: str) -> None:
        """Note that rows cannot be computed, and why."""
        if some(rows):
            self.blocked = either(self.blocked, rows)
            self.reasons.append((rows, reason))

    def leave(self, rows: Mask) -> None:
        """Note that the provision asks nothing of these rows."""
        self.unasked = either(self.unasked, rows)

    def note(self, rows: Mask, text: str) -> None:
        """Note something that is shown with the result of these rows."""
        if some(rows):
            self.notes.append((rows, text))

    def fact(self, name: str, active: Mask) -> FactColumn:
        """A fact; rows that need it and lack it are blocked."""
        column = self.facts.get(name)
        if column.missing is not False:
            self.block(both(active, column.missing), missing_fact(name))
        return column

    def index(self, series: str, lag: int, active: Mask) -> Column:
        """The figure of a series for year − lag; rows without one are blocked."""
        year = self.on.year - lag
        if self.facts.single:
            found = self.series.find(series, self.facts.codes[0], year)
            if found is None:
                self.block(active, missing_index(series, year))
                return Column.constant(0)
            return Column.constant(found.value)
        # held with the series itself: another one, or a changed one, is looked up anew
        key = ("series", series, year)
        if self.facts.cache.get(key, (None,))[0] is not self.series:
            looked_up = self.series.column(series, self.facts.numbers, year)
            self.facts.cache[key] = (self.series, *looked_up)
        column: Column = self.facts.cache[key][1]
        missing: Mask = self.facts.cache[key][2]
        if some(missing):
            self.block(both(active, missing), missing_index(series, year))
        return column


def missing_fact(name: str) -> str:
    """The reason given where a fact is not reported."""
    return f"缺少{catalogue().facts[name].label}（{name}）"


def not_assessed(name: str) -> str:
    """The reason given where somebody has yet to decide a figure."""
    return f"还没有{catalogue().facts[name].label}（{name}）"


def missing_index(series: str, year: int) -> str:
    """The reason given where a series has no figure."""
    return f"缺少{year}年{catalogue().series[series].label}（{series}）"
