"""A street proposes, the district reviews and decides: a community is set up, two become one."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.scope import scope
from communities.models import AnnualFacts, ChangeAct, Community, Lineage
from tests.journeys.conftest import Person

GUCHENG, HUNAN, NEW = "371502001001", "371502001002", "371502001901"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def everything() -> Iterator[None]:
    """The test itself reads rows of the whole country."""
    with scope("0"):
        yield


@pytest.fixture
def decision(tmp_path: Path) -> Path:
    file = tmp_path / "批复.pdf"
    file.write_bytes(PDF)
    return file


def does(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def proposes(person: Person, clerk: User, kind: str, communities: list[str]) -> Page:
    """As the street's clerk: choose the communities of a new act, and go on to its plan."""
    page = person.at(clerk, "/communities/")
    page.get_by_role("link", name="变更", exact=True).first.click()
    page.get_by_role("link", name="提出变更").first.click()
    page.get_by_role("link", name=kind, exact=True).click()
    for name in communities:
        page.get_by_label(name, exact=True).check()
    person.looks()
    does(page, "填写方案")
    return page


def submits(person: Person, reason: str) -> None:
    """Preview the plan, keep it as a draft, submit it."""
    page = person.page
    page.get_by_label("理由").fill(reason)
    page.get_by_role("button", name="按已填数据测算").last.click()
    expect(page.get_by_role("heading", name="变更前后对照")).to_be_visible()
    person.looks()
    does(page, "保存草稿")
    does(page, "提交审查")
    expect(page.get_by_text("待审查").first).to_be_visible()
    person.looks()
    does(page, "退出")


def decides(person: Person, officer: User, decision: Path, on: date) -> Page:
    """As the district's officer: pass the review, enter the government's decision."""
    page = person.at(officer)
    page.get_by_role("link", name="件变更待审查").click()
    page.locator("[data-rows] tbody a").first.click()
    page.get_by_label("意见").fill("情况属实，同意")
    does(page, "审查通过")
    page.get_by_role("link", name="录入批复").click()
    page.get_by_label("批准机关").fill("东昌府区人民政府")
    page.get_by_label("文号").fill("东政字[2026]８号")
    page.get_by_label("批复日期").fill(on.isoformat())
    page.get_by_label("生效日期").fill(on.isoformat())
    page.get_by_label("批复文件").set_input_files(decision)
    person.looks()
    does(page, "录入批复")
    expect(page.get_by_text("已生效").first).to_be_visible()
    expect(page.get_by_text("东政字〔2026〕8号").first).to_be_visible()
    person.looks()
    return page


def facts_of(code: str) -> list[Any]:
    """Columns of this year's facts that add up."""
    columns = ("households", "population_resident", "community_workers_in_post")
    return list(AnnualFacts.objects.values_list(*columns).get(community__code=code, year=2026))


def sheet_of(page: Page, address: str, year: int) -> str:
    """The figures of the district's sheet of a year, as they stand on the page."""
    page.goto(f"{address}/districts/371502/?year={year}&open=371502001")
    return page.locator("#sheet table").inner_text()


def test_street_sets_up_a_community_which_then_has_a_page(
    person: Person, clerk: User, district_officer: User, decision: Path, everything: None
) -> None:
    today = timezone.localdate()
    page = proposes(person, clerk, "设立", [])

    page.get_by_label("代码", exact=True).fill(NEW)
    page.get_by_label("全称").fill("运河湾社区居委会")
    page.get_by_label("新建住房户数").fill("800")
    page.get_by_label("东至").fill("运河")
    submits(person, "新建住宅区达到一个社区的规模，入住过半")
    decides(person, district_officer, decision, today)
    page.goto(f"{person.address}/communities/{NEW}/profile/")

    expect(page.get_by_role("heading", level=1)).to_contain_text("运河湾社区")
    expect(page.get_by_text("东政字〔2026〕8号").first).to_be_visible()
    person.looks()
    made = Community.objects.get(code=NEW)
    assert (made.valid_from, made.set_up_on, made.set_up_doc_no) == (
        today,
        today,
        "东政字〔2026〕8号",
    )
    assert made.boundary_east == "运河"


def test_two_communities_become_one_and_the_past_stays(
    person: Person, clerk: User, district_officer: User, decision: Path, everything: None
) -> None:
    today = timezone.localdate()
    together = [sum(pair) for pair in zip(facts_of(GUCHENG), facts_of(HUNAN), strict=True)]
    page = person.at(district_officer)
    before = sheet_of(page, person.address, 2025)
    does(page, "退出")

    page = proposes(person, clerk, "合并", ["古城社区居委会", "湖南社区居委会"])
    page.get_by_label("沿用或新设").select_option(label="沿用古城社区")
    submits(person, "两个社区相邻，合并以后便于管理")
    page = decides(person, district_officer, decision, today)

    page.goto(f"{person.address}/communities/{HUNAN}/")
    expect(page.get_by_text("并入").first).to_be_visible()
    person.looks()
    page.get_by_role("link", name="古城社区").first.click()
    expect(page).to_have_url(f"{person.address}/communities/{GUCHENG}/")
    assert sheet_of(page, person.address, 2025) == before
    assert Community.objects.get(code=HUNAN).valid_until == today
    assert ChangeAct.objects.get().state == "applied"
    assert sorted(Lineage.objects.values_list("code", "relation")) == [
        (GUCHENG, "predecessor"),
        (HUNAN, "successor"),
    ]
    assert facts_of(GUCHENG) == together
