"""Premises whose sharers come to lie in several streets divide: each street has its own, past and
future, for it sees no others.

What each street has stays the same on every day to the hundredth of a square metre.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F

from accounts.scope import STREET
from communities.models import Community
from communities.services.succession import free_name
from facilities.choices import ContractKind, Measure
from facilities.models import Contract, Inspection, Premises, Room, Share, SpaceMeasure
from facilities.rules.areas import Part, divided
from facilities.selectors.areas import hundredths, square_metres
from facilities.services.following_shares import (
    covering,
    days_of,
    give_records,
    largest,
    settle_parts,
    settle_records,
)

# the part that nobody has
NOBODY: Final = ""
UNSHARED = "未分配"
# before all records
ALWAYS: Final = datetime.date.min
A_DAY: Final = datetime.timedelta(days=1)
AREAS = tuple(f"{one}_m2" for one in Measure.values)
TERMS = ("area_m2", "price_yuan", "monthly_rent_yuan")
# what a part has as the premises had it
GOES_ALONG = (
    "address", "estate_id", "project_id", "acquisition", "acquired_on", "owner", "title_no",
    "titled_on", "remarks", "is_demo",
)  # fmt: skip

# what a dated row says in hundredths, by column; None where nothing is said
Amounts = tuple[int | None, ...]


def split_over_streets(premises: Iterable[int], on: datetime.date) -> None:
    """Divide those of some premises (by key) whose sharers lie in more than one street.

    on: the day of the act. Sharers of before count too: they are where their community is now.
    """
    streets: dict[int, set[str]] = defaultdict(set)
    rows = Share.objects.filter(premises__in=list(premises)).order_by()
    for key, kept, shared in rows.values_list("premises_id", "premises__code", "community__code"):
        streets[key] |= {kept[:STREET], shared[:STREET]}
    for key in sorted(one for one, found in streets.items() if len(found) > 1):
        _Split(Premises.objects.select_for_update().get(pk=key), on).run()


@dataclass
class _Piece:
    """What one street has of a dated row in some days."""

    since: datetime.date
    until: datetime.date | None
    amounts: Amounts

    def columns(self, names: Sequence[str]) -> dict[str, Any]:
        """Its days and amounts as a row has them."""
        return {
            "valid_from": None if self.since == ALWAYS else self.since,
            "valid_until": self.until,
        } | {
            name: None if one is None else square_metres(one)
            for name, one in zip(names, self.amounts, strict=True)
        }


class _Split:
    """Premises whose streets part."""

    def __init__(self, premises: Premises, on: datetime.date) -> None:
        self.premises, self.on = premises, on
        rows = Share.objects.filter(premises=premises).select_related("community")
        self.shares = list(rows.order_by("valid_from", "pk"))
        self.by_street: dict[str, list[Share]] = defaultdict(list)
        for one in self.shares:
            self.by_street[one.community.code[:STREET]].append(one)
        self.main = self._main()
        self.owners: dict[str, Premises] = {self.main: premises}

    def _living(self, shares: Sequence[Share]) -> list[Share]:
        """Those of some shares that have not ended by the day, else all."""
        living = [one for one in shares if one.valid_until is None or one.valid_until > self.on]
        return living or list(shares)

    def _main(self) -> str:
        """The street that goes on with the record: the keeper's, else that of most parts."""
        kept = self.premises.code[:STREET]
        parts: dict[str, int] = defaultdict(int)
        for one in self._living(self.shares):
            parts[one.community.code[:STREET]] += one.parts
        if kept in parts:
            return kept
        return min(parts, key=lambda street: (-parts[street], street))

    def run(self) -> None:
        """Keep the main street's part here; make premises of every other part, and of the rest."""
        keeper = largest(self._living(self.by_street[self.main]))
        if self.premises.code[:STREET] != self.main and keeper is not None:
            give_records(self.premises, keeper, self.premises.community.short_name)
        rooms = {
            one: _with_area(self._divide(one, AREAS))
            for one in Room.objects.filter(premises=self.premises).order_by("valid_from", "pk")
        }
        contracts = {
            one: self._divide(one, TERMS)
            for one in Contract.objects.filter(premises=self.premises).order_by("pk")
        }
        for street, shares in sorted(self.by_street.items()):
            if street != self.main:
                self.owners[street] = self._premises(shares)
        divided_rows = [*rooms.values(), *contracts.values()]
        if rest := [one for found in divided_rows for one in found.get(NOBODY, [])]:
            self.owners[NOBODY] = self._rest(rest)
        self._stop_all()
        for room, found in rooms.items():
            self._share_out(room, AREAS, found)
        for contract, found in contracts.items():
            self._share_out(contract, TERMS, found)
        for street, shares in self.by_street.items():
            self._settle(self.owners[street], shares)

    def _divide(self, row: Room | Contract, names: Sequence[str]) -> dict[str, list[_Piece]]:
        """The pieces of a dated row by street, as its communities share it day by day."""
        amounts = tuple(hundredths(getattr(row, name)) for name in names)
        if isinstance(row, Contract) and row.kind == ContractKind.PURCHASE:
            day = self._sharing_day(datetime.date(row.signed_on.year, 12, 31))
            own = self._amounts(amounts, day)
            since = row.valid_from or ALWAYS
            return {street: [_Piece(since, row.valid_until, one)] for street, one in own.items()}
        found: dict[str, list[_Piece]] = defaultdict(list)
        days = days_of([*self.shares, row], ALWAYS)
        for place, day in enumerate(days):
            until = days[place + 1] if place + 1 < len(days) else None
            if not covering([row], day):
                continue
            for street, one in self._amounts(amounts, day).items():
                pieces = found[street]
                if pieces and pieces[-1].until == day and pieces[-1].amounts == one:
                    pieces[-1].until = until
                else:
                    pieces.append(_Piece(day, until, one))
        return found

    def _sharing_day(self, day: datetime.date) -> datetime.date:
        """The last day, until one, on which anybody shares the premises; else the first of all."""
        last = [
            day if one.valid_until is None else min(day, one.valid_until - A_DAY)
            for one in self.shares
            if (one.valid_from or ALWAYS) <= day
        ]
        return max(last) if last else min(one.valid_from or ALWAYS for one in self.shares)

    def _amounts(self, amounts: Amounts, day: datetime.date) -> dict[str, Amounts]:
        """What each street has of some amounts on a day, and what nobody has.

        While nobody shares the premises all is with the record.
        """
        shares = covering(self.shares, day)
        if not shares:
            return {self.main: amounts}
        parts = [Part(one.community_id, one.community.code, one.parts) for one in shares]
        streets = [one.community.code[:STREET] for one in shares]
        columns: list[Mapping[str, int] | None] = []
        for amount in amounts:
            if amount is None:
                columns.append(None)
                continue
            sums = dict.fromkeys([*streets, NOBODY], 0)
            given = divided(amount, parts, self.premises.total_parts)
            for street, own in zip(streets, given, strict=True):
                sums[street] += own
            sums[NOBODY] = amount - sum(given)
            columns.append(sums)
        found = {
            street: tuple(None if one is None else one[street] for one in columns)
            for street in dict.fromkeys([*streets, NOBODY])
        }
        if not any(found[NOBODY]):
            del found[NOBODY]
        return found

    def _premises(self, shares: Sequence[Share]) -> Premises:
        """Premises for what a street has, in the days in which it shares them."""
        keeper = largest(self._living(shares)) or self.premises.community
        since = min(one.valid_from or ALWAYS for one in shares)
        return self._made(keeper, self.premises.name, since, _last(shares, "valid_until"))

    def _rest(self, pieces: Sequence[_Piece]) -> Premises:
        """Premises for what nobody has; who keeps the record keeps it too.

        The title stays with the record: two of one number in a street are a double.
        """
        name = f"{self.premises.name}（{UNSHARED}）"
        since = min(one.since for one in pieces)
        untitled = {"title_no": "", "titled_on": None}
        until = _last(pieces, "until")
        return self._made(self.premises.community, name, since, until, **untitled)

    def _made(
        self,
        keeper: Community,
        name: str,
        since: datetime.date,
        until: datetime.date | None,
        **changed: Any,
    ) -> Premises:
        days = _Piece(max(since, self.premises.valid_from or ALWAYS), until, ()).columns(())
        if until is None or (self.premises.valid_until and self.premises.valid_until < until):
            days["valid_until"] = self.premises.valid_until
        living = Premises.objects.filter(community=keeper, valid_until=None)
        limit = Premises._meta.get_field("name").max_length or 0
        names = set(living.values_list("name", flat=True))
        return Premises.objects.create(
            community=keeper,
            code=keeper.code,
            name=free_name(name[:limit], self.premises.community.short_name, names, limit),
            **({one: getattr(self.premises, one) for one in GOES_ALONG} | days | changed),
        )

    def _share_out(
        self, row: Room | Contract, names: Sequence[str], found: Mapping[str, list[_Piece]]
    ) -> None:
        """Let a row go on as the last piece of the main street; the others are rows of their own.

        Where the main street has none of it the row goes to another one, with its inspections.
        """
        keeps = self.main if self.main in found else max(found)
        kept = found[keeps][-1]
        stops = _stops(self.premises, row) if isinstance(row, Room) else []
        _become(row, self.owners[keeps], kept.columns(names))
        for street, pieces in found.items():
            for piece in pieces:
                if piece is kept:
                    continue
                new = _copy(
                    row, self.owners[street], **piece.columns(names), **_unnumbered(row, street)
                )
                for stopped in stops:
                    if _meet(stopped, piece):
                        _copy(stopped, self.owners[street], room=new)

    def _stop_all(self) -> None:
        """Let what stopped all rooms stop those of every part."""
        for stopped in _stops(self.premises, None):
            for owner in self.owners.values():
                if owner is not self.premises:
                    _copy(stopped, owner, room=None)

    def _settle(self, owner: Premises, shares: Sequence[Share]) -> None:
        """Give a part to its communities, wholly; what they planned for it follows."""
        settle_parts(owner, shares)
        communities = {one.community_id for one in shares}
        planned = SpaceMeasure.objects.filter(premises=self.premises, community__in=communities)
        planned.exclude(premises=owner).update(premises=owner, version=F("version") + 1)


