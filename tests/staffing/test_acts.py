"""登记进入 by its page: a file, a post, papers; who is known already."""

from datetime import date
from typing import Any

import pytest

from accounts.models import Message, User
from communities.models import Community
from staffing.models import (
    Appointment,
    Person,
    StaffAct,
    StaffPaper,
)
from tests.conftest import Browse
from tests.factories import make_community
from tests.paper_samples import png
from tests.posted import errors_of
from tests.staff_factories import (
    make_appointment,
    make_person,
)
from tests.staffing.act_desk import ACTS, DAY, NUMBER, entry, file, followed

pytestmark = pytest.mark.django_db
ELSEWHERE = "这个证件号码在本市另一街道有在岗登记"


def test_enter_then_person_post_act_and_papers(
    community: Community, clerk: User, browse: Browse
) -> None:
    client = browse(clerk)
    data = entry(community, doc_no="东人社〔2026〕3号", lives_here="true", grade="3",
        diploma=file(), decision=file("录用.png", png()))  # fmt: skip

    said = followed(client, client.post("/staff/enter/", data))

    assert "已登记王小红进入古城社区" in said
    person = Person.objects.get()
    assert (person.code, person.sex, person.born_in, person.identity_mask, person.phone_mask) == (
        "371502001", "female", date(1985, 6, 1), "**************3823", "138****5678",
    )  # fmt: skip
    post = Appointment.objects.get()
    assert (post.code, post.post, post.identity, post.grade, post.lives_here, post.valid_from) == (
        community.code, "worker", "recruited", 3, True, DAY,
    )  # fmt: skip
    act = StaffAct.objects.get()
    assert (act.kind, act.on, act.doc_no, act.made_by_id, post.begun_by_id) == (
        "enter", DAY, "东人社〔2026〕3号", clerk.pk, act.pk,
    )  # fmt: skip
    assert list(StaffPaper.objects.values_list("kind", "content_type", "code")) == [
        ("decision", "image/png", community.code), ("diploma", "application/pdf", community.code),
    ]  # fmt: skip
    assert "王小红学历" not in said


def test_enter_twice_by_a_double_click_then_once(
    community: Community, clerk: User, browse: Browse
) -> None:
    client = browse(clerk)
    data = entry(community)

    first, second = (client.post("/staff/enter/", data) for _ in range(2))

    assert first["Location"] == second["Location"] == f"{ACTS}{StaffAct.objects.get().pk}/"
    assert (Person.objects.count(), Appointment.objects.count()) == (1, 1)


def test_enter_of_a_filed_number_then_offers_the_file(
    community: Community, clerk: User, browse: Browse
) -> None:
    known = make_person(name="王晓红", identity_number=NUMBER)
    make_appointment(community, "grid_worker", known)

    answer = browse(clerk).post("/staff/enter/", entry(community))

    assert errors_of(answer) == ["这个证件号码在本街道已经登记，见下面的已有登记"]
    page = answer.content.decode()
    assert "王晓红，女，1990-05出生。古城社区网格员" in page
    assert f'href="/staff/persons/{known.pk}/add-post/">登记兼任' in page
    assert Person.objects.count() == 1


def test_enter_of_somebody_in_post_elsewhere_then_one_bit_and_the_district_hears(
    community: Community, clerk: User, district_officer: User, city_officer: User, browse: Browse
) -> None:
    far = make_community("371502002001", "柳园社区居委会")
    make_appointment(far, "worker", make_person("371502002", "王晓红", identity_number=NUMBER))
    client = browse(clerk)

    said = followed(client, client.post("/staff/enter/", entry(community)))

    assert f"{ELSEWHERE}，已告知上级核对" in said
    for secret in ("王晓红", "柳园", "371502002"):
        assert secret not in said
    [note] = Message.objects.all()
    assert note.to_id == district_officer.pk
    assert note.url == f"{ACTS}{StaffAct.objects.get().pk}/"
    assert "王" not in note.text
    assert ELSEWHERE in browse(district_officer).get(note.url).content.decode()


def test_enter_of_somebody_in_post_in_another_district_then_the_city_hears_too(
    community: Community, clerk: User, district_officer: User, city_officer: User, browse: Browse
) -> None:
    far = make_community("371503001001", "临清社区居委会")
    make_appointment(far, "worker", make_person("371503001", "王晓红", identity_number=NUMBER))

    browse(clerk).post("/staff/enter/", entry(community))

    assert {note.to_id for note in Message.objects.all()} == {district_officer.pk, city_officer.pk}


@pytest.mark.parametrize(
    "overrides",
    [
        {"valid_until": date(2026, 1, 1)},  # has left there
        {"person": "371602001"},  # in another city
    ],
)
def test_enter_of_somebody_who_is_not_in_post_in_the_city_then_no_word(
    overrides: dict[str, Any], community: Community, clerk: User, browse: Browse
) -> None:
    street = overrides.pop("person", "371502002")
    far = make_community(f"{street}001", "柳园社区居委会")
    make_appointment(far, "worker", make_person(street, identity_number=NUMBER), **overrides)
    client = browse(clerk)

    said = followed(client, client.post("/staff/enter/", entry(community)))

    assert ELSEWHERE not in said
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "填写姓名"),
        ({"community": ""}, "选择社区"),
        ({"on": "2099-01-01"}, "2099-01-01在一年以后。核对年份"),
        ({"identity_number": NUMBER[:-1] + "4"}, "身份证号末位校验不符。逐位核对证件"),
        ({"diploma": file("学历.docx")}, "文件“学历证书.docx”实际是PDF，不是Word文档。"),
    ],
)
def test_enter_with_a_mistake_then_says_it_and_keeps_the_typing(
    typed: dict[str, Any], said: str, community: Community, clerk: User, browse: Browse
) -> None:
    answer = browse(clerk).post("/staff/enter/", entry(community, **typed))

    assert any(said[:6] in one for one in errors_of(answer))
    page = answer.content.decode()
    assert 'value="13812345678"' in page
    assert "王小红学历" not in page
    assert Person.objects.count() == 0
