"""What the policies in force ask of a division's communities, beside what they have."""

from __future__ import annotations

import datetime
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any
from uuid import UUID

import numpy as np

from accounts.models import User
from accounts.scope import contains
from communities.selectors.exempted import with_exemptions_of_the_day
from communities.selectors.register import (
    UNKNOWN_COUNT,
    Register,
    Versions,
    get_register,
    read_versions,
    reading,
    unit_of,
)
from policy.engine import Requirements, assess, catalogue
from policy.engine.combine import Requirement
from policy.engine.exact import Mask, as_array, as_mask, both, either, inverse
from policy.engine.rows import reason_of
from policy.selectors import Policy, policy_for, policy_stamps

# assessments kept in a process: some divisions × years × days, two of the whole country
MOST_KEPT = 24
MOST_ROWS = 300_000
# a figure above 100 trillion yuan is a slip of a text, and would not fit the columns of sums
MOST_UNITS = 10**16
PREMISES_SUBJECTS = (
    "combined_premises_area",
    "work_premises_area",
    "service_area",
    "premises_area",
)


@dataclass(frozen=True)
class Measure:
    """Required, kept at least (low), and actual of every row, in whole units, and where there are.

    blocked marks rows for which required cannot be computed. A row is short where it has less than
    what must be kept at least; an about target that nothing binds from below is never missed.
    """

    required: Any
    has_required: Any
    low: Any
    has_low: Any
    blocked: Any
    actual: Any
    has_actual: Any

    @cached_property
    def has_gap(self) -> Any:
        return self.has_required & self.has_low & self.has_actual

    @cached_property
    def short(self) -> Any:
        """Rows that lack something."""
        return self.has_gap & (self.actual < self.low)

    @cached_property
    def gap(self) -> Any:
        """What a row lacks of low (negative), or has above required; 0 between the two."""
        above = np.maximum(self.actual - self.required, 0)
        return np.where(self.has_gap, np.where(self.short, self.actual - self.low, above), 0)


@dataclass(frozen=True)
class Figures:
    """One subject's columns, in whole units: 0 where there is no figure."""

    required: Any
    has: Any
    low: Any
    has_low: Any
    blocked: Any


@dataclass
class Assessment:
    """A register under the policies of a day; row numbers are the register's."""

    register: Register
    policy: Policy
    requirements: Requirements
    on: datetime.date
    # the versions of facts and policies that it was made of
    stamps: Any = None
    _measures: dict[str, Measure] = field(default_factory=dict)

    @property
    def subjects(self) -> list[str]:
        return self.requirements.subjects

    @property
    def staff_subject(self) -> str:
        """The staff subject that lists compare: the committee's members, else full-time workers."""
        return "committee_members" if self.parts("committee_members") else "community_workers"

    def column(self, subject: str) -> Figures:
        """A subject's figures for every row of the register.

        A figure too large for any budget is taken as one that cannot be computed.
        """
        size = len(self.register)
        required, low = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        has, has_low, blocked = (np.zeros(size, dtype=bool) for _ in range(3))
        for requirement, rows in self.parts(subject):
            stuck = either(requirement.blocked, _too_large(requirement))
            known = inverse(stuck)
            blocked[rows] = stuck
            has[rows] = both(requirement.required.has, known)
            has_low[rows] = both(requirement.low.has, known)
            required[rows] = _small(requirement.required.num, requirement.size, known)
            low[rows] = _small(requirement.low.num, requirement.size, known)
        return Figures(np.where(has, required, 0), has, np.where(has_low, low, 0), has_low, blocked)

    def parts(self, subject: str) -> list[tuple[Requirement, Any]]:
        """The groups of rows that a subject concerns, with their row numbers."""
        found = []
        for group in self.requirements.blocks[0].groups if len(self.register) else ():
            if subject in group.requirements:
                rows = slice(None) if group.rows is None else group.rows
                found.append((group.requirements[subject], rows))
        return found

    def payers(self, subject: str) -> dict[str, Any]:
        """Fen of every row by payer."""
        columns: dict[str, Any] = {}
        for requirement, rows in self.parts(subject):
            known = inverse(either(requirement.blocked, _too_large(requirement)))
            for payer, num in requirement.payers().items():
                column = columns.setdefault(payer, np.zeros(len(self.register), dtype=np.int64))
                column[rows] = _small(num, requirement.size, known)
        return columns

    def measure(self, key: str) -> Measure:
        """The measure of a subject, of `premises` as a whole, or of `funding` as a yearly total."""
        if key not in self._measures:
            made = {"premises": self._premises, "funding": self._funding}.get(key)
            self._measures[key] = made() if made else self._subject(key)
        return self._measures[key]

    def _subject(self, subject: str) -> Measure:
        figures = self.column(subject)
        actual, known = self._actual(catalogue().subjects[subject].actual)
        return _measure(figures, actual, known)

    def _actual(self, name: str) -> tuple[Any, Any]:
        size = len(self.register)
        if not name:
            return np.zeros(size, dtype=np.int64), np.zeros(size, dtype=bool)
        column = self.register.facts.get(name)
        return np.asarray(column.num), np.broadcast_to(inverse(column.missing), size)

    def _premises(self) -> Measure:
        """Work and service rooms in one sum: the larger of a joint standard and the parts' sum."""
        columns = {subject: self.column(subject) for subject in PREMISES_SUBJECTS}
        parts = (columns["work_premises_area"], columns["service_area"])
        whole = (columns["combined_premises_area"], columns["premises_area"])
        figures = Figures(
            np.maximum.reduce(
                [sum(one.required for one in parts), *(one.required for one in whole)]
            ),
            np.logical_or.reduce([one.has for one in columns.values()]),
            np.maximum.reduce([sum(one.low for one in parts), *(one.low for one in whole)]),
            np.logical_or.reduce([one.has_low for one in columns.values()]),
            np.logical_or.reduce([one.blocked for one in columns.values()]),
        )
        known = ~figures.blocked
        figures = Figures(
            np.where(known, figures.required, 0),
            figures.has & known,
            np.where(known, figures.low, 0),
            figures.has_low & known,
            figures.blocked,
        )
        work, service = (self.register.extra[name] for name in ("work_area_m2", "service_area_m2"))
        reported = (work != UNKNOWN_COUNT) | (service != UNKNOWN_COUNT)
        return _measure(figures, np.maximum(work, 0) + np.maximum(service, 0), reported)

    def _funding(self) -> Measure:
        """The sum of every yearly money subject of a community that can be computed.

        Where a subject cannot be, the sum is marked blocked and shown with what it leaves out, so
        that lines, totals and columns add up in every table.
        """
        size = len(self.register)
        none = np.zeros(size, dtype=bool)
        total, has, blocked = np.zeros(size, dtype=np.int64), none, none
        for subject in self.funding_subjects():
            figures = self.column(subject)
            total = total + figures.required
            has, blocked = has | figures.has, blocked | figures.blocked
        return _measure(Figures(total, has, total, has, blocked), np.zeros_like(total), none)

    def funding_subjects(self) -> list[str]:
        """Yearly money subjects that a community is asked, in the catalogue's order."""
        return [
            key
            for key, subject in catalogue().subjects.items()
            if subject.group == "funding" and subject.period == "year" and self.parts(key)
        ]

    def reason(self, subjects: list[str], row: int) -> str:
        """Why a row cannot be computed, over some subjects."""
        said: dict[str, None] = {}
        for subject in subjects:
            for requirement, rows in self.parts(subject):
                place = row if isinstance(rows, slice) else _place(rows, row)
                if place is not None and _holds(requirement.blocked, place):
                    said.update(dict.fromkeys(reason_of(requirement, place).split("；")))
                elif place is not None and _holds(_too_large(requirement), place):
                    said["数值超出范围，核对文件里的数"] = None
        return plain_reason("；".join(said))


