"""The pay of one person as its page shows it: every line with its trace, records beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from communities.selectors.assessment import plain_reason
from communities.selectors.traced import Need, need_of
from policy.engine import catalogue, explain
from staffing.models import Appointment, Award, PayRecord, Person
from staffing.rules.pay_months import month_text
from staffing.selectors.pay import PayYear, Place
from staffing.selectors.pay_standards import UNSTATED
from staffing.selectors.pay_units import Compared, Line, Unit, yuan


@dataclass(frozen=True)
class ShownLine:
    """A line with its months and payers in words, and the trace of its standard."""

    line: Line
    months: str
    paid: list[tuple[str, Decimal]]
    need: Need | None


@dataclass(frozen=True)
class ShownRecord:
    """A record of what was paid beside the least; amounts in yuan, None where nothing binds."""

    compared: Compared
    least_pay: Decimal | None
    least_insurance: Decimal | None
    short: Decimal


@dataclass(frozen=True)
class ShownPart:
    """A person's year in one community."""

    place: Place
    unit: Unit
    months: str
    lines: list[ShownLine]
    records: list[ShownRecord]


def find_record(user: User, key: int) -> PayRecord | None:
    """A record inside the scope, or None. One query."""
    rows = PayRecord.objects.for_user(user).select_related("person", "community")
    found: PayRecord | None = rows.filter(pk=key).first()
    return found


def years_of(user: User, person: Person, present: int) -> list[int]:
    """The years in which a person held a post or was paid, the latest first. Three queries."""
    spans = Appointment.objects.for_user(user).filter(person=person)
    years = {present}
    for start, end in spans.values_list("valid_from", "valid_until"):
        years |= set(range(start.year, min(end.year if end else present, present) + 1))
    for model in (PayRecord, Award):
        years |= set(
            model.objects.for_user(user).filter(person=person).values_list("year", flat=True)
        )
    return sorted(years, reverse=True)


def lines_of(made: PayYear) -> list[ShownPart]:
    """The parts of a person's model, one for each community, with traces. No query."""
    return [
        ShownPart(
            place,
            unit,
            month_text(unit.months),
            [_shown(made, line) for line in unit.lines],
            [_record(one) for one in unit.compared],
        )
        for place in made.places
        for unit in place.units
    ]


def _shown(made: PayYear, line: Line) -> ShownLine:
    trace = (
        explain(made.standards.requirements, line.subject, line.row)
        if line.subject in made.standards.columns
        else None
    )
    blocked = f"不能测算，{line.text}" if line.blocked else plain_reason(line.text)
    need = need_of(trace, required_label="标准", blocked_reason=blocked) if trace else None
    paid = [(_label(payer), yuan(fen)) for payer, fen in line.paid.items() if fen]
    return ShownLine(line, month_text(line.months), paid, need)


def _label(payer: str) -> str:
    return "未载明" if payer == UNSTATED else catalogue().payers[payer]


def _record(one: Compared) -> ShownRecord:
    return ShownRecord(
        one,
        None if one.least_pay is None else yuan(one.least_pay),
        None if one.least_insurance is None else yuan(one.least_insurance),
        yuan(one.short),
    )
