"""Plans and pools: no measure is paid twice, what was decided stays, what is done is there."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from facilities.models import Premises, SpaceMeasure, SpacePlan, SpacePool, SpacePoolLine
from facilities.selectors.pools import Divided, Part
from facilities.services.plans import report_progress, save_measure
from facilities.services.plans_steps import approve, propose
from facilities.services.pools import freeze_parts
from tests.factories import make_community, make_user
from tests.space_factories import AT, make_measure, make_plan, make_pool, make_premises, make_room

LATER = AT + timedelta(days=1)


@pytest.fixture
def measure(district_officer: User, city_officer: User) -> SpaceMeasure:
    """200 m² for 600,000 yuan in an approved plan of 2026 to 2028."""
    plan = make_plan(by=district_officer, state="approved", decided_by=city_officer, decided_at=AT)
    return make_measure(plan, make_community())


def freezing(measure: SpaceMeasure, fen: int = 60_000_000) -> Callable[[SpacePool], None]:
    """A division that was made before anybody else's money was seen."""
    part = Part(measure.code, "古城社区", measure, None, 1, fen, fen)
    return lambda pool: freeze_parts(pool, Divided([part], fen, []))


def ranked(by: User, title: str) -> SpacePool:
    return make_pool(by=by, title=title, method="ranked")


def proposed(pool: SpacePool, freeze: Callable[[SpacePool], None]) -> SpacePool:
    return propose(
        record=pool, version=pool.version, url="/x/", by=pool.made_by, at=AT, freeze=freeze
    )


def stored(rows: Any, **values: Any) -> bool:
    """Whether the database takes a change that no service makes."""
    try:
        with transaction.atomic():
            return bool(rows.update(**values))
    except DatabaseError:
        return False


def test_propose_then_the_measures_are_held_before_they_are_divided(
    measure: SpaceMeasure, city_officer: User
) -> None:
    held: list[bool] = []

    with CaptureQueriesContext(connection) as asked:

        def freeze(pool: SpacePool) -> None:
            held.append(any(
                'FROM "facilities_spacemeasure"' in one["sql"] and "FOR UPDATE" in one["sql"]
                for one in asked.captured_queries
            ))  # fmt: skip
            freezing(measure)(pool)

        proposed(ranked(city_officer, "甲"), freeze)

    assert held == [True]


def test_propose_when_another_pool_pays_it_already_then_the_database_refuses(
    measure: SpaceMeasure, city_officer: User
) -> None:
    proposed(ranked(city_officer, "甲"), freezing(measure, 20_000_000))
    other = ranked(city_officer, "乙")

    with pytest.raises(IntegrityError, match="more than it costs"), transaction.atomic():
        proposed(other, freezing(measure, 40_000_001))

    assert proposed(other, freezing(measure, 40_000_000)).state == "proposed"


def test_approve_when_a_measure_was_dropped_then_said(
    measure: SpaceMeasure, city_officer: User
) -> None:
    pool = proposed(ranked(city_officer, "甲"), freezing(measure))
    SpaceMeasure.objects.update(state="dropped")
    colleague = make_user("city_officer", "3715", username="wangqiang")

    with pytest.raises(ValidationError, match="2026年的项目已取消，不再安排资金"):
        approve(
            record=pool, version=pool.version, decision="", doc_no="", url="", by=colleague, at=AT
        )


def test_measure_with_money_then_neither_dropped_nor_cheaper(
    measure: SpaceMeasure, district_officer: User, city_officer: User
) -> None:
    proposed(ranked(city_officer, "甲"), freezing(measure))
    give: dict[str, Any] = {"version": 1, "reason": "不建了", "by": district_officer, "at": LATER}

    measure.state = "dropped"
    with pytest.raises(ValidationError, match=r"已由用房补助资金安排600,000\.00元，不能取消"):
        report_progress(measure=measure, fields=["state"], wide=True, **give)
    measure.state, measure.city_yuan = "planned", Decimal("299999.99")
    with pytest.raises(ValidationError, match=r"费用合计599,999\.99元比它少"):
        save_measure(measure=measure, fields=["city_yuan"], **give)

    assert not stored(SpaceMeasure.objects.all(), city_yuan=Decimal(1), adjusted_at=LATER)


def test_plan_that_is_approved_then_stays_in_the_database(
    measure: SpaceMeasure, city_officer: User
) -> None:
    plans, measures = SpacePlan.objects.all(), SpaceMeasure.objects.all()

    refused: list[dict[str, Any]] = [
        {"state": "draft", "decided_by": None, "decided_at": None},
        {"state": "proposed"}, {"approved_yuan": 1}, {"title": "x"}, {"first_year": 2025},
        {"decided_at": LATER}, {"doc_no": "x"},
    ]  # fmt: skip
    assert [one for one in refused if stored(plans, **one)] == []
    assert not stored(measures, city_yuan=999)
    assert stored(measures, city_yuan=999, adjusted_at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        measures.delete()
    assert stored(plans, makers=[city_officer.pk + 1], version=2)
    assert stored(plans, state="returned", approved_yuan=None)
    assert stored(measures, city_yuan=1)
    assert measures.delete()[0] == 1


def test_pool_that_is_proposed_then_its_lines_stay_but_for_their_code(
    measure: SpaceMeasure, city_officer: User
) -> None:
    pool = proposed(ranked(city_officer, "甲"), freezing(measure))
    pools, lines = SpacePool.objects.all(), SpacePoolLine.objects.all()

    assert not stored(pools, amount_yuan=1)
    assert not stored(pools, state="draft")
    assert not stored(lines, amount_yuan=1)
    assert not stored(lines, measure=None)
    for act in (lines.delete, lambda: lines.create(pool=pool, code="371521", amount_yuan=1)):
        with pytest.raises(IntegrityError, match="as it was proposed"), transaction.atomic():
            act()
    assert stored(lines, code="371502001009")


# ── what is done ──


def done(measure: SpaceMeasure, by: User, area: str, on: date, premises: Premises | None) -> None:
    measure.state, measure.done_on, measure.done_area_m2 = "done", on, Decimal(area)
    measure.premises = premises
    report_progress(
        measure=measure, fields=["state", "done_on", "done_area_m2", "premises"], version=1,
        reason="", wide=False, by=by, at=LATER,
    )  # fmt: skip


def test_done_before_the_plan_then_refused(measure: SpaceMeasure, clerk: User) -> None:
    with pytest.raises(ValidationError, match="2025-12-31早于计划的起始年度2026年"):
        done(measure, clerk, "200", date(2025, 12, 31), None)

    done(measure, clerk, "200", date(2026, 1, 1), None)
    assert SpaceMeasure.objects.get().state == "done"


def test_done_with_more_than_the_premises_have_then_refused(
    measure: SpaceMeasure, clerk: User
) -> None:
    premises = make_premises(measure.community)
    make_room(premises, "hall", "300")
    make_room(premises, "property", "500")

    with pytest.raises(ValidationError, match=r"有300\.00㎡，比实际新增300\.01㎡少"):
        done(measure, clerk, "300.01", AT.date(), premises)
    done(measure, clerk, "180", AT.date(), premises)

    # the same rooms are not what another measure added
    other = make_measure(measure.plan, measure.community, year=2027)
    with pytest.raises(ValidationError, match=r"其中180\.00㎡是其他项目新增的，比实际新增120\.01"):
        done(other, clerk, "120.01", AT.date(), premises)
    done(other, clerk, "120", AT.date(), premises)
