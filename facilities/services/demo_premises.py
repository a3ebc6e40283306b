"""The demo register of premises: rooms whose areas are those of the demo facts, to the hundredth.

Two pairs of communities share a building; a few things are wrong on purpose (docs/demo-data.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from communities.choices import Tenure
from communities.models import AnnualFacts, Estate
from communities.services.demo import Draw, bought_in
from communities.services.demo import facts as demo_facts
from facilities.choices import ContractKind, RoomUse
from facilities.models import Contract, Premises, Room, Share
from facilities.rules.areas import Part, divided
from facilities.selectors.areas import hundredths, square_metres
from facilities.services.premises_upload_areas import spread

# 古楼街道 and 柳园街道, whose clerks have demo accounts
STREETS: Final = ("371502001", "371502002")
DISTRICT: Final = "371502"
CENTRE: Final = "党群服务中心"
NUMBERS: Final = "一二三四五六七八九十"
LAND: Final = {"37": "鲁", "33": "浙"}
OWNERS: Final = {
    Tenure.RENTED: "演示商业管理公司",
    Tenure.COLLECTIVE: "演示居民集体经济组织",
    Tenure.LENT: "演示国有企业",
}
OWN: Final = "演示街道办事处"
TITLED: Final = (Tenure.HANDED_OVER, Tenure.BOUGHT, Tenure.REALLOCATED, Tenure.EXTENDED)
# the part of the service area that is the hall, and the least that is one
HALL_PART, LEAST_HALL = 0.35, 12_00
LEAST_SHARED: Final = 30_00
# property rooms of an estate that has enough: ten-thousandths of its floor area, and the least
OF_FLOOR_AREA, LEAST_ROOMS = 32, 105_00
BATCH: Final = 2_000
FACTS: Final = (
    "work_area_m2", "service_area_m2", "property_area_m2", "premises_usable_area_m2",
    "premises_above_ground_area_m2", "service_halls", "premises_tenure", "contract_price_yuan",
    "contract_rent_yuan", "rented_months",
)  # fmt: skip


@dataclass
class Host:
    """A community with what its facts say of its premises; areas in hundredths of m²."""

    key: int
    code: str
    facts: dict[str, Any]
    estates: list[tuple[int, str, int]] = field(default_factory=list)

    def area(self, name: str) -> int:
        return hundredths(self.facts[name]) or 0

    @property
    def draw(self) -> Draw:
        return Draw(f"{self.code} premises")

    @property
    def tenure(self) -> str:
        return str(self.facts["premises_tenure"])

    @property
    def hall(self) -> int:
        """The hall's part of the service area; nothing where there is no hall."""
        if not self.facts["service_halls"]:
            return 0
        service = self.area("service_area_m2")
        return service if service < 2 * LEAST_HALL else max(LEAST_HALL, int(service * HALL_PART))

    @property
    def activity(self) -> int:
        return self.area("service_area_m2") - self.hall


@dataclass
class Made:
    """The rows of the demo register, before they are stored; parts by their premises."""

    premises: list[Premises] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)

    def add(self, host: Host, name: str, acquisition: str, since: date, **more: Any) -> Premises:
        """Premises of a community from a day, of the demo."""
        one = Premises(
            community_id=host.key, code=host.code, name=name, acquisition=acquisition,
            acquired_on=since, valid_from=since, is_demo=True, **more,
        )  # fmt: skip
        self.premises.append(one)
        return one

    def share(self, premises: Premises, host: Host, parts: int = 1) -> None:
        self.shares.append(
            Share(
                premises=premises, community_id=host.key, code=host.code, parts=parts,
                valid_from=premises.valid_from, is_demo=True,
            )
        )  # fmt: skip

    def room(self, premises: Premises, use: str, areas: Sequence[int], name: str = "") -> None:
        """A room with building, usable and above-ground area in hundredths; none for no area."""
        if not areas[0]:
            return
        building, usable, above = (square_metres(area) for area in areas)
        self.rooms.append(
            Room(
                premises=premises, community_id=premises.community_id, code=premises.code,
                name=name or RoomUse(use).label, use=use, building_m2=building, usable_m2=usable,
                above_ground_m2=above, valid_from=premises.valid_from, is_demo=True,
            )
        )  # fmt: skip

    def contract(self, premises: Premises, kind: str, signed_on: date, **more: Any) -> None:
        self.contracts.append(
            Contract(
                premises=premises, community_id=premises.community_id, code=premises.code,
                kind=kind, number=f"演示合同{signed_on.year}-{len(self.contracts) + 1:03}",
                signed_on=signed_on, is_demo=True, **more,
            )
        )  # fmt: skip

    def store(self) -> int:
        """Store everything; the number of premises."""
        Premises.objects.bulk_create(self.premises, batch_size=BATCH)
        Room.objects.bulk_create(self.rooms, batch_size=BATCH)
        Share.objects.bulk_create(self.shares, batch_size=BATCH)
        Contract.objects.bulk_create(self.contracts, batch_size=BATCH)
        return len(self.premises)


