"""Uploads from pasted text to the record: journeys of one office, in one transaction each."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.scope import scope
from collection.choices import RowState, StepKind, UploadState
from collection.models import FactsDraft, FactsStep, Upload, UploadContent, UploadRow
from collection.selectors.uploads import get_upload, get_upload_page, sheet_rows
from collection.services.jobs import Frame
from collection.services.uploads import (
    FileError,
    UploadError,
    cancel,
    drop_row,
    edit_row,
    rematch,
    start_upload,
    take,
)
from communities.models import AnnualFacts
from tests.factories import make_community, make_facts, make_former, make_round

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 10, 2, 0, tzinfo=UTC)
FRAME = Frame("/imports/new/", "r-1")
HEAD = "社区代码\t社区名称\t常住户数\t用房建筑面积"


def paste(by: User, *rows: str, head: str = HEAD, year: int = 2026, **options: Any) -> Upload:
    return start_upload(
        by=by,
        year=year,
        source="paste",
        name="",
        content="\n".join([head, *rows]).encode(),
        options=options,
        at=AT,
        frame=FRAME,
    )


def states(upload: Upload) -> dict[int, str]:
    return dict(UploadRow.objects.filter(upload=upload).values_list("number", "state"))


def findings(upload: Upload, number: int) -> list[list[str]]:
    return UploadRow.objects.get(upload=upload, number=number).findings


def fix(upload: Upload, by: User, number: int, reasons: Mapping[str, str] | None = None,
        **cells: str) -> str:  # fmt: skip
    return edit_row(upload=upload, number=number, cells=cells, reasons=reasons or {}, by=by, at=AT)


def taken(upload: Upload, by: User) -> Upload:
    take(upload=upload, by=by, at=AT, frame=FRAME)
    return Upload.objects.get(pk=upload.pk)


@pytest.fixture
def asked(clerk: User) -> Any:
    """A round that asks the clerk's street for households and area; open on the day."""
    return make_round(
        asked=["households_resident", "premises_area_m2"],
        households_measure="households_resident",
        opens_on=date(2026, 6, 1),
        closes_on=date(2026, 8, 1),
        state="open",
    )


def test_new_rows_when_taken_become_drafts_with_history(clerk: User, asked: Any) -> None:
    first = make_community()
    second = make_community("371502001002", "育新社区居委会")

    upload = paste(clerk, "371502001001\t古城社区\t3,000\t300", "371502001002\t\t2000.0\t250.5")

    assert (upload.state, upload.counts) == (
        UploadState.READY,
        {**dict.fromkeys(RowState.values, 0), "new": 2},
    )
    upload = taken(upload, clerk)
    assert upload.state == UploadState.DONE
    assert upload.message == "导入2行：新增2，有变化0"
    assert (upload.finished_by, upload.finished_at) == (clerk, AT)
    rows = AnnualFacts.objects.order_by("code").values_list(
        "community", "year", "code", "street_code", "district_code", "city_code", "status",
        "version", "households", "households_resident", "premises_area_m2", "submitted_by",
    )  # fmt: skip
    assert list(rows) == [
        (first.pk, 2026, "371502001001", "371502001", "371502", "3715", "draft", 1, 3000, 3000,
         Decimal("300.00"), None),
        (second.pk, 2026, "371502001002", "371502001", "371502", "3715", "draft", 1, 2000, 2000,
         Decimal("250.50"), None),
    ]  # fmt: skip
    steps = FactsStep.objects.values_list("code", "kind", "number", "by", "at")
    assert sorted(steps) == [
        ("371502001001", StepKind.IMPORT, 1, clerk.pk, AT),
        ("371502001002", StepKind.IMPORT, 1, clerk.pk, AT),
    ]
    facts = AnnualFacts.objects.get(code="371502001001")
    assert [(one.pgh_label, one.households) for one in facts.events.all()] == [("insert", 3000)]


