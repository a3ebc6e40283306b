"""Rosters from pasted text to files, posts and acts."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.scope import scope
from collection.models import Upload, UploadContent, UploadRow
from collection.services.jobs import Quiet
from collection.services.uploads import SMALL_ROWS, UploadError, rematch, take, work
from staffing.models import Appointment, Certificate, Person, PersonPhone, StaffAct
from staffing.rules.identities import masked
from tests.collection.upload_desk import AT, FRAME
from tests.factories import make_community
from tests.personal_data import tables_with
from tests.staff_factories import make_appointment, make_certificate, make_person
from tests.staffing.roster_desk import NUMBER, OTHER, mend, paste, row, seen, states, taken

pytestmark = pytest.mark.django_db
PHONE = "13806350001"


@pytest.fixture(autouse=True)
def world(clerk: User) -> Any:
    """A street with two communities."""
    make_community()
    make_community("371502001002", "湖南社区居委会", short_name="湖南社区")
    with scope("0"):
        yield


def posts() -> list[tuple[Any, ...]]:
    rows = Appointment.objects.order_by("code", "person", "valid_from", "post")
    return list(rows.values_list("code", "person__name", "post", "valid_from", "valid_until"))


def test_new_row_when_taken_makes_file_post_and_act(clerk: User) -> None:
    cells = {"民族": "回", "政治面貌": "党员", "最高学历": "大学本科", "证书级别": "中级",
        "证书取得日期": "2021-11-01", "证书登记号": "鲁2021001", "居住在本社区": "是"}  # fmt: skip

    upload = taken(clerk, row(联系电话=PHONE, 岗位等级="5", **cells))

    assert (upload.state, upload.message) == ("done", "导入1行：新增1，有变化0")
    person = Person.objects.get()
    assert (person.code, person.name, person.sex, person.born_in, person.ethnicity) == (
        "371502001", "王小红", "female", date(1985, 6, 1), "回族",
    )  # fmt: skip
    assert (person.political_status, person.highest_education) == ("party", "bachelor")
    assert (person.identity_mask, person.phone_mask) == (masked(NUMBER), "138****0001")
    assert PersonPhone.objects.get().number == PHONE
    held = Appointment.objects.get()
    assert (held.code, held.post, held.identity, held.pay_channel, held.lives_here, held.grade) == (
        "371502001001", "member", "elected", "funded", True, 5,
    )  # fmt: skip
    act = StaffAct.objects.get()
    assert (act.kind, act.on, act.note, act.made_by) == (
        "enter", date(2022, 1, 10), f"花名册导入第{upload.pk}号", clerk,
    )  # fmt: skip
    assert held.begun_by == act
    kept = Certificate.objects.get()
    assert (kept.level, kept.issued_on, kept.registration_no) == (
        "intermediate", date(2021, 11, 1), "鲁2021001",
    )  # fmt: skip
    event = held.events.get()
    assert event.pgh_context.metadata["reason"] == f"花名册导入第{upload.pk}号"


def test_same_file_when_uploaded_again_changes_nothing(clerk: User) -> None:
    rows = [row(联系电话=PHONE), row(社区="湖南社区", 社区代码="", 姓名="李明", 身份证号=OTHER)]
    taken(clerk, *rows)
    versions = list(Person.objects.values_list("version", flat=True))

    again = paste(clerk, *rows)

    assert states(again) == ["unchanged", "unchanged"]
    with pytest.raises(UploadError, match="没有可以导入的行"):
        take(upload=again, by=clerk, at=AT, frame=FRAME)
    assert list(Person.objects.values_list("version", flat=True)) == versions
    assert StaffAct.objects.count() == 2


def test_posts_in_one_cell_and_in_several_rows_are_the_same(clerk: User) -> None:
    taken(clerk, row(职务="书记、主任（一肩挑）"))

    again = paste(clerk, row(职务="党组织书记"), row(职务="居委会主任"))

    assert states(again) == ["unchanged", "unchanged"]
    assert [one[2] for one in posts()] == ["director", "secretary"]
    assert Person.objects.count() == StaffAct.objects.count() == 1


def test_rows_of_one_new_person_make_one_file(clerk: User) -> None:
    first = row(职务="党组织书记")
    taken(clerk, first, row(职务="居委会主任", 身份证号="", 性别="女", 出生年月="1985.6"))

    assert Person.objects.count() == 1
    assert [one[2] for one in posts()] == ["director", "secretary"]


def test_changed_cells_say_what_was_there_and_are_taken(clerk: User) -> None:
    person = make_person(identity_number=NUMBER, born_in=date(1985, 6, 1), school="聊大")
    make_appointment(make_community("371502001003"), person=person, grade=3)

    upload = paste(clerk, row(社区代码="371502001003", 毕业院校="聊城大学", 岗位等级="4", 备注=""))
    kept = UploadRow.objects.get(upload=upload)

    assert (kept.state, kept.before) == ("changed", {"school": "聊大", "grade": "3"})
    take(upload=upload, by=clerk, at=AT, frame=FRAME)
    person.refresh_from_db()
    held = Appointment.objects.get()
    assert (person.school, person.version, held.grade, held.version) == ("聊城大学", 2, 4, 2)
    assert StaffAct.objects.count() == 0


def test_person_without_number_gets_the_one_of_the_file(clerk: User) -> None:
    person = make_person(born_in=date(1985, 6, 1))
    make_appointment(make_community("371502001003"), person=person)

    upload = taken(clerk, row(社区代码="371502001003"))

    assert upload.counts["taken_changed"] == 1
    person.refresh_from_db()
    assert (person.identity_mask, Person.objects.count()) == (masked(NUMBER), 1)


def test_masked_cells_change_nothing_and_tell_two_of_one_name_apart(clerk: User) -> None:
    community = make_community("371502001003")
    for number, phone in ((NUMBER, PHONE), (OTHER, "13806350002")):
        one = make_person(identity_number=number, phone=phone, born_in=date(1985, 6, 1))
        make_appointment(community, post="worker", person=one)
    who = {"社区代码": "371502001003", "性别": "女", "出生年月": "1985-06", "职务": "专职",
        "身份": "招聘"}  # fmt: skip

    known = paste(clerk, row(**who, 身份证号=masked(OTHER), 联系电话="138****0002"))
    unknown = paste(clerk, row(**who, 身份证号=""))

    assert seen(known) == [("unchanged", [])]
    said = "本街道有2个王小红（1985-06），不知道是哪个。填写身份证号"
    assert seen(unknown) == [("wrong", [("identity_number", said)])]


def test_leaver_is_ended_by_an_act_and_nobody_else_is(clerk: User) -> None:
    taken(clerk, row(职务="居委会主任"), row(姓名="李明", 身份证号=OTHER))

    upload = taken(clerk,
        row(职务="居委会主任", 离任日期="2026-06-01", 离任原因="辞职"),
        row(姓名="赵刚", 身份证号="", 性别="男", 出生年月="1980年3月", 职务="居委会主任",
            任职日期="2026-06-01"))  # fmt: skip

    assert (upload.state, upload.message) == ("done", "导入2行：新增1，有变化1")
    assert posts() == [
        ("371502001001", "李明", "member", date(2022, 1, 10), None),
        ("371502001001", "王小红", "director", date(2022, 1, 10), date(2026, 6, 1)),
        ("371502001001", "赵刚", "director", date(2026, 6, 1), None),
    ]
    left = StaffAct.objects.get(kind="leave")
    assert (left.on, left.leave_reason) == (date(2026, 6, 1), "resigned")
    assert Appointment.objects.get(ended_by=left).person.name == "王小红"


def test_new_holder_waits_when_the_leaver_is_not_taken(clerk: User) -> None:
    taken(clerk, row(职务="居委会主任"))
    upload = paste(clerk,
        row(职务="居委会主任", 离任日期="2026-06-01", 民族="地球"),
        row(姓名="赵刚", 身份证号="", 性别="男", 出生年月="1980-03", 职务="居委会主任",
            任职日期="2026-06-01"))  # fmt: skip
    assert states(upload) == ["wrong", "new"]

    take(upload=upload, by=clerk, at=AT, frame=FRAME)

    assert seen(upload)[1] == ("new", [])  # judged with the whole file once more
    assert "核对以后又有了变化" in Upload.objects.get(pk=upload.pk).message
    assert len(posts()) == 1


def test_past_post_is_entered_with_its_end(clerk: User) -> None:
    taken(clerk, row(任职日期="2018-01-05", 离任日期="2021-12-30", 离任原因="届满"))

    assert [one[3:] for one in posts()] == [(date(2018, 1, 5), date(2021, 12, 30))]
    kinds = StaffAct.objects.order_by("on").values_list("kind", "on", "leave_reason")
    assert list(kinds) == [("enter", date(2018, 1, 5), ""), ("leave", date(2021, 12, 30), "term")]
    assert states(paste(clerk, row(任职日期="2018-01-05", 离任日期="2021-12-30"))) == ["unchanged"]


def test_second_post_is_added_by_its_own_act(clerk: User) -> None:
    taken(clerk, row())

    upload = paste(clerk, row(职务="专职工作人员", 身份="其他", 任职日期="2023-01-01"))

    assert UploadRow.objects.get(upload=upload).before == {"posts": "居委会委员"}
    take(upload=upload, by=clerk, at=AT, frame=FRAME)
    assert StaffAct.objects.first().kind == "add_post"
    assert [one[2] for one in posts()] == ["member", "worker"]


def test_start_day_of_a_post_is_corrected_with_a_reason(clerk: User) -> None:
    taken(clerk, row())

    upload = paste(clerk, row(任职日期="2022-03-01"))

    assert seen(upload)[0][0] == "unlikely"
    mend(upload, clerk, 2, {"valid_from": "任命文件为3月1日"})
    take(upload=upload, by=clerk, at=AT, frame=FRAME)
    assert Appointment.objects.get().valid_from == date(2022, 3, 1)


def test_certificate_that_is_registered_is_changed(clerk: User) -> None:
    person = make_person(identity_number=NUMBER, born_in=date(1985, 6, 1))
    make_appointment(make_community("371502001003"), person=person)
    make_certificate(person)

    taken(clerk, row(社区代码="371502001003", 证书级别="助理社会工作师", 登记有效期至="2027-06-30"))

    held = Certificate.objects.get()
    assert (held.expires_on, held.registration_no, held.version) == (
        date(2027, 6, 30), "鲁2021001", 2,
    )  # fmt: skip


def test_row_that_was_registered_meanwhile_is_left_out_and_looked_at_again(clerk: User) -> None:
    upload = paste(clerk, row(), row(姓名="李明", 身份证号=OTHER))
    taken(clerk, row())

    take(upload=upload, by=clerk, at=AT, frame=FRAME)

    assert states(upload) == ["unchanged", "taken"]
    assert "1行核对以后又有了变化" in Upload.objects.get(pk=upload.pk).message
    assert Person.objects.count() == 2


def test_district_imports_for_several_streets(clerk: User, district_officer: User) -> None:
    make_community("371502002001", "东关社区居委会", short_name="东关社区")

    taken(district_officer, row(), row(社区代码="371502002001", 姓名="李明", 身份证号=OTHER))

    assert sorted(Person.objects.values_list("code", "name")) == [
        ("371502001", "王小红"), ("371502002", "李明"),
    ]  # fmt: skip


def test_clerk_without_the_right_does_not_import(reviewer: User) -> None:
    with pytest.raises(UploadError, match="你不能导入花名册"):
        paste(reviewer, row())


def test_number_of_queries_does_not_grow_with_the_rows(clerk: User) -> None:
    def rows(number: int, more: int) -> list[dict[str, str]]:
        return [
            row(姓名=f"王{chr(0x4E00 + more + one)}", 身份证号="", 性别="男", 出生年月="1980-01")
            for one in range(number)
        ]

    taken(clerk, *rows(1, 200))  # what is cached is known by now
    with CaptureQueriesContext(
        connection,
    ) as few:
        taken(clerk, *rows(1, 0))
    with CaptureQueriesContext(connection) as many:
        taken(clerk, *rows(30, 100))
    assert len(many) == len(few)


def test_long_file_keeps_neither_its_bytes_nor_a_number_while_a_job_judges_it(
    clerk: User,
) -> None:
    rows = [row(姓名=f"王{chr(0x4E00 + one)}", 身份证号="", 性别="男", 出生年月="1980-01")
        for one in range(SMALL_ROWS)]  # fmt: skip

    upload = paste(clerk, row(联系电话=PHONE), *rows)

    assert (upload.state, UploadContent.objects.count()) == ("reading", 0)
    assert UploadRow.objects.filter(upload=upload).count() == SMALL_ROWS + 1
    assert tables_with([NUMBER, PHONE]) == {NUMBER: [], PHONE: ["collection_uploadsecret"]}
    work(Upload.objects.get(pk=upload.pk), clerk, Quiet(), at=AT)
    upload.refresh_from_db()
    assert (upload.state, upload.counts["new"]) == ("ready", SMALL_ROWS + 1)


def test_columns_of_a_roster_are_not_chosen_anew(clerk: User) -> None:
    upload = paste(clerk, row(家庭住址="城区"))

    with pytest.raises(UploadError, match="没有识别的列没有保存"):
        rematch(upload=upload, names=["", "name"], by=clerk, at=AT, frame=FRAME)


@pytest.mark.parametrize("is_demo", [True, False])
def test_rows_of_a_demo_community_are_marked(clerk: User, is_demo: bool) -> None:
    make_community("371502001009", "演示社区居委会", is_demo=is_demo)
    cells = {"证书级别": "中级", "证书取得日期": "2023-01-01"}

    taken(clerk, row(社区代码="371502001009", **cells))

    with scope("0"):
        made = [
            model.objects.get().is_demo for model in (Person, Certificate, Appointment, StaffAct)
        ]
    assert made == [is_demo] * 4
