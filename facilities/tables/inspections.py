"""Inspections and correction orders as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from communities.tables.files import Heading, Layout
from facilities.selectors.areas import square_metres
from facilities.selectors.inspections import InspectionLine

LAYOUT = Layout(sheet="巡查", bordered=True, frozen=4)
ORDERS_LAYOUT = Layout(sheet="整改通知", bordered=True, frozen=4)


def headings() -> list[Heading]:
    return [
        Heading("社区代码", width=14),
        Heading("街道", width=14),
        Heading("社区", width=16),
        Heading("用房", width=18),
        Heading("房间", width=16),
        Heading("巡查日期", width=12),
        Heading("巡查结果", width=20),
        Heading("情况", width=36),
        Heading("停计自", width=12),
        Heading("恢复计入", width=12),
        Heading("停计面积（㎡）", "amount", 13),
        Heading("整改", width=16),
        Heading("整改期限", width=12),
        Heading("登记人", width=12),
    ]


def rows_of(lines: Iterable[InspectionLine]) -> Iterator[list[Any]]:
    for line in lines:
        one = line.record
        yield [
            one.code, line.street, one.community.short_name, one.premises.name, line.room,
            one.inspected_on, one.get_finding_display(), one.note, one.stops_from, one.resumes_on,
            square_metres(line.stopped) if line.stopped else None, line.state,
            line.order.deadline if line.order else None, one.made_by.display_name,
        ]  # fmt: skip


def order_headings() -> list[Heading]:
    return [
        Heading("社区代码", width=14),
        Heading("街道", width=14),
        Heading("社区", width=16),
        Heading("用房", width=18),
        Heading("房间", width=16),
        Heading("责任单位", width=22),
        Heading("整改要求", width=36),
        Heading("文号", width=20),
        Heading("下达日期", width=12),
        Heading("整改期限", width=12),
        Heading("状态", width=12),
        Heading("逾期天数", "count", 10),
        Heading("恢复使用", width=12),
        Heading("整改情况", width=36),
    ]


def order_rows(lines: Iterable[Mapping[str, Any]]) -> Iterator[list[Any]]:
    for line in lines:
        one = line["record"]
        yield [
            one.code, line["street"], one.community.short_name, one.inspection.premises.name,
            line["room"], one.addressed_to, one.demand, one.doc_no, one.issued_on, one.deadline,
            one.get_state_display(), line["late"] or None, one.put_right_on, one.report,
        ]  # fmt: skip
