"""What is found of the rows of a roster: cells, ages, other rows, posts that are taken."""

from datetime import date
from typing import Any

import pytest

from accounts.models import Message, User
from accounts.scope import scope
from collection.services.uploads import take
from policy import services as policies
from policy.engine import load_shipped
from staffing.models import StaffAct
from staffing.rules.identities import masked
from staffing.rules.roster_fields import posts_in
from tests.collection.upload_desk import AT, FRAME
from tests.factories import make_community
from tests.staff_factories import make_appointment, make_person
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


@pytest.mark.parametrize(
    ("cells", "name", "said"),
    [
        ({"身份证号": "371502198506153824"}, "identity_number",
         "身份证号末位校验不符。逐位核对证件"),
        ({"身份证号": "3.71502198506154E+17"}, "identity_number",
         "身份证号成了科学记数，这一列应设为文本格式，照证件重新填写"),
        ({"身份证号": "371502********3823"}, "identity_number",
         "身份证号里有*。照证件填写18位，或空着不变"),
        ({"身份证号": masked(NUMBER), "性别": "女", "出生年月": "1985-06"}, "identity_number",
         "没有登记过这个人，身份证号却带*。照证件填写，或空着"),
        ({"出生年月": "1985-07"}, "born_in", "出生年月和身份证号不一致。核对证件，改其中一格"),
        ({"身份证号": ""}, "born_in", "没有出生年月。填写，或填写身份证号"),
        ({"职务": "委员"}, "posts",
         "“委员”不清楚是哪个组织的。写成党组织委员、居委会委员或居务监督委员会成员"),
        ({"职务": ""}, "posts", "没有写职务。写党组织书记、居委会主任、专职工作人员等"),
        ({"身份": ""}, "identity", "居委会委员没有登记过，选择身份"),
        ({"任职日期": "2027-01-01"}, "valid_from",
         "任职日期2027-01-01还没有到。改成2026-07-10或以前的日期"),
        ({"离任日期": "2022-01-10"}, "valid_until",
         "离任日期2022-01-10不晚于任职日期2022-01-10。改其中一个日期"),
        ({"联系电话": "1380635000"}, "phone", "电话写成11位手机号或0635-8321234的样子"),
        ({"备注": f"找他{PHONE}"}, "remarks", "里面有手机号。删去，电话写在“联系电话”列"),
        ({"备注": "１３８ ０６３５ ０００１"}, "remarks",
         "里面有手机号。删去，电话写在“联系电话”列"),
        ({"证书级别": "中级", "证书取得日期": "2023-01-01", "登记有效期至": "2022-01-01"},
         "expires_on", "登记有效期至2022-01-01，不晚于取得日期2023-01-01。改其中一个日期"),
        ({"备注": NUMBER}, "remarks", "里面有居民身份证号。删去，身份证号写在“身份证号”列"),
        ({"证书级别": "中级"}, "issued_on", "社会工作师没有登记过，填写证书取得日期"),
        ({"社区代码": "371502002001"}, "",
         "社区代码371502002001不在你的辖区。核对代码，或删去此行"),
        ({"一肩挑": "否", "职务": "书记、主任"}, "both",
         "职务里书记、主任都有，一肩挑却是否。改其中一格"),
    ],
)  # fmt: skip
def test_wrong_cell_says_what_and_how_to_mend_it(
    clerk: User, cells: dict[str, str], name: str, said: str
) -> None:
    upload = paste(clerk, row(**cells))

    state, found = seen(upload)[0]
    assert (state, (name, said) in found) == ("wrong", True), found


@pytest.mark.parametrize(
    ("cells", "name", "said"),
    [
        ({"身份证号": "", "性别": "女", "出生年月": "2005-06", "任职日期": "2022-01-10"}, "born_in",
         "任职时16岁，不满18岁。核对，写明原因"),
        ({"身份证号": "", "性别": "女", "出生年月": "1950-06"}, "born_in",
         "76岁，超过70岁。核对，写明原因"),
        ({"全日制学历": "本科", "最高学历": "大专"}, "highest_education",
         "大专低于全日制学历本科。核对，写明原因"),
    ],
)  # fmt: skip
def test_unlikely_row_is_taken_with_its_reason_only(
    clerk: User, cells: dict[str, str], name: str, said: str
) -> None:
    upload = paste(clerk, row(**cells))
    assert seen(upload) == [("unlikely", [(name, said)])]

    assert mend(upload, clerk, 2, {name: "已核对档案"}) == "new"

    take(upload=upload, by=clerk, at=AT, frame=FRAME)
    assert StaffAct.objects.get().note == f"花名册导入第{upload.pk}号；已核对档案"


