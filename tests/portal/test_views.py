"""Workbench, community page and district sheet as a person gets them."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client

from accounts.models import AccessLog, User
from tests.conftest import Browse
from tests.factories import make_community, make_division
from tests.files import csv_rows, xlsx_kinds, xlsx_rows
from tests.queries import queries_of
from tests.world import (
    CHANGZHENG,
    DISTRICT,
    GUCHENG,
    HUNAN,
    LIUYUAN,
    STREET,
    STREET_ELSEWHERE,
    WENXUAN,
    make_place,
    make_world,
    set_facts,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "sheet"}
SHEET, COMMUNITY = f"/districts/{DISTRICT}/", f"/communities/{GUCHENG}/"


@pytest.fixture
def officer(browse: Browse, district_officer: User) -> Client:
    make_world()
    return browse(district_officer)


@pytest.fixture
def clerks(browse: Browse, clerk: User) -> Client:
    make_world()
    return browse(clerk)


def text(client: Client, path: str, *, status: int = 200, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == status
    return answer.content.decode()


def words(html: str) -> str:
    """What a reader reads, without tags and blanks."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


# ── workbench ──


def test_home_of_a_clerk_then_the_own_street(clerks: Client) -> None:
    page = words(text(clerks, "/"))

    assert "工作台古楼街道办事处·古楼街道3个社区·2026年度" in page
    assert "补齐文轩社区的数据" in page
    assert "缺少核定户数" in page
    assert "柳园" not in page


def test_home_of_an_officer_then_the_streets_with_a_way_into_each(officer: Client) -> None:
    page = text(officer, "/")

    assert "东昌府区5个社区" in words(page)
    assert f'href="/communities/?street={STREET_ELSEWHERE}&amp;year=2026">柳园街道</a>' in page
    # 740,000 and 520,000 yuan, in 10,000 yuan
    assert re.findall(r">(\d+\.\d\d)</td><td class=\"num\">[01]</td></tr>", page) == [
        "74.00",
        "52.00",
    ]


def test_home_of_a_city_then_its_districts(browse: Browse, city_officer: User) -> None:
    make_world()

    page = text(browse(city_officer), "/")

    assert '<a href="/districts/371502/?year=2026">东昌府区</a>' in page
    assert '<a href="/districts/371521/?year=2026">区划371521</a>' in page


def test_home_in_a_year_without_a_policy_then_said_with_whom_to_ask(officer: Client) -> None:
    page = words(text(officer, "/?year=2014"))

    assert "2014年还没有生效的政策，应配、应有和经费都不能测算。" in page
    assert "联系聊城市民政局" in page


def test_home_without_communities_then_says_so(browse: Browse, clerk: User) -> None:
    page = words(text(browse(clerk), "/"))

    assert "辖区内还没有社区。由系统管理员导入社区名录" in page
    assert "今天没有待办" in page


# ── community ──


def test_community_then_figures_clauses_and_numbers(clerks: Client) -> None:
    page = words(text(clerks, COMMUNITY))

    for said in (
        "古城社区2026年度·已确认",
        "居委会成员每300户配1人，一个社区5至9人取此值《聊城市城市社区管理办法（试行）》第十一条",
        "进位（2,847户÷300户）10人",
        "工作经费测算60,000元",
        "县（市、区）级财政60,000元（100.0%）",
        "不计上下限为56,940元",
        "住区类型老城区、已建成",
    ):
        assert said in page


def test_community_when_facts_are_missing_then_says_which_and_shows_a_dash(
    clerks: Client,
) -> None:
    page = text(clerks, f"/communities/{WENXUAN}/")
    need = page.split('id="need-work_funding"')[1].split("</section>")[0]

    assert "不能测算，缺少核定户数。补填年度数据后自动测算" in need
    assert '<div class="v none">—</div>' in need
    assert ">0<" not in need
    assert "核定户数未填报" in words(page)


def test_community_without_facts_of_the_year_then_not_reported(clerks: Client) -> None:
    make_community("371502001009", "光明社区居委会")

    page = words(text(clerks, "/communities/371502001009/"))

    assert "光明社区2026年度·未填报" in page
    assert "核定户数未填报" in page


def test_community_on_an_earlier_day_then_the_policies_of_that_day(clerks: Client) -> None:
    page = words(text(clerks, f"{COMMUNITY}?on=2018-07-23"))

    # before the province's standard: 2,847 × 20
    assert "工作经费测算56,940元" in page
    assert "山东省城市社区建设标准" not in page


def test_community_in_a_year_without_a_policy_then_said_and_no_needs(clerks: Client) -> None:
    page = text(clerks, f"{COMMUNITY}?year=2014")

    assert "2014年还没有生效的政策" in page
    assert 'class="need"' not in page


def test_community_that_has_ended_then_still_opens_by_its_code(clerks: Client) -> None:
    make_community(
        "371502001008", "旧城社区居委会", valid_from="2010-01-01", valid_until="2020-01-01"
    )

    assert "旧城社区" in text(clerks, "/communities/371502001008/")


def test_trail_of_a_community_then_leads_back_to_the_street(clerks: Client) -> None:
    page = text(clerks, COMMUNITY)

    link = f"/communities/?street={STREET}&year=2026"
    assert f'href="{link.replace("&", "&amp;")}">古楼街道</a>' in page
    assert "这个街道，已不按它筛选" not in text(clerks, link)


# ── district ──


def test_sheet_then_rows_sums_payers_and_checks(officer: Client) -> None:
    page = text(officer, SHEET)
    foot = words(page.split("<tfoot>")[1].split("</tfoot>")[0])

    assert "东昌府区2026年度汇总" in page
    assert foot.startswith("合计58,448")
    assert foot.endswith("260,000.001,000,000.00—1,260,000.001,260,000.001个")
    assert "5项一致" in page
    assert "不一致" not in page
    assert "缺少核定户数，有社区未填，总量无法分配" in page


