"""Offices and people: an election from its round to the roster, a course, a year's quota."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.scope import scope
from staffing.models import Attendance, Election, QuotaPlan
from tests.factories import make_organisation, make_user
from tests.journeys.collecting import does, heading, leaves
from tests.journeys.conftest import Person
from tests.journeys.staffing import (
    bureau,
    chooses,
    days_ago,
    in_post,
    opinions,
    place,
    posts_of,
    row,
)
from tests.world import DISTRICT, GUCHENG, LIUYUAN

__all__ = ["bureau", "opinions"]
TITLE = "第九届社区居委会换届"
COURSE = "居委会成员履职培训班"


def opens_a_round(person: Person, officer: User) -> None:
    page = person.at(officer, "/elections/")
    page.get_by_role("link", name="部署换届").first.click()
    expect(heading(page)).to_contain_text("部署换届")
    page.get_by_label("名称", exact=True).fill(TITLE)
    page.get_by_label("开始日期").fill(f"{days_ago(60)}")
    page.get_by_label("完成期限").fill(f"{days_ago(-30)}")
    does(page, "部署换届")
    expect(page.get_by_text("列入4个社区，街道经办人已收到消息")).to_be_visible()
    person.looks()
    leaves(page)


def records_the_steps(page: Page) -> None:
    page.get_by_role("link", name="登记进度").click()
    chooses(page, "选举方式", "直接选举")
    page.get_by_label("应选人数").fill("3")
    for label, day in {"推选选举委员会": 40, "选民登记完成": 30, "提名候选人": 20}.items():
        page.get_by_label(f"{label}日期").fill(f"{days_ago(day)}")
    does(page, "保存进度")
    expect(page.get_by_text("已保存，进度：已提名候选人")).to_be_visible()


def nominates(person: Person) -> None:
    page = person.page
    page.get_by_role("link", name="增减候选人").click()
    for name, post in {"李秀英": "居委会主任", "王建国": "居委会主任", "张伟": "居委会委员",
        "赵敏": "居委会委员"}.items():  # fmt: skip
        chooses(page, "竞选职务", post)
        chooses(page, "本社区人员", name)
        does(page, "加入候选人")
        expect(row(page, name)).to_contain_text(post)
    person.looks()
    page.get_by_role("link", name="返回选举").click()


def counts_the_votes(person: Person) -> None:
    """More votes than voters at first; what was typed is still there."""
    page = person.page
    page.get_by_role("link", name="登记投票").click()
    page.get_by_label("投票日期").fill(f"{days_ago(10)}")
    page.get_by_label("应投票人数").fill("1000")
    page.get_by_label("实际投票人数").fill("1820")
    for name, votes in {"李秀英": 600, "王建国": 150, "张伟": 700, "赵敏": 650}.items():
        page.get_by_label(f"{name}得票").fill(f"{votes}")
        page.get_by_label(f"{name}当选").set_checked(votes > 500)
        page.get_by_label(f"{name}居住在本社区").select_option(label="是")
    does(page, "保存投票结果")
    expect(page.locator(".errors")).to_contain_text("实际投票人数1,820多于应投票人数1,000")
    expect(page.get_by_label("李秀英得票")).to_have_value("600")
    person.looks()
    page.get_by_label("实际投票人数").fill("820")
    does(page, "保存投票结果")
    expect(page.get_by_text("已登记投票")).to_be_visible()


def announces(person: Person) -> None:
    page = person.page
    page.get_by_role("link", name="核对并公布结果").click()
    expect(row(page, "王建国")).to_contain_text("居委会主任，2022-01-10起")
    expect(page.get_by_role("complementary", name="核对")).to_contain_text("82.0%")
    page.get_by_label("公布结果日期").fill(f"{days_ago(10)}")
    page.get_by_label("结果报告文号").fill("古办〔2026〕12号")
    person.looks()
    does(page, "公布结果并登记任职")
    expect(page.get_by_text("已公布结果，任期到")).to_be_visible()
    expect(page.locator(".trail").get_by_text("已提名候选人")).to_have_count(1)
    person.looks()


def test_committee_is_elected_and_the_roster_shows_it_from_that_day(
    person: Person, clerk: User, district_officer: User
) -> None:
    in_post(GUCHENG, "王建国", "director")
    for name in ("李秀英", "张伟"):
        in_post(GUCHENG, name)
    in_post(GUCHENG, "赵敏", "worker")
    make_organisation(place(GUCHENG), leader="王建国")
    opens_a_round(person, district_officer)

    page = person.at(clerk, "/elections/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="古城社区").click()
    expect(heading(page)).to_contain_text("换届选举")
    records_the_steps(page)
    nominates(person)
    counts_the_votes(person)
    announces(person)
    with scope("0"):
        held = Election.objects.get(code=GUCHENG)
    assert (held.state, held.term_from) == ("done", days_ago(10))
    assert held.term_until is not None
    assert held.term_until.year == held.term_from.year + 5
    before = held.term_from - timedelta(days=1)
    assert posts_of(GUCHENG, before) == [
        ("张伟", "member"),
        ("李秀英", "member"),
        ("王建国", "director"),
        ("赵敏", "worker"),
    ]
    elected = [("张伟", "member"), ("李秀英", "director"), ("赵敏", "member")]
    assert [one for one in posts_of(GUCHENG, held.term_from) if one[1] != "worker"] == elected

    person.opens(f"/communities/{GUCHENG}/staff/")
    expect(row(page, "李秀英")).to_contain_text(f"{held.term_from}")
    expect(page.get_by_role("link", name="王建国")).to_have_count(0)
    person.looks()
    page.get_by_role("link", name="组织", exact=True).click()
    expect(page.locator("main")).to_contain_text("李秀英")
    expect(page.locator("main")).to_contain_text(f"{held.term_until}")
    leaves(page)
    page = person.at(district_officer, "/elections/")
    expect(row(page, TITLE)).to_contain_text("25.0%")
    person.looks()


def holds_a_course(page: Page) -> None:
    page.get_by_role("link", name="登记培训班").first.click()
    page.get_by_label("培训名称").fill(COURSE)
    page.get_by_label("其他成员").check()
    page.get_by_label("开始日期").fill(f"{days_ago(6)}")
    page.get_by_label("结束日期").fill(f"{days_ago(5)}")
    page.get_by_label("学时").fill("16")
    does(page, "登记培训班")
    expect(page.get_by_text("接着列入参训人员")).to_be_visible()


def lists_and_marks(person: Person) -> None:
    page = person.page
    if "/attendance/" not in page.url:
        page.get_by_role("link", name="列入人员").first.click()
    page.get_by_label(re.compile("只列")).check()
    does(page, "筛选")
    for name in ("李秀英", "刘洋"):
        page.get_by_label(name, exact=True).check()
    person.looks()
    does(page, "列入勾选的人")
    expect(page.get_by_text("已列入2人")).to_be_visible()
    page.get_by_role("link", name="登记参训").click()
    page.get_by_label("李秀英参训").select_option(label="参加")
    page.get_by_label("刘洋参训").select_option(label="未参加")
    person.looks()
    does(page, "保存参训登记")
    expect(page.get_by_text("已登记2人的参训")).to_be_visible()
    does(page, "编结业证书")
    expect(page.get_by_text("已编1份结业证书")).to_be_visible()
    person.looks()


def test_course_is_held_for_those_who_are_due_and_the_street_sees_its_own_people(
    person: Person, clerk: User, district_officer: User, opinions: None
) -> None:
    in_post(GUCHENG, "李秀英")
    in_post(LIUYUAN, "刘洋")
    page = person.at(district_officer, "/training/due/")
    for name in ("李秀英", "刘洋"):
        expect(row(page, name)).to_contain_text("逾期")
    person.looks()
    person.opens("/training/")
    holds_a_course(page)
    lists_and_marks(person)

    with scope("0"):
        came = Attendance.objects.get(person__name="李秀英")
    page.get_by_role("link", name=came.certificate_no).click()
    expect(page.locator("main")).to_contain_text("李秀英")
    person.opens("/training/due/")
    expect(row(page, "李秀英")).not_to_contain_text("逾期")
    expect(row(page, "刘洋")).to_contain_text("逾期")
    leaves(page)

    page = person.at(clerk, "/training/")
    page.get_by_role("link", name=COURSE).click()
    expect(row(page, "李秀英")).to_contain_text("参加")
    expect(page.locator("main")).not_to_contain_text("刘洋")
    expect(page.get_by_role("link", name="登记参训")).to_have_count(0)
    person.opens("/training/due/")
    expect(row(page, "李秀英")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("刘洋")


def test_quota_is_shifted_with_a_reason_approved_by_a_colleague_and_seen_by_the_street(
    person: Person, clerk: User, district_officer: User
) -> None:
    year = timezone.localdate().year
    colleague = make_user("district_officer", DISTRICT, username="colleague", display_name="周强")
    page = person.at(district_officer, "/staff/quotas/")
    page.get_by_role("link", name=f"拟订{year}年名额").click()
    if "/edit/" not in page.url:
        page.get_by_role("link", name="拟订名额").click()
    page.get_by_label("古城社区调增").fill("1")
    page.get_by_label("古城社区理由").fill("流动人口多")
    does(page, "保存名额")
    expect(page.locator(".errors")).to_be_focused()
    expect(page.locator("tfoot")).to_contain_text("相差+1人")
    person.looks()
    page.get_by_label("湖南社区调减").fill("1")
    page.get_by_label("湖南社区理由").fill("调给古城社区")
    does(page, "保存名额")
    expect(page.get_by_text("核对以后送批")).to_be_visible()
    does(page, "送批")
    expect(page.get_by_role("button", name="批准名额")).to_have_count(0)
    leaves(page)

    page = person.at(colleague)
    page.locator(".tasks").get_by_role("link", name=re.compile("名额.*待批准")).click()
    expect(row(page, "古城社区")).to_contain_text("+1")
    person.looks()
    page.get_by_label("批准文号").fill("东民〔2026〕9号")
    does(page, "批准名额")
    expect(page.get_by_text("已批准").first).to_be_visible()
    with scope("0"):
        plan = QuotaPlan.objects.get()
        assert (plan.state, plan.made_by_id, plan.decided_by_id) == (
            "approved",
            district_officer.pk,
            colleague.pk,
        )
        lines = list(plan.lines.order_by("code").values_list("computed", "shift"))
    assert sum(one for one, _ in lines) == plan.total
    assert [shift for _, shift in lines] == [1, -1, 0, 0]
    leaves(page)

    page = person.at(clerk)
    page.get_by_role("link", name="消息").first.click()
    page.get_by_role("button", name=re.compile("名额")).click()
    expect(row(page, "古城社区")).to_contain_text("流动人口多")
    expect(page.locator("main")).not_to_contain_text("柳园社区")
