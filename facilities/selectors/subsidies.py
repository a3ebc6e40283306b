"""用房补助测算: what the texts give a division's premises in a year, and who pays.

What the register of premises has is computed from it; the year's facts stand only for communities
that have nothing there, so that no subsidy is counted twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import numpy as np

from accounts.models import User
from accounts.scope import COMMUNITY, contains
from communities.models import Community
from communities.selectors.assessment import Assessment, Present, get_assessment
from communities.selectors.places import division_names
from facilities.choices import ACQUISITIONS
from facilities.models import Premises
from facilities.rules.money import yuan
from facilities.selectors.subsidies_claims import Claim, claims_of
from facilities.selectors.subsidies_ground import SUBSIDISED, Ground, read_ground, read_ground_of
from facilities.selectors.subsidies_lines import (
    FACTS,
    REGISTER,
    SUBJECTS,
    Computed,
    Missing,
    SubsidyLine,
    compute,
)
from policy.engine import catalogue
from policy.selectors import policy_for

# a premises' page looks back so far
MOST_YEARS = 15


@dataclass
class Sums:
    """Lines added up; money in fen.

    blocked: lines that cannot be computed and are left out; nothing: those that come to 0.
    """

    code: str = ""
    name: str = ""
    lines: int = 0
    blocked: int = 0
    nothing: int = 0
    fen: int = 0
    subjects: Counter[str] = field(default_factory=Counter)
    payers: Counter[str] = field(default_factory=Counter)

    def add(self, line: SubsidyLine) -> None:
        self.lines += 1
        if line.fen is None:
            self.blocked += 1
            return
        self.nothing += not line.fen
        self.fen += line.fen
        self.subjects[line.subject] += line.fen
        self.payers.update(line.payers)

    @property
    def total(self) -> Decimal:
        """The sum in yuan."""
        return yuan(self.fen)


@dataclass
class Subsidies:
    """The subsidies of a division in a year. on: the day of the policies, the year's last."""

    prefix: str
    year: int
    on: date
    assessment: Assessment
    computed: Computed
    # communities without a known tenure, and without anything in the register
    unknown: int

    @property
    def lines(self) -> list[SubsidyLine]:
        return self.computed.lines

    @property
    def subjects(self) -> list[str]:
        """The subsidies for which some text in force has a rule, in the catalogue's order."""
        asked = {one.subject.key for one in self.computed.requirements.stack.rules}
        return [one for one in catalogue().subjects if one in asked]

    def sums(self, name: str = "合计") -> Sums:
        return added(self.lines, self.prefix, name)

    def parts(self, width: int) -> list[Sums]:
        """The sums of the units of a code length that have lines, by code. One query."""
        if width == COMMUNITY:
            return self._communities()
        groups: dict[str, list[SubsidyLine]] = {}
        for line in self.lines:
            groups.setdefault(line.code[:width], []).append(line)
        names = division_names(set(groups), self.on)
        return [added(groups[code], code, names.get(code, code)) for code in sorted(groups)]

    def _communities(self) -> list[Sums]:
        groups: dict[int, list[SubsidyLine]] = {}
        for line in self.lines:
            groups.setdefault(line.community, []).append(line)
        found = [added(lines, lines[0].code, lines[0].name) for lines in groups.values()]
        return sorted(found, key=lambda one: one.code)

    def missing(self) -> list[tuple[Missing, int]]:
        """The figures that are not there, and how many lines each blocks, most first."""
        counted = Counter(gap for line in self.lines for gap in line.missing)
        return counted.most_common()


def added(lines: Iterable[SubsidyLine], code: str, name: str) -> Sums:
    """The sums of some lines."""
    sums = Sums(code, name)
    for line in lines:
        sums.add(line)
    return sums


def subsidy_lines(
    user: User, prefix: str, year: int, present: Present | None = None
) -> list[SubsidyLine]:
    """Every subsidy for premises of a division in a year: what an allocation takes.

    By code of the community, then premises. Fen, exact; see SubsidyLine for what stands where
    nothing is paid or nothing can be computed. Each community and subject comes from one source
    only. A fixed number of queries. Raises PermissionError for a prefix outside the scope.
    """
    return subsidies_of(user, prefix, year, present).lines


def subsidies_of(user: User, prefix: str, year: int, present: Present | None = None) -> Subsidies:
    """The subsidies of a division or community in a year, under the policies of its last day.

    Queries and errors as for subsidy_lines; no query for the lines' traces.
    """
    on = date(year, 12, 31)
    assessment = get_assessment(user, prefix, year, on, present)
    register = assessment.register
    rows = dict(zip(register.keys.tolist(), range(len(register)), strict=True))
    ground = read_ground(user, prefix)
    claims = [
        replace(one, code=register.codes[rows[one.community]]) if one.community in rows else one
        for one in claims_of(ground, year)
        if contains(prefix, one.code)
    ]
    names = _names({one.community for one in claims})
    names |= {key: str(register.names[row]) for key, row in rows.items()}
    told = _Told(assessment)
    from_facts, unknown = _from_facts(told, prefix, claims, ground.in_register(year))
    listed = [*((one, REGISTER) for one in claims), *((one, FACTS) for one in from_facts)]
    listed.sort(key=lambda one: (one[0].code, one[0].community, one[0].premises or 0))
    computed = compute(listed, assessment.policy, on, names)
    computed.lines = _beside(computed.lines, told, rows)
    return Subsidies(prefix, year, on, assessment, computed, unknown)


