"""社区台账 as a person gets it: rows, filters, fragments, pages, files."""

from urllib.parse import unquote

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client

from accounts.models import AccessLog, Role, User
from tests.conftest import Browse
from tests.factories import make_community, make_user
from tests.files import csv_rows, xlsx_rows
from tests.queries import queries_of
from tests.world import (
    CHANGZHENG,
    GUCHENG,
    HUNAN,
    LIUYUAN,
    STREET,
    STREET_ELSEWHERE,
    WENXUAN,
    YANGGU,
    make_place,
    make_world,
    set_facts,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "ledger"}
OWN_STREET = ["古城社区", "湖南社区", "文轩社区"]


@pytest.fixture
def officer(browse: Browse, district_officer: User) -> Client:
    make_world()
    return browse(district_officer)


@pytest.fixture
def clerks(browse: Browse, clerk: User) -> Client:
    make_world()
    return browse(clerk)


def text(client: Client, path: str = "/communities/", **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def names(client: Client, path: str = "/communities/") -> list[str]:
    return [row.name for row in client.get(path).context["rows"]]


def test_list_of_a_clerk_then_the_own_street(clerks: Client) -> None:
    page = text(clerks)

    assert names(clerks) == OWN_STREET
    assert "社区台账<small>古楼街道 · 2026年度 · 按2026-12-31有效的政策</small>" in page
    assert "共3个社区" in page


def test_list_of_an_officer_then_the_whole_district(officer: Client) -> None:
    assert names(officer) == [*OWN_STREET, "柳园社区", "长征社区"]


def test_list_of_a_city_then_more_than_one_district(browse: Browse, city_officer: User) -> None:
    make_world()

    assert names(browse(city_officer)) == [*OWN_STREET, "柳园社区", "长征社区", "谷山社区"]


def test_row_when_facts_are_missing_then_a_dash_with_the_reason_and_no_nought(
    officer: Client,
) -> None:
    page = text(officer, "/communities/?status=draft")
    row = page.split("<tbody")[1].split("</tbody>")[0]

    assert row.count('—<span class="vh">不能测算：缺少核定户数</span>') == 2
    assert (
        '200,000<span class="mute">不全</span>'
        '<span class="vh">：不含工作经费，缺少核定户数</span>' in row
    )
    assert ">0<" not in row
    assert "缺少核定户数（1个社区）" in page


def test_totals_when_nothing_is_reported_then_dashes(officer: Client) -> None:
    make_community("371502001009", "光明社区居委会")

    page = text(officer, "/communities/?status=not_reported")
    foot = page.split("<tfoot>")[1].split("</tfoot>")[0]

    assert foot.count(">—</td>") == 9
    assert "0/1已确认" in foot


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=古城", ["古城社区"]),
        ("q=gcsq", ["古城社区"]),
        (f"q={HUNAN}", ["湖南社区"]),
        ("q=没有这个", []),
        (f"street={STREET_ELSEWHERE}", ["柳园社区", "长征社区"]),
        ("type=new", ["湖南社区"]),
        ("status=draft", ["文轩社区"]),
        ("gap=1", ["古城社区", "柳园社区"]),
        (f"gap=1&street={STREET}", ["古城社区"]),
        ("sort=-households&type=built", ["古城社区", "柳园社区", "长征社区", "文轩社区"]),
    ],
)
def test_filter_then_its_rows(officer: Client, query: str, expected: list[str]) -> None:
    assert names(officer, f"/communities/?{query}") == expected


