"""The formula of a value with the numbers in it, step by step, for one row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import singledispatch

from policy.engine.catalogue import Subject, catalogue
from policy.engine.dated import Deadline, Grow, Recurrence
from policy.engine.exact import Column
from policy.engine.expressions import (
    Clamp,
    Const,
    Excess,
    FactValue,
    Index,
    Joined,
    Node,
    Per,
    Quota,
    Round,
    Table,
    When,
)
from policy.engine.situation import Situation
from policy.engine.wording import (
    ROUNDING,
    condition_text,
    fact_text,
    figure,
    interval_text,
    number,
    percent,
)


@dataclass(frozen=True)
class Step:
    """One line of an explanation; a formula can be computed again and gives the result."""

    label: str
    expr: str
    result: str
    formula: bool = True


@dataclass(frozen=True)
class Formula:
    """What a value is computed from: text that can be computed again, and its exact value."""

    text: str
    value: Fraction
    compound: bool = False

    @property
    def part(self) -> str:
        """The text as one of several figures compared: a figure that ends, or the formula."""
        plain = number(self.value)
        return plain if self.compound and "/" not in plain else self.text

    @property
    def factor(self) -> str:
        """The text as a factor or a base: in brackets where it is a sum."""
        return f"（{self.text}）" if _is_sum(self.text) else self.text


def _is_sum(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "（") - (sign == "）")
        if depth == 0 and sign in "+−":
            return True
    return False


@dataclass
class Writer:
    """Writes the steps of one end of a value for one row."""

    sit: Situation
    subject: Subject
    end: Callable[[Const], Fraction]
    low: bool
    steps: list[Step] = field(default_factory=list)

    def formula(self, node: Node) -> Formula:
        """The formula of a node; what leads to it is added to the steps."""
        return formula_of(node, self)

    def step(self, label: str, written: Formula, unit: str | None = None) -> None:
        shown = (
            figure(self.subject, written.value)
            if unit is None
            else (f"{number(written.value)}{unit}")
        )
        self.steps.append(Step(label, written.text, shown))

    def remark(self, label: str, text: str, result: str = "") -> None:
        self.steps.append(Step(label, text, result, formula=False))

    def value(self, node: Node) -> Fraction:
        value = node.evaluate(Situation(self.sit.facts, self.sit.on, self.sit.series), True)
        return (value.lo if self.low else value.hi).at(0)


@singledispatch
def formula_of(node: Node, writer: Writer) -> Formula:
    """The formula of a node for one row."""
    raise TypeError(node)


@formula_of.register
def _(node: Const, writer: Writer) -> Formula:
    value = writer.end(node)
    return Formula(number(value), value)


@formula_of.register
def _(node: FactValue, writer: Writer) -> Formula:
    fact = catalogue().facts[node.fact]
    return Formula(fact_text(fact, writer.sit.facts), writer.value(node))


@formula_of.register
def _(node: Per, writer: Writer) -> Formula:
    fact = catalogue().facts[node.fact]
    unit = fact.unit.label if fact.unit else ""
    count = fact_text(fact, writer.sit.facts)
    size = node.every.hi if writer.low else node.every.lo
    amount = node.amount.lo if writer.low else node.amount.hi
    blocks = f"{count} ÷ {number(size)}{unit}"
    value = writer.value(node)
    if node.block != "none":
        blocks = f"{ROUNDING[node.block]}（{blocks}）"
        return Formula(blocks if amount == 1 else f"{blocks} × {number(amount)}", value, True)
    if amount == 1:
        return Formula(blocks, value, True)
    label = writer.subject.unit.label
    if size == 1 and unit == label:
        return Formula(f"{count} × {number(amount * 1000)}‰", value, True)
    if size == 1:
        return Formula(f"{count} × {number(amount)}{label}", value, True)
    return Formula(f"{count} × {number(amount)}{label} ÷ {number(size)}{unit}", value, True)


@formula_of.register
def _(node: Table, writer: Writer) -> Formula:
    fact = catalogue().facts[node.fact]
    held = writer.sit.facts.get(node.fact).num
    # the rows of a table leave no gap
    interval, value = next(row for row in node.rows if row[0].holds(held))
    writer.remark(
        "适用档次",
        f"{fact.label}{fact_text(fact, writer.sit.facts)}",
        interval_text(interval, fact),
    )
    return writer.formula(value)


@formula_of.register
def _(node: When, writer: Writer) -> Formula:
    # a value of which no case is true asks nothing and is not written
    taken = next(
        branch
        for branch in node.branches
        if branch.condition is None or branch.condition.judge(writer.sit).true
    )
    if taken.condition is not None:
        writer.remark("适用情形", condition_text(taken.condition), taken.reason)
    return writer.formula(taken.value)


@formula_of.register
def _(node: Index, writer: Writer) -> Formula:
    kind = catalogue().series[node.series]
    year = writer.sit.on.year - node.lag
    found = writer.sit.series.find(node.series, writer.sit.facts.codes[0], year)
    value = found.value if found else Fraction(0)
    where = f"区划{found.division}" if found and found.division else "全国"
    writer.remark(f"{year}年{kind.label}", where, f"{number(value)}{kind.unit}")
    if node.factor == 1:
        return Formula(f"{number(value)}{kind.unit}", value)
    shown = percent(node.factor) if (node.factor * 100).denominator == 1 else number(node.factor)
    return Formula(f"{number(value)}{kind.unit} × {shown}", value * node.factor, True)


@formula_of.register
def _(node: Joined, writer: Writer) -> Formula:
    parts = [writer.formula(part) for part in node.parts]
    value = writer.value(node)
    if node.how in ("sum", "product"):
        sign = " + " if node.how == "sum" else " × "
        # a factor of exactly 1 says nothing
        shown = [part for part in parts if node.how == "sum" or part.text != "1"] or parts[:1]
        texts = [part.factor if node.how == "product" else part.text for part in shown]
        return Formula(sign.join(texts), value, len(shown) > 1 or shown[0].compound)
    for part in parts:
        if part.compound:
            writer.step("测算", part)
    name = "取高" if node.how == "max" else "取低"
    return Formula(f"{name}（{'，'.join(_compared(node, parts, writer))}）", value, True)


def _compared(node: Joined, parts: list[Formula], writer: Writer) -> list[str]:
    """The figures compared; all with the unit and its decimals where a reported one has it."""
    unit, facts = writer.subject.unit, catalogue().facts
    with_unit = unit.places == 2 and any(
        isinstance(part, FactValue) and facts[part.fact].unit == unit for part in node.parts
    )
    return [
        f"{number(part.value, 2)}{unit.label}"
        if with_unit and (part.value * 100).denominator == 1
        else part.part
        for part in parts
    ]


@formula_of.register
def _(node: Clamp, writer: Writer) -> Formula:
    inner = writer.formula(node.value)
    if inner.compound:
        writer.step("未封顶、未保底", inner)
    text = inner.part
    if node.low is not None:
        text = f"取高（{text}，{number(node.low.lo)}）"
    if node.high is not None:
        text = f"取低（{text}，{number(node.high.lo)}）"
    return Formula(text, writer.value(node), True)


@formula_of.register
def _(node: Round, writer: Writer) -> Formula:
    inner = writer.formula(node.value)
    mode = node.low_mode if writer.low else node.high_mode
    if mode == "none" or (inner.value / node.step).denominator == 1:
        return inner
    return rounded(inner, node.step, mode, writer.value(node))


def rounded(inner: Formula, step: Fraction, mode: str, value: Fraction) -> Formula:
    """A formula rounded to a multiple of step."""
    to = "" if step == 1 else f"到{number(step)}"
    return Formula(f"{ROUNDING[mode]}{to}（{inner.text}）", value, True)


@formula_of.register
def _(node: Quota, writer: Writer) -> Formula:
    fact = catalogue().facts[node.fact]
    count = fact_text(fact, writer.sit.facts)
    text = f"进位（{count} × {number(node.share)}）"
    return Formula(text, writer.value(node), True)


@formula_of.register
def _(node: Excess, writer: Writer) -> Formula:
    value = node.value.evaluate(Situation(writer.sit.facts, writer.sit.on, writer.sit.series), True)
    text = f"{number(value.unbound.at(0))} − {number(value.lo.at(0))}"
    if value.unbound.at(0) < value.lo.at(0):
        text = f"取高（{text}，0）"
    return Formula(text, writer.value(node), True)


@formula_of.register
def _(node: Grow, writer: Writer) -> Formula:
    base = writer.formula(node.value)
    years = node.years(writer.sit.on)
    value = writer.value(node)
    if node.rate is None:
        return _grown_by_decision(node, writer, base, value)
    if years == 0:
        writer.remark("增长", f"{node.start}年起算，当年不增长")
        return base
    if node.round_each_year is not None:
        writer.remark(
            "增长",
            f"{node.start}年起每年{percent(node.rate)}，共{years}年",
            f"每年四舍五入到{number(node.round_each_year)}",
        )
        return Formula(number(value), value)
    rate = percent(node.rate)
    writer.remark("增长", f"{node.start}年起每年{rate}", f"{years}年")
    factor = f"（1 + {rate}）^{years}" if node.mode == "compound" else f"（1 + {rate} × {years}）"
    return Formula(f"{base.factor} ×{factor}", value, True)


def _grown_by_decision(node: Grow, writer: Writer, base: Formula, value: Fraction) -> Formula:
    decided, silent, text = [], [], base.factor
    for year in range(node.start + 1, node.start + node.years(writer.sit.on) + 1):
        found = writer.sit.series.find(node.series, writer.sit.facts.codes[0], year)
        if found is None:
            silent.append(year)
        else:
            decided.append(year)
            text = f"{text} ×（1 + {percent(found.value)}）"
    if silent:
        span = (
            f"{silent[0]}年" if len(silent) == 1 else f"{silent[0]}~{silent[-1]}年中{len(silent)}年"
        )
        writer.remark("自然增长", f"{span}没有增长决定", "按不增长")
    return Formula(text, value, True) if decided else base


@formula_of.register
def _(node: Deadline, writer: Writer) -> Formula:
    fact = catalogue().facts[node.fact]
    span = (
        f"{node.months}个月"
        if node.months
        else f"{node.days}天"
        if node.days
        else f"{node.working_days}个工作日"
    )
    value = writer.value(node)
    writer.remark(
        "期限",
        f"{fact.label}{fact_text(fact, writer.sit.facts)}之后{span}内",
        figure(writer.subject, value),
    )
    return Formula(figure(writer.subject, value), value)


@formula_of.register
def _(node: Recurrence, writer: Writer) -> Formula:
    span = f"{node.months // 12}年" if node.months % 12 == 0 else f"{node.months}个月"
    writer.remark("频次", f"每{span}", f"至少{number(node.times)}次")
    return Formula(number(node.times), node.times)


def write_steps(node: Node, sit: Situation, subject: Subject, *, low: bool) -> list[Step]:
    """The steps of one end of a value for a single row; the last one is rounded by the unit."""
    end: Callable[[Const], Fraction] = (lambda one: one.lo) if low else (lambda one: one.hi)
    writer = Writer(sit, subject, end, low)
    written = writer.formula(node)
    step = Fraction(1, 10**subject.unit.places)
    exact = Column.constant(written.value).rounded(step, subject.unit.rounding).at(0)
    if exact != written.value:
        written = rounded(written, step, subject.unit.rounding, exact)
    if subject.unit.key == "date" or isinstance(node, Recurrence):
        return writer.steps
    if written.text == number(written.value):
        writer.remark("文件规定", "", figure(subject, written.value))
    else:
        writer.step("结果", written)
    return writer.steps
