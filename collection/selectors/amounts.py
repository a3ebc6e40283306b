"""What facts move in money: what this year's policies ask with other facts, before and after."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from accounts.models import User
from communities.choices import FactsStatus
from communities.selectors.assessment import (
    Assessment,
    Present,
    get_assessment,
    read_present,
)
from policy.engine import catalogue

UNSTATED = "未载明"
NOT_CONFIRMED = "上年未确认"
NOT_COMPUTED = "不能测算"
NOT_LISTED = "不在测算范围"
NOT_COMPARED = "不能比较"


@dataclass(frozen=True)
class Amount:
    """A sum in yuan, or why there is none; `part`: some of what belongs to it is not computed."""

    value: Decimal | None = None
    reason: str = ""
    part: bool = False


@dataclass(frozen=True)
class Moved:
    """A sum before and after; sums of different subjects are not `comparable`."""

    label: str
    before: Amount
    after: Amount
    comparable: bool = True

    @property
    def change(self) -> Decimal | None:
        """After minus before, None where one of them is not known or they do not compare."""
        if self.before.value is None or self.after.value is None or not self.comparable:
            return None
        return self.after.value - self.before.value

    @property
    def why_no_change(self) -> str:
        """That two sums cannot be compared, '' where they can or one is not known."""
        return "" if self.comparable else NOT_COMPARED


@dataclass(frozen=True)
class Side:
    """Yearly money of one community: fen by subject and by payer, and why a subject has none."""

    subjects: Mapping[str, int]
    blocked: Mapping[str, str]
    payers: Mapping[str, int]

    @property
    def total(self) -> Amount:
        """The sum of what can be computed, marked where that is not all."""
        if not self.subjects:
            return Amount(None, "；".join(dict.fromkeys(self.blocked.values())) or NOT_COMPUTED)
        return Amount(yuan(sum(self.subjects.values())), part=bool(self.blocked))


@dataclass(frozen=True)
class Effect:
    """One community's money before and after by subject and by payer; sums in yuan."""

    lines: tuple[Moved, ...]
    payers: tuple[Moved, ...]
    total: Moved
    # subjects that cannot be computed with the facts of after, and why
    missing: tuple[str, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether any sum is another one after."""
        return any(one.before != one.after for one in (*self.lines, *self.payers))


def yuan(fen: int) -> Decimal:
    """Fen as yuan with two decimals."""
    return Decimal(int(fen)).scaleb(-2)


def year_end(year: int) -> datetime.date:
    """The day whose policies count for a year."""
    return datetime.date(year, 12, 31)


def side_of(assessment: Assessment, place: int) -> Side:
    """The money of one row of an assessment's register."""
    subjects: dict[str, int] = {}
    blocked: dict[str, str] = {}
    payers: dict[str, int] = {}
    for key in assessment.funding_subjects():
        figures = assessment.column(key)
        if figures.blocked[place]:
            blocked[key] = assessment.reason([key], place)
        elif figures.has[place]:
            subjects[key] = int(figures.required[place])
            for payer, column in assessment.payers(key).items():
                payers[payer] = payers.get(payer, 0) + int(column[place])
    return Side(subjects, blocked, {key: fen for key, fen in payers.items() if fen})


def effect_of(before: Side | None, after: Side | None, why: str = NOT_CONFIRMED) -> Effect:
    """Two sides beside each other; `why` says why there is no side before.

    Sums over subjects are compared only where the same ones cannot be computed on both sides.
    """
    alike = before is None or after is None or before.blocked.keys() == after.blocked.keys()
    keys = [key for key in catalogue().subjects if _known(key, before, after)]
    lines = tuple(
        Moved(catalogue().subjects[key].label, _amount(before, key, why), _amount(after, key, ""))
        for key in keys
    )
    missing = tuple(
        f"{catalogue().subjects[key].label}：{reason}"
        for key, reason in (after.blocked if after else {}).items()
    )
    total = Moved(
        "合计",
        before.total if before else Amount(None, why),
        after.total if after else Amount(None, NOT_LISTED),
        alike,
    )
    return Effect(lines, _payers(before, after, alike), total, missing)


def _known(key: str, *sides: Side | None) -> bool:
    return any(one and (key in one.subjects or key in one.blocked) for one in sides)


def _amount(side: Side | None, key: str, why: str) -> Amount:
    if side is None:
        return Amount(None, why or NOT_LISTED)
    if key in side.subjects:
        return Amount(yuan(side.subjects[key]))
    if key in side.blocked:
        return Amount(None, side.blocked[key])
    return Amount(Decimal("0.00"))


def _payers(before: Side | None, after: Side | None, alike: bool) -> tuple[Moved, ...]:
    """Who pays; what no text names a payer for is a line of its own."""
    if after is None:
        return ()
    shares = [_with_unstated(one) if one else None for one in (before, after)]
    keys = [
        key for key in (*catalogue().payers, UNSTATED) if any(one and key in one for one in shares)
    ]
    return tuple(
        Moved(payer_label(key), _share(shares[0], key), _share(shares[1], key), alike)
        for key in keys
    )


def _share(shares: dict[str, int] | None, key: str) -> Amount:
    return Amount() if shares is None else Amount(yuan(shares.get(key, 0)))


def _with_unstated(side: Side) -> dict[str, int]:
    rest = sum(side.subjects.values()) - sum(side.payers.values())
    return {**side.payers, **({UNSTATED: rest} if rest else {})}


def payer_label(key: str) -> str:
    """A payer as tables name it: 市级财政, 街道, 未载明."""
    label = catalogue().payers.get(key, key)
    return f"{label}财政" if label.endswith("级") else label


# ── many communities at once ──


@dataclass(frozen=True)
class Column:
    """Yearly sums of some communities in fen, where there is one, and why there is none.

    `without` has a bit for every subject of the catalogue that a sum leaves out.
    """

    fen: Any
    has: Any
    why: Any
    without: Any

    def at(self, place: int) -> Amount:
        if self.has[place]:
            return Amount(yuan(self.fen[place]), part=bool(self.without[place]))
        return Amount(None, str(self.why[place]))


@dataclass(frozen=True)
class Sums:
    """Before and after of communities, in the order of their keys."""

    before: Column
    after: Column

    def at(self, place: int) -> Moved:
        """The sums of one community beside each other."""
        before, after = self.before, self.after
        known = before.has[place] and after.has[place]
        alike = not known or bool(before.without[place] == after.without[place])
        return Moved("", before.at(place), after.at(place), alike)


def sums_of(
    user: User, prefix: str, year: int, keys: Sequence[int], present: Present | None = None
) -> Sums:
    """What communities get by this year's policies with last year's confirmed facts and with this.

    Shape: one place for each key. Reads two registers of the unit, which are kept while they are
    fresh. Raises PermissionError for a prefix outside the user's scope.
    """
    present, on = present or read_present(), year_end(year)
    before = get_assessment(user, prefix, year - 1, on, present)
    after = get_assessment(user, prefix, year, on, present)
    wanted = np.asarray(keys, dtype=np.int64)
    return Sums(_column(before, wanted, confirmed=True), _column(after, wanted, confirmed=False))


def _column(assessment: Assessment, wanted: Any, *, confirmed: bool) -> Column:
    register, measure = assessment.register, assessment.measure("funding")
    if not len(register) or not len(wanted):
        none = np.zeros(len(wanted), dtype=bool)
        why = np.full(len(wanted), NOT_CONFIRMED if confirmed else NOT_LISTED, dtype=object)
        zeros = np.zeros(len(wanted), dtype=np.int64)
        return Column(zeros, none, why, zeros)
    order = np.argsort(register.keys, kind="stable")
    held = register.keys[order]
    places = np.minimum(np.searchsorted(held, wanted), len(held) - 1)
    there = held[places] == wanted
    rows = order[places]
    if confirmed:
        there = there & (register.statuses[rows] == FactsStatus.CONFIRMED.value)
    has = there & measure.has_required[rows]
    absent = NOT_CONFIRMED if confirmed else NOT_LISTED
    why = np.where(there, NOT_COMPUTED, absent)
    without = np.where(there, left_out(assessment)[rows], 0)
    return Column(np.where(has, measure.required[rows], 0), has, why, without)


def left_out(assessment: Assessment) -> Any:
    """For every row of a register the subjects that cannot be computed, a bit for each."""
    bits = np.zeros(len(assessment.register), dtype=np.int64)
    if not assessment.measure("funding").blocked.any():
        return bits
    places = {key: place for place, key in enumerate(catalogue().subjects)}
    for key in assessment.funding_subjects():
        bits |= assessment.column(key).blocked.astype(np.int64) << places[key]
    return bits
