"""What is impossible, unlikely or worth a look in one community's facts of a year.

One list of rules for the form, the import and the workbook's own checks. Plain functions of values;
no database, no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from collection.rules.across import absent, across, needed
from collection.rules.against_last import (
    ONCE,
    at_boundaries,
    compare_elsewhere,
    compare_number,
    compare_other,
)
from collection.rules.fields import FIELDS
from collection.rules.findings import (
    LOOK,
    UNLIKELY,
    WRONG,
    Elsewhere,
    Finding,
    Known,
    Values,
    number,
)
from collection.rules.limits import LIMITS
from collection.rules.reading import CellError, read

__all__ = ["LOOK", "UNLIKELY", "WRONG", "Elsewhere", "Examined", "Finding", "Known", "Values",
    "check", "examine", "needed"]  # fmt: skip

PLACE = {name: place for place, name in enumerate(FIELDS)}
GRADES = {WRONG: 0, UNLIKELY: 1, LOOK: 2}
NUMBERS = tuple((name, LIMITS[name].large) for name, field in FIELDS.items() if field.is_number)
OTHERS = tuple(
    name for name, field in FIELDS.items() if not field.is_number and not field.from_division
)


@lru_cache(maxsize=200)
def _required(asked: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        name for name, field in FIELDS.items() if name in asked and not field.from_division
    )


def check(values: Values, known: Known, also: frozenset[str] = frozenset()) -> list[Finding]:
    """The findings of one community, in the order of the form's fields.

    `values`: by name of a field, as rules.reading gives them; what is left out is empty. Where a
    round asks, only fields that it asks are found of, and those of `also` (an import may bring
    others): what is on no form nobody can mend there. Where a field is wrong, nothing else is said
    of it.
    """
    here = known.asked | also if known.asked else frozenset(FIELDS)
    found = [
        Finding(name, WRONG, message)
        for name in _required(known.asked)
        if values.get(name) in (None, "")
        and needed(values, name)
        and (message := absent(name, None))
    ]
    last, elsewhere = known.last or {}, known.elsewhere
    for name, large in NUMBERS:
        value = values.get(name)
        if value is None or name not in here:
            continue
        before = last.get(name)
        one = None
        if before is not None and (value != before or name in ONCE):
            one = compare_number(name, value, before)
        elif before is None and large is not None and value > large:
            one = Finding(
                name,
                UNLIKELY,
                f"{FIELDS[name].label}{number(value)}比一般社区大得多。核对是否多输一位",
            )
        if one is not None:
            found.append(one)
        if name in elsewhere and (one := compare_elsewhere(name, value, elsewhere[name])):
            found.append(one)
    if last:
        found += _others(values, last, here)
    found += _across(values, known, here)
    if known.boundaries:
        found += [one for one in at_boundaries(known.boundaries, values) if one.name in here]
    return _sorted(found) if len(found) > 1 else found


def _across(values: Values, known: Known, here: frozenset[str]) -> list[Finding]:
    found = []
    for names, grade, message in across(values, known):
        place = next((name for name in names if name in here), "")
        if not place:
            continue
        if grade == WRONG and not here.issuperset(names):
            found.append(Finding(place, UNLIKELY, _explained(message, names, here)))
        else:
            found.append(Finding(place, grade, message))
    return found


def _explained(message: str, names: tuple[str, ...], here: frozenset[str]) -> str:
    """What would be refused, where a figure that is on no form may be the one out of date."""
    elsewhere = "、".join(FIELDS[name].label for name in names if name not in here)
    return f"{message.partition('。')[0]}。这次不填报{elsewhere}，核对，写明原因"


def _others(values: Values, last: Values, here: frozenset[str]) -> list[Finding]:
    found = []
    for name in OTHERS:
        value, before = values.get(name), last.get(name)
        if value in (None, "") or before in (None, "") or value == before or name not in here:
            continue
        if one := compare_other(name, value, before):
            found.append(one)
    return found


def _sorted(found: list[Finding]) -> list[Finding]:
    wrong = {one.name for one in found if one.grade == WRONG}
    kept = [one for one in found if one.grade == WRONG or one.name not in wrong]
    # one mistake that breaks two rules is said once a field
    first = {(one.name, one.grade, one.message): one for one in kept}
    return sorted(first.values(), key=lambda one: (PLACE[one.name], GRADES[one.grade]))


@dataclass(frozen=True)
class Examined:
    """Texts that were read and checked: the values of those that can be read, and the findings."""

    values: dict[str, Any]
    findings: list[Finding]
    unreadable: frozenset[str]

    def of(self, grade: str) -> list[Finding]:
        """The findings of a grade."""
        return [one for one in self.findings if one.grade == grade]


def examine(texts: Mapping[str, str], known: Known, base: Values | None = None) -> Examined:
    """Read texts by name of a field and check them; `base` holds the values of other fields.

    A cell that cannot be read is found wrong, with how to mend it, and nothing else is said of it.
    """
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, text in texts.items():
        try:
            values[name] = read(FIELDS[name], text)
        except CellError as error:
            errors[name] = str(error)
    found = check({**(base or {}), **values}, known)
    kept = [one for one in found if one.name not in errors]
    kept += [Finding(name, WRONG, message) for name, message in errors.items()]
    kept.sort(key=lambda one: (PLACE[one.name], GRADES[one.grade]))
    return Examined(values, kept, frozenset(errors))
