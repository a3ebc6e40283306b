"""Rows copied from Excel, and a workbook that comes back with its mistakes coloured."""

import io
import json
import re
import zipfile
from typing import Any

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from accounts.models import User
from collection.models import Round
from collection.rules.fields import FIELDS
from communities.models import AnnualFacts
from tests.journeys.collecting import ASKED, YEAR, does, facts_of, heading, street_rows, texts_of
from tests.journeys.conftest import Downloads, Person
from tests.world import GUCHENG, HUNAN, WENXUAN

Rows = list[list[Any]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def copied(mistakes: dict[str, dict[str, str]]) -> str:
    """The street's rows as Excel puts them on the clipboard, last year's figures with mistakes."""
    lines = [["序号", "社区代码", "社区", *(FIELDS[name].heading for name in ASKED)]]
    for number, row in enumerate(street_rows(), start=1):
        texts = texts_of(row.code) | mistakes.get(row.code, {})
        lines.append([str(number), row.code, row.community.short_name, *texts.values()])
    return "".join("\t".join(line) + "\r\n" for line in lines)


def pastes(page: Page, text: str) -> None:
    """Ctrl+V into the box of the page, from the clipboard of this computer."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(f"navigator.clipboard.writeText({json.dumps(text)})")
    page.get_by_label("从Excel粘贴").focus()
    page.keyboard.press("Control+V")
    page.wait_for_url(re.compile(r"/imports/\d+/"))


def sheets(content: bytes) -> dict[str, Rows]:
    with CalamineWorkbook.from_object(io.BytesIO(content)) as book:
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def workbook(rows: Rows, name: str = "填报") -> dict[str, Any]:
    """A file as a browser uploads it: the same table saved again."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return {"name": "古楼街道.xlsx", "mimeType": XLSX, "buffer": out.getvalue()}


def row_of(rows: Rows, code: str) -> list[Any]:
    return next(row for row in rows if code in row)


def filled(book: dict[str, Rows]) -> Rows:
    """The sheet to fill in with last year's figures, which the workbook holds as well."""
    rows, last = book["填报"], book["上年"]
    for row in rows[1:]:
        row[2:-1] = row_of(last, row[0])[2:]
    return rows


def uploads(page: Page, rows: Rows, name: str = "填报") -> None:
    page.get_by_label("上传文件").set_input_files(workbook(rows, name))
    does(page, "识别并核对")


def line(page: Page, place: str) -> Any:
    """The row of the preview that is about a community."""
    return page.locator("#rows tbody tr", has=page.get_by_role("rowheader", name=place))


def test_clerk_pastes_twenty_rows_mends_one_cell_gives_one_reason_and_takes_them(
    person: Person, clerk: User, asking: Round
) -> None:
    homes = texts_of(GUCHENG)["households_recorded"]
    misread = f"{homes[:-1]}I"
    more = str(round(int(texts_of(HUNAN)["population_resident"]) * 1.2))
    text = copied({GUCHENG: {"households_recorded": misread}, HUNAN: {"population_resident": more}})
    page = person.at(clerk, f"/collect/?year={YEAR}")
    page.get_by_role("link", name="粘贴或上传").click()
    person.looks()
    pastes(page, text)

    banner = page.locator(".banner").first
    expect(banner).to_contain_text("识别到20行：18行可导入，1行待确认，1行有错误")
    person.looks()
    wrong = line(page, "古城社区").get_by_label("实有户数")
    expect(wrong).to_have_value(misread)
    wrong.fill(homes)
    line(page, "古城社区").get_by_role("button", name="改好此行").click()
    expect(page.get_by_text("第2行已改好，新增")).to_be_visible()
    line(page, "湖南社区").get_by_label("变动原因").fill("棚改安置入住")
    line(page, "湖南社区").get_by_role("button", name="数据无误").click()
    expect(banner).not_to_contain_text("有错误")
    expect(page.locator("main")).to_contain_text("识别到20行：20行可导入")
    does(page, "导入20行")

    expect(page.get_by_text("已导入20行")).to_be_visible()
    person.looks()
    assert texts_of(GUCHENG, YEAR) == texts_of(GUCHENG)
    assert facts_of(HUNAN).reasons == {"population_resident": "棚改安置入住"}
    assert {row.status for row in street_rows(YEAR)} == {"draft"}
    page.get_by_role("link", name="批量导入").first.click()
    expect(page.locator("main table")).to_contain_text("粘贴")
    person.looks()


def test_good_rows_are_taken_while_bad_ones_wait(
    person: Person, clerk: User, asking: Round
) -> None:
    page = person.at(clerk, "/imports/new/")
    pastes(page, copied({GUCHENG: {"dwellings": "两千九"}}))

    does(page, "导入19行")
    expect(page.get_by_text("已导入19行，还有1行待处理")).to_be_visible()
    with pytest.raises(AnnualFacts.DoesNotExist):
        facts_of(GUCHENG)
    line(page, "古城社区").get_by_label("住宅套数", exact=True).fill("2886")
    page.keyboard.press("Control+s")
    does(page, "导入1行")
    expect(page.get_by_text("已导入20行")).to_be_visible()
    assert facts_of(GUCHENG).dwellings == 2886


def test_workbook_comes_back_coloured_is_mended_and_taken(
    person: Person, clerk: User, asking: Round, download: Downloads
) -> None:
    page = person.at(clerk, "/imports/new/")
    rows = filled(sheets(download("下载填报模板")))
    assert len(rows) == 21
    at = rows[0].index(FIELDS["households_recorded"].heading)
    homes = int(row_of(rows, GUCHENG)[at])
    row_of(rows, GUCHENG)[at] = f"约{homes}户"
    row_of(rows, HUNAN)[0] = HUNAN[:-1]
    row_of(rows, WENXUAN)[at] *= 10

    uploads(page, rows)
    expect(page.locator(".banner").first).to_contain_text("17行可导入，1行待确认，2行有错误")
    expect(line(page, "古城社区")).to_contain_text(f"“约{homes}户”")
    expect(line(page, "湖南社区")).to_contain_text(f"代码“{HUNAN[:-1]}”是11位，应为12位")
    expect(line(page, "文轩社区")).to_contain_text("核对是否多输一位")

    back = download("下载核对结果")
    coloured = zipfile.ZipFile(io.BytesIO(back))
    assert b"fbe8e5" in coloured.read("xl/styles.xml").lower()
    assert f"“约{homes}户”" in coloured.read("xl/comments1.xml").decode()
    (mended,) = [rows for name, rows in sheets(back).items() if name == "填报"]
    assert mended[0][0] == "结果"
    assert [row[0][:3] for row in mended[1:4]] == ["有错误", "有错误", "待确认"]
    assert {row[0] for row in mended[4:]} == {"新增"}
    at += 1
    mended[1][at] = homes
    mended[2][1] = HUNAN
    mended[3][at] /= 10
    page.get_by_role("link", name="重新粘贴或上传").click()
    uploads(page, mended)
    expect(page.locator(".banner").first).to_contain_text("识别到20行：20行可导入")
    does(page, "导入20行")
    expect(page.get_by_text("已导入20行")).to_be_visible()
    assert [texts_of(row.code, YEAR) for row in street_rows()] == [
        texts_of(row.code) for row in street_rows()
    ]

    page.get_by_role("link", name="重新粘贴或上传").click()
    uploads(page, mended)
    expect(page.locator(".banner").first).to_contain_text("20行无变化")
    expect(page.get_by_role("button", name=re.compile("^导入"))).to_have_count(0)


def test_picture_that_calls_itself_a_workbook_is_told_apart(
    person: Person, clerk: User, asking: Round
) -> None:
    page = person.at(clerk, "/imports/new/")
    page.get_by_label("上传文件").set_input_files(
        {"name": "照片.xlsx", "mimeType": XLSX, "buffer": b"\x89PNG not a workbook"}
    )
    does(page, "识别并核对")

    expect(heading(page)).to_contain_text("粘贴或上传")
    expect(page.locator(".errors")).to_contain_text("这是图片，不是工作簿")
    person.looks()
