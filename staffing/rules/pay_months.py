"""Months of a year in which somebody is paid: sets of months, the 1st to the 12th.

A month counts where the post is held on its last day: the month of taking it up counts, the month
of leaving does not. So nobody has more than twelve, also not who moves between communities.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

Span = tuple[date, date | None]
MONTHS = range(1, 13)
ALL = frozenset(MONTHS)
NONE: frozenset[int] = frozenset()


def months_held(valid_from: date, valid_until: date | None, year: int) -> frozenset[int]:
    """The months of a year on whose last day a post is held; valid_until is not included."""
    if valid_from <= date(year, 1, 31) and (
        valid_until is None or valid_until > date(year, 12, 31)
    ):
        return ALL
    return frozenset(
        month
        for month in MONTHS
        if valid_from <= last_day(year, month)
        and (valid_until is None or last_day(year, month) < valid_until)
    )


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def months_granted(starts_on: date, lasts: int | None, year: int) -> frozenset[int]:
    """The months of a year for which a monthly sum is granted: `lasts` months from the first one.

    None: no end is set.
    """
    first = starts_on.year * 12 + starts_on.month - 1
    return frozenset(
        month
        for month in MONTHS
        if first <= year * 12 + month - 1
        and (lasts is None or year * 12 + month - 1 < first + lasts)
    )


def unbroken(starts_on: date, spans: Sequence[Span], year: int) -> frozenset[int]:
    """The months of a year until which some post was held at the end of every month.

    Counted from the month of starts_on; the first month without a post ends it for good.
    """
    first = month = starts_on.year * 12 + starts_on.month - 1
    while month < (year + 1) * 12:
        end = last_day(month // 12, month % 12 + 1)
        if not any(start <= end and (until is None or end < until) for start, until in spans):
            break
        month += 1
    return frozenset(one for one in MONTHS if first <= year * 12 + one - 1 < month)


def months_between(first: int, last: int) -> frozenset[int]:
    """The months from one to another, both included."""
    return frozenset(range(first, last + 1))


def month_text(months: Iterable[int]) -> str:
    """Months in words: 1~8月, 3月、5~6月; — for none."""
    spans: list[list[int]] = []
    for month in sorted(months):
        if spans and spans[-1][1] == month - 1:
            spans[-1][1] = month
        else:
            spans.append([month, month])
    said = "、".join(f"{a}~{b}" if a != b else f"{a}" for a, b in spans)
    return f"{said}月" if said else "—"


def last_day_held(valid_until: date | None, year: int) -> date:
    """The last day of a year on which a post is held that ends before valid_until."""
    end = date(year, 12, 31)
    return end if valid_until is None else min(end, valid_until - timedelta(days=1))


def part_of(fen: int, period: str, months: int) -> int:
    """Fen for so many months: of a yearly sum half-up, of a monthly one its multiple; one at once.

    A sum that is paid once is whole with one month or more.
    """
    if not months:
        return 0
    if period == "year":
        return (fen * months * 2 + 12) // 24
    return fen * months if period == "month" else fen
