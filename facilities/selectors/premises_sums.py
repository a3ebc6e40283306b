"""What the premises of a register have together on a day, to the hundredth of a square metre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from facilities.choices import COMMUNITY_USES, RoomUse
from facilities.models import Inspection, Room, Share
from facilities.rules.areas import given_away
from facilities.selectors.areas import hundredths, square_metres
from facilities.selectors.premises import stops_on

# the sums of the register: what column of the rooms of which uses
SUMMED: Final = {
    "work": ("building_m2", (RoomUse.WORK,)),
    "hall": ("building_m2", (RoomUse.HALL,)),
    "activity": ("building_m2", (RoomUse.ACTIVITY,)),
    "property_rooms": ("building_m2", (RoomUse.PROPERTY,)),
    "building": ("building_m2", COMMUNITY_USES),
    "usable": ("usable_m2", COMMUNITY_USES),
}


@dataclass(frozen=True)
class Sums:
    """What the premises of a list have together, in m².

    usable: of the premises whose rooms are all measured so, as the rows show it; None where there
    are none. unmeasured: of how many a room is not.
    """

    work: Decimal
    hall: Decimal
    activity: Decimal
    property_rooms: Decimal
    building: Decimal
    usable: Decimal | None
    unmeasured: int

    @property
    def service(self) -> Decimal:
        return self.hall + self.activity


def sums_of(rows: Any, on: date) -> Sums:
    """What the premises of a query (premises_of) have together on a day. Four queries.

    To the hundredth: rooms that are given away wholly are added by the database, those of shares
    that leave a rest one by one, each as rules.areas.given_away rounds.
    """
    meant = rows.as_of(on).order_by().values("pk")
    shared = Share.objects.filter(premises__in=meant).as_of(on).order_by()
    given = shared.values("premises", "premises__total_parts").annotate(given=Sum("parts"))
    whole = given.filter(given__gte=F("premises__total_parts")).values("premises")
    counted = _counted(on)
    lacking = counted.filter(
        premises__in=shared.values("premises"), use__in=COMMUNITY_USES, usable_m2=None
    ).values("premises")
    unmeasured = set(lacking.values_list("premises", flat=True))
    sums: dict[str, Decimal] = counted.filter(premises__in=whole).aggregate(
        **{
            name: Coalesce(Sum(column, filter=_of(name, lacking)), Decimal(0))
            for name, (column, _) in SUMMED.items()
        }
    )
    parts = {
        key: (number, total)
        for key, total, number in given.filter(given__lt=F("premises__total_parts")).values_list(
            "premises", "premises__total_parts", "given"
        )
    }
    rest: Any = counted.filter(premises__in=list(parts)) if parts else Room.objects.none()
    for room in rest.values("premises_id", "use", "building_m2", "usable_m2"):
        _add(sums, room, parts[room["premises_id"]], unmeasured)
    usable = sums.pop("usable")
    shown = None if unmeasured and not usable else usable
    return Sums(**sums, usable=shown, unmeasured=len(unmeasured))


def _of(name: str, lacking: Any) -> Q:
    """The condition that a room adds to a sum; lacking: premises that are not all measured."""
    uses = Q(use__in=SUMMED[name][1])
    return uses & ~Q(premises__in=lacking) if name == "usable" else uses


def _add(sums: dict[str, Decimal], room: Any, parts: tuple[int, int], unmeasured: set[int]) -> None:
    """Add what is given away of a room to the sums."""
    for name, (column, uses) in SUMMED.items():
        area = hundredths(room[column]) if room["use"] in uses else None
        if area is not None and not (name == "usable" and room["premises_id"] in unmeasured):
            sums[name] += square_metres(given_away(area, *parts))


def _counted(on: date) -> Any:
    """The rooms that are there on a day and not stopped, of premises of any days."""
    stops = Inspection.objects.filter(stops_on(on)).order_by()
    there: Any = Room.objects.order_by()
    return (
        there.as_of(on)
        .exclude(premises__in=stops.filter(room=None).values("premises"))
        .exclude(pk__in=stops.exclude(room=None).values("room"))
    )
