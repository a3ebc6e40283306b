"""The progress of a round as a file."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from accounts.scope import DISTRICT
from collection.selectors.round_page import STATES, Counts, Progress
from communities.tables.files import Heading, Layout

STATE_LABELS = {
    "none": "未填报",
    "draft": "填报中",
    "returned": "已退回",
    "submitted": "待审核",
    "reviewed": "待复核",
    "confirmed": "已确认",
}


def headings() -> list[Heading]:
    return [
        Heading("街道代码", width=12),
        Heading("县（市、区）", width=16),
        Heading("街道", width=18),
        Heading("社区", "count", 8),
        *(Heading(STATE_LABELS[state], "count", 8) for state in STATES),
        Heading("最近填报", width=17),
        Heading("截止日期", width=12),
        Heading("延期原因", width=24),
        Heading("最近催办", width=17),
    ]


def lines(progress: Progress, districts: dict[str, str]) -> Iterator[list[Any]]:
    for line in progress.lines:
        yield [
            line.code,
            districts.get(line.code[:DISTRICT], line.code[:DISTRICT]),
            line.name,
            *figures(line.counts),
            moment(line.last_at),
            line.call.closes_on.isoformat(),
            line.call.extended_for,
            moment(line.reminded.at if line.reminded else None),
        ]


def figures(counts: Counts) -> list[int]:
    return [counts.communities, *(getattr(counts, state) for state in STATES)]


def moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def layout(progress: Progress) -> Layout:
    total = ["", "", "合计", *figures(progress.totals), "", "", "", ""]
    return Layout(sheet="填报进度", bordered=True, frozen=3, total=total)
