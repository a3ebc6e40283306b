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
from django.db.models.functions import Cast

from accounts.models import User
from accounts.scope import DISTRICT, WHOLE_COUNTRY, bounds, contains, scope
from communities.choices import CommitteeKind
from communities.models import AnnualFacts, Community, FactsVersion, FormerDesignation
from policy.engine import Facts, catalogue

# rows kept in all registers of a process; the country is 129,587
MOST_ROWS = 400_000
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
    """Communities by ascending code; areas and money of `extra` in whole 0.01, −1 not reported.

    `codes` and `names` are those of 31 December of the year; `keys` are the communities' in the
    database, `present` the codes that they have now.
    """

    unit: str
    year: int
    version: Version
    codes: list[str]
    keys: Any
    present: list[str]
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

    def page_of(self, row: int, within: str) -> str:
        """The code under which a reader of a scope opens a row's page: the present one, if there.

        Beyond the scope it is the code of then, under which the past years can be read.
        """
        return self.present[row] if contains(within, self.present[row]) else self.codes[row]

    def place_of(self, key: int) -> int | None:
        """The row of a community by its key in the database, or None."""
        found = np.flatnonzero(self.keys == key)
        return int(found[0]) if len(found) else None


def unit_of(prefix: str) -> str:
    """The division over which a prefix must be assessed: quotas of a district need all of it."""
    return prefix[:DISTRICT] if len(prefix) > DISTRICT else prefix


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

    Called inside `reading`. One query while nothing has changed, three otherwise, and one more
    where a code or name has changed since the year; one less where the caller has read the year's
    version.
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


def _columns(path: str) -> dict[str, Any]:
    """What is read of a year's facts, at the end of a path: whole units, as the engine has them."""
    fields = {field.name: field for field in AnnualFacts._meta.get_fields()}
    read: dict[str, Any] = {}
    for key, fact in catalogue().facts.items():
        name = fact.column or key
        if name in fields:
            read[key] = _whole(path + name) if fact.places else F(path + name)
    read |= {name: _whole(path + name) for name in EXTRA_AREAS}
    return read | {name: F(path + name) for name in EXTRA_COUNTS}


def _whole(name: str) -> Cast:
    return Cast(F(name) * 100, BigIntegerField())


# of each row before the columns of its facts
HEAD = ("code", "key", "present", "short_name", "status", "is_demo")


def _aliases(path: str) -> dict[str, Any]:
    return {f"read_{name}": expression for name, expression in _columns(path).items()}


def _present_rows(unit: str, year: int, day: datetime.date) -> list[tuple[Any, ...]]:
    """Communities of a day that have the code and name of that day still. One query."""
    low, high = bounds(unit)
    # what one reader's row security hides must be hidden to all: registers are kept for everybody
    own = Q(annual_facts__year=year)
    if unit != WHOLE_COUNTRY:
        own &= Q(annual_facts__code__gte=low, annual_facts__code__lt=high)
    aliases = _aliases("reported__")
    rows = (
        Community.objects.under(unit)
        .as_of(day)
        .filter(committee_kind=CommitteeKind.RESIDENTS)
        .filter(Q(designated_from__isnull=True) | Q(designated_from__lte=day))
        .annotate(reported=FilteredRelation("annual_facts", condition=own), **aliases)
        .order_by("code")
    )
    head = ("code", "id", "code", "short_name", "reported__status", "reported__is_demo")
    return list(rows.values_list(*head, *aliases))


def _former_rows(unit: str, year: int, day: datetime.date) -> list[tuple[Any, ...]]:
    """Communities that had another code or name on a day: theirs of that day. One query or two.

    Not through Community: its row is not visible where the present code lies in another district.
    """
    former = (
        FormerDesignation.objects.under(unit)
        .as_of(day)
        .filter(committee_kind=CommitteeKind.RESIDENTS)
    )
    held = list(former.values_list("code", "community_id", "present_code", "short_name"))
    if not held:
        return []
    aliases = _aliases("")
    reported = (
        AnnualFacts.objects.under(unit)
        .filter(year=year, community__in=former.values("community_id"))
        .annotate(**aliases)
        .values_list("community_id", "status", "is_demo", *aliases)
    )
    facts = {key: rest for key, *rest in reported}
    nothing = [None] * (2 + len(aliases))
    return [(*head, *facts.get(head[1], nothing)) for head in held]


def _load(unit: str, year: int, version: Version) -> Register:
    day = datetime.date(year, 12, 31)
    rows = _present_rows(unit, year, day)
    former = _former_rows(unit, year, day)
    if former:
        rows = sorted([*rows, *former], key=lambda row: row[0])
    columns = list(_columns(""))
    cells = [list(column) for column in zip(*rows, strict=True)] or [
        [] for _ in range(len(HEAD) + len(columns))
    ]
    codes, keys, present, names, statuses, demo = cells[: len(HEAD)]
    read = dict(zip(columns, cells[len(HEAD) :], strict=True))
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
        np.array(keys, dtype=np.int64),
        present,
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