def _measure(figures: Figures, actual: Any, has_actual: Any) -> Measure:
    return Measure(
        figures.required,
        figures.has,
        figures.low,
        figures.has_low,
        figures.blocked,
        actual,
        has_actual,
    )


def _too_large(requirement: Requirement) -> Mask:
    num = requirement.required.num
    return as_mask(abs(num) > MOST_UNITS)


def _small(num: Any, size: int, known: Mask) -> Any:
    """A column as int64; rows that are not known may hold anything, also too large a number."""
    column = as_array(num, size)
    return np.where(known, column, 0).astype(np.int64)


def plain_reason(reason: str) -> str:
    """A reason as a page shows it: without the names by which files call the facts."""
    return re.sub(r"（[a-z_]+）", "", reason)


def _place(rows: Any, row: int) -> int | None:
    place = int(np.searchsorted(rows, row))
    return place if place < len(rows) and rows[place] == row else None


def _holds(mask: Any, place: int) -> bool:
    return mask if isinstance(mask, bool) else bool(mask[place])


@dataclass(frozen=True)
class Present:
    """What a page has read of the versions: one look serves all its years and days."""

    versions: Versions
    policy: tuple[UUID, UUID, UUID]


def read_present() -> Present:
    """The versions of facts and policies. Two small queries."""
    return Present(read_versions(), policy_stamps())


_assessments: OrderedDict[tuple[str, int, datetime.date], Assessment] = OrderedDict()
_lock = Lock()


def get_assessment(
    user: User, prefix: str, year: int, on: datetime.date, present: Present | None = None
) -> Assessment:
    """The assessment of the unit of a prefix, never older than what `present` has read.

    Shape: one row per urban community of the unit; callers show those under the prefix. No query
    while nothing has changed, but for `present`. Raises PermissionError for a prefix outside the
    user's scope.
    """
    if not contains(user.scope, prefix):
        raise PermissionError(f"{prefix} is outside {user.scope}")
    present = present or read_present()
    unit, version = unit_of(prefix), present.versions.of(year)
    key, stamps = (unit, year, on), (version, present.policy)
    with _lock:
        known = _assessments.get(key)
    if known is not None and known.stamps == stamps:
        return known
    with reading(user, prefix):
        register = get_register(unit, year, version)
        policy = with_exemptions_of_the_day(policy_for(unit, on), register, on)
    requirements = assess(register.facts, policy.stack, policy.series)
    made = Assessment(register, policy, requirements, on, stamps)
    _keep(key, made)
    return made


def _keep(key: tuple[str, int, datetime.date], made: Assessment) -> None:
    with _lock:
        _assessments[key] = made
        _assessments.move_to_end(key)
        while len(_assessments) > 1 and (
            len(_assessments) > MOST_KEPT
            or sum(len(one.register) for one in _assessments.values()) > MOST_ROWS
        ):
            _assessments.popitem(last=False)