def test_same_rows_when_uploaded_again_change_nothing(clerk: User, asked: Any) -> None:
    make_community()
    taken(paste(clerk, "371502001001\t古城社区\t3000\t300"), clerk)
    before = AnnualFacts.objects.values().get()

    again = paste(clerk, "371502001001\t古城社区\t３，０００\t300.00")

    assert states(again) == {2: RowState.UNCHANGED}
    with pytest.raises(UploadError, match="没有可以导入的行"):
        take(upload=again, by=clerk, at=AT, frame=FRAME)
    assert AnnualFacts.objects.values().get() == before


def test_changed_row_when_previewed_holds_what_is_stored(clerk: User, asked: Any) -> None:
    facts = make_facts(
        make_community(), status="draft", households_resident=2950, premises_area_m2=300,
        social_organisations=12,
    )  # fmt: skip

    upload = paste(clerk, "371502001001\t古城社区\t3000\t300")

    row = UploadRow.objects.get(upload=upload)
    assert (row.state, row.before, row.version) == (
        RowState.CHANGED, {"households_resident": "2950"}, facts.version,
    )  # fmt: skip
    upload = taken(upload, clerk)
    facts.refresh_from_db()
    assert (facts.households_resident, facts.households, facts.social_organisations) == (
        3000, 3000, 12,
    )  # fmt: skip
    assert (facts.version, facts.status) == (2, "draft")
    assert upload.counts["taken_changed"] == 1


def test_wrong_rows_wait_while_good_ones_are_taken_and_follow_when_mended(
    clerk: User, asked: Any
) -> None:
    make_community()
    make_community("371502001002", "育新社区居委会")
    upload = paste(clerk, "371502001001\t\t3000\t300", "371502001002\t\t三千\t300")
    assert states(upload) == {2: RowState.NEW, 3: RowState.WRONG}

    upload = taken(upload, clerk)

    assert upload.state == UploadState.READY
    assert states(upload) == {2: RowState.TAKEN, 3: RowState.WRONG}
    assert fix(upload, clerk, 3, households_resident="3100") == RowState.NEW
    upload = taken(upload, clerk)
    assert upload.state == UploadState.DONE
    assert AnnualFacts.objects.get(code="371502001002").households == 3100
    assert AnnualFacts.objects.get(code="371502001001").version == 1


def test_unlikely_row_when_given_a_reason_is_taken_with_it(clerk: User, asked: Any) -> None:
    make_facts(make_community(), 2025, households_resident=3000, premises_area_m2=300)
    upload = paste(clerk, "371502001001\t\t4000\t300")
    assert states(upload) == {2: RowState.UNLIKELY}

    assert fix(upload, clerk, 2, {"households_resident": "新建小区交付"}) == RowState.NEW
    taken(upload, clerk)

    assert AnnualFacts.objects.get(year=2026).reasons == {"households_resident": "新建小区交付"}
    again = paste(clerk, "371502001001\t\t4000\t300")
    assert states(again) == {2: RowState.UNCHANGED}


def test_reason_column_answers_for_unlikely_figures_of_its_row(clerk: User, asked: Any) -> None:
    make_facts(make_community(), 2025, households_resident=3000, premises_area_m2=300)

    upload = paste(clerk, "371502001001\t\t4000\t300\t新建小区交付", head=f"{HEAD}\t变动说明")

    row = UploadRow.objects.get(upload=upload)
    assert (row.state, row.reasons) == (RowState.NEW, {"households_resident": "新建小区交付"})


def test_same_community_twice_names_both_rows_and_dropping_one_frees_the_other(
    clerk: User, asked: Any
) -> None:
    make_community()
    upload = paste(clerk, "371502001001\t\t3000\t300", "\t古城社区\t3001\t300")

    assert [findings(upload, number) for number in (2, 3)] == [
        [["", "wrong", "和第3行是同一个社区。留一行，其余删去"]],
        [["", "wrong", "和第2行是同一个社区。留一行，其余删去"]],
    ]
    drop_row(upload=upload, number=3, by=clerk, at=AT)
    assert states(upload) == {2: RowState.NEW, 3: RowState.DROPPED}
    assert Upload.objects.get().counts["dropped"] == 1


