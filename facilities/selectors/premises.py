"""办公服务用房台账: the premises of a division that a reader asks for, with their states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from accounts.models import User
from communities.querysets import not_ended
from facilities.choices import COMMUNITY_USES, ContractKind, Measure
from facilities.models import Contract, Inspection, Premises, Room, Share
from facilities.rules.areas import (
    Areas,
    Site,
    areas_on,
    counted_rooms,
    covers,
    together,
)
from facilities.selectors.areas import sites_of, square_metres

IN_USE, STOPPED, UNUSED, NO_ROOMS, COMING, ENDED, ALL = (
    "in_use", "stopped", "unused", "no_rooms", "coming", "ended", "all",
)  # fmt: skip
STATES: Final = {
    IN_USE: "在用",
    STOPPED: "停计",
    UNUSED: "无社区使用",
    NO_ROOMS: "没有房间",
    COMING: "未启用",
    ENDED: "已终止",
}
SHARED, ALONE = "yes", "no"
# a lease that ends within so many days is about to end
LEASE_DAYS: Final = 90
# what the premises that keep their title are had by
WITH_TITLE: Final = ("handed_over", "bought")
ROWS_AT_ONCE = 1000


@dataclass(frozen=True)
class PremisesQuery:
    """What is asked for: a division (code), a day, and filters; '' is all of a filter.

    state: of STATES, ALL; '' is all but the ended. flaw: title (none, though it should be) or
    lease (of ending_leases). text: a part of name, address or title number.
    """

    prefix: str
    on: date
    acquisition: str = ""
    use: str = ""
    shared: str = ""
    state: str = ""
    flaw: str = ""
    text: str = ""


@dataclass(frozen=True)
class PremisesRow:
    """Premises with what counts of them on the day, for all who share them.

    `shared`: how many communities share them that day. lease_until: the last day of the lease.
    """

    premises: Premises
    areas: Areas
    shared: int
    state: str
    stopped: int
    lease_until: date | None
    lease_ending: bool

    def area(self, uses: Iterable[str], measure: str) -> Decimal | None:
        """The area of some uses in m², None where nothing of them was measured so."""
        if measure != Measure.BUILDING and not self.areas.known(measure):
            return None
        return square_metres(self.areas.of(uses, measure))

    @property
    def work(self) -> Decimal:
        return square_metres(self.areas.work)

    @property
    def service(self) -> Decimal:
        return square_metres(self.areas.service)

    @property
    def property_rooms(self) -> Decimal:
        return square_metres(self.areas.property_rooms)

    @property
    def building(self) -> Decimal:
        """Building area of the uses of communities."""
        return square_metres(self.areas.premises)

    @property
    def usable(self) -> Decimal | None:
        """Usable area of the uses of communities; None where a room was not measured."""
        return self.area(COMMUNITY_USES, Measure.USABLE)

    @property
    def is_shared(self) -> bool:
        return self.shared > 1

    @property
    def state_label(self) -> str:
        if self.state == IN_USE and self.stopped:
            return "部分停计"
        return "全部停计" if self.state == STOPPED else STATES[self.state]


def premises_of(user: User, query: PremisesQuery) -> QuerySet[Premises]:
    """The premises of the user's scope that a query asks for, by code and name. Lazy."""
    rows: QuerySet[Premises] = Premises.objects.for_user(user).under(query.prefix)
    if query.acquisition:
        rows = rows.filter(acquisition=query.acquisition)
    if query.text:
        rows = rows.filter(
            Q(name__icontains=query.text)
            | Q(address__icontains=query.text)
            | Q(title_no__icontains=query.text)
        )
    rows = _in_state(rows, query.state, query.on)
    if query.use:
        rows = rows.filter(Exists(rooms_there(query.on).filter(use=query.use)))
    if query.shared:
        sharers = shares_there(query.on).order_by().values("premises")
        number = Subquery(sharers.annotate(number=Count("pk")).values("number"))
        rows = rows.alias(sharers=Coalesce(number, 0))
        several = Q(sharers__gt=1)
        rows = rows.filter(several if query.shared == SHARED else ~several)
    if query.flaw == "title":
        rows = rows.filter(without_title(query.on))
    elif query.flaw == "lease":
        ending = ending_leases(query.on).filter(premises=OuterRef("pk"))
        rows = rows.filter(Exists(ending))
    return rows.order_by("code", "name", "pk")


def without_title(on: date) -> Q:
    """The condition that premises have no title number, though they should on a day.

    Rooms of the property management alone belong to the owners of the estate.
    """
    rooms = rooms_there(on).filter(use__in=COMMUNITY_USES)
    return Q(Exists(rooms), acquisition__in=WITH_TITLE, title_no="")


