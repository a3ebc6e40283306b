"""The board of projects as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from communities.tables.files import A3, Heading, Layout
from facilities.rules.gates import LABELS, PARTS
from facilities.selectors.projects import BoardRow, Totals

HEADINGS = [
    Heading("序号", "count", 7),
    Heading("街道", width=14),
    Heading("项目", width=22),
    Heading("建设单位", width=26),
    Heading("坐落", width=26),
    Heading("受益社区", width=16),
    Heading("状态", width=10),
    Heading("规划户数（户）", "count", 11),
    Heading("总建筑面积（㎡）", "amount", 14),
    Heading("下一关口", width=12),
    Heading("办理情况", width=14),
    Heading("社区用房应有（㎡）", "amount", 14),
    *(
        Heading(f"{word}{LABELS[part]}（㎡）", "amount", 14)
        for word in ("约定", "实测")
        for part in PARTS
    ),
    Heading("首批居民入住日", width=13),
    Heading("移交期限", width=12),
    Heading("移交日期", width=12),
    Heading("逾期（天）", "count", 9),
    Heading("未纠正违约（件）", "count", 10),
]


def layout(totals: Totals) -> Layout:
    total: list[Any] = [None] * len(HEADINGS)
    total[1], total[7] = f"合计{totals.projects}个", totals.households
    total[11], total[-2], total[-1] = totals.required, None, totals.defaults
    return Layout(sheet="开发项目", bordered=True, paper=A3, frozen=3, total=total)


def lines(rows: Iterable[BoardRow]) -> Iterator[list[Any]]:
    """A line a project; days as texts."""
    for number, row in enumerate(rows, start=1):
        one, present, clock = row.project, row.trail.present, row.clock
        promised, found = row.trail.promised, row.trail.found
        yield [
            number,
            row.street,
            one.name,
            one.developer,
            one.location,
            one.community.short_name if one.community else None,
            one.get_state_display(),
            one.planned_households,
            one.gross_floor_area_m2,
            present.stage.label if present else None,
            (present.state or "未办理") if present else "全部通过",
            row.required,
            *(promised.of((part,)) for part in PARTS),
            *(found.of((part,)) for part in PARTS),
            *(
                day.isoformat() if day else None
                for day in (one.first_move_in_on, clock.due, clock.handed_over_on)
            ),
            clock.overdue_days or None,
            row.defaults or None,
        ]
