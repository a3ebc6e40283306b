"""达标计划: what a plan comes to, who proposes and approves it, adjustments, what is due."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Message, User
from accounts.scope import scope
from communities.models import Community
from communities.services.editing import StaleError
from facilities.models import SpaceMeasure, SpacePlan
from facilities.selectors.measures import lateness
from facilities.selectors.plans import PlanView, adjustments_of, view_plan
from facilities.selectors.todo_plans import plan_todos
from facilities.services.plans import delete_measure, report_progress, save_measure, save_plan
from facilities.services.plans_steps import approve, give_back, propose
from tests.factories import make_user
from tests.space_factories import AT, make_measure, make_plan, make_premises, make_room
from tests.world import (
    CHANGZHENG,
    DAY,
    GUCHENG,
    LIUYUAN,
    WENXUAN,
    make_world,
    set_facts,
)

LATER = AT + timedelta(days=1)


def place(code: str) -> Community:
    return Community.objects.get(code=code)


@pytest.fixture
def world(db: None) -> None:
    """古城 lacks 726.10 m² and 柳园 60; 湖南 has enough; of the others nothing can be said."""
    make_world()
    set_facts(LIUYUAN, service_area_m2="80.00")


@pytest.fixture
def plan(world: None, district_officer: User) -> SpacePlan:
    """A draft of 2026–2028: 200 m² for 古城 in 2026, 600 more in 2027; nothing for 柳园."""
    made = make_plan(by=district_officer)
    make_measure(made, place(GUCHENG))
    make_measure(
        made, place(GUCHENG), year=2027, means="extend", area_m2=600, other_yuan=Decimal("0.01")
    )
    return made


@pytest.fixture
def colleague(db: None) -> User:
    return make_user("district_officer", "371502", username="zhouping", display_name="周平")


def viewed(user: User, plan: SpacePlan) -> PlanView:
    return view_plan(user, plan, DAY)


def approved(plan: SpacePlan, by: User) -> SpacePlan:
    held = propose(record=plan, version=plan.version, url="/x/", by=plan.made_by, at=AT)
    return approve(
        record=held, version=held.version, decision="", doc_no="", url="/x/", by=by, at=AT
    )


def test_view_then_sums_by_year_and_what_it_brings(plan: SpacePlan, district_officer: User) -> None:
    view = viewed(district_officer, plan)

    assert [(one.year, one.count, one.area, one.fen, one.reached) for one in view.years] == [
        (2026, 1, 20000, 60_000_000, 0), (2027, 1, 60000, 60_000_001, 1), (2028, 0, 0, 0, 0),
    ]  # fmt: skip
    total = view.total
    assert (total.count, total.communities, total.area, total.fen) == (2, 1, 80000, 120_000_001)
    assert total.paid == (0, 60_000_000, 60_000_000, 0, 1)
    assert sum(total.paid) == total.fen
    assert [one.standing.code for one in view.will_reach] == [GUCHENG]
    assert [(one.standing.code, one.standing.gap) for one in view.without] == [(LIUYUAN, 6000)]
    assert [one.standing.code for one in view.unknown] == [WENXUAN, CHANGZHENG]
    assert [one.standing.why_not for one in view.unknown][1] == "用房台账和年度数据都没有用房面积"


def test_view_when_rooms_are_registered_then_they_count_instead_of_the_facts(
    plan: SpacePlan, district_officer: User
) -> None:
    make_room(make_premises(place(LIUYUAN)), "work", "299.99")
    make_room(make_premises(place(GUCHENG), "新楼"), "hall", "700")

    view = viewed(district_officer, plan)

    assert [(one.standing.code, one.standing.gap) for one in view.without] == [(LIUYUAN, 1)]
    # 854.10 − 700: reached by the first 200 already
    assert [(one.standing.code, one.standing.gap) for one in view.will_reach] == [(GUCHENG, 15410)]
    assert [one.reached for one in view.years] == [1, 0, 0]


def test_view_when_a_measure_is_done_and_registered_then_its_area_counts_once(
    plan: SpacePlan, district_officer: User
) -> None:
    premises = make_premises(place(GUCHENG), valid_from=AT.date())
    make_room(premises, "hall", "328")
    SpaceMeasure.objects.filter(year=2026).update(
        state="done", done_on=AT.date(), done_area_m2=200, premises=premises
    )

    view = viewed(district_officer, plan)

    (outlook,) = view.will_reach
    # what is there holds the 200 already: 854.10 − 328, and 600 to come
    assert (outlook.standing.gap, outlook.coming, outlook.reached_in) == (52610, 60000, 2027)
    assert view.total.done_share == 50
    assert view.total.area_share == 25
    assert view.total.money_share == Fraction(60_000_000 * 100, 120_000_001)


def test_view_when_measures_are_dropped_then_they_are_not_added(
    plan: SpacePlan, district_officer: User
) -> None:
    SpaceMeasure.objects.filter(year=2027).update(state="dropped")

    view = viewed(district_officer, plan)

    assert (view.total.count, view.total.area) == (1, 20000)
    assert [(one.standing.code, one.left) for one in view.left_short] == [(GUCHENG, 52610)]


@pytest.mark.parametrize(
    ("year", "state", "on", "late"),
    [
        (2026, "planned", "2026-10-01", ""),
        (2026, "planned", "2026-10-02", "soon"),
        (2026, "under_way", "2026-12-31", "soon"),
        (2026, "under_way", "2027-01-01", "over"),
        (2026, "done", "2027-01-01", ""),
        (2026, "dropped", "2027-01-01", ""),
        (2027, "planned", "2026-12-31", ""),
    ],
)
def test_late_then_ninety_days_before_the_end_of_its_year(
    year: int, state: str, on: str, late: str
) -> None:
    assert lateness(SpaceMeasure(year=year, state=state), date.fromisoformat(on)) == late


def test_steps_then_maker_and_approver_are_two(
    plan: SpacePlan, district_officer: User, colleague: User
) -> None:
    with pytest.raises(ValidationError, match="由他送批"):
        propose(record=plan, version=1, url="/x/", by=colleague, at=AT)
    held = propose(record=plan, version=1, url="/x/", by=district_officer, at=AT)
    assert Message.objects.get().to == colleague
    with pytest.raises(ValidationError, match="拟订和修改过的人不能批准或退回"):
        approve(record=held, version=2, decision="", doc_no="", url="", by=district_officer, at=AT)
    with pytest.raises(StaleError):
        approve(record=held, version=1, decision="", doc_no="", url="", by=colleague, at=AT)

    done = approve(
        record=held, version=2, decision="可行", doc_no="聊民〔2026〕3号", url="/x/",
        by=colleague, at=AT,
    )  # fmt: skip

    assert (done.state, done.decided_by, done.doc_no) == (
        "approved",
        colleague,
        "聊民〔2026〕3号",
    )
    assert (done.approved_count, done.approved_m2, done.approved_yuan) == (
        2, Decimal(800), Decimal("1200000.01"),
    )  # fmt: skip


def test_approve_by_one_who_wrote_measures_then_refused(
    plan: SpacePlan, district_officer: User, colleague: User
) -> None:
    measure = SpaceMeasure.objects.get(year=2026)
    measure.area_m2 = Decimal(210)
    save_measure(measure=measure, fields=["area_m2"], version=1, reason="", by=colleague, at=AT)
    plan.refresh_from_db()
    save_plan(plan=plan, fields=["title"], version=2, reason="", by=district_officer, at=AT)
    held = propose(record=plan, version=3, url="/x/", by=district_officer, at=AT)

    with pytest.raises(ValidationError, match="拟订和修改过的人不能批准或退回"):
        approve(record=held, version=4, decision="", doc_no="", url="", by=colleague, at=AT)


def test_propose_without_measures_then_refused(db: None, district_officer: User) -> None:
    plan = make_plan(by=district_officer)

    with pytest.raises(ValidationError, match="计划里还没有项目"):
        propose(record=plan, version=1, url="/x/", by=district_officer, at=AT)


def test_return_then_the_maker_mends_it_and_its_decision_goes(
    plan: SpacePlan, district_officer: User, colleague: User
) -> None:
    held = approved(plan, colleague)
    held = give_back(
        record=held, version=held.version, decision="费用偏高", url="/x/", by=colleague, at=AT
    )
    assert (held.state, held.decision, held.approved_yuan) == ("returned", "费用偏高", None)
    assert [one.name for one in plan_todos(district_officer, DAY)] == ["修改达标计划"]

    saved = save_plan(
        plan=held, fields=["title"], version=held.version, reason="", by=district_officer, at=AT
    )

    assert (saved.state, saved.decided_by, saved.made_by) == ("draft", None, district_officer)


def test_adjust_then_with_a_reason_and_within_what_was_approved(
    plan: SpacePlan, district_officer: User, colleague: User
) -> None:
    held = approved(plan, colleague)
    measure = SpaceMeasure.objects.get(year=2026)
    measure.area_m2, measure.city_yuan = Decimal(250), Decimal(200000)
    give: dict[str, Any] = {"fields": ["area_m2", "city_yuan"], "version": 1, "at": LATER}
    with pytest.raises(ValidationError, match="写明调整的理由"):
        save_measure(measure=measure, reason="", by=district_officer, **give)
    with pytest.raises(ValidationError, match="批准人不调整自己批准的计划"):
        save_measure(measure=measure, reason="面积变大", by=colleague, **give)

    with scope("0", user=district_officer.pk):
        save_measure(measure=measure, reason="面积变大", by=district_officer, **give)

    held.refresh_from_db()
    assert held.state == "approved"
    (one,) = adjustments_of(held, viewed(district_officer, held).lines)
    assert (one.by, one.reason, one.before, one.after) == (
        district_officer.display_name,
        "面积变大",
        (Decimal(200), Decimal(600000)),
        (Decimal(250), Decimal(500000)),
    )
    measure.city_yuan = Decimal(300001)
    with pytest.raises(ValidationError, match=r"比批准的1,200,000\.01元多1\.00元"):
        save_measure(
            measure=measure, fields=["city_yuan"], version=2, reason="涨价",
            by=district_officer, at=LATER + timedelta(hours=1),
        )  # fmt: skip


def test_years_then_measures_stay_inside(plan: SpacePlan, district_officer: User) -> None:
    plan.last_year = 2026
    with pytest.raises(ValidationError, match="截止年度不能早于2027"):
        save_plan(plan=plan, fields=["last_year"], version=1, reason="", by=district_officer, at=AT)
    measure = SpaceMeasure.objects.get(year=2027)
    measure.year = 2029
    with pytest.raises(ValidationError, match="2029年不在计划的2026至2028年以内"):
        save_measure(
            measure=measure, fields=["year"], version=1, reason="", by=district_officer, at=AT
        )


def test_delete_then_only_in_drafts_and_traced(
    plan: SpacePlan, district_officer: User, colleague: User
) -> None:
    first, second = SpaceMeasure.objects.order_by("year")
    with pytest.raises(StaleError):
        delete_measure(measure=first, version=9, by=district_officer, at=AT)
    delete_measure(measure=first, version=1, by=district_officer, at=AT)
    plan.refresh_from_db()
    assert plan.version == 2
    approved(plan, colleague)

    with pytest.raises(ValidationError, match="只有起草中的计划能删去项目"):
        delete_measure(measure=second, version=1, by=district_officer, at=AT)
    assert list(SpaceMeasure.objects.all()) == [second]


def report(measure: SpaceMeasure, by: User, *, wide: bool, reason: str = "", **values: Any) -> None:
    for name, value in values.items():
        setattr(measure, name, value)
    version = SpaceMeasure.objects.get(pk=measure.pk).version
    report_progress(
        measure=measure, fields=[*values], version=version, reason=reason, wide=wide, by=by,
        at=LATER,
    )  # fmt: skip


def test_progress_then_the_street_reports_and_the_district_corrects(
    plan: SpacePlan, district_officer: User, colleague: User, clerk: User
) -> None:
    measure = SpaceMeasure.objects.get(year=2026)
    with pytest.raises(ValidationError, match="计划批准以后才登记进度"):
        report(measure, clerk, wide=False, state="under_way")
    approved(plan, colleague)

    done: dict[str, Any] = {"state": "done", "done_on": AT.date(), "done_area_m2": Decimal(205)}
    with pytest.raises(ValidationError, match=r"比计划的200\.00㎡多。选对应用房，或写明依据"):
        report(measure, clerk, wide=False, **done)
    report(measure, clerk, wide=False, reason="实测", **done)
    with pytest.raises(ValidationError, match="由县（市、区）民政局更正"):
        report(measure, clerk, wide=False, reason="错了", done_area_m2=Decimal(200))
    with pytest.raises(ValidationError, match="写明依据"):
        report(measure, district_officer, wide=True, done_area_m2=Decimal(200))
    report(measure, district_officer, wide=True, reason="实测", done_area_m2=Decimal(200))

    stored = SpaceMeasure.objects.get(pk=measure.pk)
    assert (stored.state, stored.done_area_m2) == ("done", Decimal(200))
    # progress is no adjustment
    assert adjustments_of(SpacePlan.objects.get(), viewed(district_officer, plan).lines) == []


def test_drop_then_with_a_reason_and_told_as_an_adjustment(
    plan: SpacePlan, district_officer: User, colleague: User
) -> None:
    held = approved(plan, colleague)
    measure = SpaceMeasure.objects.get(year=2027)
    with pytest.raises(ValidationError, match="写明取消或恢复项目的理由"):
        report(measure, district_officer, wide=True, state="dropped")
    with scope("0", user=district_officer.pk):
        report(measure, district_officer, wide=True, reason="改建不批", state="dropped")

    held.refresh_from_db()
    (one,) = adjustments_of(held, viewed(district_officer, held).lines)
    assert (one.dropped, one.reason) == (True, "改建不批")
    assert viewed(district_officer, held).total.count == 1


def test_todos_then_what_waits_and_what_is_behind(
    plan: SpacePlan, district_officer: User, colleague: User, clerk: User, clerk_elsewhere: User
) -> None:
    propose(record=plan, version=1, url="/x/", by=district_officer, at=AT)
    assert [one.name for one in plan_todos(colleague, DAY)] == ["达标计划待批准"]
    assert list(plan_todos(district_officer, DAY)) == []
    plan.refresh_from_db()
    approve(record=plan, version=2, decision="", doc_no="", url="/x/", by=colleague, at=AT)

    (line,) = plan_todos(clerk, DAY)
    assert (line.name, line.tag, line.due) == ("1个达标项目年内要完成", "warn", DAY)
    (line,) = plan_todos(clerk, DAY + timedelta(days=1))
    assert (line.name, line.tag) == ("1个达标项目逾期", "bad")
    assert list(plan_todos(clerk_elsewhere, DAY)) == []
