"""The explanation of one figure: provisions, inputs, formula, bounds, payers, options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from policy.engine.assess import Requirements
from policy.engine.catalogue import Fact, catalogue, level_of
from policy.engine.combine import Requirement
from policy.engine.expressions import FactValue
from policy.engine.formula import Step, write_steps
from policy.engine.outcome import Outcome
from policy.engine.rows import Group, Row, at, make_row
from policy.engine.shapes import BINDINGS
from policy.engine.situation import Situation
from policy.engine.texts import Option, Text
from policy.engine.wording import fact_text, figure, number


@dataclass(frozen=True)
class OptionUsed:
    """A reading of the text that went into a figure."""

    option: Option
    value: str | None

    @property
    def value_label(self) -> str:
        return "还没有设定" if self.value is None else self.option.value_label(self.value)


@dataclass(frozen=True)
class ProvisionTrace:
    """What one provision asks of the row: its formula with the numbers in, and its role."""

    text: Text
    id: str
    article: str
    summary: str
    binding: str
    role: str
    asks: bool
    steps: tuple[Step, ...]
    figure: str
    options: tuple[OptionUsed, ...]


@dataclass(frozen=True)
class Input:
    """A fact or a series figure that went in."""

    label: str
    value: str
    basis: str


@dataclass(frozen=True)
class Trace:
    """One subject of one row explained; final says in one line how the figure came about."""

    row: Row
    label: str
    provisions: tuple[ProvisionTrace, ...]
    inputs: tuple[Input, ...]
    final: str
    payers: tuple[tuple[str, Decimal, Fraction], ...] = field(default=())


def explain(requirements: Requirements, subject: str, number_of_row: int) -> Trace:
    """The trace of one subject of a given row; raises KeyError if no text concerns it."""
    block, local = requirements.given[number_of_row] if requirements.given else (0, number_of_row)
    group, place = requirements.blocks[block].place(local)
    return trace_of(group, subject, place)


def explain_all(requirements: Requirements, number_of_row: int) -> list[Trace]:
    """The traces of every subject of a given row, in the catalogue's order."""
    block, local = requirements.given[number_of_row] if requirements.given else (0, number_of_row)
    group, place = requirements.blocks[block].place(local)
    return [
        trace_of(group, subject, place)
        for subject in catalogue().subjects
        if subject in group.requirements
    ]


def trace_of(group: Group, subject: str, place: int) -> Trace:
    """The trace of one subject at a place of a group of rows."""
    requirement = group.requirements[subject]
    row = make_row(group, subject, place)
    facts = group.facts if group.facts.single else group.facts.one(place)
    used: dict[str, Fact] = {}
    provisions = []
    for outcome in requirement.outcomes:
        sit = Situation(facts, outcome.sit.on, outcome.sit.series)
        provisions.append(_provision(requirement, outcome, sit, place))
        for name in outcome.rule.fact_names:
            used[name] = catalogue().facts[name]
    inputs = tuple(Input(fact.label, fact_text(fact, facts), name) for name, fact in used.items())
    return Trace(
        row,
        requirement.subject.label,
        tuple(provisions),
        inputs,
        _final(requirement, row, provisions),
        _payers(row),
    )


def _provision(
    requirement: Requirement, outcome: Outcome, sit: Situation, place: int
) -> ProvisionTrace:
    rule = outcome.rule
    provision = rule.provision
    asks, blocked = bool(at(outcome.asks, place)), bool(at(outcome.sit.blocked, place))
    steps = _steps(outcome, sit, place) if asks and not blocked else []
    steps = _suggestion(outcome, sit) + steps
    options = rule.text.options
    return ProvisionTrace(
        text=rule.text,
        id=rule.id,
        article=provision.article,
        summary=provision.summary,
        binding=BINDINGS[provision.binding],
        role=_role(requirement, outcome, place) if asks and not blocked else "",
        asks=asks,
        steps=tuple(steps),
        figure=_figure(requirement, outcome, place) if asks and not blocked else "",
        options=tuple(OptionUsed(options[key], value) for key, value in rule.options.items()),
    )


