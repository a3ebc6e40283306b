"""服务大厅: the halls of a division with their last checks, a new check, one check."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.scope import CITY, STREET
from communities.views.editing import edit_page
from facilities.forms.halls import HallCheckForm
from facilities.forms.inspections import WithdrawStepForm
from facilities.models import HallCheck
from facilities.selectors import halls as selectors
from facilities.selectors.inspections import find_premises
from facilities.selectors.papers import papers_of
from facilities.services.halls import record_check, withdraw_check
from facilities.services.withdrawn import may_take_back
from facilities.tables.halls import HEADINGS, LAYOUT, rows_of
from facilities.views.inspections import EXPORT, INSPECT, ORDER, VIEW, closed_words
from facilities.views.inspections_lists import PAGE_SIZE, ListPage
from facilities.views.inspections_steps import take_step
from facilities.views.papers import unknown

TITLE = "服务大厅"
CHOICES = {"state": ("检查", selectors.STATES)}
MOST_WITHOUT = 50


def trail(*steps):
    way = [(TITLE, reverse("facilities:halls")), *steps]
    return [
        {"label": label, "url": "" if number == len(way) - 1 else url}
        for number, (label, url) in enumerate(way)
    ]


@require_safe
@permission_required(VIEW, raise_exception=True)
def halls(request):
    page = ListPage(request, TITLE, CHOICES)
    found = selectors.halls_of(page.user, division=page.division, on=page.on)
    rows = selectors.narrowed(found, page.chosen["state"], page.on).select_related("community")
    pager = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = selectors.hall_lines(list(pager.object_list), page.on)
    context = {
        **page.context(EXPORT),
        "page": pager,
        "lines": lines,
        "items": [one.label for one in selectors.ITEMS],
        "demo": any(one.premises.is_demo for one in lines),
        "wide": len(page.division) < STREET,
        "may_check": request.user.has_perm(INSPECT),
        "parts": selectors.hall_parts(found, page.division, page.on),
        **lacking(page),
    }
    return render(request, "facilities/halls/list.html", context)


def lacking(page):
    """The communities without a hall, with the clause that asks for one; of a city at most."""
    if len(page.division) < CITY:
        return {"without": [], "clauses": [], "more_without": 0}
    without = selectors.without_hall(page.user, page.division, page.on)
    return {
        "without": without[:MOST_WITHOUT],
        "more_without": max(len(without) - MOST_WITHOUT, 0),
        "clauses": selectors.hall_clauses(page.user, page.division, page.on),
    }


@require_safe
@permission_required([VIEW, EXPORT], raise_exception=True)
def halls_xlsx(request):
    page = ListPage(request, TITLE, CHOICES)
    found = selectors.halls_of(page.user, division=page.division, on=page.on)
    rows = selectors.narrowed(found, page.chosen["state"], page.on).select_related("community")
    return page.file(HEADINGS, rows_of(selectors.hall_lines(list(rows), page.on)), LAYOUT)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required([VIEW, INSPECT], raise_exception=True)
def hall_check_new(request, pk):
    user, on = request.user, timezone.localdate()
    premises = find_premises(user, pk)
    if premises is None:
        return unknown(request)
    back = reverse("facilities:premises", args=[pk])
    if said := closed_words(premises, on):
        messages.warning(request, f"{said}，不再登记检查")
        return redirect(back)

    def save(form):
        made = record_check(
            record=form.instance, photos=form.photos, by=user, on=on, at=timezone.now()
        )
        wrong = [label for label, unified in selectors.marks_of(made) if not unified]
        result = f"{'、'.join(wrong)}未统一" if wrong else "五项都统一"
        messages.success(request, f"已登记{made.checked_on}大厅检查，{result}")
        return reverse("facilities:hall_check", args=[made.pk])

    more = {"files": request.FILES} if request.method == "POST" else {}
    return edit_page(
        request,
        HallCheckForm,
        HallCheck(premises=premises, community=premises.community, code=premises.code),
        save=save,
        context={
            "title": "登记大厅检查",
            "subtitle": f"{premises.community.short_name} · {premises.name}",
            "submit": "登记大厅检查",
            "multipart": True,
            "trail": trail((premises.name, back), ("登记大厅检查", "")),
            "cancel_url": back,
            "demo": premises.is_demo,
        },
        **more,
    )


@require_safe
@permission_required(VIEW, raise_exception=True)
def hall_check(request, pk):
    record = selectors.find_check(request.user, pk)
    return unknown(request) if record is None else shown(request, record)


def shown(request, record, form=None, said="", status=200):
    """The page of a check; `said` is why a step was not done."""
    user, on = request.user, timezone.localdate()
    inspects = record.withdrawn_at is None and user.has_perm(INSPECT)
    closed = closed_words(record.premises, on)
    premises_url = reverse("facilities:premises", args=[record.premises_id])
    context = {
        "record": record,
        "marks": selectors.marks_of(record),
        "said": said,
        "others": selectors.checks_of(user, record.premises).exclude(pk=record.pk)[:PAGE_SIZE],
        "papers": papers_of(user, "hall_check", record),
        "may_add": inspects and not closed,
        "may_check": user.has_perm(INSPECT) and not closed,
        "may_withdraw": inspects and may_take_back(record, user, ORDER),
        "form": form or WithdrawStepForm(record=record),
        "trail": trail((record.premises.name, premises_url), (f"{record.checked_on}大厅检查", "")),
        "demo": record.is_demo,
    }
    return render(request, "facilities/halls/check.html", context, status=status)


@require_POST
@permission_required([VIEW, INSPECT], raise_exception=True)
def hall_check_withdraw(request, pk):
    record = selectors.find_check(request.user, pk)
    if record is None:
        return unknown(request)
    form = WithdrawStepForm(request.POST, record=record)

    def act():
        withdraw_check(
            record=record,
            version=form.opened_version,
            reason=form.cleaned_data["outcome"],
            by=request.user,
            at=timezone.now(),
        )
        return "已撤回大厅检查"

    def again(form, said, status):
        return shown(request, selectors.find_check(request.user, pk), form, said, status)

    url = reverse("facilities:hall_check", args=[pk])
    return take_step(request, form, url=url, act=act, shown=again)
