"""The community page's facts and its years side by side."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from accounts.models import User
from communities.selectors.assessment import (
    PREMISES_SUBJECTS,
    Assessment,
    Present,
    get_assessment,
)
from communities.selectors.designations import Designation, designation_on
from communities.selectors.ledger import cell3
from communities.selectors.register import UNKNOWN_COUNT
from facilities.selectors.space_line import SpaceLine
from policy.engine import catalogue
from policy.engine.wording import fact_text
from staffing.selectors.establishment_roster import RosterLine

MOST_YEARS = 5


@dataclass(frozen=True)
class FactLine:
    """A fact with its unit and the basis on which it counts."""

    label: str
    value: Any
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class FactGroup:
    """Facts under one heading."""

    label: str
    facts: list[FactLine]
    roster: RosterLine | None = None
    space: SpaceLine | None = None


@dataclass(frozen=True)
class YearLine:
    """A year of a community; None is not reported or cannot be computed."""

    year: int
    label: str
    url: str
    households: int | None
    committee_required: int | Decimal | None
    committee_actual: int | Decimal | None
    premises_required: int | Decimal | None
    premises_actual: int | Decimal | None
    funding: Decimal | None
    # the sum leaves out what cannot be computed
    partial: bool = False


POPULATION = (
    "households",
    "households_registered",
    "households_resident",
    "households_occupied",
    "households_recorded",
    "dwellings",
    "new_households",
)
NOTES = {"households": "工作经费和人员按它测算", "premises_area": "建筑面积"}
AREAS = (
    ("work_area_m2", "工作用房"),
    ("service_area_m2", "服务设施"),
    ("property_area_m2", "物业服务用房"),
)
PREMISES = (
    "premises_tenure",
    "premises_area",
    "contract_price",
    "contract_rent",
    "gross_floor_area",
)
STAFF = ("members_in_post", "workers_in_post", "resident_members")


def fact_groups(
    named: Designation,
    assessment: Assessment,
    row: int | None,
    roster: RosterLine | None = None,
    space: SpaceLine | None = None,
) -> list[FactGroup]:
    """What is known of a community in the year; without facts only what the register says."""
    basic = [
        FactLine("社区代码", named.code),
        FactLine("全称", named.name),
        FactLine("组织类型", named.committee_label),
    ]
    if row is None:
        return [FactGroup("基本情况", basic)]
    return [
        FactGroup(
            "基本情况",
            [
                *basic,
                *_facts(assessment, row, ("area_kind", "central_urban", "street_tier")),
            ],
        ),
        FactGroup(
            "户数和人口",
            [
                *_facts(assessment, row, POPULATION),
                FactLine("常住人口", _extra(assessment, row, "population_resident"), "人"),
            ],
        ),
        FactGroup(
            "人员",
            [
                *_facts(assessment, row, STAFF),
                FactLine(
                    "社区党组织成员在岗", _extra(assessment, row, "party_members_in_post"), "人"
                ),
            ],
            roster,
        ),
        FactGroup(
            "用房",
            [
                *_facts(assessment, row, PREMISES),
                *(FactLine(label, _area(assessment, row, name), "㎡") for name, label in AREAS),
            ],
            space=space,
        ),
    ]


def _facts(assessment: Assessment, row: int, names: tuple[str, ...]) -> list[FactLine]:
    return [_fact(assessment, row, name) for name in names]


def _fact(assessment: Assessment, row: int, name: str) -> FactLine:
    fact = catalogue().facts[name]
    column = assessment.register.facts.get(name).at(row)
    note = NOTES.get(name, "")
    if column.missing:
        return FactLine(fact.label, None, "", note)
    if fact.unit is None:
        return FactLine(fact.label, fact_text(fact, assessment.register.facts.one(row)), "", note)
    value = Decimal(column.num).scaleb(-fact.places) if fact.places else column.num
    return FactLine(fact.label, value, fact.unit.label, note)


def _extra(assessment: Assessment, row: int, name: str) -> int | None:
    number = int(assessment.register.extra[name][row])
    return None if number == UNKNOWN_COUNT else number


def _area(assessment: Assessment, row: int, name: str) -> Decimal | None:
    number = _extra(assessment, row, name)
    return None if number is None else Decimal(number).scaleb(-2)


def history(
    user: User, key: int, known: Sequence[Designation], present: Present, current: int
) -> list[YearLine]:
    """A community's last years, each under the policies of its 31 December; at most five.

    `key` is the community's, `known` its codes in the user's scope: each year is read under the
    code of its last day, and left out where that is another scope's.
    """
    lines = []
    for year in present.versions.years[:MOST_YEARS]:
        last_day = datetime.date(year, 12, 31)
        named = designation_on(known, last_day)
        if named is None:
            continue
        assessment = get_assessment(user, named.code, year, last_day, present)
        row = assessment.register.place_of(key)
        if row is not None:
            lines.append(_year_line(assessment, row, year, current))
    return lines


def _year_line(assessment: Assessment, row: int, year: int, current: int) -> YearLine:
    committee = cell3(assessment, "committee_members", ["committee_members"], row, 0)
    premises = cell3(assessment, "premises", list(PREMISES_SUBJECTS), row, 2)
    funding = assessment.measure("funding")
    households = assessment.register.facts.get("households").at(row)
    total = Fraction(int(funding.required[row]), 100) if funding.has_required[row] else None
    return YearLine(
        year=year,
        label=f"{year}",
        url="" if year == current else f"?year={year}",
        households=None if households.missing else households.num,
        committee_required=committee.required,
        committee_actual=committee.actual,
        premises_required=premises.required,
        premises_actual=premises.actual,
        funding=None if total is None else Decimal(int(total * 100)).scaleb(-2),
        partial=bool(funding.blocked[row]),
    )
