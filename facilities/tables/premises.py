"""Columns of 办公服务用房台账, as bureaus lay it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from accounts.scope import STREET
from communities.tables.files import A3, Heading, Layout
from facilities.choices import RoomUse
from facilities.selectors.areas import square_metres
from facilities.selectors.premises import PremisesRow
from facilities.selectors.premises_sums import Sums

COUNTED = "当日计入的建筑面积（㎡）"


def premises_headings() -> tuple[Heading, ...]:
    """The columns of the register's file."""
    return (
        Heading("序号", "count", 6),
        Heading("街道", width=14),
        Heading("社区", width=18),
        Heading("社区代码", width=15),
        Heading("用房名称", width=20),
        Heading("坐落", width=30),
        Heading("合用社区（个）", "count"),
        Heading("工作用房（㎡）", "amount", group=COUNTED),
        Heading("服务大厅（㎡）", "amount", group=COUNTED),
        Heading("服务活动用房（㎡）", "amount", group=COUNTED),
        Heading("工作和服务合计（㎡）", "amount", group=COUNTED),
        Heading("物业服务用房（㎡）", "amount", group=COUNTED),
        Heading("使用面积（㎡）", "amount"),
        Heading("取得方式", width=14),
        Heading("取得（移交）日期"),
        Heading("产权单位", width=20),
        Heading("不动产权证号", width=26),
        Heading("租约到期"),
        Heading("启用日期"),
        Heading("终止日期"),
        Heading("状态", width=12),
        Heading("备注", width=24),
    )


def premises_lines(
    rows: Iterable[PremisesRow], streets: Mapping[str, str]
) -> Iterator[tuple[Any, ...]]:
    """The rows in their order with their numbers; streets: names by code."""
    for number, row in enumerate(rows, start=1):
        one = row.premises
        hall, activity = (
            square_metres(row.areas.of((use,))) for use in (RoomUse.HALL, RoomUse.ACTIVITY)
        )
        yield (
            number,
            streets.get(one.code[:STREET], one.code[:STREET]),
            one.community.short_name,
            one.code,
            one.name,
            one.address,
            row.shared,
            row.work,
            hall,
            activity,
            row.building,
            row.property_rooms,
            row.usable,
            one.get_acquisition_display(),
            one.acquired_on,
            one.owner,
            one.title_no,
            row.lease_until,
            one.valid_from,
            one.valid_until,
            row.state_label,
            one.remarks,
        )


def premises_layout(sums: Sums, number: int) -> Layout:
    """The usual sheet: A3 across, bordered, with the sums in the last row."""
    blank = ("",) * 9
    total = (
        *("合计", "", f"{number}处", "", "", "", None),
        *(sums.work, sums.hall, sums.activity, sums.building, sums.property_rooms, sums.usable),
        *blank,
    )
    feet = ("填报单位（盖章）　　　　单位负责人　　　　审核人　　　　填表人　　　　填报日期",)
    return Layout(sheet="用房台账", bordered=True, paper=A3, frozen=5, total=total, feet=feet)
