"""What a year has that a text may subsidise: purchases, leases, collective rooms; no query.

One claim is one community's part of one set of rooms under one kind of subsidy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from communities.choices import Tenure
from facilities.choices import COMMUNITY_USES, ContractKind
from facilities.models import Premises
from facilities.rules.areas import (
    Part,
    Site,
    Spanning,
    areas_on,
    counted_rooms,
    covers,
    divided,
)
from facilities.rules.holdings import Deed, Holding, held_in
from facilities.selectors.areas import square_metres
from facilities.selectors.subsidies_ground import Ground

A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Claim:
    """A community's part of premises in a year; areas in 0.01 m², money in fen.

    on: the day of the areas, None where they are the contract's. settled: why nothing is paid
    whatever the texts say; lacking: why it cannot be computed; note: what must be said beside.
    conflicts: the register of premises and the year's facts do not agree on the tenure.
    """

    community: int
    code: str
    premises: int | None
    name: str
    tenure: str
    area: int | None = None
    whole: int | None = None
    on: date | None = None
    price: int | None = None
    rent: int | None = None
    months: int | None = None
    settled: str = ""
    lacking: str = ""
    note: str = ""
    conflicts: bool = False


def claims_of(ground: Ground, year: int) -> list[Claim]:
    """The claims of a year by premises, then by community; no query.

    Areas are those that count on 31 December, or on the last day of the year on which any did;
    rooms that were bought and are not there yet go by the area of the contract.
    """
    found: list[Claim] = []
    for premises in ground.premises:
        deeds = ground.deeds.get(premises.pk, ())
        held = held_in(deeds, premises.acquisition, premises.acquired_on, year)
        had = had_in(premises, ground.sites[premises.pk], year)
        claims = [*_bought(had, held, deeds), *_rented(had, held)]
        if premises.acquisition == Tenure.COLLECTIVE and had.on is not None:
            claims += _parts(had, Tenure.COLLECTIVE)
        found += _in_doubt(claims, held, ground.doubles.get(premises.pk, ""))
    return _collective_together(found)


def _in_doubt(claims: Sequence[Claim], held: Holding, double: str) -> Iterator[Claim]:
    """The claims, without money where contracts contradict each other or stand twice."""
    for one in claims:
        nothing = bool(one.settled) or (one.tenure == Tenure.BOUGHT and one.price == 0)
        said = held.contradiction or ("" if nothing else double)
        yield replace(one, settled="", lacking=said) if said else one


@dataclass(frozen=True)
class Had:
    """What premises had in a year: `on` is the last day on which rooms of the community's uses
    counted for somebody, None for none; parts are of that day; areas in 0.01 m², by community.
    """

    premises: Premises
    site: Site
    year: int
    on: date | None
    parts: Sequence[Part]
    areas: Mapping[int, int]
    whole: int


def had_in(premises: Premises, site: Site, year: int) -> Had:
    """What premises had in a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    spans: list[Spanning] = [site, *site.rooms, *site.parts, *site.stops]
    edges = {one.until for one in spans} | {one.since for one in site.stops}
    days = {edge - A_DAY for edge in edges if edge is not None and first < edge <= last}
    for day in sorted({*days, last}, reverse=True):
        areas = {key: one.premises for key, one in areas_on(site, day).items()}
        if any(areas.values()):
            rooms = [one for one in counted_rooms(site, day) if one.use in COMMUNITY_USES]
            whole = sum(one.building for one in rooms)
            return Had(premises, site, year, day, _sharers(site, day), areas, whole)
    return Had(premises, site, year, None, _sharers(site, last), {}, 0)


def _bought(had: Had, held: Holding, deeds: Sequence[Deed]) -> Iterator[Claim]:
    """The parts of a purchase: with the price in the year of the contract, with 0 in later ones."""
    before, now = held.before, held.now
    if before and now:
        first = before[0].signed.year
        settled = f"这套用房{first}年签过购房合同，一次性补助不重复；增购的房间另登记一套用房"
        yield from (replace(one, settled=settled) for one in _parts(had, Tenure.BOUGHT, price=0))
    elif now and had.on is not None:
        yield from _parts(had, Tenure.BOUGHT, price=held.price)
    elif now:
        yield from _by_contract(had, held)
    elif before and had.on is not None:
        note = f"购房合同{before[0].signed}签订，补助归{before[0].signed.year}年"
        yield from (replace(one, note=note) for one in _parts(had, Tenure.BOUGHT, price=0))
    elif had.premises.acquisition == Tenure.BOUGHT and had.on is not None:
        # a contract of a later year says enough
        yield from (
            ()
            if any(one.kind == ContractKind.PURCHASE for one in deeds)
            else (_without_contract(had))
        )


