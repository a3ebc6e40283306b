"""A correction before it is kept: what is typed against what is confirmed, and what it moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from accounts.models import User
from collection.rules.checks import UNLIKELY, WRONG, check
from collection.rules.fields import FIELDS, Field
from collection.rules.findings import Finding, Known
from collection.rules.reading import CellError, read, written
from collection.selectors.amounts import Effect, Side, effect_of, left_out, side_of, year_end, yuan
from collection.selectors.reviews import checked, values_of
from collection.selectors.rounds import call_for
from collection.services.facts import columns
from communities.models import AnnualFacts
from communities.selectors.assessment import Assessment, get_assessment
from communities.services.facts_flow import COLUMNS_OF_FACTS
from communities.services.funding_after import Hypothetical, reassess

# Where no round says which count is the determined one, the determined count is mended itself.
DETERMINED = Field("households", "size", "核定户数", "count", "户")


def measure_of(facts: AnnualFacts) -> str:
    """The households column that counts in the row's year, '' where no round says. Two queries."""
    call = call_for(facts.street_code, facts.year)
    return call.round.households_measure if call else ""


def fields_of(measure: str) -> dict[str, Field]:
    """What a correction may change, by name, in the order of the form."""
    typed = {name: field for name, field in FIELDS.items() if not field.from_division}
    return typed if measure else {DETERMINED.name: DETERMINED, **typed}


def texts_of(facts: AnnualFacts, fields: Mapping[str, Field]) -> dict[str, str]:
    """The row as texts, by name of a field."""
    return {name: written(field, getattr(facts, name)) for name, field in fields.items()}


@dataclass(frozen=True)
class Proposal:
    """What would change: texts before and after, values of the changed fields, and mistakes."""

    changes: dict[str, list[str]]
    values: dict[str, Any]
    errors: dict[str, str]
    unlikely: tuple[Finding, ...]
    measure: str

    def columns(self) -> dict[str, Any]:
        """The changed values as columns of the row; determined households follow their count."""
        plain = {name: value for name, value in self.values.items() if name != DETERMINED.name}
        written_columns = columns(plain, self.measure)
        if DETERMINED.name in self.values:
            written_columns[DETERMINED.name] = self.values[DETERMINED.name]
        return written_columns


def read_proposal(facts: AnnualFacts, texts: Mapping[str, str]) -> Proposal:
    """Read what was typed; texts equal to what is stored change nothing.

    A cell that cannot be read, and anything impossible that was not so before, is an error.
    """
    measure = measure_of(facts)
    fields = fields_of(measure)
    changes: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, field in fields.items():
        if name not in texts:
            continue
        try:
            value = read(field, texts[name].strip())
        except CellError as error:
            errors[name] = str(error)
            continue
        before, after = written(field, getattr(facts, name)), written(field, value)
        if before != after:
            changes[name], values[name] = [before, after], value
    if errors:
        return Proposal(changes, values, errors, (), measure)
    new = _new_findings(facts, values)
    errors = {one.name: one.message for one in new if one.grade == WRONG}
    unlikely = tuple(one for one in new if one.grade == UNLIKELY)
    return Proposal(changes, values, errors, unlikely, measure)


def _new_findings(facts: AnnualFacts, values: Mapping[str, Any]) -> list[Finding]:
    """What is found with the changed values and was not found of the row as it stands."""
    known: Known = checked([facts], facts.year)[facts.pk].known
    stored = values_of(facts)
    # a correction may change what the round did not ask too
    every = frozenset(FIELDS)
    had = {(one.name, one.message) for one in check(stored, known, every)}
    after = check({**stored, **values}, known, every)
    return [one for one in after if (one.name, one.message) not in had]


@dataclass(frozen=True)
class Consequence:
    """What a correction does to money: of the community, and of the others in the district."""

    effect: Effect
    # yuan that other communities of the district get more (less), through shared-out quotas;
    # None where what can be computed of them is not the same before and after
    others: Decimal | None
    # fen before and after by subject, as Correction.money keeps them
    money: dict[str, list[int | None]]
    # the determined households before and after
    households: tuple[int | None, int | None] = (None, None)


def consequence_of(user: User, facts: AnnualFacts, changed: Mapping[str, Any]) -> Consequence:
    """Assess a row's year again with changed columns, in its whole district.

    A district's quotas depend on all its communities, so the change is put among them. Raises
    PermissionError for facts outside the user's scope.
    """
    present = get_assessment(user, facts.code, facts.year, year_end(facts.year))
    place = present.register.place_of(facts.community_id)
    if place is None:
        return Consequence(effect_of(None, None), Decimal(0), {})
    code = present.register.codes[place]
    row = {name: getattr(facts, name) for name in COLUMNS_OF_FACTS} | dict(changed)
    changed_to = Hypothetical(code, code, present.register.names[place], row)
    after = reassess(present, [changed_to], [facts.community_id])
    place_after = after.register.place(code)
    sides = (
        side_of(present, place),
        side_of(after, place_after) if place_after is not None else None,
    )
    effect = effect_of(*sides)
    others = _others(present, place, after, place_after)
    keys = dict.fromkeys([key for side in sides if side for key in (*side.subjects, *side.blocked)])
    money = {key: [_kept(side, key) for side in sides] for key in keys}
    households = (facts.households, row["households"])
    return Consequence(effect, others, money, households)


def _kept(side: Side | None, key: str) -> int | None:
    """Fen of a subject: 0 where it is not due, None where it cannot be computed."""
    if side is None or key in side.blocked:
        return None
    return side.subjects.get(key, 0)


def _others(
    before: Assessment, place: int, after: Assessment, place_after: int | None
) -> Decimal | None:
    """The change of what all communities but the row's get together, in yuan."""
    places = (place, len(after.register) if place_after is None else place_after)
    rest = [
        np.arange(len(one.register)) != mine
        for one, mine in zip((before, after), places, strict=True)
    ]
    stuck = [left_out(one)[mask] for one, mask in zip((before, after), rest, strict=True)]
    if not np.array_equal(*stuck):
        return None
    sums = [
        int(one.measure("funding").required[mask].sum())
        for one, mask in zip((before, after), rest, strict=True)
    ]
    return yuan(sums[1] - sums[0])
