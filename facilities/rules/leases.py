"""How many whole months of a year are leased, and what they cost; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from policy.engine import whole_months


@dataclass(frozen=True)
class Lease:
    """A lease of premises: monthly rent in fen; `until` is the first day without it, or None."""

    since: date
    until: date | None
    monthly: int


@dataclass(frozen=True)
class Leased:
    """Whole months of a year that leases cover, and their rent in fen."""

    months: int
    rent: int


def leased(leases: Iterable[Lease], year: int) -> Leased:
    """The months and the rent of a year.

    Leases that follow one another without a gap are one run: months are counted from the run's
    first day, and one that ends in the next lease counts there, so that neither a renewal nor New
    Year in the middle of a month loses any. A month belongs to the year in which it begins. Leases
    of premises never overlap.
    """
    months = rent = 0
    begun: date | None = None
    reached: date | None = None
    for one in sorted(leases, key=lambda lease: lease.since):
        if begun is None or one.since != reached:
            begun = one.since
        first, last = _begun_before(begun, year), _begun_before(begun, year + 1)
        ended = last if one.until is None else whole_months(begun, one.until)
        # a run that began before this lease has its months so far
        counted = max(0, min(ended, last) - max(whole_months(begun, one.since), first))
        months, rent, reached = months + counted, rent + counted * one.monthly, one.until
    return Leased(months, rent)


def _begun_before(begun: date, year: int) -> int:
    """How many months that are counted from a day begin before a year."""
    eve = date(year - 1, 12, 31)
    return whole_months(begun, eve) + 1 if begun <= eve else 0
