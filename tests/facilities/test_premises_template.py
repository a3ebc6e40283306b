"""The workbook of a street's premises, out and in again."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.choices import AccessAct
from accounts.models import AccessLog, User
from accounts.scope import scope
from collection.models import Upload
from facilities.models import Premises
from tests.collection.test_filling import cells
from tests.conftest import Browse
from tests.factories import make_community
from tests.queries import queries_of
from tests.space_factories import make_premises, make_room, make_share
from tests.staffing.roster_desk import seen

pytestmark = pytest.mark.django_db
PATH = "/premises/template.xlsx"


@pytest.fixture(autouse=True)
def world(clerk: User) -> None:
    community = make_community()
    other = make_community("371502001002", "湖南社区居委会", short_name="湖南社区")
    held = make_premises(community, total_parts=2, owner="古楼街道办事处", title_no="鲁1")
    make_room(held, "work", "88.25", usable_m2="70", above_ground_m2="88.25")
    make_room(held, "work", "11.75", name="二楼", usable_m2="10")
    make_room(held, "hall", "40", usable_m2="30", above_ground_m2="40")
    make_room(held, "other", "9", valid_until=date(2024, 1, 1))
    make_share(held, other)
    make_premises(community, "旧址", valid_until=date(2024, 1, 1))


def sent(client: Client, content: bytes) -> Upload:
    file = SimpleUploadedFile("a.xlsx", content)
    assert client.post("/imports/new/", {"kind": "premises", "file": file}).status_code == 302
    with scope("0"):
        return Upload.objects.latest("pk")


def test_template_has_the_register_of_the_day_and_a_row_for_who_has_nothing(
    clerk: User, browse: Browse
) -> None:
    answer = browse(clerk).get(PATH)

    head, *rows = cells(answer.content)
    lines = [dict(zip(head, one, strict=True)) for one in rows]
    wanted = ("社区代码", "社区", "用房名称", "取得方式", "工作用房（㎡）", "服务大厅（㎡）",
        "其他用途（㎡）", "使用面积（㎡）", "地上建筑面积（㎡）", "产权单位")  # fmt: skip
    assert [[one[name] or "" for name in wanted] for one in lines] == [
        ["371502001001", "古城社区", "党群服务中心", "无偿移交", 100, 40, "", 110, "",
         "古楼街道办事处"],
        ["371502001002", "湖南社区", *[""] * 8],
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<sheetProtection" in sheet
    assert '<pane xSplit="3" ySplit="1"' in sheet
    assert AccessLog.objects.get(act=AccessAct.EXPORT).target.startswith("用房台账-")


def test_template_uploaded_as_it_is_changes_nothing(clerk: User, browse: Browse) -> None:
    client = browse(clerk)

    upload = sent(client, client.get(PATH).content)

    assert (upload.sheet_name, upload.notes) == ("用房台账", [])
    assert seen(upload) == [("unchanged", []), ("unchanged", [])]


def test_pages_of_an_import_of_premises_then_call_rows_by_their_premises(
    clerk: User, browse: Browse
) -> None:
    client = browse(clerk)
    table = "社区代码\t用房名称\t坐落\t取得方式\t工作用房\n371502001002\t邻里中心\t一路\t购置\t约60"
    client.post("/imports/new/", {"kind": "premises", "text": table})
    with scope("0"):
        upload = Upload.objects.latest("pk")

    page = client.get(f"/imports/{upload.pk}/").content.decode()

    assert '<th scope="col">用房</th>' in page
    assert "邻里中心" in page
    back = cells(client.get(f"/imports/{upload.pk}/errors.xlsx").content)
    assert back[1][0] == "有错误：工作用房：“约60”不是数字，改成阿拉伯数字"
    mended = {"cell-2-work_m2": "60", "act": "save"}
    page = client.post(f"/imports/{upload.pk}/rows/2/", mended, follow=True).content.decode()
    assert "第2行已改好，新增" in page


def test_import_when_taken_by_the_page_then_registered(clerk: User, browse: Browse) -> None:
    client = browse(clerk)
    table = "社区代码\t用房名称\t坐落\t取得方式\t工作用房\n371502001002\t邻里中心\t一路\t购置\t60"
    client.post("/imports/new/", {"kind": "premises", "text": table})
    with scope("0"):
        upload = Upload.objects.latest("pk")

    client.post(f"/imports/{upload.pk}/take/", {})

    assert Premises.objects.get(name="邻里中心").code == "371502001002"


@pytest.mark.parametrize("street", ["371502002", "371502", "x", "37150200100"])
def test_template_of_another_place_then_refused_in_words(
    clerk: User, browse: Browse, street: str
) -> None:
    answer = browse(clerk).get(f"{PATH}?street={street}", follow=True)

    assert answer.redirect_chain[0][0] == "/imports/new/?kind=premises"
    assert "选择辖区内有社区的街道，再下载用房台账模板" in answer.content.decode()


def test_imports_of_premises_are_not_for_those_who_only_read(
    reviewer: User, district_officer: User, browse: Browse
) -> None:
    assert browse(reviewer).get("/imports/new/?kind=premises").status_code == 403
    assert browse(reviewer).get(PATH).status_code == 403
    page = browse(district_officer).get("/imports/new/?kind=premises").content.decode()
    assert 'action="/premises/template.xlsx"' in page


def test_queries_of_the_template_do_not_grow(clerk: User, browse: Browse) -> None:
    client = browse(clerk)
    client.get(PATH)  # what is cached is known by now
    few = queries_of(client, PATH)
    community = make_community("371502001003")
    for number in range(30):
        make_room(make_premises(community, f"用房{number}"))

    assert queries_of(client, PATH) == few
