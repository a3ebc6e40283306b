"""Uploads from pasted text to the record: journeys of one office, in one transaction each."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.scope import scope
from collection.choices import RowState, StepKind, UploadState
from collection.models import FactsStep, Upload, UploadContent, UploadRow
from collection.selectors.uploads import get_upload, get_upload_page, sheet_rows
from collection.services.uploads import (
    FileError,
    UploadError,
    cancel,
    drop_row,
    rematch,
    take,
)
from communities.models import AnnualFacts
from tests.collection.upload_desk import (
    AT,
    FRAME,
    fix,
    paste,
    states,
    taken,
)
from tests.factories import make_community, make_facts

pytestmark = pytest.mark.django_db


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


def test_identity_numbers_in_facts_and_reasons_are_not_kept(clerk: User, asked: Any) -> None:
    make_community()
    number = "11010519491231002X"

    upload = paste(
        clerk, f"371502001001\t3000\t300\t王芳{number}\t拆迁，{number}",
        head="社区代码\t常住户数\t用房建筑面积\t备注\t变动说明",
    )  # fmt: skip

    row = UploadRow.objects.get(upload=upload)
    said = "里面有居民身份证号（11…2X）。删去，本系统不登记居民个人信息"
    assert row.cells == ["371502001001", "3000", "300", ["", said], ""]
    assert ["remarks", "wrong", said] in row.findings
    assert number not in str(UploadRow.objects.values().get())


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
    assert (row.number, row.title, row.label, row.can_edit) == (
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
