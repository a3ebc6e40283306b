"""Series and exemptions in the admin."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from accounts.models import AccessLog, User
from accounts.scope import scope
from policy import services
from policy.models import Exemption, IndexValue
from tests.conftest import Browse
from tests.factories import make_user
from tests.policy.samples import published, source

pytestmark = pytest.mark.django_db
TEXTS = "/admin/policy/policytext/"
SERIES = "/admin/policy/indexvalue/"
EXEMPTIONS = "/admin/policy/exemption/"
CSV = "division,series,year,value,unit,source\n3715,average_rent,2025,13.5,,年鉴\n"


def page(response: HttpResponse) -> str:
    return response.content.decode()


def upload(name: str = "指数.csv", content: str = CSV) -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content.encode())}


def test_series_when_uploaded_then_shown_first_and_imported_on_confirmation(
    browse: Browse, city_officer: User
) -> None:
    client = browse(city_officer)

    shown = client.post(f"{SERIES}import/", upload())
    assert IndexValue.objects.count() == 0
    done = client.post(f"{SERIES}import/", {"seen": shown.context["seen"]})

    assert "3715 2025年平均租金" in page(shown)
    assert done.url == SERIES
    assert IndexValue.objects.get().plain_value == "13.5"
    assert AccessLog.objects.filter(act="import", user=city_officer).count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "选择一个不超过1MB的CSV文件"),
        (upload(content=""), "文件是空的。选择有内容的CSV文件"),
        (upload(content="PK\x03\x04"), "不是CSV文件。在Excel中另存为"),
        (upload(content="3" * 1_100_000), "文件有1.0MB。分成几个不超过1MB的文件"),
        (upload(content=CSV.replace("3715", "3702")), "区划代码“3702”不在你的辖区3715内"),
        ({"seen": CSV.replace("3715", "3702")}, "区划代码“3702”不在你的辖区3715内"),
    ],
)
def test_series_when_the_file_is_mistaken_then_said(
    data: dict[str, Any], said: str, browse: Browse, city_officer: User
) -> None:
    response = browse(city_officer).post(f"{SERIES}import/", data)

    assert response.status_code == 422
    assert said in page(response)
    assert IndexValue.objects.count() == 0


def test_series_import_when_not_allowed_then_403(browse: Browse, auditor: User) -> None:
    client = browse(auditor)

    assert client.get(f"{SERIES}import/").status_code == 403
    assert "导入指数文件" not in page(client.get(SERIES))


def test_figure_when_entered_then_stored_within_the_scope(
    browse: Browse, city_officer: User
) -> None:
    values = {"division_code": "3715", "series": "average_rent", "year": 2025, "value": "13.5"}
    values |= {"unit": "", "source": "年鉴", "document": ""}
    client = browse(city_officer)

    outside = client.post(f"{SERIES}add/", values | {"division_code": ""})
    inside = client.post(f"{SERIES}add/", values)

    assert "代码“全国”不在你的辖区3715内" in page(outside)
    assert inside.status_code == 302
    assert IndexValue.objects.get().unit == "元/㎡·月"
    assert "13.5" in page(client.get(SERIES))


def test_exemption_when_entered_then_stored_within_the_scope(
    browse: Browse, city_officer: User
) -> None:
    published()
    values = {"code": "371502001001", "provision": "A-1", "reason": "规模较小"}
    values |= {"approver": "聊城市民政局", "document": "", "valid_from": "2026-01-01"}
    client = browse(city_officer)

    outside = client.post(f"{EXEMPTIONS}add/", values | {"code": "370202001001"})
    inside = client.post(f"{EXEMPTIONS}add/", values)

    assert "代码“370202001001”不在你的辖区3715内" in page(outside)
    assert inside.status_code == 302
    with scope("0"):
        assert Exemption.objects.get().approver == "聊城市民政局"
    elsewhere = browse(make_user("city_officer", "3702")).get(EXEMPTIONS)
    assert elsewhere.context["cl"].result_count == 0


def test_selects_then_none_has_more_than_100_options(browse: Browse, administrator: User) -> None:
    text = services.draft(source(), by=None)
    client = browse(administrator)
    pages = [f"{TEXTS}add/", f"{TEXTS}{text.pk}/change/", f"{SERIES}add/", f"{EXEMPTIONS}add/"]

    assert [url for url in pages if page(client.get(url)).count("<option") > 100] == []
