"""One subject of one row explained, as the components need.html and why.html take it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from communities.selectors.assessment import plain_reason
from policy.engine import Trace, catalogue
from policy.engine.formula import Step as EngineStep
from policy.engine.trace import ProvisionTrace

UNSTATED = "unstated"
SOURCES = {"local": "本市设定", "text": "文件"}


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


def need_of(
    trace: Trace,
    *,
    required_label: str,
    blocked_reason: str,
    actual_label: str = "",
    actual: Any = None,
    gap: Any = None,
) -> Need:
    """A trace as a Need; blocked_reason is shown where it cannot be computed."""
    subject, figures = catalogue().subjects[trace.row.subject], trace.row
    asking = [one for one in trace.provisions if one.asks]
    unclamped = figures.unclamped if figures.unclamped != figures.required else None
    return Need(
        subject=subject.key,
        label=trace.label,
        unit=subject.unit.label,
        required_label=required_label,
        required=_shown(subject.unit.key, figures.required),
        low=_shown(subject.unit.key, figures.low),
        high=_shown(subject.unit.key, figures.high),
        unclamped=_shown(subject.unit.key, unclamped),
        actual_label=actual_label,
        actual=actual,
        gap=gap,
        reason_line=_reason_line(trace, asking),
        conflict=figures.conflict,
        status=figures.status,
        blocked_reason=blocked_reason,
        clauses=[_clause(one) for one in asking],
        steps=[step for one in asking for step in _steps(one)],
        final_line=plain_reason(trace.final) if figures.status == "ok" else "",
        payers=_payers(trace),
        options=_options(asking),
        inputs=[InputShown(one.label, one.value, "") for one in trace.inputs],
    )


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
