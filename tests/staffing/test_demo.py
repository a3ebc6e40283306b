"""The demo rosters: as many people as the facts say, each step of an election, what is wrong."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from accounts.models import User
from accounts.scope import scope
from communities.models import AnnualFacts, Organisation
from communities.services import load_demo
from communities.services.demo_register import load_demo_register
from staffing.choices import ActKind
from staffing.models import (
    Appointment,
    Attendance,
    Award,
    Candidate,
    Certificate,
    Course,
    Election,
    ElectionRound,
    ExtraWorkers,
    PayRecord,
    Person,
    QuotaPlan,
    StaffAct,
)
from staffing.selectors.checks import KINDS
from staffing.selectors.checks_ground import Ground
from staffing.selectors.heads import heads_of
from staffing.services.demo import Addresses, load_demo_staff
from staffing.services.demo_people import Place
from staffing.services.demo_quirks import ALL, TWICE_THERE
from tests.factories import make_community
from tests.world import load_texts

pytestmark = pytest.mark.django_db
ON, AT = date(2026, 11, 22), datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
REFERENCE_DAY = date(2026, 6, 30)
CODES = sorted(
    {"371502001001", "371502001002", "371502001003", "371502001007", "371502001009", *ALL}
    | {f"371502001{number:03}" for number in range(16, 30)}
    | {f"330206002{number:03}" for number in range(1, 8)}
)
PLACE = Place(1, "371502001001", committee=7, party=5, workers=3, residents=5)


def load() -> int:
    with scope("0"):
        return load_demo_staff(
            year=2026, on=ON, at=AT, addresses=Addresses("/staff/quotas/", "/staff/extra/")
        )


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demo of some communities, made once for all tests of the module, which only look."""
    file = tmp_path_factory.mktemp("demo") / "accounts.txt"
    with django_db_blocker.unblock(), transaction.atomic():
        load_texts()
        for code in CODES:
            make_community(code, f"{code[6:]}社区居委会")
        with scope("0"):
            load_demo(years=[2026])
            load_demo_register(year=2026)
        call_command("load_demo_accounts", file=file, stdout=io.StringIO())
        assert load() > 0
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(world: None, db: None) -> None:
    """The same, inside the transaction of one test."""


# ── rosters ──


@pytest.mark.usefixtures("loaded")
def test_rosters_then_on_the_reference_day_the_year_s_facts() -> None:
    rows = AnnualFacts.objects.filter(year=2026)
    heads = heads_of(rows.values_list("community_id", flat=True), REFERENCE_DAY)

    left = 1  # 北仑's worker who left in March
    for row in rows.order_by("code"):
        found = heads[row.community_id]
        said = (row.committee_members_in_post or 0, row.party_members_in_post or 0)
        assert (len(found.committee), len(found.party)) == said, row.code
        missing = (row.community_workers_in_post or 0) - len(found.workers)
        assert 0 <= missing <= left, row.code
        left -= missing
    assert left == 0


@pytest.mark.usefixtures("loaded")
def test_rosters_loaded_again_then_nothing_is_added() -> None:
    models = (Person, Appointment, Election, StaffAct, Course, Attendance, Award, PayRecord)
    before = [model.objects.count() for model in models]

    assert load() == 0

    assert [model.objects.count() for model in models] == before


@pytest.mark.usefixtures("loaded")
def test_demo_then_every_row_says_so() -> None:
    for model in (Person, Appointment, Certificate, Election, StaffAct, Course, Attendance,
                  ExtraWorkers, Award, PayRecord, ElectionRound):  # fmt: skip
        assert set(model.objects.values_list("is_demo", flat=True)) == {True}, model


# ── elections ──


@pytest.mark.usefixtures("loaded")
def test_elections_then_of_2021_and_a_round_under_way() -> None:
    old = Election.objects.filter(round=None)
    assert set(old.values_list("state", "term_from", "term_until")) == {
        ("done", date(2021, 12, 10), date(2026, 12, 10))
    }
    one = ElectionRound.objects.get()
    assert (one.code, one.opens_on, one.closes_on) == (
        "3715",
        date(2026, 9, 3),
        date(2026, 12, 31),
    )
    states = dict(one.elections.values_list("code", "state"))
    assert states["371502001001"] == "nominated"
    assert states["371502001002"] == "held"
    assert {"done", "committee", "planned"} <= set(states.values())


