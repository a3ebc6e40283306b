"""The words that a policy text may use: facts, subjects, series, payers, units and levels."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Unit:
    """A unit: how many decimal places its figures carry, and what it is called."""

    key: str
    label: str
    places: int
    name: str

    @property
    def rounding(self) -> str:
        """Persons and counts go up, money and area half-up."""
        return "half_up" if self.places else "ceil"


@dataclass(frozen=True)
class Fact:
    """A reported figure, such as households, area kind or contract price."""

    key: str
    kind: str
    label: str
    unit: Unit | None
    level: str = "community"
    choices: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    most: int | None = None
    column: str = ""
    # whether the choices stand from the lowest to the highest
    ordered: bool = False

    @property
    def places(self) -> int:
        return 2 if self.kind in ("area", "money") else 0

    @property
    def adds_up(self) -> bool:
        """Whether the figure of a district is the sum of its communities' figures."""
        return self.kind in ("count", "area", "money") and self.level in ("community", "estate")


@dataclass(frozen=True)
class Subject:
    """事项: what is required, in which unit."""

    key: str
    label: str
    unit: Unit
    group: str
    period: str = ""
    actual: str = ""
    # whether the figures of several communities may be added
    adds_up: bool = True


@dataclass(frozen=True)
class SeriesKind:
    """A yearly figure by division: prices, wages, income, growth."""

    key: str
    label: str
    unit: str
    units: dict[str, Fraction]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """Every word of catalogue.toml."""

    units: dict[str, Unit]
    levels: dict[str, str]
    payers: dict[str, str]
    facts: dict[str, Fact]
    subjects: dict[str, Subject]
    series: dict[str, SeriesKind]
    organisations: dict[str, str]

    def fact_named(self, heading: str) -> Fact | None:
        """The fact of a heading: its key, its column in the register or its Chinese label."""
        return _names(self).get(heading.strip())

    def series_named(self, name: str) -> SeriesKind | None:
        """The series of a key, an alias or a Chinese label."""
        for kind in self.series.values():
            if name in (kind.key, kind.label, *kind.aliases):
                return kind
        return None


CODE_LENGTHS = {"province": 2, "city": 4, "district": 6, "street": 9, "community": 12}


def level_of(code: str) -> str:
    """The level of a division or community code by its length; a hyphen marks an estate.

    Raises ValueError for another length.
    """
    if "-" in code:
        return "estate"
    for level, length in CODE_LENGTHS.items():
        if len(code) == length:
            return level
    raise ValueError(f"代码“{code}”有{len(code)}位，应为2、4、6、9或12位")


def is_division(code: str) -> bool:
    """Whether a text is the code of a province, city, district or street."""
    return code.isascii() and code.isdigit() and len(code) in (2, 4, 6, 9)


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships with the engine."""
    raw = tomllib.loads(files("policy.engine").joinpath("catalogue.toml").read_text("utf-8"))
    units = {
        key: Unit(key, value["label"], value["places"], value.get("name", key))
        for key, value in raw["units"].items()
    }
    facts = {}
    for key, value in raw["facts"].items():
        value.pop("note", None)
        unit = units.get(value.pop("unit", ""))
        facts[key] = Fact(key=key, unit=unit, **value)
    subjects = {
        key: Subject(key=key, unit=units[value.pop("unit")], **value)
        for key, value in raw["subjects"].items()
    }
    series = {
        key: SeriesKind(
            key,
            value["label"],
            value["unit"],
            {name: Fraction(factor) for name, factor in value["units"].items()},
            tuple(value.get("aliases", ())),
        )
        for key, value in raw["series"].items()
    }
    return Catalogue(
        units, raw["levels"], raw["payers"], facts, subjects, series, raw["organisations"]
    )


@cache
def _names_of(keys: tuple[str, ...]) -> dict[str, Fact]:
    names: dict[str, Fact] = {}
    for key in keys:
        fact = catalogue().facts[key]
        names.update({name: fact for name in (fact.key, fact.column, fact.label) if name})
    return names


def _names(words: Catalogue) -> dict[str, Fact]:
    return _names_of(tuple(words.facts))
