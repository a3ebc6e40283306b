"""Rooms of a development from their promise to the register, past a builder who is late."""

import re

from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from accounts.scope import scope
from facilities.models import Gate, Premises, Project
from tests.journeys.collecting import does, leaves
from tests.journeys.conftest import Person
from tests.journeys.space import DEED, areas, colleague, fills, handles, moved_in, picks
from tests.journeys.staffing import bureau, days_ago, row
from tests.space_factories import make_item
from tests.world import GUCHENG, STREET

__all__ = ["bureau", "colleague"]
PROJECT, DEVELOPER = "湖畔花园", "聊城某置业有限公司"
LESS = "约定工作用房280㎡，应不少于300㎡，少20㎡"


def registers_a_project(person: Person, officer: User) -> None:
    page = person.at(officer, "/projects/")
    page.get_by_role("link", name="登记开发项目").first.click()
    picks(page, {"街道": "古楼街道"})
    texts = {"项目名称": PROJECT, "建设单位": DEVELOPER, "坐落": "湖南路与柳园路交叉口"}
    fills(page, {**texts, "规划户数": "3000", "总建筑面积（㎡）": "300000"})
    page.get_by_label("受益社区").select_option(label="古楼街道 古城社区")
    page.get_by_role("button", name="保存项目").dblclick()
    expect(page.get_by_text(f"已登记{PROJECT}")).to_be_visible()
    expect(row(page, "工作用房")).to_contain_text("不少于300㎡")
    expect(row(page, "服务设施")).to_contain_text("900㎡")


def asks_for_an_exception(person: Person) -> None:
    """A promise that is too small is refused with the clause; nothing typed is lost."""
    page = person.page
    page.get_by_role("link", name="办理规划条件").click()
    fills(page, {"规划条件文号": "8号", "办理日期": f"{days_ago(300)}"})
    fills(page, areas("约定", 280, 900, 900))
    does(page, "登记规划条件")
    errors = page.locator(".errors")
    expect(errors).to_be_focused()
    expect(errors).to_contain_text(LESS)
    expect(errors).to_contain_text("LC-SPC-1")
    expect(page.get_by_label("约定工作用房（㎡）")).to_have_value("280")
    person.looks()
    page.get_by_label("申请例外通过").check()
    fills(page, {"例外理由": "地块面积小，在二期补建"})
    does(page, "登记规划条件")
    expect(page.get_by_text("已提交例外通过申请")).to_be_visible()
    expect(page.get_by_role("button", name="批准例外通过")).to_have_count(0)
    leaves(page)


def approves_and_goes_on(person: Person, colleague: User) -> None:
    page = person.at(colleague)
    page.locator(".tasks").get_by_role("link", name=f"批准{PROJECT}规划条件").click()
    expect(page.get_by_text(LESS)).to_be_visible()
    person.looks()
    does(page, "批准例外通过")
    expect(page.get_by_text("已批准例外通过")).to_be_visible()
    page.get_by_role("link", name="返回项目").click()
    expect(row(page, "工作用房").locator(".gap.bad")).to_contain_text("少20")
    for number, gate in enumerate(("土地合同", "规划审批", "开工建设", "竣工验收")):
        word = {"开工建设": "", "竣工验收": "实测"}.get(gate, "约定")
        rooms = areas(word, 300, 900, 900.5 if word == "实测" else 900) if word else {}
        handles(page, gate, days_ago(200 - number), rooms)
        page.get_by_role("link", name="返回项目").click()
    expect(page.get_by_role("link", name="办理无偿移交")).to_have_count(0)
    leaves(page)


def signs(person: Person, reviewer: User) -> None:
    page = person.at(reviewer)
    page.locator(".tasks").get_by_role("link", name=f"签署{PROJECT}竣工验收").click()
    does(page, "签署同意")
    expect(page.get_by_text("已签署，竣工验收通过")).to_be_visible()
    leaves(page)


def finds_it_late(person: Person, officer: User) -> None:
    """From the day of the first move-in to a red line on the board and the list of things to do."""
    moved, due, late = moved_in()
    page = person.at(officer, "/projects/")
    page.get_by_role("link", name=PROJECT).click()
    page.get_by_role("link", name="登记入住日").click()
    fills(page, {"首批居民入住日": f"{moved}"})
    does(page, "保存入住日")
    expect(page.locator(".banner.bad")).to_contain_text(f"逾期{late}天没有移交")
    expect(page.locator(".banner.bad")).to_contain_text("LC-SPC-5")
    person.opens("/projects/")
    expect(row(page, PROJECT).locator(".soon")).to_have_text(f"逾期{late}天")
    expect(row(page, PROJECT)).to_contain_text(f"{due}")
    person.looks()
    person.opens("/")
    task = page.locator(".tasks li").filter(has_text=f"办理{PROJECT}移交")
    expect(task).to_contain_text(f"逾期{late}天")
    task.get_by_role("link").click()


