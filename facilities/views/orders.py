"""整改通知: the list, a new one, one with its steps, and its letter."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.scope import STREET
from communities.selectors.places import division_names
from communities.views.editing import edit_page
from facilities.choices import Finding, OrderState
from facilities.forms.inspections import OrderForm, ReportForm, StepForm
from facilities.models import CorrectionOrder
from facilities.selectors.inspections import (
    WHOLE,
    find_inspection,
    find_order,
    live_order,
    order_state,
    orders_of,
)
from facilities.selectors.inspections_areas import lost_portions, square_metres_of
from facilities.selectors.orders import steps_of
from facilities.selectors.papers import papers_of
from facilities.services import orders as services
from facilities.tables.inspections import ORDERS_LAYOUT, order_headings, order_rows
from facilities.views.inspections import EXPORT, INSPECT, ORDER, VIEW, closed_words, trail
from facilities.views.inspections_lists import PAGE_SIZE, ListPage
from facilities.views.inspections_steps import take_step
from facilities.views.papers import unknown

TITLE = "整改通知"
LATE = "late"
STATES = {LATE: "已逾期", **{one.value: str(one.label) for one in OrderState}}
CHOICES = {"state": ("状态", STATES)}


def lines_of(page, rows):
    """Orders with their street, room, state and days left."""
    rows = list(rows)
    streets = division_names({one.code[:STREET] for one in rows}, page.on)
    found = []
    for one in rows:
        state, tone, late = order_state(one, page.on)
        room = one.inspection.room
        left = (one.deadline - page.on).days if one.state == OrderState.OPEN else None
        found.append(
            {
                "record": one,
                "street": streets.get(one.code[:STREET], one.code[:STREET]),
                "room": room.name if room else WHOLE,
                "state": state,
                "tone": tone,
                "late": late,
                "left": left if left is None or left >= 0 else None,
            }
        )
    return found


@require_safe
@permission_required(VIEW, raise_exception=True)
def orders(request):
    page = ListPage(request, TITLE, CHOICES)
    rows = orders_of(page.user, division=page.division, state=page.chosen["state"], on=page.on)
    pager = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = lines_of(page, pager.object_list)
    context = {
        **page.context(EXPORT),
        "page": pager,
        "lines": lines,
        "demo": any(one["record"].is_demo for one in lines),
        "wide": len(page.division) < STREET,
    }
    return render(request, "facilities/orders/list.html", context)


@require_safe
@permission_required([VIEW, EXPORT], raise_exception=True)
def orders_xlsx(request):
    page = ListPage(request, TITLE, CHOICES)
    rows = orders_of(page.user, division=page.division, state=page.chosen["state"], on=page.on)
    return page.file(order_headings(), order_rows(lines_of(page, rows)), ORDERS_LAYOUT)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required([VIEW, ORDER], raise_exception=True)
def order_new(request, pk):
    user, on = request.user, timezone.localdate()
    seen = find_inspection(user, pk)
    if seen is None:
        return unknown(request)
    back = reverse("facilities:inspection", args=[pk])
    said = hindrance(seen, on)
    # whoever sends the form twice is led to what it made the first time
    if said and (request.method != "POST" or live_order(seen) is None):
        messages.warning(request, said)
        return redirect(back)

    def save(form):
        made = services.issue_order(
            record=form.instance,
            by=user,
            on=on,
            at=timezone.now(),
            url=f"{reverse('facilities:orders')}?state={OrderState.OPEN.value}",
        )
        messages.success(request, f"已下达整改通知，{made.deadline}前整改，街道已收到消息")
        return reverse("facilities:order", args=[made.pk])

    subtitle = f"{seen.community.short_name} · {seen.premises.name} · {room_of(seen)}"
    return edit_page(
        request,
        OrderForm,
        CorrectionOrder(inspection=seen, community=seen.community, code=seen.code),
        save=save,
        context={
            "title": "下达整改通知",
            "subtitle": subtitle,
            "submit": "下达整改通知",
            "trail": trail((f"{seen.inspected_on}巡查", back), ("下达整改通知", "")),
            "cancel_url": back,
            "hints": [found_words(seen)],
            "demo": seen.is_demo,
        },
    )


def room_of(seen):
    return seen.room.name if seen.room else WHOLE


def found_words(seen):
    """What an inspection found, in a sentence."""
    words = f"{seen.inspected_on}巡查：{room_of(seen)}{seen.get_finding_display()}"
    if seen.stops_from:
        words += f"，自{seen.stops_from}起不计入面积"
    return f"{words}。{seen.note}" if seen.note else words


def hindrance(seen, on):
    """Why there is no order to be issued on an inspection, '' where there is none."""
    if seen.withdrawn_at is not None:
        return "这次巡查已经撤回，不再下达整改通知"
    if seen.finding == Finding.IN_ORDER:
        return "巡查结果是正常使用，不用整改"
    if live_order(seen) is not None:
        return "这次巡查已经下达整改通知"
    said = closed_words(seen.premises, on)
    return f"{said}，不再下达整改通知" if said else ""


@require_safe
@permission_required(VIEW, raise_exception=True)
def order(request, pk):
    record = find_order(request.user, pk)
    return unknown(request) if record is None else shown(request, record)


def shown(request, record, *, report=None, form=None, said="", status=200):
    """The page of an order; `report` and `form` are forms with what was typed."""
    user, on = request.user, timezone.localdate()
    state, tone, late = order_state(record, on)
    going_on, waits = record.state == OrderState.OPEN, record.state == OrderState.REPORTED
    seen, checks = record.inspection, user.has_perm(ORDER)
    portions = lost_portions(seen)
    mine = record.reported_by_id == user.pk
    context = {
        "record": record,
        "seen": seen,
        "room": room_of(seen),
        "state": state,
        "tone": tone,
        "left": (record.deadline - on).days if going_on else None,
        "late": late,
        "said": said,
        "portions": portions,
        "stopped": square_metres_of(sum(one.area for one in portions)),
        "steps": steps_of(record),
        "papers": papers_of(user, "order", record),
        "may_add": (going_on or waits) and user.has_perm(INSPECT),
        "may_report": going_on and user.has_perm(INSPECT),
        "may_check": waits and checks and not mine,
        "own_report": waits and checks and mine,
        "others_check": waits and not checks,
        "may_cancel": going_on and checks,
        "report": report or ReportForm(record=record),
        "form": form or StepForm(record=record),
        "trail": [
            {"label": TITLE, "url": reverse("facilities:orders")},
            {"label": f"{record.community.short_name} {seen.premises.name}", "url": ""},
        ],
        "demo": record.is_demo,
    }
    return render(request, "facilities/orders/order.html", context, status=status)


@require_safe
@permission_required(VIEW, raise_exception=True)
def order_print(request, pk):
    record = find_order(request.user, pk)
    if record is None:
        return unknown(request)
    seen = record.inspection
    portions = lost_portions(seen)
    context = {
        "record": record,
        "seen": seen,
        "room": room_of(seen),
        "note": seen.note.rstrip("。"),
        "demand": record.demand.rstrip("。"),
        "stopped": square_metres_of(sum(one.area for one in portions)) if portions else "",
        "back": reverse("facilities:order", args=[pk]),
        "demo": record.is_demo,
    }
    return render(request, "facilities/orders/print.html", context)


def step(right, form_class):
    """A view of a step: the function gets (request, record, form, more) and says what was done."""

    def decorate(act):
        @wraps(act)
        @require_POST
        @permission_required([VIEW, right], raise_exception=True)
        def wrapped(request, pk):
            record = find_order(request.user, pk)
            if record is None:
                return unknown(request)
            url = reverse("facilities:order", args=[pk])
            files = {"files": request.FILES} if form_class is ReportForm else {}
            form = form_class(request.POST, record=record, **files)

            def again(form, said, status):
                name = "report" if form_class is ReportForm else "form"
                present = find_order(request.user, pk)
                return shown(request, present, **{name: form}, said=said, status=status)

            def done():
                more = {
                    "order": record,
                    "version": form.opened_version,
                    "by": request.user,
                    "at": timezone.now(),
                    "url": url,
                }
                return act(form.cleaned_data, more)

            return take_step(request, form, url=url, act=done, shown=again)

        return wrapped

    return decorate


@step(INSPECT, ReportForm)
def order_report(given, more):
    services.report_order(
        put_right_on=given["put_right_on"],
        report=given["report"],
        photos=given["photos"],
        on=timezone.localdate(),
        **more,
    )
    return "已报告整改，等待复查"


@step(ORDER, StepForm)
def order_close(given, more):
    held = services.close_order(outcome=given["outcome"], **more)
    if held.inspection.stops_from is None:
        return "复查合格，已整改"
    return f"复查合格，自{held.put_right_on}起恢复计入面积"


@step(ORDER, StepForm)
def order_return(given, more):
    services.return_order(outcome=given["outcome"], **more)
    return "已退回，报告人已收到消息"


@step(ORDER, StepForm)
def order_cancel(given, more):
    services.cancel_order(outcome=given["outcome"], **more)
    return "已撤销整改通知，街道已收到消息"
