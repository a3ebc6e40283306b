"""The admin of places and facts: scope, search, fixed query counts, upload with preview."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessLog, User
from communities.models import Community, Division, PendingImport
from tests.communities.test_divisions import SMALL
from tests.conftest import Browse
from tests.factories import as_owner, make_community, make_facts, make_former, make_user

IMPORT = "/admin/communities/division/import/"


@pytest.fixture
def officer(city_officer: User, browse: Browse) -> Client:
    return browse(city_officer)


def page(client: Client, path: str, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def test_lists_show_the_rows_of_the_scope_only(officer: Client) -> None:
    make_facts(make_community())
    make_facts(make_community("330206002002", "杜鹃社区"))

    for model in ("division", "community", "annualfacts"):
        shown = page(officer, f"/admin/communities/{model}/")
        assert "371502001" in shown
        assert "330206" not in shown


@pytest.mark.parametrize("text", ["古城", "gcsq", "371502001001"])
def test_community_list_is_searched_by_name_initials_and_code(officer: Client, text: str) -> None:
    make_community()
    make_community("371502001002", "湖南社区居委会")

    shown = page(officer, "/admin/communities/community/", q=text)

    assert "古城社区居委会" in shown
    assert "湖南社区居委会" not in shown


@pytest.mark.parametrize("model", ["community", "annualfacts"])
def test_lists_take_the_same_queries_for_one_row_and_for_thirty(
    officer: Client, model: str
) -> None:
    path = f"/admin/communities/{model}/"
    page(officer, path)  # the first page also starts the session
    counts = []
    for number in (1, 30):
        for each in range(Community.objects.count() + 1, number + 1):
            make_facts(make_community(f"371502001{each:03}", f"第{each}社区"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(officer, path)
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("query", "shown"),
    [({"year": "2025"}, ["371502001001"]), ({"year": "x"}, []), ({"status__exact": "draft"}, [])],
)
def test_facts_are_filtered(officer: Client, query: dict[str, str], shown: list[str]) -> None:
    make_facts(make_community(), 2025)
    make_facts(make_community("371502001002", "湖南社区居委会"), 2026)

    response = officer.get("/admin/communities/annualfacts/", query)

    assert [facts.code for facts in response.context["cl"].result_list] == shown


def test_no_change_form_has_a_long_select(officer: Client) -> None:
    community = make_community()
    facts = make_facts(community)
    for number in range(2, 130):
        make_community(f"371502001{number:03}", f"第{number}社区")
    user = make_user()
    paths = (
        f"division/{Division.objects.get(code='371502001').pk}",
        f"community/{community.pk}",
        f"annualfacts/{facts.pk}",
    )

    pages = [page(officer, f"/admin/communities/{path}/change/") for path in paths]
    pages.append(page(officer, f"/admin/accounts/user/{user.pk}/change/"))

    assert max(text.count("<option") for text in pages) <= 100


FIELDS = {
    "code": "371502001002",
    "name": "湖南社区居委会",
    "area_kind": "built",
    "annual_facts-TOTAL_FORMS": "0",
    "annual_facts-INITIAL_FORMS": "0",
}
ADD = "/admin/communities/community/add/"


def test_new_community_gets_what_follows_from_its_name(officer: Client) -> None:
    response = officer.post(ADD, FIELDS)

    community = Community.objects.get()
    assert response.status_code == 302
    assert (community.short_name, community.initials) == ("湖南社区", "hnsq")
    assert community.committee_kind == "residents"
    assert community.search_grams == ["hn", "ns", "sq", "南社", "湖南", "社区"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"code": "3715"}, "社区代码“3715”应为12位数字"),
        ({"name": "湖南\u200b社区"}, "名称“湖南社区”里有不可见字符。重新键入名称"),
        ({"code": "330206002002"}, "代码330206002002不在你的辖区3715内"),
    ],
)
def test_wrong_community_is_refused_with_the_remedy(
    officer: Client, changed: dict[str, str], message: str
) -> None:
    response = officer.post(ADD, FIELDS | changed)

    assert response.status_code == 200
    assert message in response.content.decode()
    assert Community.objects.count() == 0


def test_what_acts_change_of_a_community_that_is_there_cannot_be_changed(officer: Client) -> None:
    community = make_community(valid_from=date(2020, 1, 1))
    make_facts(community)
    path = f"/admin/communities/community/{community.pk}/change/"
    by_hand = {"code": "371502001009", "name": "新城社区居委会"}
    days = {"valid_from": "2021-01-01", "valid_until": "2026-01-01"}

    response = officer.post(path, FIELDS | by_hand | days | {"area_kind": "new"})

    community.refresh_from_db()
    assert response.status_code == 302
    assert community.area_kind == "new"
    assert (community.code, community.name) == ("371502001001", "古城社区居委会")
    assert (community.valid_from, community.valid_until) == (date(2020, 1, 1), None)
    shown = page(officer, path)
    assert "代码在“变更”里改，改后旧代码仍可查" in shown
    assert "更名在“变更”里办理。只更正错字的，重新导入区划文件" in shown
    assert "停用、恢复在“变更”里办理" in shown


@pytest.mark.parametrize(
    ("since", "refused"), [("", True), ("2026-06-30", True), ("2026-07-01", False)]
)
def test_new_community_under_a_code_that_another_had_is_refused_until_the_day_it_was_given_up(
    officer: Client, since: str, refused: bool
) -> None:
    community = make_community("371502001099")
    make_former(community, date(2026, 7, 1), code=FIELDS["code"])

    response = officer.post(ADD, FIELDS | {"valid_from": since})

    assert Community.objects.filter(code=FIELDS["code"]).exists() is not refused
    if refused:
        message = "古城社区到2026-07-01前用这个代码。“自何日起”改为2026-07-01或以后"
        assert message in response.content.decode()


def test_upload_that_would_undo_a_decided_name_says_so_and_leaves_it(officer: Client) -> None:
    community = make_community(name="新城社区居委会")
    make_former(community, date(2026, 7, 1), name="古城社区居委会")

    text = officer.post(
        "/admin/communities/division/import/",
        {
            "file": SimpleUploadedFile(
                "区划.csv", f"代码,名称\n{community.code},古城社区居委会".encode()
            )
        },
    ).content.decode()

    assert "按批复不改1行，错误0行" in text
    assert "下列名称是变更的批复定的，文件里的名称不导入。再次更名在“变更”里办理" in text
    assert "导入这个文件" not in text


def upload(client: Client, content: str | bytes, name: str = "divisions.csv") -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)})


def test_upload_shows_what_would_change_and_writes_nothing(officer: Client) -> None:
    make_community(name="旧城社区居委会")

    response = upload(officer, SMALL)

    text = response.content.decode()
    assert "新增1行，改名1行，不变4行，错误0行" in text
    assert "旧城社区居委会" in text
    assert "导入这个文件" in text
    assert Community.objects.get().name == "旧城社区居委会"
    assert PendingImport.objects.get().file_name == "divisions.csv"


def test_confirmed_upload_is_imported_once_and_logged(officer: Client) -> None:
    make_community()
    upload(officer, SMALL)
    path = f"{IMPORT}{PendingImport.objects.get().pk}/"

    first = officer.post(path, follow=True)
    second = officer.post(path)

    assert "导入1行，改名0行" in first.content.decode()
    assert second.status_code == 404
    assert Community.objects.count() == 2
    assert PendingImport.objects.count() == 0
    assert list(AccessLog.objects.values_list("act", "target"))[-1] == ("import", "divisions.csv")


def test_upload_with_mistakes_cannot_be_confirmed(officer: Client) -> None:
    make_community()

    text = upload(officer, SMALL + "330206002002,杜鹃社区,\n合计,2,\n").content.decode()

    assert "代码330206002002不在你的辖区3715内。删去这一行，或由上级导入" in text
    assert "代码“合计”不全是数字" in text
    assert "导入这个文件" not in text
    assert PendingImport.objects.count() == 0


def test_upload_that_changes_nothing_says_so(officer: Client) -> None:
    make_community()

    text = upload(officer, "code,name\n371502001001,古城社区居委会\n").content.decode()

    assert "文件和库里的一样，没有要导入的" in text


def test_upload_of_another_person_cannot_be_confirmed(
    officer: Client, administrator: User, browse: Browse
) -> None:
    make_community()
    upload(officer, SMALL)

    response = browse(administrator).post(f"{IMPORT}{PendingImport.objects.get().pk}/")

    assert response.status_code == 404


def test_confirmation_after_the_data_changed_asks_to_look_again(officer: Client) -> None:
    make_community()
    upload(officer, "code,name\n371502001002,湖南社区居委会\n")
    with as_owner():
        Division.objects.filter(code="371502001").delete()

    response = officer.post(f"{IMPORT}{PendingImport.objects.get().pk}/", follow=True)

    assert "库里的数据已变，1行有错误。再上传一次核对" in response.content.decode()
    assert Community.objects.count() == 1


def test_upload_of_a_code_that_has_ended_says_so_and_leaves_it(officer: Client) -> None:
    make_community(valid_until=date(2024, 1, 1))

    text = upload(officer, "code,name\n371502001001,古城社区居委会\n").content.decode()

    assert "新增0行，改名0行，不变0行，已停用1行，错误0行" in text
    assert "下列代码在库里已停用（或尚未启用），不导入" in text
    assert "导入这个文件" not in text
    assert "文件和库里的一样" not in text
    assert PendingImport.objects.count() == 0


def test_confirmation_that_the_database_refuses_says_so_and_imports_nothing(
    officer: Client,
) -> None:
    with as_owner(), connection.cursor() as cursor:
        # Stands for a row that somebody else writes between the look at the data and the import.
        cursor.execute(
            "ALTER TABLE communities_community ADD CONSTRAINT taken CHECK (code <> '371502001200')"
        )
    make_community()
    upload(officer, SMALL)

    response = officer.post(f"{IMPORT}{PendingImport.objects.get().pk}/", follow=True)

    assert response.status_code == 200
    said = "核对以后别人改了同样的代码，没有导入。再上传一次核对"
    assert said in response.content.decode()
    assert Community.objects.count() == 1
    assert AccessLog.objects.filter(act="import").count() == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"code,name\n" + b"37,x\n" * 1000 + b"38,\0\n", "不是CSV文件。在Excel中另存为"),
        (b"", "文件是空的。选择有内容的CSV文件"),
        (b"PK\x03\x04", "不是CSV文件。在Excel中另存为“CSV UTF-8（逗号分隔）”再上传"),
        (b"code,name\n" + b"37,x\n" * 2_100_000, "文件有10.0MB。分成几个不超过10MB的文件"),
    ],
)
def test_upload_of_something_else_says_why(officer: Client, content: bytes, message: str) -> None:
    assert message in upload(officer, content).content.decode()


def test_upload_without_a_file_says_so(officer: Client) -> None:
    response = officer.post(IMPORT)

    assert "选择一个不超过10MB的CSV文件" in response.content.decode()
