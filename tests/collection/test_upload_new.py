"""Starting an import: paste or upload, and the workbook to fill in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.choices import AccessAct
from accounts.models import AccessLog, User
from collection.models import Upload
from tests.collection.form_world import YEAR, make_street
from tests.collection.upload_world import GOOD, HEAD, paste, text
from tests.conftest import Browse
from tests.sheet_samples import workbook

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "没有内容。粘贴含表头的区域，或选择文件"),
        ({"text": "2847\t1"}, "没有识别到表头。复制时包含表头，表头里要有“社区代码”或“社区”"),
        ({"year": "1900", "text": "x"}, "没有1900年度，从列出的里选"),
    ],
)
def test_paste_that_cannot_be_read_comes_back_with_what_was_pasted(
    clerk: User, browse: Browse, data: dict[str, str], said: str
) -> None:
    make_street()

    answer = browse(clerk).post("/imports/new/", {"year": str(YEAR), **data})

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert said in shown
    assert data.get("text", "") in shown
    assert Upload.objects.count() == 0


def test_workbook_is_uploaded_and_its_hash_kept(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)
    file = SimpleUploadedFile("我的表.xlsx", workbook((HEAD, GOOD)))

    answer = client.post("/imports/new/", {"year": YEAR, "file": file})

    shown = text(client, answer.headers["Location"])
    assert "我的表.xlsx" in shown
    assert Upload.objects.get().sha256 in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "这是PDF文件，不是工作簿。在Excel或WPS中另存为.xlsx再上传"),
        (b"", "文件是空的。选择有内容的文件"),
    ],
)
def test_file_that_is_no_workbook_is_refused_in_words(
    clerk: User, browse: Browse, content: bytes, said: str
) -> None:
    make_street()

    answer = browse(clerk).post(
        "/imports/new/", {"year": YEAR, "file": SimpleUploadedFile("a.xlsx", content)}
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_paste_and_file_together_are_not_guessed(clerk: User, browse: Browse) -> None:
    make_street()
    file = SimpleUploadedFile("a.xlsx", workbook())

    answer = paste(browse(clerk), GOOD, file=file)

    assert answer.status_code == 422
    assert "粘贴了内容，又选了文件" in answer.content.decode()


def test_double_click_starts_one_import(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)
    key = {"key": "5f0c1a52-5a05-4a3c-8e0e-1b8a4a4a9a11"}

    first, second = paste(client, GOOD, **key), paste(client, GOOD, **key)

    assert first.headers["Location"] == second.headers["Location"]
    assert Upload.objects.count() == 1


def test_template_is_a_workbook_of_the_street_and_its_export_logged(
    clerk: User, browse: Browse
) -> None:
    make_street()

    answer = browse(clerk).get(f"/imports/template.xlsx?year={YEAR}")

    assert answer.status_code == 200
    assert "filename*=UTF-8''%E6%95%B0%E6%8D%AE" in answer.headers["Content-Disposition"]
    target = AccessLog.objects.get(act=AccessAct.EXPORT).target
    assert target == f"数据填报_古楼街道_{YEAR}.xlsx"


@pytest.mark.parametrize("street", ["371502002", "3302", "x", "371502", "37150200100", "%00"])
def test_template_of_another_place_is_refused_in_words(
    clerk: User, browse: Browse, street: str
) -> None:
    make_street()

    answer = browse(clerk).get(f"/imports/template.xlsx?street={street}", follow=True)

    assert answer.redirect_chain[0][0].startswith("/imports/new/")
    assert "banner warn" in answer.content.decode()


def test_officer_chooses_the_state_and_a_clerk_does_not(
    clerk: User, district_officer: User, browse: Browse
) -> None:
    make_street()

    assert 'name="status"' in text(browse(district_officer), "/imports/new/")
    assert 'name="status"' not in text(browse(clerk), "/imports/new/")
    paste(browse(clerk), GOOD, status="reviewed")
    assert Upload.objects.get().options == {}
