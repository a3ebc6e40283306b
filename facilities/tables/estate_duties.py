"""Columns of estates with their rooms for property management as a file."""

from __future__ import annotations

from typing import Any

from communities.tables.files import Heading, Layout
from facilities.selectors.estate_duties import STATES, Duty

HEADINGS = [
    Heading("社区代码", width=15),
    Heading("社区", width=18),
    Heading("小区", width=22),
    Heading("总建筑面积（㎡）", "amount", 16),
    Heading("应有（㎡）", "amount", 12),
    Heading("按总建筑面积计算（㎡）", "amount", 14),
    Heading("现有（㎡）", "amount", 12),
    Heading("缺或多（㎡）", "amount", 12),
    Heading("情况", width=10),
    Heading("依据和说明", width=50),
]
LAYOUT = Layout(sheet="物业服务用房", bordered=True, frozen=3)


def line_of(duty: Duty) -> tuple[Any, ...]:
    """The cells of an estate as HEADINGS names them; None where nothing is asked or known."""
    computed = duty.required if duty.computed is None else duty.computed
    return (
        duty.code,
        duty.community,
        duty.name,
        duty.gross_floor_area,
        duty.required,
        computed,
        duty.actual,
        duty.gap,
        STATES.get(duty.state, ""),
        _said(duty),
    )


def _said(duty: Duty) -> str:
    if duty.reason:
        return duty.reason
    if duty.clause is None:
        return ""
    return f"{duty.bound}，《{duty.clause.title}》{duty.clause.article}（{duty.clause.id}）"
