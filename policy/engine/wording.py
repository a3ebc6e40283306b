"""Figures and conditions in Chinese, exactly as a reader can compute them again."""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import lru_cache, singledispatch

from policy.engine.catalogue import Fact, Subject, catalogue
from policy.engine.conditions import (
    All,
    AnyOf,
    Condition,
    FactCompares,
    FactIs,
    Not,
    RatioCompares,
    YearCompares,
)
from policy.engine.expressions import Interval
from policy.engine.facts import Facts

ROUNDING = {"floor": "舍去", "ceil": "进位", "half_up": "四舍五入", "none": ""}
_HELD = {"at_least": "不低于", "above": "高于", "at_most": "不超过", "below": "低于"}
_COMPARED = {"at_least": "不少于", "above": "多于", "at_most": "不多于", "below": "少于"}


def number(value: Fraction | int, places: int | None = None) -> str:
    """An exact figure with thousands separators; one that does not end is written a/b."""
    return _written(value.numerator, value.denominator, places)


@lru_cache(maxsize=20_000)
def _written(num: int, den: int, places: int | None) -> str:
    rest, power = den, 0
    for prime in (2, 5):
        times = 0
        while rest % prime == 0:
            rest, times = rest // prime, times + 1
        power = max(power, times)
    if rest != 1:
        return f"{num}/{den}"
    units = num * 10**power // den
    if places is not None and power < places:
        units, power = units * 10 ** (places - power), places
    whole, decimals = divmod(abs(units), 10**power)
    sign = "-" if units < 0 else ""
    return f"{sign}{whole:,}.{decimals:0{power}d}" if power else f"{sign}{whole:,}"


def percent(rate: Fraction) -> str:
    """A rate as a percentage."""
    return f"{number(rate * 100)}%"


def figure(subject: Subject, value: Fraction | int) -> str:
    """A subject's figure with its unit: 9人, 60,000.00元, 500.10㎡, 2018-02-28."""
    if subject.unit.key == "date":
        return datetime.date.fromordinal(int(value)).isoformat() if value else "—"
    if subject.unit.key == "ratio":
        return percent(Fraction(value))
    places = 2 if subject.unit.places == 2 else None
    return f"{number(value, places)}{subject.unit.label}"


def fact_text(fact: Fact, facts: Facts) -> str:
    """The reported value of a single row in words: 2,847户, 老城区、已建成, 是."""
    column = facts.get(fact.key)
    if column.missing:
        return "未填"
    if fact.kind == "choice":
        return list(fact.choices.values())[column.num]
    if fact.kind == "flag":
        return "是" if column.num else "否"
    if fact.kind == "date":
        return datetime.date.fromordinal(column.num).isoformat()
    unit = fact.unit.label if fact.unit else ""
    return f"{number(Fraction(column.num, 10**fact.places))}{unit}"


def interval_text(interval: Interval, fact: Fact) -> str:
    """A table row's range in words: 3,000户以下（不含）, 1,000㎡以上（含）, 7级."""
    unit = fact.unit.label if fact.unit else ""
    scale = 10**fact.places
    if interval.start == interval.end:
        return f"{number(Fraction(interval.start, scale))}{unit}"
    said = []
    if interval.start or not interval.start_included:
        held = "含" if interval.start_included else "不含"
        said.append(f"{number(Fraction(interval.start, scale))}{unit}以上（{held}）")
    if interval.end is not None:
        held = "含" if interval.end_included else "不含"
        said.append(f"{number(Fraction(interval.end, scale))}{unit}以下（{held}）")
    return "，".join(said) or "任意数"


@singledispatch
def condition_text(condition: Condition) -> str:
    """A condition in words."""
    raise TypeError(condition)


@condition_text.register
def _(condition: FactIs) -> str:
    fact = catalogue().facts[condition.fact]
    if fact.kind == "flag":
        return f"{fact.label}：{'是' if condition.values == (1,) else '否'}"
    labels = list(fact.choices.values())
    if fact.kind == "choice":
        return f"{fact.label}：{'或'.join(labels[value] for value in condition.values)}"
    named = [number(Fraction(value, 10**fact.places)) for value in condition.values]
    return f"{fact.label}为{'或'.join(named)}"


def _limits(limits: tuple[tuple[str, Fraction], ...], unit: str) -> str:
    return "且".join(f"{_COMPARED[key]}{number(limit)}{unit}" for key, limit in limits)


@condition_text.register
def _(condition: FactCompares) -> str:
    fact = catalogue().facts[condition.fact]
    if fact.ordered:
        return f"{fact.label}{limits_text(fact, condition.limits)}"
    return f"{fact.label}{_limits(condition.limits, fact.unit.label if fact.unit else '')}"


def limits_text(fact: Fact, limits: tuple[tuple[str, Fraction], ...]) -> str:
    """What a figure or a choice is held to: 不超过35岁, 不低于大专."""
    labels, unit = list(fact.choices.values()), fact.unit.label if fact.unit else ""
    shown = [
        (key, labels[int(limit)] if labels else f"{number(limit)}{unit}") for key, limit in limits
    ]
    return "且".join(f"{_HELD[key]}{limit}" for key, limit in shown)


@condition_text.register
def _(condition: YearCompares) -> str:
    words = {
        "is": "为",
        "at_least": "起不早于",
        "above": "晚于",
        "at_most": "不晚于",
        "below": "早于",
    }
    return "年份" + "且".join(f"{words[key]}{int(limit)}年" for key, limit in condition.limits)


@condition_text.register
def _(condition: RatioCompares) -> str:
    facts = catalogue().facts
    limits = "且".join(f"{_COMPARED[key]}{percent(limit)}" for key, limit in condition.limits)
    return f"{facts[condition.part].label}占{facts[condition.whole].label}{limits}"


@condition_text.register
def _(condition: All) -> str:
    return "，且".join(condition_text(part) for part in condition.parts)


@condition_text.register
def _(condition: AnyOf) -> str:
    return "，或".join(condition_text(part) for part in condition.parts)


@condition_text.register
def _(condition: Not) -> str:
    return f"不是（{condition_text(condition.part)}）"
