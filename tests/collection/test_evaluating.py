"""What the rows of an import say of communities' facts, and what hinders them."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from collection.choices import RowState
from collection.models import Upload, UploadRow
from collection.services import upload_subjects
from collection.services.uploads import UploadError, drop_row
from communities.models import AnnualFacts
from tests.collection.upload_desk import (
    AT,
    HEAD,
    findings,
    fix,
    paste,
    states,
    taken,
)
from tests.factories import make_community, make_facts, make_former, make_round

pytestmark = pytest.mark.django_db


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
        "", "wrong", "2026年度社区数据填报已于2026-07-09截止。先申请延期，再导入",
    ]  # fmt: skip


def test_returned_facts_may_be_imported_for_after_the_last_day(clerk: User) -> None:
    make_round(opens_on=date(2026, 6, 1), closes_on=date(2026, 7, 9))
    make_facts(make_community(), status="returned", households_resident=2950, premises_area_m2=300)

    upload = taken(paste(clerk, "371502001001\t\t3000\t300"), clerk)

    assert upload.message == "导入1行：新增0，有变化1"


def test_officer_imports_without_a_round_and_may_hand_in_at_once(district_officer: User) -> None:
    make_community()

    upload = taken(
        paste(
            district_officer,
            "371502001001\t\t3000\t300",
            status="reviewed",
            measure="households_resident",
        ),
        district_officer,
    )

    facts = AnnualFacts.objects.get()
    assert (facts.status, facts.submitted_by, upload.code) == (
        "reviewed",
        district_officer,
        "371502",
    )
    assert (facts.households, facts.households_resident) == (3000, 3000)


def test_row_to_be_handed_in_without_a_round_and_without_a_measure_is_wrong(
    district_officer: User,
) -> None:
    make_community()

    upload = paste(district_officer, "371502001001\t\t3000\t300", status="reviewed")

    assert findings(upload, 2) == [
        ["", "wrong", "这一年没有填报任务，不知道核定户数。重新上传，选“核定户数取自”"]
    ]


def test_row_to_be_handed_in_without_the_measured_households_is_wrong(
    district_officer: User,
) -> None:
    make_community()

    upload = paste(
        district_officer, "371502001001\t\t\t128", status="reviewed",
        measure="households_resident",
    )  # fmt: skip

    assert findings(upload, 2) == [
        ["households_resident", "wrong", "填写常住户数，核定户数取自常住户数"]
    ]


def test_measure_of_the_round_comes_before_that_of_the_upload(
    district_officer: User, asked: Any
) -> None:
    make_community()
    head = "社区代码\t社区名称\t常住户数\t户籍户数"

    taken(
        paste(
            district_officer, "371502001001\t\t3000\t2000", head=head,
            measure="households_registered",
        ),
        district_officer,
    )  # fmt: skip

    assert AnnualFacts.objects.get().households == 3000


def test_stored_facts_without_determined_households_get_them_by_the_same_file(
    district_officer: User,
) -> None:
    make_facts(make_community(), status="draft", households_resident=3000, households=None)

    upload = paste(
        district_officer, "371502001001\t\t3000\t", measure="households_resident"
    )  # fmt: skip

    row = UploadRow.objects.get(upload=upload)
    assert (row.state, row.before) == (RowState.CHANGED, {"households": ""})
    assert ["", "look", "核定户数还没有，取自常住户数3000户"] in row.findings
    taken(upload, district_officer)
    assert AnnualFacts.objects.get().households == 3000


def test_measure_that_is_none_is_refused(district_officer: User) -> None:
    with pytest.raises(UploadError, match="核定户数取自的口径不对"):
        paste(district_officer, "371502001001\t\t3000\t300", measure="grids")


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


def test_empty_cell_leaves_what_is_stored_and_a_dash_takes_it_away(clerk: User, asked: Any) -> None:
    make_facts(
        make_community(), status="draft", households_resident=3000, premises_area_m2=300, grids=5,
        social_organisations=7,
    )  # fmt: skip
    head = f"{HEAD}\t网格数\t备案社区社会组织"

    empty = paste(clerk, "371502001001\t\t3000\t\t6\t", head=head)
    wrong = paste(clerk, "371502001001\t\t3000\t—\t6\t", head=head)
    good = paste(clerk, "371502001001\t\t3000\t300\t—\t", head=head)

    assert UploadRow.objects.get(upload=empty).before == {"grids": "5"}
    assert ["premises_area_m2", "look", "空着，300不变"] in findings(empty, 2)
    assert ["premises_area_m2", "wrong"] in [one[:2] for one in findings(wrong, 2)]
    assert UploadRow.objects.get(upload=good).before == {"grids": "5"}
    taken(good, clerk)
    facts = AnnualFacts.objects.get()
    assert (facts.grids, facts.social_organisations) == (None, 7)


def test_row_without_a_fact_says_nothing_and_a_half_filled_one_is_taken(
    clerk: User, asked: Any
) -> None:
    make_community()
    make_community("371502001002", "育新社区居委会")
    make_facts(
        make_community("371502001003", "育才社区居委会"), status="draft",
        households_resident=1800, premises_area_m2=300,
    )  # fmt: skip

    upload = paste(
        clerk, "371502001001\t古城社区\t\t", "371502001002\t育新社区\t2000\t",
        "371502001003\t育才社区\t\t",
    )  # fmt: skip

    assert states(upload) == {
        2: RowState.UNCHANGED, 3: RowState.NEW, 4: RowState.UNCHANGED,
    }  # fmt: skip
    assert findings(upload, 2) == []
    assert [one[:2] for one in findings(upload, 3)] == [["premises_area_m2", "look"]]
    taken(upload, clerk)
    assert dict(AnnualFacts.objects.values_list("code", "households_resident")) == {
        "371502001002": 2000, "371502001003": 1800,
    }  # fmt: skip


def test_asked_fact_without_a_column_is_shown_for_a_draft(clerk: User, asked: Any) -> None:
    make_community()

    upload = paste(clerk, "371502001001\t3000", head="社区代码\t常住户数")

    assert states(upload) == {2: RowState.NEW}
    assert [one[:2] for one in findings(upload, 2)] == [["premises_area_m2", "look"]]
    assert fix(upload, clerk, 2, premises_area_m2="280") == RowState.NEW
    taken(upload, clerk)
    assert AnnualFacts.objects.get().premises_area_m2 == 280


def test_village_is_not_asked_and_named(clerk: User, asked: Any) -> None:
    make_community("371502001203", "李庄村委会", committee_kind="villagers")

    upload = paste(clerk, "371502001203\t\t300\t100", "\t李庄村委会\t300\t100")

    (said,) = findings(upload, 2)
    assert said[1:] == ["wrong", "李庄村是村民委员会，不填报年度数据。删去此行"]
    assert findings(upload, 3)[0][2].startswith("你的辖区没有叫“李庄村委会”的社区")


def test_former_codes_are_told_however_many_codes_are_unknown(
    clerk: User, asked: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_subjects, "CHUNK", 1)
    codes = [f"371502001{number:03}" for number in range(1, 4)]
    for code in codes:
        place = make_community(f"3715020011{code[-2:]}", f"第{code}社区居委会")
        make_former(place, date(2026, 1, 1), code=code)

    upload = paste(clerk, *(f"{code}\t\t300\t100" for code in codes))

    assert [findings(upload, number)[0][2] for number in (2, 3, 4)] == [
        f"社区代码{code}已改为3715020011{code[-2:]}。改成现在的代码" for code in codes
    ]