def test_row_corrected_to_another_community_judges_both_anew(clerk: User, asked: Any) -> None:
    make_community()
    make_community("371502001002", "育新社区居委会")
    upload = paste(clerk, "371502001001\t\t3000\t300", "371502001001\t\t3001\t300")

    assert fix(upload, clerk, 3, code="371502001002") == RowState.NEW

    assert states(upload) == {2: RowState.NEW, 3: RowState.NEW}


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("371502002001", "社区代码371502002001不在你的辖区。核对代码，或删去此行"),
        ("371502002999", "社区代码371502002999不在你的辖区。核对代码，或删去此行"),
        ("371502001999", "没有代码是371502001999的社区。核对代码，或删去此行"),
        ("3715", "代码“3715”是4位，应为12位"),
        (
            "3.71502001001E+11",
            "代码“3.71502001001E+11”成了科学记数，代码列应设为文本格式后重新填写",
        ),
        ("37150200100A", "代码“37150200100A”不全是数字，应为12位数字"),
        ("371502001003", "育才社区已于2026-03-01停用，不再填报。删去此行"),
        ("371502001008", "社区代码371502001008已改为371502001001。改成现在的代码"),
        ("合计", "这一行是合计，不是社区。删去此行"),
        ("", "这一行没有社区代码。填写12位代码，或删去此行"),
    ],
)
def test_row_of_no_community_says_what_is_wrong_with_its_code(
    clerk: User, asked: Any, code: str, message: str
) -> None:
    make_former(make_community(), date(2026, 1, 1), code="371502001008")
    make_community("371502002001", "柳园社区居委会")
    make_community("371502001003", "育才社区居委会", valid_until=date(2026, 3, 1))

    upload = paste(clerk, f"{code}\t\t3000\t300")

    assert findings(upload, 2) == [["", "wrong", message]]
    assert AnnualFacts.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("无此社区", "你的辖区没有叫“无此社区”的社区。核对名称，或填写社区代码"),
        ("柳园社区", "你的辖区没有叫“柳园社区”的社区。核对名称，或填写社区代码"),
        ("新村社区", "叫“新村社区”的社区有2个。填写12位社区代码"),
    ],
)
def test_row_without_code_when_its_name_leads_nowhere_says_so(
    clerk: User, asked: Any, name: str, message: str
) -> None:
    make_community("371502002001", "柳园社区居委会")
    make_community("371502001004", "新村社区居委会")
    make_community("371502001005", "新村社区居委会")

    upload = paste(clerk, f"{name}\t3000\t300", head="社区名称\t常住户数\t用房建筑面积")

    assert findings(upload, 2) == [["", "wrong", message]]


@pytest.mark.parametrize("name", ["古城社区", "古城社区居委会", "古城 社区", "古城社区居民委员会"])
def test_row_without_code_is_found_by_each_form_of_its_name(
    clerk: User, asked: Any, name: str
) -> None:
    make_community()

    upload = paste(clerk, f"{name}\t3000\t300", head="社区名称\t常住户数\t用房建筑面积")

    assert states(upload) == {2: RowState.NEW}


def test_name_that_differs_from_the_register_asks_for_a_reason(clerk: User, asked: Any) -> None:
    make_community()
    upload = paste(clerk, "371502001001\t育新社区\t3000\t300")

    assert findings(upload, 2) == [
        [
            "name",
            "unlikely",
            "代码371502001001登记的名称是古城社区，不是“育新社区”。核对代码，写明原因",
        ]
    ]
    assert fix(upload, clerk, 2, {"name": "拟改名"}) == RowState.NEW
    taken(upload, clerk)
    assert AnnualFacts.objects.get().reasons == {}


