"""达标计划项目: the form with its sum and what is lacking, the estimate of cost, progress."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from communities.models import Community
from facilities.models import SpaceMeasure, SpacePlan
from facilities.models.plans import PAYERS
from facilities.rules.money import yuan
from facilities.selectors.measures import line_of, sums_of
from facilities.selectors.measures_suggested import parts_of, suggest
from tests.conftest import Browse
from tests.factories import make_community, make_user
from tests.posted import errors_of, opened
from tests.space_factories import AT, make_measure, make_plan, make_premises, make_room
from tests.staffing.pay_world import adopt, index
from tests.world import GUCHENG, LIUYUAN, make_world, set_facts

TODAY = date(2026, 11, 22)
fens = st.integers(0, 10**8)
# the first example of a run reads all modules for constants, which takes its time
calm = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@calm
@given(st.lists(st.tuples(*[fens] * len(PAYERS)), max_size=3))
def test_sums_then_the_parts_of_the_payers_add_up(rows: list[tuple[int, ...]]) -> None:
    lines = [
        line_of(SpaceMeasure(year=2026, area_m2=Decimal(1), community_id=1, **_paid(parts)), TODAY)
        for parts in rows
    ]

    sums = sums_of(lines)

    assert sums.fen == sum(sums.paid) == sum(sum(parts) for parts in rows)
    assert sums.cost == sum((part for _, part in sums.payers), Decimal(0))


def _paid(parts: tuple[int, ...]) -> dict[str, Any]:
    return {f"{name}_yuan": yuan(part) for name, part in zip(PAYERS, parts, strict=True)}


# ── the estimate ──


@pytest.fixture
def opinions(db: None) -> None:
    adopt("city-opinions-2013", "3715")


def test_suggest_to_buy_then_last_years_price_and_half_from_the_city(opinions: None) -> None:
    index("average_sale_price", "6000.01")

    found = suggest("buy", GUCHENG, 30001, (2026, 2028), TODAY)

    assert found is not None
    # 300.01 × 6,000.01 = 1,800,063.0001
    assert found.cost == Decimal("1800063.00")
    assert found.payers == {"city": Decimal("900031.50"), "district": Decimal("900031.50")}
    assert (found.rest, found.price_year) == (Decimal(0), 2025)
    assert found.price == Fraction(600001, 100)
    assert found.clause == "《城乡社区建设工作意见》四、（一）（C13-FND-1）"
    assert sum(parts_of(found).values()) == found.cost


def test_suggest_to_rent_then_all_months_until_the_end_of_the_plan(opinions: None) -> None:
    index("average_rent", "10")

    one, found = (suggest("rent", GUCHENG, 40000, (2026, last), TODAY) for last in (2026, 2028))

    assert one is not None
    assert (one.cost, one.payers["city"], one.months) == (Decimal(48000), Decimal(24000), 12)
    assert found is not None
    assert (found.cost, found.payers["city"], found.rest, found.months) == (
        Decimal(144000), Decimal(72000), Decimal(0), 36,
    )  # fmt: skip


def test_suggest_for_a_year_to_come_then_the_price_of_last_year(opinions: None) -> None:
    index("average_sale_price", "6000")

    found = suggest("buy", GUCHENG, 30000, (2028, 2028), TODAY)

    assert found is not None
    assert (found.cost, found.price_year) == (Decimal(1800000), 2025)


def test_suggest_below_the_clauses_area_then_cost_without_payers_and_why(opinions: None) -> None:
    index("average_sale_price", "6000")

    found = suggest("buy", GUCHENG, 29999, (2026, 2028), TODAY)

    assert found is not None
    assert (found.cost, found.payers, found.rest) == (
        Decimal("1799940.00"), {}, Decimal("1799940.00"),
    )  # fmt: skip
    assert found.why_not == "用房面积不足300㎡"


def test_suggest_without_the_price_then_names_series_and_year(opinions: None) -> None:
    found = suggest("buy", GUCHENG, 30000, (2026, 2028), TODAY)

    assert found is not None
    assert (found.cost, found.payers) == (None, {})
    assert found.why_not == "没有371502的2025年商品房平均销售价格，录入以后才能估算费用"


def test_suggest_without_a_text_or_by_other_means_then_nothing(db: None) -> None:
    assert suggest("buy", GUCHENG, 30000, (2026, 2028), TODAY) is None
    adopt("city-opinions-2013", "3715")
    assert suggest("extend", GUCHENG, 30000, (2026, 2028), TODAY) is None


# ── the form ──


@pytest.fixture
def plan(db: None, district_officer: User) -> SpacePlan:
    make_world(GUCHENG, LIUYUAN)
    return make_plan(by=district_officer)


def new(plan: SpacePlan, code: str = GUCHENG) -> str:
    return f"/space/plans/{plan.pk}/measures/new/?community={code}"


def post(client: Client, path: str, **changes: Any) -> Any:
    return client.post(path, opened(client, path) | changes)


COST = {"means": "buy", "year": "2026", "total_yuan": "600000", "city_yuan": "600000"}


def test_new_then_the_gap_is_the_area_offered(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    client = browse(district_officer)

    assert opened(client, new(plan))["area_m2"] == "726.1"
    answer = post(client, new(plan), **COST)

    stored = SpaceMeasure.objects.get()
    assert answer.headers["Location"] == f"/space/plans/{plan.pk}/"
    assert (stored.code, stored.area_m2, stored.city_yuan, stored.district_yuan) == (
        GUCHENG, Decimal("726.10"), Decimal(600000), Decimal(0),
    )  # fmt: skip
    plan.refresh_from_db()
    assert (plan.version, plan.makers) == (2, [district_officer.pk])


def test_new_when_the_parts_do_not_add_up_then_the_difference_is_said(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    answer = post(browse(district_officer), new(plan), **COST | {"city_yuan": "599999.99"})

    assert errors_of(answer) == [
        "各方承担相加599,999.99元，比费用合计600,000.00元少0.01元。改其中一个"
    ]
    assert 'value="599999.99"' in answer.content.decode()
    assert not SpaceMeasure.objects.exists()


def test_new_when_it_is_there_already_then_said(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    client = browse(district_officer)
    sent = opened(client, new(plan)) | COST
    assert client.post(new(plan), sent).status_code == 302
    # a double click leads on, another form is refused
    assert client.post(new(plan), sent).status_code == 302
    answer = post(client, new(plan), **COST)

    assert errors_of(answer) == ["计划里已经有这个社区这一年同样的补齐方式。打开已有的修改"]
    assert SpaceMeasure.objects.count() == 1


def test_new_with_a_mobile_telephone_then_refused(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    answer = post(browse(district_officer), new(plan), **COST, remarks="房东13800138000")

    assert errors_of(answer) == ["里面有手机号。删去，这里不登记个人电话"]


def test_new_of_another_district_then_not_offered(
    plan: SpacePlan, city_officer: User, browse: Browse
) -> None:
    other = make_community("371521001001")

    answer = post(browse(city_officer), new(plan), **COST, community=str(other.pk), area_m2="9")

    assert answer.status_code == 422
    assert not SpaceMeasure.objects.exists()


def test_estimate_then_filled_in_and_not_stored(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    adopt("city-opinions-2013", "371502")
    index("average_sale_price", "6000")

    page = post(browse(district_officer), new(plan), means="buy", year="2026", suggest="1")

    assert page.status_code == 200
    form = page.context["form"]
    assert (form["total_yuan"].value(), form["city_yuan"].value()) == ("4356600.00", "2178300.00")
    assert "估算费用4,356,600.00元" in page.content.decode()
    assert not SpaceMeasure.objects.exists()


def test_estimate_when_something_is_missing_then_named(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    client, path = browse(district_officer), f"/space/plans/{plan.pk}/measures/new/"

    page = post(client, path, suggest="1", year="2026").content.decode()

    assert "先填社区、补齐方式、新增面积（㎡），才能测算费用" in page


def test_edit_when_somebody_was_quicker_then_both_versions(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    measure = make_measure(plan, Community.objects.get(code=GUCHENG))
    client, path = browse(district_officer), f"/space/measures/{measure.pk}/edit/"
    sent = opened(client, path) | {"area_m2": "300"}
    SpaceMeasure.objects.update(area_m2=250, version=2)

    assert client.post(path, sent).status_code == 409
    assert SpaceMeasure.objects.get().area_m2 == 250


def test_delete_then_gone_from_the_draft(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    measure = make_measure(plan, Community.objects.get(code=GUCHENG))
    client = browse(district_officer)

    assert client.post(f"/space/measures/{measure.pk}/delete/", {"version": "1"}).status_code == 302
    assert not SpaceMeasure.objects.exists()


@pytest.fixture
def measure(plan: SpacePlan) -> SpaceMeasure:
    SpacePlan.objects.update(state="proposed")
    SpacePlan.objects.update(
        state="approved", decided_by=make_user("city_officer", "3715"), decided_at=AT
    )
    return make_measure(plan, Community.objects.get(code=GUCHENG))


def test_progress_by_the_street_then_done_with_day_area_and_premises(
    measure: SpaceMeasure, clerk: User, browse: Browse
) -> None:
    premises = make_premises(measure.community)
    make_room(premises, "hall", "198.50")
    make_premises(Community.objects.get(code=LIUYUAN), "别处")
    client, path = browse(clerk), f"/space/measures/{measure.pk}/progress/"
    page = client.get(path).content.decode()
    assert "别处" not in page
    assert "已取消" not in page

    answer = post(client, path, state="done")
    assert errors_of(answer) == ["已完成的填写完成日期", "已完成的填写实际新增面积"]
    done = {"state": "done", "done_on": "2026-11-20", "done_area_m2": "198.5"}
    assert post(client, path, **done, premises=str(premises.pk)).status_code == 302

    stored = SpaceMeasure.objects.get()
    assert (stored.state, stored.done_on, stored.done_area_m2, stored.premises) == (
        "done", date(2026, 11, 20), Decimal("198.50"), premises,
    )  # fmt: skip


def test_progress_when_not_done_then_nothing_typed_is_lost(
    measure: SpaceMeasure, clerk: User, browse: Browse
) -> None:
    answer = post(
        browse(clerk), f"/space/measures/{measure.pk}/progress/",
        state="under_way", done_area_m2="5",
    )  # fmt: skip

    assert errors_of(answer) == ["没有完成的不填实际新增面积，删去或把进度改为已完成"]


def test_edit_of_an_approved_plan_then_it_asks_why(
    measure: SpaceMeasure, district_officer: User, browse: Browse
) -> None:
    set_facts(GUCHENG, households=100)
    client, path = browse(district_officer), f"/space/measures/{measure.pk}/edit/"

    answer = post(client, path, area_m2="210")
    assert errors_of(answer) == ["填写调整理由"]
    assert post(client, path, area_m2="210", change_reason="实测").status_code == 302
    assert SpaceMeasure.objects.get().adjusted_at is not None
