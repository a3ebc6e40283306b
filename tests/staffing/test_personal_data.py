"""Identity numbers and telephones are nowhere but where they have to be; names in no address.

That no page of any role tells them is looked at where every route is walked (tests/test_routes.py).
"""

import hmac
import logging
from hashlib import sha256
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accounts.models import AccessLog, Message, User
from accounts.scope import scope
from collection.models import Upload, UploadContent, UploadRow, UploadSecret
from communities.models import Community
from staffing.models import Person, PersonPhone
from tests.conftest import Browse
from tests.factories import make_community
from tests.personal_data import NAME, NUMBER, PHONE, found_in, tables_with
from tests.sheet_samples import workbook
from tests.staffing.roster_desk import HEAD, block, row

pytestmark = pytest.mark.django_db
OTHER = "371502199003074511"
OTHER_PHONE = "06358321234"
SECRETS = (NUMBER, PHONE, OTHER, OTHER_PHONE)


@pytest.fixture
def community(clerk: User) -> Community:
    return make_community()


class Desk:
    """A browser that keeps its answers."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.answers: list[HttpResponse] = []

    def get(self, path: str) -> HttpResponse:
        self.answers.append(self.client.get(path))
        return self.answers[-1]

    def post(self, path: str, data: dict[str, Any]) -> HttpResponse:
        answer = self.client.post(path, data)
        self.answers.append(answer)
        while answer.status_code == 302:
            answer = self.get(answer.headers["Location"])
        return answer


def registered_by_form(desk: Desk, community: Community) -> HttpResponse:
    return desk.post("/staff/enter/", {
        "name": NAME, "identity_number": NUMBER, "ethnicity": "汉族", "phone": PHONE,
        "community": str(community.pk), "post": "member", "identity": "elected",
        "pay_channel": "funded", "lives_here": "unknown", "on": "2026-03-01", "do": "save",
    })  # fmt: skip


def uploaded(desk: Desk, *rows: dict[str, str]) -> Upload:
    cells = [[one.get(name, "") for name in HEAD] for one in rows]
    file = SimpleUploadedFile(f"{NAME}的表.xlsx", workbook((HEAD, *cells)))
    answer = desk.post("/imports/new/", {"kind": "roster", "file": file})
    assert answer.status_code == 200
    with scope("0"):
        return Upload.objects.latest("pk")


def everywhere() -> dict[str, list[str]]:
    with scope("0"):
        return tables_with(SECRETS)


def test_form_and_file_leave_numbers_in_one_table_only(
    clerk: User, community: Community, browse: Browse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    desk = Desk(browse(clerk))
    assert "已登记" in registered_by_form(desk, community).content.decode()
    new = row(姓名="李明", 身份证号=OTHER, 联系电话=OTHER_PHONE)
    known = row(身份证号=NUMBER, 联系电话=PHONE, 任职日期="2026-03-01")
    slip = row(姓名="王晓明", 身份证号=OTHER[:17] + "X", 联系电话="1380635123")

    upload = uploaded(desk, new, known, slip)

    assert (upload.file_name, upload.sheet_name) == ("花名册.xlsx", "")
    assert everywhere() == {
        NUMBER: [],
        PHONE: ["staffing_personphone"],  # the row says nothing new
        OTHER: [],
        OTHER_PHONE: ["collection_uploadsecret"],
    }
    address = f"/imports/{upload.pk}/"
    desk.get(f"{address}errors.xlsx")
    desk.post(f"{address}rows/4/", {"cell-4-identity_number": OTHER[:17] + "0", "act": "save"})
    desk.post(f"{address}rows/4/", {"cell-4-remarks": f"电话{PHONE}", "act": "save"})
    desk.post(f"{address}take/", {})
    desk.post(f"{address}cancel/", {})
    desk.get("/staff/template.xlsx")

    with scope("0"):
        assert Person.objects.count() == 2
        assert PersonPhone.objects.count() == 2
        assert (UploadSecret.objects.count(), UploadContent.objects.count()) == (0, 0)
    assert everywhere() == {
        NUMBER: [], PHONE: ["staffing_personphone"],
        OTHER: [], OTHER_PHONE: ["staffing_personphone"],
    }  # fmt: skip
    assert [one for answer in desk.answers for one in found_in(answer, SECRETS)] == []
    assert [one for one in (*SECRETS, NAME, "李明") if one in caplog.text] == []


def test_names_are_in_no_record_and_numbers_in_no_session(
    clerk: User, reviewer: User, community: Community, browse: Browse
) -> None:
    desk = Desk(browse(clerk))
    registered_by_form(desk, community)
    upload = uploaded(desk, row(姓名="李明", 身份证号=OTHER, 联系电话=OTHER_PHONE))
    desk.post(f"/imports/{upload.pk}/take/", {})
    desk.post("/staff/search/", {"q": NAME})
    desk.get("/staff/export.xlsx")
    desk.get("/staff/template.xlsx")

    with scope("0"):
        records = [f"{one.target} {one.request_id}" for one in AccessLog.objects.all()]
        told = [f"{one.text} {one.url}" for one in Message.objects.all()]
    sessions = [str(one.get_decoded()) for one in Session.objects.all()]
    assert [one for one in records if NAME in one or "李明" in one] == []
    assert [one for one in (*records, *told, *sessions) if any(s in one for s in SECRETS)] == []
    assert [one for answer in desk.answers for one in found_in(answer, SECRETS)] == []


def test_rows_given_up_leave_no_telephone(
    clerk: User, community: Community, browse: Browse
) -> None:
    desk = Desk(browse(clerk))
    upload = uploaded(
        desk, row(联系电话=PHONE), row(姓名="李明", 身份证号=OTHER, 联系电话=OTHER_PHONE)
    )
    desk.post(f"/imports/{upload.pk}/rows/3/", {"act": "drop"})
    assert everywhere()[OTHER_PHONE] == []

    desk.post(f"/imports/{upload.pk}/cancel/", {})

    assert everywhere()[PHONE] == []


def test_columns_that_are_not_read_are_not_kept_nor_their_headings(
    clerk: User, community: Community, browse: Browse
) -> None:
    desk = Desk(browse(clerk))
    text = block(row(紧急联系人电话=PHONE, **{f"ID{OTHER}": "城区"}))

    answer = desk.post("/imports/new/", {"kind": "roster", "text": text})

    assert "L、M列没有识别，没有读，也不保存" in answer.content.decode()
    with scope("0"):
        assert "城区" not in str(UploadRow.objects.get().cells)
        assert "紧急联系人电话" not in str(Upload.objects.values("headings", "notes").get())
    assert (everywhere()[PHONE], everywhere()[OTHER]) == ([], [])


def test_checksum_of_a_roster_is_keyed_and_not_shown(
    clerk: User, community: Community, browse: Browse, settings: Any
) -> None:
    desk = Desk(browse(clerk))
    text = block(row(身份证号=NUMBER))

    page = desk.post("/imports/new/", {"kind": "roster", "text": text}).content.decode()

    with scope("0"):
        kept = Upload.objects.get().sha256
    assert kept == hmac.new(settings.IDENTITY_KEY.encode(), text.encode(), sha256).hexdigest()
    assert "导入记录" in page
    assert (kept in page, "原文件校验值" in page) == (False, False)


def test_what_a_page_says_of_a_person_is_in_no_cookie(
    clerk: User, community: Community, browse: Browse
) -> None:
    desk = Desk(browse(clerk))

    assert f"已登记{NAME}" in registered_by_form(desk, community).content.decode()

    entered = desk.answers[0]
    assert (entered.status_code, "messages" in entered.cookies) == (302, False)


def test_telephone_in_the_texts_of_an_entry_then_refused(
    clerk: User, community: Community, browse: Browse
) -> None:
    texts = ("school", "major", "remarks", "basis", "note")

    answer = browse(clerk).post("/staff/enter/", {"name": PHONE, **dict.fromkeys(texts, PHONE)})

    errors = answer.context["form"].errors
    assert {name: errors[name] for name in texts} == {
        name: ["里面有手机号。删去，电话写在人员的“电话”里"] for name in texts
    }
    assert errors["name"] == ["姓名里有数字。只写姓名"]