@pytest.mark.parametrize(
    ("status", "message"),
    [
        ("submitted", "这一年的数据已提交，现在是“待审核”。先撤回或退回，再导入"),
        ("reviewed", "这一年的数据已提交，现在是“待复核”。先撤回或退回，再导入"),
        ("confirmed", "这一年的数据已确认，不能导入。要修改走“更正”"),
    ],
)
def test_locked_facts_are_named_where_a_row_would_change_them(
    clerk: User, asked: Any, status: str, message: str
) -> None:
    make_facts(make_community(), status=status, households_resident=3000, premises_area_m2=300)

    assert findings(paste(clerk, "371502001001\t\t3001\t300"), 2) == [["", "wrong", message]]
    assert states(paste(clerk, "371502001001\t\t3000\t300")) == {2: RowState.UNCHANGED}


def test_street_that_no_round_asks_may_not_import(clerk: User) -> None:
    make_community()

    assert findings(paste(clerk, "371502001001\t\t3000\t300"), 2)[0] == [
        "", "wrong", "2026年度没有给这个街道下达填报任务。联系县（市、区）民政局",
    ]  # fmt: skip


def test_round_that_is_over_may_not_be_imported_for(clerk: User) -> None:
    make_round(opens_on=date(2026, 5, 1), closes_on=date(2026, 7, 9))
    make_community()

    assert findings(paste(clerk, "371502001001\t\t3000\t300"), 2)[0] == [
        "", "wrong", "2026年度社区数据填报已于2026-07-09截止。联系县（市、区）民政局延期",
    ]  # fmt: skip


def test_officer_imports_without_a_round_and_may_hand_in_at_once(district_officer: User) -> None:
    make_community()

    upload = taken(
        paste(district_officer, "371502001001\t\t3000\t300", status="reviewed"), district_officer
    )

    facts = AnnualFacts.objects.get()
    assert (upload.state, facts.status) == (UploadState.DONE, "reviewed")
    assert (facts.submitted_by, facts.households, facts.households_resident) == (
        district_officer, None, 3000,
    )  # fmt: skip


def test_draft_when_imported_as_reviewed_is_a_change_even_with_the_same_figures(
    district_officer: User,
) -> None:
    make_facts(make_community(), status="returned", households_resident=3000, premises_area_m2=300)

    upload = paste(district_officer, "371502001001\t\t3000\t300", status="reviewed")

    assert UploadRow.objects.get(upload=upload).before == {"status": "已退回"}
    taken(upload, district_officer)
    facts = AnnualFacts.objects.get()
    assert (facts.status, facts.submitted_by) == ("reviewed", district_officer)


def test_clerk_may_not_hand_in_by_import(clerk: User, asked: Any) -> None:
    with pytest.raises(UploadError, match="先是“填报中”"):
        paste(clerk, "371502001001\t\t3000\t300", status="reviewed")
    assert not Upload.objects.exists()


def test_empty_cell_of_an_asked_fact_is_refused_and_of_another_leaves_it(
    clerk: User, asked: Any
) -> None:
    make_facts(
        make_community(), status="draft", households_resident=3000, premises_area_m2=300, grids=5,
        social_organisations=7,
    )  # fmt: skip
    head = f"{HEAD}\t网格数\t备案社区社会组织"

    wrong = paste(clerk, "371502001001\t\t3000\t\t6\t", head=head)
    good = paste(clerk, "371502001001\t\t3000\t300\t—\t", head=head)

    assert [(name, grade) for name, grade, _ in findings(wrong, 2)] == [
        ("premises_area_m2", "wrong")
    ]
    assert UploadRow.objects.get(upload=good).before == {"grids": "5"}
    taken(good, clerk)
    facts = AnnualFacts.objects.get()
    assert (facts.grids, facts.social_organisations) == (None, 7)


