"""Offices: a round is opened, facts are returned and confirmed, a confirmed figure is corrected."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from accounts.scope import scope
from collection.models import Correction, FactsStep, Round
from tests.journeys.collecting import (
    YEAR,
    does,
    facts_of,
    fills,
    hands_in_unchanged,
    heading,
    leaves,
    line,
    make_waiting,
    named,
    texts_of,
)
from tests.journeys.conftest import Person
from tests.world import GUCHENG, HUNAN, STREET, WENXUAN

REVIEW = f"/communities/{GUCHENG}/{YEAR}/review/"
COMMENT = "比公安户籍少，按入户核查表核对"


@scope("0")
def steps_of(code: str) -> list[tuple[str, int]]:
    rows = FactsStep.objects.filter(code=code).order_by("pk")
    return list(rows.values_list("kind", "number"))


def mends(person: Person, clerk: User, texts: dict[str, str]) -> None:
    """As the clerk: from the message to the comment at its field; mend it, hand in again."""
    page = person.at(clerk)
    page.get_by_role("link", name="消息").first.click()
    person.looks()
    page.get_by_role("button", name=f"古城社区{YEAR}年度数据退回修改，意见1条").click()
    expect(heading(page)).to_contain_text("填报古城社区")
    for name in texts:
        expect(line(page, name)).to_contain_text(COMMENT)
    person.looks()
    fills(page, texts)
    does(page, "核对并提交")
    does(page, "提交给街道审核")
    expect(page.locator("main")).to_contain_text(f"编号{GUCHENG}-{YEAR}-2")
    leaves(page)


def test_facts_are_returned_with_a_comment_mended_and_confirmed(
    person: Person, clerk: User, reviewer: User, district_officer: User, asking: Round
) -> None:
    hands_in_unchanged(person, clerk, GUCHENG)
    page = person.at(reviewer)
    page.locator(".tasks").get_by_role("link", name="1个社区待审核").click()
    person.looks()
    page.locator("[data-rows]").get_by_role("link", name="古城社区").click()
    person.looks()
    does(page, "审核通过")
    expect(page.get_by_text(f"古城社区{YEAR}年度数据审核通过，已报送复核")).to_be_visible()
    leaves(page)

    page = person.at(district_officer)
    page.locator(".tasks").get_by_role("link", name="1个社区待复核").click()
    page.locator("[data-rows]").get_by_role("link", name="古城社区").click()
    row = page.locator("#fact-households_recorded")
    row.get_by_role("textbox").fill(COMMENT)
    does(page, "退回修改")
    expect(page.get_by_text(f"古城社区{YEAR}年度数据已退回修改")).to_be_visible()
    leaves(page)

    homes = int(texts_of(GUCHENG)["households_recorded"]) + 30
    mends(person, clerk, {"households_recorded": str(homes)})

    page = person.at(reviewer, REVIEW)
    expect(heading(page)).to_contain_text("第2轮")
    does(page, "审核通过")
    leaves(page)
    page = person.at(district_officer, REVIEW)
    does(page, "确认")
    expect(page.get_by_text("已确认，不能直接修改")).to_be_visible()
    person.looks()
    facts = facts_of(GUCHENG)
    assert (facts.status, facts.households, facts.confirmed_by_id) == (
        "confirmed",
        homes,
        district_officer.pk,
    )
    assert steps_of(GUCHENG) == [
        ("submit", 1),
        ("pass", 1),
        ("return", 1),
        ("submit", 2),
        ("pass", 2),
        ("confirm", 2),
    ]


def test_officer_confirms_all_clean_ones_and_a_correction_moves_money(
    person: Person, clerk: User, district_officer: User, asking: Round
) -> None:
    for code in (GUCHENG, HUNAN, WENXUAN):
        make_waiting(code, "reviewed", clerk)
    page = person.at(district_officer, f"/reviews/?year={YEAR}")
    expect(page.locator(".banner")).to_contain_text("3个社区没有疑点")
    does(page, "确认这3个")
    expect(page.get_by_text("已确认3个社区")).to_be_visible()
    assert {facts_of(code).status for code in (GUCHENG, HUNAN, WENXUAN)} == {"confirmed"}
    leaves(page)

    page = person.at(clerk, f"/communities/{HUNAN}/{YEAR}/review/")
    page.get_by_role("link", name="申请更正").click()
    homes = int(texts_of(HUNAN)["households_recorded"])
    page.get_by_label("实有户数", exact=True).fill(str(homes + 100))
    page.get_by_label("更正原因").fill("漏登二期100户")
    page.get_by_label("依据文件或凭证").fill("入户核查表")
    does(page, "核对对经费的影响")
    # 20 yuan a household
    money = page.get_by_role("row", name="工作经费")
    expect(money).to_contain_text("+2,000.00")
    person.looks()
    does(page, "提出更正")
    expect(page.get_by_text("已提出更正，待批准")).to_be_visible()
    expect(page.get_by_role("button", name="批准更正")).to_have_count(0)
    assert facts_of(HUNAN).households == homes
    leaves(page)

    page = person.at(district_officer)
    page.locator(".tasks").get_by_role("link", name="1件更正待批准").click()
    page.locator("[data-rows]").get_by_role("link", name=named(HUNAN)).click()
    expect(page.get_by_role("row", name="工作经费")).to_contain_text("+2,000.00")
    does(page, "批准更正")
    expect(page.get_by_text("已更正，经费按更正后的数测算")).to_be_visible()
    person.looks()
    assert facts_of(HUNAN).households == homes + 100
    with scope("0"):
        done = Correction.objects.get()
    assert (done.state, done.proposed_by_id, done.decided_by_id) == (
        "applied",
        clerk.pk,
        district_officer.pk,
    )


def test_bureau_opens_a_round_gives_one_street_longer_and_reminds(
    person: Person, clerk: User, district_officer: User, bureau: str
) -> None:
    later = timezone.localdate() + timedelta(days=45)
    page = person.at(district_officer, "/rounds/")
    person.looks()
    page.get_by_role("link", name="新建填报任务").first.click()
    person.looks()
    page.get_by_label("实有户数含流动人口").check()
    page.get_by_label("填报说明").fill("以入户核查表为准")
    does(page, "保存任务")
    expect(page.get_by_text("还没有下达，街道看不到这个任务")).to_be_visible()
    does(page, "下达任务")
    expect(page.get_by_text("街道经办人和审核人已收到消息")).to_be_visible()

    page.get_by_role("link", name=re.compile("延期.*古楼街道")).click()
    page.get_by_label("延期至").fill((timezone.localdate() - timedelta(days=1)).isoformat())
    page.get_by_label("延期原因").fill("社区换届，经办人交接")
    does(page, "延期")
    expect(page.locator(".errors")).to_be_focused()
    person.looks()
    page.get_by_label("延期至").fill(later.isoformat())
    does(page, "延期")
    expect(page.get_by_text(f"古楼街道已延期至{later}")).to_be_visible()
    reminder = page.get_by_role("button", name=re.compile("催办.*古楼街道"))
    reminder.click()
    expect(page.get_by_text("已催办古楼街道")).to_be_visible()
    expect(reminder).to_have_count(0)
    person.looks()
    with scope("0"):
        one = Round.objects.get()
        assert (one.state, one.households_measure) == ("open", "households_recorded")
        assert one.extensions.get(code=STREET).closes_on == later
    leaves(page)

    page = person.at(clerk)
    expect(page.locator(".tasks")).to_contain_text(f"{later:%m-%d}")
    person.looks()
    page.get_by_role("link", name="消息").first.click()
    told = page.locator("main table")
    for words in ("已下达", f"延期至{later}", "20个社区还没有提交"):
        expect(told).to_contain_text(words)
