"""What contracts say of how premises were held in a year: bought, leased, or unclear; pure.

One kind of subsidy for premises and day: a lease ends for it where the purchase begins, and a
purchase counts in the year of the first contract. Where register and contracts contradict each
other nothing is paid until somebody has settled which is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from communities.choices import Tenure
from facilities.choices import ContractKind
from facilities.rules.leases import Lease, Leased, leased


@dataclass(frozen=True)
class Deed:
    """A contract as it counts here; money in fen, area in 0.01 m²."""

    kind: str
    signed: date
    since: date | None
    until: date | None
    price: int
    monthly: int
    area: int | None
    number: str = ""


@dataclass(frozen=True)
class Holding:
    """How premises were held in a year.

    now: purchases signed in the year, before: those of earlier years. leases: all, ended where the
    purchase begins, None where none has days in the year; cut_on: that day, if it is in the year.
    contradiction: why no money can be said.
    """

    year: int
    now: Sequence[Deed]
    before: Sequence[Deed]
    leases: Sequence[Lease] | None
    cut_on: date | None
    contradiction: str

    @property
    def price(self) -> int | None:
        """What the year's purchases cost: 0 after an earlier one, None where none was signed."""
        if not self.now:
            return None
        return 0 if self.before else sum(one.price for one in self.now)

    @property
    def leased(self) -> Leased | None:
        """The leased months of the year with their rent; None where nothing is leased."""
        return None if self.leases is None else leased(self.leases, self.year)


def held_in(
    deeds: Sequence[Deed], acquisition: str, acquired_on: date | None, year: int
) -> Holding:
    """How premises with these contracts, by the day of signing, were held in a year."""
    purchases = [one for one in deeds if one.kind == ContractKind.PURCHASE]
    now = [one for one in purchases if one.signed.year == year]
    before = [one for one in purchases if one.signed.year < year]
    bought_on = purchases[0].signed if purchases else None
    if bought_on is None and acquisition == Tenure.BOUGHT:
        bought_on = acquired_on
    rents = [
        Lease(one.since, one.until, one.monthly)
        for one in deeds
        if one.kind == ContractKind.RENT and one.since is not None
    ]
    kept = rents if bought_on is None else _before(rents, bought_on)
    running = _running(rents, year)
    said = _twice(now) or _contradiction(acquisition, [*before, *now], running, bought_on)
    leases = kept if _running(rents if said else kept, year) else None
    cut = kept != rents and bought_on is not None and bought_on.year == year
    return Holding(year, now, before, leases, bought_on if cut else None, said)


def _running(leases: Sequence[Lease], year: int) -> list[Lease]:
    """The leases that have days in a year, the earliest first."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = [
        one for one in leases if one.since <= last and (one.until is None or one.until > first)
    ]
    return sorted(found, key=lambda one: one.since)


def _before(leases: Sequence[Lease], day: date) -> list[Lease]:
    """The leases as they are before a day."""
    return [
        replace(one, until=day if one.until is None else min(one.until, day))
        for one in leases
        if one.since < day
    ]


def _twice(now: Sequence[Deed]) -> str:
    """Purchases of a year that look like one contract entered twice."""
    for place, one in enumerate(now):
        for other in now[place + 1 :]:
            if one.number == other.number and (one.number or one.signed == other.signed):
                called = f"“{one.number}”" if one.number else f"（{one.signed}签订，没有编号）"
                return f"购房合同{called}登记了两份。核对是不是同一份"
    return ""


def _contradiction(
    acquisition: str, bought: Sequence[Deed], rents: Sequence[Lease], bought_on: date | None
) -> str:
    held = f"取得方式是“{dict(Tenure.choices).get(acquisition, acquisition)}”"
    if bought and acquisition in (Tenure.RENTED, Tenure.COLLECTIVE):
        return f"{held}，又有{bought[0].signed}签订的购房合同。核对取得方式和合同"
    if rents and acquisition == Tenure.COLLECTIVE:
        return f"{held}，又有{rents[0].since}起租的合同。核对取得方式和合同"
    if rents and acquisition == Tenure.BOUGHT and bought_on is None:
        return f"{held}，没有登记购房合同，又有{rents[0].since}起租的合同。核对取得方式和合同"
    again = [one for one in rents if bought_on is not None and one.since >= bought_on]
    if again:
        return f"{bought_on}购买以后，又有{again[0].since}起租的合同。核对合同和起租日期"
    return ""