def test_asked_fact_without_a_column_is_shown_for_a_draft(clerk: User, asked: Any) -> None:
    make_community()

    upload = paste(clerk, "371502001001\t3000", head="社区代码\t常住户数")

    assert states(upload) == {2: RowState.NEW}
    assert [one[:2] for one in findings(upload, 2)] == [["premises_area_m2", "look"]]
    assert fix(upload, clerk, 2, premises_area_m2="280") == RowState.NEW
    taken(upload, clerk)
    assert AnnualFacts.objects.get().premises_area_m2 == 280


def test_facts_changed_since_the_preview_are_not_overwritten(clerk: User, asked: Any) -> None:
    facts = make_facts(
        make_community(), status="draft", households_resident=2950, premises_area_m2=300
    )
    other = make_community("371502001002", "育新社区居委会")
    upload = paste(clerk, "371502001001\t\t3000\t300", "371502001002\t\t2000\t300")
    AnnualFacts.objects.filter(pk=facts.pk).update(households_resident=2960, version=2)

    upload = taken(upload, clerk)

    assert states(upload) == {2: RowState.CHANGED, 3: RowState.TAKEN}
    assert UploadRow.objects.get(number=2).before == {"households_resident": "2960"}
    assert AnnualFacts.objects.get(pk=facts.pk).households_resident == 2960
    assert AnnualFacts.objects.get(community=other).households_resident == 2000
    assert upload.message == (
        "导入1行：新增1，有变化0；1行核对以后又有了变化，没有导入，重新核对后再导入"
    )


def test_facts_entered_or_handed_in_since_the_preview_are_not_overwritten(
    clerk: User, asked: Any
) -> None:
    first = make_community()
    second = make_facts(
        make_community("371502001002", "育新社区居委会"), status="draft",
        households_resident=2000, premises_area_m2=300,
    )  # fmt: skip
    upload = paste(clerk, "371502001001\t\t3000\t300", "371502001002\t\t2001\t300")
    make_facts(first, status="draft", households_resident=1, premises_area_m2=300)
    AnnualFacts.objects.filter(pk=second.pk).update(status="submitted", version=2)

    taken(upload, clerk)

    assert states(upload) == {2: RowState.CHANGED, 3: RowState.WRONG}
    assert AnnualFacts.objects.get(community=first).households_resident == 1
    assert AnnualFacts.objects.get(pk=second.pk).households_resident == 2000


def test_community_that_ended_since_the_preview_is_not_taken(clerk: User, asked: Any) -> None:
    community = make_community()
    upload = paste(clerk, "371502001001\t\t3000\t300")
    with scope("0"):
        community.valid_until = date(2026, 7, 10)
        community.save()

    taken(upload, clerk)

    assert states(upload) == {2: RowState.WRONG}
    assert not AnnualFacts.objects.exists()


def make_draft(facts_or: Any, by: User, cells: dict[str, str], **overrides: Any) -> FactsDraft:
    values = {
        "community": facts_or, "year": 2026, "code": facts_or.code, "cells": cells,
        "stamps": dict.fromkeys(cells, 1), "changed_by": by, "changed_at": AT,
    }  # fmt: skip
    return FactsDraft.objects.create(**(values | overrides))


