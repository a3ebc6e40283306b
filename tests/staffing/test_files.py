"""Files of persons and what offices keep follow streets, communities and codes."""

from datetime import date

import pytest

from accounts.scope import scope
from communities.models import Community
from communities.services.division_codes import change_divisions
from communities.services.plans import DivisionChange
from staffing.models import (
    Attendance,
    Certificate,
    Course,
    ElectionRound,
    Person,
    PersonPhone,
    QuotaPlan,
)
from tests.change_acts import (
    EFFECTIVE,
    A,
    B,
    applied,
    goes_on,
    make_plan,
    pair,
)
from tests.factories import make_community, make_division
from tests.staff_factories import (
    IDENTITY_NUMBERS,
    make_appointment,
    make_attendance,
    make_award,
    make_certificate,
    make_course,
    make_election_round,
    make_pay_record,
    make_person,
    make_quota_plan,
)
from tests.staffing.act_desk import posts, strays

pytestmark = pytest.mark.django_db
NEW = "371502001009"
ELSEWHERE = "371502002001"


def transferred(community: Community, code: str) -> None:
    applied("transfer", make_plan([community], [goes_on(community, code=code)]))


def test_transfer_to_another_street_then_the_file_moves_with_all_of_it() -> None:
    one = make_community(A)
    make_division("371502002")
    person = make_person(identity_number=IDENTITY_NUMBERS[0], phone="13812345678")
    made = make_appointment(one, "worker", person)
    make_certificate(person)
    make_attendance(make_course(), person)
    make_award(person, one)
    make_pay_record(person, one)

    transferred(one, ELSEWHERE)

    person.refresh_from_db()
    made.refresh_from_db()
    assert (person.code, made.code, made.valid_until) == ("371502002", ELSEWHERE, None)
    assert {
        PersonPhone.objects.get().code, Certificate.objects.get().code,
        Attendance.objects.get().code,
    } == {"371502002"}  # fmt: skip
    assert Person.objects.count() == 1
    assert strays() == []


def test_transfer_of_one_of_two_communities_then_a_copy_and_its_posts_pointed_there() -> None:
    one, other = pair()
    make_division("371502002")
    person = make_person(identity_number=IDENTITY_NUMBERS[0])
    make_appointment(one, "secretary", person)
    make_appointment(other, "worker", person)
    make_pay_record(person, one)
    make_attendance(make_course(), person)

    transferred(one, ELSEWHERE)

    file = Person.objects.get(code="371502002")
    assert posts(file) == [(ELSEWHERE, "secretary", date(2022, 1, 10), None)]
    assert posts(person) == [(B, "worker", date(2022, 1, 10), None)]
    assert file.pay_records.get().code == ELSEWHERE
    # still in post where the file was
    assert Attendance.objects.get().person_id == person.pk
    assert strays() == []


def test_transfer_where_the_street_has_a_file_then_that_one_takes_the_posts() -> None:
    one, far = make_community(A), make_community(ELSEWHERE, "柳园社区居委会")
    here = make_person(identity_number=IDENTITY_NUMBERS[0])
    there = make_person("371502002", identity_number=IDENTITY_NUMBERS[0])
    make_appointment(one, "worker", here)
    make_appointment(far, "grid_worker", there)
    make_award(here, one, year=2024)
    kept = make_award(here, one, year=2025)
    make_award(there, far, year=2025)

    transferred(one, "371502002009")

    assert {row[:2] for row in posts(there)} == {
        ("371502002009", "worker"), (ELSEWHERE, "grid_worker"),
    }  # fmt: skip
    assert sorted(there.awards.values_list("year", flat=True)) == [2024, 2025]
    kept.refresh_from_db()
    assert kept.person_id == here.pk
    assert strays() == []


def test_streets_that_change_codes_then_files_change_them_too() -> None:
    one, far = make_community(A), make_community(ELSEWHERE, "柳园社区居委会")
    persons = [
        make_person(code, identity_number=IDENTITY_NUMBERS[0])
        for code in ("371502001", "371502002")
    ]
    idle = make_person("371502001", "赵一")
    for community, person in zip((one, far), persons, strict=True):
        make_appointment(community, "worker", person)
    ended = make_appointment(make_community(NEW, "旧社区", valid_until=date(2020, 1, 1)), "worker",
        valid_from=date(2015, 1, 1), valid_until=date(2020, 1, 1))  # fmt: skip
    plan = make_plan(
        [one, far],
        [goes_on(one, code="371502002001"), goes_on(far, code="371502001001")],
        divisions=(
            DivisionChange("371502001", "371502002", "古楼街道"),
            DivisionChange("371502002", "371502001", "柳园街道"),
        ),
    )

    applied("recode", plan)

    for person, code in zip(persons, ("371502002", "371502001"), strict=True):
        number = person.identity_hmac
        person.refresh_from_db()
        assert (person.code, person.identity_hmac) == (code, number)
    idle.refresh_from_db()
    assert idle.code == "371502002"
    # of a community that had ended and keeps its code
    ended.person.refresh_from_db()
    assert ended.person.code == "371502001"
    assert strays() == []


def test_offices_with_new_codes_keep_courses_rounds_and_quotas() -> None:
    rows = {code: [make_course(code), make_election_round(code), make_quota_plan(code)]
            for code in ("371502", "371503")}  # fmt: skip
    for code in rows:
        make_division(code)
    swap = {"371502": "371503", "371503": "371502"}

    with scope("0"):
        change_divisions([DivisionChange(old, new, new) for old, new in swap.items()], on=EFFECTIVE)

    for old, new in swap.items():
        for row in rows[old]:
            row.refresh_from_db()
        assert [row.code for row in rows[old]] == [new, new, new]
    assert {model.objects.count() for model in (Course, ElectionRound, QuotaPlan)} == {2}
