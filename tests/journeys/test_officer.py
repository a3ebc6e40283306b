"""A district's officer: the sheet, a street of it, the files, the ledger's filters and files."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from accounts.models import AccessLog, User
from accounts.scope import scope
from communities.models import AnnualFacts
from tests.files import csv_rows, xlsx_rows
from tests.journeys.conftest import Downloads, Person
from tests.world import GUCHENG, set_facts

SHEET = "/districts/371502/"
TOTALS = ("核定户数（户）", "居委会成员应配（人）", "用房应有（㎡）", "经费合计（元）")


def foot(page: Page) -> list[str]:
    """The cells of the sheet's last row, without separators."""
    cells = page.locator("#sheet tfoot td").all_inner_texts()
    return [cell.strip().replace(",", "") for cell in cells]


def test_officer_opens_the_sheet_a_street_and_takes_the_figures_away(
    person: Person, district_officer: User, download: Downloads
) -> None:
    page = person.at(district_officer)
    person.looks()
    page.goto(person.address + SHEET)
    expect(page.get_by_role("heading", level=1)).to_contain_text("东昌府区2026年度汇总")
    person.looks()
    cells = foot(page)
    shown = dict(zip(TOTALS, [Decimal(cells[place]) for place in (1, 2, 6, 12)], strict=True))

    page.locator("#open-371502001").click()
    expect(page.get_by_role("link", name="古城社区", exact=True)).to_be_visible()
    expect(page).to_have_url(f"{person.address}{SHEET}?year=2026&on=2026-12-31&open=371502001")
    assert foot(page) == cells
    person.looks()

    for link, opened in (("导出CSV", csv_rows), ("导出Excel", xlsx_rows)):
        rows = opened(download(link))
        head = next(place for place, row in enumerate(rows) if row[0] == "级别")
        places = {label: rows[head].index(label) for label in TOTALS}
        for level in ("街道", "社区", "合计"):
            sums = {
                label: sum(
                    Decimal(str(row[place]))
                    for row in rows[head + 1 :]
                    if row[0] == level and row[place] != ""
                )
                for label, place in places.items()
            }
            assert (link, level, sums) == (link, level, shown)
    assert AccessLog.objects.filter(act="export", user=district_officer).count() == 2

    page.get_by_role("link", name="古楼街道", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("古楼街道2026年度汇总")
    person.looks()


def test_officer_asks_for_the_policies_of_another_day(
    person: Person, district_officer: User
) -> None:
    page = person.at(district_officer, SHEET)
    before = foot(page)

    page.get_by_label("按这一天有效的政策").fill("2018-07-23")
    page.get_by_role("button", name="重新测算").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("按2018-07-23有效的政策")
    # before the province's standard there is no 服务群众专项经费
    assert foot(page)[10] == "—"
    assert before[10] != "—"

    page.get_by_label("年度").select_option("2025")
    expect(page.get_by_role("heading", level=1)).to_contain_text("东昌府区2025年度汇总")


def test_officer_in_a_year_without_a_policy_is_told_whom_to_ask(
    person: Person, district_officer: User
) -> None:
    person.at(district_officer)
    for path in ("/", "/communities/", SHEET, "/communities/371502001001/"):
        page = person.opens(f"{path}?year=2014")

        expect(page.locator("main")).to_contain_text("2014年还没有生效的政策")
        expect(page.locator("main")).to_contain_text("聊城市民政局")
        person.looks()


def test_figures_are_those_of_the_last_commit(
    person: Person, district_officer: User, download: Downloads
) -> None:
    page = person.at(district_officer, SHEET)
    before = int(foot(page)[1])
    households = AnnualFacts.objects.get(code=GUCHENG, year=2026).households

    with scope("0"):
        set_facts(GUCHENG, households=households + 1000)
        page.reload()
        assert int(foot(page)[1]) == before
    page.reload()

    assert int(foot(page)[1]) == before + 1000
    assert csv_rows(download("导出CSV"))[-1][4] == str(before + 1000)


@pytest.mark.parametrize("link", ["导出CSV", "导出Excel"])
def test_file_of_a_filtered_list_holds_what_the_screen_shows(
    person: Person, district_officer: User, download: Downloads, link: str
) -> None:
    page = person.at(district_officer, "/communities/")
    page.get_by_role("link", name="户数", exact=True).click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("户数")
    page.get_by_label("街道").select_option("371502001")
    expect(page.get_by_role("status")).not_to_contain_text("显示第")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("户数")
    shown = page.locator("#ledger tbody th").all_inner_texts()

    rows = (csv_rows if link == "导出CSV" else xlsx_rows)(download(link))

    head = next(place for place, row in enumerate(rows) if row[0] == "社区代码")
    assert [row[1] for row in rows[head + 1 :]] == shown
    assert {row[0][:9] for row in rows[head + 1 :]} == {"371502001"}


def test_city_goes_down_to_a_community_and_up_again(person: Person, city_officer: User) -> None:
    page = person.at(city_officer)

    page.get_by_role("link", name="东昌府区", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("东昌府区2026年度汇总")
    page.get_by_role("link", name="古楼街道", exact=True).click()
    page.get_by_role("link", name="古城社区", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("古城社区")
    page.get_by_role("navigation", name="位置").get_by_role("link", name="古楼街道").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("社区台账古楼街道")
    person.looks()
