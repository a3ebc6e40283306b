"""Sums of the rounded figures by street, district, city and province."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from policy.engine.assess import Requirements
from policy.engine.catalogue import CODE_LENGTHS, Subject, catalogue
from policy.engine.combine import Part, Requirement
from policy.engine.exact import LARGEST, Mask, both, inverse
from policy.engine.grouping import Grouping
from policy.engine.rows import Group, Row, decimal_of

NARROW_FIRST = ("estate", "community", "street", "district", "city", "province")
# the level up to which rows themselves are summed
_FIRST_SUM = NARROW_FIRST.index("street")


@dataclass
class Sums:
    """One subject by unit, in whole units; codes are numbers of the level's length, ascending.

    low, high and required add up the rows that could be computed; high is only meaningful where
    bounded == rows. rows counts the rows that the subject concerns, blocked those without a figure.
    """

    codes: Any
    low: Any
    high: Any
    required: Any
    has_low: Any
    has_required: Any
    bounded: Any
    rows: Any
    blocked: Any
    conflicts: Any
    payers: dict[str, Any] = field(default_factory=dict)


@dataclass
class Rollup:
    """Every subject that can be added up, by the units of one level."""

    level: str
    subjects: dict[str, Sums]

    def rows(self) -> Iterator[Row]:
        """One row per unit and subject, in natural units; see Row."""
        length = CODE_LENGTHS[self.level]
        codes = sorted({int(code) for sums in self.subjects.values() for code in sums.codes})
        places = {
            subject: {int(code): place for place, code in enumerate(sums.codes)}
            for subject, sums in self.subjects.items()
        }
        for code in codes:
            for subject, sums in self.subjects.items():
                place = places[subject].get(code)
                if place is not None:
                    described = catalogue().subjects[subject]
                    yield make_row(described, sums, place, str(code).zfill(length))


def rollup(requirements: Requirements, level: str) -> Rollup:
    """Sums by the units of a level; shape: one Sums per subject whose figures may be added.

    Rows of units wider than the level are left out. Every sum is a sum of the figures shown per
    row, so a page's total equals the sum of the lines under it. Kept with the requirements: wider
    levels are summed from narrower ones. Raises ValueError for another level.
    """
    if level not in requirements.rollups:
        requirements.rollups[level] = _rolled_up(requirements, level)
    kept: Rollup = requirements.rollups[level]
    return kept


def _rolled_up(requirements: Requirements, level: str) -> Rollup:
    """Sums from the level below, or from the rows themselves, then rows given at this level.

    A unit whose communities are summed is not added once more from its own row.
    """
    place = NARROW_FIRST.index(level)
    below: dict[str, Sums] = {}
    if place > _FIRST_SUM:
        below = widen(rollup(requirements, NARROW_FIRST[place - 1]), level).subjects
    else:
        below = _sum_blocks(requirements, NARROW_FIRST[:place], level, {})
    sums = _sum_blocks(requirements, (level,), level, below)
    return Rollup(level, {one: sums[one] for one in catalogue().subjects if one in sums})


def _sum_blocks(
    requirements: Requirements, levels: Sequence[str], level: str, known: dict[str, Sums]
) -> dict[str, Sums]:
    pieces = {subject: [sums] for subject, sums in known.items()}
    for block in requirements.blocks:
        for group in block.groups if block.level in levels else ():
            for subject, sums in _sum_group(group, level).items():
                fresh = _without(sums, known[subject].codes) if subject in known else sums
                pieces.setdefault(subject, []).append(fresh)
    return {subject: _merge(each) for subject, each in pieces.items()}


def _without(sums: Sums, codes: Any) -> Sums:
    """The units that are not among some codes."""
    rest = ~np.isin(sums.codes, codes)
    figures = {name: getattr(sums, name)[rest] for name in _COLUMNS}
    payers = {payer: column[rest] for payer, column in sums.payers.items()}
    return Sums(codes=sums.codes[rest], payers=payers, **figures)


def widen(narrow: Rollup, level: str) -> Rollup:
    """A roll-up of a wider level from a narrower one, for requirements without wider rows."""
    step = 10 ** (CODE_LENGTHS[narrow.level] - CODE_LENGTHS[level])
    alike: dict[int, list[str]] = {}
    for subject, sums in narrow.subjects.items():
        alike.setdefault(id(sums.codes), []).append(subject)
    wide: dict[str, Sums] = {}
    for subjects in alike.values():
        wide.update(_widened({subject: narrow.subjects[subject] for subject in subjects}, step))
    return Rollup(level, {subject: wide[subject] for subject in narrow.subjects})


def _widened(subjects: dict[str, Sums], step: int) -> dict[str, Sums]:
    """Sums over wider units of subjects that stand for the same units; all columns in one pass."""
    groups = Grouping(next(iter(subjects.values())).codes // step)
    columns = [column for sums in subjects.values() for column in _columns_of(sums)]
    totals = iter(groups.sums_of_all(columns))
    widened = {}
    for subject, sums in subjects.items():
        figures = {name: next(totals) for name in _COLUMNS}
        payers = {payer: next(totals) for payer in sums.payers}
        widened[subject] = Sums(codes=groups.keys, payers=payers, **figures)
    return widened


def _columns_of(sums: Sums) -> list[Any]:
    return [*(getattr(sums, name) for name in _COLUMNS), *sums.payers.values()]


def _sum_group(group: Group, level: str) -> dict[str, Sums]:
    key = ("grouping", level)
    if key not in group.facts.cache:
        group.facts.cache[key] = Grouping(group.facts.prefixes(CODE_LENGTHS[level]))
    groups: Grouping = group.facts.cache[key]
    return {
        subject: _sum_requirement(requirement, groups)
        for subject, requirement in group.requirements.items()
        if requirement.subject.adds_up
    }


class _Summing:
    """Sums of one requirement's columns; columns that it holds twice are summed once."""

    def __init__(self, requirement: Requirement, groups: Grouping) -> None:
        self.groups = groups
        self.bound = requirement.bound
        self.known: Mask = inverse(requirement.blocked)
        self._counts: dict[int, Any] = {}
        self._sums: dict[tuple[int, int], Any] = {}

    def counts(self, has: Mask) -> Any:
        """How many rows of each group have a figure and can be computed."""
        if id(has) not in self._counts:
            self._counts[id(has)] = self.groups.counts(both(has, self.known))
        return self._counts[id(has)]

    def sums(self, part: Part) -> Any:
        """The sum of each group over rows that have a figure and can be computed."""
        key = id(part.num), id(part.has)
        if key not in self._sums:
            self._sums[key] = self._sum(part)
        return self._sums[key]

    def _sum(self, part: Part) -> Any:
        if isinstance(part.num, int):
            counts = self.counts(part.has)
            wide = self.bound * max(1, int(counts.max(initial=0))) > LARGEST
            return (counts.astype(object) if wide else counts) * part.num
        rows = both(part.has, self.known)
        if rows is False:
            return np.zeros(len(self.groups), dtype=np.int64)
        num = part.num if rows is True else np.where(rows, part.num, 0)
        return self.groups.sums(num, self.bound)


