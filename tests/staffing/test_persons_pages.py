"""Pages of a person and of a community's staff: what they show, who may act, what is recorded."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import AccessLog, Message, User
from accounts.scope import scope
from communities.models import Community
from staffing.models import Certificate, Person
from staffing.services.persons import change_person
from tests.conftest import Browse
from tests.factories import make_community, make_former
from tests.queries import queries_of
from tests.staff_factories import (
    AT,
    IDENTITY_NUMBERS,
    make_act,
    make_appointment,
    make_attendance,
    make_award,
    make_certificate,
    make_course,
    make_person,
)
from tests.world import GUCHENG, make_world

pytestmark = pytest.mark.django_db
PHONE = "13806351234"


@pytest.fixture
def gucheng() -> Community:
    return make_community()


@pytest.fixture
def wang(gucheng: Community) -> Person:
    person = make_person(identity_number=IDENTITY_NUMBERS[0], phone=PHONE)
    make_appointment(gucheng, "director", person)
    return person


def text(browse: Browse, user: User, path: str) -> str:
    answer = browse(user).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def posted(**overrides: Any) -> dict[str, Any]:
    """The form of the factory's person as a browser posts it."""
    return {
        "version": 1,
        "name": "王小红",
        "sex": "female",
        "born_in": "1990-05",
        "ethnicity": "汉族",
        "political_status": "party",
        "full_time_education": "junior_college",
        "highest_education": "bachelor",
        "highest_education_on": "2016-07-01",
        "joined_on": "2020-03-01",
        "leads_collective": "unknown",
    } | overrides


def test_person_then_posts_acts_certificates_and_records(
    browse: Browse, clerk: User, gucheng: Community, wang: Person
) -> None:
    today = timezone.localdate()
    act = make_act(wang, gucheng, "enter", on=date(2018, 3, 1), doc_no="东政字〔2018〕8号")
    former = {"valid_from": date(2018, 3, 1), "valid_until": date(2022, 1, 10), "begun_by": act}
    make_appointment(gucheng, "member", wang, **former)
    for days, level in ((-1, "assistant"), (90, "intermediate"), (91, "senior")):
        make_certificate(wang, level, expires_on=today + timedelta(days=days))
    make_attendance(make_course(), wang, certificate_no="2026-1")
    make_award(wang, gucheng)

    page = text(browse, clerk, f"/staff/persons/{wang.pk}/")

    assert "王小红<small>古城社区居委会主任</small>" in page
    assert "**************3823" in page
    assert "138****1234" in page
    assert PHONE not in page
    assert page.index("居委会主任</th>") < page.index("居委会委员</th>")
    assert "东政字〔2018〕8号" in page
    assert page.count("已过期") == page.count("即将到期") == 1
    assert "社区工作者培训班" in page
    assert "参加，16学时，结业证书2026-1" in page
    assert "年度奖励" in page


def test_person_when_filed_in_another_street_too_then_said_to_who_sees_both(
    browse: Browse, clerk: User, district_officer: User, wang: Person
) -> None:
    make_person("371502002", identity_number=IDENTITY_NUMBERS[0])
    path = f"/staff/persons/{wang.pk}/"

    assert "同一身份证号在另一街道也有登记" in text(browse, district_officer, path)
    assert "同一身份证号" not in text(browse, clerk, path)


def test_person_then_what_one_may_do(
    browse: Browse, clerk: User, auditor: User, wang: Person
) -> None:
    path = f"/staff/persons/{wang.pk}/"
    mine, theirs = text(browse, clerk, path), text(browse, auditor, path)

    for words in ("修改登记", "/certificates/new/", "查看完整电话"):
        assert words in mine
        assert words not in theirs


