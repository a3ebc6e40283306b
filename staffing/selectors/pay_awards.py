"""In which months of a year awards are paid: over all posts of a person, whatever is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from accounts.models import User
from policy.engine import catalogue
from staffing.models import Appointment, Award
from staffing.rules.pay_months import NONE, Span, months_granted, unbroken
from staffing.selectors.heads import WHO, who_of
from staffing.selectors.pay_rows import awards_of
from staffing.selectors.pay_standards import Standards


def spans_of(user: User, awards: Iterable[Award], year: int) -> dict[str, list[Span]]:
    """The posts that the awarded ever held by a year, in all of the user's scope. One query."""
    rows = Appointment.objects.for_user(user).filter(
        _identities(awards), valid_from__lte=date(year, 12, 31)
    )
    found: dict[str, list[Span]] = {}
    listed = rows.annotate(who=WHO).order_by().values_list("who", "valid_from", "valid_until")
    for who, start, end in listed:
        found.setdefault(who, []).append((start, end))
    return found


def others_of(user: User, awards: Sequence[Award], year: int) -> list[Award]:
    """The approved awards of the same persons beside those given. One query."""
    rows = Award.objects.for_user(user).filter(_identities(awards))
    return awards_of(rows.exclude(pk__in=[one.pk for one in awards]), year)


def _identities(awards: Iterable[Award]) -> Q:
    """The files of the awarded, those of other streets included."""
    persons = {one.person for one in awards}
    numbers = {one.identity_hmac for one in persons if one.identity_hmac}
    return Q(person__in=[one.pk for one in persons]) | Q(person__identity_hmac__in=numbers)


def months_of(
    standards: Standards, rows: dict[int, Award], spans: dict[str, list[Span]], year: int
) -> dict[int, frozenset[int]]:
    """The months of a year in which each award is paid, by the row of its standard.

    An award ends with leaving and does not resume. Of several of one kind the one that begins
    first is paid, and the next one only in months that are left.
    """
    found: dict[int, frozenset[int]] = {}
    taken: dict[tuple[str, str], frozenset[int]] = {}
    for row, award in sorted(rows.items(), key=lambda one: (one[1].starts_on, one[1].pk)):
        if not standards.speaks(award.kind, row):
            continue
        if catalogue().subjects[award.kind].period == "once":
            starts = award.starts_on
            found[row] = frozenset({starts.month}) if starts.year == year else NONE
            continue
        who = who_of(award.person)
        months = months_granted(award.starts_on, standards.lasts(award.kind, row), year)
        months &= unbroken(award.starts_on, spans.get(who, []), year)
        found[row] = months - taken.get((who, award.kind), NONE)
        taken[who, award.kind] = taken.get((who, award.kind), NONE) | months
    return found
