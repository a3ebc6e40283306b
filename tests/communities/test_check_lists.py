"""核查: its overview, the list of each check and their exports."""

import pytest

from accounts.choices import AccessAct
from accounts.models import AccessLog, User
from communities.models import Estate, Grid
from tests.communities.test_establishing import NEW, estate
from tests.conftest import Browse
from tests.factories import make_community, make_part
from tests.files import csv_rows, xlsx_rows
from tests.queries import queries_of
from tests.world import (
    GUCHENG,
    HUNAN,
    STREET_ELSEWHERE,
    load_texts,
    make_place,
)

LISTS = (
    "size/?clause=OL-ORG-1&side=large",
    "establish/",
    "establish-estates/",
    "without-committee/",
    "without-credit-code/",
    "same-estate/",
    "same-grid-number/",
    "households/",
)


def findings() -> None:
    """At least one row for each list, in one street."""
    load_texts()
    for code in (HUNAN, GUCHENG):
        place = make_place(code, **NEW | {"households": 4000}, occupied_dwellings=2000)
        estate(place, "湖滨花园")
        estate(place, f"小院{code}", households=100)
        make_part(Grid, place, name="一", number="1", households=7)


def test_overview_counts_what_the_lists_hold(clerk: User, browse: Browse) -> None:
    findings()

    answer = browse(clerk).get("/communities/checks/")

    counts = {
        line["label"]: line["count"]
        for column in answer.context["columns"]
        for group in column
        for line in group["lines"]
    }
    assert counts == {
        "社区规模偏离": 2,
        "社区规模偏小": 0,
        "社区规模偏大": 2,
        "应设未设居民委员会的社区": 2,
        "自身达到设立条件的小区": 2,
        "没有登记居民委员会的社区": 2,
        "没有登记网格的社区": 0,
        "没有登记小区的社区": 0,
        "没有登记责任人的社区": 2,
        "没有统一社会信用代码的社区": 2,
        "同名小区在两个社区": 2,
        "统一社会信用代码相同": 0,
        "同一街道社区重名": 0,
        "网格编号相同": 2,
        "户数不一致的社区": 2,
    }
    assert "《聊城市城市社区管理办法（试行）》第三条" in answer.content.decode()


@pytest.mark.parametrize("path", LISTS)
def test_list_of_a_check_shows_its_rows_and_exports_them(
    path: str, clerk: User, browse: Browse
) -> None:
    findings()
    client = browse(clerk)
    address, _, query = path.partition("?")

    answer = client.get(f"/communities/checks/{path}")
    rows = csv_rows(client.get(f"/communities/checks/{address}export.csv?{query}").content)
    sheet = xlsx_rows(client.get(f"/communities/checks/{address}export.xlsx?{query}").content)

    assert len(answer.context["rows"]) == 2
    assert rows[0] == [heading.label for heading in answer.context["heads"]]
    assert len(rows) == 3
    assert [row[0] for row in sheet[-2:]] == [row[0] for row in rows[1:]]
    assert AccessLog.objects.filter(act=AccessAct.EXPORT).count() == 2


@pytest.mark.parametrize("path", LISTS)
def test_list_of_a_check_of_another_street_is_empty(
    path: str, clerk_elsewhere: User, browse: Browse
) -> None:
    findings()
    make_place("371502002001", area_kind="built", households=2000)

    answer = browse(clerk_elsewhere).get(f"/communities/checks/{path}")

    shown = answer.content.decode()
    assert "湖南社区" not in shown
    assert "古城社区" not in shown


def test_estates_that_meet_the_clause_offer_to_propose(
    clerk: User, auditor: User, browse: Browse
) -> None:
    findings()
    key = Estate.objects.filter(name="湖滨花园").order_by("code")[0].pk

    html = browse(clerk).get("/communities/checks/establish-estates/").content.decode()

    assert f'href="/communities/acts/new/establish/?estate={key}"' in html
    assert "50.00" in html
    seen = browse(auditor).get("/communities/checks/establish-estates/").content.decode()
    assert "湖滨花园" in seen
    assert "提出设立" not in seen


@pytest.mark.parametrize("check", ["nothing", "size", "without-nothing", "same-", "size-off"])
def test_check_that_is_unknown_is_not_found(check: str, clerk: User, browse: Browse) -> None:
    assert browse(clerk).get(f"/communities/checks/{check}/").status_code == 404
    assert browse(clerk).get(f"/communities/checks/{check}/export.csv").status_code == 404


def test_list_when_nothing_is_found_says_so(clerk: User, browse: Browse) -> None:
    make_community()

    html = browse(clerk).get("/communities/checks/same-estate/").content.decode()

    assert "没有查到" in html
    assert "导出Excel" not in html


def test_checks_of_a_street_by_filter(district_officer: User, browse: Browse) -> None:
    findings()
    client = browse(district_officer)
    make_community("371502002001", "柳园社区居委会")

    answer = client.get(f"/communities/checks/without-grid/?street={STREET_ELSEWHERE}")

    assert [row["cells"][0]["value"] for row in answer.context["rows"]] == ["柳园社区"]


@pytest.mark.parametrize("path", ["", *LISTS])
def test_checks_ask_as_many_queries_for_30_rows_as_for_one(
    path: str, clerk: User, browse: Browse
) -> None:
    findings()
    client = browse(clerk)
    client.get(f"/communities/checks/{path}")
    few = queries_of(client, f"/communities/checks/{path}")
    for number in range(100, 130):
        place = make_place(
            f"371502001{number}", **NEW | {"households": 4000}, occupied_dwellings=2000
        )
        estate(place, "湖滨花园")
        estate(place, f"小院{number}", households=100)
        make_part(Grid, place, name="一", number="1", households=7)
    client.get(f"/communities/checks/{path}")

    assert queries_of(client, f"/communities/checks/{path}") == few


def test_due_where_no_text_asks_then_nothing(browse: Browse, clerk: User) -> None:
    estate(make_community(), "新城")

    answer = browse(clerk).get("/communities/checks/")

    assert "现行政策没有规定社区规模和设立条件" in answer.content.decode()
    assert "自身达到设立条件的小区" not in answer.content.decode()
