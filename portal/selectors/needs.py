"""应有 and 依据和算式: what the policies ask of one community, as the page and paper show it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from communities.selectors.assessment import Assessment, plain_reason
from communities.selectors.register import UNKNOWN_COUNT
from policy.engine import Trace, catalogue, explain_all
from policy.engine.formula import Step as EngineStep
from policy.engine.trace import ProvisionTrace

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
UNSTATED = "unstated"
# facts that no street can give
DECIDED_BY_DISTRICTS = {"extra_workers"}
SOURCES = {"local": "本市设定", "text": "文件"}
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
class Clause:
    """A provision that was considered."""

    title: str
    doc_no: str
    article: str
    id: str
    summary: str
    role: str


@dataclass(frozen=True)
class Step:
    """A line of the calculation."""

    label: str
    expr: str
    result: str
    source: str
    article: str


@dataclass(frozen=True)
class Payer:
    """Who pays how much; percent of the sum, exact."""

    payer: str
    label: str
    amount: Decimal
    percent: Fraction
    source: str


@dataclass(frozen=True)
class OptionShown:
    """A reading of the text that the figure rests on."""

    id: str
    label: str
    value_label: str
    source: str


@dataclass(frozen=True)
class InputShown:
    """A fact that went in."""

    label: str
    value: str
    basis: str
    on: None = None


@dataclass(frozen=True)
class Need:
    """One subject of one community; figures in natural units, None prints as a dash."""

    subject: str
    label: str
    unit: str
    required_label: str
    required: Any
    low: Any
    high: Any
    unclamped: Any
    actual_label: str
    actual: Any
    gap: Any
    reason_line: str
    conflict: str
    status: str
    blocked_reason: str
    clauses: list[Clause]
    steps: list[Step]
    final_line: str
    payers: list[Payer]
    options: list[OptionShown]
    inputs: list[InputShown]
    open: bool = False

    @property
    def least(self) -> Any:
        """What the gap is counted from where that is less than required; else None."""
        if None in (self.gap, self.required, self.actual) or self.low == self.required:
            return None
        return self.low if self.actual < self.required else None


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
    asking = [one for one in trace.provisions if one.asks]
    unclamped = figures.unclamped if figures.unclamped != figures.required else None
    return Need(
        subject=subject.key,
        label=trace.label,
        unit=subject.unit.label,
        required_label=REQUIRED_LABELS[group],
        required=_shown(subject.unit.key, figures.required),
        low=_shown(subject.unit.key, figures.low),
        high=_shown(subject.unit.key, figures.high),
        unclamped=_shown(subject.unit.key, unclamped),
        actual_label=ACTUAL_LABELS.get(group, "") if shown else "",
        actual=actual,
        gap=_gap(actual, figures.low, figures.required),
        reason_line=_reason_line(trace, asking),
        conflict=figures.conflict,
        status=figures.status,
        blocked_reason=_blocked(assessment, figures.reason),
        clauses=[_clause(one) for one in asking],
        steps=[step for one in asking for step in _steps(one)],
        final_line=plain_reason(trace.final) if figures.status == "ok" else "",
        payers=_payers(trace),
        options=_options(asking),
        inputs=[InputShown(one.label, one.value, "") for one in trace.inputs],
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


def _payer_label(payer: str) -> str:
    label = catalogue().payers[payer]
    return f"{label}财政" if label.endswith("级") else label


def _shown(unit: str, value: Any) -> Any:
    # a date is not a figure; the page prints it as text in the reason
    return None if unit == "date" else value


def _reason_line(trace: Trace, asking: list[ProvisionTrace]) -> str:
    if trace.row.reason:
        return plain_reason(trace.row.reason)
    bound = [one for one in asking if one.role == "取此值"] or asking
    formulas = [step for one in bound[:1] for step in one.steps if step.formula]
    if not formulas:
        return bound[0].summary if bound else ""
    first, last = formulas[0], formulas[-1]
    taken = "" if first.result == last.result else f"，{last.expr} = {last.result}"
    return f"{first.expr} = {first.result}{taken}"


def _clause(one: ProvisionTrace) -> Clause:
    return Clause(one.text.title, one.text.doc_no, one.article, one.id, one.summary, one.role)


def _steps(one: ProvisionTrace) -> list[Step]:
    return [_step(one, step) for step in one.steps]


def _step(one: ProvisionTrace, step: EngineStep) -> Step:
    return Step(step.label, step.expr, step.result, "文件", f"{one.article}（{one.id}）")


def _payers(trace: Trace) -> list[Payer]:
    if not trace.row.required or trace.row.unit != "yuan":
        return []
    if not trace.payers:
        return [Payer(UNSTATED, "未载明", trace.row.required, Fraction(100), "文件未载明")]
    readings = {
        used.value
        for one in trace.provisions
        for used in one.options
        if used.option.key.endswith(".payer") and used.option.source == "local"
    }
    return [
        Payer(
            payer, _payer_label(payer), amount, percent, "本市设定" if payer in readings else "文件"
        )
        for payer, amount, percent in trace.payers
        if amount
    ]


def _options(asking: list[ProvisionTrace]) -> list[OptionShown]:
    shown = {
        used.option.key: OptionShown(
            used.option.key, used.option.label, used.value_label, SOURCES[used.option.source]
        )
        for one in asking
        for used in one.options
    }
    return list(shown.values())


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
