"""The register of premises as a workbook row says it: what is held on a day, and its texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from accounts.models import User
from accounts.scope import STREET, contains
from communities.choices import CommitteeKind, Tenure
from communities.models import Community
from communities.querysets import not_ended
from communities.selectors.places import division_names
from facilities.choices import ContractKind
from facilities.models import Contract, Inspection, Premises, Room, Share
from facilities.rules.premises_fields import AREAS, CONTRACT, MEASURES, PREMISES, written

KIND_OF: Final = {Tenure.BOUGHT: ContractKind.PURCHASE, Tenure.RENTED: ContractKind.RENT}


@dataclass
class Held:
    """Premises on a day with what is there of them; rows that begin later are in `rooms` too.

    `stopped`: keys of rooms that an inspection keeps from counting.
    """

    premises: Premises
    on: date
    rooms: list[Room] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    stopped: set[int] = field(default_factory=set)

    @property
    def partners(self) -> list[str]:
        """The short names of the other communities that share it."""
        keeper = self.premises.community_id
        others = {one.community_id: one for one in self.shares if one.community_id != keeper}
        return [one.community.short_name for one in others.values()]

    @property
    def is_whole(self) -> bool:
        """Whether the one that keeps the record has all of it as long as it lasts."""
        return (
            len(self.shares) == 1
            and self.shares[0].community_id == self.premises.community_id
            and self.shares[0].parts == self.premises.total_parts
            and self.shares[0].valid_until == self.premises.valid_until
        )

    def rooms_of(self, use: str) -> list[Room]:
        return [one for one in self.rooms if one.use == use]

    def contracts_of(self, kind: str) -> list[Contract]:
        return [one for one in self.contracts if one.kind == kind]

    def contract(self, kind: str) -> Contract | None:
        """The contract of a kind that a row shows: the lease of the day, else the last one."""
        several = self.contracts_of(kind)
        running = [one for one in several if kind == ContractKind.RENT and self._runs(one)]
        return next(reversed(running or several), None)

    def _runs(self, one: Contract) -> bool:
        begun = one.valid_from is None or one.valid_from <= self.on
        return begun and (one.valid_until is None or self.on < one.valid_until)


@dataclass(frozen=True)
class PremisesFillRow:
    """A row of the workbook: the community and texts by field, none for one without premises."""

    code: str
    name: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class PremisesFilling:
    """The premises of a street on a day, and the street's communities (code, name)."""

    street: str
    place: str
    on: date
    rows: list[PremisesFillRow]
    communities: list[tuple[str, str]]


def held_of(premises: Iterable[Premises], on: date) -> dict[int, Held]:
    """What is there of premises on a day or later, by key. Four queries."""
    found = {one.pk: Held(one, on) for one in premises}
    for room in Room.objects.filter(not_ended(on), premises__in=found).order_by("pk"):
        found[room.premises_id].rooms.append(room)
    shares = Share.objects.filter(not_ended(on), premises__in=found).order_by("code", "pk")
    for share in shares.select_related("community"):
        found[share.premises_id].shares.append(share)
    contracts = Contract.objects.filter(premises__in=found)
    for contract in contracts.order_by("valid_from", "signed_on", "pk"):
        found[contract.premises_id].contracts.append(contract)
    stops = Inspection.objects.filter(premises__in=found, stops_from__isnull=False)
    stops = stops.exclude(resumes_on__lte=on).exclude(room=None)
    for key, room_key in stops.values_list("premises_id", "room_id").order_by():
        found[key].stopped.add(room_key)
    return found


def values_of(held: Held) -> dict[str, Any]:
    """What a row says of premises, by field; a measure that a room lacks is None."""
    one = held.premises
    values: dict[str, Any] = {name: getattr(one, column) for name, column in PREMISES.items()}
    values["estate"] = one.estate.name if one.estate is not None else ""
    for name, use in AREAS.items():
        rooms = held.rooms_of(use)
        values[name] = sum((room.building_m2 for room in rooms), Decimal(0)) if rooms else None
    for name in MEASURES:
        values[name] = measured(held.rooms, name)
    contract = held.contract(KIND_OF.get(Tenure(one.acquisition), ""))
    for name, column in CONTRACT.items():
        values[name] = getattr(contract, column) if contract is not None else None
    return values


def measured(rooms: Collection[Room], name: str) -> Decimal | None:
    """The sum of a measure over rooms; None where there is no room, or one was not measured."""
    areas = [getattr(room, name) for room in rooms]
    return None if not areas or None in areas else sum(areas, Decimal(0))


def get_premises_filling(user: User, street: str, on: date) -> PremisesFilling | None:
    """The premises of a street (9 digits) as a workbook holds them; None outside the scope.

    Also None for a street without communities. Communities without premises have a row to fill in.
    Seven queries.
    """
    if len(street) != STREET or not contains(user.scope, street):
        return None
    places = Community.objects.for_user(user).under(street).as_of(on)
    places = places.filter(committee_kind=CommitteeKind.RESIDENTS).order_by("code")
    communities = list(places.values_list("pk", "code", "short_name"))
    if not communities:
        return None
    rows = Premises.objects.for_user(user).under(street).filter(not_ended(on))
    rows = rows.select_related("estate").order_by("code", "name", "pk")
    by_community: dict[int, list[Held]] = defaultdict(list)
    for held in held_of(rows, on).values():
        by_community[held.premises.community_id].append(held)
    return PremisesFilling(
        street=street,
        place=division_names({street}, on).get(street, street),
        on=on,
        rows=[
            PremisesFillRow(code, name, texts)
            for key, code, name in communities
            for texts in ([_texts(one) for one in by_community[key]] or [{}])
        ],
        communities=[(code, name) for _, code, name in communities],
    )


def _texts(held: Held) -> dict[str, str]:
    return {name: written(name, value) for name, value in values_of(held).items()}
