"""The workbook of a street's roster, out and in again."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.choices import AccessAct
from accounts.models import AccessLog, User
from accounts.scope import scope
from collection.models import Upload, UploadRow
from staffing.models import Person
from tests.collection.test_filling import cells
from tests.conftest import Browse
from tests.factories import make_community
from tests.queries import queries_of
from tests.staff_factories import make_appointment, make_certificate, make_person
from tests.staffing.roster_desk import NUMBER, seen

pytestmark = pytest.mark.django_db
PATH = "/staff/template.xlsx"


@pytest.fixture(autouse=True)
def world(clerk: User) -> None:
    community = make_community()
    make_community("371502001002", "湖南社区居委会", short_name="湖南社区")
    person = make_person(identity_number=NUMBER, born_in=date(1985, 6, 1), phone="13806350001")
    make_certificate(person, expires_on=date(2027, 1, 1))
    make_appointment(community, "secretary", person)
    make_appointment(community, "director", person)
    make_appointment(community, "worker", person, identity="other", grade=3)
    make_appointment(community, "worker", make_person(name="李明"), valid_until=date(2025, 1, 1))


def sent(client: Client, content: bytes) -> Upload:
    file = SimpleUploadedFile("a.xlsx", content)
    assert client.post("/imports/new/", {"kind": "roster", "file": file}).status_code == 302
    with scope("0"):
        return Upload.objects.latest("pk")


def test_template_has_who_is_in_post_with_masks_and_checks(clerk: User, browse: Browse) -> None:
    answer = browse(clerk).get(PATH)

    rows = cells(answer.content)
    lines = [dict(zip(rows[0], one, strict=True)) for one in rows[1:]]
    wanted = (
        "社区代码",
        "社区",
        "姓名",
        "身份证号",
        "职务",
        "岗位等级（级）",
        "联系电话",
        "证书级别",
    )
    assert [[one[name] for name in wanted] for one in lines] == [
        ["371502001001", "古城社区", "王小红", "**************3823", "党组织书记、居委会主任", "",
         "138****0001", "助理社会工作师"],
        ["371502001001", "古城社区", "王小红", "**************3823", "专职工作人员", 3.0,
         "138****0001", "助理社会工作师"],
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "党组织书记,党组织副书记" in sheet
    assert '<pane xSplit="3" ySplit="1"' in sheet
    record = AccessLog.objects.get(act=AccessAct.EXPORT)
    assert record.target.startswith("花名册-371502001-")


def test_template_uploaded_as_it_is_changes_nothing(clerk: User, browse: Browse) -> None:
    client = browse(clerk)

    upload = sent(client, client.get(PATH).content)

    assert (upload.file_name, upload.sheet_name, upload.notes) == ("花名册.xlsx", "花名册", [])
    assert seen(upload) == [("unchanged", []), ("unchanged", [])]


def test_returned_workbook_says_what_is_wrong_and_can_be_mended(
    clerk: User, browse: Browse
) -> None:
    client = browse(clerk)
    answer = client.get(PATH)
    table = cells(answer.content)
    place = {name: at for at, name in enumerate(table[0])}
    for line in table[1:]:
        line[place["民族"]] = "地球"
    upload = sent(client, written(table))
    assert seen(upload)[0][0] == "wrong"

    content = client.get(f"/imports/{upload.pk}/errors.xlsx").content

    back = cells(content)
    assert back[0] == ["结果", *table[0]]
    assert back[1][0] == "有错误：民族：“地球”不是民族名称。写成汉族、回族的样子"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "“地球”不是民族名称" in archive.read("xl/comments1.xml").decode()
        assert "<sheetProtection" not in archive.read("xl/worksheets/sheet1.xml").decode()
    for line in back[1:]:
        line[place["民族"] + 1] = "回族"
    again = sent(client, written(back))
    assert seen(again) == [("changed", []), ("changed", [])]
    client.post(f"/imports/{again.pk}/take/", {})
    assert Person.objects.get(name="王小红").ethnicity == "回族"
    assert UploadRow.objects.get(upload=again, number=2).state == "taken"


def written(table: list[list[Any]]) -> bytes:
    """A workbook of the sheet 花名册; days come out of a workbook as texts."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("花名册")
        for number, line in enumerate(table):
            for column, cell in enumerate(line):
                sheet.write(number, column, str(cell) if isinstance(cell, date) else cell)
    return out.getvalue()


@pytest.mark.parametrize("street", ["371502002", "371502", "x", "37150200100"])
def test_template_of_another_place_is_refused_in_words(
    clerk: User, browse: Browse, street: str
) -> None:
    answer = browse(clerk).get(f"{PATH}?street={street}", follow=True)

    assert answer.redirect_chain[0][0] == "/imports/new/?kind=roster"
    assert "选择辖区内有社区的街道，再下载花名册模板" in answer.content.decode()


def test_district_chooses_a_street_for_its_template(district_officer: User, browse: Browse) -> None:
    client = browse(district_officer)

    page = client.get("/imports/new/?kind=roster").content.decode()

    assert 'action="/staff/template.xlsx"' in page
    assert '<option value="371502001">' in page
    assert client.get(f"{PATH}?street=371502001").status_code == 200


def test_number_of_queries_does_not_grow_with_the_roster(clerk: User, browse: Browse) -> None:
    client = browse(clerk)
    client.get(PATH)  # what is cached is known by now
    few = queries_of(client, PATH)
    with scope("0"):
        community = make_community("371502001003")
        for number in range(30):
            make_appointment(community, "worker", make_person(name=f"王{chr(0x4E00 + number)}"))

    assert queries_of(client, PATH) == few


def test_import_page_of_rosters_says_what_is_kept(clerk: User, browse: Browse) -> None:
    client = browse(clerk)

    page = client.get("/imports/new/?kind=roster").content.decode()

    assert "原文件和它的名称不保存" in page
    assert 'name="year"' not in page
    assert 'name="year"' in client.get("/imports/new/").content.decode()


def test_imports_of_rosters_are_not_seen_without_the_right(
    clerk: User, district_finance: User, browse: Browse
) -> None:
    client = browse(clerk)
    upload = sent(client, client.get(PATH).content)
    other = browse(district_finance)

    assert other.get(f"/imports/{upload.pk}/").status_code == 404
    assert "花名册" not in other.get("/imports/").content.decode()
    assert other.get("/imports/new/?kind=roster").status_code == 403
