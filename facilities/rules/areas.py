"""Which area counts on a day, and how communities that share premises divide it.

Areas are whole hundredths of a square metre; days are half-open, None is without end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Protocol

from facilities.choices import COMMUNITY_USES, SERVICE_USES, Measure, RoomUse

HUNDREDTHS: Final = 100
# of a use, under a measure
Key = tuple[str, str]


class Spanning(Protocol):
    """What begins on a day (None: before the records) and ends before another (None: never)."""

    @property
    def since(self) -> date | None: ...

    @property
    def until(self) -> date | None: ...


def within(since: date | None, until: date | None, day: date) -> bool:
    """Whether a day lies within the days from `since` until before `until`."""
    return (since is None or since <= day) and (until is None or day < until)


def covers(span: Spanning, day: date) -> bool:
    """Whether a day lies within the days of something."""
    return within(span.since, span.until, day)


@dataclass(frozen=True)
class RoomArea:
    """A room with its use and areas; None where a measure was not taken."""

    key: int
    use: str
    building: int
    usable: int | None = None
    above_ground: int | None = None
    since: date | None = None
    until: date | None = None

    def measured(self, measure: str) -> int | None:
        """The area under a measure."""
        found: int | None = getattr(self, measure)
        return found


@dataclass(frozen=True)
class Stop:
    """Days on which a room (None: every room) does not count: occupied, misused or unusable."""

    room: int | None
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Part:
    """The parts of premises that a community has in some days; code decides ties."""

    community: int
    code: str
    parts: int
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Site:
    """Premises with all that decides which area of them counts for whom."""

    rooms: Sequence[RoomArea]
    parts: Sequence[Part]
    total_parts: int = 1
    stops: Sequence[Stop] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Areas:
    """Hundredths of m² by use and measure; unmeasured: building area of rooms without a measure."""

    by_key: Mapping[Key, int]
    unmeasured: Mapping[str, int]

    def of(self, uses: Iterable[str], measure: str = Measure.BUILDING) -> int:
        """The area of some uses together under a measure."""
        return sum(self.by_key.get((use, measure), 0) for use in uses)

    def known(self, measure: str) -> bool:
        """Whether every counted room of the community's uses has the measure."""
        return not self.unmeasured.get(measure)

    @property
    def work(self) -> int:
        return self.of((RoomUse.WORK,))

    @property
    def service(self) -> int:
        return self.of(SERVICE_USES)

    @property
    def premises(self) -> int:
        """Work and service together: what counts as the community's premises."""
        return self.of(COMMUNITY_USES)

    @property
    def property_rooms(self) -> int:
        return self.of((RoomUse.PROPERTY,))

    @property
    def has_hall(self) -> bool:
        return self.of((RoomUse.HALL,)) > 0


def counted_rooms(site: Site, day: date) -> list[RoomArea]:
    """The rooms that are there on a day and in use for their purpose."""
    if not covers(site, day):
        return []
    stopped = {one.room for one in site.stops if covers(one, day)}
    if None in stopped:
        return []
    return [one for one in site.rooms if covers(one, day) and one.key not in stopped]


def given_away(amount: int, given: int, whole: int) -> int:
    """What of an amount goes to those who have `given` of `whole` parts together, half up.

    It depends on the parts alone: when two who share become one, the sum stays.
    """
    return amount if given == whole else (2 * amount * given + whole) // (2 * whole)


def divided(amount: int, parts: Sequence[Part], total_parts: int) -> list[int]:
    """An amount by parts: what they have together, then by largest remainder, ties by code.

    The results never exceed the amount, and add up to it where all parts are given away.
    """
    given = sum(one.parts for one in parts)
    if not given:
        return [0 for _ in parts]
    together = given_away(amount, given, max(total_parts, given))
    if len(parts) == 1:
        return [together]
    shares = [together * one.parts // given for one in parts]
    order = sorted(
        range(len(parts)),
        key=lambda row: (-(together * parts[row].parts % given), parts[row].code, row),
    )
    for row in order[: together - sum(shares)]:
        shares[row] += 1
    return shares


def areas_on(site: Site, day: date) -> dict[int, Areas]:
    """What each community has of premises on a day, by key of the community."""
    rooms = counted_rooms(site, day)
    parts = [one for one in site.parts if covers(one, day)]
    areas: dict[int, Counter[Key]] = {one.community: Counter() for one in parts}
    unmeasured: dict[int, Counter[str]] = {one.community: Counter() for one in parts}
    for room in rooms:
        for measure in Measure.values:
            area = room.measured(measure)
            lacking = area is None and room.use in COMMUNITY_USES
            shares = divided(room.building if area is None else area, parts, site.total_parts)
            for part, share in zip(parts, shares, strict=True):
                if lacking:
                    unmeasured[part.community][measure] += share
                elif area is not None:
                    areas[part.community][room.use, measure] += share
    return {key: Areas(areas[key], unmeasured[key]) for key in areas}


@dataclass(frozen=True)
class Span:
    """Days in which the same counts: `areas` by key of the community, as `areas_on` says."""

    since: date | None
    until: date | None
    rooms: tuple[int, ...]
    areas: Mapping[int, Areas]

    @property
    def whole(self) -> Areas:
        """What all communities have together."""
        return together(self.areas.values())


def change_days(site: Site) -> list[date]:
    """The days on which something of premises begins or ends, in order, each once."""
    dated: list[Spanning] = [site, *site.rooms, *site.parts, *site.stops]
    return sorted({day for one in dated for day in (one.since, one.until) if day is not None})


def spans_of(site: Site) -> list[Span]:
    """The whole time of premises as spans in which the same counts, in order, without a gap."""
    days = change_days(site)
    first = days[0] - timedelta(days=1) if days and days[0] > date.min else date.min
    begins: list[date | None] = [None, *days]
    found: list[Span] = []
    for since, until in zip(begins, [*days, None], strict=True):
        on = since or first
        rooms = tuple(one.key for one in counted_rooms(site, on))
        areas = areas_on(site, on)
        if found and found[-1].rooms == rooms and found[-1].areas == areas:
            found[-1] = replace(found[-1], until=until)
        else:
            found.append(Span(since, until, rooms, areas))
    return found


def together(several: Iterable[Areas]) -> Areas:
    """The sums of what a community has in several places."""
    areas: Counter[Key] = Counter()
    unmeasured: Counter[str] = Counter()
    for one in several:
        areas.update(one.by_key)
        unmeasured.update(one.unmeasured)
    return Areas(areas, unmeasured)
