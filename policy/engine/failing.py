"""Why a condition does not hold of one person: the figure, and what it should be."""

from __future__ import annotations

from functools import singledispatch

from policy.engine.catalogue import catalogue
from policy.engine.conditions import (
    All,
    AnyOf,
    Condition,
    FactCompares,
    FactIs,
)
from policy.engine.situation import Situation
from policy.engine.wording import condition_text, fact_text, limits_text


@singledispatch
def failing(condition: Condition, sit: Situation) -> str:
    """What is wrong with the single row of a situation, for which the condition is false."""
    return f"不符合“{condition_text(condition)}”"


@failing.register
def _(condition: FactCompares, sit: Situation) -> str:
    fact = catalogue().facts[condition.fact]
    broken = tuple(
        limit for limit in condition.limits if not FactCompares(fact.key, (limit,)).judge(sit).true
    )
    return f"{fact.label}{fact_text(fact, sit.facts)}，应{limits_text(fact, broken)}"


@failing.register
def _(condition: FactIs, sit: Situation) -> str:
    fact = catalogue().facts[condition.fact]
    shown = fact_text(fact, sit.facts)
    if fact.kind != "choice":
        return f"{fact.label}{shown}，应为“{condition_text(condition)}”"
    labels = list(fact.choices.values())
    return f"{fact.label}“{shown}”，应为{'或'.join(labels[value] for value in condition.values)}"


@failing.register
def _(condition: All, sit: Situation) -> str:
    judged = [(part, part.judge(sit)) for part in condition.parts]
    return "；".join(failing(part, sit) for part, one in judged if not one.true and not one.unknown)


@failing.register
def _(condition: AnyOf, sit: Situation) -> str:
    return "；或者".join(failing(part, sit) for part in condition.parts)
