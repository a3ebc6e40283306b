"""花名册: one row for a person and a community, heads and posts, days, filters, search, files."""

import re
from datetime import date
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AccessLog, User
from communities.models import Community
from staffing.models import Person
from staffing.selectors import roster as selector
from staffing.selectors.roster import RosterQuery, RosterTotals, get_roster
from tests.conftest import Browse
from tests.factories import make_community, make_user
from tests.files import xlsx_rows
from tests.queries import queries_of
from tests.staff_factories import (
    IDENTITY_NUMBERS,
    make_act,
    make_appointment,
    make_certificate,
    make_person,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
STREET, ELSEWHERE, DISTRICT = "371502001", "371502002", "371502"


@pytest.fixture
def gucheng() -> Community:
    return make_community()


@pytest.fixture
def hunan() -> Community:
    return make_community("371502001002", "湖南社区居委会")


@pytest.fixture
def liuyuan() -> Community:
    return make_community("371502002001", "柳园社区居委会")


def listed(user: User, prefix: str = STREET, on: date = ON, **asked: Any) -> list[tuple[Any, ...]]:
    """Name, community and posts of each row."""
    return [
        (
            row.person.name,
            row.community.short_name,
            [one.get_post_display() for one in row.appointments],
        )
        for row in get_roster(user, RosterQuery(prefix=prefix, on=on, **asked))
    ]


def totals(user: User, prefix: str = STREET, on: date = ON, **asked: Any) -> RosterTotals:
    return get_roster(user, RosterQuery(prefix=prefix, on=on, **asked)).totals


def test_roster_with_several_posts_then_one_row_a_community_and_one_head(
    clerk: User, gucheng: Community, hunan: Community
) -> None:
    wang, li = make_person(name="王小红"), make_person(name="李建国")
    make_appointment(gucheng, "worker", li)
    for post in ("director", "secretary"):
        make_appointment(gucheng, post, wang)
    make_appointment(hunan, "secretary", wang)
    make_appointment(gucheng, "member", make_person(name="张敏"), valid_until=ON)

    assert listed(clerk) == [
        ("王小红", "古城社区", ["党组织书记", "居委会主任"]),
        ("李建国", "古城社区", ["专职工作人员"]),
        ("王小红", "湖南社区", ["党组织书记"]),
    ]
    assert totals(clerk) == RosterTotals(rows=3, heads=2, posts=4)


def test_roster_when_one_number_is_filed_in_two_streets_then_one_head(
    district_officer: User, gucheng: Community, liuyuan: Community
) -> None:
    here = make_person(STREET, identity_number=IDENTITY_NUMBERS[0])
    there = make_person(ELSEWHERE, identity_number=IDENTITY_NUMBERS[0])
    for community, person in ((gucheng, here), (liuyuan, there), (liuyuan, make_person(ELSEWHERE))):
        make_appointment(community, "worker", person)

    assert totals(district_officer, DISTRICT) == RosterTotals(rows=3, heads=2, posts=3)


def test_roster_of_a_street_then_nobody_of_another(
    clerk: User, clerk_elsewhere: User, gucheng: Community, liuyuan: Community
) -> None:
    make_appointment(gucheng, "director")
    make_appointment(liuyuan, "director", make_person(ELSEWHERE, "李建国"))

    assert listed(clerk_elsewhere, DISTRICT) == [("李建国", "柳园社区", ["居委会主任"])]
    assert listed(clerk, ELSEWHERE) == []


def test_roster_of_a_past_day_then_as_it_was(clerk: User, gucheng: Community) -> None:
    person = make_person(
        born_in=date(1990, 5, 1),
        full_time_education="junior_college",
        highest_education="bachelor",
        highest_education_on=date(2024, 7, 1),
    )
    make_appointment(gucheng, "member", person, valid_until=date(2025, 3, 1))
    make_appointment(gucheng, "director", person, valid_from=date(2025, 3, 1))
    make_certificate(person, issued_on=date(2021, 11, 1), expires_on=date(2024, 10, 31))

    def read(on: date, **asked: Any) -> list[list[str]]:
        return [posts for _, _, posts in listed(clerk, on=on, **asked)]

    assert read(date(2022, 1, 9)) == []
    assert read(date(2025, 2, 28)) == [["居委会委员"]]
    assert read(date(2025, 3, 1)) == [["居委会主任"]]
    # the level counts from its day on, the certificate up to its last day
    assert read(date(2024, 6, 30), education="junior_college") == [["居委会委员"]]
    assert read(date(2024, 7, 1), education="junior_college") == []
    assert read(date(2024, 7, 1), education="bachelor") == [["居委会委员"]]
    assert read(date(2024, 10, 31), certificate="assistant") == [["居委会委员"]]
    assert read(date(2024, 11, 1), certificate="assistant") == []
    assert read(date(2024, 11, 1), certificate="none") == [["居委会委员"]]
    # 36 years old from May 2026
    assert read(date(2026, 4, 30), age="35") == [["居委会主任"]]
    assert read(date(2026, 5, 1), age="35") == []
    assert read(date(2026, 5, 1), age="36") == [["居委会主任"]]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"group": "committee"}, "王小红 李建国"),
        ({"group": "party"}, "王小红"),
        ({"group": "workers"}, "张敏"),
        ({"identity": "recruited"}, "张敏"),
        ({"pay": "own_channel"}, "李建国"),
        ({"party": "yes"}, "王小红"),
        ({"party": "no"}, "李建国 张敏"),
        ({"sex": "male"}, "李建国"),
        ({"age": "61"}, "李建国"),
        ({"education": ""}, "王小红 李建国 张敏"),
        ({"education": "master"}, "张敏"),
        ({"certificate": "intermediate"}, "张敏"),
        ({"certificate": "none"}, "王小红 李建国"),
        ({"name": "小"}, "王小红"),
        ({"state": "left"}, "赵磊"),
        ({"sort": "born"}, "李建国 张敏 王小红"),
        ({"sort": "-born"}, "王小红 张敏 李建国"),
        ({"sort": "joined"}, "王小红 张敏 李建国"),
        ({"sort": "-education"}, "张敏 王小红 李建国"),
        ({"group": "committee", "sex": "female"}, "王小红"),
    ],
)
def test_roster_when_filtered_or_sorted(
    asked: dict[str, str], expected: str, clerk: User, gucheng: Community
) -> None:
    wang = make_person(name="王小红")
    li = make_person(
        name="李建国",
        sex="male",
        born_in=date(1960, 1, 1),
        political_status="none",
        full_time_education="",
        highest_education="",
        highest_education_on=None,
        joined_on=None,
    )
    zhang = make_person(
        name="张敏",
        born_in=date(1988, 3, 1),
        political_status="",
        highest_education="master",
        highest_education_on=None,
        joined_on=date(2021, 1, 1),
    )
    make_certificate(zhang, "intermediate")
    for post in ("secretary", "director"):
        make_appointment(gucheng, post, wang)
    make_appointment(gucheng, "deputy", li, pay_channel="own_channel")
    make_appointment(gucheng, "worker", zhang)
    make_appointment(
        gucheng, "member", make_person(name="赵磊", joined_on=None), valid_until=date(2025, 1, 1)
    )

    assert " ".join(name for name, _, _ in listed(clerk, **asked)) == expected


