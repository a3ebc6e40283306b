"""Service halls as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from communities.tables.files import Heading, Layout
from facilities.choices import Unified
from facilities.selectors.halls import HallLine

LAYOUT = Layout(sheet="服务大厅", bordered=True, frozen=4)
HEADINGS = [
    Heading("社区代码", width=14),
    Heading("街道", width=14),
    Heading("社区", width=16),
    Heading("大厅", width=20),
    Heading("坐落", width=26),
    Heading("最近检查", width=12),
    *(Heading(str(one.label), width=10) for one in Unified),
    Heading("照片（张）", "count", 9),
    Heading("未统一的说明", width=36),
]


def mark(unified: bool) -> str:
    return "统一" if unified else "未统一"


def rows_of(lines: Iterable[HallLine]) -> Iterator[list[Any]]:
    for line in lines:
        one, check = line.premises, line.check
        marks = [mark(found) for _, found in line.marks] or [""] * len(Unified)
        yield [
            one.code, line.street, one.community.short_name, one.name, one.address,
            check.checked_on if check else "从未检查", *marks, line.photos,
            check.note if check else "",
        ]  # fmt: skip
