"""The table of a change act, kept with it: what communities have before and have after it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from communities.models import AnnualFacts


@dataclass(frozen=True)
class Column:
    """A column of the table; `balances`: its sums before and after must be the same."""

    key: str
    label: str
    unit: str
    places: int = 0
    balances: bool = True


COLUMNS = (
    Column("households", "核定户数", "户"),
    Column("population_resident", "常住人口", "人"),
    Column("area_km2", "面积", "平方公里", 4),
    Column("estates", "小区", "个"),
    Column("grids", "网格", "个"),
    Column("committee_members_in_post", "居委会成员", "人"),
    Column("community_workers_in_post", "专职工作人员", "人"),
    Column("premises_area_m2", "用房建筑面积", "㎡", 2),
    Column("money", "全年经费需求", "元", 2, balances=False),
)


@dataclass(frozen=True)
class Cell:
    """A figure, or why there is none."""

    value: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """A community of before or after; note says what becomes of it or where it comes from."""

    code: str
    name: str
    note: str
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Table:
    """Before and after of a change act, by the facts of a year and the policies of a day.

    `balanced` says of each column whether both sums are the same: None where one is not known or
    need not be. Notes name what is not reported and which differing values were taken.
    """

    year: int
    on: datetime.date
    columns: tuple[Column, ...]
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    total_before: dict[str, Cell]
    total_after: dict[str, Cell]
    balanced: dict[str, bool | None]
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The table as ChangeAct.table keeps it; read_table takes it back."""
        return {
            "year": self.year,
            "on": self.on.isoformat(),
            "columns": [
                [one.key, one.label, one.unit, one.places, one.balances] for one in self.columns
            ],
            "before": [_line_json(line) for line in self.before],
            "after": [_line_json(line) for line in self.after],
            "total_before": _cells_json(self.total_before),
            "total_after": _cells_json(self.total_after),
            "balanced": self.balanced,
            "notes": list(self.notes),
        }


def _cells_json(cells: dict[str, Cell]) -> dict[str, list[str | None]]:
    return {
        key: [None if cell.value is None else str(cell.value), cell.reason]
        for key, cell in cells.items()
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "code": line.code,
        "name": line.name,
        "note": line.note,
        "cells": _cells_json(line.cells),
    }


def _read_cells(stored: dict[str, Any]) -> dict[str, Cell]:
    return {
        key: Cell(None if value is None else Decimal(value), reason)
        for key, (value, reason) in stored.items()
    }


def _read_line(stored: dict[str, Any]) -> Line:
    return Line(stored["code"], stored["name"], stored["note"], _read_cells(stored["cells"]))


def read_table(stored: dict[str, Any]) -> Table:
    """The table that ChangeAct.table keeps. Raises KeyError for JSON that is not a table."""
    return Table(
        year=stored["year"],
        on=datetime.date.fromisoformat(stored["on"]),
        columns=tuple(Column(*one) for one in stored["columns"]),
        before=tuple(map(_read_line, stored["before"])),
        after=tuple(map(_read_line, stored["after"])),
        total_before=_read_cells(stored["total_before"]),
        total_after=_read_cells(stored["total_after"]),
        balanced=stored["balanced"],
        notes=tuple(stored["notes"]),
    )


def latest_households(communities: Iterable[int], on: datetime.date) -> dict[int, int | None]:
    """Reported households of communities by key, of their latest facts. One query.

    None: the latest facts leave them out; a community without facts is left out.
    """
    rows = AnnualFacts.objects.filter(community__in=list(communities), year__lte=on.year)
    rows = rows.order_by("community_id", "-year").distinct("community_id")
    return dict(rows.values_list("community_id", "households"))
