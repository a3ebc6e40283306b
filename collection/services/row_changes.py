"""What a row changes: against what is stored and, in a street's own import, against its forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from collection.models import FactsDraft
from collection.rules.fields import FIELDS
from collection.rules.findings import Elsewhere
from collection.rules.reading import CellError, read, written
from collection.selectors.stored import Stored


@dataclass(frozen=True)
class Typed:
    """A form under way: texts and reasons by field."""

    cells: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


NOT_TYPED: Final = Typed()


@dataclass(frozen=True)
class Changes:
    """`before`: what people see now of the fields that change; `moved`: those whose stored value
    does; `is_new`: nothing is stored of the year, and the row says more than the form shows.
    """

    before: Mapping[str, str]
    moved: frozenset[str]
    is_new: bool

    def carried(self, settled: Mapping[str, str], stored: Stored) -> dict[str, str]:
        """Reasons that go with the row although it does not give them; '' for those that go."""
        kept = {name: settled[name] for name in (*self.before, *self.moved) if name in settled}
        gone = [name for name in self.moved if name in stored.reasons and name not in kept]
        return {**dict.fromkeys(gone, ""), **kept}


def typed_forms(keys: Sequence[int], year: int) -> dict[int, Typed]:
    """The forms under way of communities (keys that were read within a scope). One query."""
    rows = FactsDraft.objects.filter(community__in=keys, year=year)
    found = rows.values_list("community_id", "cells", "reasons")
    return {key: Typed(cells, reasons) for key, cells, reasons in found}


def changes(
    given: Mapping[str, Any], stored: Stored, typed: Typed, elsewhere: Mapping[str, Elsewhere]
) -> Changes:
    """What the values of a row change."""
    if not stored.version and not typed.cells:
        shown = {name for name, one in elsewhere.items() if one.value == given.get(name)}
        says_more = any(given[name] not in (None, "") for name in given if name not in shown)
        return Changes({}, frozenset(), is_new=says_more)
    held = stored.values
    before = {
        name: written(FIELDS[name], held.get(name))
        for name, value in given.items()
        if (value if value != "" else None) != held.get(name)
    }
    moved = frozenset(before)
    if typed.cells:
        before = {name: text for name, text in before.items() if name not in typed.cells}
        for name, value in given.items():
            if name in typed.cells and not says(name, typed.cells[name], value):
                before[name] = typed.cells[name]
    if stored.version:
        return Changes(before, moved, is_new=False)
    shown = {name for name, one in elsewhere.items() if one.value == given.get(name)}
    is_new = any(given[name] not in (None, "") and name not in shown for name in before)
    before = {name: text for name, text in before.items() if text}
    return Changes(before if is_new else {}, frozenset(), is_new)


def says(name: str, text: str, value: Any) -> bool:
    """Whether a text that was typed for a field means a value."""
    if name not in FIELDS:
        return False
    try:
        found = read(FIELDS[name], text)
    except CellError:
        return False
    return (None if found == "" else found) == (None if value == "" else value)


def reasons_held(
    given: Mapping[str, Any], stored: Stored, typed: Typed, found: Changes
) -> dict[str, str]:
    """The reasons that hold on: of stored figures that stay, and of typed ones that are given."""
    held = {name: why for name, why in stored.reasons.items() if name not in found.moved}
    for name, why in typed.reasons.items():
        if name in typed.cells:
            holds = name in given and says(name, typed.cells[name], given[name])
        else:
            holds = bool(stored.version) and name not in found.moved
        if why and holds:
            held[name] = why
    return held
