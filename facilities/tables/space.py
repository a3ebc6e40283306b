"""Columns of the sheet of required and actual space as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from communities.tables.files import A3, Heading, Layout
from facilities.selectors.space import Cells, Row
from policy.engine import catalogue


def headings(subjects: Sequence[str], beside: str) -> list[Heading]:
    """The columns for the subjects that any text asks for; `beside` names another measure."""
    found = [
        Heading("代码", width=15),
        Heading("单位", width=18),
        Heading("社区（个）", "count", 8),
        Heading("核定户数（户）", "count", 12),
    ]
    for subject in subjects:
        described = catalogue().subjects[subject]
        area = described.unit.places > 0
        kind, unit = ("amount", "㎡") if area else ("count", "个")
        group = f"{described.label}（{unit}）"
        labels = ["应有", "不计上下限", "现有", "其中按年度数据的社区（个）"]
        labels += [f"按{beside}"] if beside else []
        found += [
            Heading(label, "count" if label.endswith("（个）") else kind, 11, group)
            for label in (*labels, "缺或多")
        ]
    return [
        *found,
        Heading("达标（个）", "count", 8),
        Heading("可判断（个）", "count", 8),
        Heading("依据和说明", width=60),
    ]


def layout(total: Sequence[Any]) -> Layout:
    """A bordered sheet for signatures, with its total."""
    return Layout("用房达标", True, A3, 2, total, ("制表：　　　　　　复核：　　　　　　批准：",))


def line_of(row: Row, *, beside: bool) -> tuple[Any, ...]:
    """The cells of a row as headings names them; None where nothing is asked or known."""
    cells: list[Any] = []
    for one in row.cells:
        cells += [one.required, one.unclamped, one.actual, one.by_facts]
        cells += [one.other] if beside else []
        cells.append(one.gap)
    return (
        row.code, row.name, row.communities, row.households, *cells, row.kept, row.judged,
        _said(row),
    )  # fmt: skip


def _said(row: Row) -> str:
    """The reasons of a row, and where its figures differ from the year's facts."""
    said = [
        f"{one.label}{one.line}" + (f"，{one.clause}" if one.clause else "") for one in row.reasons
    ]
    return "；".join([*said, *(_differing(one) for one in row.cells if one.facts is not None)])


def _differing(cells: Cells) -> str:
    return f"年度数据{cells.facts}，用房台账{cells.actual}，核对哪一个对"