def test_list_without_rows_then_says_what_to_do(officer: Client) -> None:
    page = text(officer, "/communities/?q=没有这个")

    assert "没有符合条件的社区。减少筛选条件，或选“清空条件”" in page
    assert "共0个社区" in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("type=old", "没有“old”这个类型，已不按它筛选"),
        ("status=done", "没有“done”这个填报状态，已不按它筛选"),
        ("sort=height", "没有“height”这个排序，已不按它筛选"),
        (f"street={YANGGU[:9]}", f"没有“{YANGGU[:9]}”这个街道，已不按它筛选"),
        ("year=abc", "“abc”不是年度，已改看2026年"),
        ("on=2018-02-30", "“2018-02-30”不是日期，写成2018-12-31的样子，已按2026-12-31的政策"),
        ("q=%00", "查找的文字里有不能查找的字符，已不按文字筛选"),
        ("type=%3Cscript%3E", "没有“&lt;script&gt;”这个类型，已不按它筛选"),
    ],
)
def test_value_that_is_unknown_then_ignored_and_said(
    officer: Client, query: str, sentence: str
) -> None:
    page = text(officer, f"/communities/?{query}")

    assert page.count(sentence) == 1
    assert len(names(officer, f"/communities/?{query}")) == 5


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%ed%a0%80",
        "q=" + "x" * 5000,
        "page=999999",
        "page=-1",
        "page=%00",
        "page=last",
        "year=abc",
        "year=%00",
        "year=99999999999999999999",
        "on=2018-02-30",
        "on=9999-12-31",
        "on=0001-01-01",
        "on=2199-12-31&year=2199",
        "on=1949-01-01&year=1949",
        "street=0",
        "street=%EF%BC%93",
        "street=37150",
        "gap=maybe",
        "sort=-",
        "sort=--name",
        "status=%00",
        "type[]=new",
        "open=evil",
        "q=古城&q=湖南",
    ],
)
@pytest.mark.parametrize("path", ["/communities/", "/communities/export.csv"])
def test_address_however_odd_then_answered(clerks: Client, path: str, query: str) -> None:
    assert clerks.get(f"{path}?{query}").status_code == 200
    assert clerks.get(f"{path}?{query}", headers=HTMX).status_code == 200


def test_year_without_a_policy_then_said_with_whom_to_ask_and_no_nought(officer: Client) -> None:
    make_place(GUCHENG, 2014)

    page = text(officer, "/communities/?year=2014")
    row = page.split("<tbody")[1].split("</tr>")[0]

    assert "2014年还没有生效的政策" in page
    assert "改选其他年度，或联系聊城市民政局" in page
    assert "2,847" in row
    assert '<td class="num rule">—</td>' in row


def test_street_that_a_link_names_then_filters_for_every_office(
    browse: Browse, clerk: User, administrator: User, city_officer: User
) -> None:
    make_world()

    for person in (clerk, city_officer, administrator):
        client = browse(person)
        assert names(client, f"/communities/?street={STREET}") == OWN_STREET
        assert "这个街道，已不按它筛选" not in text(client, f"/communities/?street={STREET}")


def test_demo_facts_then_marked_as_such(officer: Client) -> None:
    assert "本页数值为演示数据" not in text(officer)

    set_facts(CHANGZHENG, is_demo=True)

    assert "本页数值为演示数据" in text(officer)


def test_fragment_then_the_table_with_links_and_order_and_nothing_else(officer: Client) -> None:
    answer = officer.get("/communities/?q=古城&sort=-name", headers=HTMX)
    page = answer.content.decode()

    assert page.count('id="ledger"') == 1
    assert "<html" not in page
    assert '<span id="exports" class="exports" hx-swap-oob="true">' in page
    assert "export.csv?q=%E5%8F%A4%E5%9F%8E&amp;sort=-name" in page
    assert '<input type="hidden" id="sort" name="sort" value="-name" hx-swap-oob="true">' in page
    assert set(answer["Vary"].split(", ")) >= {
        "HX-Request",
        "HX-Target",
        "HX-History-Restore-Request",
    }


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HX-Request": "true"},
        {"HX-Request": "true", "HX-Target": "other"},
        {**HTMX, "HX-History-Restore-Request": "true"},
    ],
)
def test_anything_but_a_swap_of_the_table_then_the_whole_page(
    officer: Client, headers: dict[str, str]
) -> None:
    page = text(officer, "/communities/", **headers)

    assert page.startswith("<!doctype html>")
    assert page.count('id="ledger"') == page.count('id="sort"') == page.count('id="exports"') == 1
    assert "hx-swap-oob" not in page


def test_pages_then_fifty_rows_each_with_sums_of_all(browse: Browse, clerk: User) -> None:
    make_world(GUCHENG)
    for number in range(101, 152):
        make_place(f"371502001{number:03}", households=100)
    client = browse(clerk)

    first, second = (client.get(f"/communities/?page={page}&type=built") for page in (1, 2))
    beyond = client.get("/communities/?page=999999&type=built")

    assert [len(answer.context["rows"]) for answer in (first, second)] == [50, 2]
    assert {row.code for row in first.context["rows"]}.isdisjoint(
        row.code for row in second.context["rows"]
    )
    assert first.context["totals"] == second.context["totals"]
    assert first.context["totals"].households == 2847 + 51 * 100
    assert "共52个社区，显示第51~52个" in second.content.decode()
    assert 'href="?page=2&amp;type=built"' in first.content.decode()
    assert beyond.context["rows"] == second.context["rows"]


