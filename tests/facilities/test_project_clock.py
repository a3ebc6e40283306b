"""What the texts ask of a project, and the clock of its handover, as the engine counts."""

from datetime import date
from decimal import Decimal

import pytest

from facilities.selectors.project_clock import clocks_of
from facilities.selectors.project_needs import division_of, needs_of
from tests.space_factories import make_gate, make_gates_before, make_project
from tests.world import load_texts

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 1)


@pytest.fixture
def texts() -> None:
    load_texts()


def test_needs_of_new_area_then_those_of_a_community_with_the_planned_households(
    texts: None,
) -> None:
    (needs,) = needs_of([make_project()], ON)

    assert [(one.subject, one.low, one.required) for one in needs.needs] == [
        ("work_premises_area", Decimal(300), Decimal(300)),
        ("service_area", Decimal(900), Decimal(900)),
        ("property_premises_area", Decimal(900), Decimal(900)),
    ]
    assert [[one.id for one in need.clauses] for need in needs.needs] == [
        ["LC-SPC-1"],
        ["SD-SPC-1"],
        ["LC-SPC-4"],
    ]
    assert needs.premises == Decimal(1200)
    assert needs.due is None


def test_needs_of_few_households_then_what_is_kept_is_below_what_is_aimed_at(texts: None) -> None:
    (needs,) = needs_of([make_project(planned_households=2000)], ON)
    service = next(one for one in needs.needs if one.subject == "service_area")

    assert (service.low, service.required) == (Decimal(600), Decimal(900))
    assert service.said == "不少于600㎡，900㎡左右"
    assert [one.id for one in service.clauses] == ["SD-SPC-1"]
    assert service.clause.startswith("《")


def test_needs_of_built_area_then_in_one_sum_and_what_is_missing_is_said(texts: None) -> None:
    project = make_project(area_kind="built", planned_households=400, gross_floor_area_m2=None)
    (needs,) = needs_of([project], ON)

    assert [(one.subject, one.low) for one in needs.needs] == [
        ("service_area", Decimal(120)),
        ("combined_premises_area", Decimal(150)),
        ("property_premises_area", None),
    ]
    assert needs.needs[-1].reason == "缺少小区总建筑面积"
    assert needs.premises == Decimal(150)


def test_needs_without_texts_then_nothing_is_asked() -> None:
    (needs,) = needs_of([make_project(first_move_in_on=date(2026, 1, 31))], ON)

    assert (needs.needs, needs.due, needs.premises) == ((), None, None)


@pytest.mark.parametrize(
    ("moved_in", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2026, 2, 28), date(2026, 3, 28)),
        (date(2025, 12, 31), date(2026, 1, 31)),
    ],
)
def test_clock_then_the_deadline_is_the_clauses(texts: None, moved_in: date, due: date) -> None:
    project = make_project(first_move_in_on=moved_in)

    clock = clocks_of([project], due)[project.pk]

    assert (clock.due, clock.left_days, clock.is_overdue) == (due, 0, False)
    assert clock.clause.endswith("第二十九条，LC-SPC-5")


def test_clock_without_a_text_then_it_is_said() -> None:
    project = make_project(first_move_in_on=date(2026, 1, 31))

    clock = clocks_of([project], ON)[project.pk]

    assert (clock.due, clock.unsaid) == (None, "文件未载明移交期限")


def test_clocks_of_several_then_each_its_own_and_it_stands_at_the_handover(texts: None) -> None:
    late = make_project(name="甲", first_move_in_on=date(2026, 9, 1))
    done = make_project(name="乙", first_move_in_on=date(2026, 9, 1))
    make_gates_before(done, "handover")
    make_gate(done, "handover", decided_on=date(2026, 10, 3))

    clocks = clocks_of([late, done], ON)

    assert (clocks[late.pk].overdue_days, clocks[late.pk].is_overdue) == (31, True)
    assert (clocks[done.pk].overdue_days, clocks[done.pk].is_overdue) == (2, False)


def test_division_of_then_the_smallest_that_holds_all() -> None:

    assert division_of({"371502001"}) == "371502001"
    assert division_of({"371502001", "371502002"}) == "371502"
    assert division_of({"371502001", "371521001"}) == "3715"
    assert division_of({"371502001", "330206002"}) == "0"
