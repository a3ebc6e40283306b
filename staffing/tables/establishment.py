"""Columns of the establishment sheet as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from communities.tables.files import A3, Heading, Layout
from staffing.selectors.establishment import Cells, Row

MEMBERS, PARTY, WORKERS = "居委会成员（人）", "社区党组织（人）", "专职工作人员（人）"


def _heads(group: str, *labels: str, kind: str = "count") -> list[Heading]:
    return [Heading(label, kind, 9, group) for label in labels]


HEADINGS: tuple[Heading, ...] = (
    Heading("代码", width=15),
    Heading("单位", width=18),
    Heading("社区（个）", "count", 8),
    Heading("核定户数（户）", "count", 12),
    *_heads(MEMBERS, "应配", "不计上下限", "在岗"),
    *_heads(MEMBERS, "缺或多", kind="signed"),
    *_heads(PARTY, "低", "高", "在岗"),
    *_heads(WORKERS, "应配", "低", "高", "在岗"),
    *_heads(WORKERS, "缺或多", kind="signed"),
    Heading("建议增配（人）", "count", 9),
    Heading("核定增配（人）", "count", 9),
    Heading("核定名额（人）", "count", 9),
    Heading("另有不计入的人员", width=22),
    Heading("补齐每年需（元）", "amount", 16),
    Heading("承担", width=30),
    Heading("依据和说明", width=60),
)


def layout(total: Sequence[Any]) -> Layout:
    """A bordered sheet for signatures, with its total."""
    return Layout("编制", True, A3, 2, total, ("制表：　　　　　　复核：　　　　　　批准：",))


def line_of(row: Row) -> tuple[Any, ...]:
    """The cells of a row as HEADINGS names them; None where nothing is asked or known."""
    committee, party, workers = row.committee, row.party, row.workers
    return (
        row.code,
        row.name,
        row.communities,
        row.households,
        committee.required,
        committee.unclamped,
        committee.in_post,
        committee.gap,
        party.low,
        party.high,
        party.in_post,
        workers.required,
        workers.low,
        workers.high,
        workers.in_post,
        workers.gap,
        row.suggested,
        row.approved,
        row.quota,
        "、".join(f"{label}{number}人" for label, number in row.apart),
        row.cost.amount,
        "、".join(f"{label}{amount:,.2f}元" for label, amount in row.cost.payers),
        _said(row),
    )


def _said(row: Row) -> str:
    """The reasons of a row, and where its figures are the year's facts' or differ from them."""
    said = [
        f"{one.label}{one.line}" + (f"，{one.clause}" if one.clause else "") for one in row.reasons
    ]
    for label, cells in (("居委会成员", row.committee), ("专职", row.workers)):
        said += [_differing(label, cells, row.communities)] if _is_apart(cells) else []
    return "；".join(said)


def _is_apart(cells: Cells) -> bool:
    return cells.facts is not None or cells.by_facts > 0


def _differing(label: str, cells: Cells, communities: int) -> str:
    if cells.facts is not None:
        return f"{label}年度数据{cells.facts}人，与花名册不同"
    if communities > 1:
        return f"{label}有{cells.by_facts}个社区没有花名册，按年度数据"
    return f"{label}没有花名册，按年度数据"
