"""A street's people: somebody recruited is registered, a pasted roster is mended and taken."""

import json
import re
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.scope import scope
from staffing.models import Person as Filed
from staffing.models import StaffAct
from tests.journeys.collecting import does, heading, leaves
from tests.journeys.conftest import Person
from tests.journeys.staffing import PHONE, born, bureau, in_post, opinions, posts_of, row
from tests.journeys.test_collection import goes_to
from tests.paper_samples import pdf
from tests.world import GUCHENG, HUNAN

__all__ = ["bureau", "opinions"]
CLAUSE = "招聘的专职工作人员应有大专以上学历、年龄不超过35岁"
DIPLOMA: Any = {"name": "孙晓燕学历.pdf", "mimeType": "application/pdf", "buffer": pdf()}


def fills_entry(page: Page, education: str, age: int) -> None:
    for label, text in {
        "姓名": "孙晓燕",
        "出生年月": born(age),
        "电话": PHONE,
        "任职日期": f"{timezone.localdate()}",
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    for label, choice in {
        "性别": "女",
        "全日制学历": education,
        "社区": "古城社区",
        "职务": "专职工作人员",
        "身份": "招聘",
        "报酬渠道": "社区经费",
    }.items():
        page.get_by_label(label, exact=True).select_option(label=choice)


def is_refused_twice(person: Person) -> None:
    """First for education and age, then for the paper that is missing; what was typed stays."""
    page = person.page
    fills_entry(page, "高中、中专", 36)
    does(page, "登记进入")
    errors = page.locator(".errors")
    for words in (
        "高中、中专",
        "年龄36岁，应不超过35岁",
        CLAUSE,
        "《城乡社区建设工作意见》三、（二）",
    ):
        expect(errors).to_contain_text(words)
    expect(errors).to_be_focused()
    expect(page.get_by_label("姓名", exact=True)).to_have_value("孙晓燕")
    expect(page.get_by_label("电话", exact=True)).to_have_value(PHONE)
    person.looks()
    page.get_by_label("全日制学历").select_option(label="大专")
    page.get_by_label("出生年月").fill(born(30))
    does(page, "登记进入")
    expect(errors).to_contain_text("没有学历证书材料")
    expect(errors).to_contain_text(CLAUSE)
    assert posts_of(GUCHENG) == []


def shows_the_phone(person: Person) -> None:
    """From the community's people to one person, whose number is shown when asked for."""
    page = person.page
    expect(row(page, "孙晓燕")).to_contain_text("138****0001")
    page.get_by_role("link", name="孙晓燕").click()
    expect(heading(page)).to_contain_text("孙晓燕")
    assert PHONE not in page.content()
    does(page, "查看完整电话")
    expect(page.locator("#phone")).to_have_text(PHONE)
    expect(page.get_by_role("button", name="查看完整电话")).to_have_count(0)
    person.looks()


def test_recruit_is_refused_with_the_clause_until_all_is_right_and_then_registered_once(
    person: Person, clerk: User, reviewer: User, auditor: User, opinions: None
) -> None:
    page = person.at(clerk, "/staff/")
    page.locator("#ledger").get_by_role("link", name="登记人员").click()
    expect(heading(page)).to_contain_text("登记人员进入")
    is_refused_twice(person)
    page.get_by_label("学历证书").set_input_files(DIPLOMA)
    page.get_by_role("button", name="登记进入").dblclick()
    expect(page.get_by_text("已登记孙晓燕进入古城社区")).to_be_visible()
    person.looks()
    with scope("0"):
        act = StaffAct.objects.get()
    assert (act.made_by_id, act.checked_by_id) == (clerk.pk, None)
    assert posts_of(GUCHENG) == [("孙晓燕", "worker")]
    expect(page.get_by_role("button", name="核对无误")).to_have_count(0)
    leaves(page)

    page = person.at(reviewer)
    page.locator(".tasks").get_by_role("link", name="1件人员变动待核对").click()
    mine = page.get_by_role("link", name="由我核对（1件）")
    expect(mine).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name=re.compile("核对无误.*孙晓燕")).click()
    expect(page.get_by_text("已核对孙晓燕的进入")).to_be_visible()
    person.looks()
    leaves(page)

    person.at(clerk, f"/communities/{GUCHENG}/staff/")
    shows_the_phone(person)
    leaves(page)
    page = person.at(auditor, "/admin/accounts/accesslog/")
    seen = page.get_by_role("row").filter(has_text="查看完整电话")
    expect(seen).to_have_count(1)
    expect(seen).to_contain_text(clerk.username)
    assert "孙晓燕" not in page.content()


