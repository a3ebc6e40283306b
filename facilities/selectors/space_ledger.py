"""What the register of premises has for many communities on several days, as columns.

Premises that one community has wholly, without any stop, are summed by the database; the others are
divided one by one (rules.areas). Both come to what selectors.areas.areas_of says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from django.db.models import BigIntegerField, F, Q, Sum
from django.db.models.functions import Cast

from accounts.models import User
from accounts.scope import PROVINCE
from facilities.choices import COMMUNITY_USES, Measure, RoomUse
from facilities.models import Inspection, Room, Share
from facilities.rules.areas import Areas, Site, areas_on, covers
from facilities.selectors.areas import sites_of

# keys that a query names one by one; more are found by the code of their division
MOST_NAMED: Final = 5000
OTHER_MEASURES = (Measure.USABLE, Measure.ABOVE_GROUND)


@dataclass(frozen=True)
class Stock:
    """Hundredths of m² of every row of a register by use and measure; `has`: it is in the register.

    unmeasured: building area of rooms of the community's uses without a measure. halls: premises
    with a service hall; shared ones count for each sharer.
    """

    size: int
    has: Any
    by_key: Mapping[tuple[str, str], Any]
    unmeasured: Mapping[str, Any]
    halls: Any

    def of(self, uses: Iterable[str], measure: str = Measure.BUILDING) -> Any:
        """The area of some uses together under a measure."""
        columns = [self.by_key[use, measure] for use in uses if (use, measure) in self.by_key]
        return sum(columns, np.zeros(self.size, dtype=np.int64))

    def known(self, measure: str) -> Any:
        """Rows whose counted rooms all have the measure."""
        lacking = self.unmeasured.get(measure)
        return self.has if lacking is None else self.has & (lacking == 0)


@dataclass(frozen=True)
class _Whole:
    """Premises that one community has wholly, in the days of both."""

    community: int
    since: date | None
    until: date | None

    def covers(self, day: date) -> bool:
        return covers(self, day)


class SpaceLedger:
    """The premises in which some communities have or had a share."""

    def __init__(self, user: User, prefix: str, communities: Sequence[int]) -> None:
        """Read shares and, of premises that divide or were stopped, everything. Six queries."""
        self.user, self.prefix = user, prefix
        # nobody moves to another province: there the code alone finds them
        self.named = len(prefix) > PROVINCE and len(communities) <= MOST_NAMED
        visible = Share.objects.for_user(user)
        wanted = visible.filter(community__in=list(communities)).values("premises_id")
        # of those who share with them too: what is divided is told by all shares
        shares = visible.filter(premises__in=wanted) if self.named else visible.under(prefix)
        rows = list(
            shares.order_by().values_list(
                "premises_id", "community_id", "parts", "valid_from", "valid_until",
                "premises__total_parts", "premises__valid_from", "premises__valid_until",
            )
        )  # fmt: skip
        held = Counter(row[0] for row in rows)
        divided = {row[0] for row in rows if held[row[0]] > 1 or row[2] < row[5]}
        divided |= self._stopped(set(held))
        self.whole = {
            row[0]: _Whole(row[1], _later(row[3], row[6]), _earlier(row[4], row[7]))
            for row in rows
            if row[0] not in divided
        }
        self.sites: dict[int, Site] = sites_of(divided)

    def _stopped(self, premises: set[int]) -> set[int]:
        """Premises in which anything was ever found not to be in use."""
        rows = Inspection.objects.for_user(self.user).filter(stops_from__isnull=False)
        rows = self._of(rows, premises)
        return premises & set(rows.order_by().values_list("premises_id", flat=True))

    def _of(self, rows: Any, premises: Iterable[int]) -> Any:
        wanted = list(premises)
        if self.named and len(wanted) <= MOST_NAMED:
            return rows.filter(premises__in=wanted)
        return rows.under(self.prefix)

    def on(self, day: date, keys: Any) -> Stock:
        """What there is on a day for communities of a register, by their keys. One query."""
        gathered = _Gathered(keys)
        for premises, use, *sums in self._rooms(day):
            whole = self.whole.get(premises)
            if whole is not None and whole.covers(day):
                gathered.room(whole.community, use, sums)
        for whole in self.whole.values():
            if whole.covers(day):
                gathered.seen(whole.community)
        for site in self.sites.values():
            for community, areas in areas_on(site, day).items():
                gathered.areas(community, areas)
        return gathered.stock()

    def _rooms(self, day: date) -> Iterable[tuple[Any, ...]]:
        """Sums of the rooms of a day by premises and use, in hundredths of m²."""
        rows = self._of(Room.objects.for_user(self.user).as_of(day), self.whole)
        area = _hundredths("building_m2")
        sums: dict[str, Any] = {"building": Sum(area)}
        for measure in OTHER_MEASURES:
            sums[measure] = Sum(_hundredths(f"{measure}_m2"))
            sums[f"no_{measure}"] = Sum(area, filter=Q(**{f"{measure}_m2__isnull": True}))
        grouped = rows.order_by().values("premises_id", "use").annotate(**sums)
        found: Iterable[tuple[Any, ...]] = grouped.values_list("premises_id", "use", *sums)
        return found


class _Gathered:
    """Columns that fill up, row by row of a register."""

    def __init__(self, keys: Any) -> None:
        self.size = len(keys)
        self.places = {int(key): place for place, key in enumerate(keys)}
        self.has = np.zeros(self.size, dtype=bool)
        self.halls = np.zeros(self.size, dtype=np.int64)
        self.by_key: dict[tuple[str, str], Any] = defaultdict(self._column)
        self.unmeasured: dict[str, Any] = defaultdict(self._column)

    def _column(self) -> Any:
        return np.zeros(self.size, dtype=np.int64)

    def seen(self, community: int) -> None:
        """Note that a community has a share that day."""
        if (place := self.places.get(community)) is not None:
            self.has[place] = True

    def room(self, community: int, use: str, sums: Sequence[int | None]) -> None:
        """Add the rooms of one use of premises that are wholly a community's."""
        place = self.places.get(community)
        if place is None:
            return
        self.halls[place] += use == RoomUse.HALL
        for measure, area in zip(
            (Measure.BUILDING, *OTHER_MEASURES), (sums[0], sums[1], sums[3]), strict=True
        ):
            self.by_key[use, measure][place] += area or 0
        if use in COMMUNITY_USES:
            for measure, lacking in zip(OTHER_MEASURES, (sums[2], sums[4]), strict=True):
                self.unmeasured[measure][place] += lacking or 0

    def areas(self, community: int, areas: Areas) -> None:
        """Add what a community has in premises that divide."""
        place = self.places.get(community)
        if place is None:
            return
        self.has[place] = True
        self.halls[place] += areas.has_hall
        for key, area in areas.by_key.items():
            self.by_key[key][place] += area
        for measure, area in areas.unmeasured.items():
            self.unmeasured[measure][place] += area

    def stock(self) -> Stock:
        """The columns as they are."""
        return Stock(self.size, self.has, dict(self.by_key), dict(self.unmeasured), self.halls)


def _hundredths(name: str) -> Cast:
    return Cast(F(name) * 100, BigIntegerField())


def _later(one: date | None, other: date | None) -> date | None:
    known = [day for day in (one, other) if day is not None]
    return max(known, default=None)


def _earlier(one: date | None, other: date | None) -> date | None:
    known = [day for day in (one, other) if day is not None]
    return min(known, default=None)
