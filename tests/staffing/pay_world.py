"""A district with its texts and figures, for tests of pay."""

from datetime import date
from decimal import Decimal

from policy import services
from policy.engine import load_shipped
from policy.models import IndexValue
from staffing.selectors.pay import PayYear
from staffing.selectors.pay_units import Unit

ON = date(2026, 3, 1)
YEAR = 2026


def adopt(text_id: str, jurisdiction: str, **options: str) -> None:
    """A shipped text in force somewhere since 2022."""
    text = services.draft(
        load_shipped(text_id).source,
        by=None,
        jurisdiction=jurisdiction,
        effective_from=date(2022, 1, 1),
        options=options,
    )
    services.publish(text, by=None, on=ON)


def index(series: str, value: str, division: str = "371502", year: int = 2025) -> None:
    IndexValue.objects.create(
        division_code=division, series=series, year=year, value=Decimal(value)
    )


def of(made: PayYear) -> dict[str, Unit]:
    return {unit.name: unit for unit in made.units}


def sums(unit: Unit) -> dict[str, Decimal]:
    return {line.subject: line.amount for line in unit.lines}