def test_history_then_who_changed_what_and_neither_number(
    browse: Browse, clerk: User, wang: Person
) -> None:
    wang.school = "聊城大学"
    with scope("371502001", user=clerk.pk):
        change_person(
            person=wang,
            fields=("school",),
            version=1,
            phone="13900001111",
            by=clerk,
            at=AT,
            reason="据毕业证书",
        )

    page = text(browse, clerk, f"/staff/persons/{wang.pk}/")
    history = page.split("修改记录，新的在前")[1].split("</tbody>")[0]
    first = history.split("<tr>")[2]

    assert "李敏" in first
    assert "毕业院校：<del>（空）</del> → 聊城大学" in first
    assert "据毕业证书" in first
    assert "139" not in history
    assert "3823" not in history


def test_person_when_records_grow_then_as_many_queries(
    browse: Browse, clerk: User, gucheng: Community, wang: Person
) -> None:
    client, path = browse(clerk), f"/staff/persons/{wang.pk}/"
    make_certificate(wang)
    client.get(path)
    few = queries_of(client, path)
    for _ in range(29):
        make_certificate(wang)
        make_act(wang, gucheng)
        make_attendance(make_course(), wang)

    assert queries_of(client, path) == few


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_phone_when_asked_for_then_shown_once_and_recorded(
    headers: dict[str, str], browse: Browse, clerk: User, wang: Person
) -> None:
    client = browse(clerk)

    answer = client.post(f"/staff/persons/{wang.pk}/phone/", headers=headers)

    assert PHONE in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert (
        AccessLog.objects.filter(act="reveal", user=clerk).get().target
        == f"人员{wang.pk} 371502001"
    )
    assert PHONE not in client.get(f"/staff/persons/{wang.pk}/").content.decode()


def test_phone_when_one_may_not_then_refused(
    browse: Browse, auditor: User, clerk_elsewhere: User, wang: Person
) -> None:
    path = f"/staff/persons/{wang.pk}/phone/"

    assert browse(auditor).post(path).status_code == 403
    assert browse(clerk_elsewhere).post(path).status_code == 404
    assert not AccessLog.objects.filter(act="reveal").exists()


def test_edit_then_stored_once_and_masks_stay(browse: Browse, clerk: User, wang: Person) -> None:
    client, path = browse(clerk), f"/staff/persons/{wang.pk}/edit/"
    data = posted(school="聊城大学", born_in="1985-06", change_reason="据毕业证书")
    data["key"] = "5c1c2f5e-6f7a-4b57-9c1f-9a2f54e43c11"

    for _ in range(2):
        answer = client.post(path, data)
        assert answer.headers["Location"] == f"/staff/persons/{wang.pk}/"

    wang.refresh_from_db()
    assert (wang.school, wang.version) == ("聊城大学", 2)
    assert (wang.identity_mask, wang.phone_mask) == ("**************3823", "138****1234")


def test_edit_when_wrong_then_422_and_nothing_typed_is_lost(
    browse: Browse, clerk: User, wang: Person
) -> None:
    other = make_person(name="李红", identity_number=IDENTITY_NUMBERS[1])
    data = posted(identity_number=IDENTITY_NUMBERS[1], sex="", born_in="", school="聊城大学")

    answer = browse(clerk).post(f"/staff/persons/{wang.pk}/edit/", data)
    page = answer.content.decode()

    assert other.pk != wang.pk
    assert answer.status_code == 422
    assert "本街道已经登记了同一证件号码的人员。打开已有的登记" in page
    assert 'value="聊城大学"' in page


def test_edit_when_changed_meanwhile_then_both_versions(
    browse: Browse, clerk: User, wang: Person
) -> None:
    Person.objects.filter(pk=wang.pk).update(school="山东大学", version=2)

    answer = browse(clerk).post(f"/staff/persons/{wang.pk}/edit/", posted(school="聊城大学"))
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "山东大学" in page
    assert "聊城大学" in page


