"""What the clauses in force on the day of entry say of people who were recruited."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from policy.engine import Facts, Judgement, judge
from policy.models import Exemption, PolicyText
from policy.selectors import stack_for


@dataclass(frozen=True)
class Entry:
    """Who enters a community (12 digits) on a day; education '' where none is registered."""

    code: str
    post: str
    identity: str
    education: str
    age: int
    on: date


@dataclass(frozen=True)
class Ruling:
    """What a clause says of an entry: `reason` is what fails or is not known, '' where all is well.

    asks_education: the clause asks for an education, which a paper must prove.
    """

    id: str
    title: str
    article: str
    summary: str
    reason: str
    unknown: bool
    asks_education: bool

    @property
    def clause(self) -> str:
        return f"《{self.title}》{self.article}"


def rulings_on(entry: Entry) -> list[Ruling]:
    """The clauses that ask something of one entry, nearest text first. One query, or few."""
    return _judged(entry.code, entry.on, [entry]).get(0, [])


def rulings_of(entries: Sequence[Entry], prefix: str) -> dict[int, list[Ruling]]:
    """The clauses that ask something of each entry, by its place; of communities under a prefix.

    Queries by the number of periods in which texts and exemptions stayed the same, not of entries.
    """
    breaks = _breaks(prefix)
    periods: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, one in enumerate(entries):
        # a condition may name the year
        periods[bisect_right(breaks, one.on), one.on.year].append(place)
    found: dict[int, list[Ruling]] = {}
    for places in periods.values():
        rows = [entries[place] for place in places]
        for local, said in _judged(prefix, rows[0].on, rows).items():
            found[places[local]] = said
    return found


def _breaks(prefix: str) -> list[date]:
    """The days on which some text or exemption begins or ends. Two queries."""
    texts: Any = PolicyText.objects.answering().touching(prefix)
    days: set[date | None] = set()
    for row in texts.values_list("effective_from", "effective_until"):
        days.update(row)
    for row in Exemption.objects.values_list("valid_from", "valid_until").distinct():
        days.update(row)
    return sorted(day for day in days if day is not None)


def _judged(prefix: str, on: date, entries: Sequence[Entry]) -> dict[int, list[Ruling]]:
    columns: dict[str, list[Any]] = {
        "post": [one.post for one in entries],
        "identity": [one.identity for one in entries],
        "education": [one.education or None for one in entries],
        "age": [one.age for one in entries],
    }
    facts = Facts.from_columns([one.code for one in entries], columns)
    found: dict[int, list[Ruling]] = defaultdict(list)
    for one in judge(stack_for(prefix, on), facts):
        if "holds" in one.provision.raw:
            for place in _concerned(one, len(entries)):
                found[place].append(_ruling(one, place))
    return found


def _concerned(one: Judgement, number: int) -> Iterable[int]:
    return (place for place in range(number) if one.applies[place])


def _ruling(one: Judgement, place: int) -> Ruling:
    verdict = one.at(place)
    return Ruling(
        id=one.provision.id,
        title=one.text.title,
        article=one.provision.article,
        summary=one.provision.summary,
        reason=verdict.reason,
        unknown=verdict.unknown,
        asks_education=_names(one.provision.raw["holds"], "education"),
    )


def _names(written: Any, fact: str) -> bool:
    """Whether a condition, as it is written, speaks of a fact."""
    if isinstance(written, Mapping):
        return written.get("fact") == fact or any(_names(one, fact) for one in written.values())
    return isinstance(written, list | tuple) and any(_names(one, fact) for one in written)