def test_order_link_then_keeps_the_filter_and_turns_round(officer: Client) -> None:
    first = text(officer, "/communities/?type=built")
    second = text(officer, "/communities/?type=built&sort=households")

    assert 'href="/communities/?type=built&amp;sort=households">户数' in first
    assert (
        'aria-sort="ascending"><a href="/communities/?type=built&amp;sort=-households">' in second
    )


@pytest.mark.parametrize("count", [1, 30])
def test_list_then_the_same_few_queries_for_one_row_and_for_thirty(
    browse: Browse, district_officer: User, count: int
) -> None:
    make_world(GUCHENG)
    for number in range(2, count + 1):
        make_place(f"371502001{number:03}", households=number)
    client = browse(district_officer)
    client.get("/communities/")
    set_facts(GUCHENG, households=1)

    # where the facts have just changed, where nothing has, and with a search
    assert [queries_of(client, f"/communities/{path}") for path in ("", "", "?q=gcsq")] == [
        11,
        8,
        10,
    ]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_then_the_rows_of_the_filter_and_the_sums_of_the_page(
    officer: Client, form: str
) -> None:
    answer = officer.get(f"/communities/export.{form}?sort=-households")
    totals = officer.get("/communities/").context["totals"]
    rows = (csv_rows if form == "csv" else xlsx_rows)(answer.content)
    head = next(place for place, row in enumerate(rows) if row[0] == "社区代码")
    body = rows[head + 1 :]

    assert [row[0] for row in body] == [HUNAN, GUCHENG, LIUYUAN, CHANGZHENG, WENXUAN]
    sums = {
        label: sum(float(row[place]) for row in body if row[place] != "")
        for place, label in enumerate(rows[head])
        if label in ("核定户数（户）", "居委会成员应配（人）", "年度经费测算（元）")
    }
    assert sums == {
        "核定户数（户）": totals.households,
        "居委会成员应配（人）": totals.staff.required,
        "年度经费测算（元）": float(totals.funding),
    }
    assert [row[3] for row in body][-1] == ""


def test_export_then_named_in_chinese_and_not_kept(officer: Client) -> None:
    answer = officer.get("/communities/export.xlsx?year=2026")

    assert unquote(answer["Content-Disposition"]) == (
        "attachment; filename*=UTF-8''东昌府区2026年度社区台账.xlsx"
    )
    assert answer["Content-Type"] == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    assert answer["Cache-Control"] == "no-store"
    assert officer.get("/communities/export.csv")["Content-Type"] == "text/csv; charset=utf-8"


def test_export_then_says_which_policies_and_that_it_is_a_demo(officer: Client) -> None:
    set_facts(GUCHENG, is_demo=True)

    note = xlsx_rows(officer.get("/communities/export.xlsx").content)[1][0]

    assert note == (
        "2026年度数据，按2026-12-31有效的政策测算：《聊城市城市社区管理办法（试行）》、"
        "《山东省城市社区建设标准》、《中华人民共和国城市居民委员会组织法》"
        "。演示数据，不代表任何地方的实际情况"
    )


def test_export_then_one_line_in_the_access_log(officer: Client, district_officer: User) -> None:
    officer.get("/communities/export.csv?q=古城")

    logged = AccessLog.objects.filter(act="export")
    assert list(logged.values_list("user", "target", "result", "address")) == [
        (district_officer.pk, "东昌府区2026年度社区台账.csv", "done", "127.0.0.1")
    ]


@pytest.fixture
def reader(db: None) -> User:
    """Somebody who may look but not take anything away."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE gov_owner")  # roles are loaded by the owner only
        role = Role.objects.create(
            key="reader", name="查阅", description="只看", order=99, scope_lengths=[9]
        )
        role.permissions.set(Permission.objects.filter(codename="view_community"))
        cursor.execute("SET LOCAL ROLE gov_app")
    return make_user("reader", STREET)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_without_the_right_then_refused_and_logged(
    browse: Browse, reader: User, form: str
) -> None:
    make_world(GUCHENG)
    client = browse(reader)

    assert client.get("/communities/").status_code == 200
    assert client.get(f"/communities/export.{form}").status_code == 403
    assert client.get(f"/districts/{STREET}/export.{form}").status_code == 403
    assert list(AccessLog.objects.values_list("act", "result", "target")) == [
        ("denial", "refused", f"GET /districts/{STREET}/export.{form}"),
        ("denial", "refused", f"GET /communities/export.{form}"),
    ]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_list_and_export_then_only_read(clerks: Client, method: str) -> None:
    for path in ("/communities/", "/communities/export.csv"):
        assert getattr(clerks, method)(path).status_code == 405