def test_certificate_then_added_changed_and_checked(
    browse: Browse, clerk: User, clerk_elsewhere: User, wang: Person
) -> None:
    client = browse(clerk)
    new = f"/staff/persons/{wang.pk}/certificates/new/"
    data = {"level": "other", "issued_on": "2021-11-01", "expires_on": "2021-11-01"}

    refused = client.post(new, data).content.decode()
    assert "写明证书名称" in refused
    assert client.post(new, data | {"name": "心理咨询师"}).status_code == 422
    stored = client.post(new, data | {"name": "心理咨询师", "expires_on": "2027-01-20"})
    made = Certificate.objects.get()

    assert stored.headers["Location"] == f"/staff/persons/{wang.pk}/"
    assert (made.code, made.person, str(made)) == ("371502001", wang, "心理咨询师")

    edit = f"/staff/certificates/{made.pk}/edit/"
    data = {"version": 1, "level": "senior", "issued_on": "2021-11-01", "registration_no": "SW9"}
    assert client.post(edit, data).status_code == 302
    made.refresh_from_db()
    assert (made.level, made.registration_no, made.expires_on, made.version) == (
        "senior",
        "SW9",
        None,
        2,
    )
    assert browse(clerk_elsewhere).get(edit).status_code == 404


def test_community_then_bodies_with_required_and_actual(browse: Browse, clerk: User) -> None:
    make_world(GUCHENG)
    community = Community.objects.get(code=GUCHENG)
    wang = make_person()
    for post in ("secretary", "director"):
        make_appointment(community, post, wang)
    for lives_here in (True, False, None):
        make_appointment(community, "member", lives_here=lives_here)
    make_appointment(community, "worker", make_person(name="张敏"))
    make_appointment(community, "worker", make_person(name="赵磊"), identity="seconded")

    page = text(browse, clerk, f"/communities/{GUCHENG}/staff/")
    side = page.split("各组织应配和在岗人数")[1]
    cells = [
        [cell.split(">", 1)[1].split("<")[0] for cell in row.split("<t")[1:]]
        for row in side.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    ]

    assert 'aria-current="page">人员</a>' in page
    assert "6人，7个职务" in page
    # 2,847 households: one for 300 begun is 10, at most 9
    assert [row[:3] for row in cells][1] == ["居委会", "9", "4"]
    assert "缺" in side
    assert "2人，计入1人" in page
    assert "2/4人，66.7%" in page
    assert "1人没有登记是否居住在本社区" in page


def test_community_under_a_former_code_then_the_present_one(browse: Browse, clerk: User) -> None:
    community = make_community()
    make_former(community, date(2026, 1, 1), code="371502001099")

    answer = browse(clerk).get("/communities/371502001099/staff/")

    assert answer.headers["Location"] == "/communities/371502001001/staff/"


def test_tab_then_only_for_those_who_may_see_persons(
    browse: Browse, clerk: User, district_finance: User, gucheng: Community
) -> None:
    path, link = "/communities/371502001001/profile/", 'href="/communities/371502001001/staff/"'

    assert link in text(browse, clerk, path)
    assert link not in text(browse, district_finance, path)


def test_community_when_staff_grows_then_as_many_queries(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    client, path = browse(clerk), "/communities/371502001001/staff/"
    make_certificate(make_appointment(gucheng, "director").person)
    client.get(path)
    few = queries_of(client, path)
    for _ in range(29):
        make_certificate(make_appointment(gucheng, "member").person)

    assert queries_of(client, path) == few


def test_edit_with_a_number_in_post_elsewhere_then_warned_and_the_district_told(
    browse: Browse, clerk: User, gucheng: Community, district_officer: User
) -> None:
    number = IDENTITY_NUMBERS[0]
    there = make_community(code="371502002001", name="柳园社区", short_name="柳园社区")
    make_appointment(there, "worker", make_person(code="371502002", identity_number=number))
    here = make_person(name="王小红")
    data = posted(identity_number=number, born_in="1985-06")

    answer = browse(clerk).post(f"/staff/persons/{here.pk}/edit/", data, follow=True)

    assert "在本市另一街道有在岗登记，已告知上级核对" in answer.content.decode()
    [told] = Message.objects.filter(to=district_officer)
    assert told.url == f"/staff/persons/{here.pk}/"
