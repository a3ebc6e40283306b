"""巡查: the list, a new one with photos, one with what it stops, and taking it back."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.scope import STREET
from communities.services.parts import ended_words
from communities.views.editing import edit_page
from facilities.choices import Finding
from facilities.forms.inspections import InspectionForm, WithdrawStepForm
from facilities.models import Inspection
from facilities.selectors.inspections import (
    NO_ORDER,
    STATES,
    WHOLE,
    find_inspection,
    find_premises,
    inspection_lines,
    inspections_of,
    live_order,
    state_of,
)
from facilities.selectors.inspections_areas import (
    countables,
    lost_portions,
    square_metres_of,
)
from facilities.selectors.papers import papers_of
from facilities.services.inspections import record_inspection, withdraw_inspection
from facilities.services.withdrawn import may_take_back
from facilities.tables.inspections import LAYOUT, headings, rows_of
from facilities.views.inspections_lists import PAGE_SIZE, ListPage
from facilities.views.inspections_steps import take_step
from facilities.views.papers import unknown

VIEW, EXPORT = "facilities.view_premises", "facilities.export_premises"
INSPECT, ORDER = "facilities.inspect_premises", "facilities.order_correction"
TITLE = "巡查"
ORDERED_BY = "由街道审核人或民政局下达"
CHOICES = {
    "state": ("整改", STATES),
    "finding": ("巡查结果", {one.value: str(one.label) for one in Finding}),
}


def trail(*steps):
    """The way here: the list, then (label, address); the last is this page."""
    way = [(TITLE, reverse("facilities:inspections")), *steps]
    return [
        {"label": label, "url": "" if number == len(way) - 1 else url}
        for number, (label, url) in enumerate(way)
    ]


def chosen(page):
    return inspections_of(
        page.user,
        division=page.division,
        state=page.chosen["state"],
        finding=page.chosen["finding"],
        text=page.text,
        on=page.on,
    )


@require_safe
@permission_required(VIEW, raise_exception=True)
def inspections(request):
    page = ListPage(request, TITLE, CHOICES)
    pager = Paginator(chosen(page), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = inspection_lines(list(pager.object_list), page.on)
    context = {
        **page.context(EXPORT),
        "page": pager,
        "lines": lines,
        "demo": any(one.record.is_demo for one in lines),
        "wide": len(page.division) < STREET,
    }
    return render(request, "facilities/inspections/list.html", context)


@require_safe
@permission_required([VIEW, EXPORT], raise_exception=True)
def inspections_xlsx(request):
    page = ListPage(request, TITLE, CHOICES)
    lines = inspection_lines(list(chosen(page)), page.on)
    return page.file(headings(), rows_of(lines), LAYOUT)


def closed_words(premises, on):
    """Why nothing more is recorded of premises; '' while they are there."""
    if said := ended_words(premises.community, premises.community.short_name, on):
        return said
    return ended_words(premises, f"“{premises.name}”", on)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required([VIEW, INSPECT], raise_exception=True)
def inspection_new(request, pk):
    user, on = request.user, timezone.localdate()
    premises = find_premises(user, pk)
    if premises is None:
        return unknown(request)
    back = reverse("facilities:premises", args=[pk])
    if said := closed_words(premises, on):
        messages.warning(request, f"{said}，不再登记巡查")
        return redirect(back)

    def save(form):
        made = record_inspection(
            record=form.instance,
            photos=form.cleaned_data["photos"],
            by=user,
            on=on,
            at=timezone.now(),
            url=f"{reverse('facilities:inspections')}?state={NO_ORDER}",
        )
        messages.success(request, told(made))
        return reverse("facilities:inspection", args=[made.pk])

    more = {"files": request.FILES} if request.method == "POST" else {}
    return edit_page(
        request,
        InspectionForm,
        Inspection(premises=premises, community=premises.community, code=premises.code),
        save=save,
        template="facilities/inspections/form.html",
        context={
            "title": "登记巡查",
            "subtitle": f"{premises.community.short_name} · {premises.name}",
            "submit": "登记巡查",
            "trail": trail((premises.name, back), ("登记巡查", "")),
            "cancel_url": back,
            "rooms": countables(premises, on),
            "on": on,
            "demo": premises.is_demo,
        },
        **more,
    )


def told(record):
    """What was recorded, with the area that stops counting."""
    said = f"已登记{record.inspected_on}巡查"
    if record.stops_from is None:
        return said
    area = sum(one.area for one in lost_portions(record))
    return f"{said}，自{record.stops_from}起{square_metres_of(area)}不计入面积"


@require_safe
@permission_required(VIEW, raise_exception=True)
def inspection(request, pk):
    record = find_inspection(request.user, pk)
    return unknown(request) if record is None else shown(request, record)


def shown(request, record, form=None, said="", status=200):
    """The page of an inspection; `said` is why a step was not done."""
    user, on = request.user, timezone.localdate()
    order = live_order(record)
    state, tone, _ = state_of(record, order, on)
    going_on = record.withdrawn_at is None
    closed = closed_words(record.premises, on)
    may_inspect = going_on and not closed and user.has_perm(INSPECT)
    orderable = going_on and order is None and record.finding != Finding.IN_ORDER
    portions = lost_portions(record)
    context = {
        "record": record,
        "room": record.room.name if record.room else WHOLE,
        "order": order,
        "cancelled": record.orders.exclude(pk=order.pk if order else None).order_by("pk"),
        "state": state,
        "tone": tone,
        "said": said,
        "portions": portions,
        "stopped": square_metres_of(sum(one.area for one in portions)),
        "papers": papers_of(user, "inspection", record),
        "may_add": may_inspect,
        "may_order": orderable and not closed and user.has_perm(ORDER),
        "turn": "" if not orderable or closed or user.has_perm(ORDER) else ORDERED_BY,
        "may_withdraw": going_on
        and order is None
        and user.has_perm(INSPECT)
        and may_take_back(record, user, ORDER),
        "form": form or WithdrawStepForm(record=record),
        "trail": trail(
            (record.premises.name, reverse("facilities:premises", args=[record.premises_id])),
            (f"{record.inspected_on}巡查", ""),
        ),
        "demo": record.is_demo,
    }
    return render(request, "facilities/inspections/inspection.html", context, status=status)


@require_POST
@permission_required([VIEW, INSPECT], raise_exception=True)
def inspection_withdraw(request, pk):
    record = find_inspection(request.user, pk)
    if record is None:
        return unknown(request)
    form = WithdrawStepForm(request.POST, record=record)

    def act():
        withdraw_inspection(
            record=record,
            version=form.opened_version,
            reason=form.cleaned_data["outcome"],
            by=request.user,
            at=timezone.now(),
        )
        return "已撤回巡查，停计的面积恢复计入" if record.stops_from else "已撤回巡查"

    def again(form, said, status):
        return shown(request, find_inspection(request.user, pk), form, said, status)

    url = reverse("facilities:inspection", args=[pk])
    return take_step(request, form, url=url, act=act, shown=again)
