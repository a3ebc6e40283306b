"""One set of premises: rooms and why they count or not, shares that add up, every change by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from accounts.models import User
from communities.models import Community
from facilities.choices import COMMUNITY_USES, Finding, Measure, RoomUse
from facilities.models import (
    Contract,
    CorrectionOrder,
    HallCheck,
    Inspection,
    Premises,
    Room,
    Share,
)
from facilities.rules.areas import (
    Areas,
    Part,
    Site,
    areas_on,
    covers,
    spans_of,
    together,
    within,
)
from facilities.selectors.areas import sites_of, square_metres
from facilities.selectors.premises import state_of


@dataclass(frozen=True)
class RoomLine:
    """A room with whether it counts on the day, and in words why not. stop: key of an inspection.

    tone: of the words, as components/tag.html takes it.
    """

    room: Room
    counts: bool
    words: str
    tone: str = ""
    stop: int | None = None


@dataclass(frozen=True)
class AreaCells:
    """Areas in m² under building area, and the usable area of all uses of communities.

    usable: None where a room was not measured.
    """

    work: Decimal
    service: Decimal
    property_rooms: Decimal
    premises: Decimal
    usable: Decimal | None


@dataclass(frozen=True)
class ShareLine:
    """What a community has of premises on a day."""

    share: Share
    cells: AreaCells


@dataclass(frozen=True)
class SpanLine:
    """Days in which the same counted; `communities` who had it."""

    since: date | None
    until: date | None
    rooms: int
    cells: AreaCells
    communities: tuple[str, ...]
    present: bool


@dataclass(frozen=True)
class PremisesCard:
    """All that the page of premises shows of their areas on a day.

    total: what the communities have together; whole: what all rooms that count have. They differ by
    `rest`, which serves nobody.
    """

    state: str
    rooms: tuple[RoomLine, ...]
    shares: tuple[ShareLine, ...]
    other_shares: tuple[Share, ...]
    total: AreaCells
    whole: AreaCells
    spans: tuple[SpanLine, ...]
    contracts: tuple[Contract, ...]
    inspections: tuple[Inspection, ...]
    orders: tuple[CorrectionOrder, ...]
    hall_checks: tuple[HallCheck, ...]

    @property
    def rest(self) -> Decimal:
        return self.whole.premises - self.total.premises

    @property
    def has_hall(self) -> bool:
        return any(one.counts and one.room.use == RoomUse.HALL for one in self.rooms)


def find_premises(user: User, pk: int) -> Premises | None:
    """Premises in the user's scope with their community, estate and project; None for others."""
    rows = Premises.objects.for_user(user).select_related("community", "estate", "project")
    found: Premises | None = rows.filter(pk=pk).first()
    return found


def cells_of(areas: Areas) -> AreaCells:
    """Areas as pages show them."""
    known = areas.known(Measure.USABLE)
    usable = square_metres(areas.of(COMMUNITY_USES, Measure.USABLE)) if known else None
    return AreaCells(
        work=square_metres(areas.work),
        service=square_metres(areas.service),
        property_rooms=square_metres(areas.property_rooms),
        premises=square_metres(areas.premises),
        usable=usable,
    )


def get_card(premises: Premises, on: date) -> PremisesCard:
    """The card of premises that find_premises gave, on a day. Ten queries."""
    site = sites_of([premises.pk])[premises.pk]
    shares = list(Share.objects.filter(premises=premises).select_related("community"))
    held = areas_on(site, on)
    inspections = Inspection.objects.filter(premises=premises, withdrawn_at=None)
    found = list(inspections.select_related("room", "made_by"))
    orders = CorrectionOrder.objects.filter(inspection__premises=premises)
    checks = HallCheck.objects.filter(premises=premises, withdrawn_at=None)
    present = [one for one in shares if within(one.valid_from, one.valid_until, on)]
    return PremisesCard(
        state=state_of(site, on),
        rooms=tuple(
            room_line(one, site, found, on)
            for one in sorted(Room.objects.filter(premises=premises), key=_in_order)
        ),
        shares=tuple(
            ShareLine(one, cells_of(held[one.community_id]))
            for one in sorted(present, key=lambda one: one.code)
        ),
        other_shares=tuple(one for one in shares if one not in present),
        total=cells_of(together(held.values())),
        whole=cells_of(whole_of(site, on)),
        spans=tuple(_spans(site, {one.community_id: one.community for one in shares}, on)),
        contracts=tuple(Contract.objects.filter(premises=premises)),
        inspections=tuple(found),
        orders=tuple(orders.select_related("inspection").order_by("-issued_on", "-pk")),
        hall_checks=tuple(checks),
    )


def _in_order(room: Room) -> tuple[bool, int, str, int]:
    """Rooms that have an end last, then by use, name and key."""
    return (room.valid_until is not None, RoomUse.values.index(room.use), room.name, room.pk)


def whole_of(site: Site, on: date) -> Areas:
    """What all rooms that count on a day have, as if one community had them."""
    alone = replace(site, parts=[Part(0, "", 1)], total_parts=1)
    return areas_on(alone, on).get(0) or Areas({}, {})


def room_line(room: Room, site: Site, inspections: Iterable[Inspection], on: date) -> RoomLine:
    """A room with whether it counts on a day; the words say since when, or why not."""
    if (until := _earliest(room.valid_until, site.until)) is not None and until <= on:
        return RoomLine(room, False, f"{until}终止")
    if (since := room.valid_from or site.since) is not None and since > on:
        return RoomLine(room, False, f"{since}启用")
    for one in inspections:
        stops = one.stops_from is not None and one.stops_from <= on
        resumed = one.resumes_on is not None and one.resumes_on <= on
        if stops and not resumed and one.room_id in (None, room.pk):
            said = f"{one.stops_from}起停计：{Finding(one.finding).label}"
            return RoomLine(room, False, said, "bad", one.pk)
    if not any(covers(one, on) for one in site.parts):
        return RoomLine(room, False, "没有社区使用，不计入", "warn")
    return RoomLine(room, True, f"{since}起计入" if since else "计入", "ok")


def _earliest(*days: date | None) -> date | None:
    known = [day for day in days if day is not None]
    return min(known) if known else None


def _spans(site: Site, communities: dict[int, Community], on: date) -> Iterable[SpanLine]:
    """The spans in which something counted, and the holes between them, the latest first."""
    spans = spans_of(site)
    while spans and not spans[0].areas:
        spans = spans[1:]
    while spans and not spans[-1].areas and spans[-1].since is not None and spans[-1].since > on:
        spans = spans[:-1]
    for one in reversed(spans):
        begun = one.since is None or one.since <= on
        yield SpanLine(
            since=one.since,
            until=one.until,
            rooms=len(one.rooms),
            cells=cells_of(one.whole),
            communities=tuple(
                communities[key].short_name
                for key in sorted(one.areas, key=lambda key: communities[key].code)
            ),
            present=begun and (one.until is None or on < one.until),
        )
