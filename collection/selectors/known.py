"""What a community's facts are compared with: last year, the register, the round, the policies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from accounts.scope import DISTRICT, STREET
from collection.choices import HouseholdsMeasure
from collection.rules.fields import FIELDS
from collection.rules.findings import Elsewhere, Known
from collection.selectors.boundaries import boundaries_of
from collection.selectors.rounds import Call
from collection.selectors.sources import kept_elsewhere
from communities.models import AnnualFacts, Community

NAMES = tuple(FIELDS)
COUNTS = tuple(one.value for one in HouseholdsMeasure if one.value.startswith("households"))


def known_for(
    communities: Iterable[Community],
    year: int,
    calls: Mapping[str, Call],
    texts: UUID | None = None,
) -> dict[int, Known]:
    """What the facts of a year are compared with, by key of the community.

    `calls`: the rounds by street (selectors.rounds.calls_for); a community whose street has none
    gets no asked fields. A fixed number of queries, whatever the number of communities; `texts`,
    the stamp of the policies' texts, spares one.
    """
    wanted = list(communities)
    if not wanted:
        return {}
    last = last_values([one.pk for one in wanted], year - 1)
    days = {_day(calls.get(one.code[:STREET]), year) for one in wanted}
    elsewhere: dict[int, dict[str, Elsewhere]] = kept_elsewhere(wanted, max(days), year)
    steps = boundaries_of({one.code[:DISTRICT] for one in wanted}, max(days), texts)
    asked = {street: frozenset(call.round.asked) for street, call in calls.items()}
    return {
        one.pk: _known(one, year, calls, asked, last.get(one.pk), elsewhere[one.pk], steps)
        for one in wanted
    }


def _known(
    community: Community,
    year: int,
    calls: Mapping[str, Call],
    asked: Mapping[str, frozenset[str]],
    last: dict[str, Any] | None,
    elsewhere: dict[str, Elsewhere],
    steps: Mapping[str, frozenset[int]],
) -> Known:
    street = community.code[:STREET]
    call = calls.get(street)
    measure = call.round.households_measure if call else ""
    of_here = steps.get(community.code[:DISTRICT], frozenset())
    return Known(
        last=_measured(last, measure),
        elsewhere=elsewhere,
        asked=asked.get(street, frozenset()),
        measure=measure,
        reference_on=_day(call, year),
        boundaries={measure: of_here} if measure and of_here else {},
    )


def _day(call: Call | None, year: int) -> date:
    return call.round.reference_on if call else date(year, 12, 31)


def _measured(last: dict[str, Any] | None, measure: str) -> dict[str, Any] | None:
    """Last year's determined count stands for the measure's where no count is known by its kind."""
    if last is None:
        return None
    determined = last.pop("households")
    if measure and all(last[name] is None for name in (*COUNTS, measure)):
        last[measure] = determined
    return last


def last_values(keys: Sequence[int], year: int) -> dict[int, dict[str, Any]]:
    """The values of a year by community's key and name of a field, `households` too. One query."""
    rows = AnnualFacts.objects.filter(community__in=keys, year=year).order_by()
    names = ("households", *NAMES)
    return {key: dict(zip(names, values, strict=True)) for key, *values in
        rows.values_list("community_id", *names).iterator(chunk_size=2000)}  # fmt: skip
