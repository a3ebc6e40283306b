"""Whether what communities have together fits the register: areas, and the facts of a year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator
from django.db.models import DecimalField, Sum

from communities.models import AnnualFacts
from communities.services.areas import areas_after
from communities.services.facts_flow import ADDITIVE
from communities.services.plan_amounts import shown
from communities.services.plan_case import Case, Mistake
from communities.services.plan_codes import MOST_AREA


def check_area(case: Case) -> Iterator[Mistake]:
    """An area that is not written is a sum, or what is left of one: the column must hold it."""
    areas = areas_after(case.kind, case.plan, case.before)
    for one in case.plan.successors:
        total = areas[one.key]
        if one.area_km2 is None and total is not None and total >= MOST_AREA:
            message = f"面积合计{shown(total)}平方公里，不到{MOST_AREA}才能登记。核对各社区的面积"
            yield Mistake(f"successor:{one.key}", message)


def check_facts(case: Case) -> Iterator[Mistake]:
    """What communities reported of the years that are added together fits its columns.

    Asked of the communities together, whichever successor gets the most of it. One query; none
    for fewer than two communities with flows.
    """
    if len(case.plan.sources) < 2:
        return
    rows = AnnualFacts.objects.filter(community__in=case.plan.sources, year__gte=case.on.year)
    sums = {f"sum_{name}": Sum(name) for name in ADDITIVE}
    years: Any = rows.order_by("year").values("year").annotate(**sums)
    for row in years:
        for name in ADDITIVE:
            total, field = row[f"sum_{name}"], AnnualFacts._meta.get_field(name)
            if total is not None and total > (most := most_of(field)):
                words = f"{row['year']}年度{label_of(field)}合计{total:,}，最多{most:,}"
                yield Mistake("communities", f"{words}。核对各社区的数据")


def label_of(field: Any) -> str:
    return str(field.verbose_name)


def most_of(field: Any) -> Decimal | int:
    """The largest value that a column of numbers takes."""
    limits: list[Any] = [
        one.limit_value for one in field.validators if isinstance(one, MaxValueValidator)
    ]
    if isinstance(field, DecimalField):
        whole, places = field.max_digits - field.decimal_places, field.decimal_places
        limits.append(Decimal(10) ** whole - Decimal(1).scaleb(-places))
    least: Decimal | int = min(limits)
    return least
