"""Columns of a plan as a file: its measures, then the communities that none is planned for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from communities.tables.files import A3, Heading, Layout
from facilities.models.plans import PAYERS
from facilities.rules.money import yuan
from facilities.selectors.areas import square_metres
from facilities.selectors.measures import PAYER_LABELS, Line, Outlook, sums_of
from facilities.selectors.plans import PlanView

COSTS = "费用（元）"
HEADINGS = (
    Heading("社区代码", width=15),
    Heading("社区", width=18),
    Heading("年度", width=8),
    Heading("补齐方式", width=12),
    Heading("新增面积（㎡）", "amount", 14),
    Heading("费用合计（元）", "amount", 16, COSTS),
    *(Heading(f"{PAYER_LABELS[name]}（元）", "amount", 15, COSTS) for name in PAYERS),
    Heading("进度", width=10),
    Heading("完成日期", width=12),
    Heading("实际新增面积（㎡）", "amount", 14),
    Heading("对应用房", width=22),
    Heading("说明", width=36),
)
LATE = {"over": "逾期", "soon": "年内到期"}


def lines_of(lines: Sequence[Line], without: Sequence[Outlook]) -> Iterator[tuple[Any, ...]]:
    """The rows: measures, then what communities lack for which nothing is planned."""
    for line in lines:
        record = line.record
        yield (
            record.code,
            record.community.short_name,
            str(record.year),
            record.get_means_display(),
            record.area_m2,
            line.cost,
            *(yuan(part) for part in line.paid),
            record.get_state_display(),
            record.done_on.isoformat() if record.done_on else "",
            record.done_area_m2,
            record.premises.name if record.premises else "",
            "；".join(part for part in (LATE.get(line.late, ""), record.remarks) if part),
        )
    for one in without:
        lacking = square_metres(one.standing.gap or 0)
        said = f"缺{lacking}㎡，没有安排补齐"
        empty = (None,) * (len(PAYERS) + 2)
        yield (one.standing.code, one.standing.name, "", "", *empty, "", "", None, "", said)


def layout(lines: Sequence[Line], view: PlanView) -> Layout:
    """A bordered sheet with its totals; dropped measures are not added."""
    sums = sums_of(lines)
    done = sum((one.record.done_area_m2 or Decimal(0) for one in lines if one.is_done), Decimal(0))
    total = (
        "合计", "", "", f"{sums.count}项", square_metres(sums.area), sums.cost,
        *(part for _, part in sums.payers), f"完成{sums.done}项", "", done, "", "",
    )  # fmt: skip
    feet = (f"计划后达标{len(view.will_reach)}个社区，没有安排补齐{len(view.without)}个社区",)
    return Layout("达标计划", True, A3, 2, total, feet)
