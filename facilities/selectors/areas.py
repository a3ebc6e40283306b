"""What the register of premises says a community has on a day. Rows are those of the scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from facilities.models import Inspection, Premises, Room, Share
from facilities.rules.areas import (
    Areas,
    Part,
    RoomArea,
    Site,
    Stop,
    areas_on,
    together,
)


def hundredths(area: Decimal | None) -> int | None:
    """An area in whole hundredths of m²."""
    return None if area is None else int(area.scaleb(2))


def square_metres(number: int) -> Decimal:
    """Hundredths of m² as m² with two decimals."""
    return Decimal(number).scaleb(-2)


def sites_of(premises: Collection[int]) -> dict[int, Site]:
    """Premises by key with rooms, shares and stops of all days. Four queries."""
    wanted = list(premises)
    rooms: dict[int, list[RoomArea]] = defaultdict(list)
    parts: dict[int, list[Part]] = defaultdict(list)
    stops: dict[int, list[Stop]] = defaultdict(list)
    for row in _rows(Room, wanted, "pk", "use", "building_m2", "usable_m2", "above_ground_m2"):
        key, room, use, *areas, since, until = row
        building, usable, above = (hundredths(one) for one in areas)
        rooms[key].append(RoomArea(room, use, building or 0, usable, above, since, until))
    for key, *share in _rows(Share, wanted, "community_id", "code", "parts"):
        parts[key].append(Part(*share))
    found = Inspection.objects.filter(premises__in=wanted, stops_from__isnull=False).order_by()
    stopped = found.values_list("premises_id", "room_id", "stops_from", "resumes_on")
    for key, room, stops_from, resumes_on in stopped:
        if stops_from is not None:
            stops[key].append(Stop(room, stops_from, resumes_on))
    whole = Premises.objects.filter(pk__in=wanted).order_by()
    return {
        key: Site(rooms[key], parts[key], total, stops[key], since, until)
        for key, total, since, until in whole.values_list(
            "pk", "total_parts", "valid_from", "valid_until"
        )
    }


def _rows(model: Any, premises: list[int], *columns: str) -> Iterable[tuple[Any, ...]]:
    rows = model.objects.filter(premises__in=premises).order_by("pk")
    found: Iterable[tuple[Any, ...]] = rows.values_list(
        "premises_id", *columns, "valid_from", "valid_until"
    )
    return found


def shared_premises(communities: Collection[int]) -> dict[int, list[int]]:
    """Keys of the premises that communities have or had a share in, by key. One query."""
    rows = Share.objects.filter(community__in=list(communities)).order_by("premises_id")
    found: dict[int, list[int]] = defaultdict(list)
    for community, premises in rows.values_list("community_id", "premises_id").distinct():
        found[community].append(premises)
    return dict(found)


def areas_of(communities: Collection[int], on: date) -> dict[int, Areas]:
    """What communities have on a day, by key, for those with a share that day. Five queries.

    A community that is not in the result has nothing in the register on that day.
    """
    wanted = set(communities)
    premises = {one for several in shared_premises(wanted).values() for one in several}
    held: dict[int, list[Areas]] = defaultdict(list)
    for site in sites_of(premises).values():
        for community, areas in areas_on(site, on).items():
            if community in wanted:
                held[community].append(areas)
    return {community: together(several) for community, several in held.items()}
