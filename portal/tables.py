"""Columns of the district sheet's exports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from communities.tables.files import Heading
from portal.selectors.sheet import SheetRow


def sheet_headings(payer_labels: Sequence[str]) -> list[Heading]:
    """The columns of the sheet, with those payers that pay anything."""
    return [
        Heading("级别", width=10),
        Heading("代码", width=15),
        Heading("名称", width=20),
        Heading("社区数（个）", "count"),
        Heading("核定户数（户）", "count"),
        Heading("居委会成员应配（人）", "count"),
        Heading("居委会成员在岗（人）", "count"),
        Heading("居委会成员缺额（人）", "count"),
        Heading("专职工作人员应配（人）", "count"),
        Heading("用房应有（㎡）", "amount"),
        Heading("用房现有（㎡）", "amount"),
        Heading("用房缺额（㎡）", "amount"),
        Heading("工作经费（元）", "amount", 18),
        Heading("服务群众专项经费（元）", "amount", 18),
        Heading("其他经费（元）", "amount", 18),
        Heading("经费合计（元）", "amount", 18),
        *(Heading(f"{label}承担（元）", "amount", 18) for label in payer_labels),
        Heading("不能测算的社区（个）", "count"),
    ]


def sheet_lines(level: str, row: SheetRow) -> Iterator[tuple[Any, ...]]:
    """A row of the sheet and the rows under it, as cells of sheet_headings."""
    yield (
        level,
        row.code,
        row.name,
        row.communities,
        row.households,
        row.committee.required,
        row.committee.actual,
        row.committee.gap,
        row.workers_required,
        row.premises.required,
        row.premises.actual,
        row.premises.gap,
        row.work_funding,
        row.service_the_masses_fund,
        row.other_funding,
        row.total_funding,
        *row.payers,
        row.unavailable,
    )
    for child in row.children:
        yield from sheet_lines("社区", child)
