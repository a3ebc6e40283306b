"""What is found of a field, what facts are compared with, and figures as sentences have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from collection.rules.fields import FIELDS
from collection.rules.reading import written

WRONG: Final = "wrong"  # impossible: refused
UNLIKELY: Final = "unlikely"  # asks for a written reason
LOOK: Final = "look"  # shown

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found of a field: its name, the grade, and the sentence that the user reads."""

    name: str
    grade: str
    message: str


class Elsewhere(NamedTuple):
    """A value that is kept elsewhere already: what, the source's name, and the page it is on.

    `route` names a URL that takes the community's code; '' where there is no page.
    """

    value: Any
    source: str
    route: str = ""


@dataclass(frozen=True)
class Known:
    """What a community's facts are compared with.

    `last`: last year's values by field, None where there are none. `elsewhere`: values that the
    register, rosters or premises hold already, by field. `asked`: the fields that the round asks
    for, empty where none asks; `measure` the households column that counts. `reference_on`: the
    day for which facts are given. `boundaries`: by field, figures at which a policy changes step.
    """

    last: Values | None = None
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    measure: str = ""
    reference_on: date | None = None
    boundaries: Mapping[str, frozenset[int]] = field(default_factory=dict)


def apart(finding: Finding) -> str:
    """A finding away from its field: with the field's name where its sentence leaves that out."""
    label = FIELDS[finding.name].label
    return finding.message if label in finding.message else f"{label}：{finding.message}"


def shown(name: str, value: Any) -> str:
    """A value as a sentence has it: 36,320, 128.50, 购买."""
    field_ = FIELDS[name]
    if not field_.is_number or value is None:
        return written(field_, value)
    return f"{value:,}" if value == int(value) and field_.places == 0 else number(value)


def number(value: Any) -> str:
    """A number with its thousands: whole where it is, else with two decimals."""
    return f"{int(value):,}" if value == int(value) else f"{value:,.2f}"


def said(name: str, value: Any) -> str:
    """A field with its figure and unit: 户籍户数36,320户."""
    return f"{FIELDS[name].label}{shown(name, value)}{FIELDS[name].unit}"
