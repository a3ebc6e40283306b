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
from collection.services.jobs import Frame
from collection.services.uploads import start_upload
from collection.tables.filling import file_name, help_lines, validation, write_filling
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


def plain_text(cell: Any) -> str:
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

    assert (first[2], first[4], first[10]) == ("四千", 7100.0, "常住户数：新区入住")
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

    upload = make_upload_of_file(clerk, written(fill(clerk)))

    assert dict(UploadRow.objects.filter(upload=upload).values_list("subject", "state")) == {
        "371502001001": "unchanged"
    }


def test_own_workbook_of_a_street_not_begun_changes_nothing(clerk: User) -> None:
    community = make_street()
    with scope("0"):
        FactsDraft.objects.create(
            community=community,
            year=YEAR,
            code=community.code,
            cells={"households_resident": "5,900"},
            reasons={"households_resident": "新区入住"},
            changed_by=clerk,
            changed_at=CHANGED_AT,
        )

    upload = make_upload_of_file(clerk, written(fill(clerk)))

    assert {row.state for row in UploadRow.objects.filter(upload=upload)} == {"unchanged"}


def test_reason_of_the_form_answers_for_no_other_figure_of_the_workbook(clerk: User) -> None:
    community = make_street()
    with scope("0"):
        FactsDraft.objects.create(
            community=community,
            year=YEAR,
            code=community.code,
            cells={"new_households": "163"},
            reasons={"new_households": "新区入住"},
            changed_by=clerk,
            changed_at=CHANGED_AT,
        )
    content = io.BytesIO(written(fill(clerk)))
    rows = cells(content.getvalue())
    rows[1][2] = "28470"  # ten times last year's

    upload = make_upload(clerk, "\n".join("\t".join(map(plain_text, row)) for row in rows), YEAR)

    row = UploadRow.objects.get(upload=upload, number=2)
    said = [one[0] for one in row.findings if one[1] == "unlikely"]
    assert said == ["households_resident", "new_households"]
    assert row.reasons == {"new_households": "新区入住"}


def test_locked_communities_are_left_out_unless_all_are(clerk: User) -> None:
    community = make_street()
    make_facts(community, YEAR, status="submitted")

    filling = fill(clerk)

    assert ([row.code for row in filling.rows], filling.locked) == (["371502001002"], 1)
    assert "已提交或确认的1个社区不在表里" in help_lines(filling)[0]
    make_facts(Community.objects.get(code="371502001002"), YEAR, status="confirmed")
    assert [row.code for row in fill(clerk).rows] == ["371502001001", "371502001002"]


def test_villages_are_not_asked(clerk: User) -> None:
    make_street()
    make_community("371502001203", "李庄村委会", committee_kind="villagers")

    assert [row.code for row in fill(clerk).rows] == ["371502001001", "371502001002"]


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

    assert counts == [15, 15]


def test_years_are_those_of_rounds_and_for_officers_recent_ones(
    clerk: User, district_officer: User
) -> None:
    make_round(year=2025, state="closed")
    make_round(year=2028, state="draft")
    with scope("0"):
        assert years_offered(clerk, TODAY) == [2025]
        assert years_offered(district_officer, TODAY.replace(year=2026)) == [2026, 2025, 2024]
