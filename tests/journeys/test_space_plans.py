"""An office on a telephone: a plan for what is lacking, its approval, and what comes first."""

import re

from playwright.sync_api import expect

from accounts.models import User
from accounts.scope import scope
from facilities.models import SpacePlan
from tests.journeys.collecting import does, heading, leaves
from tests.journeys.conftest import SIZES, Person
from tests.journeys.space import colleague, fills, picks
from tests.journeys.staffing import bureau, days_ago, row
from tests.world import LIUYUAN, set_facts

__all__ = ["bureau", "colleague"]
PLAN = "社区用房三年达标计划"
FIRST = days_ago(0).year


def drafts(person: Person, officer: User) -> None:
    page = person.at(officer, "/space/plans/")
    page.get_by_role("link", name="拟订达标计划").first.click()
    fills(page, {"计划名称": PLAN, "起始年度": f"{FIRST}", "截止年度": f"{FIRST + 2}"})
    does(page, "保存计划")
    expect(page.get_by_text(f"已保存{PLAN}")).to_be_visible()
    expect(page.get_by_role("button", name="送批")).to_have_count(0)


def adds(person: Person, place: str, area: str, yuan: str) -> None:
    """From the list of communities that lack area: what it lacks is filled in already."""
    page = person.page
    page.get_by_role("link", name=re.compile(f"加入项目.*{place}")).click()
    expect(page.get_by_label("新增面积（㎡）")).to_have_value(area)
    picks(page, {"补齐方式": "改扩建"})
    fills(page, {"费用合计（元）": yuan, "县（市、区）级（元）": "1"})
    does(page, "保存项目")
    expect(page.locator(".errors")).to_contain_text("各方承担相加1.00元，比费用合计")
    fills(page, {"县（市、区）级（元）": yuan})
    page.get_by_role("button", name="保存项目").dblclick()
    expect(page.get_by_text(f"已保存{place}{FIRST}年改扩建项目")).to_be_visible()


def sends(person: Person) -> None:
    page = person.page
    expect(row(page, "合计")).to_contain_text("1,200,000")
    does(page, "送批")
    expect(page.get_by_role("button", name="批准计划")).to_have_count(0)
    leaves(page)


def approves(person: Person, colleague: User) -> None:
    page = person.at(colleague)
    page.locator(".tasks").get_by_role("link", name=re.compile(PLAN)).click()
    fills(page, {"批准文号": "东政办字〔2026〕20号"})
    does(page, "批准计划")
    expect(page.get_by_text("已批准").first).to_be_visible()
    person.looks()


def ranks(person: Person) -> None:
    """By who gains how much for the money; sorted otherwise on demand."""
    page = person.page
    page.set_viewport_size(SIZES["phone"])
    page.get_by_role("link", name="看排名").click()
    expect(heading(page)).to_contain_text("排名")
    places = page.locator("tbody").get_by_role("rowheader")
    expect(places).to_have_text(["古城社区", "柳园社区"])
    person.looks()
    page.set_viewport_size(SIZES["phone"])
    page.get_by_role("link", name=re.compile("^费用")).click()
    expect(places).to_have_text(["柳园社区", "古城社区"])


def test_plan_is_made_from_what_is_lacking_approved_by_a_colleague_and_ranked(
    person: Person, district_officer: User, colleague: User
) -> None:
    with scope("0"):
        set_facts(LIUYUAN, FIRST, work_area_m2=100, service_area_m2=100)
    person.page.set_viewport_size(SIZES["phone"])
    drafts(person, district_officer)
    adds(person, "古城社区", "726.1", "700000")
    adds(person, "柳园社区", "100", "500000")
    sends(person)
    approves(person, colleague)
    ranks(person)
    with scope("0"):
        plan = SpacePlan.objects.get()
    assert (plan.state, plan.decided_by_id, plan.approved_count, plan.approved_yuan) == (
        "approved", colleague.pk, 2, 1200000,
    )  # fmt: skip
