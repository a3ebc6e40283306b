"""What must happen again and again: the clause that says so, and when the next time is due."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from policy.engine.dated import Deadline, Recurrence
from policy.engine.expressions import Node, When
from policy.engine.facts import Facts
from policy.engine.series import Series
from policy.engine.situation import Situation
from policy.engine.stack import Stack
from policy.engine.texts import ADOPTABLE, Provision, Text


@dataclass(frozen=True)
class Cadence:
    """How often something must happen, and the provision that says so."""

    text: Text
    provision: Provision
    recurrence: Recurrence

    def next_due(self, last: datetime.date | None, since: datetime.date) -> datetime.date | None:
        """The last day on which the next time still complies; see the function next_due."""
        return next_due(self.recurrence, last, since)


def cadence_of(stack: Stack, subject: str, code: str, facts: Facts | None = None) -> Cadence | None:
    """The nearest recurrence provision in force on a subject for a code; None if there is none.

    code: 12 digits, or a division's. facts: one row, for provisions with a condition; a provision
    whose condition is not known to hold, or from which the code is exempt, is passed over.
    """
    flags = [prefix in ("", ADOPTABLE) or code.startswith(prefix) for prefix in stack.jurisdictions]
    sit = Situation(facts or Facts.from_rows([{"code": code}]).one(0), stack.on, Series({}))
    for rule in stack.for_prefixes(flags).get(subject, ()):
        lifted = rule.id in stack.exemptions.get(code, ())
        if lifted or (rule.condition is not None and not _holds(rule.condition.judge(sit).true)):
            continue
        node = _taken(rule.components[0].value, sit)
        if isinstance(node, Recurrence):
            return Cadence(rule.text, rule.provision, node)
    return None


def _holds(true: object) -> bool:
    return true is True


def _taken(node: Node, sit: Situation) -> Node | None:
    """The value of the case that holds, where a value has cases."""
    while isinstance(node, When):
        cases = (one for one in node.branches if one.condition is None
                 or _holds(one.condition.judge(sit).true))  # fmt: skip
        taken = next(cases, None)
        if taken is None:
            return None
        node = taken.value
    return node


def next_due(
    recurrence: Recurrence, last: datetime.date | None, since: datetime.date
) -> datetime.date | None:
    """The last day on which the next time still complies.

    last: the day of the last time, None if there was none; where several times are asked in each
    period, the day of the last but (times − 1). since: the first day on which it is asked, such as
    the day on which the person took the post; the due day is never before the end of the first
    period that begins then. None where nothing is asked.
    """
    if recurrence.times <= 0:
        return None
    if not recurrence.calendar:
        begun = since if last is None else max(last, since)
        days = Deadline("", months=recurrence.months).due(begun.toordinal())
        return datetime.date.fromordinal(days)
    years = recurrence.months // 12
    if recurrence.start is not None:
        period = (since.year - recurrence.start) // years
        if last is not None:
            period = max(period, (last.year - recurrence.start) // years + 1)
        year = recurrence.start + (period + 1) * years - 1
    else:
        year = since.year + years - 1
        if last is not None:
            year = max(year, last.year + years)
    return _end_of(year)


def _end_of(year: int) -> datetime.date:
    return datetime.date(min(year, datetime.MAXYEAR), 12, 31)


def whole_months(first: datetime.date, last: datetime.date) -> int:
    """Whole months from one day to a later one; the end of a shorter month counts as the day."""
    months = (last.year - first.year) * 12 + last.month - first.month
    clipped = min(first.day, calendar.monthrange(last.year, last.month)[1])
    return max(0, months - (last.day < clipped))


def whole_years(born: datetime.date, on: datetime.date) -> int:
    """周岁: whole years from a day to a later one."""
    return whole_months(born, on) // 12
