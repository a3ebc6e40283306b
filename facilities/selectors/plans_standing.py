"""What communities must have, have and lack of premises: what plans and pools begin from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from accounts.models import User
from communities.selectors.assessment import (
    PREMISES_SUBJECTS,
    Assessment,
    Present,
    get_assessment,
    read_present,
)
from communities.selectors.register import UNKNOWN_COUNT
from facilities.rules.ranking import Need
from facilities.selectors.areas import areas_of, square_metres

NO_STANDARD = "执行的文件没有规定用房面积"
NO_AREA = "用房台账和年度数据都没有用房面积"


@dataclass(frozen=True)
class Standing:
    """A community: areas in hundredths of m², None where unknown; why_not says what is missing.

    `by_facts`: it has nothing in the register of premises, so the area is that of the year's facts.
    """

    key: int
    code: str
    name: str
    required: int | None
    actual: int | None
    by_facts: bool
    households: int | None
    residents: int | None
    why_not: str

    @property
    def gap(self) -> int | None:
        """What is lacking; 0 or less where the standard is kept."""
        if self.required is None or self.actual is None:
            return None
        return self.required - self.actual

    @property
    def gap_m2(self) -> Decimal | None:
        return None if self.gap is None else square_metres(self.gap)

    @property
    def required_m2(self) -> Decimal | None:
        return None if self.required is None else square_metres(self.required)

    @property
    def actual_m2(self) -> Decimal | None:
        return None if self.actual is None else square_metres(self.actual)

    @property
    def is_short(self) -> bool:
        return self.gap is not None and self.gap > 0

    def need(self, by: str) -> Need:
        """As the ranking takes it; by: residents or households."""
        return Need(self.gap, self.residents if by == "residents" else self.households)


@dataclass(frozen=True)
class Standings:
    """The communities under a division by key, in the order of codes; year: of their facts."""

    year: int
    on: date
    by_key: dict[int, Standing]
    assessment: Assessment

    def under(self, prefix: str) -> list[Standing]:
        return [one for one in self.by_key.values() if one.code.startswith(prefix)]

    @property
    def texts(self) -> list[str]:
        """The clauses that say what communities must have, as they are quoted."""
        return clauses_of(self.assessment, PREMISES_SUBJECTS)


def clauses_of(assessment: Assessment, subjects: Iterable[str]) -> list[str]:
    """The clauses of some subjects as pages quote them; no query."""
    rules = [
        outcome.rule
        for subject in subjects
        for requirement, _ in assessment.parts(subject)
        for outcome in requirement.outcomes
    ]
    quoted = [f"《{one.text.title}》{one.provision.article}（{one.id}）" for one in rules]
    return list(dict.fromkeys(quoted))


def year_of_facts(present: Present, on: date) -> int:
    """The latest year with facts that is not after a day; the day's own where there is none."""
    return next((year for year in present.versions.years if year <= on.year), on.year)


def get_standings(user: User, prefix: str, on: date, present: Present | None = None) -> Standings:
    """What the communities under a division lack on a day.

    Required is what the policies in force at the end of the year of the facts ask at least, work
    and service together; actual what the register of premises says of the day, else the facts.
    Five queries beside those of the assessment. Raises PermissionError outside the scope.
    """
    present = present or read_present()
    year = year_of_facts(present, on)
    assessment = get_assessment(user, prefix, year, date(year, 12, 31), present)
    register, rows = assessment.register, assessment.register.under(prefix)
    numbers = range(*rows.indices(len(register)))
    held = areas_of([int(register.keys[row]) for row in numbers], on)
    standings = {}
    for row in numbers:
        key = int(register.keys[row])
        own = held[key].premises if key in held else None
        standings[key] = _standing(assessment, row, own)
    return Standings(year, on, standings, assessment)


def _standing(assessment: Assessment, row: int, own: int | None) -> Standing:
    register, measure = assessment.register, assessment.measure("premises")
    has_low = bool(measure.has_required[row] & measure.has_low[row] & ~measure.blocked[row])
    required = int(measure.low[row]) if has_low else None
    actual = own
    if own is None and measure.has_actual[row]:
        actual = int(measure.actual[row])
    why_not = ""
    if measure.blocked[row]:
        why_not = assessment.reason(list(PREMISES_SUBJECTS), row)
    elif required is None:
        why_not = NO_STANDARD
    elif actual is None:
        why_not = NO_AREA
    households = register.facts.get("households")
    missing = bool(np.broadcast_to(households.missing, len(register))[row])
    return Standing(
        int(register.keys[row]),
        register.present[row],
        str(register.names[row]),
        required,
        actual,
        own is None and actual is not None,
        None if missing else int(households.num[row]),
        _known(register.extra["population_resident"][row]),
        why_not,
    )


def _known(number: Any) -> int | None:
    return None if number == UNKNOWN_COUNT else int(number)
