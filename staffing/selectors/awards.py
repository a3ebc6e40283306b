"""Awards of a scope, and what an award costs by its clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import User
from communities.models import Community
from policy.engine import catalogue
from policy.selectors import policy_for
from staffing.choices import AwardKind
from staffing.models import Appointment, Award, Person
from staffing.selectors.pay import PayYear
from staffing.selectors.pay_units import Line


@dataclass(frozen=True)
class AwardYear:
    """What an award costs in one year: months in post, the sum, its clause; or why not."""

    year: int
    months: frozenset[int]
    standard: Decimal | None
    amount: Decimal | None
    clauses: list[str]
    text: str
    # for how many months a monthly sum is paid at most; None: the clause does not say
    lasts: int | None


def awards_for(user: User, *, year: int | None = None, state: str = "") -> QuerySet[Award]:
    """Awards of the person's scope, the latest first; year None and state '' for all."""
    rows: QuerySet[Award] = Award.objects.for_user(user).select_related(
        "person", "community", "made_by", "decided_by"
    )
    if year is not None:
        rows = rows.filter(year=year)
    if state:
        rows = rows.filter(state=state)
    return rows.order_by("-year", "code", "-pk")


def find_award(user: User, key: int) -> Award | None:
    """An award inside the scope, or None. One query."""
    return awards_for(user).filter(pk=key).first()


def communities_of(user: User, person: Person) -> QuerySet[Community]:
    """The communities in which a person holds or held a post, by code."""
    keys = Appointment.objects.for_user(user).filter(person=person).values("community")
    rows: QuerySet[Community] = Community.objects.for_user(user).filter(pk__in=keys)
    return rows.order_by("code")


def kinds_for(codes: Iterable[str], on: date) -> list[str]:
    """The awards of which the texts in force on a day speak for some communities."""
    found: set[str] = set()
    for code in codes:
        stack = policy_for(code, on).stack
        flags = [prefix == "" or code.startswith(prefix) for prefix in stack.jurisdictions]
        found |= set(stack.for_prefixes(flags))
    return [kind for kind in AwardKind.values if kind in found]


def line_of(made: PayYear, award: Award) -> Line | None:
    """The line of an award in a person's year, or None."""
    return next(
        (
            line
            for unit in made.units
            for line in unit.lines
            if line.award is not None and line.award.pk == award.pk
        ),
        None,
    )


def award_year(made: PayYear, award: Award) -> AwardYear | None:
    """What an approved award costs in the year of a model; None where nothing is due."""
    line = line_of(made, award)
    if line is None:
        return None
    known = not line.blocked
    return AwardYear(
        made.year,
        line.months,
        line.rate if known else None,
        line.amount if known else None,
        made.standards.clauses(line.subject, line.row) if known else [],
        line.text,
        made.standards.lasts(line.subject, line.row) if known else None,
    )


def period_text(kind: str) -> str:
    """For what period the standard of an award is said."""
    return {"year": "每年", "month": "每月", "once": "一次"}[catalogue().subjects[kind].period]
