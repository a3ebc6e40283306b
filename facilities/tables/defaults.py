"""Defaults of builders as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from communities.tables.files import Heading, Layout
from facilities.selectors.defaults import DefaultLine

LAYOUT = Layout(sheet="违约", bordered=True, frozen=3)
HEADINGS = [
    Heading("街道", width=14),
    Heading("项目", width=20),
    Heading("建设单位", width=26),
    Heading("违约情形", width=20),
    Heading("事实", width=50),
    Heading("认定日期", width=12),
    Heading("状态", width=10),
    Heading("纠正日期", width=12),
    Heading("持续天数", "count", 10),
    Heading("告知函（件）", "count", 10),
    Heading("未回复（件）", "count", 10),
    Heading("最近文号", width=22),
    Heading("主送部门", width=24),
]


def rows_of(lines: Iterable[DefaultLine]) -> Iterator[list[Any]]:
    for line in lines:
        one, last = line.record, next(iter(line.notices), None)
        yield [
            line.street, one.project.name, one.project.developer, one.get_kind_display(),
            one.facts, one.found_on, one.get_state_display(), one.remedied_on, line.days,
            len(line.notices), line.unanswered, last.doc_no if last else "",
            last.department if last else "",
        ]  # fmt: skip