def test_reason_column_answers_for_the_unlikely(clerk: User) -> None:
    assert states(paste(clerk, row(全日制学历="本科", 最高学历="大专", 变动说明="档案如此"))) == [
        "new"
    ]


def test_two_rows_that_do_not_agree_name_each_other(clerk: User) -> None:
    other = {"姓名": "李明", "身份证号": OTHER}

    upload = paste(clerk,
        row(职务="居委会主任"), row(**other, 职务="主任"),
        row(职务="居委会主任", 任职日期="2023-01-01"),
        row(姓名="王晓红", 职务="网格员"))  # fmt: skip

    assert [[said for _, said in found] for _, found in seen(upload)] == [
        ["和第5行是同一个身份证号，姓名不同。改其中一行",
         "和第4行是同一个人的同一职务。留一行，其余删去",
         "和第3行都是居委会主任，只能有一个人担任。改其中一行，或写离任日期"],
        ["和第2行都是居委会主任，只能有一个人担任。改其中一行，或写离任日期"],
        ["和第5行是同一个身份证号，姓名不同。改其中一行",
         "和第2行是同一个人的同一职务。留一行，其余删去",
         "和第3行都是居委会主任，只能有一个人担任。改其中一行，或写离任日期"],
        ["和第2行是同一个身份证号，姓名不同。改其中一行"],
    ]  # fmt: skip


def test_person_in_post_in_another_community_asks_for_a_reason(clerk: User) -> None:
    taken(clerk, row())

    upload = paste(clerk, row(社区代码="371502001002"))

    assert seen(upload) == [("unlikely", [("posts",
        "他现在古城社区任居委会委员。兼任的写明原因；调动的，在人员变动里办调动")])]  # fmt: skip


def test_number_in_post_in_another_street_is_told_when_the_row_is_taken(
    clerk: User, district_officer: User
) -> None:
    away = make_community("371502002001", "东关社区居委会", short_name="东关社区")
    make_appointment(away, person=make_person("371502002", "王小红", identity_number=NUMBER))

    upload = paste(clerk, row(), row(姓名="李明", 身份证号=OTHER))

    # a file that is only looked at says nothing of other streets
    assert seen(upload) == [("new", []), ("new", [])]
    assert not Message.objects.filter(to=district_officer).exists()
    with scope(clerk.scope):
        take(upload=upload, by=clerk, at=AT, frame=FRAME)
    upload.refresh_from_db()
    assert "1行的身份证号在本市另一街道有在岗登记，已告知区" in upload.message
    told = Message.objects.get(to=district_officer)
    assert "在本市另一街道有在岗登记" in told.text
    assert "王小红" not in told.text


def test_post_that_somebody_holds_is_refused_with_the_holder(clerk: User) -> None:
    taken(clerk, row(职务="居委会主任"))

    upload = paste(clerk, row(姓名="李明", 身份证号=OTHER, 职务="主任", 任职日期="2023-01-01"))

    assert seen(upload) == [("wrong", [("posts",
        "王小红自2022-01-10至今任居委会主任。先写他的离任日期，或改任职日期")])]  # fmt: skip


@pytest.mark.parametrize(("day", "state"), [("2026-03-01", "wrong"), ("2024-03-01", "unlikely")])
def test_recruit_against_the_clause_is_refused_this_year_and_asked_about_before(
    clerk: User, day: str, state: str
) -> None:
    source = load_shipped("city-opinions-2013").source
    draft = policies.draft(source, by=None, jurisdiction="3715")
    policies.publish(draft, by=None, on=date(2026, 3, 1))
    cells = {"身份": "招聘", "职务": "专职工作人员", "最高学历": "本科", "任职日期": day}

    found, findings = seen(paste(clerk, row(**cells)))[0]

    assert found == state
    said = dict(findings)["identity"]
    assert said.startswith("不符合招聘条件：年龄")
    assert "招聘的专职工作人员应有大专以上学历、年龄不超过35岁" in said


@pytest.mark.parametrize(
    ("text", "posts_"),
    [
        ("党委书记兼居委会主任", ("secretary", "director")),
        ("一肩挑", ("secretary", "director")),
        ("社区民警（兼副职）", ("police_deputy",)),
        ("两委委员/网格长", ("party_member", "member", "grid_worker")),
        ("副主任（挂职）", ("deputy",)),
    ],
)
def test_posts_as_people_write_them(text: str, posts_: tuple[str, ...]) -> None:
    assert posts_in(text) == posts_