def test_totals_when_filtered_by_post_then_posts_that_match(
    clerk: User, gucheng: Community
) -> None:
    wang = make_person()
    for post in ("secretary", "director"):
        make_appointment(gucheng, post, wang)

    assert totals(clerk, group="committee") == RosterTotals(rows=1, heads=1, posts=1)
    assert listed(clerk, group="committee") == [
        ("王小红", "古城社区", ["党组织书记", "居委会主任"])
    ]


def test_roster_of_more_than_a_city_then_the_first_rows_and_no_counts(
    gucheng: Community, hunan: Community, monkeypatch: pytest.MonkeyPatch, browse: Browse
) -> None:
    for community in (gucheng, hunan):
        make_appointment(community, "director")
    monkeypatch.setattr(selector, "MOST_LISTED", 1)
    client = browse(make_user("auditor", "37"))

    page = client.get("/staff/").content.decode()

    assert "只列前1行，选一个市、县（市、区）或街道看全部和人数" in page
    assert page.count('<th scope="row" class="pin">') == 1
    assert "导出Excel" not in page
    assert client.get("/staff/export.xlsx").headers["Location"] == "/staff/?"
    assert client.get("/staff/?street=371502").content.decode().count("共1人") == 0
    assert "共2人，2个职务" in client.get("/staff/?street=371502").content.decode()


def test_page_then_columns_marks_and_masks(browse: Browse, clerk: User, gucheng: Community) -> None:
    wang = make_person(phone="13806351234", identity_number=IDENTITY_NUMBERS[0])
    for post in ("secretary", "director"):
        make_appointment(gucheng, post, wang)

    page = browse(clerk).get("/staff/").content.decode()

    assert f"花名册<small>古楼街道 · {timezone.localdate()}在岗</small>" in page
    assert "共1人，2个职务" in page
    assert '党组织书记、居委会主任 <span class="tag info">一肩挑</span>' in page
    assert "138****1234" in page
    assert "13806351234" not in page
    assert "3823" not in page