def test_draft_of_a_taken_community_keeps_what_the_import_does_not_say(
    clerk: User, asked: Any
) -> None:
    make_draft(make_community(), clerk, {"households_resident": "3,000", "grids": "6"})
    make_draft(
        make_community("371502001002", "育新社区居委会"), clerk, {"households_resident": "2000"}
    )
    make_draft(
        make_community("371502001003", "育才社区居委会"), clerk, {"households_resident": "1900"},
        reasons={"households_resident": "拆迁"},
    )  # fmt: skip

    upload = taken(
        paste(
            clerk, "371502001001\t\t3000\t300", "371502001002\t\t2000\t300",
            "371502001003\t\t1800\t300",
        ),
        clerk,
    )  # fmt: skip

    drafts = FactsDraft.objects.order_by("code").values_list(
        "code", "cells", "stamps", "reasons", "version", "facts_version"
    )
    assert list(drafts) == [
        ("371502001001", {"grids": "6"}, {"grids": 1}, {}, 2, 1),
        ("371502001003", {"households_resident": "1900"}, {"households_resident": 1},
         {"households_resident": "拆迁"}, 1, 0),
    ]  # fmt: skip
    assert upload.message.endswith(
        "；1个社区的表单里有没提交的填写和导入的不同，仍在表单里，打开核对"
    )


def test_colleague_goes_on_and_a_stranger_may_not(
    clerk: User, clerk_elsewhere: User, district_officer: User, reviewer: User, asked: Any
) -> None:
    make_community()
    upload = paste(clerk, "371502001001\t\t3000\t300")

    assert get_upload(clerk_elsewhere, upload.pk) is None
    assert get_upload(district_officer, upload.pk) == upload
    for act in (take, drop_row, cancel):
        extra: dict[str, Any] = {"frame": FRAME} if act is take else {}
        extra |= {"number": 2} if act is drop_row else {}
        with pytest.raises(UploadError, match="由上传的单位处理"):
            act(upload=upload, by=district_officer, at=AT, **extra)
    assert taken(upload, reviewer).state == UploadState.DONE


def test_cancelled_upload_changes_nothing_and_stays_as_a_record(clerk: User, asked: Any) -> None:
    make_community()
    upload = paste(clerk, "371502001001\t\t3000\t300")

    cancel(upload=upload, by=clerk, at=AT)

    upload.refresh_from_db()
    assert (upload.state, upload.message) == (UploadState.CANCELLED, "没有导入，数据没有改变")
    with pytest.raises(UploadError, match="已取消，不能再改"):
        take(upload=upload, by=clerk, at=AT, frame=FRAME)


def test_partly_taken_upload_when_given_up_is_done(clerk: User, asked: Any) -> None:
    make_community()
    make_community("371502001002", "育新社区居委会")
    upload = taken(paste(clerk, "371502001001\t\t3000\t300", "371502001002\t\t三千\t300"), clerk)

    cancel(upload=upload, by=clerk, at=AT)

    assert states(upload) == {2: RowState.TAKEN, 3: RowState.DROPPED}
    assert Upload.objects.get().state == UploadState.DONE


def test_columns_given_other_fields_are_judged_anew(clerk: User, asked: Any) -> None:
    make_community()
    upload = paste(clerk, "371502001001\t3000\t300", head="社区代码\t总户\t用房建筑面积")
    assert upload.headings == [
        ["社区代码", "code"], ["总户", ""], ["用房建筑面积", "premises_area_m2"],
    ]  # fmt: skip

    rematch(
        upload=upload, names=["code", "households_resident", "premises_area_m2"], by=clerk, at=AT,
        frame=FRAME,
    )  # fmt: skip

    taken(Upload.objects.get(), clerk)
    assert AnnualFacts.objects.get().households_resident == 3000


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["code", "grids", "grids"], "有两列选了同一项"),
        (["", "grids", "premises_area_m2"], "没有一列是社区代码或社区名称"),
        (["code", "households", ""], "表头已经变了"),
        (["code"], "表头已经变了"),
    ],
)
def test_columns_given_impossible_fields_are_refused(
    clerk: User, asked: Any, names: list[str], message: str
) -> None:
    upload = paste(clerk, "371502001001\t3000\t300", head="社区代码\t总户\t用房建筑面积")

    with pytest.raises(UploadError, match=message):
        rematch(upload=upload, names=names, by=clerk, at=AT, frame=FRAME)


