"""填报完整度: how many communities have every asked fact of a section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.models import User
from collection.rules.across import ONLY_IF, OPTIONAL
from collection.rules.fields import SECTIONS, Field, typed
from collection.selectors.entry import Entry
from collection.selectors.rounds import Call
from communities.models import AnnualFacts


@dataclass(frozen=True)
class Section:
    """A section of the form: how many of all communities have given all that is asked of it."""

    label: str
    done: int
    total: int

    @property
    def low(self) -> bool:
        """Whether it is behind: fewer than nine of ten."""
        return self.done * 10 < self.total * 9


def sections_of_street(entries: Sequence[Entry]) -> list[Section]:
    """The sections of a street's forms, drafts counted as they are typed. No query."""
    found: dict[str, list[bool]] = {}
    for entry in entries:
        values = entry.examined.values
        asked = set(entry.asked_of(values))
        for key, fields in _by_section(entry.fields).items():
            names = [one.name for one in fields if one.name in asked]
            found.setdefault(key, []).append(
                all(values.get(name) not in (None, "") for name in names)
            )
    return [
        Section(label_of(key), sum(done), len(done)) for key in SECTIONS if (done := found.get(key))
    ]


def sections_of(user: User, calls: Iterable[Call], totals: Mapping[int, int]) -> list[Section]:
    """The sections of a wider office's communities, as their facts are stored. One query.

    `totals`: communities by key of the round.
    """
    counts: dict[str, Count] = {}
    years = set()
    for call in calls:
        years.add(call.round.year)
        asks = asked_of_round(call)
        for key, fields in _by_section(typed(call.round.asked)).items():
            given = asks
            for one in fields:
                given &= filled(one)
            counts[f"r{call.round.pk}_{key}"] = Count("pk", filter=given)
    if not counts:
        return []
    rows = AnnualFacts.objects.for_user(user).filter(year__in=years)
    done = rows.aggregate(**counts)
    found = []
    for key in SECTIONS:
        parts = [call for call in calls if f"r{call.round.pk}_{key}" in done]
        if parts:
            number = sum(done[f"r{call.round.pk}_{key}"] for call in parts)
            total = sum(totals.get(call.round.pk, 0) for call in parts)
            found.append(Section(label_of(key), number, total))
    return found


def asked_of_round(call: Call) -> Q:
    """The facts that a round asks for."""
    one = call.round
    rows = Q(year=one.year, code__gte=one.code, code__lt=f"{one.code}:")
    return rows & Q(street_code__in=one.street_codes) if one.street_codes else rows


def filled(field: Field) -> Q:
    """The condition that a fact is given, where it is asked."""
    given = (
        ~Q(**{field.name: ""})
        if field.kind in ("choice", "text")
        else Q(**{f"{field.name}__isnull": False})
    )
    tenure = ONLY_IF.get(field.name)
    return given | ~Q(premises_tenure=tenure) if tenure else given


def _by_section(fields: Iterable[Field]) -> dict[str, list[Field]]:
    found: dict[str, list[Field]] = {}
    for one in fields:
        if one.name not in OPTIONAL:
            found.setdefault(one.section, []).append(one)
    return found


def label_of(section: str) -> str:
    """The name of a section without its number."""
    return SECTIONS[section].partition("、")[2]
