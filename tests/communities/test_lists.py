"""The registers of a whole division: 社区基本情况台账 and the lists of parts."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse

from accounts.choices import AccessAct
from accounts.models import AccessLog, User
from accounts.scope import scope
from communities.models import ArchiveEntry, Community, Contact, Estate, Grid, Organisation
from communities.selectors.basic import BasicQuery, get_basic, tags_within
from communities.selectors.register import read_versions
from tests.conftest import Browse
from tests.factories import make_community, make_facts, make_former, make_part
from tests.files import csv_rows, xlsx_kinds, xlsx_rows
from tests.queries import queries_of

PARTS = ("estates", "grids", "organisations", "archive")


def fill(community: Community, *, households: int = 1000) -> None:
    """One part of every kind."""
    estate = {"name": "甲小区", "building_count": 4, "households": households}
    make_part(Estate, community, kind="commercial", **estate)
    make_part(Grid, community, name="第一网格", number="001", households=households)
    make_part(Organisation, community, kind="party", name="党委", members=7)
    make_part(
        ArchiveEntry, community, kind="activity", title="邻里节", happened_on=date(2026, 5, 1)
    )
    with scope("0"):
        Contact.objects.create(code=community.code, duty="书记", name="甲", office_phone="0635-1")


def cells_of(answer: HttpResponse) -> list[dict[str, Any]]:
    """The rows of a page by the labels of their heads."""
    context = answer.context
    columns = [head for head in context["heads"]["first"] if not head.get("group")]
    labels: list[str] = []
    second = iter(context["heads"]["second"])
    for head in context["heads"]["first"]:
        if head.get("group"):
            labels += [next(second)["column"]["label"] for _ in range(head["span"])]
        else:
            labels.append(head["column"]["label"])
    assert len(columns) <= len(labels)
    return [
        dict(zip(labels, [cell["value"] for cell in row["cells"]], strict=True))
        for row in context["rows"]
    ]


def read_csv(answer: HttpResponse) -> list[dict[str, str]]:
    head, *rows = csv_rows(answer.content)
    return [dict(zip(head, row, strict=True)) for row in rows]


def sheet_xml(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode()


def test_basic_shows_profile_facts_parts_and_contact(clerk: User, browse: Browse) -> None:
    community = make_community(
        kind="old",
        urban_rural_class="111",
        credit_code="55371502DEM0010019",
        boundary_east="东一路",
        area_km2=Decimal("1.2345"),
        set_up_on=date(2015, 3, 1),
        set_up_doc_no="聊东政字〔2015〕8号",
        tags=["示范社区"],
    )
    make_facts(
        community,
        households=2847,
        population_resident=7000,
        committee_members_in_post=7,
        premises_area_m2=Decimal("128.50"),
        received_yuan=Decimal("60000.10"),
    )
    fill(community)

    answer = browse(clerk).get("/communities/register/?year=2026")

    (row,) = cells_of(answer)
    assert row["社区"] == "古城社区"
    assert row["社区代码"] == "371502001001"
    assert (row["街道"], row["县（市、区）"]) == ("古楼街道", "东昌府区")
    assert (row["城乡分类"], row["类型"]) == ("主城区", "老旧")
    assert (row["设立日期"], row["批准文号"]) == ("2015-03-01", "聊东政字〔2015〕8号")
    assert (row["面积（平方公里）"], row["东至"], row["南至"]) == (Decimal("1.2345"), "东一路", "")
    assert (row["核定户数"], row["户籍户数"], row["常住人口"]) == (2847, "", 7000)
    assert (row["小区（个）"], row["楼栋（栋）"], row["网格（个）"], row["组织（个）"]) == (
        1,
        4,
        1,
        1,
    )
    assert (row["居委会成员"], row["用房建筑面积（㎡）"]) == (7, Decimal("128.50"))
    assert row["上年到位经费（元）"] == Decimal("60000.10")
    assert (row["责任人和办公电话"], row["标签"]) == ("书记，甲，0635-1", "示范社区")
    html = answer.content.decode()
    assert '<a href="/communities/371502001001/profile/">古城社区</a>' in html
    assert "填报单位（盖章）" in html


def test_basic_totals_add_every_row_of_the_filter_not_only_the_page(
    clerk: User, browse: Browse
) -> None:
    for number in range(60):
        community = make_community(f"371502001{number + 1:03}", f"第{number}社区居委会", kind="new")
        if number:
            make_facts(community, households=100 + number)
        make_part(Estate, community, name="甲", building_count=2)
    make_community("371502001900", "老旧社区居委会", kind="old")

    answer = browse(clerk).get("/communities/register/?kind=new&year=2026")

    labels = list(cells_of(answer)[0])
    totals = dict(zip(labels, [cell["value"] for cell in answer.context["totals"]], strict=True))
    assert len(answer.context["rows"]) == 50
    assert totals["社区"] == "60个社区"
    assert totals["核定户数"] == sum(100 + number for number in range(1, 60))
    assert (totals["小区（个）"], totals["楼栋（栋）"]) == (60, 120)
    assert "1个社区这一年未填报" in answer.content.decode()


def names(user: User, **asked: Any) -> list[str]:
    query = BasicQuery(prefix=user.scope, year=2026, **asked)
    with scope(user.scope):
        return [entry.name for entry in get_basic(user, query, read_versions()).entries]


def test_basic_filters_by_state_kind_class_tag_and_text(clerk: User) -> None:
    make_community("371502001001", "甲社区居委会", kind="new", tags=["示范社区"])
    make_community("371502001002", "乙社区居委会", urban_rural_class="112")
    make_community("371502001003", "丙社区居委会", valid_until=date(2026, 7, 1))
    make_community("371502001004", "丁社区居委会", valid_until=date(2027, 7, 1))
    make_community("371502001200", "戊村委会")

    assert names(clerk) == ["甲社区", "乙社区", "丁社区"]
    assert names(clerk, state="ended") == ["丙社区"]
    assert names(clerk, state="all") == ["甲社区", "乙社区", "丙社区", "丁社区"]
    assert names(clerk, kind="new") == ["甲社区"]
    assert names(clerk, urban_rural_class="112") == ["乙社区"]
    assert names(clerk, tag="示范社区") == ["甲社区"]
    assert names(clerk, text="乙") == ["乙社区"]
    assert names(clerk, kind="new", state="ended") == []
    with scope("371502001"):
        assert tags_within(clerk, "371502001") == ["示范社区"]


def test_basic_sorts_with_what_is_not_reported_last_either_way(clerk: User) -> None:
    first = make_community("371502001001", "甲社区居委会", area_km2=Decimal(2))
    second = make_community("371502001002", "乙社区居委会", area_km2=Decimal(3))
    make_community("371502001003", "丙社区居委会")
    make_facts(first, households=200)
    make_facts(second, households=100)

    assert names(clerk, sort="households") == ["乙社区", "甲社区", "丙社区"]
    assert names(clerk, sort="-households") == ["甲社区", "乙社区", "丙社区"]
    assert names(clerk, sort="-area") == ["乙社区", "甲社区", "丙社区"]
    assert names(clerk, sort="name") == ["丙社区", "甲社区", "乙社区"]


def test_basic_when_a_filter_is_unknown_says_so(clerk: User, browse: Browse) -> None:
    make_community()

    html = browse(clerk).get("/communities/register/?kind=odd&sort=x&tag=无").content.decode()

    assert "没有“odd”这个类型，已不按它筛选" in html
    assert "没有“无”这个标签，已不按它筛选" in html
    assert "古城社区" in html


def test_basic_when_nothing_matches_says_what_to_do(clerk: User, browse: Browse) -> None:
    answer = browse(clerk).get("/communities/register/?q=没有的")

    assert "没有符合条件的记录。减少筛选条件，或选“清空条件”" in answer.content.decode()


def test_basic_of_another_street_is_not_shown(clerk_elsewhere: User, browse: Browse) -> None:
    make_community()

    answer = browse(clerk_elsewhere).get("/communities/register/?street=371502001")

    assert answer.context["rows"] == []
    assert "没有“371502001”这个街道" in answer.content.decode()


@pytest.mark.parametrize("key", PARTS)
def test_parts_list_shows_the_parts_of_the_scope_only(
    key: str, clerk: User, clerk_elsewhere: User, browse: Browse
) -> None:
    fill(make_community())

    (row,) = cells_of(browse(clerk).get(f"/communities/register/{key}/"))
    assert row["社区"] == "古城社区"
    assert browse(clerk_elsewhere).get(f"/communities/register/{key}/").context["rows"] == []


def test_estates_list_filters_sorts_and_adds_up(clerk: User, browse: Browse) -> None:
    community = make_community()
    other = make_community("371502001002", "湖南社区居委会")
    make_part(Estate, community, name="甲苑", kind="commercial", households=30)
    make_part(Estate, community, name="乙苑", kind="employer", households=50)
    make_part(Estate, other, name="丙苑", households=None)
    make_part(Estate, other, name="旧苑", households=900, valid_until=date(2020, 1, 1))
    client = browse(clerk)

    def shown(query: str) -> list[str]:
        return [
            row["小区名称"]
            for row in cells_of(client.get(f"/communities/register/estates/?{query}"))
        ]

    assert shown("") == ["乙苑", "甲苑", "丙苑"]
    assert shown("kind=commercial") == ["甲苑"]
    assert shown("q=湖南") == ["丙苑"]
    assert shown("q=乙苑") == ["乙苑"]
    assert shown("sort=households") == ["甲苑", "乙苑", "丙苑"]
    assert shown("sort=-households") == ["乙苑", "甲苑", "丙苑"]
    totals = [
        cell["value"] for cell in client.get("/communities/register/estates/").context["totals"]
    ]
    assert totals[0] == "合计3个"
    assert 80 in totals


@pytest.mark.parametrize("key", ["", *(f"{key}/" for key in PARTS)])
def test_exports_hold_the_rows_of_the_page(key: str, clerk: User, browse: Browse) -> None:
    for number in range(3):
        fill(make_community(f"371502001{number + 1:03}", f"第{number}社区居委会"))
    client = browse(clerk)

    listed = cells_of(client.get(f"/communities/register/{key}?q=第1"))
    rows = read_csv(client.get(f"/communities/register/{key}export.csv?q=第1"))
    sheet = xlsx_rows(client.get(f"/communities/register/{key}export.xlsx?q=第1").content)

    assert len(listed) == len(rows) == 1
    assert rows[0]["社区"] == listed[0]["社区"] == "第1社区"
    assert rows[0]["社区代码"] == "371502001002"
    cells = [cell for row in sheet for cell in row]
    assert cells.count("371502001002") == 1
    assert any("填报单位（盖章）" in str(cell) for cell in cells)
    log = AccessLog.objects.filter(act=AccessAct.EXPORT)
    assert log.count() == 2


@time_machine.travel("2027-01-04")
def test_basic_xlsx_has_a_head_of_two_rows_borders_totals_and_feet(
    clerk: User, browse: Browse
) -> None:
    make_facts(make_community(), households=2847)

    answer = browse(clerk).get("/communities/register/export.xlsx?year=2026")

    title, note, upper, lower, row, total, _, feet = xlsx_rows(answer.content)
    place = lower.index("核定户数")
    assert title[0] == "古楼街道2026年度社区基本情况台账"
    assert note[0] == "填报单位：古楼街道办事处　　统计时点：2026-12-31　　共1个社区"
    assert (upper[place], upper[0], lower[0]) == ("户数（户）", "", "序号")
    assert (row[0], row[place], total[0], total[place]) == (1, 2847, "合计", 2847)
    assert feet[0].startswith("填报单位（盖章）")
    assert xlsx_kinds(answer.content, 5)[:5] == ["n", "s", "s", "s", "s"]
    xml = sheet_xml(answer.content)
    assert '<pageSetup paperSize="8"' in xml
    assert 'orientation="landscape"' in xml
    assert '<pane xSplit="5" ySplit="4" topLeftCell="F5"' in xml
    assert '<mergeCell ref="A1:AK1"/>' in xml


@pytest.mark.parametrize("path", ["", *(f"{key}/" for key in PARTS)])
def test_list_asks_as_many_queries_for_30_rows_as_for_one(
    path: str, clerk: User, browse: Browse
) -> None:
    client = browse(clerk)
    fill(make_community("371502001001", "第一社区居委会"))
    make_facts(Community.objects.get(code="371502001001"))
    client.get(f"/communities/register/{path}")
    few = queries_of(client, f"/communities/register/{path}")
    for number in range(2, 31):
        community = make_community(f"371502001{number:03}", f"第{number}社区居委会")
        make_facts(community)
        fill(community)
    client.get(f"/communities/register/{path}")

    assert queries_of(client, f"/communities/register/{path}") == few


@time_machine.travel("2026-11-22")
def test_basic_of_all_states_adds_up_those_in_being_only(clerk: User, browse: Browse) -> None:
    stays = make_community("371502001001", "甲社区居委会", area_km2="2.0000")
    ended = make_community(
        "371502001002", "乙社区居委会", area_km2="0.5000", valid_until=date(2026, 7, 1)
    )
    make_facts(stays, 2026, households=1700)
    make_facts(ended, 2026, households=700)

    answer = browse(clerk).get("/communities/register/?state=all&year=2026")

    labels = [row["社区"] for row in cells_of(answer)]
    assert labels == ["甲社区", "乙社区"]
    total = {cell["value"] for cell in answer.context["totals"]}
    assert {"1个社区", 1700, Decimal("2.0000")} <= total
    assert answer.context["notes"][2:] == [
        "合计只加在册的社区，已撤销的1个不计入，它们的户数由接收的社区填报。",
        "按2026-11-22的登记列出，生效日期在这以后的变更没有计入。",
    ]
    export = browse(clerk).get("/communities/register/export.xlsx?state=all&year=2026")
    assert xlsx_rows(export.content)[1][0] == (
        "填报单位：古楼街道办事处　　统计时点：2026-12-31　　"
        "共2个社区，其中已撤销的1个不计入合计　　"
        "按2026-11-22的登记列出，生效日期在这以后的变更没有计入"
    )


@time_machine.travel("2027-01-04")
def test_basic_of_a_year_that_is_over_says_nothing_of_acts_to_come(
    clerk: User, browse: Browse
) -> None:
    make_facts(make_community(), 2026)

    answer = browse(clerk).get("/communities/register/?year=2026")

    assert len(answer.context["notes"]) == 2


def test_basic_finds_a_community_by_a_former_name(clerk: User) -> None:
    community = make_community("371502001001", "古城社区居委会")
    make_former(community, date(2026, 3, 1), name="老城社区居委会")
    make_community("371502001002", "乙社区居委会")

    assert names(clerk, text="老城") == ["古城社区"]


def test_ledger_says_how_many_ended_ones_a_search_finds(clerk: User, browse: Browse) -> None:
    make_facts(make_community("371502001001", "甲社区居委会"), 2026)
    make_community("371502001002", "海源社区居委会", valid_until=date(2026, 7, 1))

    client = browse(clerk)
    found, not_found = (client.get(f"/communities/?q={q}&year=2026") for q in ("海源", "甲"))

    assert (found.context["ended"], not_found.context["ended"]) == (1, 0)
    url = found.context["ended_url"]
    assert f'href="{url.replace("&", "&amp;")}"' in found.content.decode()
    assert [row["社区"] for row in cells_of(client.get(url))] == ["海源社区"]
