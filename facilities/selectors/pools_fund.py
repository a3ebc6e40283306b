"""The sum that a clause in force gives for premises of poor counties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.scope import DISTRICT
from communities.selectors.clauses import clause_of
from policy.engine import Facts, Series, Stack, assess, explain
from policy.selectors import policy_for

SUBJECT = "poor_county_premises_fund"


@dataclass(frozen=True)
class Fund:
    """A clause with a sum for poor counties; amount in yuan, None where it is not of the year.

    `readings`: the options on which that rests, as “label value”.
    """

    clause: str
    summary: str
    year: int
    amount: Decimal | None
    readings: tuple[str, ...]


def fund_of(code: str, year: int) -> Fund | None:
    """What a clause in force at the end of a year gives to the poor counties of a division.

    None where no text in force speaks of it. The sum is asked of the engine for one poor county
    that has all the weight. Three queries at most.
    """
    policy = policy_for(code, date(year, 12, 31))
    rules = [
        rule
        for rule in policy.stack.rules
        if rule.pool is not None
        and rule.provision.subject
        and rule.provision.subject.key == SUBJECT
    ]
    if not rules:
        return None
    told = clause_of(rules[0].text, rules[0].provision)
    amount, readings = _asked(policy.stack, code)
    clause = f"《{told.title}》{told.article}（{told.id}）"
    return Fund(clause, told.summary, year, amount, readings)


def _asked(stack: Stack, code: str) -> tuple[Decimal | None, tuple[str, ...]]:
    county = code.ljust(DISTRICT, "0")
    facts = Facts.from_units([county], {"poor_county": [1], "premises_gap_weight": [1]})
    made = assess(facts, stack, Series({}))
    if SUBJECT not in made.subjects:
        return None, ()
    row = made.row(SUBJECT, 0)
    provisions = explain(made, SUBJECT, 0).provisions
    readings = tuple(
        f"{one.option.label}{one.value_label}" for p in provisions for one in p.options
    )
    return row.required, readings