@pytest.mark.usefixtures("loaded")
def test_elections_that_are_done_then_the_roster_follows_without_a_gap() -> None:
    done = Election.objects.filter(round__isnull=False, state="done")
    assert done.exists()
    for election in done:
        elected = Candidate.objects.filter(election=election, elected=True)
        now = Appointment.objects.filter(election=election)
        assert set(now.values_list("person", "post")) == set(elected.values_list("person", "post"))
        assert set(now.values_list("valid_from", "valid_until")) == {(election.term_from, None)}
        before = Appointment.objects.filter(community=election.community_id, basis="2021年换届选举")
        assert set(before.values_list("valid_until", flat=True)) == {election.term_from}
        assert before.count() == now.count() == election.seats
        bodies = Organisation.objects.filter(
            community=election.community_id, kind="residents_committee"
        )
        assert {*bodies.values_list("term_ends_on", flat=True)} <= {election.term_until}


# ── the rest ──


@pytest.mark.usefixtures("loaded")
def test_acts_of_the_street_with_a_reviewer_then_wait_for_that_person() -> None:
    waiting = StaffAct.objects.under("371502001").filter(checked_by=None)
    makers = set(waiting.values_list("made_by__username", flat=True))

    assert makers == {"gulou"}
    assert waiting.filter(kind=ActKind.ENTER).count() == 7


@pytest.mark.usefixtures("loaded")
def test_courses_then_who_came_has_hours_and_a_number_of_its_own() -> None:
    for course in Course.objects.filter(ends_on__lt=ON, attendances__attended=True).distinct():
        came = course.attendances.filter(attended=True)
        numbers = list(came.values_list("certificate_no", flat=True))
        assert len(set(numbers)) == len(numbers)
        assert set(came.values_list("hours", flat=True)) == {course.hours}
    coming = Course.objects.get(starts_on__gt=ON)
    assert set(coming.attendances.values_list("attended", flat=True)) <= {None}
    assert not Attendance.objects.exclude(attended=True).exclude(certificate_no="").exists()


@pytest.mark.usefixtures("loaded")
def test_increases_awards_and_pay_then_decided_by_others_or_waiting() -> None:
    assert list(ExtraWorkers.objects.order_by("code").values_list("code", "state")) == [
        ("371502001003", "approved"),
        ("371502001007", "proposed"),
        ("371502001013", "refused"),
    ]
    assert Counter(Award.objects.values_list("state", flat=True)) == {"approved": 4, "proposed": 2}
    assert set(PayRecord.objects.values_list("year", "first_month", "last_month")) == {
        (2026, 1, 10)
    }
    assert set(PayRecord.objects.values_list("code", flat=True)) == {
        code for code in CODES if code.startswith("330206")
    }


@pytest.mark.usefixtures("loaded")
def test_quota_then_approved_by_the_city_with_its_parts() -> None:
    plan = QuotaPlan.objects.get()
    assert (plan.code, plan.state, plan.decided_by.username) == ("371502", "approved", "liaocheng")  # type: ignore[union-attr]
    assert sum(line.number for line in plan.lines.all()) == plan.total
    assert sorted(plan.lines.exclude(shift=0).values_list("shift", flat=True)) == [-1, 1]
    assert plan.is_demo


@pytest.mark.usefixtures("loaded")
def test_checks_then_find_what_is_wrong_on_purpose() -> None:
    found = {}
    for prefix in ("3715", "330206"):
        ground = Ground(User.objects.get(username="admin"), prefix, ON, 2026)
        for key in ("two-communities", "paid-outside", "same-person", "no-number", "no-post",
                    "unchecked", "collective", "certificates"):  # fmt: skip
            found[prefix, key] = len(KINDS[key].find(ground))

    assert {key: number for key, number in found.items() if number} == {
        ("3715", "two-communities"): 1,
        ("3715", "same-person"): 2,
        ("3715", "no-number"): 2,
        ("3715", "no-post"): 1,
        ("3715", "unchecked"): 5,
        ("3715", "collective"): 1,
        ("3715", "certificates"): 2,
        ("330206", "paid-outside"): 1,
        ("330206", "unchecked"): 1,
    }
    assert Person.objects.filter(code=TWICE_THERE[:9], appointments__code=TWICE_THERE).exists()
