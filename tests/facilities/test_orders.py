"""整改通知: states in their order, maker and checker, the area that comes back, the letter."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction

from accounts.models import Message, User
from communities.services.editing import StaleError
from facilities.choices import ORDER_STEPS, OrderState
from facilities.models import CorrectionOrder, Inspection, Premises
from facilities.selectors.areas import areas_of
from facilities.selectors.orders import steps_of
from facilities.services.orders import (
    cancel_order,
    close_order,
    issue_order,
    report_order,
    return_order,
)
from tests.conftest import Browse
from tests.factories import make_community, make_user
from tests.posted import fields_of
from tests.space_factories import AT, make_inspection, make_order, make_premises, make_room

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ON = date(2026, 11, 22)
NOT_YET = "不晚于巡查日期2026-10-01，那天还没有恢复，核对日期"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def centre(db: None) -> Premises:
    made = make_premises(make_community())
    make_room(made)
    return made


@pytest.fixture
def order(centre: Premises, reviewer: User) -> CorrectionOrder:
    """An open order on a stop from 1 October; its deadline, 31 October, has passed."""
    return make_order(make_inspection(centre, "occupied"), made_by=reviewer)


def done(order: CorrectionOrder, by: User, **more: Any) -> CorrectionOrder:
    values: dict[str, Any] = {
        "put_right_on": date(2026, 11, 10),
        "report": "已腾出",
        "version": order.version,
    }
    return report_order(order=order, by=by, on=ON, at=AT, url="/", **(values | more))


def closed(order: CorrectionOrder, by: User, **more: Any) -> CorrectionOrder:
    values: dict[str, Any] = {"outcome": "到现场看过", "version": order.version}
    return close_order(order=order, by=by, at=AT, url="/", **(values | more))


def area(premises: Premises, on: date) -> int:
    return areas_of([premises.community_id], on)[premises.community_id].work


def test_closed_by_another_then_the_area_counts_again_from_the_reported_day(
    centre: Premises, order: CorrectionOrder, clerk: User, reviewer: User
) -> None:
    closed(done(order, clerk), reviewer)

    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 9), date(2026, 11, 10)]
    assert [area(centre, day) for day in days] == [30000, 0, 0, 30000]
    assert Inspection.objects.get().resumes_on == date(2026, 11, 10)
    assert [one.text for one in Message.objects.order_by("pk")] == [
        "古城社区“党群服务中心”全部房间已报告整改，待复查",
        "古城社区“党群服务中心”全部房间复查合格，自2026-11-10起恢复计入面积",
    ]


def test_reporter_closes_or_returns_then_refused(order: CorrectionOrder, reviewer: User) -> None:
    held = done(order, reviewer)

    with pytest.raises(ValidationError, match="报告整改的人不能自己复查"):
        closed(held, reviewer)
    with pytest.raises(ValidationError, match="报告整改的人不能自己复查"):
        return_order(
            order=held, version=held.version, outcome="没搬走", by=reviewer, at=AT, url="/"
        )
    with pytest.raises(Error, match="correctionorder_reporter_not_closer"), transaction.atomic():
        CorrectionOrder.objects.update(state="closed", closed_by=reviewer, closed_at=AT)


def test_returned_then_reported_and_closed_by_the_one_who_returned_it(
    order: CorrectionOrder, clerk: User, reviewer: User
) -> None:
    held = done(order, clerk)
    back = return_order(
        order=held, version=held.version, outcome="没搬走", by=reviewer, at=AT, url="/"
    )
    assert (back.state, back.put_right_on, back.reported_by_id) == ("open", None, None)

    closed(done(back, clerk, report="搬走了"), reviewer)

    assert [(one.words, one.said) for one in steps_of(order)] == [
        ("下达整改通知，期限2026-10-31", "腾出占用的房间"),
        ("报告整改，自2026-11-10起恢复使用", "已腾出"),
        ("退回，继续整改", "没搬走"),
        ("报告整改，自2026-11-10起恢复使用", "搬走了"),
        ("复查合格", "到现场看过"),
    ]
    assert [one.by for one in steps_of(order)][1:3] == ["李敏", "测试用户"]


def test_cancelled_then_another_order_may_follow_and_the_stop_goes_on(
    centre: Premises, order: CorrectionOrder, reviewer: User
) -> None:
    with pytest.raises(ValidationError, match="写明撤销原因"):
        cancel_order(order=order, version=1, outcome="", by=reviewer, at=AT, url="/")
    cancel_order(order=order, version=1, outcome="责任单位写错", by=reviewer, at=AT, url="/")

    record = CorrectionOrder(
        inspection=order.inspection,
        addressed_to="东昌仓储公司",
        demand="腾出",
        issued_on=date(2026, 11, 22),
        deadline=date(2026, 12, 1),
    )
    issue_order(record=record, by=reviewer, on=ON, at=AT)

    assert area(centre, ON) == 0
    states = CorrectionOrder.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["cancelled", "open"]


def test_second_order_on_an_inspection_then_refused(order: CorrectionOrder, reviewer: User) -> None:
    again = CorrectionOrder(inspection=order.inspection, issued_on=ON, deadline=ON)

    with pytest.raises(ValidationError, match="这次巡查已经下达整改通知"):
        issue_order(record=again, by=reviewer, on=ON, at=AT)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        # on that day it was seen occupied, though it stopped a month before
        (date(2026, 10, 1), f"恢复日期2026-10-01{NOT_YET}"),
        (date(2026, 9, 2), f"恢复日期2026-09-02{NOT_YET}"),
        (date(2026, 11, 23), "2026-11-23还没有到，核对日期"),
    ],
)
def test_reported_for_a_day_that_does_not_fit_then_refused(
    order: CorrectionOrder, clerk: User, day: date, said: str
) -> None:
    Inspection.objects.update(stops_from=date(2026, 9, 1))

    with pytest.raises(ValidationError) as wrong:
        done(order, clerk, put_right_on=day)

    assert wrong.value.message_dict == {"put_right_on": [said]}


def test_a_step_on_an_older_version_then_stale(order: CorrectionOrder, clerk: User) -> None:
    with pytest.raises(StaleError):
        done(order, clerk, version=0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (old, new)
        for old in OrderState.values
        for new in OrderState.values
        if old != new and (old, new) not in {(a.value, b.value) for a, b in ORDER_STEPS}
    ],
)
def test_state_by_no_step_then_the_database_refuses(
    order: CorrectionOrder, clerk: User, reviewer: User, old: str, new: str
) -> None:
    columns = {"reported_by": clerk, "put_right_on": ON, "closed_by": reviewer, "closed_at": AT}
    rows = CorrectionOrder.objects.filter(pk=order.pk)
    rows.update(**columns)
    way = {"closed": ["reported", "closed"]}
    for state in way.get(old, [old] if old != "open" else []):
        rows.update(state=state)

    with pytest.raises(Error, match="Invalid transition"), transaction.atomic():
        rows.update(state=new)


def test_born_otherwise_than_open_then_the_database_refuses(centre: Premises) -> None:
    seen = make_inspection(centre, "occupied")

    with pytest.raises(Error, match="Cannot insert"), transaction.atomic():
        make_order(seen, state="reported", put_right_on=ON, reported_by=User.objects.first())


def test_closing_by_the_page_twice_then_done_once_and_the_letter_names_the_day(
    centre: Premises, order: CorrectionOrder, clerk: User, reviewer: User, browse: Browse
) -> None:
    done(order, clerk)
    client, url = browse(reviewer), f"/premises/orders/{order.pk}/"
    sent = fields_of(client.get(url).content.decode()) | {"outcome": "看过"}

    first, second = (client.post(f"{url}close/", sent) for _ in range(2))

    assert (first["Location"], second["Location"]) == (url, url)
    page = client.get(url).content.decode()
    assert "复查合格，自2026-11-10起恢复计入面积" in page
    assert "这一步先前办过，没有再办" in page
    held = CorrectionOrder.objects.get()
    assert (held.state, held.version, held.closed_by) == ("closed", 3, reviewer)
    letter = client.get(f"{url}print/").content.decode()
    assert "现通知你单位于2026年10月31日前完成整改：腾出占用的房间" in letter
    assert "涉及建筑面积300.00㎡" in letter


def test_own_report_then_no_button_to_close_it(
    order: CorrectionOrder, reviewer: User, browse: Browse
) -> None:
    done(order, reviewer)

    page = browse(reviewer).get(f"/premises/orders/{order.pk}/").content.decode()

    assert "你报告的整改由同事或上级复查" in page
    assert "复查合格</button>" not in page


def test_report_with_a_mistake_then_422_with_what_was_typed(
    order: CorrectionOrder, clerk: User, browse: Browse
) -> None:
    url = f"/premises/orders/{order.pk}/"
    sent = {"version": "1", "put_right_on": "2026-10-01", "report": "已经腾出来了"}

    answer = browse(clerk).post(f"{url}report/", sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"恢复日期2026-10-01{NOT_YET}" in page
    assert "已经腾出来了" in page
    assert CorrectionOrder.objects.get().state == "open"


def test_a_stale_step_then_409_and_what_was_typed_may_be_sent_again(
    order: CorrectionOrder, clerk: User, browse: Browse
) -> None:
    CorrectionOrder.objects.update(version=5)
    client, url = browse(clerk), f"/premises/orders/{order.pk}/"
    sent = {"version": "1", "put_right_on": "2026-11-10", "report": "已经腾出来了"}

    answer = client.post(f"{url}report/", sent)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "你打开以后，这件有了新的办理" in page
    again = client.post(f"{url}report/", fields_of(page))
    assert again["Location"] == url
    assert CorrectionOrder.objects.get().report == "已经腾出来了"


def test_steps_of_another_street_then_404(
    order: CorrectionOrder, clerk_elsewhere: User, browse: Browse
) -> None:
    other = browse(make_user("street_reviewer", "371502002", username="reviewer-elsewhere"))
    client = browse(clerk_elsewhere)

    assert client.post(f"/premises/orders/{order.pk}/report/").status_code == 404
    for step in ("close", "return", "cancel"):
        assert client.post(f"/premises/orders/{order.pk}/{step}/").status_code == 403
        assert other.post(f"/premises/orders/{order.pk}/{step}/").status_code == 404


def test_list_of_late_orders_then_the_days_in_red(
    order: CorrectionOrder, clerk: User, browse: Browse
) -> None:
    page = browse(clerk).get("/premises/orders/?state=late").content.decode()

    assert '<span class="tag bad">逾期22天</span>' in page


def test_update_of_a_code_then_no_step_is_needed(order: CorrectionOrder) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE facilities_correctionorder SET code = '371502001009'")

    assert CorrectionOrder.objects.get().code == "371502001009"


def test_counting_again_on_the_day_it_was_seen_then_the_database_refuses(centre: Premises) -> None:
    make_inspection(centre, "occupied", stops_from=date(2026, 9, 1))

    with pytest.raises(Error, match="inspection_resumes_after_it_was_seen"), transaction.atomic():
        Inspection.objects.update(resumes_on=date(2026, 10, 1))


def test_deadline_before_the_order_then_both_days_are_said(
    centre: Premises, reviewer: User, browse: Browse
) -> None:
    seen = make_inspection(centre, "occupied")
    url = f"/premises/inspections/{seen.pk}/order/new/"
    sent = {"addressed_to": "某公司", "demand": "腾出", "issued_on": "2026-11-20"}

    answer = browse(reviewer).post(url, sent | {"deadline": "2026-11-19"})

    assert answer.status_code == 422
    assert "整改期限2026-11-19早于下达日期2026-11-20。改其中一个" in answer.content.decode()


def test_what_a_clerk_may_not_do_then_the_page_says_who_does(
    centre: Premises, order: CorrectionOrder, clerk: User, browse: Browse
) -> None:
    other = make_inspection(make_premises(centre.community, "活动室"), "occupied")
    done(order, clerk)
    client = browse(clerk)

    unordered = client.get(f"/premises/inspections/{other.pk}/").content.decode()
    waiting = client.get(f"/premises/orders/{order.pk}/").content.decode()

    assert "由街道审核人或民政局下达" in unordered
    assert "由街道审核人或民政局复查" in waiting
