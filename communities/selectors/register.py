"""A division's communities and their facts of one year as columns, kept while they are fresh."""

from __future__ import annotations

import datetime
from collections import OrderedDict
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from threading import Lock
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import BigIntegerField, F, FilteredRelation, Q
from django.db.models.functions import Cast, Coalesce

from accounts.models import User
from accounts.scope import WHOLE_COUNTRY, contains, scope
from communities.choices import CommitteeKind
from communities.models import AnnualFacts, Community, FactsVersion
from policy.engine import Facts, catalogue

# rows kept in all registers of a process; the country is 129,587
MOST_ROWS = 400_000
DISTRICT_LENGTH = 6
NOT_REPORTED = "not_reported"
UNKNOWN_COUNT = -1
# the register's actual side, which no rule counts with; areas in 0.01 m2
EXTRA_AREAS = ("work_area_m2", "service_area_m2", "property_area_m2")
EXTRA_COUNTS = ("population_resident", "party_members_in_post", "grids", "service_halls")


@dataclass(frozen=True)
class Version:
    """Which rows a register was made of, and as of when."""

    stamps: tuple[UUID, ...]
    changed_at: datetime.datetime | None


@dataclass(frozen=True)
class Register:
    """Communities by ascending code; areas and money of `extra` in whole 0.01, −1 not reported."""

    unit: str
    year: int
    version: Version
    codes: list[str]
    numbers: Any
    names: Any
    statuses: Any
    is_demo: bool
    facts: Facts
    extra: dict[str, Any]

    def __len__(self) -> int:
        return len(self.codes)

    def under(self, prefix: str) -> slice:
        """The rows of a division, which stand side by side."""
        if prefix == WHOLE_COUNTRY:
            return slice(0, len(self))
        step = 10 ** (12 - len(prefix))
        first = int(prefix) * step
        return slice(*(int(np.searchsorted(self.numbers, code)) for code in (first, first + step)))

    def place(self, code: str) -> int | None:
        """The row of a community, or None."""
        rows = self.under(code)
        return rows.start if rows.stop > rows.start else None


def unit_of(prefix: str) -> str:
    """The division over which a prefix must be assessed: quotas of a district need all of it."""
    return prefix[:DISTRICT_LENGTH] if len(prefix) > DISTRICT_LENGTH else prefix


_registers: OrderedDict[tuple[str, int], Register] = OrderedDict()
_lock = Lock()


def reading(user: User, prefix: str) -> AbstractContextManager[None]:
    """The scope in which the unit of a prefix is read.

    A district's quota is divided among all its communities, so a street's clerk is answered from
    the whole district; callers show only rows under the prefix, which must lie in the user's
    scope. Raises PermissionError for another prefix.
    """
    if not contains(user.scope, prefix):
        raise PermissionError(f"{prefix} is outside {user.scope}")
    unit = unit_of(prefix)
    return nullcontext() if contains(user.scope, unit) else scope(unit)


def get_register(unit: str, year: int, version: Version | None = None) -> Register:
    """The register of a unit; shape: one row per urban community of 31 December, by code.

    Called inside `reading`. One query while nothing has changed, two otherwise; one less where
    the caller has read the year's version.
    """
    version = version or facts_version(year)
    with _lock:
        known = _registers.get((unit, year))
    if known is None or known.version != version:
        known = _load(unit, year, version)
        _keep(known)
    return known


@dataclass(frozen=True)
class Versions:
    """The present versions of every year, read once for a page."""

    rows: dict[int, tuple[UUID, datetime.datetime]]

    @property
    def years(self) -> list[int]:
        """Years for which anybody has facts, latest first."""
        return sorted((year for year in self.rows if year), reverse=True)

    def of(self, year: int) -> Version:
        """The version of the communities and of a year's facts."""
        known = [self.rows[one] for one in (0, year) if one in self.rows]
        return Version(
            tuple(stamp for stamp, _ in known), max((at for _, at in known), default=None)
        )


def read_versions() -> Versions:
    """The stamps of the communities (year 0) and of every year's facts. One small query."""
    rows = FactsVersion.objects.values_list("year", "stamp", "changed_at")
    return Versions({year: (stamp, at) for year, stamp, at in rows})


def facts_version(year: int) -> Version:
    """The stamps of the communities and of a year's facts, and when the later one changed."""
    return read_versions().of(year)


def _keep(register: Register) -> None:
    with _lock:
        _registers[register.unit, register.year] = register
        _registers.move_to_end((register.unit, register.year))
        while len(_registers) > 1 and sum(len(one) for one in _registers.values()) > MOST_ROWS:
            _registers.popitem(last=False)


def _columns() -> dict[str, Any]:
    """What is read of a year's facts: whole units, as the engine holds them."""
    fields = {field.name: field for field in AnnualFacts._meta.get_fields()}
    read: dict[str, Any] = {}
    for key, fact in catalogue().facts.items():
        name = fact.column or key
        if name in fields:
            read[key] = _whole(name) if fact.places else F(f"reported__{name}")
    read |= {name: _whole(name) for name in EXTRA_AREAS}
    return read | {name: F(f"reported__{name}") for name in EXTRA_COUNTS}


def _whole(name: str) -> Cast:
    return Cast(F(f"reported__{name}") * 100, BigIntegerField())


def _load(unit: str, year: int, version: Version) -> Register:
    columns = _columns()
    aliases = {f"read_{name}": expression for name, expression in columns.items()}
    rows = list(
        Community.objects.under(unit)
        .as_of(datetime.date(year, 12, 31))
        .filter(committee_kind=CommitteeKind.RESIDENTS)
        .annotate(reported=FilteredRelation("annual_facts", condition=Q(annual_facts__year=year)))
        .annotate(day_code=Coalesce("reported__code", "code"), **aliases)
        .order_by("day_code")
        .values_list("day_code", "short_name", "reported__status", "reported__is_demo", *aliases)
    )
    cells = [list(column) for column in zip(*rows, strict=True)] or [
        [] for _ in range(4 + len(aliases))
    ]
    codes, names, statuses, demo = cells[:4]
    read = dict(zip(columns, cells[4:], strict=True))
    known = catalogue().facts
    facts = Facts.from_units(
        codes,
        {name: _encoded(known[name], column) for name, column in read.items() if name in known},
    )
    return Register(
        unit,
        year,
        version,
        codes,
        facts.numbers,
        np.array(names, dtype=object),
        np.array([status or NOT_REPORTED for status in statuses], dtype=object),
        any(demo),
        facts,
        {
            name: _reported(column)
            for name, column in read.items()
            if name in (*EXTRA_AREAS, *EXTRA_COUNTS)
        },
    )


def _encoded(fact: Any, column: list[Any]) -> list[int | None]:
    if fact.kind == "choice":
        numbers = {word: number for number, word in enumerate(fact.choices)}
        return [numbers.get(word) for word in column]
    if fact.kind == "date":
        return [None if day is None else day.toordinal() for day in column]
    if fact.kind == "flag":
        return [None if flag is None else int(flag) for flag in column]
    return column


def _reported(column: list[int | None]) -> Any:
    return np.array(
        [UNKNOWN_COUNT if number is None else number for number in column], dtype=np.int64
    )