def load_register(*, year: int, on: date) -> int:
    """Fill the register of the communities whose demo facts of a year tell of premises."""
    hosts = list(hosts_of(year))
    made = Made()
    borrowed = shared_buildings(made, hosts)
    firsts = special(hosts)
    for host in hosts:
        own_premises(made, host, borrowed.get(host.key, (0, 0, 0)), firsts, year, on)
        property_rooms(made, host)
    wrong_on_purpose(made, hosts)
    return made.store()


def hosts_of(year: int) -> Iterable[Host]:
    """The communities with demo facts of a year that tell of their premises, by code."""
    rows = AnnualFacts.objects.filter(year=year, is_demo=True, community__valid_until=None)
    rows = rows.exclude(premises_tenure="").filter(work_area_m2__isnull=False)
    columns = rows.order_by("code").values_list("community_id", "code", *FACTS)
    hosts = {
        key: Host(key, code, dict(zip(FACTS, facts, strict=True))) for key, code, *facts in columns
    }
    estates = Estate.objects.filter(community__in=hosts, is_demo=True, valid_until=None)
    for key, place, name, size in estates.order_by("code", "pk").values_list(
        "pk", "community_id", "name", "gross_floor_area_m2"
    ):
        hosts[place].estates.append((key, name, hundredths(size) or 0))
    return hosts.values()


def special(hosts: Iterable[Host]) -> dict[str, int]:
    """Who is shown: whose lease ends soon, and whose ran out, by key."""
    by_tenure: dict[str, list[Host]] = defaultdict(list)
    for host in hosts:
        if host.code.startswith(DISTRICT):
            by_tenure[host.tenure].append(host)
    rented = [one for one in by_tenure[Tenure.RENTED] if one.facts["contract_rent_yuan"]]
    found = zip(("soon", "over"), rented, strict=False)
    return {name: one.key for name, one in found}


