"""Lines of cost of a person: which standard counts in which months, and who pays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from policy.engine import catalogue
from staffing.choices import PayChannel
from staffing.models import Award, PayRecord
from staffing.rules.pay_months import NONE, month_text, months_between, part_of
from staffing.selectors.pay_standards import Standards, channel_text
from staffing.selectors.pay_units import Compared, Line, Unit

# two ways of saying the basic pay; where texts say both, the higher counts and the other is in it
BASIC = ("staff_allowance", "staff_pay")
INSURANCE = "staff_social_insurance"
PER_POST = (*BASIC, INSURANCE, "certificate_allowance")
NO_CLAUSE = {
    PayChannel.OWN: "登记的报酬渠道是原渠道，不计",
    PayChannel.UNPAID: "登记为不领报酬，不计",
}


def add_posts(unit: Unit, standards: Standards) -> None:
    """The lines of a person's posts: month by month the highest standard of the posts then held.

    In months in which the original channel pays one of the posts nothing is counted; a post
    without pay counts for nothing.
    """
    own = NONE
    said = ""
    for row, post in unit.posts:
        if row in standards.channels:
            said = f"由原渠道付酬，不计：{channel_text(standards.channels[row])}"
            own |= post.months
        elif post.channel == PayChannel.OWN:
            said = said or NO_CLAUSE[PayChannel.OWN]
            own |= post.months
    counted = [
        (row, post.months - own)
        for row, post in unit.posts
        if post.channel == PayChannel.FUNDED and row not in standards.channels
    ]
    if not said and not counted:
        said = NO_CLAUSE[PayChannel.UNPAID]
        own = unit.months
    unit.out = own
    partly = said and own and unit.months - own
    unit.excluded = f"{month_text(own)}{said}" if partly else said
    for subject in PER_POST:
        if subject in standards.columns:
            unit.lines += _lines(standards, subject, counted)
    _keep_the_higher(unit)


def _lines(
    standards: Standards, subject: str, counted: Sequence[tuple[int, frozenset[int]]]
) -> list[Line]:
    """A line for each post that sets a subject's standard in some months."""
    column, period = standards.columns[subject], catalogue().subjects[subject].period
    known = [(row, months) for row, months in counted if months]
    # the highest first; a post for which it cannot be computed only where there is no other
    known.sort(key=lambda one: (not column.has[one[0]], -int(column.required[one[0]])))
    taken, lines = NONE, []
    for row, months in known:
        fresh = months - taken
        if not fresh or not (column.has[row] or column.blocked[row]):
            continue
        taken |= fresh
        lines.append(_line(standards, subject, row, fresh, period))
    return lines


def _line(
    standards: Standards, subject: str, row: int, months: frozenset[int], period: str
) -> Line:
    column = standards.columns[subject]
    if column.blocked[row]:
        reason = standards.reason(subject, row)
        return Line(subject, row, months, period, blocked=True, text=reason)
    standard = int(column.required[row])
    low = int(column.low[row]) if column.has_low[row] else 0
    fen = part_of(standard, period, len(months))
    return Line(subject, row, months, period, standard, low, fen)


def _keep_the_higher(unit: Unit) -> None:
    """Where texts set both an allowance and a pay, the higher sum counts and contains the other."""
    sums = [(sum(one.fen for one in unit.lines if one.subject == key), key) for key in BASIC]
    if not all(fen for fen, _ in sums):
        return
    lower = min(sums)[1]
    higher = next(key for key in BASIC if key != lower)
    for line in unit.lines:
        if line.subject == lower:
            line.fen = 0
            line.text = f"已含在{catalogue().subjects[higher].label}里，不另计"


def add_award(
    unit: Unit, standards: Standards, row: int, award: Award, months: frozenset[int]
) -> None:
    """The line of an award, in the months in which it is paid."""
    subject, period = award.kind, catalogue().subjects[award.kind].period
    if not standards.speaks(subject, row):
        text = "执行的文件没有规定这项奖励"
        unit.lines.append(Line(subject, row, NONE, period, blocked=True, text=text, award=award))
        return
    if not months:
        return
    line = _line(standards, subject, row, months, period)
    line.award = award
    unit.lines.append(line)


def split_all(standards: Standards, units: Iterable[Unit]) -> None:
    """Split every line among the payers: each line rounded by itself, then summed."""
    size = len(standards.facts)
    by_subject: dict[str, dict[int, list[Line]]] = {}
    for unit in units:
        for line in unit.lines:
            if line.fen:
                by_subject.setdefault(line.subject, {}).setdefault(line.row, []).append(line)
    for subject, rows in by_subject.items():
        # one line for a row and subject, but for awards of one kind and several years
        for turn in range(max(map(len, rows.values()))):
            amounts = np.zeros(size, dtype=np.int64)
            turns = {row: lines[turn] for row, lines in rows.items() if turn < len(lines)}
            for row, line in turns.items():
                amounts[row] = line.fen
            for payer, column in standards.payers(subject, amounts).items():
                for row, line in turns.items():
                    if column[row]:
                        line.paid[payer] = int(column[row])


def compare(
    units: dict[tuple[int, int], Unit], records: Iterable[PayRecord], standards: Standards
) -> None:
    """Put beside each record of what was paid the least for its months; one query.

    Somebody who was paid without a post stands there too, with nothing to compare with.
    """
    for record in records:
        key = record.community_id, record.person_id
        unit = units.setdefault(key, Unit(record.person_id, record.person.name, key[0]))
        months = months_between(record.first_month, record.last_month) & unit.months
        funded = record.pay_channel == PayChannel.FUNDED
        pay = [_least(unit, key, months) for key in BASIC] if funded else []
        known = [one for one in pay if one is not None]
        insurance = _least(unit, INSURANCE, months) if funded else None
        unit.compared.append(
            Compared(
                record,
                months,
                max(known) if known else None,
                insurance,
                _clauses(unit, BASIC, standards),
                _clauses(unit, (INSURANCE,), standards),
            )
        )


def _clauses(unit: Unit, subjects: Sequence[str], standards: Standards) -> list[str]:
    """The provisions that set the least of some subjects."""
    found = [
        clause
        for line in unit.lines
        if line.subject in subjects and line.low
        for clause in standards.clauses(line.subject, line.row)
    ]
    return list(dict.fromkeys(found))


def _least(unit: Unit, subject: str, months: frozenset[int]) -> int | None:
    """The least of a subject for some months; None where no text binds from below."""
    lines = [line for line in unit.lines if line.subject == subject and line.low]
    if not lines or any(line.blocked for line in unit.lines if line.subject == subject):
        return None
    return sum(part_of(line.low, line.period, len(line.months & months)) for line in lines)