def sends_a_notice(person: Person) -> None:
    """The builder's default, and the letter that asks to withhold the title."""
    page = person.page
    _, _, late = moved_in()
    page.get_by_role("link", name="认定违约").first.click()
    expect(page.get_by_label("事实")).to_have_value(
        re.compile(f"{PROJECT}.*移交期限是.*没有移交社区用房，已逾期{late}天$")
    )
    does(page, "认定违约")
    expect(page.get_by_text("已认定逾期未移交")).to_be_visible()
    expect(page.get_by_role("button", name="核销违约")).to_have_count(0)
    page.get_by_role("link", name="发告知函").click()
    fills(page, {"文号": "东昌民函〔2026〕3号"})
    does(page, "登记告知函")
    page.get_by_role("link", name="打印函件").click()
    letter = page.locator(".letter")
    for words in (
        "东昌府区自然资源和规划局：",
        "东昌民函〔2026〕3号",
        f"关于{PROJECT}逾期未移交社区用房的告知函",
        "《聊城市城市社区管理办法（试行）》第二十九条",
        "暂停办理该项目的不动产权登记",
        "东昌府区民政局",
    ):
        expect(letter).to_contain_text(words)
    person.looks()


def hands_over(person: Person) -> None:
    """The list, the deed on paper and scanned, and the gate, which says how late it is."""
    page = person.page
    _, _, late = moved_in()
    person.opens("/projects/")
    page.get_by_role("link", name=PROJECT).click()
    page.get_by_role("link", name="移交清单", exact=True).click()
    with scope("0"):
        project = Project.objects.get()
    make_item(project, "work", "300")
    make_item(project, "hall", "900")
    page.get_by_role("link", name="列入清单").first.click()
    picks(page, {"用途": "物业服务用房"})
    fills(page, {"部位": "2号楼一层", "建筑面积（㎡）": "900.5", "钥匙（把）": "2"})
    does(page, "保存到清单")
    expect(row(page, "合计")).to_contain_text("2,100.50")
    page.get_by_role("link", name="打印清单和协议").click()
    deed = page.locator(".certificate")
    for words in ("建筑面积合计2,100.50㎡", "钥匙6把", DEVELOPER, "第二十九条"):
        expect(deed.first).to_contain_text(words)
    person.looks()
    person.opens("/projects/")
    page.get_by_role("link", name=PROJECT).click()
    page.get_by_role("link", name="办理无偿移交").click()
    fills(page, {"办理日期": f"{timezone.localdate()}"})
    page.locator("input[type=file]").set_input_files(DEED)
    does(page, "登记无偿移交")
    expect(page.get_by_text(f"超过移交期限{late}天")).to_be_visible()
    expect(page.get_by_role("link", name=DEED["name"][:4]).first).to_be_visible()
    page.get_by_role("link", name="返回项目").click()
    expect(page.locator(".banner.warn")).to_contain_text("“逾期未移交”的违约没有纠正")
    leaves(page)


def cures_and_puts_in_use(person: Person, colleague: User) -> None:
    today = timezone.localdate()
    page = person.at(colleague, "/projects/defaults/")
    row(page, PROJECT).get_by_role("link").first.click()
    fills(page, {"纠正日期": f"{today}", "纠正情况": "已办理移交，签订移交协议"})
    does(page, "核销违约")
    expect(page.get_by_text("已核销违约")).to_be_visible()
    page.get_by_role("link", name=PROJECT).first.click()
    title = {f"登记{part}（㎡）": area for part, area in
        (("工作用房", "300"), ("服务设施", "900"), ("物业服务用房", "900.5"))}  # fmt: skip
    handles(page, "产权登记", today, {"不动产权证号": "鲁（2026）聊城市0001号", **title})
    page.get_by_role("link", name="返回项目").click()
    handles(page, "投入使用", today, {})
    page.get_by_role("link", name="返回项目").click()
    expect(page.get_by_text("已投入使用").first).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="登记关口").first).to_contain_text("投入使用")
    person.looks()


def is_counted(person: Person) -> None:
    """In the community's tab and in the street's sheet of what is there."""
    page = person.page
    page.get_by_role("link", name=f"{PROJECT}配建用房").click()
    expect(page.locator("#rooms")).to_contain_text("900.50")
    person.opens(f"/communities/{GUCHENG}/premises/")
    cells = row(page, f"{PROJECT}配建用房").get_by_role("cell")
    expect(cells.filter(has_text="1,200.00")).to_have_count(1)
    person.looks()
    person.opens(f"/space/?division={STREET}")
    expect(row(page, "古城社区")).to_contain_text("多45.9")
    person.looks()


def test_project_passes_its_gates_and_its_rooms_count(
    person: Person, district_officer: User, colleague: User, reviewer: User
) -> None:
    registers_a_project(person, district_officer)
    asks_for_an_exception(person)
    approves_and_goes_on(person, colleague)
    signs(person, reviewer)
    finds_it_late(person, district_officer)
    sends_a_notice(person)
    hands_over(person)
    cures_and_puts_in_use(person, colleague)
    is_counted(person)
    with scope("0"):
        assert Gate.objects.filter(state="passed").count() == 8
        assert (Project.objects.count(), Premises.objects.count()) == (1, 1)