def _sum_requirement(requirement: Requirement, groups: Grouping) -> Sums:
    summing = _Summing(requirement, groups)
    required = requirement.required
    return Sums(
        groups.keys,
        summing.sums(requirement.low),
        summing.sums(requirement.high),
        summing.sums(required),
        summing.counts(requirement.low.has),
        summing.counts(required.has),
        summing.counts(requirement.high.has),
        groups.counts(True),
        groups.counts(requirement.blocked),
        groups.counts(requirement.conflict),
        {payer: summing.sums(Part(num, True)) for payer, num in requirement.payers().items()},
    )


_COLUMNS = (
    "low",
    "high",
    "required",
    "has_low",
    "has_required",
    "bounded",
    "rows",
    "blocked",
    "conflicts",
)


def _merge(pieces: list[Sums]) -> Sums:
    """Pieces of several groups put together by unit."""
    if len(pieces) == 1 and (pieces[0].codes[1:] > pieces[0].codes[:-1]).all():
        return pieces[0]
    groups = Grouping(np.concatenate([piece.codes for piece in pieces]))

    def together(columns: list[Any]) -> Any:
        wide = any(column.dtype == object for column in columns)
        joined = np.concatenate([column.astype(object) if wide else column for column in columns])
        return groups.sums(joined, int(abs(joined).max()) if len(joined) else 1)

    payers = dict.fromkeys(payer for piece in pieces for payer in piece.payers)
    return Sums(
        groups.keys,
        **{name: together([getattr(piece, name) for piece in pieces]) for name in _COLUMNS},
        payers={
            payer: together(
                [
                    piece.payers.get(payer, np.zeros(len(piece.codes), dtype=np.int64))
                    for piece in pieces
                ]
            )
            for payer in payers
        },
    )


def make_row(subject: Subject, sums: Sums, place: int, code: str) -> Row:
    """A unit's sum as a row in natural units; it cannot be computed whole while rows are blocked.

    A partial sum is given all the same, with the number of rows that it lacks.
    """
    unit = subject.unit

    def figure(column: Any, there: bool) -> Any:
        if not there:
            return None
        num = int(column[place])
        return decimal_of(num, unit.places) if unit.places else num

    rows, blocked = int(sums.rows[place]), int(sums.blocked[place])
    partial = f"{rows}个中有{blocked}个不能测算，合计只含其余{rows - blocked}个"
    conflicts = int(sums.conflicts[place])
    return Row(
        code=code,
        subject=subject.key,
        unit=unit.name,
        low=figure(sums.low, bool(sums.has_low[place])),
        high=figure(sums.high, 0 < int(sums.bounded[place]) == int(sums.has_required[place])),
        required=figure(sums.required, bool(sums.has_required[place])),
        unclamped=None,
        binding=(),
        payers={
            payer: decimal_of(int(num[place]), 2)
            for payer, num in sums.payers.items()
            if int(num[place])
        },
        conflict=f"{conflicts}个社区的标准互相冲突" if conflicts else "",
        status="cannot_compute" if blocked else "ok",
        reason=partial if blocked else "",
    )
