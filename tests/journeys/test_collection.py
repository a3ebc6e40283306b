"""The year's facts are typed: a slip is mended, keys alone do, nothing that was typed is lost."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from accounts.models import User
from collection.models import Round
from collection.rules.fields import FIELDS
from tests.journeys.collecting import (
    ASKED,
    YEAR,
    cell,
    does,
    drafted,
    facts_of,
    fills,
    form_of,
    forms_under_way,
    heading,
    is_saved,
    line,
    named,
    texts_of,
    types,
)
from tests.journeys.conftest import Person
from tests.world import GUCHENG, HUNAN


def types_with_slips(person: Person, last: dict[str, str], homes: int, people: int) -> None:
    """Last year's figures with a digit too many, a jump, and a part larger than its whole."""
    page = person.page
    fills(page, last | {"households_recorded": f"{homes}0", "population_resident": f"{people}"})
    types(page, {"resident_members": str(int(last["committee_members_in_post"]) + 1)})
    expect(line(page, "households_recorded")).to_contain_text("核对是否多输一位")
    expect(line(page, "resident_members")).to_contain_text("改其中一个")
    does(page, "核对并提交")


def mends_them(person: Person, last: dict[str, str], homes: int) -> None:
    """From the error summary to the fields; what is right gets its reason."""
    page = person.page
    summary = page.locator(".errors")
    expect(summary).to_be_focused()
    wrong = summary.get_by_role("link")
    expect(wrong.first).to_contain_text("核对是否多输一位")
    expect(summary.get_by_role("heading")).to_have_text(f"有{wrong.count()}处要改，改好后再提交")
    person.looks()

    wrong.filter(has_text="居住在本社区的居委会成员").click()
    expect(cell(page, "resident_members")).to_be_focused()
    page.keyboard.type(last["resident_members"])
    fills(page, {"households_recorded": str(homes)})
    line(page, "population_resident").get_by_label("变动说明").fill("二期1,200人入住")
    does(page, "核对并提交")
    expect(heading(page)).to_contain_text("核对后提交古城社区数据")
    expect(page.get_by_text("二期1,200人入住").first).to_be_visible()
    person.looks()


def test_clerk_types_a_form_with_slips_mends_them_and_hands_it_in(
    person: Person, clerk: User, asking: Round
) -> None:
    last = texts_of(GUCHENG)
    homes = int(last["households_recorded"])
    people = round(int(last["population_resident"]) * 1.2)
    page = person.at(clerk)
    page.get_by_role("link", name="数据填报").first.click()
    expect(heading(page)).to_contain_text(f"{YEAR}年度")
    person.looks()
    page.get_by_role("link", name="开始填报：古城社区").click()
    expect(heading(page)).to_contain_text("填报古城社区")
    person.looks()

    types_with_slips(person, last, homes, people)
    mends_them(person, last, homes)
    does(page, "提交给街道审核")
    expect(heading(page)).to_have_text("古城社区数据已提交")
    expect(page.locator("main")).to_contain_text(f"编号{GUCHENG}-{YEAR}-1")
    person.looks()
    page.get_by_role("link", name=f"填报下一个：{named(HUNAN)}").click()
    expect(heading(page)).to_contain_text("填报湖南社区")
    facts = facts_of(GUCHENG)
    assert (facts.status, facts.submitted_by_id) == ("submitted", clerk.pk)
    assert (facts.households_recorded, facts.households) == (homes, homes)
    assert facts.population_resident == people
    assert facts.reasons == {"population_resident": "二期1,200人入住"}
    assert forms_under_way() == 0


def goes_to(page: Page, target: Any, key: str) -> None:
    """Press a key until something has the focus."""
    for _ in range(60):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {target}")


