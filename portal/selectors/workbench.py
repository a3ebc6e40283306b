"""工作台: what is due, what is short and where, for the office of a user."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from django.urls import reverse

from accounts.models import User
from accounts.scope import CITY, DISTRICT, PROVINCE, STREET
from collection.selectors.completeness import Section, sections_of, sections_of_street
from collection.selectors.missing import may_enter, missing_indices
from collection.selectors.todo import Board
from collection.selectors.todo_lines import Todo
from communities.choices import FactsStatus
from communities.selectors.acts import get_waiting
from communities.selectors.assessment import PREMISES_SUBJECTS, Assessment, Measure
from communities.selectors.ledger import (
    STATUS_LABELS,
    Ledger,
    LedgerRow,
    Query,
    get_ledger,
    households_of,
    incomplete,
    page_url,
    reasoned_subjects,
    total_cell,
    yuan_of,
)
from communities.selectors.register import NOT_REPORTED
from policy.engine.exact import some
from portal.selectors.sheet import Sheet

MOST_TASKS, MOST_WHILE_COLLECTING = 12, 3
HANDED_IN = (
    FactsStatus.SUBMITTED.value,
    FactsStatus.REVIEWED.value,
    FactsStatus.CONFIRMED.value,
)
REPORTED = {
    FactsStatus.CONFIRMED.value: "已确认",
    FactsStatus.REVIEWED.value: "待复核",
    FactsStatus.SUBMITTED.value: "待审核",
    FactsStatus.RETURNED.value: "已退回",
    FactsStatus.DRAFT.value: "填报中",
    NOT_REPORTED: "未填报",
}
ALWAYS = (FactsStatus.CONFIRMED.value, NOT_REPORTED)
LOW = (FactsStatus.RETURNED.value, NOT_REPORTED)
MOST_GAPS = 8
MOST_MESSAGES = 3
CHILD_WIDTH = {1: PROVINCE, PROVINCE: CITY, CITY: DISTRICT, DISTRICT: STREET}
ACT_TASKS = (
    ("failed", "decided", "未能生效", "更正后重办，或退回修改", "bad"),
    ("review", "submitted", "待审查", "审查通过，或退回修改", "warn"),
    ("decide", "reviewed", "待批复", "政府批复后录入文号和生效日期", "warn"),
    ("returned", "returned", "已退回", "按退回意见修改，再提交", "bad"),
)
AREA_LABELS = {PROVINCE: "省", CITY: "市", DISTRICT: "县（市、区）", STREET: "街道"}


@dataclass(frozen=True)
class Standard:
    """Required beside actual over all communities; gap adds shortages only."""

    subject: str
    required_label: str
    required: Any
    actual: Any
    gap: Any
    unit: str
    short_count: int | None
    short_url: str
    basis: str
    reason: str


@dataclass(frozen=True)
class Progress:
    """How many of all communities have reached a state."""

    label: str
    done: int
    total: int
    low: bool = False


@dataclass(frozen=True)
class Area:
    """A street of a district, or a district of a city, in one line."""

    code: str
    name: str
    url: str
    communities: int
    households: int | None
    short_people: int | None
    short_area: Decimal | None
    money: Decimal | None
    unavailable: int


def tasks(assessment: Assessment, prefix: str, *, collecting: bool = False) -> list[Todo]:
    """Communities whose facts are missing or wrong, most urgent first.

    While a round collects the year's facts, what is not handed in is said by its own lines, and
    only a few of the others have one each.
    """
    most = MOST_WHILE_COLLECTING if collecting else MOST_TASKS
    register = assessment.register
    rows = np.arange(len(register))[register.under(prefix)]
    if collecting:
        rows = rows[np.isin(register.statuses[rows], HANDED_IN)]
    found = []
    lacking = incomplete(assessment)
    for row in rows[lacking[rows] & (register.statuses[rows] != NOT_REPORTED)][:most]:
        subjects = reasoned_subjects(assessment)
        found.append(
            Todo(
                f"补齐{register.names[row]}的数据",
                page_url(register, int(row), prefix),
                assessment.reason(subjects, int(row)),
                "不能测算",
                "bad",
            )
        )
    for row in rows[register.statuses[rows] == NOT_REPORTED][: most - len(found)]:
        found.append(
            Todo(
                f"{register.names[row]}还没有{register.year}年数据",
                page_url(register, int(row), prefix),
                "名录里有这个社区，年度数据还没有导入",
                STATUS_LABELS[NOT_REPORTED],
                "plain",
            )
        )
    total = int((lacking[rows] | (register.statuses[rows] == NOT_REPORTED)).sum())
    if total > len(found):
        url = f"/communities/?year={register.year}&status=incomplete"
        rest = f"其余{total - len(found)}个社区"
        found.append(Todo(rest, url, "在社区台账里逐个打开", "", ""))
    return found


def by_due(*lists: Iterable[Todo]) -> list[Todo]:
    """Lines of several lists in one: what has a day first, by day, then by rank."""
    every = [one for lines in lists for one in lines]
    return sorted(every, key=lambda one: (one.due or date.max, one.rank))


def act_tasks(user: User) -> list[Todo]:
    """Change acts that wait for a person, in one line for each thing to do. At most one query."""
    waiting = get_waiting(user)
    url = reverse("communities:acts")
    return [
        Todo(f"{count}件变更{status}", f"{url}?mine=1&state={state}", hint, status, tag)
        for name, state, status, hint, tag in ACT_TASKS
        if (count := getattr(waiting, name))
    ]


def standards(assessment: Assessment, prefix: str) -> list[Standard]:
    """The main subjects over all communities of a division; empty without a policy in force."""
    if not assessment.policy.lines:
        return []
    rows = np.arange(len(assessment.register))[assessment.register.under(prefix)]
    found = []
    for key, label, required_label, unit, places, subjects in (
        ("committee_members", "居委会成员", "应配", "人", 0, ("committee_members",)),
        ("community_workers", "专职工作人员", "应配", "人", 0, ("community_workers",)),
        ("premises", "用房合计", "应有", "㎡", 2, PREMISES_SUBJECTS),
        ("funding", "年度经费", "测算", "元", 2, tuple(assessment.funding_subjects())),
    ):
        measure = assessment.measure(key)
        if not (measure.has_required[rows].any() or measure.blocked[rows].any()):
            continue
        cell = total_cell(measure, rows, places)
        compared = measure.has_gap[rows].any()
        blocked = int(measure.blocked[rows].sum())
        found.append(
            Standard(
                subject=label,
                required_label=required_label,
                required=cell.required if measure.has_required[rows].any() else None,
                actual=cell.actual,
                gap=cell.gap if compared else None,
                unit=unit,
                short_count=int(measure.short[rows].sum()) if compared else None,
                short_url=f"/communities/?gap=1&year={assessment.register.year}"
                if compared
                else "",
                basis=_basis(assessment, subjects),
                reason=_left_out(key, blocked),
            )
        )
    return found


def _left_out(key: str, blocked: int) -> str:
    if not blocked:
        return ""
    if key == "funding":
        return f"{blocked}个社区缺数据，合计只含能测算的部分"
    return f"{blocked}个社区不能测算，不在合计里"


def _basis(assessment: Assessment, subjects: tuple[str, ...]) -> str:
    """The summaries of the clauses behind a line, nearest text first."""
    said = dict.fromkeys(
        outcome.rule.provision.summary
        for subject in subjects
        for requirement, _ in assessment.parts(subject)[:1]
        for outcome in requirement.outcomes
        if some(outcome.asks)
    )
    return "；".join(list(said)[:2])


def largest_gaps(assessment: Assessment, prefix: str) -> list[LedgerRow]:
    """The communities that lack most people, then most space. One query for street names."""
    rows = get_ledger(assessment, Query(prefix=prefix, gap=True)).order
    people = assessment.measure(assessment.staff_subject)
    space = assessment.measure("premises")
    order = np.lexsort(
        (np.where(space.short, space.gap, 0)[rows], np.where(people.short, people.gap, 0)[rows])
    )
    query = Query(prefix=prefix, scope=prefix)
    return Ledger(assessment, rows[order], query)[:MOST_GAPS]


def reporting(assessment: Assessment, prefix: str) -> list[Progress]:
    """How far the year's facts are; empty without communities.

    Confirmed and not reported are always said, the states between where anything is in them.
    """
    statuses = assessment.register.statuses[assessment.register.under(prefix)]
    total = len(statuses)
    if not total:
        return []
    counts = {key: int((statuses == key).sum()) for key in REPORTED}
    return [
        Progress(label, counts[key], total, low=counts[key] > 0 and key in LOW)
        for key, label in REPORTED.items()
        if counts[key] or key in ALWAYS
    ]


def index_tasks(user: User, assessment: Assessment) -> list[Todo]:
    """Index figures that a person could enter and without which sums cannot be computed.

    One line for all. No query.
    """
    if not user.has_perm("policy.add_indexvalue"):
        return []
    gaps = [
        one
        for one in missing_indices(assessment, user.scope, growth=False)
        if may_enter(user.scope, one.division)
    ]
    if not gaps:
        return []
    subjects = "、".join(dict.fromkeys(name for one in gaps for name in one.subjects))
    return [
        Todo(
            f"缺{len(gaps)}项指数",
            f"{reverse('collection:indices')}?year={assessment.register.year}",
            f"{sum(one.communities for one in gaps)}个社区的{subjects}不能测算",
            "未录入",
            "bad",
        )
    ]


@dataclass(frozen=True)
class Sections:
    """The sections of the form over all communities of a year, and their share together."""

    year: int
    lines: list[Section]

    @property
    def percent(self) -> Fraction:
        """Hundredths of all sections of all communities that are filled in."""
        total = sum(one.total for one in self.lines)
        return Fraction(100 * sum(one.done for one in self.lines), total) if total else Fraction(0)


def sections(user: User, board: Board, year: int) -> Sections | None:
    """How complete the facts are that are being collected: of a year, else of the nearest round.

    One query at most; None without an open round, and for offices wider than a city's.
    """
    call = board.call_of(year) or next(iter(board.calls), None)
    if call is None or not board.counts:
        return None
    year = call.round.year
    if board.entries:
        return Sections(year, sections_of_street(board.entries[call.round.pk]))
    calls = [one for one in board.calls if one.round.year == year]
    totals = {key: counts.communities for key, counts in board.counts.items()}
    return Sections(year, sections_of(user, calls, totals))


def nothing_to_do(board: Board) -> str:
    """What stands in place of an empty to-do list: that nothing is due, and what comes next."""
    coming = next((one for one in board.calendar if one.left is not None), None)
    if coming is None:
        return "今天没有待办，辖区内社区的数据都齐了"
    return f"今天没有待办。下一节点：{coming.on:%m-%d}{coming.what}"


def areas(assessment: Assessment, prefix: str, names: dict[str, str]) -> list[Area]:
    """The units one level down in one line each; empty for a street."""
    width = CHILD_WIDTH.get(len(prefix))
    if width is None:
        return []
    sheet = Sheet(assessment, prefix)
    people, space = assessment.measure(assessment.staff_subject), assessment.measure("premises")
    funding = assessment.measure("funding")
    found = []
    for code, rows in sheet.parts(width):
        found.append(
            Area(
                code,
                names.get(code, code),
                _area_url(code, assessment.register.year),
                len(rows),
                households_of(assessment.register, rows),
                _shortage(people, rows, 0),
                _shortage(space, rows, 2),
                yuan_of(funding, rows),
                int(sheet.blocked[rows].sum()),
            )
        )
    return found


def _shortage(measure: Measure, rows: Any, places: int) -> Any:
    """What the rows lack together, or None where nothing can be compared."""
    gap = total_cell(measure, rows, places).gap
    return None if gap is None else -gap


def _area_url(code: str, year: int) -> str:
    """A street opens the ledger, a wider unit its sheet."""
    if len(code) == STREET:
        return f"/communities/?street={code}&year={year}"
    return f"/districts/{code}/?year={year}"
