"""Contracts of premises for the year's money, and what stands on several premises.

Rows are those of the request's scope.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from accounts.scope import STREET
from facilities.choices import ContractKind
from facilities.models import Contract, Premises
from facilities.rules.holdings import Deed
from facilities.rules.money import fen
from facilities.selectors.areas import hundredths

PAID: Final = (ContractKind.PURCHASE, ContractKind.RENT)


def deeds_of(premises: Collection[int]) -> dict[int, list[Deed]]:
    """The contracts of premises by key, the earliest first. One query."""
    found: dict[int, list[Deed]] = defaultdict(list)
    rows = Contract.objects.filter(premises__in=premises).order_by("signed_on", "pk")
    for key, kind, signed, since, until, price, monthly, area, number in rows.values_list(
        "premises_id", "kind", "signed_on", "valid_from", "valid_until",
        "price_yuan", "monthly_rent_yuan", "area_m2", "number",
    ):  # fmt: skip
        money = (fen(price), fen(monthly))
        found[key].append(Deed(kind, signed, since, until, *money, hundredths(area), number))
    return found


@dataclass(frozen=True)
class _Entry:
    """A title or contract as one set of rooms has it."""

    premises: int
    name: str
    since: date | None
    until: date | None


def doubles_of(codes: Mapping[int, str]) -> dict[int, str]:
    """What premises (code by key) share with others that are subsidised on their own, in words.

    A contract on several premises of one street, or a title number on several that are there at
    the same time. Only within a street: a change of streets parts premises on purpose, and what a
    street is told must not depend on what its reader may see. Two queries.
    """
    found: dict[int, str] = {}
    if not codes:
        return found
    streets = sorted({code[:STREET] for code in codes.values()})
    inside = {"code__gte": streets[0], "code__lt": f"{streets[-1]}:"}
    titled = Premises.objects.filter(pk__in=codes).exclude(title_no="")
    rooms = Premises.objects.filter(**inside, title_no__in=titled.values("title_no"))
    titles = (
        ((code[:STREET], title), f"不动产权证号“{title}”", _Entry(key, name, since, until))
        for code, title, key, name, since, until in rooms.order_by("pk").values_list(
            "code", "title_no", "pk", "name", "valid_from", "valid_until"
        )
    )
    _told(found, codes, titles)
    numbered = Contract.objects.filter(kind__in=PAID).exclude(number="")
    own = numbered.filter(premises__in=codes)
    rows = numbered.filter(**inside, number__in=own.values("number"))
    contracts = (
        (
            (code[:STREET], kind, number, signed, party),
            f"{ContractKind(kind).label}合同“{number}”",
            _Entry(key, name, None, None),
        )
        for code, kind, number, signed, party, key, name in rows.order_by("pk").values_list(
            "code", "kind", "number", "signed_on", "party", "premises_id", "premises__name"
        )
    )
    _told(found, codes, contracts)
    return found


def _told(
    found: dict[int, str],
    codes: Mapping[int, str],
    entries: Iterable[tuple[Hashable, str, _Entry]],
) -> None:
    """Add what entries of one identity say of other premises."""
    groups: dict[Hashable, list[_Entry]] = defaultdict(list)
    called: dict[Hashable, str] = {}
    for identity, label, entry in entries:
        groups[identity].append(entry)
        called[identity] = label
    for identity, group in groups.items():
        for one, other in _pairs(group):
            if one.premises in codes:
                said = f"{called[identity]}也登记在“{other.name}”，核对是不是重复登记"
                found.setdefault(one.premises, said)


def _pairs(group: list[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    """Each entry with the others of its group that are there at the same time."""
    for one in group:
        for other in group:
            if one.premises != other.premises and _meet(one, other) and _meet(other, one):
                yield one, other


def _meet(one: _Entry, other: _Entry) -> bool:
    return one.since is None or other.until is None or one.since < other.until