def test_clerk_fills_in_and_hands_in_without_a_mouse(
    person: Person, clerk: User, asking: Round
) -> None:
    last = texts_of(GUCHENG)
    page = person.at(clerk, form_of(GUCHENG))
    press = page.keyboard.press
    goes_to(page, cell(page, "households_recorded"), "Tab")

    for name in ASKED:
        expect(cell(page, name)).to_be_focused()
        if choices := [label for _, label in FIELDS[name].choices]:
            for _ in range(choices.index(last[name]) + 1):
                press("ArrowDown")
        else:
            page.keyboard.type("1" if name == "dwellings" else last[name])
        press("Enter")
    expect(page.get_by_role("button", name="核对并提交")).to_be_focused()
    why = line(page, "dwellings").get_by_label("变动说明")
    expect(why).to_be_visible()
    cell(page, "completed_dwellings").focus()
    press("ArrowUp")
    expect(why).to_be_focused()
    press("ArrowUp")
    expect(cell(page, "dwellings")).to_be_focused()
    page.keyboard.type(last["dwellings"])
    press("Control+s")
    is_saved(page, last)
    expect(why).to_be_hidden()
    press("ArrowDown")
    expect(cell(page, "completed_dwellings")).to_be_focused()
    expect(page.locator("[data-percent]")).to_have_text("100%")
    assert drafted(GUCHENG)["dwellings"] == last["dwellings"]
    goes_to(page, page.get_by_role("button", name="核对并提交"), "Enter")
    press("Enter")

    expect(heading(page)).to_contain_text("核对后提交古城社区数据")
    goes_to(page, page.get_by_role("button", name="提交给街道审核"), "Tab")
    press("Enter")
    expect(heading(page)).to_have_text("古城社区数据已提交")
    assert texts_of(GUCHENG, YEAR) == last


def test_login_runs_out_in_the_middle_of_the_form_and_nothing_is_lost(
    person: Person, clerk: User, asking: Round
) -> None:
    page = person.at(clerk, form_of(GUCHENG))
    types(page, {"households_recorded": "2801"})

    page.context.clear_cookies(name="sessionid")
    fills(page, {"population_resident": "7001"})
    page.keyboard.press("Tab")
    trouble = page.locator("#entry-trouble")
    expect(trouble).to_contain_text("登录已过期，填的内容已存在本机")
    expect(trouble.get_by_role("link")).to_have_text("在新窗口重新登录")
    person.looks()
    fills(page, {"dwellings": "2,9oo"})
    does(page, "核对并提交")
    expect(heading(page)).to_have_text("登录")
    person.logs_in(clerk)

    expect(heading(page)).to_contain_text("填报古城社区")
    expect(trouble).to_contain_text("找回了没有保存的2项，已填回原处")
    kept = {"households_recorded": "2801", "population_resident": "7001", "dwellings": "2,9oo"}
    for name, text in kept.items():
        expect(cell(page, name)).to_have_value(text)
    is_saved(page, kept)
    assert drafted(GUCHENG) == kept


def test_clerk_logs_in_again_beside_the_form(person: Person, clerk: User, asking: Round) -> None:
    page = person.at(clerk, form_of(GUCHENG))
    page.context.clear_cookies(name="sessionid")
    fills(page, {"households_recorded": "2801"})
    page.keyboard.press("Tab")

    with page.context.expect_page() as opened:
        page.locator("#entry-trouble").get_by_role("link", name="在新窗口重新登录").click()
    beside = Person(opened.value, person.address)
    beside.page.wait_for_load_state()
    beside.logs_in(clerk)
    expect(cell(beside.page, "households_recorded")).to_have_value("2801")
    is_saved(beside.page, {"households_recorded": "2801"})
    assert drafted(GUCHENG) == {"households_recorded": "2801"}
    beside.page.close()
    page.reload()
    expect(cell(page, "households_recorded")).to_have_value("2801")
    assert beside.complaints == []


def test_network_fails_while_typing_and_comes_back(
    person: Person, clerk: User, asking: Round
) -> None:
    page = person.at(clerk, form_of(GUCHENG))
    context = page.context
    trouble = page.locator("#entry-trouble")
    person.meant.append("ERR_INTERNET_DISCONNECTED")  # the browser reports what it cannot load

    context.set_offline(True)
    fills(page, {"households_recorded": "2801", "population_resident": "7001"})
    page.keyboard.press("Tab")
    expect(trouble).to_have_text("没有连上，已存在本机。连上以后自动保存")
    context.set_offline(False)
    is_saved(page, {"households_recorded": "2801", "population_resident": "7001"})
    expect(trouble).to_be_hidden()
    assert drafted(GUCHENG) == {"households_recorded": "2801", "population_resident": "7001"}

    context.set_offline(True)
    fills(page, {"dwellings": "2900"})
    page.keyboard.press("Tab")
    expect(trouble).to_be_visible()
    page.goto("about:blank")
    context.set_offline(False)
    person.opens(form_of(GUCHENG))
    expect(cell(page, "dwellings")).to_have_value("2900")
    is_saved(page, {"dwellings": "2900"})
    assert drafted(GUCHENG)["dwellings"] == "2900"


