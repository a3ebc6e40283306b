"""What keeps a gate from being passed: plain rules over areas and days."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from facilities.choices import STAGES, Stage
from facilities.rules.clock import Clock
from facilities.rules.gates import (
    NOTHING,
    Asked,
    Case,
    Passed,
    Sizes,
    bars,
    next_stage,
    objections,
    warnings,
    without_number,
    wrong_day,
)

DAY = date(2026, 3, 1)
ASKED = (
    Asked("工作用房", ("work",), Decimal(300), Decimal(300), "《办法》第一条，A-1"),
    Asked("服务设施", ("service",), Decimal(600), Decimal(900), "《办法》第二条，A-2"),
)
WHOLE = Sizes(Decimal(300), Decimal(900), Decimal(100))


def case(stage: str = "planning_condition", **changes: object) -> Case:
    made = Case(stage=stage, decided_on=DAY, promised=WHOLE, found=WHOLE, asked=ASKED)
    return replace(made, **changes)  # type: ignore[arg-type]


def earlier(stage: str, promised: Sizes = NOTHING, found: Sizes = NOTHING) -> Passed:
    return Passed(stage, date(2026, 2, 1), promised, found)


def test_next_stage_then_the_first_that_is_not_passed() -> None:
    assert next_stage([]) == Stage.PLANNING_CONDITION
    assert next_stage(["planning_condition", "land_contract"]) == Stage.PLANNING_APPROVAL
    assert next_stage([one.value for one in STAGES]) is None


def test_promise_below_what_is_kept_then_the_lack_with_its_clause() -> None:
    short = Sizes(Decimal("279.5"), None)

    assert objections(case(promised=short)) == [
        "约定工作用房279.5㎡，应不少于300㎡，少20.5㎡（《办法》第一条，A-1）",
        "没有写明约定的服务设施，应不少于600㎡（《办法》第二条，A-2）",
    ]


def test_promise_below_what_is_aimed_at_then_only_a_warning() -> None:
    near = case(promised=Sizes(Decimal(300), Decimal(700)))

    assert objections(near) == []
    assert warnings(near) == [
        "约定服务设施700㎡，文件要求900㎡左右，少200㎡（《办法》第二条，A-2）"
    ]


def test_parts_asked_together_then_compared_as_a_sum() -> None:
    asked = (Asked("工作和服务用房", ("work", "service"), Decimal(150), Decimal(150)),)

    assert objections(case(asked=asked, promised=Sizes(Decimal(60), Decimal(90)))) == []
    assert objections(case(asked=asked, promised=Sizes(Decimal(60), Decimal("89.99")))) == [
        "约定工作和服务用房149.99㎡，应不少于150㎡，少0.01㎡"
    ]


def test_later_promise_below_an_earlier_one_then_refused() -> None:
    passed = (earlier("planning_condition", Sizes(Decimal(400), Decimal(950))),)

    assert objections(case("land_contract", passed=passed)) == [
        "约定工作用房300㎡，规划条件约定的是400㎡，少100㎡",
        "约定服务设施900㎡，规划条件约定的是950㎡，少50㎡",
    ]


@pytest.mark.parametrize("area", ["300", "300.01"])
def test_found_as_promised_then_no_objection(area: str) -> None:
    passed = (earlier("planning_approval", WHOLE),)
    found = Sizes(Decimal(area), Decimal(900), Decimal(100))

    assert objections(case("acceptance", passed=passed, found=found)) == []


def test_found_below_the_promise_then_refused_though_it_is_what_texts_ask() -> None:
    passed = (earlier("planning_approval", Sizes(Decimal(400), Decimal(900))),)

    assert objections(case("acceptance", passed=passed, found=Sizes(Decimal(300)))) == [
        "实测工作用房300㎡，规划审批约定的是400㎡，少100㎡",
        "没有写明实测服务设施，规划审批约定的是900㎡",
        "没有写明实测的服务设施，应不少于600㎡（《办法》第二条，A-2）",
    ]


def test_found_as_promised_where_more_is_asked_since_then_it_is_said() -> None:
    grown = (Asked("工作用房", ("work",), Decimal(500), Decimal(500)),)
    passed = (earlier("planning_approval", WHOLE),)

    assert objections(case("acceptance", passed=passed, asked=grown)) == [
        "实测工作用房300㎡，应不少于500㎡，少200㎡"
    ]


def test_found_where_nothing_was_promised_then_compared_with_what_is_asked() -> None:
    assert objections(case("acceptance", found=Sizes(Decimal(200), Decimal(900)))) == [
        "实测工作用房200㎡，应不少于300㎡，少100㎡（《办法》第一条，A-1）"
    ]


def test_handover_below_the_acceptance_and_without_a_deed_then_both_are_said() -> None:
    passed = (earlier("acceptance", found=WHOLE),)
    listed = Sizes(Decimal(300), Decimal(800), Decimal(100))

    assert objections(case("handover", passed=passed, listed=listed)) == [
        "移交清单的服务设施800㎡，竣工验收实测的是900㎡，少100㎡",
        "没有移交协议，上传双方盖章的移交协议",
    ]
    assert objections(case("handover", passed=passed, listed=WHOLE, has_deed=True)) == []


def test_handover_of_more_than_was_measured_then_it_is_said() -> None:
    measured = Sizes(Decimal(300), Decimal(900))
    listed = Sizes(Decimal("300.01"), Decimal(900), Decimal(100))
    passed = (earlier("acceptance", found=measured),)

    assert objections(case("handover", passed=passed, listed=listed, has_deed=True)) == [
        "移交清单的工作用房300.01㎡，竣工验收实测的是300㎡，多0.01㎡",
        "移交清单的物业服务用房100㎡，竣工验收没有实测",
    ]


def test_title_then_the_whole_is_compared() -> None:
    passed = (earlier("handover", found=WHOLE),)
    one_figure = Sizes(Decimal(1300))

    assert objections(case("title", passed=passed, found=one_figure)) == []
    assert objections(case("title", passed=passed, found=Sizes(Decimal(1299)))) == [
        "登记用房合计1,299㎡，无偿移交的是1,300㎡，少1㎡"
    ]


def test_bars_then_what_nobody_may_wave_through() -> None:
    assert bars(case("handover")) == ["移交清单是空的，先登记移交清单"]
    assert bars(case("title", found=Sizes())) == ["填写登记的面积"]
    assert bars(case("in_use")) == [
        "项目没有选受益社区，先在“修改项目”里选择",
        "移交清单里没有房间，没有可以投入使用的用房",
    ]
    assert bars(case("in_use", has_community=True, items=1)) == []


def test_number_then_asked_of_departments_that_number_their_documents() -> None:
    said = {one.value: without_number(case(one.value)) for one in STAGES}

    assert said == {
        "planning_condition": "填写规划条件文号",
        "land_contract": "填写土地出让合同编号",
        "planning_approval": "填写建设工程规划许可证号",
        "building": "填写施工许可证号",
        "acceptance": "填写竣工验收备案号",
        "handover": "",
        "title": "填写不动产权证号",
        "in_use": "",
    }
    assert without_number(case("building", doc_no="8号")) == ""


@pytest.mark.parametrize(
    ("kind", "stage", "barred"),
    [
        ("not_handed_over", "handover", False),
        ("not_handed_over", "title", True),
        ("not_built", "building", False),
        ("not_built", "acceptance", False),
        ("not_built", "planning_approval", True),
        ("sold", "handover", True),
    ],
)
def test_open_default_then_it_bars_all_but_its_own_cure(
    kind: str, stage: str, barred: bool
) -> None:
    said = bars(case(stage, defaults=(kind,), items=1, doc_no="8号"))

    assert any("违约没有纠正" in one for one in said) == barred


def test_wrong_day_then_days_stand_in_order_and_have_come() -> None:
    passed = (earlier("planning_condition"),)
    today = date(2026, 3, 1)

    assert wrong_day(case(passed=passed), today) == ""
    assert "还没有到" in wrong_day(case(decided_on=date(2026, 3, 2)), today)
    assert (
        wrong_day(case(passed=passed, decided_on=date(2026, 1, 31)), today)
        == "办理日期2026-01-31早于规划条件的2026-02-01，核对日期"
    )
    assert wrong_day(case(passed=passed, decided_on=date(2026, 2, 1)), today) == ""


def test_clock_then_days_left_over_and_at_the_handover() -> None:
    moved, due = date(2026, 1, 31), date(2026, 2, 28)
    on_time = Clock(date(2026, 2, 28), moved, due)
    late = Clock(date(2026, 3, 3), moved, due)
    done = Clock(date(2026, 6, 1), moved, due, handed_over_on=date(2026, 3, 2))

    assert (on_time.left_days, on_time.overdue_days, on_time.is_overdue) == (0, 0, False)
    assert (late.left_days, late.overdue_days, late.is_overdue) == (-3, 3, True)
    assert (done.left_days, done.overdue_days, done.is_overdue) == (None, 2, False)
    assert Clock(date(2026, 3, 3), moved).unsaid == "文件未载明移交期限"
    assert Clock(date(2026, 3, 3)).unsaid == ""