def test_sheet_when_a_street_is_opened_then_its_communities(officer: Client) -> None:
    closed, opened = text(officer, SHEET), text(officer, f"{SHEET}?open={STREET_ELSEWHERE}")

    assert "柳园社区" not in closed
    assert f'href="/communities/{LIUYUAN}/?year=2026&amp;on=2026-12-31"' in opened
    assert "古城社区" not in opened
    assert 'aria-expanded="true"' in opened
    assert f"open={STREET}&amp;open={STREET_ELSEWHERE}" in opened


def test_sheet_of_a_street_then_its_communities(clerks: Client) -> None:
    page = words(text(clerks, f"/districts/{STREET}/"))

    assert "古楼街道2026年度汇总" in page
    assert "古城社区12,84797" in page
    assert "柳园" not in page


def test_sheet_of_a_city_then_its_districts(browse: Browse, city_officer: User) -> None:
    make_world()

    page = words(text(browse(city_officer), "/districts/3715/"))

    assert "东昌府区58,448" in page
    # 1,500 households outside the centre: 60,000 and 100,000
    assert "区划371521" in page
    assert "160,000.00" in page


def test_sheet_then_who_is_above_is_named_without_a_link(officer: Client) -> None:
    page = text(officer, SHEET)

    assert 'href="/districts/3715/' not in page
    assert "聊城市" in page


def test_sheet_in_a_year_without_a_policy_then_said(officer: Client) -> None:
    page = words(text(officer, f"{SHEET}?year=2014"))

    assert "2014年还没有生效的政策" in page
    assert "0.00" not in page


def test_sheet_without_communities_then_says_so(officer: Client) -> None:
    make_division("371502009")

    page = text(officer, "/districts/371502009/")

    assert "区划371502009还没有城市社区。由系统管理员导入社区名录" in page


def test_sheet_fragment_then_only_the_table(officer: Client) -> None:
    answer = officer.get(f"{SHEET}?open={STREET}", headers=HTMX)
    page = answer.content.decode()

    assert page.count('id="sheet"') == 1
    assert "<html" not in page
    assert set(answer["Vary"].split(", ")) >= {"HX-Request", "HX-Target"}


@pytest.mark.parametrize(
    "headers",
    [{}, {"HX-Request": "true"}, {**HTMX, "HX-History-Restore-Request": "true"}],
)
def test_sheet_when_not_swapped_then_the_whole_page(
    officer: Client, headers: dict[str, str]
) -> None:
    assert text(officer, SHEET, **headers).startswith("<!doctype html>")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_of_the_sheet_then_every_community_and_the_sums_of_the_page(
    officer: Client, form: str
) -> None:
    totals = officer.get(SHEET).context["totals"]
    content = officer.get(f"{SHEET}export.{form}").content
    rows = (csv_rows if form == "csv" else xlsx_rows)(content)
    head = next(place for place, row in enumerate(rows) if row[0] == "级别")
    columns = {label: place for place, label in enumerate(rows[head])}
    body = rows[head + 1 :]

    assert [row[1] for row in body] == [
        *(STREET, GUCHENG, HUNAN, WENXUAN),
        *(STREET_ELSEWHERE, LIUYUAN, CHANGZHENG),
        DISTRICT,
    ]
    for label, total in {
        "核定户数（户）": totals.households,
        "居委会成员应配（人）": totals.committee.required,
        "用房应有（㎡）": totals.premises.required,
        "经费合计（元）": totals.total_funding,
        "县（市、区）级承担（元）": totals.payers[0],
    }.items():
        place = columns[label]
        figures = {
            level: sum(float(row[place] or 0) for row in body if row[0] == level)
            for level in ("街道", "社区", "合计")
        }
        assert figures == dict.fromkeys(("街道", "社区", "合计"), float(total))
    wenxuan = body[3]
    assert [wenxuan[columns[label]] for label in ("核定户数（户）", "工作经费（元）")] == ["", ""]


def test_export_of_the_sheet_then_codes_are_text_and_figures_are_numbers(
    officer: Client,
) -> None:
    content = officer.get(f"{SHEET}export.xlsx").content
    rows = xlsx_rows(content)

    assert rows[0][0] == "东昌府区2026年度汇总"
    assert rows[4][1] == GUCHENG
    assert xlsx_kinds(content, 5)[:6] == ["s", "s", "s", "n", "n", "n"]


def test_export_of_the_sheet_then_named_and_logged(officer: Client) -> None:
    answer = officer.get(f"{SHEET}export.csv?year=2026")

    assert unquote(answer["Content-Disposition"]) == (
        "attachment; filename*=UTF-8''东昌府区2026年度汇总.csv"
    )
    assert list(AccessLog.objects.values_list("act", "target")) == [
        ("export", "东昌府区2026年度汇总.csv")
    ]


# ── queries ──


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("path", "warm"),
    [("/", 35), (COMMUNITY, 14), (SHEET, 8), (f"{SHEET}?open={STREET}", 8)],
)
def test_pages_then_the_same_few_queries_for_one_community_and_for_thirty(
    browse: Browse, district_officer: User, path: str, warm: int, count: int
) -> None:
    make_world(GUCHENG)
    for number in range(2, count + 1):
        make_place(f"371502001{number:03}", households=number)
    client = browse(district_officer)
    client.get(path)
    set_facts(GUCHENG, households=1)

    # three more where the facts have just changed: the register, former codes and what holds for it
    assert [queries_of(client, path) for _ in range(2)] == [warm + 3, warm]
