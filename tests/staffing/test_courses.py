"""Courses: their lists, who came, certificates, costs, and the pages of all that."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.scope import scope
from communities.models import Community
from staffing.models import Attendance, Course
from staffing.selectors.training import training_costs
from staffing.services.training import Mark, certify, change_course, enrol, record, remove
from staffing.tables.training import cost_rows
from tests.factories import make_community
from tests.staff_factories import (
    AT,
    make_appointment,
    make_attendance,
    make_course,
)
from tests.staffing.pay_world import adopt

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)
Browse = Callable[[User | None], Client]


@pytest.fixture
def gucheng() -> Community:
    return make_community()


@pytest.fixture
def opinions(gucheng: Community) -> Community:
    adopt("city-opinions-2013", "3715")
    return gucheng


def test_list_then_nobody_stands_on_it_twice(gucheng: Community, district_officer: User) -> None:
    course, person = make_course(), make_appointment(gucheng).person
    with scope("371502"):
        first = enrol(course=course, persons=[person, person], by=district_officer, at=AT)
        again = enrol(course=course, persons=[person], by=district_officer, at=AT)

    assert (first, again, Attendance.objects.count()) == (1, 0, 1)


def marked(course: Course, mark: Mark, by: User, on: date = TODAY) -> int:
    (key,) = Attendance.objects.values_list("pk", flat=True)
    return record(course=course, marks={key: mark}, by=by, at=AT, on=on)


def test_marks_then_hours_are_the_courses_and_within_it(
    gucheng: Community, district_officer: User
) -> None:
    course = make_course()
    make_attendance(course, make_appointment(gucheng).person, attended=None, hours=None)

    with pytest.raises(ValidationError, match="开始以后再登记参训"):
        marked(course, Mark(True), district_officer, on=date(2026, 5, 10))
    with pytest.raises(ValidationError, match="学时17应在1至16之间"):
        marked(course, Mark(True, 17), district_officer)
    assert marked(course, Mark(True), district_officer) == 1
    assert marked(course, Mark(True), district_officer) == 0
    assert Attendance.objects.get().hours == 16
    assert marked(course, Mark(False), district_officer) == 1
    assert Attendance.objects.get().hours is None


def test_certificates_then_numbered_once_in_the_order_of_the_list(
    gucheng: Community, district_officer: User
) -> None:
    course = make_course()
    people = [make_appointment(gucheng).person for _ in range(2)]
    for person in people:
        make_attendance(course, person)

    with pytest.raises(ValidationError, match="结束以后再编结业证书"):
        certify(course=course, by=district_officer, at=AT, on=date(2026, 5, 11))
    assert certify(course=course, by=district_officer, at=AT, on=TODAY) == 2
    make_attendance(course, make_appointment(gucheng).person)
    assert certify(course=course, by=district_officer, at=AT, on=TODAY) == 1
    start = f"2026-371502-{course.pk}-"
    assert list(Attendance.objects.order_by("pk").values_list("certificate_no", flat=True)) == [
        f"{start}0001",
        f"{start}0002",
        f"{start}0003",
    ]
    with pytest.raises(ValidationError, match="的人没有参加培训"):
        record(
            course=course,
            marks={Attendance.objects.order_by("pk")[0].pk: Mark(False)},
            by=district_officer,
            at=AT,
            on=TODAY,
        )


def test_number_that_a_list_brought_then_the_next_ones_go_on(
    gucheng: Community, district_officer: User
) -> None:
    course = make_course()
    start = f"2026-371502-{course.pk}-"
    make_attendance(course, make_appointment(gucheng).person, certificate_no=f"{start}甲")
    row = make_attendance(course, make_appointment(gucheng).person)

    certify(course=course, by=district_officer, at=AT, on=TODAY)

    row.refresh_from_db()
    assert row.certificate_no == f"{start}0001"
    with pytest.raises(ValidationError, match=f"{start}甲有两个人用"):
        record(
            course=course,
            marks={row.pk: Mark(True, certificate_no=f"{start}甲")},
            by=district_officer,
            at=AT,
            on=TODAY,
        )


# what is changed of a course whose people are recorded, and what is said
CONTRADICTIONS = [("hours", 8, "有人登记了12学时"), ("starts_on", date(2099, 1, 1), "已经登记参训")]


@pytest.mark.parametrize(("name", "value", "said"), CONTRADICTIONS)
def test_course_that_contradicts_its_record_then_refused(
    gucheng: Community, district_officer: User, name: str, value: Any, said: str
) -> None:
    course = make_course()
    make_attendance(course, make_appointment(gucheng).person, hours=12)
    course.ends_on = date(2099, 1, 2)
    setattr(course, name, value)

    with pytest.raises(ValidationError, match=said):
        change_course(course=course, fields=[name, "ends_on"], version=1, by=district_officer)


def test_person_removed_only_before_the_course(gucheng: Community, district_officer: User) -> None:
    course = make_course()
    row = make_attendance(course, make_appointment(gucheng).person, attended=None, hours=None)

    with pytest.raises(ValidationError, match="没有来的登记为未参加"):
        remove(course=course, attendance=row.pk, by=district_officer, on=TODAY)
    remove(course=course, attendance=row.pk, by=district_officer, on=date(2026, 5, 10))

    assert not Attendance.objects.exists()


def test_street_then_changes_no_course_of_the_district(gucheng: Community, clerk: User) -> None:
    with pytest.raises(ValidationError, match="由东昌府区民政局办理"):
        enrol(course=make_course(), persons=[], by=clerk, at=AT)


def test_costs_then_by_payer_and_exact(gucheng: Community, city_officer: User) -> None:
    course = make_course(cost_yuan="1000.01")
    make_course(cost_yuan=None)
    make_course("3715", cost_yuan="300.10")
    for _ in range(3):
        make_attendance(course, make_appointment(gucheng).person)

    lines = training_costs(city_officer, 2026)

    assert [(one.payer, one.courses, one.heads, one.hours, one.amount_yuan, one.unknown)
            for one in lines] == [
        ("city", 1, 0, 0, Decimal("300.10"), 0),
        ("district", 2, 3, 48, Decimal("1000.01"), 1),
    ]  # fmt: skip
    assert [one.per_head for one in lines] == [None, Fraction(100001, 300)]
    assert [row[6] for row in cost_rows(lines)] == [None, Decimal("333.34")]


def test_pages_lead_from_a_new_course_to_its_certificate(
    opinions: Community, district_officer: User, browse: Browse
) -> None:
    held = make_appointment(opinions, "member")
    client = browse(district_officer)
    new = client.post(
        reverse("staffing:course_new"),
        {
            "title": "网格化培训班", "audience": ["members"], "organiser": "东昌府区民政局",
            "starts_on": "2026-05-11", "ends_on": "2026-05-12", "hours": "16",
        },
    )  # fmt: skip
    course = Course.objects.get()
    assert (new.status_code, course.level, course.code) == (302, "district", "371502")
    chosen = client.get(reverse("staffing:attendance", args=[course.pk]))
    assert "王小红" in chosen.content.decode()
    client.post(
        reverse("staffing:attendance", args=[course.pk]), {"persons": [str(held.person.pk)]}
    )
    row = Attendance.objects.get()
    prefix = f"row-{row.pk}"
    client.post(
        reverse("staffing:attendance_marks", args=[course.pk]),
        {f"{prefix}-attended": "true", f"{prefix}-hours": "12", f"{prefix}-version": "1"},
    )
    client.post(reverse("staffing:certify", args=[course.pk]), {})
    row.refresh_from_db()
    assert (row.attended, row.hours) == (True, 12)
    paper = client.get(reverse("staffing:attendance_certificate", args=[row.pk]))
    assert f"编号：{row.certificate_no}" in paper.content.decode()


def test_marks_of_a_row_that_a_colleague_changed_then_said_at_the_row(
    gucheng: Community, district_officer: User, browse: Browse
) -> None:
    course = make_course()
    row = make_attendance(course, make_appointment(gucheng).person, version=2)
    prefix = f"row-{row.pk}"

    answer = browse(district_officer).post(
        reverse("staffing:attendance_marks", args=[course.pk]),
        {f"{prefix}-attended": "false", f"{prefix}-hours": "", f"{prefix}-version": "1"},
    )

    assert answer.status_code == 422
    assert "同事刚刚改了这一行" in answer.content.decode()
    assert Attendance.objects.get().attended is True


# what is typed in a row: came, hours, certificate; what is said
WRONG_MARKS = [
    ("true", "17", "", "17多于培训的16学时"),
    ("unknown", "8", "", "填了8学时。选参加，或者清空学时"),
    ("false", "", "甲1", "有证书编号。选参加，或者清空编号"),
]


@pytest.mark.parametrize(("came", "hours", "number", "said"), WRONG_MARKS)
def test_marks_that_contradict_themselves_then_said_at_the_row(
    gucheng: Community, district_officer: User, browse: Browse,
    came: str, hours: str, number: str, said: str,
) -> None:  # fmt: skip
    course = make_course()
    row = make_attendance(course, make_appointment(gucheng).person, attended=None, hours=None)
    prefix = f"row-{row.pk}"

    answer = browse(district_officer).post(
        reverse("staffing:attendance_marks", args=[course.pk]),
        {
            f"{prefix}-attended": came, f"{prefix}-hours": hours,
            f"{prefix}-certificate_no": number, f"{prefix}-version": "1",
        },
    )  # fmt: skip

    assert answer.status_code == 422
    assert f'<p class="err">{said}</p>' in answer.content.decode()


def test_sheet_then_holds_the_people_and_a_column_a_day(
    gucheng: Community, clerk: User, browse: Browse
) -> None:
    course = make_course()
    make_attendance(course, make_appointment(gucheng).person)

    page = browse(clerk).get(reverse("staffing:attendance_sheet", args=[course.pk]))

    assert page.context["days"] == [date(2026, 5, 11), date(2026, 5, 12)]
    assert "王小红" in page.content.decode()


def test_course_with_a_last_day_before_the_first_then_both_are_said(
    gucheng: Community, district_officer: User, browse: Browse
) -> None:
    answer = browse(district_officer).post(
        reverse("staffing:course_new"),
        {
            "title": "班", "audience": ["all"], "organiser": "局", "starts_on": "2026-05-11",
            "ends_on": "2026-05-10", "hours": "8",
        },
    )  # fmt: skip

    assert answer.status_code == 422
    assert "结束日期2026-05-10早于开始日期2026-05-11" in answer.content.decode()


def test_finance_then_sees_counts_and_no_names(
    opinions: Community, district_finance: User, browse: Browse
) -> None:
    course, held = make_course(), make_appointment(opinions, "member")
    make_attendance(course, held.person)
    client = browse(district_finance)

    for address in (
        reverse("staffing:course", args=[course.pk]), reverse("staffing:training_due"),
    ):  # fmt: skip
        page = client.get(address).content.decode()
        assert "王小红" not in page
        assert "1人" in page


def test_street_then_sees_its_own_people_of_a_course_only(
    gucheng: Community, clerk_elsewhere: User, browse: Browse
) -> None:
    course = make_course()
    make_attendance(course, make_appointment(gucheng).person)

    page = browse(clerk_elsewhere).get(reverse("staffing:course", args=[course.pk]))

    assert page.status_code == 200
    assert "王小红" not in page.content.decode()


def test_somebody_who_is_not_due_then_put_on_the_list_from_what_the_page_sends(
    opinions: Community, district_officer: User, browse: Browse
) -> None:
    course = make_course(audience=["workers"])
    worker = make_appointment(opinions, "worker")
    client, address = browse(district_officer), reverse("staffing:attendance", args=[course.pk])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in ("street", "group", "due_only")}

    answer = client.post(address, {**sent, "persons": [str(worker.person.pk)]})

    assert (answer.status_code, sent["group"], sent["due_only"]) == (302, "workers", False)
    assert Attendance.objects.get().person == worker.person