def _steps(outcome: Outcome, sit: Situation, place: int) -> list[Step]:
    rule, subject = outcome.rule, outcome.rule.subject
    if rule.pool is not None:
        return [
            Step(
                "总额分配",
                f"{number(rule.pool.amount)}元按权数以最大余数法分到分",
                figure(subject, _natural(outcome.lo, place, subject.unit.places)),
                False,
            )
        ]
    if rule.provision.distribute and level_of(sit.facts.codes[0]) in ("community", "estate"):
        return _distributed_steps(outcome, place)
    steps: list[Step] = []
    for component in rule.components:
        low = write_steps(component.value, sit, subject, low=True)
        if outcome.hi is outcome.lo:
            steps += low
            continue
        high = write_steps(component.value, sit, subject, low=False)
        steps += (
            low
            if low == high
            else [*low[:-1], _renamed(low[-1], "低端"), _renamed(high[-1], "高端")]
        )
    return steps


def _suggestion(outcome: Outcome, sit: Situation) -> list[Step]:
    """What is suggested where somebody has to decide the figure."""
    value, subject = outcome.rule.components[0].value, outcome.rule.subject
    if not isinstance(value, FactValue) or value.suggested is None:
        return []
    own = Situation(sit.facts, sit.on, sit.series)
    value.suggested.evaluate(own, True)
    if own.blocked or own.unasked:
        return []
    *_, last = write_steps(value.suggested, sit, subject, low=True)
    return [Step("建议", last.expr, last.result, last.formula)]


def _distributed_steps(outcome: Outcome, place: int) -> list[Step]:
    provision, subject = outcome.rule.provision, outcome.rule.subject
    level = catalogue().levels[provision.level]
    fact = catalogue().facts[provision.distribute].label
    low, high = (_natural(num, place, subject.unit.places) for num in (outcome.lo, outcome.hi))
    shown = figure(subject, low) if low == high else f"{number(low)}~{figure(subject, high)}"
    return [
        Step(
            "总量分配",
            f"按{level}{fact}合计核定总量，再按各社区{fact}以最大余数法分配",
            shown,
            False,
        )
    ]


def _renamed(step: Step, label: str) -> Step:
    return Step(label, step.expr, step.result, step.formula)


def _natural(num: Any, place: int, places: int) -> Fraction:
    return Fraction(int(at(num, place)), 10**places)


def _figure(requirement: Requirement, outcome: Outcome, place: int) -> str:
    subject = requirement.subject
    low, high = (_natural(num, place, subject.unit.places) for num in (outcome.lo, outcome.hi))
    band = figure(subject, low) if low == high else f"{number(low)}~{figure(subject, high)}"
    words = {"at_least": "不少于", "at_most": "不超过", "about": "约"}
    return words.get(outcome.rule.provision.binding, "") + band


def _role(requirement: Requirement, outcome: Outcome, place: int) -> str:
    """取此值 where it determined the figure, else whether it bounds it or only stands beside it."""
    if at(requirement.binds(outcome), place):
        return "取此值"
    if outcome.is_target:
        return "参考"
    return "下限" if outcome.floor is not None else "上限"


def _final(requirement: Requirement, row: Row, provisions: Sequence[ProvisionTrace]) -> str:
    """Formula and clause of every provision, and which figure was taken."""
    if row.status != "ok" or row.required is None:
        return row.reason
    said = []
    for one in provisions:
        if one.asks and one.figure:
            formulas = [step.expr for step in one.steps if step.formula]
            # a band has two formulas; its figures alone are clearer in one line
            computed = formulas[-1] if len(formulas) and "~" not in one.figure else ""
            body = f"{computed} = {_bare(one.figure)}" if computed else one.figure
            said.append(f"{body}（《{one.text.title}》{one.article}，{one.binding}）")
    taken = figure(
        requirement.subject,
        Fraction(row.required)
        if requirement.subject.unit.key != "date"
        else row.required.toordinal(),
    )
    return f"{'；'.join(said)} → {taken}"


def _bare(shown: str) -> str:
    for word in ("不少于", "不超过", "约"):
        shown = shown.removeprefix(word)
    return shown


def _payers(row: Row) -> tuple[tuple[str, Decimal, Fraction], ...]:
    total = sum(row.payers.values(), Decimal(0))
    return tuple(
        (payer, amount, Fraction(amount) / Fraction(total) * 100 if total else Fraction(0))
        for payer, amount in row.payers.items()
    )
