"""The workbook that comes back with its mistakes."""

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from accounts.models import User
from accounts.scope import scope
from collection.models import Upload, UploadRow
from collection.selectors.uploads import sheet_rows
from collection.services.uploads import edit_row
from collection.tables.returned import fit_name, write_returned
from tests.collection.form_world import YEAR, make_street
from tests.collection.test_filling import cells, fill, make_upload_of_file, plain_text, written
from tests.conftest import Browse
from tests.factories import CHANGED_AT, make_upload

pytestmark = pytest.mark.django_db


def returned(user: User, upload: Upload) -> bytes:
    out = io.BytesIO()
    with scope(user.scope):
        write_returned(
            out,
            [heading for heading, _ in upload.headings],
            sheet_rows(user, upload),
            sheet_name="填报",
            texts=frozenset({0, 1}),
        )
    return out.getvalue()


HEAD = "社区代码\t社区\t常住户数\t我的备忘\t常住人口"
BAD = f"{HEAD}\n371502001001\t古城社区\t四千\t=1+1\t7100\n371502001002\t湖南社区\t5900\t甲\t\n"


def test_returned_workbook_has_every_column_in_order_and_says_what_is_wrong(clerk: User) -> None:
    make_street()

    content = returned(clerk, make_upload(clerk, BAD, YEAR))
    rows = cells(content)

    assert rows[0] == ["结果", "社区代码", "社区", "常住户数", "我的备忘", "常住人口"]
    assert rows[1][1:] == ["371502001001", "古城社区", "四千", "'=1+1", 7100.0]
    assert rows[1][0].startswith("有错误：")
    assert "常住户数：“四千”不是数字，改成阿拉伯数字" in rows[1][0]


def test_wrong_cells_of_the_returned_workbook_are_coloured_and_commented(clerk: User) -> None:
    make_street()

    with zipfile.ZipFile(io.BytesIO(returned(clerk, make_upload(clerk, BAD, YEAR)))) as archive:
        comments = archive.read("xl/comments1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()

    assert "“四千”不是数字，改成阿拉伯数字" in comments
    assert 'ref="D2"' in comments
    assert "FFFBE8E5" in styles


def test_returned_workbook_can_be_mended_and_uploaded_again(clerk: User) -> None:
    make_street()
    upload = make_upload(clerk, BAD, YEAR)
    first = UploadRow.objects.get(upload=upload, number=2)
    assert first.state == "wrong"

    rows = cells(returned(clerk, upload))
    rows[1][3] = "2900"
    again = make_upload(clerk, "\n".join("\t".join(map(plain_text, row)) for row in rows), YEAR)

    assert [name for _, name in again.headings] == [
        "", "code", "name", "households_resident", "", "population_resident",
    ]  # fmt: skip
    found = UploadRow.objects.get(upload=again, number=2).findings
    assert not [one for one in found if one[0] == "households_resident" and one[1] == "wrong"]


def test_corrected_cells_come_back_corrected(clerk: User) -> None:
    make_street()
    upload = make_upload(clerk, BAD, YEAR)
    with scope(clerk.scope):
        edit_row(
            upload=upload, number=2, cells={"households_resident": "2900"}, reasons={},
            by=clerk, at=CHANGED_AT,
        )  # fmt: skip

    assert cells(returned(clerk, upload))[1][3] == 2900.0


def test_filled_workbook_comes_back_with_its_checks_formats_and_sheets(
    clerk: User, browse: Browse
) -> None:
    make_street()
    rows = cells(written(fill(clerk)))
    rows[1][2], rows[1][5] = "四千", "买的"
    upload = make_upload_of_file(clerk, workbook(rows))

    content = browse(clerk).get(f"/imports/{upload.pk}/errors.xlsx").content

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        comments = archive.read("xl/comments1.xml").decode()
    book = CalamineWorkbook.from_object(io.BytesIO(content))
    assert book.sheet_names == ["填报", "上年", "说明"]
    assert cells(content)[0] == ["结果", *rows[0]]
    assert sheet.count("<dataValidation ") == 8
    assert 'sqref="D2:D3"' in sheet
    assert '<pane xSplit="3" ySplit="1"' in sheet
    assert "<sheetProtection" in sheet
    assert "“四千”不是数字" in comments
    again = make_upload_of_file(clerk, content)
    assert [name for _, name in again.headings[:4]] == ["", "code", "name", "households_resident"]
    twice = browse(clerk).get(f"/imports/{again.pk}/errors.xlsx").content
    assert cells(twice)[0] == ["结果", *rows[0]]


def workbook(rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("填报")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "fit"),
    [("填报", "填报"), ("", "填报"), ("a/b:c*d?e[f]", "a b c d e f"), ("长" * 40, "长" * 31)],
)
def test_sheet_name_is_one_that_excel_accepts(name: str, fit: str) -> None:
    assert fit_name(name) == fit