def test_two_windows_on_one_form_lose_nothing(person: Person, clerk: User, asking: Round) -> None:
    page = person.at(clerk, form_of(GUCHENG))
    other = Person(page.context.new_page(), person.address)
    beside: Page = other.opens(form_of(GUCHENG))

    types(page, {"households_recorded": "2801"})
    types(beside, {"population_resident": "7001"})
    expect(cell(beside, "households_recorded")).to_have_value("2801")
    assert drafted(GUCHENG) == {"households_recorded": "2801", "population_resident": "7001"}

    fills(page, {"population_resident": "7,002"})
    page.keyboard.press("Tab")
    both = re.compile("你在另一个窗口.*填了7,001，你填的是7,002")
    expect(line(page, "population_resident")).to_contain_text(both)
    expect(cell(page, "population_resident")).to_have_value("7,002")
    assert drafted(GUCHENG)["population_resident"] == "7001"
    person.looks()
    line(page, "population_resident").get_by_role("button", name="用你填的").click()
    expect(line(page, "population_resident")).not_to_contain_text("另一个窗口")
    is_saved(page, {"population_resident": "7,002"})
    types(beside, {"dwellings": "2900"})
    expect(cell(beside, "population_resident")).to_have_value("7,002")
    assert drafted(GUCHENG) == {
        "households_recorded": "2801",
        "population_resident": "7,002",
        "dwellings": "2900",
    }
    beside.close()
    assert other.complaints == []


def test_street_hands_in_all_that_is_ready(person: Person, clerk: User, asking: Round) -> None:
    for code in (GUCHENG, HUNAN):
        page = person.at(clerk, form_of(code)) if code == GUCHENG else person.opens(form_of(code))
        does(page, "带入上年数")
        expect(page.get_by_text("已带入上年数")).to_be_visible()
    page.get_by_role("link", name="数据填报").last.click()
    page.get_by_role("link", name="提交全部已填好的2个").click()
    expect(heading(page)).to_contain_text("提交已填好的2个社区")
    person.looks()
    does(page, "提交2个社区")
    expect(page.get_by_text("已提交2个社区")).to_be_visible()
    assert facts_of(GUCHENG).status == facts_of(HUNAN).status == "submitted"


def pastes(page: Page, text: str) -> None:
    """What the browser does when a block from Excel is pasted where the caret is."""
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const way = { clipboardData: data, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", way));
        }""",
        text,
    )


def test_column_from_excel_fills_the_form_downwards_and_can_be_taken_back(
    person: Person, clerk: User, asking: Round
) -> None:
    page = person.at(clerk, form_of(GUCHENG))
    cell(page, "households_recorded").focus()
    pastes(page, "2801\r\n7001\r\n2900\r\n")
    texts = [drafted_at(page, name) for name in ASKED[:3]]
    expect(page.locator("[data-say]")).to_contain_text("草稿已保存")
    cell(page, ASKED[0]).focus()
    pastes(page, "1\n2")
    is_saved(page, {ASKED[0]: "1", ASKED[1]: "2"})
    does(page, "撤销粘贴")
    is_saved(page, dict(zip(ASKED[:2], texts, strict=False)))

    assert texts == ["2801", "7001", "2900"]
    assert [drafted_at(page, name) for name in ASKED[:3]] == texts


def test_block_from_excel_pasted_into_the_form_goes_to_the_preview(
    person: Person, clerk: User, asking: Round
) -> None:
    page = person.at(clerk, form_of(GUCHENG))
    types(page, {"households_recorded": "2801"})
    is_saved(page, {"households_recorded": "2801"})
    pastes(page, f"社区代码\t实有户数\r\n{GUCHENG}\t2,805\r\n{HUNAN}\t4,001\r\n")

    expect(heading(page)).to_contain_text("核对")
    expect(page.get_by_text("2,805").or_(page.get_by_text("2805")).first).to_be_visible()
    assert drafted(GUCHENG) == {"households_recorded": "2801"}


def drafted_at(page: Page, name: str) -> str:
    return cell(page, name).input_value()
