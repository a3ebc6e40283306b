"""A street's clerk: finds a community by keyboard, reads why, meets what is not theirs."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.journeys.conftest import Person

GUCHENG = "/communities/371502001001/"


@pytest.mark.parametrize("sought", ["gcsq", "371502001001"])
def test_clerk_finds_a_community_by_initials_and_by_code(
    person: Person, clerk: User, sought: str
) -> None:
    page = person.at(clerk, "/communities/")

    page.keyboard.press("/")
    page.keyboard.type(sought)
    expect(page.get_by_role("status")).to_contain_text("共1个社区")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{person.address}{GUCHENG}")


def test_clerk_finds_a_community_by_keyboard_and_reads_why(person: Person, clerk: User) -> None:
    page = person.at(clerk)
    person.looks()

    page.keyboard.press("/")
    page.keyboard.type("古城")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("社区台账古楼街道 · 2026年度")
    expect(page.get_by_role("status")).to_contain_text("共1个社区")
    person.looks()
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="古城社区", exact=True)).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{person.address}{GUCHENG}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("古城社区2026年度 · 已确认")
    need = page.locator("#need-committee_members")
    expect(need).to_contain_text("应配9人")
    expect(need).to_contain_text("缺2")
    expect(need.locator("blockquote")).to_be_hidden()
    need.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(need.locator("blockquote")).to_contain_text("居委会成员每300户配1人，一个社区5至9人")
    expect(need.locator("cite")).to_have_text("《聊城市城市社区管理办法（试行）》第十一条")
    expect(need.locator(".calc").first).to_contain_text("进位（2,847户 ÷ 300户）")
    expect(need.get_by_role("row", name="核定户数")).to_contain_text("2,847户")
    person.looks()


def test_clerk_filters_while_typing_and_goes_back(person: Person, clerk: User) -> None:
    page = person.at(clerk, "/communities/")
    all_rows = page.locator("#ledger tbody tr").count()

    page.keyboard.press("/")
    page.keyboard.type("古城")
    expect(page.get_by_role("status")).to_contain_text("共1个社区")
    expect(page).to_have_url(re.compile(r"/communities/\?.*q=%E5%8F%A4%E5%9F%8E"))
    expect(page.locator(".filters [name=q]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("古城社区")
    page.go_back()

    expect(page.get_by_role("status")).to_contain_text("共1个社区")
    expect(page.get_by_role("link", name="古城社区", exact=True)).to_be_focused()
    page.go_back()
    expect(page.locator("#ledger tbody tr")).to_have_count(all_rows)


def test_clerk_of_another_street_is_told_it_is_not_there_and_finds_the_way_back(
    person: Person, clerk_elsewhere: User
) -> None:
    page = person.at(clerk_elsewhere)

    answer = page.goto(person.address + GUCHENG)

    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("没有找到代码371502001001")
    expect(page.locator("main")).not_to_contain_text("古城")
    person.looks()
    page.get_by_role("link", name="打开社区台账").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("社区台账柳园街道")


def test_every_explanation_is_on_paper(person: Person, clerk: User) -> None:
    page = person.at(clerk, GUCHENG)
    boxes = page.locator("details.why .box")
    expect(boxes.first).to_be_hidden()

    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert boxes.count() > 5
    for number in range(boxes.count()):
        expect(boxes.nth(number)).to_be_visible()
    expect(page.locator(".printonly")).to_be_visible()
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.get_by_role("button", name="打印")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF-")
