"""What a measure may cost and who pays it, where a text in force says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from communities.selectors.assessment import plain_reason
from communities.selectors.clauses import clause_of
from facilities.choices import Means
from facilities.models.plans import PAYERS
from facilities.rules.money import yuan
from policy.engine import Facts, Requirements, assess, catalogue
from policy.selectors import Policy, policy_for

MONTHS = 12


class _Way(NamedTuple):
    subject: str
    series: str
    tenure: str
    months: int


# the money subject of a means, and the series by which its price is estimated
WAYS = {
    Means.BUY: _Way("premises_purchase_subsidy", "average_sale_price", "bought", 1),
    Means.RENT: _Way("premises_rent_subsidy", "average_rent", "rented", MONTHS),
}


@dataclass(frozen=True)
class Suggestion:
    """An estimate of the cost, the payers that a clause names, and the rest that nobody is named
    for; `why_not` says why there is none: then the rest stays empty. Sums in yuan.

    months: how many months of rent are in it; 0 for what is paid once.
    """

    cost: Decimal | None
    payers: dict[str, Decimal]
    rest: Decimal
    price: Decimal | Fraction | None
    price_year: int
    unit: str
    clause: str
    why_not: str
    months: int = 0


def suggest(
    means: str, code: str, area: int, years: tuple[int, int], today: date
) -> Suggestion | None:
    """The estimate for a means, or None where no text in force speaks of it. Three queries at most.

    area: hundredths of m². years: the measure's and the last of its plan; rent is taken for all
    months of both and of those between, so that it compares with what is bought for good. The
    price is that of the year before the measure's, or before the present one for years to come.
    """
    way = WAYS.get(Means(means))
    if way is None:
        return None
    first, last = years
    times = last - first + 1 if way.months > 1 else 1
    on = date(min(first, today.year), 12, 31)
    policy = policy_for(code, on)
    series = catalogue().series[way.series]
    found = policy.series.find(way.series, code, on.year - 1)
    cost = 0 if found is None else _half_up(found.value * area * way.months)
    made = assess(_facts(way, code, area, cost), policy.stack, policy.series)
    if way.subject not in made.subjects:
        return None
    clause = _clause(policy, way.subject)
    if found is None:
        why_not = f"没有{code[:6]}的{on.year - 1}年{series.label}，录入以后才能估算费用"
        return Suggestion(None, {}, Decimal(0), None, on.year - 1, series.unit, clause, why_not)
    payers, why_not = _payers(made, way.subject)
    # a clause gives its part year by year
    payers = {payer: part * times for payer, part in payers.items()}
    whole = yuan(cost) * times
    rest = whole - sum(payers.values(), Decimal(0))
    months = way.months * times if way.months > 1 else 0
    return Suggestion(
        whole, payers, rest, found.value, on.year - 1, series.unit, clause, why_not, months
    )


def _half_up(hundredths: Fraction) -> int:
    """Yuan per m² by hundredths of m² are fen: the nearest whole one, halves up."""
    return (2 * hundredths.numerator + hundredths.denominator) // (2 * hundredths.denominator)


def _facts(way: _Way, code: str, area: int, cost: int) -> Facts:
    tenures = list(catalogue().facts["premises_tenure"].choices)
    return Facts.from_units(
        [code],
        {
            "premises_tenure": [tenures.index(way.tenure)],
            "premises_area": [area],
            # premises of its own, not shared
            "whole_premises_area": [area],
            "contract_price": [cost],
            "contract_rent": [cost],
            "rented_months": [way.months],
        },
    )


def _clause(policy: Policy, subject: str) -> str:
    for rule in policy.stack.rules:
        if rule.provision.subject is not None and rule.provision.subject.key == subject:
            found = clause_of(rule.text, rule.provision)
            return f"《{found.title}》{found.article}（{found.id}）"
    return ""


def _payers(made: Requirements, subject: str) -> tuple[dict[str, Decimal], str]:
    """What the named payers give, and why they give nothing."""
    row = made.row(subject, 0)
    parts = {payer: part for payer, part in row.payers.items() if payer in PAYERS and part}
    if parts:
        return parts, ""
    return {}, plain_reason(row.reason)


def parts_of(suggestion: Suggestion) -> dict[str, Decimal]:
    """The parts of all payers of a form: those named, and nothing for the others."""
    return {name: suggestion.payers.get(name, Decimal(0)) for name in PAYERS}
