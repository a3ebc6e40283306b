"""The workbook of premises: filled in with one mistake, mended on the page, and taken once."""

import re
from typing import Any

from playwright.sync_api import expect

from accounts.models import User
from accounts.scope import scope
from facilities.models import Premises, Room
from tests.journeys.collecting import does, heading
from tests.journeys.conftest import Downloads, Person
from tests.journeys.staffing import bureau, place, row
from tests.journeys.test_collection_uploads import line, sheets, uploads
from tests.space_factories import make_premises, make_room
from tests.world import GUCHENG, HUNAN

__all__ = ["bureau"]
SHEET = "用房台账"
HALL = {
    "用房名称": "便民服务站",
    "坐落": "柳园路8号",
    "取得方式": "无偿移交",
    "取得日期": "2024-05-01",
}


def filled(heads: list[Any], row: list[Any], cells: dict[str, Any]) -> list[Any]:
    """A row of the workbook with these cells, found by the headings, which may name a unit."""
    names = [str(head).split("（")[0].strip() for head in heads]
    done = list(row)
    for name, text in cells.items():
        done[names.index(name)] = text
    return done


@scope("0")
def stored() -> list[tuple[str, str, str]]:
    rows = Room.objects.order_by("code", "premises__name", "use")
    return [(one.premises.name, one.use, f"{one.building_m2}") for one in rows]


def test_workbook_with_a_mistake_is_mended_taken_and_changes_nothing_twice(
    person: Person, clerk: User, download: Downloads
) -> None:
    make_room(make_premises(place(GUCHENG)), area="88")
    page = person.at(clerk, "/premises/")
    person.looks()
    page.get_by_role("link", name="粘贴或上传").click()
    expect(heading(page)).to_contain_text("粘贴或上传")
    rows = sheets(download(f"下载{SHEET}模板"))[SHEET]
    heads, known, empty = rows
    assert (known[0], known[2], empty[0], empty[2]) == (GUCHENG, "党群服务中心", HUNAN, "")
    mine = filled(heads, [""] * len(heads), {"社区代码": GUCHENG, **HALL, "服务大厅": 60})
    theirs = filled(heads, empty, {**HALL, "工作用房": 210.25})
    wrong = filled(heads, mine, {"工作用房": "12O.5"})
    uploads(page, [heads, known, wrong, theirs], SHEET)

    banner = page.locator(".banner").first
    expect(banner).to_contain_text("识别到3行：1行可导入，1行有错误，1行无变化")
    person.looks()
    bad = line(page, "便民服务站").filter(has_text="古城社区")
    expect(bad.get_by_label("工作用房")).to_have_value("12O.5")
    bad.get_by_label("工作用房").fill("120.5")
    bad.get_by_role("button", name="改好此行").click()
    expect(page.locator("main")).to_contain_text("识别到3行：2行可导入")
    does(page, "导入2行")
    expect(page.get_by_text("已导入2行")).to_be_visible()
    person.looks()
    taken = [
        ("便民服务站", "hall", "60.00"),
        ("便民服务站", "work", "120.50"),
        ("党群服务中心", "work", "88.00"),
        ("便民服务站", "work", "210.25"),
    ]
    assert stored() == taken
    page.get_by_role("link", name=f"查看{SHEET}").click()
    expect(row(page, "合计3处")).to_contain_text("478.75")

    person.opens("/imports/new/?kind=premises")
    mended = filled(heads, mine, {"工作用房": 120.5})
    uploads(page, [heads, known, mended, theirs], SHEET)
    expect(banner).to_contain_text("3行无变化")
    expect(page.get_by_role("button", name=re.compile("^导入"))).to_have_count(0)
    with scope("0"):
        assert {*Premises.objects.values_list("version", flat=True)} == {1}
    assert stored() == taken