def copied(number: str) -> str:
    """Five rows as Excel puts them on the clipboard; the third has this identity number."""
    rows = [
        ["序号", "社区", "姓名", "身份证号", "职务", "身份", "报酬渠道", "任职日期", "联系电话"],
        ["1", "古城社区", "王建国", "371502197001011218", "书记、主任（一肩挑）", "选举产生"],
        ["2", "古城社区", "李秀英", NUMBERS[1], "居委会委员", "选举产生"],
        ["3", "古城社区", "张伟", number, "居委会委员", "选举产生"],
        ["4", "湖南社区", "刘洋", NUMBERS[3], "居委会主任", "选举产生"],
        ["5", "湖南社区", "陈静", NUMBERS[4], "居委会委员", "选举产生"],
    ]
    rows[1][3] = NUMBERS[0]
    lines = [rows[0], *([*one, "社区经费", "2022-01-10", PHONE] for one in rows[1:])]
    return "".join("\t".join(line) + "\r\n" for line in lines)


def checked(first: str) -> str:
    """An identity number that nobody has, with its check character."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(sign) * by for sign, by in zip(first, weights, strict=True))
    return first + "10X98765432"[total % 11]


NUMBERS = [checked(f"3715021985061{number}00{number}") for number in range(1, 6)]


def pastes(page: Page, text: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(f"navigator.clipboard.writeText({json.dumps(text)})")
    page.get_by_label("从Excel粘贴").focus()
    page.keyboard.press("Control+V")
    page.wait_for_url(re.compile(r"/imports/\d+/"))


def test_roster_of_five_rows_is_pasted_mended_and_taken_and_changes_nothing_twice(
    person: Person, clerk: User
) -> None:
    right, wrong = NUMBERS[2], NUMBERS[2][:-1] + ("1" if NUMBERS[2][-1] != "1" else "2")
    page = person.at(clerk, "/staff/")
    page.get_by_role("link", name="导入花名册").click()
    expect(heading(page)).to_contain_text("粘贴或上传")
    person.looks()
    pastes(page, copied(wrong))

    expect(page.locator(".banner").first).to_contain_text("识别到5行：4行可导入，1行有错误")
    assert [one for one in (*NUMBERS, wrong, PHONE) if one in page.content()] == []
    person.looks()
    bad = page.locator("#rows tbody tr", has=page.get_by_role("rowheader", name="张伟"))
    expect(bad).to_contain_text("身份证号末位校验不符")
    bad.get_by_label("身份证号", exact=True).fill(right)
    bad.get_by_role("button", name="改好此行").click()
    expect(page.locator("main")).to_contain_text("识别到5行：5行可导入")
    assert right not in page.content()
    does(page, "导入5行")
    expect(page.get_by_text("已导入5行")).to_be_visible()
    person.looks()
    page.get_by_role("link", name="查看花名册").click()
    expect(page.get_by_role("status").first).to_have_text("共5人，6个职务")
    person.looks()
    assert posts_of(GUCHENG) == [
        ("张伟", "member"),
        ("李秀英", "member"),
        ("王建国", "director"),
        ("王建国", "secretary"),
    ]
    assert posts_of(HUNAN) == [("刘洋", "director"), ("陈静", "member")]

    person.opens("/imports/new/?kind=roster")
    pastes(page, copied(right))
    expect(page.locator(".banner").first).to_contain_text("5行无变化")
    expect(page.get_by_role("button", name=re.compile("^导入"))).to_have_count(0)
    assert [one for one in (*NUMBERS, PHONE) if one in page.content()] == []
    with scope("0"):
        assert (Filed.objects.count(), StaffAct.objects.count()) == (5, 5)


def test_roster_is_filtered_and_a_person_opened_by_keys_alone_and_back_returns_to_the_row(
    person: Person, clerk: User
) -> None:
    for number in range(1, 7):
        in_post(GUCHENG, f"委员{number:02}")
        in_post(HUNAN, f"专职{number:02}", "worker")
    in_post(GUCHENG, "专职09", "worker")
    page = person.at(clerk, "/staff/")
    press, status = page.keyboard.press, page.locator("#ledger").get_by_role("status")
    expect(status).to_have_text("共13人，13个职务")

    press("/")
    page.keyboard.type("专职0")
    press("Enter")
    expect(page).to_have_url(re.compile("named=1"))
    expect(status).to_have_text("共7人，7个职务")
    assert "%E4%B8%93" not in page.url
    goes_to(page, page.get_by_role("combobox", name="社区"), "Tab")
    press("End")
    expect(status).to_have_text("共6人，6个职务")
    expect(page).to_have_url(re.compile(rf"named=1.*community={HUNAN}"))
    goes_to(page, page.get_by_role("link", name="专职01"), "Tab")
    press("ArrowDown")
    press("ArrowDown")
    third = page.get_by_role("link", name="专职03")
    expect(third).to_be_focused()
    press("Enter")
    expect(heading(page)).to_contain_text("专职03")
    page.go_back()
    expect(status).to_have_text("共6人，6个职务")
    expect(third).to_be_focused()
