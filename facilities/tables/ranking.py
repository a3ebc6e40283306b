"""Columns of the ranking as a file; exact quotients are rounded to two decimals, halves up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from communities.tables.files import A3, Heading, Layout
from facilities.selectors.areas import square_metres
from facilities.selectors.ranking import Ranked

LAYOUT = Layout(
    "排名", True, A3, 3,
    feet=(
        "租赁的费用是从项目年度到计划截止年度的全部租金，以后的没有计入",
        "没有费用的排在最前，人口未知的排在最后；比值相同的按社区代码",
    ),
)  # fmt: skip


def headings(unit: str) -> list[Heading]:
    """The columns; unit: 人 or 户."""
    return [
        Heading("名次", "count", 8),
        Heading("社区代码", width=15),
        Heading("社区", width=18),
        Heading("年度", width=8),
        Heading("补齐方式", width=12),
        Heading("新增面积（㎡）", "amount", 14),
        Heading("费用（元）", "amount", 16),
        Heading(f"受益（{unit}）", "count", 12),
        Heading(f"每万元受益（{unit}）", "amount", 14),
        Heading("每万元面积（㎡）", "amount", 14),
        Heading("占缺口（%）", "amount", 12),
        Heading("说明", width=36),
    ]


def two_decimals(value: Fraction | None) -> Decimal | None:
    """A quotient to two decimals, halves up."""
    if value is None:
        return None
    return Decimal((200 * value.numerator + value.denominator) // (2 * value.denominator)).scaleb(
        -2
    )


def said_of(one: Ranked) -> str:
    """What must be said with the figures of a measure."""
    gain = one.gain
    if gain.heads is None:
        return one.why_unknown
    if gain.left is not None and gain.left > 0:
        return f"完成后还缺{square_metres(gain.left)}㎡"
    return "没有费用" if gain.free else ""


def lines_of(rows: Sequence[Ranked]) -> Iterator[tuple[Any, ...]]:
    """The rows in the order in which they are shown."""
    for one in rows:
        record, gain = one.line.record, one.gain
        share = None if gain.share is None else gain.share * 100
        yield (
            one.rank,
            record.code,
            record.community.short_name,
            str(record.year),
            record.get_means_display(),
            square_metres(gain.ask.area),
            one.line.cost,
            gain.heads,
            two_decimals(gain.heads_for_money),
            two_decimals(gain.area_for_money),
            two_decimals(share),
            said_of(one),
        )
