"""Lists of a course from pasted text: who is on it, who came."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from accounts.scope import scope
from collection.models import Upload, UploadRow
from collection.services.uploads import UploadError
from staffing.models import Attendance, Course, Person
from tests.factories import make_community
from tests.staff_factories import make_appointment, make_attendance, make_course, make_person
from tests.staffing.roster_desk import NUMBER, paste, seen, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(district_officer: User) -> Course:
    return make_course()


@pytest.fixture(autouse=True)
def people(district_officer: User) -> Any:
    """王小红 in two streets under one number is one file each; two 李明 in two communities."""
    first = make_community()
    second = make_community("371502002001", "东关社区居委会", short_name="东关社区")
    make_appointment(first, "director", make_person(identity_number=NUMBER))
    make_appointment(first, "worker", make_person(name="李明"))
    make_appointment(second, "worker", make_person("371502002", name="李明"))
    with scope("0"):
        yield


def come(by: User, course: Course, *rows: dict[str, str]) -> Upload:
    return taken(by, *rows, kind="attendance", course=str(course.pk))


def listed() -> list[tuple[Any, ...]]:
    rows = Attendance.objects.order_by("person__name", "code")
    return list(rows.values_list("person__name", "code", "attended", "hours", "certificate_no"))


def test_rows_put_people_on_the_list_and_record_who_came(
    district_officer: User, course: Course
) -> None:
    upload = come(district_officer, course,
        {"姓名": "王小红", "身份证号": NUMBER, "是否参加": "是", "结业证书编号": "2026-1"},
        {"姓名": "李明", "社区": "东关社区", "是否参加": "请假"},
        {"姓名": "李 明", "社区代码": "371502001001", "是否参加": "√", "学时": "8"})  # fmt: skip

    assert upload.message == "导入3行：新增3，有变化0"
    assert listed() == [
        ("李明", "371502001", True, 8, ""), ("李明", "371502002", False, None, ""),
        ("王小红", "371502001", True, 16, "2026-1"),
    ]  # fmt: skip


def test_list_without_marks_only_enrols_and_again_changes_nothing(
    district_officer: User, course: Course
) -> None:
    come(district_officer, course, {"姓名": "王小红"})
    assert listed() == [("王小红", "371502001", None, None, "")]

    again = paste(district_officer, {"姓名": "王小红"}, kind="attendance", course=str(course.pk))

    assert seen(again) == [("unchanged", [])]


def test_what_was_recorded_is_shown_before_it_changes(
    district_officer: User, course: Course
) -> None:
    make_attendance(course, Person.objects.get(name="王小红"))

    upload = paste(district_officer, {"姓名": "王小红", "是否参加": "否"}, kind="attendance",
        course=str(course.pk))  # fmt: skip

    kept = UploadRow.objects.get(upload=upload)
    assert (kept.state, kept.before) == ("changed", {"attended": "是", "hours": "16"})


@pytest.mark.parametrize(
    ("row", "name", "said"),
    [
        ({"姓名": "李明"}, "person_name", "在岗的有2个李明。写明社区，或填写身份证号"),
        ({"姓名": "王晓红"}, "person_name", "花名册里没有在岗的王晓红。核对姓名和社区"),
        ({"姓名": "王小红", "社区": "东关社区"}, "person_name",
         "花名册里没有在岗的王小红。核对姓名和社区"),
        ({"姓名": "王小红", "学时": "17"}, "hours", "参加的填1~16学时，没有参加的空着"),
        ({"姓名": "王小红", "是否参加": "也许"}, "attended", "“也许”应填是或否"),
        ({"姓名": "王小红", "是否参加": "否", "证书编号": "1"}, "certificate_no",
         "没有参加，没有证书。清空，或改为参加"),
    ],
)  # fmt: skip
def test_wrong_row_says_what_and_how_to_mend_it(
    district_officer: User, course: Course, row: dict[str, str], name: str, said: str
) -> None:
    upload = paste(district_officer, row, kind="attendance", course=str(course.pk))

    assert seen(upload) == [("wrong", [(name, said)])]


def test_course_that_is_to_come_records_nobody(district_officer: User) -> None:
    course = make_course(starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 2))

    upload = paste(district_officer, {"姓名": "王小红", "是否参加": "是"}, {"姓名": "李明",
        "社区": "东关社区"}, kind="attendance", course=str(course.pk))  # fmt: skip

    said = "培训2026-09-01开始，开始以后再登记参训"
    assert seen(upload) == [("wrong", [("attended", said)]), ("new", [])]


def test_same_person_twice_and_one_certificate_for_two_are_named(
    district_officer: User, course: Course
) -> None:
    upload = paste(district_officer,
        {"姓名": "王小红", "结业证书编号": "2026-1"}, {"姓名": "王小红", "社区": "古城社区"},
        {"姓名": "李明", "社区": "东关社区", "结业证书编号": "2026-1"},
        kind="attendance", course=str(course.pk))  # fmt: skip

    twice, clash = "是同一个人。留一行，其余删去", "证书2026-1也是别人的。核对编号"
    assert [found for _, found in seen(upload)] == [
        [("", f"和第3行{twice}"), ("certificate_no", clash)],
        [("", f"和第2行{twice}")],
        [("certificate_no", clash)],
    ]


def test_course_of_another_office_is_refused(district_officer: User, city_officer: User) -> None:
    course = make_course("3715", title="全市培训")

    with pytest.raises(UploadError, match="选择本单位的培训班"):
        paste(district_officer, {"姓名": "王小红"}, kind="attendance", course=str(course.pk))
    come(city_officer, course, {"姓名": "王小红", "是否参加": "是"})
    assert listed()[0][2] is True


def test_street_does_not_import_lists(clerk: User, course: Course) -> None:
    with pytest.raises(UploadError, match="你不能导入参训名单"):
        paste(clerk, {"姓名": "王小红"}, kind="attendance", course=str(course.pk))
