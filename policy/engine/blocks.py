"""How large one unit may be, where a provision counts one for every so many of a fact."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from policy.engine.assess import Requirements
from policy.engine.compiling import Rule
from policy.engine.expressions import Clamp, Node, Per, Round
from policy.engine.outcome import Outcome
from policy.engine.rows import at
from policy.engine.texts import Text


@dataclass(frozen=True)
class BlockSize:
    """One unit for every `least` to `most` of a fact, and the provision that says so.

    fits: whether whole units of that size make up exactly what the row has of the fact.
    """

    text: Text
    id: str
    article: str
    summary: str
    fact: str
    least: Fraction
    most: Fraction
    fits: bool


def block_sizes(requirements: Requirements, subject: str, number: int) -> list[BlockSize]:
    """The sizes that provisions set for one unit of a subject, for a given row, nearest text first.

    Only provisions that ask something of the row and can be computed there; none if no text
    concerns the subject.
    """
    block, local = requirements.given[number] if requirements.given else (0, number)
    group, place = requirements.blocks[block].place(local)
    requirement = group.requirements.get(subject)
    outcomes = requirement.outcomes if requirement else ()
    return [
        found
        for outcome in outcomes
        if at(outcome.asks, place)
        and not at(outcome.sit.blocked, place)
        and (found := _size(outcome, place))
    ]


def _size(outcome: Outcome, place: int) -> BlockSize | None:
    rule = outcome.rule
    per = _per(rule)
    if per is None or not per.amount.lo > 0:
        return None
    return BlockSize(
        rule.text,
        rule.id,
        rule.provision.article,
        rule.provision.summary,
        per.fact,
        per.every.lo / per.amount.hi,
        per.every.hi / per.amount.lo,
        fits=bool(at(outcome.lo, place) <= at(outcome.hi, place)),
    )


def _per(rule: Rule) -> Per | None:
    """The blocks that a provision counts, under whatever bounds and rounds them."""
    if len(rule.components) != 1:
        return None
    value: Node = rule.components[0].value
    while isinstance(value, Round | Clamp):
        value = value.value
    return value if isinstance(value, Per) else None
