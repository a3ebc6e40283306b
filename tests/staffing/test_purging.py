"""Personal data of staff goes after the time of keeping: rows, papers, telephone and history."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction

from accounts.scope import scope
from staffing.models import (
    Appointment,
    Certificate,
    Person,
    PersonPhone,
    StaffAct,
    StaffPaper,
    StaffPaperContent,
)
from staffing.services.purging import purge_staff, years_before
from tests.factories import make_community
from tests.staff_factories import (
    IDENTITY_NUMBERS,
    make_act,
    make_appointment,
    make_certificate,
    make_person,
    maker,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 1, tzinfo=UTC)
BEFORE = date(2016, 11, 22)


def left(until: date | None = date(2016, 11, 22), **overrides: Any) -> Person:
    """Somebody who left on a day, with everything that a file can hold."""
    community = make_community()
    person = make_person(
        identity_number=IDENTITY_NUMBERS[0], phone="13812345678", school="聊城大学", major="社会学",
        remarks="王小红的备注", **overrides,
    )  # fmt: skip
    make_appointment(community, "worker", person, valid_from=date(2010, 1, 1), valid_until=until)
    make_certificate(person, name="王小红的证书")
    act = make_act(person, community, "leave", note="接替王小红")
    with scope("0"):
        paper = StaffPaper.objects.create(
            act=act, community=community, code=community.code, kind="leave", size=3, sha256="a",
            content_type="application/pdf", uploaded_by=maker(), uploaded_at=AT,
        )  # fmt: skip
        StaffPaperContent.objects.create(
            paper=paper, community=community, code=community.code, content=b"pdf"
        )
    return person


def whole_history() -> str:
    """Every text that the histories of staff hold."""
    with connection.cursor() as cursor:
        found = []
        for table in ("person", "certificate", "staffact"):
            cursor.execute(f"SELECT e::text FROM staffing_{table}event e")  # noqa: S608
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def test_person_who_left_long_ago_then_only_statistics_stay() -> None:
    person = left()
    assert "王小红" in whole_history()

    assert purge_staff(before=BEFORE, at=AT) == 1

    person.refresh_from_db()
    assert [
        person.name, person.identity_hmac, person.identity_mask, person.phone_mask, person.school,
        person.major, person.remarks, person.purged_at,
    ] == ["已清除", "", "", "", "", "", "", AT]  # fmt: skip
    assert (person.sex, person.born_in, person.highest_education) == (
        "female", date(1990, 5, 1), "bachelor",
    )  # fmt: skip
    assert Appointment.objects.get().valid_from == date(2010, 1, 1)
    assert (Certificate.objects.get().registration_no, Certificate.objects.get().level) == (
        "", "assistant",
    )  # fmt: skip
    assert StaffAct.objects.get().note == ""
    assert (StaffPaper.objects.count(), StaffPaperContent.objects.count()) == (1, 0)
    assert PersonPhone.objects.count() == 0
    for gone in ("王小红", "聊城大学", "社会学", "鲁2021001"):
        assert gone not in whole_history()
    assert purge_staff(before=BEFORE, at=AT) == 0


def test_person_who_left_a_day_later_or_is_in_post_then_kept() -> None:
    persons = [left(date(2016, 11, 23))]
    persons.append(make_appointment(make_community("371502001002"), "worker").person)

    assert purge_staff(before=BEFORE, at=AT) == 0
    assert set(Person.objects.values_list("name", flat=True)) == {"王小红"}


def test_person_without_a_post_then_kept_from_the_last_writing() -> None:
    make_person()

    assert purge_staff(before=date(2020, 1, 1), at=AT) == 0
    assert purge_staff(before=date(2099, 1, 1), at=AT) == 1


def test_most_then_the_rest_another_time() -> None:
    for number in range(3):
        make_person(name=f"张{number}")

    assert purge_staff(before=date(2099, 1, 1), at=AT, most=2) == 2
    assert purge_staff(before=date(2099, 1, 1), at=AT, most=2) == 1


def blank(person: Person) -> str:
    """What the database says of blanking the history of a person; '' when it does."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT staffing_blank_history(%s)", [person.pk])
    except Error as refused:
        return str(refused).splitlines()[0]
    return ""


@pytest.mark.parametrize("until", [None, date(2026, 10, 1)])
def test_history_of_somebody_in_post_within_a_year_then_refused(until: date | None) -> None:
    person = left(until)
    Person.objects.filter(pk=person.pk).update(purged_at=AT)

    assert blank(person) == "a person who is in post, or was within a year, keeps the history"
    assert "王小红" in whole_history()


def test_history_before_the_data_then_refused() -> None:
    assert blank(left()) == "the history goes with the personal data, not before"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE staffing_personevent SET name = ''",
        "DELETE FROM staffing_personevent",
        "SELECT set_config('app.blanking', pgh_obj_id::text, true) FROM staffing_personevent; "
        "UPDATE staffing_personevent SET name = ''",
    ],
)
def test_history_by_other_ways_then_refused(statement: str) -> None:
    left()

    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_command_says_how_many_and_no_names(capsys: Any, caplog: Any) -> None:
    left()

    with caplog.at_level("INFO"):
        call_command("purge_staff", years=1)

    said = capsys.readouterr().out
    assert said.startswith("personal data of 1 persons removed")
    assert "王小红" not in said + caplog.text
    with pytest.raises(CommandError):
        call_command("purge_staff", years=0)


def test_years_before_the_29th_of_february() -> None:
    assert years_before(date(2024, 2, 29), 10) == date(2014, 2, 28)
    assert years_before(date(2026, 11, 22), 10) == date(2016, 11, 22)
