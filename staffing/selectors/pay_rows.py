"""Posts and awards of a year as rows for the engine: one for each post, one for each award."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import QuerySet

from communities.choices import DecisionState
from communities.selectors.assessment import Assessment
from policy.engine import Facts, catalogue, whole_months
from policy.engine.exact import Mask
from policy.engine.facts import FactColumn, read_fact
from staffing.choices import CertificateLevel
from staffing.models import Appointment, Award, Certificate
from staffing.rules.pay_months import last_day_held, months_held
from staffing.rules.spans import age_on
from staffing.selectors.roster import education_on

NO_CERTIFICATE = "none"
# the higher one is what an allowance is paid for
LEVELS = (
    CertificateLevel.OTHER,
    CertificateLevel.ASSISTANT,
    CertificateLevel.INTERMEDIATE,
    CertificateLevel.SENIOR,
)
OWN_FACTS = (
    "post",
    "identity",
    "education",
    "certificate_level",
    "age",
    "grade",
    "months_in_post",
)


@dataclass(slots=True)
class Post:
    """A post that somebody holds in a community in some months of the year."""

    key: int
    person: int
    name: str
    community: int
    code: str
    post: str
    identity: str
    channel: str
    grade: int | None
    valid_from: date
    valid_until: date | None
    born_in: date
    education: str
    months: frozenset[int]
    certificate: str = NO_CERTIFICATE

    @property
    def unit(self) -> tuple[int, int]:
        return self.community, self.person

    def facts(self, year: int) -> dict[str, Any]:
        """What the roster tells of the post on the last day of the year on which it is held."""
        on = last_day_held(self.valid_until, year)
        return {
            "post": self.post,
            "identity": self.identity,
            "education": self.education,
            "certificate_level": self.certificate,
            "age": age_on(self.born_in, on),
            "grade": self.grade,
            "months_in_post": whole_months(self.valid_from, on),
        }


_COLUMNS = {
    "key": "pk",
    "person": "person_id",
    "name": "person__name",
    "community": "community_id",
    "code": "code",
    "post": "post",
    "identity": "identity",
    "channel": "pay_channel",
    "grade": "grade",
    "valid_from": "valid_from",
    "valid_until": "valid_until",
    "born_in": "person__born_in",
    "education": "level",
}


def posts_of(rows: QuerySet[Appointment], year: int) -> list[Post]:
    """The posts of a year, by community and person, with the certificate held. Two queries."""
    running = rows.running(date(year, 1, 1), date(year, 12, 31)).order_by(  # type: ignore[attr-defined]
        "code", "person__name", "person_id", "valid_from", "pk"
    )
    running = running.annotate(level=education_on(date(year, 12, 31)))
    found = []
    for row in running.values_list(*_COLUMNS.values()):
        held: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
        months = months_held(held["valid_from"], held["valid_until"], year)
        found.append(Post(**held, months=months))
    levels = _certificates({one.person for one in found}, date(year, 12, 31))
    for one in found:
        one.certificate = levels.get(one.person, NO_CERTIFICATE)
    return found


def _certificates(persons: Collection[int], on: date) -> dict[int, str]:
    """The highest certificate of each person that holds on a day. One query."""
    rows = Certificate.objects.filter(person__in=persons, issued_on__lte=on).order_by()
    best: dict[int, str] = {}
    for person, level, expires_on in rows.values_list("person_id", "level", "expires_on"):
        if expires_on is not None and expires_on < on:
            continue
        known = best.get(person)
        if known is None or LEVELS.index(CertificateLevel(level)) > LEVELS.index(
            CertificateLevel(known)
        ):
            best[person] = level
    return best


def awards_of(rows: QuerySet[Award], year: int) -> list[Award]:
    """The approved awards that begin in or before a year. One query."""
    begun = rows.filter(state=DecisionState.APPROVED, starts_on__lte=date(year, 12, 31))
    return list(begun.select_related("person", "community").order_by("code", "pk"))


def facts_of(
    assessment: Assessment, places: Sequence[int | None], codes: Sequence[str], given: Sequence[Any]
) -> Facts:
    """Facts of rows: what the roster tells, and the facts of each row's community.

    places: the community's row in the assessment's register, None where it has none. given: the
    roster's facts of each row, by name.
    """
    known = catalogue().facts
    own = {name: [read_fact(known[name], one.get(name)) for one in given] for name in OWN_FACTS}
    made = Facts.from_units(codes, own)
    register = assessment.register
    rows = np.array([len(register) if one is None else one for one in places], dtype=np.int64)

    def derived(name: str) -> FactColumn:
        column = _repeated(register.facts.get(name), rows)
        return _published(column, made, assessment) if name in catalogue().series else column

    made.derive = derived
    return made


def _published(column: FactColumn, made: Facts, assessment: Assessment) -> FactColumn:
    """A fact that is also a series, such as last year's mean income: the figure of the year before.

    What a community has reported itself goes before it.
    """
    fact, year = column.fact, assessment.on.year - 1
    figures, lacking = assessment.policy.series.column(fact.key, made.numbers, year)
    num = np.where(column.missing, figures.whole_units(fact.places, "half_up"), column.num)
    bound = max(column.bound, figures.bound * 10**fact.places)
    return FactColumn(fact, num, column.missing & lacking, bound)


def _repeated(column: FactColumn, rows: Any) -> FactColumn:
    """A fact of communities for each row; one beyond the last community has none."""
    size = len(column.num)
    num = np.append(column.num, 0)[rows]
    missing: Mask = np.append(np.broadcast_to(column.missing, size), True)[rows]
    return FactColumn(column.fact, num, missing, column.bound)
