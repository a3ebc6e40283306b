"""A demo year under way: rounds, facts in every state, a slip, a correction, an import."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from accounts.scope import STREET
from collection.choices import RoundState, Source, StepKind, UploadState
from collection.models import FactsDraft, FactsStep, Round, Upload
from collection.rules.checks import UNLIKELY, check
from collection.rules.fields import FIELDS
from collection.rules.reading import written
from collection.selectors.known import known_for
from collection.selectors.reviews import values_of
from collection.selectors.rounds import calls_for
from collection.services.corrections import Grounds, propose
from collection.services.facts import take_step
from collection.services.rounds import open_round, plan
from communities.choices import FactsStatus
from communities.models import AnnualFacts, Community
from communities.services.locks import unlocked

# The year is always under way on the day on which it is loaded first.
OPENED_DAYS, LEFT_DAYS = 60, 9
MEASURE = "households_recorded"
ASKED = (
    MEASURE, "new_households", "population_resident", "dwellings", "completed_dwellings",
    "occupied_dwellings", "area_kind", "gross_floor_area_m2", "premises_tenure",
    "premises_area_m2", "work_area_m2", "service_area_m2", "property_area_m2", "service_halls",
    "contract_price_yuan", "contract_rent_yuan", "rented_months", "committee_members_in_post",
    "resident_members", "party_members_in_post", "community_workers_in_post", "received_yuan",
)  # fmt: skip
NOTE = "演示任务。按统计时点的实有数填写，没有的填0"
# A slip that the form asks about; one that is right so far; what is to be corrected.
SLIP, BEGUN, CORRECTED = "371502001006", "371502002013", "371502001004"
SENT_BACK = "371502001009"
COMMENTS = {
    "": "用房各项没有填，按产权证或租赁合同补上",
    "premises_area_m2": "与产权证登记的面积核对后填写",
}
IMPORT_NAME = "柳园街道数据填报.xlsx"


@dataclass(frozen=True)
class Office:
    """A round of the demo: whose it is, who runs it, and who hands facts in in which street."""

    code: str
    title: str
    officer: str
    clerks: Mapping[str, str]
    reviewers: Mapping[str, str]
    confirms: Mapping[str, str]

    @property
    def street_review(self) -> bool:
        return bool(self.reviewers)


OFFICES = (
    Office(
        "3715",
        "社区保障数据填报",
        "liaocheng",
        {"371502001": "gulou", "371502002": "liuyuan"},
        {"371502001": "gulou-shenhe"},
        {"371502": "dongchangfu"},
    ),
    Office(
        "330206",
        "北仑区社区数据填报",
        "beilun",
        {"330206002": "xinqi"},
        {},
        {"330206": "beilun"},
    ),
)
# who takes over the figures of streets without a demo account
IMPORTER = "admin"


@transaction.atomic
def load_demo_collection(*, year: int, at: datetime, on: date, corrections_url: str) -> int:
    """Open the demo rounds of a year of demo facts; return how many, 0 where they are there.

    Needs the demo accounts and facts; an office without its accounts or facts gets no round.
    Opened 60 days before `on`, closing 9 days after. Which rows are in which state follows from
    the facts alone, so that every machine shows the same ones.
    """
    people = {one.username: one for one in User.objects.select_related("role")}
    opened: list[str] = []
    for office in OFFICES:
        needed = {office.officer, IMPORTER, *office.clerks.values(), *office.reviewers.values()}
        rows = AnnualFacts.objects.under(office.code).filter(year=year, is_demo=True)
        known = _has_round(office.code, year)
        if known or needed - people.keys() or not rows.exists():
            continue
        _open(office, year, people, at, on)
        with unlocked():
            _hand_in(office, year, people, at)
        opened.append(office.code)
    if OFFICES[0].code in opened:
        _single_cases(year, people, at, on, corrections_url)
    return len(opened)


def _has_round(code: str, year: int) -> bool:
    """Whether anybody has a round of the year that asks a street of the unit already."""
    above = [code[:length] for length in (4, 6) if length <= len(code)]
    rounds = Round.objects.filter(Q(code__in=above) | Q(code__startswith=code), year=year)
    return rounds.exists()


def _open(office: Office, year: int, people: Mapping[str, User], at: datetime, on: date) -> None:
    opens_on = on - timedelta(days=OPENED_DAYS)
    one = plan(
        one=Round(
            code=office.code,
            year=year,
            title=f"{year}年度{office.title}",
            reference_on=date(year, 6, 30),
            households_measure=MEASURE,
            asked=list(ASKED),
            street_review=office.street_review,
            opens_on=opens_on,
            closes_on=on + timedelta(days=LEFT_DAYS),
            state=RoundState.DRAFT,
            note=NOTE,
            made_by=people[office.officer],
            is_demo=True,
        )
    )
    open_round(one=one, version=one.version, by=people[office.officer], on=on, at=at)


def _hand_in(office: Office, year: int, people: Mapping[str, User], at: datetime) -> None:
    """Give rows that were handed in their reasons, their steps, and who took them."""
    communities = list(
        Community.objects.under(office.code).filter(
            annual_facts__year=year, annual_facts__is_demo=True
        )
    )
    calls = calls_for({one.code[:STREET] for one in communities}, year)
    known = known_for(communities, year, calls)
    keys = [one.pk for one in communities]
    rows = list(AnnualFacts.objects.filter(community__in=keys, year=year).order_by("code"))
    steps: list[FactsStep] = []
    for row in rows:
        if row.status == FactsStatus.DRAFT:
            continue
        row.reasons = {
            one.name: f"演示：{FIELDS[one.name].label}按统计时点的实际数填报"
            for one in check(values_of(row), known[row.community_id])
            if one.grade == UNLIKELY
        }
        steps += _taken(office, row, people, at)
        row.version += 1
    AnnualFacts.objects.bulk_update(
        rows,
        [
            "reasons",
            "status",
            "submitted_by",
            "reviewed_by",
            "confirmed_by",
            "confirmed_at",
            "version",
        ],
    )
    FactsStep.objects.bulk_create(steps)


def _taken(
    office: Office, row: AnnualFacts, people: Mapping[str, User], at: datetime
) -> Iterable[FactsStep]:
    """The steps that led a row to its state; its columns are set to say the same."""
    street, district = row.street_code, row.district_code
    clerk = people.get(office.clerks.get(street, ""))
    reviewer = people.get(office.reviewers.get(street, ""))
    officer = people.get(office.confirms.get(district, ""))
    row.submitted_by = clerk or people[IMPORTER]
    yield _step(row, StepKind.SUBMIT if clerk else StepKind.IMPORT, row.submitted_by, at, 12)
    confirmed = row.status == FactsStatus.CONFIRMED
    # a street with a reviewer leaves what was just handed in to that person
    if office.street_review and clerk is not None and not confirmed:
        return
    row.reviewed_by = reviewer
    if reviewer:
        yield _step(row, StepKind.PASS, reviewer, at, 8)
    if not confirmed:
        row.status = FactsStatus.REVIEWED
    elif officer:
        row.confirmed_by, row.confirmed_at = officer, at - timedelta(days=5)
        yield _step(row, StepKind.CONFIRM, officer, at, 5)


def _step(row: AnnualFacts, kind: StepKind, by: User, at: datetime, days: int) -> FactsStep:
    return FactsStep(facts=row, code=row.code, kind=kind, by=by, at=at - timedelta(days=days))


def _single_cases(
    year: int, people: Mapping[str, User], at: datetime, on: date, corrections_url: str
) -> None:
    """In Liaocheng: a form with a slip, one begun, one sent back, a correction, an import."""
    rows = {
        row.code: row
        for row in AnnualFacts.objects.filter(
            year=year, is_demo=True, code__in=(SLIP, BEGUN, CORRECTED, SENT_BACK)
        )
    }
    if row := rows.get(SLIP):
        _draft(row, people["gulou"], at, times=10)
    if row := rows.get(BEGUN):
        _draft(row, people["liuyuan"], at, times=1)
    if (row := rows.get(SENT_BACK)) and row.status == FactsStatus.SUBMITTED:
        take_step(
            row,
            StepKind.RETURN,
            status=FactsStatus.RETURNED,
            by=people["gulou-shenhe"],
            at=at - timedelta(days=2),
            comments=COMMENTS,
        )
    if (row := rows.get(CORRECTED)) and row.status == FactsStatus.CONFIRMED:
        _correct(row, people["gulou"], at, on, corrections_url)
    _import(year, people["liuyuan"], at)


def _draft(row: AnnualFacts, by: User, at: datetime, *, times: int) -> None:
    """What somebody has typed so far; with times=10 one digit too many."""
    if row.status != FactsStatus.DRAFT or row.households_recorded is None:
        return
    field = FIELDS[MEASURE]
    cells = {MEASURE: written(field, row.households_recorded * times)}
    FactsDraft.objects.create(
        community_id=row.community_id,
        year=row.year,
        code=row.code,
        cells=cells,
        stamps={name: [1, by.pk, at.isoformat()] for name in cells},
        facts_version=row.version,
        changed_by=by,
        changed_at=at - timedelta(hours=3),
    )


def _correct(row: AnnualFacts, by: User, at: datetime, on: date, url: str) -> None:
    name = "committee_members_in_post"
    present: Any = row.committee_members_in_post
    if present is None:
        return
    propose(
        facts=row,
        version=row.version,
        texts={name: str(present + 1)},
        grounds=Grounds("演示：补选1人，任职文件晚于填报", "演示字〔2026〕12号", on),
        by=by,
        at=at - timedelta(days=1),
        url=url,
    )


def _import(year: int, by: User, at: datetime) -> None:
    """The record of an import that is done; what it changed is in the facts already."""
    done = at - timedelta(days=13)
    Upload.objects.create(
        kind="facts",
        code=by.scope,
        year=year,
        source=Source.FILE,
        file_name=IMPORT_NAME,
        sheet_name="填报",
        sha256=hashlib.sha256(IMPORT_NAME.encode()).hexdigest(),
        size=18_432,
        made_by=by,
        made_at=done,
        state=UploadState.DONE,
        counts={"taken": 12, "unchanged": 7, "taken_new": 0, "taken_changed": 12},
        message="演示记录",
        finished_by=by,
        finished_at=done + timedelta(minutes=4),
    )
