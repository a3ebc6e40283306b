"""What a stop takes away: hundredths of m² by community, before and after it is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from communities.models import Community
from facilities.choices import RoomUse
from facilities.models import Inspection, Premises
from facilities.rules.areas import Areas, Site, Stop, areas_on, counted_rooms, within
from facilities.selectors.areas import sites_of, square_metres

USES = tuple(RoomUse.values)
WHOLE = "全部房间"


@dataclass(frozen=True)
class Portion:
    """What one community has of an area, in hundredths of m²."""

    community: str
    area: int

    @property
    def m2(self) -> str:
        return square_metres_of(self.area)


@dataclass(frozen=True)
class Countable:
    """A room (None: all of them) as it counts on a day, in hundredths of m² by community.

    `counts` is why it does not count, '' where it does.
    """

    room: int | None
    label: str
    use: str
    area: int
    portions: list[Portion]
    said: str = ""

    @property
    def m2(self) -> str:
        return square_metres_of(self.area)


def square_metres_of(hundredths: int) -> str:
    """An area as pages show it: 1,234.50㎡."""
    return f"{square_metres(hundredths):,.2f}㎡"


def lost_by(site: Site, record: Inspection) -> dict[int, int]:
    """What a recorded stop takes from communities on its first day, by key; {} without a stop."""
    if record.stops_from is None:
        return {}
    stop = Stop(record.room_id, record.stops_from, record.resumes_on)
    others = replace(site, stops=[one for one in site.stops if one != stop])
    with_it = areas_on(site, record.stops_from)
    without = areas_on(others, record.stops_from)
    return {
        key: lost
        for key, areas in without.items()
        if (lost := areas.of(USES) - with_it[key].of(USES))
    }


def portions_of(areas: Mapping[int, int], names: Mapping[int, str]) -> list[Portion]:
    """Areas by community with their names, the largest first."""
    by_size = sorted(areas.items(), key=lambda one: (-one[1], one[0]))
    return [Portion(names.get(key, "其他社区"), area) for key, area in by_size if area]


def names_of(communities: set[int]) -> dict[int, str]:
    """The short names of communities by key, of those in the scope. One query."""
    rows = Community.objects.filter(pk__in=communities)
    return dict(rows.values_list("pk", "short_name"))


def lost_portions(record: Inspection) -> list[Portion]:
    """What a stop takes away, by community. Five queries; none without a stop."""
    if record.stops_from is None:
        return []
    lost = lost_by(sites_of({record.premises_id})[record.premises_id], record)
    return portions_of(lost, names_of(set(lost)))


def countables(premises: Premises, on: date) -> list[Countable]:
    """All rooms together and each of premises as they count on a day. Six queries.

    What is listed is what would stop counting.
    """
    site = sites_of({premises.pk})[premises.pk]
    names = names_of({one.community for one in site.parts})
    counted = {one.key for one in counted_rooms(site, on)}
    found = [_countable(None, WHOLE, "", _by_community(areas_on(site, on)), names)]
    for room in premises.rooms.order_by("valid_from", "name", "pk"):
        if not within(room.valid_from, room.valid_until, on):
            continue
        alone = replace(site, rooms=[one for one in site.rooms if one.key == room.pk])
        areas = _by_community(areas_on(alone, on)) if room.pk in counted else {}
        said = "" if room.pk in counted else "已停计"
        found.append(_countable(room.pk, room.name, room.get_use_display(), areas, names, said))
    return found


def _by_community(areas: Mapping[int, Areas]) -> dict[int, int]:
    return {key: one.of(USES) for key, one in areas.items()}


def _countable(
    room: int | None,
    label: str,
    use: str,
    areas: Mapping[int, int],
    names: Mapping[int, str],
    said: str = "",
) -> Countable:
    return Countable(room, label, use, sum(areas.values()), portions_of(areas, names), said)