def test_page_of_a_community_then_it_is_named_and_its_street_offered(
    browse: Browse, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    make_appointment(gucheng, "director")
    make_appointment(hunan, "director", make_person(name="李建国"))

    page = browse(district_officer).get(f"/staff/?community={hunan.code}").content.decode()

    assert "花名册<small>湖南社区 · " in page
    assert f'<option value="{hunan.code}" selected>湖南社区</option>' in page
    assert "共1人，1个职务" in page


def test_page_when_nobody_is_registered_then_the_ways_to_begin(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    page = browse(clerk).get("/staff/").content.decode()

    assert "还没有登记人员" in page
    assert 'href="/imports/new/?kind=roster">导入花名册</a>' in page


def test_page_when_a_filter_is_unknown_then_said(browse: Browse, clerk: User) -> None:
    page = browse(clerk).get(f"/staff/?street={ELSEWHERE}&sex=x&on=2026-13-01").content.decode()

    assert f"没有“{ELSEWHERE}”这个辖区，已不按它筛选" in page
    assert "没有“x”这个性别，已不按它筛选" in page
    assert "“2026-13-01”没有这一天，核对月和日，已按今天" in page


def test_search_then_the_name_stands_in_no_address(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    make_appointment(gucheng, "director", make_person(name="王小红"))
    make_appointment(gucheng, "member", make_person(name="李建国"))
    client = browse(clerk)

    answer = client.post("/staff/search/", {"name": " 小红 ", "group": "committee"})
    page = client.get(answer.headers["Location"]).content.decode()

    assert answer.headers["Location"] == "/staff/?group=committee&named=1"
    assert "王小红" in page
    assert "李建国" not in page
    assert [path for path in re.findall(r'(?:href|action)="([^"]*)"', page) if "小红" in path] == []
    assert "李建国" in client.get("/staff/").content.decode()


def test_search_by_identity_number_then_its_file_and_nothing_kept(
    browse: Browse, clerk: User, clerk_elsewhere: User, gucheng: Community
) -> None:
    person = make_person(identity_number=IDENTITY_NUMBERS[0])
    client = browse(clerk)

    found = client.post("/staff/search/", {"name": IDENTITY_NUMBERS[0].lower()})
    missing = browse(clerk_elsewhere).post("/staff/search/", {"name": IDENTITY_NUMBERS[0]})
    wrong = client.post("/staff/search/", {"name": f"{IDENTITY_NUMBERS[0][:-1]}9"}, follow=True)

    assert found.headers["Location"] == f"/staff/persons/{person.pk}/"
    assert missing.headers["Location"] == "/staff/?"
    assert "身份证号末位校验不符。逐位核对证件" in wrong.content.decode()
    assert "staff_name" not in client.session


def test_page_when_rows_grow_then_as_many_queries(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    client = browse(clerk)
    make_certificate(make_appointment(gucheng, "director").person)
    client.get("/staff/")
    one = queries_of(client, "/staff/?group=committee")
    for _ in range(29):
        make_certificate(make_appointment(gucheng, "member").person)

    assert queries_of(client, "/staff/?group=committee") == one


def test_export_then_every_column_the_totals_and_a_record(
    browse: Browse, district_officer: User, gucheng: Community
) -> None:
    person = make_person(
        phone="13806351234", school="聊城大学", major="社会工作", remarks="兼任业委会委员"
    )
    make_appointment(gucheng, "secretary", person)
    make_appointment(gucheng, "director", person, grade=5)
    make_certificate(person, "intermediate", registration_no="SW1")
    path = "/staff/export.xlsx?on=2026-11-22&street=371502001"

    answer = browse(district_officer).get(path)
    rows = xlsx_rows(answer.content)

    name = "花名册-371502001-2026-11-22.xlsx"
    assert unquote(answer.headers["Content-Disposition"]).endswith(name)
    assert AccessLog.objects.get(act="export").target == name
    assert rows[1][0] == "古楼街道　　2026-11-22在岗人员"
    assert rows[2][0].startswith("社区保障管理系统　　东昌府区民政局 测试用户　　20")
    assert dict(zip(rows[3], rows[4], strict=True)) == {
        "序号": 1,
        "姓名": "王小红",
        "社区": "古城社区",
        "职务": "党组织书记、居委会主任（一肩挑）",
        "性别": "女",
        "出生年月": "1990-05",
        "民族": "汉族",
        "政治面貌": "中共党员",
        "全日制学历": "大专",
        "最高学历": "本科",
        "毕业院校和专业": "聊城大学 社会工作",
        "任职日期": "2022-01-10",
        "参加社区工作": "2020-03-01",
        "年限（年）": 6,
        "身份": "选举产生",
        "证书": "社会工作师",
        "登记号": "SW1",
        "岗位等级": "5",
        "报酬渠道": "社区经费",
        "居住在本社区": "是",
        "电话": "138****1234",
        "备注": "兼任业委会委员",
    }
    assert rows[5][:3] == ["合计", "1人", "2个职务"]


def test_export_of_who_left_then_day_and_reason(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    person = make_person()
    act = make_act(person, gucheng, "leave", on=date(2025, 1, 1), leave_reason="retired")
    make_appointment(gucheng, "member", person, valid_until=date(2025, 1, 1), ended_by=act)

    rows = xlsx_rows(browse(clerk).get("/staff/export.xlsx?state=left").content)

    line: dict[str, Any] = dict(zip(rows[3], rows[4], strict=True))
    assert (line["离任日期"], line["离任原因"]) == ("2025-01-01", "退休")


def test_roster_of_a_purged_person_then_no_name(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    person = make_appointment(gucheng, "director").person
    Person.objects.filter(pk=person.pk).update(name="已清除", purged_at="2026-01-01T00:00:00Z")

    client: Client = browse(clerk)

    assert ">已清除</a>" in client.get("/staff/").content.decode()
    assert client.get(f"/staff/persons/{person.pk}/edit/").status_code == 302