def _names(communities: set[int]) -> dict[int, str]:
    """The present names of communities by key. One query."""
    return dict(Community.objects.filter(pk__in=communities).values_list("pk", "short_name"))


class _Told:
    """What the year's facts give, by row of the register."""

    def __init__(self, assessment: Assessment) -> None:
        self.register = assessment.register
        self.figures = {
            subject: assessment.column(subject)
            for subject in SUBJECTS.values()
            if assessment.parts(subject)
        }

    def fen(self, subject: str, row: int) -> int | None:
        """The amount of a subsidy; None where it is not known."""
        column = self.figures.get(subject)
        return int(column.required[row]) if column and column.has[row] else None

    def fact(self, name: str, row: int) -> int | None:
        cell = self.register.facts.get(name).at(row)
        return None if cell.missing else int(cell.num)


def _beside(lines: list[SubsidyLine], told: _Told, rows: Mapping[int, int]) -> list[SubsidyLine]:
    """The lines with what the year's facts give for the same community and subsidy."""
    sums: Counter[tuple[int, str]] = Counter()
    blocked = set()
    for line in lines:
        sums[line.community, line.subject] += line.fen or 0
        if line.fen is None:
            blocked.add((line.community, line.subject))
    found = []
    for line in lines:
        row = rows.get(line.community) if line.source == REGISTER else None
        fen = None if row is None else told.fen(line.subject, row)
        key = line.community, line.subject
        # what cannot be computed differs from nothing
        apart = fen is not None and key not in blocked and fen != sums[key]
        found.append(replace(line, from_facts=fen, differs=apart))
    return found


def _from_facts(
    told: _Told, prefix: str, claims: list[Claim], inside: set[int]
) -> tuple[list[Claim], int]:
    """Claims by the year's facts, for communities without that kind of premises in the register.

    A community that the register knows gets nothing by its facts: where they give money all the
    same it is listed as settled, so that the difference is seen. Also how many communities there
    are of which neither the register nor the facts tell anything.
    """
    register = told.register
    here = np.zeros(len(register), dtype=bool)
    here[register.under(prefix)] = True
    column = register.facts.get("premises_tenure")
    missing = np.broadcast_to(column.missing, len(register))
    tenures = list(catalogue().facts["premises_tenure"].choices)
    had = {(one.community, one.tenure) for one in claims}
    found: list[Claim] = []
    for tenure in SUBSIDISED:
        rows = np.flatnonzero(here & ~missing & (column.num == tenures.index(tenure)))
        for row in rows.tolist():
            key = int(register.keys[row])
            settled = key in inside
            if (key, tenure) not in had and (not settled or told.fen(SUBJECTS[tenure], row)):
                found.append(_claim_of_facts(told, row, tenure, settled=settled))
    unknown = np.flatnonzero(here & missing).tolist()
    return found, sum(int(register.keys[row]) not in inside for row in unknown)


def _claim_of_facts(told: _Told, row: int, tenure: str, *, settled: bool) -> Claim:
    register, label = told.register, dict(ACQUISITIONS)[tenure]
    said = f"年度数据的取得方式是“{label}”，用房台账里没有这样取得的用房。按台账不补，核对哪一个对"
    return Claim(
        community=int(register.keys[row]),
        code=register.codes[row],
        premises=None,
        name="",
        tenure=str(tenure),
        area=told.fact("premises_area", row),
        price=told.fact("contract_price", row),
        rent=told.fact("contract_rent", row),
        months=told.fact("rented_months", row),
        settled=said if settled else "",
        conflicts=settled,
    )


@dataclass(frozen=True)
class YearOf:
    """What premises get in a year; computed explains the lines."""

    year: int
    lines: list[SubsidyLine]
    computed: Computed


def years_of(user: User, premises: Premises, today: date) -> list[YearOf]:
    """The subsidies of one set of rooms year by year, latest first, at most MOST_YEARS.

    Years without a line are left out. As many queries for any number of rooms; two for each year.
    """
    ground = read_ground_of(user, premises)
    keys = {part.community for site in ground.sites.values() for part in site.parts}
    names = _names(keys)
    first = max(_first_year(ground, premises, today.year), today.year - MOST_YEARS + 1)
    found = []
    for year in range(today.year, first - 1, -1):
        claims = [one for one in claims_of(ground, year) if one.premises == premises.pk]
        on = date(year, 12, 31)
        computed = compute(
            [(one, REGISTER) for one in claims], policy_for(premises.code, on), on, names
        )
        if computed.lines:
            found.append(YearOf(year, computed.lines, computed))
    return found


def _first_year(ground: Ground, premises: Premises, last: int) -> int:
    """The first year of which something is known of premises."""
    days = [premises.valid_from, *(one.signed for one in ground.deeds.get(premises.pk, ()))]
    return min((day.year for day in days if day is not None), default=last)
