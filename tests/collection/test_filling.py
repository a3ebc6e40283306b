"""The workbook that a street fills in, and the one that comes back with its mistakes."""

import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from accounts.models import User
from accounts.scope import scope
from collection.models import FactsDraft, Upload, UploadRow
from collection.rules.fields import FIELDS
from collection.selectors.filling import Filling, get_filling, years_offered
from collection.selectors.uploads import sheet_rows
from collection.services.jobs import Frame
from collection.services.uploads import edit_row, start_upload
from collection.tables.filling import file_name, help_lines, validation, write_filling
from collection.tables.returned import fit_name, write_returned
from communities.models import Community
from tests.collection.form_world import YEAR, make_street
from tests.factories import CHANGED_AT, make_community, make_facts, make_round, make_upload
from tests.queries import FRAME

pytestmark = pytest.mark.django_db
TODAY = CHANGED_AT.date()


def fill(user: User, prefix: str = "371502001", on: Any = TODAY) -> Filling:
    with scope(user.scope):
        found = get_filling(user, prefix, YEAR, on)
    assert found is not None
    return found


def cells(content: bytes, sheet: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_object(io.BytesIO(content)).get_sheet_by_index(sheet).to_python()


def written(filling: Filling) -> bytes:
    out = io.BytesIO()
    write_filling(out, filling)
    return out.getvalue()


def _text(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def test_workbook_has_the_street_s_communities_and_the_asked_facts(clerk: User) -> None:
    make_street()

    rows = cells(written(fill(clerk)))

    assert rows[0] == [
        "社区代码", "社区", "常住户数（户）", "当年新管户数（户）", "常住人口（人）",
        "用房取得方式", "用房建筑面积（㎡）", "居委会成员在岗（人）", "备案社区社会组织（个）",
        "备注", "变动说明",
    ]  # fmt: skip
    assert [row[:2] for row in rows[1:]] == [
        ["371502001001", "古城社区"],
        ["371502001002", "湖南社区"],
    ]


def test_workbook_has_last_year_s_values_on_its_second_sheet(clerk: User) -> None:
    make_street()

    rows = cells(written(fill(clerk)), 1)

    assert rows[1] == [
        "371502001001", "古城社区", 2847.0, 64.0, 7000.0, "整合调剂", 128.0, 7.0, 3.0, "",
    ]  # fmt: skip


def test_cells_are_those_of_the_draft_else_of_the_stored_facts(clerk: User) -> None:
    community = make_street()
    other = Community.objects.get(code="371502001002")
    make_facts(other, YEAR, status="draft", households_resident=2100, remarks="甲")
    with scope("0"):
        FactsDraft.objects.create(
            community=community,
            year=YEAR,
            code=community.code,
            cells={"households_resident": "四千", "population_resident": "7,100", "unchanged": ""},
            reasons={"households_resident": "新区入住"},
            changed_by=clerk,
            changed_at=CHANGED_AT,
        )

    first, second = cells(written(fill(clerk)))[1:]

    assert (first[2], first[4], first[10]) == ("四千", 7100.0, "新区入住")
    assert (second[2], second[9], second[10]) == (2100.0, "甲", "")


def test_own_workbook_uploaded_unchanged_changes_nothing(clerk: User) -> None:
    community = make_street()
    other = Community.objects.get(code="371502001002")
    make_facts(
        community,
        YEAR,
        status="draft",
        households=2900,
        households_resident=2900,
        population_resident=7100,
        new_households=66,
        premises_tenure="reallocated",
        premises_area_m2="128.50",
        committee_members_in_post=7,
        social_organisations=3,
        remarks="甲\n乙",
    )
    make_facts(other, YEAR, status="confirmed")

    out = io.BytesIO()
    write_filling(out, fill(clerk))
    upload = make_upload_of_file(clerk, out.getvalue())

    assert upload.counts["unchanged"] == 2
    assert {row.state for row in UploadRow.objects.filter(upload=upload)} == {"unchanged"}


def make_upload_of_file(user: User, content: bytes) -> Upload:
    with scope(user.scope):
        return start_upload(
            by=user, year=YEAR, source="file", name="填报.xlsx", content=content, options={},
            at=CHANGED_AT, frame=Frame("/", "r"),
        )  # fmt: skip


def test_workbook_s_name_says_whose_it_is_and_nobody_s_name(clerk: User) -> None:
    make_street()

    assert file_name(fill(clerk)) == "数据填报_古楼街道_2026.xlsx"
    assert help_lines(fill(clerk))[0].startswith("古楼街道2026年度数据填报，")


def test_codes_are_locked_and_facts_are_free_without_a_password(clerk: User) -> None:
    make_street()

    with zipfile.ZipFile(io.BytesIO(written(fill(clerk)))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()

    assert "<sheetProtection" in sheet
    assert "password" not in sheet
    assert 'state="frozen"' in sheet
    assert '<protection locked="0"/>' in styles
    assert sheet.count("<dataValidation ") == 8


@pytest.mark.parametrize(
    ("name", "kind", "most"),
    [
        ("households_resident", "integer", 99_999_999),
        ("premises_area_m2", "decimal", 9_999_999_999),
        ("remarks", "length", 500),
        ("rented_months", "integer", 12),
    ],
)
def test_checks_in_excel_have_the_form_s_limits(name: str, kind: str, most: int) -> None:
    check = validation(FIELDS[name])

    assert (check["validate"], check["maximum"]) == (kind, most)


def test_choices_are_a_list_in_excel() -> None:
    check = validation(FIELDS["premises_tenure"])

    assert check["source"] == [label for _, label in FIELDS["premises_tenure"].choices]


@pytest.mark.parametrize("field", FIELDS.values(), ids=lambda field: field.name)
def test_no_check_is_longer_than_excel_takes(field: Any) -> None:
    check = validation(field)

    assert len(check["input_title"]) <= 32
    assert max(len(check["input_message"]), len(check["error_message"])) <= 255
    assert check["validate"] != "list" or check["source"]


def test_nothing_outside_the_scope_or_without_communities_is_filled(
    clerk: User, clerk_elsewhere: User
) -> None:
    make_street()

    with scope(clerk.scope):
        assert get_filling(clerk, "371502002", YEAR, TODAY) is None
        assert get_filling(clerk, "371502", YEAR, TODAY) is None
        assert get_filling(clerk, "371502001", YEAR + 5, TODAY) is None
    with scope(clerk_elsewhere.scope):
        assert get_filling(clerk_elsewhere, "371502002", YEAR, TODAY) is None


def test_district_s_workbook_names_the_streets(district_officer: User) -> None:
    make_street()

    rows = cells(written(fill(district_officer, "371502")))

    assert rows[0][:3] == ["街道", "社区代码", "社区"]
    assert rows[1][:3] == ["古楼街道", "371502001001", "古城社区"]


def test_number_of_queries_does_not_grow_with_the_street(clerk: User) -> None:
    make_street()
    fill(clerk)  # the policies are read once and kept
    counts = []
    for more in (0, 25):
        for number in range(more):
            make_community(f"3715020010{number + 30}", f"第{number}社区居委会")
        with CaptureQueriesContext(connection) as asked:
            fill(clerk)
        counts.append(sum(not one["sql"].strip().startswith(FRAME) for one in asked))

    assert counts == [11, 11]


def test_years_are_those_of_rounds_and_for_officers_recent_ones(
    clerk: User, district_officer: User
) -> None:
    make_round(year=2025, state="closed")
    make_round(year=2028, state="draft")
    with scope("0"):
        assert years_offered(clerk, TODAY) == [2025]
        assert years_offered(district_officer, TODAY.replace(year=2026)) == [2026, 2025, 2024]


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
    again = make_upload(clerk, "\n".join("\t".join(map(_text, row)) for row in rows), YEAR)

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


@pytest.mark.parametrize(
    ("name", "fit"),
    [("填报", "填报"), ("", "填报"), ("a/b:c*d?e[f]", "a b c d e f"), ("长" * 40, "长" * 31)],
)
def test_sheet_name_is_one_that_excel_accepts(name: str, fit: str) -> None:
    assert fit_name(name) == fit
