"""应有 and 依据和算式: what the policies ask of one community, as the page and paper show it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from communities.selectors.assessment import Assessment, plain_reason
from communities.selectors.register import UNKNOWN_COUNT
from communities.selectors.traced import Need, need_of
from policy.engine import Trace, catalogue, explain_all

GROUPS = (
    ("staff", "人员"),
    ("organisation", "组织和规模"),
    ("premises", "用房"),
    ("funding", "经费"),
    ("pay", "人员待遇标准"),
)
REQUIRED_LABELS = {
    "staff": "应配",
    "premises": "应有",
    "funding": "测算",
    "pay": "标准",
    "organisation": "应有",
}
ACTUAL_LABELS = {"staff": "在岗", "premises": "现有", "organisation": "现有"}
# facts that no street can give
DECIDED_BY_DISTRICTS = {"extra_workers"}
# actual areas of subjects that the register holds beside the engine's facts
ACTUAL_AREAS = {
    "work_premises_area": ("work_area_m2",),
    "service_area": ("service_area_m2",),
    "combined_premises_area": ("work_area_m2", "service_area_m2"),
    "property_premises_area": ("property_area_m2",),
}
ACTUAL_COUNTS = {
    "grids": "grids",
    "service_halls": "service_halls",
    "party_committee_members": "party_members_in_post",
}


@dataclass(frozen=True)
class NeedGroup:
    """The needs of one kind."""

    key: str
    label: str
    note: str
    needs: list[Need] = field(default_factory=list)


def need_groups(assessment: Assessment, row: int) -> list[NeedGroup]:
    """Every subject that the policies in force ask of a row of the register, by kind.

    Subjects that ask nothing of the community are left out; one that cannot be computed says why.
    """
    groups: dict[str, list[Need]] = {}
    for trace in explain_all(assessment.requirements, row):
        if trace.row.required is None and trace.row.status == "ok" and not trace.row.high:
            continue
        group = catalogue().subjects[trace.row.subject].group
        groups.setdefault(group, []).append(_need(assessment, row, trace, group))
    return [NeedGroup(key, label, "", groups[key]) for key, label in GROUPS if key in groups]


def _need(assessment: Assessment, row: int, trace: Trace, group: str) -> Need:
    subject, figures = catalogue().subjects[trace.row.subject], trace.row
    actual = actual_of(assessment, subject.key, row)
    shown = subject.key in ACTUAL_AREAS or subject.key in ACTUAL_COUNTS or bool(subject.actual)
    return need_of(
        trace,
        required_label=REQUIRED_LABELS[group],
        blocked_reason=_blocked(assessment, figures.reason),
        actual_label=ACTUAL_LABELS.get(group, "") if shown else "",
        actual=actual,
        gap=_gap(actual, figures.low, figures.required),
    )


def _gap(actual: Any, low: Any, required: Any) -> Any:
    """What is lacking of low (negative), or there is above required; 0 between the two.

    An about target that nothing binds from below is never missed: None.
    """
    if actual is None or low is None:
        return None
    return actual - low if actual < low else max(actual - required, actual - actual)


def _blocked(assessment: Assessment, reason: str) -> str:
    return f"不能测算，{plain_reason(reason)}{_advice(assessment, reason)}"


def _advice(assessment: Assessment, reason: str) -> str:
    """What to do about figures that are missing, by where they are kept."""
    names = set(re.findall(r"（([a-z_]+)）", reason))
    if names & set(catalogue().series):
        return "。市级在后台补录这项序列后自动测算"
    if names and names <= DECIDED_BY_DISTRICTS:
        return "。由县（市、区）民政部门核定、填报后自动测算"
    if names and names <= set(assessment.register.facts.columns):
        return "。补填年度数据后自动测算"
    return "。本系统还没有登记这一项" if names else ""


def actual_of(assessment: Assessment, subject: str, row: int) -> Any:
    """What the community has of a subject, in natural units, or None where it is not reported."""
    register = assessment.register
    if subject in ACTUAL_AREAS:
        parts = [int(register.extra[name][row]) for name in ACTUAL_AREAS[subject]]
        known = [part for part in parts if part != UNKNOWN_COUNT]
        return Decimal(sum(known)).scaleb(-2) if known else None
    if subject in ACTUAL_COUNTS:
        count = int(register.extra[ACTUAL_COUNTS[subject]][row])
        return None if count == UNKNOWN_COUNT else count
    name = catalogue().subjects[subject].actual
    if not name:
        return None
    column = register.facts.get(name).at(row)
    if column.missing:
        return None
    return Decimal(column.num).scaleb(-column.fact.places) if column.fact.places else column.num
