"""What a city must have in sum, beside what its communities have."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from accounts.scope import CITY
from communities.selectors.assessment import Assessment, plain_reason
from facilities.selectors.space import Own
from facilities.selectors.space_columns import facts_of, stock_of
from facilities.selectors.space_ledger import Stock
from policy.engine import catalogue
from policy.engine.rows import make_row

CITY_SUBJECT = "city_service_area"
PART = "service_area"


def own_of(assessment: Assessment, city: str, stock: Stock) -> Own | None:
    """The sum that the policies ask of a city; None where none asks for any. No query.

    assessment and stock: of the whole city. The actual area is the register's, and the year's
    facts' for communities that are not in it.
    """
    for block in assessment.requirements.blocks[1:]:
        if block.level != "city":
            continue
        for number, code in enumerate(block.facts.codes):
            group, place = block.place(number)
            if code != city[:CITY] or CITY_SUBJECT not in group.requirements:
                continue
            row = make_row(group, CITY_SUBJECT, place)
            if row.required is None and row.status == "ok":
                return None
            rules = [one.rule for one in group.requirements[CITY_SUBJECT].outcomes]
            actual = _actual(assessment, city, stock)
            return Own(
                label=catalogue().subjects[CITY_SUBJECT].label,
                required=row.required,
                low=row.low,
                actual=actual,
                gap=_gap(actual, row.low, row.required),
                clauses=tuple(
                    f"《{one.text.title}》{one.provision.article}（{one.id}）" for one in rules
                ),
                reason=plain_reason(row.reason),
            )
    return None


def _gap(actual: Decimal | None, low: Decimal | None, required: Decimal) -> Decimal | None:
    """What is lacking of low (negative), or there beyond required; None where nothing binds."""
    if actual is None or low is None:
        return None
    return actual - low if actual < low else max(actual - required, Decimal(0))


def _actual(assessment: Assessment, city: str, stock: Stock) -> Decimal | None:
    there, facts = stock_of(stock, PART), facts_of(assessment, PART)
    rows = np.arange(len(assessment.register))[assessment.register.under(city[:CITY])]
    has = (there.has | facts.has)[rows]
    if not has.any():
        return None
    area = np.where(there.has, there.num, facts.num)[rows]
    return Decimal(int(area[has].sum())).scaleb(-2)