def test_upload_without_code_or_name_is_refused_and_not_kept(clerk: User, asked: Any) -> None:
    with pytest.raises(FileError):
        paste(clerk, "3000\t300", head="常住户数\t用房建筑面积")
    assert not Upload.objects.exists()


def test_identity_numbers_of_ignored_columns_are_not_kept(clerk: User, asked: Any) -> None:
    make_community()

    upload = paste(
        clerk, "371502001001\t3000\t300\t11010519491231002X\t王芳",
        head="社区代码\t常住户数\t用房建筑面积\t户主\t联系",
    )  # fmt: skip

    assert UploadRow.objects.get(upload=upload).cells == ["371502001001", "3000", "300", "", "王芳"]
    assert not UploadContent.objects.exists()


def test_page_shows_rows_to_mend_first_with_their_cells(clerk: User, asked: Any) -> None:
    make_facts(make_community(), status="draft", households_resident=2950, premises_area_m2=300)
    make_community("371502001002", "育新社区居委会")
    upload = paste(clerk, "371502001001\t\t2960\t300", "371502001002\t\t三千\t300")

    page = get_upload_page(clerk, upload, show="", page=1, at=AT)
    changed = get_upload_page(clerk, upload, show="changed", page=1, at=AT)

    assert (page.filter, page.total, page.takeable, page.to_mend, page.can_take) == (
        "todo", 2, 1, 1, True,
    )  # fmt: skip
    (row,) = page.rows
    assert (row.number, row.community_name, row.label, row.can_edit) == (
        3,
        "育新社区",
        "有错误",
        True,
    )
    assert [(cell.field, cell.text, cell.grade, cell.message) for cell in row.cells] == [
        ("code", "371502001002", "", ""),
        ("name", "", "", ""),
        ("households_resident", "三千", "wrong", "“三千”不是数字，改成阿拉伯数字"),
        ("premises_area_m2", "300", "", ""),
    ]
    (row,) = changed.rows
    assert [(cell.before, cell.changed) for cell in row.cells] == [
        ("", False), ("", False), ("2950", True), ("", False),
    ]  # fmt: skip


def test_rows_for_the_returned_workbook_hold_texts_and_findings_by_column(
    clerk: User, asked: Any
) -> None:
    make_community()
    upload = paste(clerk, "371502001001\t\t三千\t300", "371502001009\t\t1\t2")

    first, second = sheet_rows(clerk, upload)

    assert (first.number, first.texts) == (2, ["371502001001", "", "三千", "300"])
    assert first.findings == {2: [("wrong", "“三千”不是数字，改成阿拉伯数字")]}
    assert second.row_messages == [("wrong", "没有代码是371502001009的社区。核对代码，或删去此行")]


@pytest.mark.parametrize("rows", [1, 60])
def test_page_asks_the_same_number_of_queries_for_any_number_of_rows(
    clerk: User, asked: Any, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make_community(f"371502001{number:03d}", f"社区{number}居委会")
    upload = paste(clerk, *(f"371502001{number:03d}\t\t3000\t300" for number in range(rows)))
    clerk.has_perm("communities.change_annualfacts")

    with django_assert_num_queries(2):
        get_upload_page(clerk, upload, show="all", page=1, at=AT)


def counted(clerk: User, rows: int) -> int:
    with CaptureQueriesContext(connection) as asked:
        upload = paste(clerk, *(f"371502001{number:03d}\t\t3000\t300" for number in range(rows)))
        taken(upload, clerk)
    return len(asked)


def test_import_asks_the_same_number_of_queries_for_1_and_30_rows(clerk: User, asked: Any) -> None:
    for number in range(31):
        make_community(f"371502001{number:03d}", f"社区{number}居委会")
    counted(clerk, 31)  # policies are in memory now

    AnnualFacts.objects.all().update(households_resident=1)
    one = counted(clerk, 1)
    AnnualFacts.objects.all().update(households_resident=1)
    assert counted(clerk, 30) == one