def rooms_there(on: date) -> QuerySet[Room]:
    """The rooms of an outer row of premises that are there on a day."""
    found: QuerySet[Room] = Room.objects.filter(premises=OuterRef("pk")).as_of(on)
    return found


def shares_there(on: date) -> QuerySet[Share]:
    """The shares of an outer row of premises on a day."""
    found: QuerySet[Share] = Share.objects.filter(premises=OuterRef("pk")).as_of(on)
    return found


def leases_there(on: date) -> QuerySet[Contract]:
    """The leases of an outer row of premises that run on a day."""
    leases = Contract.objects.filter(premises=OuterRef("pk"), kind=ContractKind.RENT)
    found: QuerySet[Contract] = leases.as_of(on)
    return found


def ending_leases(on: date) -> Any:
    """Leases that end within LEASE_DAYS of a day, of premises that last, and none follows."""
    leases: Any = Contract.objects.filter(kind=ContractKind.RENT)
    later = leases.filter(premises=OuterRef("premises"), valid_from__gte=OuterRef("valid_until"))
    return leases.as_of(on).filter(
        ~Exists(later.order_by()),
        valid_until__lte=on + timedelta(days=LEASE_DAYS),
        premises__valid_until=None,
    )


def stops_on(on: date) -> Q:
    """The condition that an inspection stops the counting on a day."""
    return Q(stops_from__lte=on) & (Q(resumes_on__isnull=True) | Q(resumes_on__gt=on))


def _stopped_room(on: date, premises: str, room: str) -> Exists:
    """Whether the room of a row, or all of its premises, do not count on a day."""
    found = Inspection.objects.filter(stops_on(on), premises=OuterRef(premises))
    return Exists(found.filter(Q(room=None) | Q(room=OuterRef(room))))


def _in_state(rows: QuerySet[Premises], state: str, on: date) -> QuerySet[Premises]:
    if state == ALL:
        return rows
    if state == ENDED:
        return rows.filter(valid_until__lte=on)
    rows = rows.filter(not_ended(on))
    if state == COMING:
        return rows.filter(valid_from__gt=on)
    if not state:
        return rows
    rows = rows.exclude(valid_from__gt=on)
    there = rooms_there(on)
    used = Exists(shares_there(on))
    if state == UNUSED:
        return rows.filter(~used)
    if state == NO_ROOMS:
        return rows.filter(used, ~Exists(there))
    counted = Exists(there.filter(~_stopped_room(on, "premises_id", "pk")))
    stopped = Exists(Inspection.objects.filter(stops_on(on), premises=OuterRef("pk")))
    if state == STOPPED:
        return rows.filter(used, stopped)
    return rows.filter(used, counted)


def rows_of(premises: Sequence[Premises], on: date) -> list[PremisesRow]:
    """Premises with what counts of them on a day. Six queries."""
    keys = [one.pk for one in premises]
    sites = sites_of(keys)
    leases = _leases(set(keys), on)
    ending = set(ending_leases(on).filter(premises__in=keys).values_list("premises", flat=True))
    return [
        _row(one, sites[one.pk], leases.get(one.pk), on, ending=one.pk in ending)
        for one in premises
    ]


def all_rows(rows: QuerySet[Premises], on: date) -> Iterator[PremisesRow]:
    """Every row of a query in its order; seven queries for each 1,000."""
    found = list(rows.select_related("community"))
    for start in range(0, len(found), ROWS_AT_ONCE):
        yield from rows_of(found[start : start + ROWS_AT_ONCE], on)


def _leases(premises: set[int], on: date) -> dict[int, date | None]:
    """The day on which the lease of a day ends, by premises; None where it has no end."""
    rows = Contract.objects.filter(premises__in=premises, kind=ContractKind.RENT).as_of(on)
    return dict(rows.order_by().values_list("premises_id", "valid_until"))


def _row(
    premises: Premises, site: Site, lease_until: date | None, on: date, *, ending: bool
) -> PremisesRow:
    rooms = [one for one in site.rooms if covers(one, on)]
    counted = counted_rooms(site, on)
    parts = [one for one in site.parts if covers(one, on)]
    return PremisesRow(
        premises=premises,
        areas=together(areas_on(site, on).values()),
        shared=len(parts),
        state=state_of(site, on),
        stopped=len(rooms) - len(counted) if covers(site, on) else 0,
        lease_until=lease_until,
        lease_ending=ending,
    )


def state_of(site: Site, on: date) -> str:
    """What has become of premises on a day: a key of STATES."""
    if site.until is not None and site.until <= on:
        return ENDED
    if site.since is not None and site.since > on:
        return COMING
    if not any(covers(one, on) for one in site.parts):
        return UNUSED
    if not any(covers(one, on) for one in site.rooms):
        return NO_ROOMS
    return IN_USE if counted_rooms(site, on) else STOPPED
