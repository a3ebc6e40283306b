"""Yearly figures by division: the nearest division that has one answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from policy.engine.catalogue import CODE_LENGTHS, catalogue
from policy.engine.exact import LARGEST, Column, Mask, whole
from policy.engine.numbers import exact_number

_YEAR = re.compile(r"[0-9]{4}")
# district first: the nearest figure wins; the nation is the empty prefix
_NEAREST_FIRST = (6, 4, 2, 0)


class SeriesError(ValueError):
    """A row of a series that cannot be used; the message says which and how to mend it."""


@dataclass(frozen=True)
class Found:
    """One figure of a series: the division that it was taken from and its value."""

    division: str
    year: int
    value: Fraction


class Series:
    """Figures by (series, year) and division, exact, in the catalogue's unit."""

    def __init__(self, figures: dict[tuple[str, int], dict[str, Fraction]]) -> None:
        self._figures = figures
        self._lookups: dict[tuple[str, int], tuple[int, int, bool, list[Any]]] = {}

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> Series:
        """Series from rows of division, series, year, value, unit.

        A unit that is empty is taken as the catalogue's. Raises SeriesError for an unknown series,
        division, year, value or unit, and for two different figures of one key.
        """
        figures: dict[tuple[str, int], dict[str, Fraction]] = {}
        for number, row in enumerate(rows, start=1):
            key, division, value = _read(row, number)
            known = figures.setdefault(key, {})
            if known.setdefault(division, value) != value:
                raise SeriesError(
                    f"序列第{number}行：{division} {key[1]}年的“{key[0]}”出现两个不同的数，删去一行"
                )
        return cls(figures)

    def find(self, series: str, code: str, year: int) -> Found | None:
        """The figure of the nearest division of a code, or None."""
        known = self._figures.get((series, year), {})
        for length in _NEAREST_FIRST:
            division = code[:length]
            if len(division) == length and division in known:
                return Found(division, year, known[division])
        return None

    def column(self, series: str, codes: Any, year: int) -> tuple[Column, Mask]:
        """The nearest figure for each 12-digit code (int64 array), and where there is none."""
        den, bound, signed, lookups = self._prepared(series, year)
        out = np.zeros(len(codes), dtype=object if bound > LARGEST else np.int64)
        found = np.zeros(len(codes), dtype=bool)
        for length, keys, figures in lookups:
            prefixes = codes // 10 ** (12 - length)
            place = np.minimum(np.searchsorted(keys, prefixes), len(keys) - 1)
            hit = keys[place] == prefixes
            out = np.where(hit, figures[place], out)
            found |= hit
        return Column(out, den, bound, signed), ~found

    def _prepared(self, series: str, year: int) -> tuple[int, int, bool, list[Any]]:
        """Denominator, bound, sign and sorted figures by code length, widest divisions first."""
        if (series, year) not in self._lookups:
            known = self._figures.get((series, year), {})
            den = lcm(*(value.denominator for value in known.values())) if known else 1
            values = {name: int(value * den) for name, value in known.items()}
            lookups = []
            for length in reversed(_NEAREST_FIRST):
                names = sorted(name for name in values if len(name) == length)
                if names:
                    keys = np.array([int(name or "0") for name in names], dtype=np.int64)
                    lookups.append((length, keys, whole([values[name] for name in names])))
            bound = max([1, *(abs(value) for value in values.values())])
            signed = any(value < 0 for value in values.values())
            self._lookups[series, year] = (den, bound, signed, lookups)
        return self._lookups[series, year]


def _read(row: Mapping[str, Any], number: int) -> tuple[tuple[str, int], str, Fraction]:
    words = catalogue()
    where = f"序列第{number}行"
    kind = words.series_named(str(row.get("series", "")).strip())
    if kind is None:
        known = "、".join(words.series)
        raise SeriesError(f"{where}：没有名为“{row.get('series')}”的序列，可用：{known}")
    division = str(row.get("division") or "").strip()
    if division and (
        not division.isascii()
        or not division.isdigit()
        or len(division) not in CODE_LENGTHS.values()
        or len(division) > 6
    ):
        raise SeriesError(f"{where}：区划代码“{division}”应为2、4或6位数字，全国留空")
    year = str(row.get("year", "")).strip()
    try:
        if not _YEAR.fullmatch(year):
            raise ValueError(year)
        value = exact_number(str(row.get("value", "")).strip())
    except ValueError as error:
        raise SeriesError(f"{where}：年份“{year}”或数值“{row.get('value')}”不是数字") from error
    unit = str(row.get("unit") or kind.unit).strip()
    if unit not in kind.units:
        accepted = "、".join(kind.units)
        raise SeriesError(f"{where}：“{kind.label}”的单位“{unit}”不认识，可用：{accepted}")
    return (kind.key, int(year)), division, value * kind.units[unit]
