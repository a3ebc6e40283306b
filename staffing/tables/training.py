"""Training as files: courses of a year, the list of one, who is due, what it cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from accounts.models import User
from communities.tables.files import Heading, Layout
from staffing.choices import Audience
from staffing.selectors.training import Cost, CourseLine, Listed
from staffing.selectors.training_due import DueLine

COURSES = [
    Heading("培训名称", width=28),
    Heading("举办单位", width=20),
    Heading("级别", width=14),
    Heading("培训对象", width=18),
    Heading("开始日期", width=12),
    Heading("结束日期", width=12),
    Heading("学时", "count", 8),
    Heading("地点", width=18),
    Heading("名单人数", "count", 10),
    Heading("参加人数", "count", 10),
    Heading("费用（元）", "amount", 14),
]
COURSES_LAYOUT = Layout(sheet="培训班", bordered=True, frozen=1)
LISTED = [
    Heading("序号", "count", 7),
    Heading("街道", width=16),
    Heading("社区", width=18),
    Heading("姓名", width=12),
    Heading("职务", width=16),
    Heading("参训", width=10),
    Heading("学时", "count", 8),
    Heading("结业证书编号", width=24),
    Heading("签到", width=14),
]
LISTED_LAYOUT = Layout(sheet="参训名单", bordered=True, frozen=4)
DUE = [
    Heading("社区代码", width=14),
    Heading("街道", width=16),
    Heading("社区", width=18),
    Heading("姓名", width=12),
    Heading("职务", width=16),
    Heading("任职日期", width=12),
    Heading("最近培训", width=28),
    Heading("最近培训日期", width=13),
    Heading("应训期限", width=12),
    Heading("状态", width=8),
    Heading("条款", width=12),
]
DUE_LAYOUT = Layout(sheet="应训名单", bordered=True, frozen=4)
COSTS = [
    Heading("年度", width=8),
    Heading("出资", width=16),
    Heading("培训班（个）", "count", 12),
    Heading("参加（人次）", "count", 12),
    Heading("学时合计", "count", 10),
    Heading("费用（元）", "amount", 14),
    Heading("人均（元）", "amount", 14),
    Heading("没有填费用的培训班（个）", "count", 14),
]
COSTS_LAYOUT = Layout(sheet="培训费用", bordered=True, frozen=2)
MARKS = {None: "未登记", True: "参加", False: "未参加"}


def audience_of(keys: Iterable[str]) -> str:
    """For whom a course is, in words."""
    return "、".join(str(Audience(key).label) for key in keys)


def course_rows(lines: Iterable[CourseLine]) -> Iterator[list[Any]]:
    for line in lines:
        one = line.course
        yield [
            one.title, one.organiser, one.get_level_display(), audience_of(one.audience),
            one.starts_on, one.ends_on, one.hours, one.place, line.listed, line.came,
            one.cost_yuan,
        ]  # fmt: skip


def listed_rows(lines: Iterable[Listed]) -> Iterator[list[Any]]:
    for number, line in enumerate(lines, 1):
        one = line.attendance
        yield [
            number, line.street, line.community, one.person.name, line.post,
            MARKS[one.attended], one.hours, one.certificate_no, "",
        ]  # fmt: skip


def due_rows(lines: Iterable[DueLine]) -> Iterator[list[Any]]:
    for line in lines:
        yield [
            line.code, line.street, line.community, line.name, line.post_label, line.since,
            line.last.title if line.last else "", line.last.on if line.last else None,
            line.due, line.label, line.clause.id,
        ]  # fmt: skip


def cost_rows(lines: Iterable[Cost]) -> Iterator[list[Any]]:
    for line in lines:
        yield [
            str(line.year), line.label, line.courses, line.heads, line.hours, line.amount_yuan,
            None if line.per_head is None else cents(line.per_head), line.unknown,
        ]  # fmt: skip


def cents(yuan: Fraction) -> Decimal:
    """An exact amount to the fen, a half up."""
    return Decimal(int(yuan * 100 + Fraction(1, 2))) / 100


def notes(user: User, on: date, *more: str) -> list[str]:
    """Who made the file, and when."""
    return [*more, f"社区保障管理系统　　{user.office}　{user.display_name}　　{on}"]
