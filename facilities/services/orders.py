"""Writes of correction orders: issued, reported, looked over by another, sent back, cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.messages import notify, notify_office
from accounts.models import User
from accounts.scope import STREET
from communities.services.editing import StaleError
from communities.services.paper_files import CheckedFile
from facilities.choices import Finding, OrderState, PaperKind
from facilities.models import CorrectionOrder, Inspection
from facilities.services.inspections import check_not_to_come, open_premises, place_of
from facilities.services.papers import add_paper

INSPECT, CHECK = "facilities.inspect_premises", "facilities.order_correction"


def title_of(order: CorrectionOrder) -> str:
    """What an order is called in messages: community, premises, room."""
    seen = order.inspection
    return f"{order.community.short_name}“{seen.premises.name}”{place_of(seen)}"


@transaction.atomic
def issue_order(
    *, record: CorrectionOrder, by: User, on: date, at: datetime, url: str = ""
) -> CorrectionOrder:
    """Store an order on its inspection and tell the street; return it.

    on: today. url: the page with the street's orders. Raises ValidationError where the inspection
    was taken back or found all in order, where an order goes on already, or for days that do not
    fit.
    """
    seen = Inspection.objects.select_for_update().get(pk=record.inspection_id)
    premises = open_premises(seen.premises_id, on)
    if seen.withdrawn_at is not None:
        raise ValidationError("这次巡查已经撤回，不再下达整改通知")
    if seen.finding == Finding.IN_ORDER:
        raise ValidationError("巡查结果是正常使用，不用整改")
    if seen.orders.exclude(state=OrderState.CANCELLED).exists():
        raise ValidationError("这次巡查已经下达整改通知。打开已有的办理")
    check_not_to_come("issued_on", record.issued_on, on)
    if record.issued_on < seen.inspected_on:
        said = f"下达日期{record.issued_on}早于巡查日期{seen.inspected_on}。改下达日期"
        raise ValidationError({"issued_on": said})
    record.inspection, record.community, record.code = seen, premises.community, premises.code
    record.state, record.made_by, record.made_at = OrderState.OPEN, by, at
    record.is_demo = premises.is_demo
    record.save(force_insert=True)
    notify_office(
        code=record.code[:STREET],
        permission=INSPECT,
        text=f"{title_of(record)}下达整改通知，{record.deadline}前整改",
        url=url,
        at=at,
        but=by,
    )
    return record


def _held(order: CorrectionOrder, version: int, state: OrderState) -> CorrectionOrder:
    """The order as it is now, locked; it must be in a state still, and as it was seen."""
    rows = CorrectionOrder.objects.select_for_update(of=("self",)).select_related(
        "community", "inspection__premises", "inspection__room"
    )
    held: CorrectionOrder = rows.get(pk=order.pk)
    if held.state != state:
        raise ValidationError(f"整改通知{held.get_state_display()}，这一步不再办理")
    if held.version != version:
        raise StaleError(held)
    return held


def _kept(held: CorrectionOrder) -> CorrectionOrder:
    held.version += 1
    held.save()
    return held


@transaction.atomic
def report_order(
    *,
    order: CorrectionOrder,
    version: int,
    put_right_on: date,
    report: str,
    photos: Iterable[CheckedFile] = (),
    by: User,
    on: date,
    at: datetime,
    url: str,
) -> CorrectionOrder:
    """Record what was done and from which day the rooms are used again; return the order.

    It waits then for another person; the office that issued it is told. on: today. Raises
    ValidationError for an order that is not open, and at put_right_on for a day that does not fit;
    StaleError when it was changed since `version`.
    """
    held = _held(order, version, OrderState.OPEN)
    check_not_to_come("put_right_on", put_right_on, on)
    seen = held.inspection
    if seen.stops_from is not None and put_right_on <= seen.inspected_on:
        said = f"恢复日期{put_right_on}不晚于巡查日期{seen.inspected_on}，那天还没有恢复，核对日期"
        raise ValidationError({"put_right_on": said})
    held.state = OrderState.REPORTED
    held.put_right_on, held.report = put_right_on, report
    held.reported_by, held.reported_at = by, at
    held.closed_by = held.closed_at = None
    _kept(held)
    for photo in photos:
        add_paper(
            owner="order", record=held, file=photo, kind=PaperKind.PHOTO, taken_on=None,
            by=by, at=at, on=on,
        )  # fmt: skip
    notify_office(
        code=held.made_by.scope,
        permission=CHECK,
        text=f"{title_of(held)}已报告整改，待复查",
        url=url,
        at=at,
        but=by,
    )
    return held


def _check_another(held: CorrectionOrder, by: User) -> None:
    if held.reported_by_id == by.pk:
        raise ValidationError("报告整改的人不能自己复查，由同事或上级复查")


@transaction.atomic
def close_order(
    *, order: CorrectionOrder, version: int, outcome: str, by: User, at: datetime, url: str
) -> CorrectionOrder:
    """Find that the rooms were put right: they count again from the reported day. Return the order.

    Raises ValidationError for whoever reported it and for an order that does not wait; StaleError.
    """
    held = _held(order, version, OrderState.REPORTED)
    _check_another(held, by)
    seen = Inspection.objects.select_for_update().get(pk=held.inspection_id)
    if seen.stops_from is not None:
        seen.resumes_on = held.put_right_on
        seen.version += 1
        seen.save(update_fields=["resumes_on", "version"])
    reporter = held.reported_by
    held.state, held.outcome = OrderState.CLOSED, outcome
    held.closed_by, held.closed_at = by, at
    _kept(held)
    text = f"{title_of(held)}复查合格，自{held.put_right_on}起恢复计入面积"
    if seen.stops_from is None:
        text = f"{title_of(held)}复查合格"
    if reporter is not None:
        notify(to=[reporter], text=text, url=url, at=at)
    return held


@transaction.atomic
def return_order(
    *, order: CorrectionOrder, version: int, outcome: str, by: User, at: datetime, url: str
) -> CorrectionOrder:
    """Send a reported order back with what is still wrong; return it, open again.

    What was reported stays in its history. Errors as for close_order, and without words.
    """
    held = _held(order, version, OrderState.REPORTED)
    _check_another(held, by)
    if not outcome:
        raise ValidationError("写明哪里没有整改到位")
    reporter = held.reported_by
    held.state, held.outcome = OrderState.OPEN, outcome
    held.put_right_on = held.reported_by = held.reported_at = None
    held.closed_by, held.closed_at = by, at
    _kept(held)
    if reporter is not None:
        text = f"{title_of(held)}复查不合格，继续整改：{outcome}"
        notify(to=[reporter], text=text, url=url, at=at)
    return held


@transaction.atomic
def cancel_order(
    *, order: CorrectionOrder, version: int, outcome: str, by: User, at: datetime, url: str
) -> CorrectionOrder:
    """Cancel an open order with a reason, and tell the street; return it. Another may follow.

    Raises ValidationError without a reason, and for one that is not open; StaleError.
    """
    held = _held(order, version, OrderState.OPEN)
    if not outcome:
        raise ValidationError("写明撤销原因")
    held.state, held.outcome = OrderState.CANCELLED, outcome
    held.closed_by, held.closed_at = by, at
    _kept(held)
    notify_office(
        code=held.code[:STREET],
        permission=INSPECT,
        text=f"{title_of(held)}的整改通知已撤销：{outcome}",
        url=url,
        at=at,
        but=by,
    )
    return held