def _with_area(found: Mapping[str, list[_Piece]]) -> dict[str, list[_Piece]]:
    """Pieces that have any area, of which no measure is larger than the whole."""
    for piece in (one for pieces in found.values() for one in pieces):
        building = piece.amounts[0] or 0
        piece.amounts = tuple(None if one is None else min(one, building) for one in piece.amounts)
    return {
        street: kept
        for street, pieces in found.items()
        if (kept := [one for one in pieces if one.amounts[0]])
    }


def _unnumbered(row: Room | Contract, street: str) -> dict[str, str]:
    """What a contract is without its number, in the part that nobody has."""
    return {"number": ""} if street == NOBODY and isinstance(row, Contract) else {}


def _last(rows: Iterable[Any], name: str) -> datetime.date | None:
    """The last of some days, None where one has no end."""
    days = [getattr(one, name) for one in rows]
    return None if None in days else max(days)


def _stops(premises: Premises, room: Room | None) -> list[Inspection]:
    """Inspections by which a room, or all of them (None), did not count or does not."""
    rows = Inspection.objects.filter(premises=premises, room=room, stops_from__isnull=False)
    return list(rows.order_by("pk"))


def _meet(stopped: Inspection, piece: _Piece) -> bool:
    """Whether a stop has days of a piece."""
    begins = stopped.stops_from or ALWAYS
    return (piece.until is None or begins < piece.until) and (
        stopped.resumes_on is None or piece.since < stopped.resumes_on
    )


def _become(row: Room | Contract, owner: Premises, columns: Mapping[str, Any]) -> None:
    """Store a row with other days and amounts, where they are others, under its premises."""
    if row.premises_id == owner.pk and all(getattr(row, name) == columns[name] for name in columns):
        return
    moved = {"premises": owner, "community": owner.community, "code": owner.code}
    rows = type(row)._default_manager.filter(pk=row.pk)
    rows.update(**moved, **columns, version=F("version") + 1)
    if row.premises_id != owner.pk and isinstance(row, Room):
        Inspection.objects.filter(room=row).update(premises=owner)
        settle_records([owner.pk], owner.community)


def _copy(row: Any, premises: Premises, **changed: Any) -> Any:
    """The same row for premises that have come out of others, with what is another of it."""
    values = {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.name not in ("id", "version")
    }
    owned = {"premises": premises, "community": premises.community, "code": premises.code}
    return type(row)._default_manager.create(**(values | owned | changed))