def _by_contract(had: Had, held: Holding) -> Iterator[Claim]:
    """A purchase of the year whose rooms do not count yet: by the area of the contract."""
    deeds = held.now
    known = all(one.area is not None for one in deeds)
    whole, total = sum(one.area or 0 for one in deeds), had.site.total_parts
    claims = _parts(had, Tenure.BOUGHT, price=held.price)
    for claim, area in zip(claims, divided(whole, had.parts, total), strict=True):
        if known:
            note = "当年还没有计入的房间，按合同面积"
            yield replace(claim, area=area, whole=whole, note=note)
        else:
            lacking = "当年没有计入的房间，合同也没有填面积。补填合同面积"
            yield replace(claim, area=None, whole=None, lacking=lacking)


def _without_contract(had: Had) -> Iterator[Claim]:
    """Bought rooms without a contract in the register: settled where they were had earlier."""
    acquired = had.premises.acquired_on
    for one in _parts(had, Tenure.BOUGHT):
        if acquired is not None and acquired.year != had.year:
            yield replace(one, price=0, note=f"取得日期{acquired}，不在当年")
        else:
            yield replace(one, lacking="没有登记购房合同。先登记合同")


def _rented(had: Had, held: Holding) -> Iterator[Claim]:
    """The parts of a year's leases."""
    paid = held.leased
    if paid is not None:
        settled = "" if paid.months else "当年租用不满1个月"
        settled = settled if had.on is not None else "当年没有计入的房间"
        note = "" if held.cut_on is None else f"{held.cut_on}起是购买的，租金算到前一天"
        for one in _parts(had, Tenure.RENTED, rent=paid.rent, months=paid.months):
            yield replace(one, settled=settled, note=note)
    elif had.premises.acquisition == Tenure.RENTED and had.on is not None:
        lacking = "没有登记当年的租赁合同。先登记合同"
        yield from (replace(one, lacking=lacking) for one in _parts(had, Tenure.RENTED))


def _sharers(site: Site, day: date) -> list[Part]:
    """Who shares premises on a day, or begins to first where nobody does yet."""
    present = [one for one in site.parts if covers(one, day)]
    if present or not site.parts:
        return present
    first = min(one.since or date.min for one in site.parts)
    return [one for one in site.parts if (one.since or date.min) == first]


def _parts(
    had: Had,
    tenure: Tenure,
    *,
    price: int | None = None,
    rent: int | None = None,
    months: int | None = None,
) -> Iterator[Claim]:
    """One claim for each community that shares premises: money shared as the area is."""
    total = had.site.total_parts
    prices, rents = (
        [None] * len(had.parts) if fen is None else divided(fen, had.parts, total)
        for fen in (price, rent)
    )
    for part, own_price, own_rent in zip(had.parts, prices, rents, strict=True):
        yield Claim(
            community=part.community,
            code=part.code,
            premises=had.premises.pk,
            name=had.premises.name,
            tenure=str(tenure),
            area=had.areas.get(part.community, 0),
            whole=had.whole,
            on=had.on,
            price=own_price,
            rent=own_rent,
            months=months,
        )


def _collective_together(claims: list[Claim]) -> list[Claim]:
    """Collective rooms of a community count together: paid with the largest, once a year."""
    several: dict[int, list[Claim]] = defaultdict(list)
    for one in claims:
        if one.tenure == Tenure.COLLECTIVE and not one.lacking:
            several[one.community].append(one)
    first = {
        key: max(found, key=lambda one: (one.area or 0, -(one.premises or 0)))
        for key, found in several.items()
    }
    return [
        _as_one(one, first, several) if one.tenure == Tenure.COLLECTIVE and not one.lacking else one
        for one in claims
    ]


def _as_one(
    claim: Claim, first: Mapping[int, Claim], several: Mapping[int, Collection[Claim]]
) -> Claim:
    together, head = several[claim.community], first[claim.community]
    if len(together) == 1:
        return claim
    if claim is not head:
        return replace(claim, settled=f"面积并入“{head.name}”，一个社区每年补一次")
    area = sum(one.area or 0 for one in together)
    names = "、".join(f"{one.name}{square_metres(one.area or 0)}㎡" for one in together)
    return replace(claim, area=area, note=f"集体用房合并计算：{names}")
