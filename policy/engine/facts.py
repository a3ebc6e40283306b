"""Reported facts as columns: whole numbers with a mask of what is not reported."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from policy.engine.catalogue import CODE_LENGTHS, Fact, catalogue, level_of
from policy.engine.exact import LARGEST, Column, Mask, Numbers, some, whole
from policy.engine.numbers import exact_number

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_YES = {"true", "1", "yes", "是", "True"}
_NO = {"false", "0", "no", "否", "False"}


class FactError(ValueError):
    """A cell that cannot be read; the message names the value and how to mend it."""


@dataclass(frozen=True, slots=True)
class FactColumn:
    """One fact of every row: counts, 0.01 m2, fen, choice numbers, 0/1 or day numbers."""

    fact: Fact
    num: Numbers
    missing: Mask
    bound: int

    def column(self) -> Column:
        """The fact in natural units."""
        return Column(self.num, 10**self.fact.places, self.bound)

    def at(self, row: int) -> FactColumn:
        missing = self.missing if isinstance(self.missing, bool) else bool(self.missing[row])
        num = self.num if isinstance(self.num, int) else int(self.num[row])
        return FactColumn(self.fact, num, missing, max(1, abs(num)))

    def joined(self, other: FactColumn) -> FactColumn:
        """The rows of another column after these."""
        missing = np.concatenate(
            [np.broadcast_to(column.missing, len(column.num)) for column in (self, other)]
        )
        num = np.concatenate([self.num, other.num])
        return FactColumn(self.fact, num, missing, max(self.bound, other.bound))

    def take(self, rows: Any) -> FactColumn:
        missing = self.missing if isinstance(self.missing, bool) else self.missing[rows]
        return FactColumn(self.fact, self.num[rows], missing, self.bound)


def read_fact(fact: Fact, value: Any) -> int | None:
    """The whole number by which a cell is held, or None where nothing is reported.

    Raises FactError for a value that is not of the fact's kind.
    """
    if value is None or value == "":
        return None
    if fact.kind == "choice":
        return _read_choice(fact, str(value).strip())
    if fact.kind == "flag":
        return _read_flag(fact, value)
    if fact.kind == "date":
        return _read_date(fact, value)
    return _read_number(fact, value)


def _read_choice(fact: Fact, word: str) -> int:
    key = fact.aliases.get(word, word)
    if key not in fact.choices:
        accepted = "、".join(f"{key}（{label}）" for key, label in fact.choices.items())
        raise FactError(f"{fact.label}“{word}”不在可选项里，可填：{accepted}")
    return list(fact.choices).index(key)


def _read_flag(fact: Fact, value: Any) -> int:
    word = str(value).strip()
    if word in _YES or word.lower() in _YES:
        return 1
    if word in _NO or word.lower() in _NO:
        return 0
    raise FactError(f"{fact.label}“{word}”应填true或false")


def _read_date(fact: Fact, value: Any) -> int:
    try:
        day = (
            value
            if isinstance(value, datetime.date)
            else datetime.date.fromisoformat(str(value).strip())
        )
    except ValueError as error:
        raise FactError(f"{fact.label}“{value}”不是日期，写成2026-01-31的样子") from error
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise FactError(f"{fact.label}“{value}”不在{_FIRST_YEAR}到{_LAST_YEAR}年之间，核对年份")
    return day.toordinal()


def _read_number(fact: Fact, value: Any) -> int:
    units = _plain_number(str(value), fact.places)
    return _within(fact, value, _exact_units(fact, value) if units is None else units)


def _plain_number(text: str, places: int) -> int | None:
    """The usual ways of writing read quickly: digits, and digits with few enough decimals."""
    whole_part, _, decimals = text.partition(".")
    digits = whole_part + decimals.ljust(places, "0")
    if digits.isascii() and digits.isdigit() and whole_part and len(decimals) <= places:
        return int(digits) if len(digits) <= 40 else None
    return None


def _exact_units(fact: Fact, value: Any) -> int:
    try:
        exact = Fraction(value) if isinstance(value, Decimal) else exact_number(_text(value))
    except (ValueError, OverflowError) as error:
        raise FactError(f"{fact.label}“{value}”不是确切的数字，改成阿拉伯数字") from error
    units = exact * 10**fact.places
    if units.denominator != 1:
        raise FactError(f"{fact.label}“{value}”的小数太多，最多{fact.places}位小数")
    return int(units)


def _within(fact: Fact, value: Any, units: int) -> int:
    if units < 0:
        raise FactError(f"{fact.label}“{value}”小于0，核对符号")
    if fact.most is not None and units > fact.most:
        raise FactError(f"{fact.label}“{value}”大于{fact.most}，核对数字")
    return units


def _text(value: Any) -> str | int:
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


@dataclass(slots=True, eq=False)
class Facts:
    """Rows of facts by code; a single row is held as plain ints, many as numpy columns."""

    codes: Sequence[str]
    columns: dict[str, FactColumn]
    single: bool = False
    _numbers: Any = None
    cache: dict[Any, Any] = field(default_factory=dict)
    # makes the column of a fact on demand, for facts that are added up from others
    derive: Callable[[str], FactColumn] | None = None

    def __len__(self) -> int:
        return len(self.codes)

    @classmethod
    def from_columns(cls, codes: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> Facts:
        """Facts from one sequence per fact name; None and "" mean not reported.

        Raises FactError for an unknown fact or a value that is not of the fact's kind.
        """
        held = {}
        for name, values in columns.items():
            fact = catalogue().fact_named(name)
            if fact is None:
                raise FactError(f"没有名为“{name}”的事实，可用：{'、'.join(catalogue().facts)}")
            if fact.key in held:
                raise FactError(f"“{name}”和另一列是同一个事实“{fact.label}”，删去一列")
            held[fact.key] = _hold(fact, values)
        return cls(codes, held)

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> Facts:
        """Facts from dicts of `code` and fact names."""
        listed = list(rows)
        names = dict.fromkeys(name for row in listed for name in row if name != "code")
        return cls.from_columns(
            [str(row["code"]) for row in listed],
            {name: [row.get(name) for row in listed] for name in names},
        )

    @classmethod
    def from_units(cls, codes: Sequence[str], columns: Mapping[str, list[int | None]]) -> Facts:
        """Facts from cells that read_fact has read already, by fact key."""
        facts = catalogue().facts
        return cls(codes, {name: _column(facts[name], cells) for name, cells in columns.items()})

    def one(self, row: int) -> Facts:
        """One row as plain ints."""
        columns = {name: column.at(row) for name, column in self.columns.items()}
        derive = None if self.derive is None else lambda name: self.get(name).at(row)
        return Facts([self.codes[row]], columns, single=True, derive=derive)

    def take(self, rows: Any) -> Facts:
        """Some rows, by an array of row numbers."""
        columns = {name: column.take(rows) for name, column in self.columns.items()}
        codes = np.asarray(self.codes, dtype=object)[rows]
        derive = None if self.derive is None else lambda name: self.get(name).take(rows)
        return Facts(codes, columns, _numbers=self.numbers[rows], derive=derive)

    @property
    def numbers(self) -> Any:
        """Codes as 12-digit whole numbers (int64), shorter codes padded with zeros."""
        if self._numbers is None:
            texts = [code.partition("-")[0].ljust(12, "0") for code in self.codes]
            self._numbers = np.array(texts, dtype="U12").astype(np.int64)
        return self._numbers

    def prefixes(self, length: int) -> Any:
        """The first digits of every code as whole numbers."""
        key = ("prefix", length)
        if key not in self.cache:
            self.cache[key] = self.numbers // 10 ** (12 - length)
        return self.cache[key]

    def get(self, name: str) -> FactColumn:
        """The column of a fact; one that was never given is missing in every row."""
        if name not in self.columns and self.derive is not None:
            self.columns[name] = self.derive(name)
        elif name not in self.columns:
            fact = catalogue().facts[name]
            zero: Numbers = 0 if self.single else np.zeros(len(self), dtype=np.int64)
            missing: Mask = True if self.single else np.ones(len(self), dtype=bool)
            self.columns[name] = FactColumn(fact, zero, missing, 1)
        return self.columns[name]


def _hold(fact: Fact, values: Any) -> FactColumn:
    if isinstance(values, np.ndarray) and values.dtype.kind in "iu" and fact.kind == "count":
        if len(values) == 0:
            return FactColumn(fact, values.astype(np.int64), False, 1)
        lowest, highest = int(values.min()), int(values.max())
        for extreme in (lowest, highest):
            _within(fact, extreme, extreme)
        return FactColumn(
            fact,
            whole(values.tolist()) if highest > LARGEST else (values.astype(np.int64)),
            False,
            max(1, highest),
        )
    known: dict[Any, int | None] = {}
    numbers = []
    for value in values:
        try:
            number = known[value]
        except KeyError:
            number = known[value] = read_fact(fact, value)
        numbers.append(number)
    return _column(fact, numbers)


def _column(fact: Fact, numbers: list[int | None]) -> FactColumn:
    missing = np.array([number is None for number in numbers], dtype=bool)
    num = whole([number or 0 for number in numbers])
    bound = int(abs(num).max()) if len(numbers) else 1
    return FactColumn(fact, num, missing if some(missing) else False, max(1, bound))


def joined(first: Facts, second: Facts) -> Facts:
    """The rows of two facts one after the other; columns are put together as they are asked for."""
    return Facts(
        [*first.codes, *second.codes],
        {},
        derive=lambda name: first.get(name).joined(second.get(name)),
    )


def split_levels(facts: Facts) -> dict[str, Any]:
    """Row numbers of each level that occurs among the codes; a hyphen marks an estate.

    Raises ValueError for a code of another length.
    """
    if "levels" not in facts.cache:
        lengths = np.fromiter(map(len, facts.codes), dtype=np.int64, count=len(facts))
        by_length = {length: level for level, length in CODE_LENGTHS.items()}
        found: dict[str, list[Any]] = {}
        for length in np.unique(lengths):
            rows = np.flatnonzero(lengths == length)
            level = by_length.get(int(length)) or level_of(facts.codes[rows[0]])
            found.setdefault(level, []).append(rows)
        facts.cache["levels"] = {
            level: np.sort(np.concatenate(rows)) for level, rows in found.items()
        }
    levels: dict[str, Any] = facts.cache["levels"]
    return levels