def shared_buildings(made: Made, hosts: Sequence[Host]) -> dict[int, tuple[int, int, int]]:
    """A building in each of two streets that two communities share; their areas of it, by key."""
    borrowed: dict[int, tuple[int, int, int]] = {}
    for street in STREETS:
        pair = [
            one for one in hosts if one.code.startswith(street) and one.activity >= 2 * LEAST_SHARED
        ][1:3]
        if len(pair) < 2:
            continue
        halves = [one.activity // 2 for one in pair]
        whole = sum(halves)
        measures = (whole, whole * 3 // 4, whole)
        address = f"演示环路{int(street[-1]) * 8}号"
        building = made.add(
            pair[0], "邻里活动中心", Tenure.HANDED_OVER, date(2019, 9, 1), address=address,
            owner=OWN, total_parts=whole, title_no=_title(pair[0].code, 2019, 900_000 + whole),
            titled_on=date(2020, 3, 2),
        )  # fmt: skip
        made.room(building, RoomUse.ACTIVITY, measures, "一楼、二楼")
        parts = [Part(one.key, one.code, half) for one, half in zip(pair, halves, strict=True)]
        for one, half in zip(pair, halves, strict=True):
            made.share(building, one, half)
        by_measure = [divided(area, parts, whole) for area in measures]
        for place, one in enumerate(pair):
            first, second, third = (areas[place] for areas in by_measure)
            borrowed[one.key] = (first, second, third)
    return borrowed


def own_premises(
    made: Made,
    host: Host,
    borrowed: tuple[int, int, int],
    firsts: dict[str, int],
    year: int,
    on: date,
) -> None:
    """The 党群服务中心 of a community: what its facts say less what it has in a shared building."""
    draw = host.draw
    since = acquired(host, year)
    more: dict[str, Any] = {"owner": OWNERS.get(Tenure(host.tenure), OWN)}
    if host.tenure in TITLED and draw.part(3) < 0.88:
        more["title_no"] = _title(host.code, since.year, draw.whole(4, 100_000, 899_999))
        more["titled_on"] = since + timedelta(days=60 + draw.whole(5, 0, 200))
    if more.get("titled_on", since) > on:
        more.pop("titled_on")
        more.pop("title_no")
    address = f"演示{NUMBERS[draw.whole(0, 0, 9)]}路{len(made.premises) + 1}号"
    one = made.add(host, CENTRE, host.tenure, since, address=address, **more)
    made.share(one, host)
    buildings = [host.area("work_area_m2"), host.hall, host.activity - borrowed[0]]
    usable = spread(host.area("premises_usable_area_m2") - borrowed[1], buildings)
    above = spread(host.area("premises_above_ground_area_m2") - borrowed[2], buildings)
    uses = (RoomUse.WORK, RoomUse.HALL, RoomUse.ACTIVITY)
    for use, *areas in zip(uses, buildings, usable, above, strict=True):
        made.room(one, use, areas)
    _contract(made, host, one, firsts, year, on)


def acquired(host: Host, year: int) -> date:
    """The day from which a community has its premises."""
    if host.tenure == Tenure.BOUGHT:
        return date(bought_in(host.code), 3, 18)
    if host.tenure == Tenure.RENTED:
        return lease_from(host, year)
    draw = host.draw
    return date(draw.whole(6, 2008, 2023), draw.whole(7, 1, 12), draw.whole(8, 1, 28))


def lease_from(host: Host, year: int) -> date:
    """The first day of a lease: as many months of the year are left as the facts say."""
    months = host.facts["rented_months"] or 12
    return date(year, 13 - months, 1) if months < 12 else date(year - 1, 1, 1)


def _contract(
    made: Made, host: Host, one: Premises, firsts: dict[str, int], year: int, on: date
) -> None:
    since = one.valid_from or on
    if host.tenure == Tenure.BOUGHT:
        price = demo_facts(host.code, since.year, latest=year, complete=True)["contract_price_yuan"]
        made.contract(one, ContractKind.PURCHASE, since, party="演示置业公司", price_yuan=price)
    if host.tenure != Tenure.RENTED or not host.facts["contract_rent_yuan"]:
        return
    until = date(year + 2, 1, 1)
    if host.key == firsts.get("soon"):
        until = on + timedelta(days=40)
    elif host.key == firsts.get("over"):
        until = max(on - timedelta(days=20), since + timedelta(days=1))
    rent = host.facts["contract_rent_yuan"] / (host.facts["rented_months"] or 12)
    made.contract(
        one, ContractKind.RENT, since - timedelta(days=10), party=one.owner, valid_from=since,
        valid_until=until, monthly_rent_yuan=rent.quantize(Decimal("0.01")),
    )  # fmt: skip


def property_rooms(made: Made, host: Host) -> None:
    """Property-management rooms by estate; they add up to the facts'."""
    draw = host.draw
    since = date(draw.whole(9, 2009, 2022), 7, 1)
    for place, (key, name, area) in enumerate(divided_rooms(host)):
        number = len(made.premises) + 1
        titled = draw.part(10 + place % 6) < 0.95
        one = made.add(
            host, f"{name}物业服务用房", Tenure.HANDED_OVER, since, estate_id=key,
            address=f"{name}{place + 1}号楼一层" if name else f"演示小区路{number}号",
            owner="小区全体业主", title_no=_title(host.code, since.year, number) if titled else "",
            titled_on=since + timedelta(days=180) if titled else None,
        )  # fmt: skip
        made.share(one, host)
        made.room(one, RoomUse.PROPERTY, (area, area * 4 // 5, area))


def divided_rooms(host: Host) -> list[tuple[int | None, str, int]]:
    """Estates with their property rooms: the smallest has enough, one after it gets the rest."""
    left, found = host.area("property_area_m2"), list[tuple[int | None, str, int]]()
    for key, name, size in sorted(host.estates, key=lambda one: (one[2], one[0])):
        area = min(left, max(LEAST_ROOMS, size * OF_FLOOR_AREA // 10_000))
        if area:
            found.append((key, name, area))
        left -= area
    if left:
        found.append((None, "", left))
    return found


def wrong_on_purpose(made: Made, hosts: Sequence[Host]) -> None:
    """What the checks find in 古楼街道: docs/demo-data.md lists it."""
    here = [one for one in hosts if one.code.startswith(STREETS[0])]
    centres = {one.community_id: one for one in made.premises if one.name == CENTRE}
    titled = [one for one in here if centres[one.key].title_no]
    for first, second in _pairs(titled[-2:]):
        centres[second.key].title_no = centres[first.key].title_no
    for host in here[6:7]:  # five square metres of usable area that the facts have and rooms not
        for room in made.rooms:
            if room.premises is centres[host.key] and room.use == RoomUse.WORK:
                room.usable_m2 = max(Decimal(0), (room.usable_m2 or Decimal(0)) - 5)
    for host in here[8:9]:  # a half of it serves nobody
        store = made.add(
            host, "原供销社仓库", Tenure.REALLOCATED, date(2016, 5, 1), address="演示后街3号",
            owner="演示供销社", total_parts=2,
        )  # fmt: skip
        made.share(store, host)
        made.room(store, RoomUse.OTHER, (60_00, 50_00, 60_00), "库房")


def _pairs(hosts: Sequence[Host]) -> Iterator[tuple[Host, Host]]:
    if len(hosts) == 2:
        yield hosts[0], hosts[1]


def _title(code: str, year: int, number: int) -> str:
    """A number that no register gives: the land in front, and that it is a demo."""
    return f"{LAND.get(code[:2], '演')}（{year}）演示不动产权第{number:07}号"
