"""Columns of 人员统计 in its export."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from communities.tables.files import Heading, Layout
from staffing.selectors.statistics import Statistics

HEADINGS = [
    Heading("统计项目", width=16),
    Heading("类别", width=22),
    Heading("人数（人）", "count", 12),
    Heading("占比（%）", width=12),
]
LAYOUT = Layout(sheet="人员统计", frozen=2)


def statistics_lines(found: Statistics) -> Iterator[tuple[Any, ...]]:
    """Every class of every table with its heads and percent, then the parts of the division."""
    yield "合计", "全部人员", found.heads, percent(Fraction(100) if found.heads else None)
    yield "最高学历", "大专及以上", found.college, percent(found.college_share)
    for table in found.tables:
        for line in table.lines:
            yield table.title, line.label, line.heads, percent(line.share)
    for part in found.parts:
        yield "分地区人数", part.name, part.heads, ""
        yield "分地区大专及以上", part.name, part.college, percent(part.share)


def percent(value: Fraction | None) -> str:
    """A percentage with one decimal, half away from zero; '' of nothing."""
    if value is None:
        return ""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))
