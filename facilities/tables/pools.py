"""Columns of a pool as a file: counties with their weights, or measures with their rank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from communities.tables.files import A4, Heading, Layout
from facilities.choices import PoolMethod, PoolShare, PoolWeight, RankedBy
from facilities.models import SpacePool
from facilities.selectors.pools import Divided, shown_weight

UNITS = {PoolWeight.GAP: "（㎡）", PoolWeight.HOUSEHOLDS: "（户）", PoolWeight.ENTERED: ""}
FIRST = (Heading("县（市、区）", width=18),)
SIGNING = ("制表：　　　　　　复核：　　　　　　批准：",)


def weight_label(pool: SpacePool) -> str:
    """The heading of the weights with their unit."""
    by = PoolWeight(pool.weight_by)
    return f"{by.label}{UNITS[by]}"


def note_of(pool: SpacePool) -> str:
    """A pool in a line: its sum, how it is divided, its state."""
    how = PoolMethod(pool.method).label
    if pool.method == PoolMethod.RANKED:
        how += f"，承担{PoolShare(pool.pays).label}，受益按{RankedBy(pool.ranked_by).label}"
    words = [f"{pool.year}年", f"总额{pool.amount_yuan:,}元", how, str(pool.get_state_display())]
    return "　　".join([*words, *(text for text in (pool.doc_no, pool.basis) if text)])


def headings(pool: SpacePool) -> list[Heading]:
    """The columns, by how the pool is divided."""
    if pool.method == PoolMethod.WEIGHTS:
        kind = "amount" if pool.weight_by == PoolWeight.GAP else "count"
        return [
            *FIRST,
            Heading("代码", width=10),
            Heading(weight_label(pool), kind, 20),
            Heading("分配（元）", "amount", 18),
        ]
    return [
        *FIRST,
        Heading("名次", "count", 8),
        Heading("社区", width=18),
        Heading("补齐方式", width=12),
        Heading("申请（元）", "amount", 18),
        Heading("分配（元）", "amount", 18),
    ]


def lines_of(pool: SpacePool, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """The rows as headings names them; rows: county, part and weight."""
    for row in rows:
        part = row["part"]
        if pool.method == PoolMethod.WEIGHTS:
            yield row["county"], part.code, row["weight"], part.amount_yuan
            continue
        means = part.measure.get_means_display() if part.measure else ""
        yield row["county"], part.rank, part.name, means, part.asked_yuan, part.amount_yuan


def layout(pool: SpacePool, divided: Divided) -> Layout:
    """A bordered sheet for signatures, with its total."""
    if pool.method == PoolMethod.WEIGHTS:
        weight = shown_weight(divided.weight, pool.weight_by)
        total: tuple[Any, ...] = ("合计", "", weight, divided.given_yuan)
    else:
        total = ("合计", None, "", "", divided.asked_yuan, divided.given_yuan)
    return Layout("分配表", True, A4, 1, total, SIGNING)
