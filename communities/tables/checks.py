"""Columns of the checks' lists: for each row its cells, and where they lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from communities.selectors.clauses import Clause
from communities.selectors.comparison import Moved
from communities.tables.files import Heading


@dataclass(frozen=True)
class CheckColumn:
    """A column: its heading, and the cell of a row."""

    heading: Heading
    cell: Callable[[Any], Any]


def percent(share: Fraction | None) -> Decimal | None:
    """A share in percent with two decimals, half up, as files show it."""
    if share is None:
        return None
    return Decimal((200 * share.numerator + share.denominator) // (2 * share.denominator)) / 100


def articles(clauses: Sequence[Clause]) -> str:
    """Clauses as a cell names them: 《title》第三条."""
    return "、".join(f"《{one.title}》{one.article}" for one in clauses)


def names_of(moved: Sequence[Moved]) -> str:
    """Communities that came or went, with the act by which they did."""
    return "、".join(f"{one.name}（{one.act}）" if one.act else one.name for one in moved)


def _text(label: str, name: str, width: int = 16) -> CheckColumn:
    return CheckColumn(Heading(label, width=width), lambda row: getattr(row, name))


def _count(label: str, name: str) -> CheckColumn:
    return CheckColumn(Heading(label, "count", 12), lambda row: getattr(row, name))


NAME, CODE, STREET = (
    _text("社区", "name", 18),
    _text("社区代码", "code", 15),
    _text("街道", "street", 14),
)
SIZE = (
    NAME,
    CODE,
    _count("核定户数（户）", "households"),
    _count("条款的数（户）", "bound"),
    CheckColumn(Heading("多（+）少（−）（户）", "signed", 14), lambda row: row.off),
)
OCCUPANCY = (
    _count("已竣工（套）", "completed"),
    _count("已入住（套）", "occupied"),
    CheckColumn(Heading("入住率（%）", "amount", 12), lambda row: percent(row.occupancy)),
    CheckColumn(Heading("依据", width=40), lambda row: articles(row.clauses)),
)
DUE_COMMUNITIES = (
    NAME,
    CODE,
    _count("核定户数（户）", "households"),
    *OCCUPANCY,
    _count("填报的居委会（个）", "committees"),
)
DUE_ESTATES = (
    _text("小区", "name", 18),
    _text("现属社区", "community", 18),
    CODE,
    _count("户数（户）", "households"),
    *OCCUPANCY,
)
LACKING = (NAME, CODE, STREET, _count("填报的居委会（个）", "committees"))
DUPLICATES = (
    _text("相同的内容", "value", 24),
    CheckColumn(
        Heading("所在", width=18), lambda row: f"{row.name}，{row.part}" if row.part else row.name
    ),
    CODE,
    STREET,
)
DIFFERENCES = (
    NAME,
    CODE,
    STREET,
    _count("年度数据（户）", "reported"),
    _count("小区合计（户）", "estates"),
    _count("网格合计（户）", "grids"),
    _count("最大相差（户）", "off"),
)


def _side(label: str, side: str, name: str) -> CheckColumn:
    return CheckColumn(Heading(label, "count", 11), lambda row: getattr(getattr(row, side), name))


YEARS = (
    _text("街道", "name", 16),
    _side("原有社区（个）", "before", "count"),
    CheckColumn(Heading("增加（个）", "count", 9), lambda row: len(row.came)),
    CheckColumn(Heading("减少（个）", "count", 9), lambda row: len(row.went)),
    _side("现有社区（个）", "after", "count"),
    _side("原有户数（户）", "before", "households"),
    _side("现有户数（户）", "after", "households"),
    CheckColumn(Heading("增减（户）", "signed", 12), lambda row: row.households_more),
    CheckColumn(Heading("两年都在且都填的增减（户）", "signed", 14), lambda row: row.alike),
    CheckColumn(
        Heading("未填户数的社区（个）", "count", 12),
        lambda row: row.before.unreported + row.after.unreported,
    ),
    CheckColumn(Heading("增加的社区", width=40), lambda row: names_of(row.came)),
    CheckColumn(Heading("减少的社区", width=40), lambda row: names_of(row.went)),
)
