"""达标计划: the plans that a person reads, one plan, its file, and its form."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.choices import AccessAct
from accounts.scope import DISTRICT, contains
from accounts.sessions import record_request
from communities.choices import DecisionState
from communities.selectors.places import division_names
from communities.views.editing import edit_page
from communities.views.responses import table_response
from facilities.forms.plans import LATE, MeasureFilter, PlanForm, StepForm
from facilities.models import SpacePlan
from facilities.selectors.measures import PAYER_LABELS
from facilities.selectors.plans import (
    EDITABLE,
    adjustments_of,
    find_plan,
    plans_for,
    steps_of,
    view_plan,
    with_sums,
)
from facilities.services.plans import LOCKED, save_plan
from facilities.tables import plans as tables

VIEW, EXPORT = "facilities.view_spaceplan", "facilities.export_premises"
PROPOSE, DECIDE = "facilities.propose_spaceplan", "facilities.decide_spaceplan"
REPORT = "facilities.change_premises"
PAGE_SIZE = 50
USUAL_YEARS = 3
TONES = {
    DecisionState.DRAFT: "plain",
    DecisionState.PROPOSED: "warn",
    DecisionState.RETURNED: "bad",
    DecisionState.APPROVED: "ok",
}
CHANGED = "你打开以后，有人改了内容。看过最新情况再办理"


def unknown(request):
    """The same answer for what does not exist and for what lies outside the scope."""
    return render(request, "404.html", status=404)


def tone_of(record):
    return TONES.get(DecisionState(record.state), "")


def trail_to(*steps):
    """The way to a page of plans: label and address of each step, the last one without."""
    found = [("达标计划", reverse("facilities:plans")), *steps]
    return [{"label": label, "url": url} for label, url in found]


def may_write(user, record):
    """Whether a plan or pool is of the person's office, and the right is there."""
    return contains(user.scope, record.code) and user.has_perm(PROPOSE)


def may_decide(user, record):
    """Who wrote a plan or pool does not decide on it."""
    wrote = user.pk == record.made_by_id or user.pk in record.makers
    return contains(user.scope, record.code) and user.has_perm(DECIDE) and not wrote


def step_context(user, record):
    """Which steps of a plan or pool a person may take, with their form."""
    state, decides = record.state, may_decide(user, record)
    writes = may_write(user, record)
    mine = record.made_by_id == user.pk
    return {
        "tone": tone_of(record),
        "may_edit": writes and state in EDITABLE,
        "may_send": writes and mine and state == DecisionState.DRAFT,
        "may_approve": decides and state == DecisionState.PROPOSED,
        "may_return": decides and state in (DecisionState.PROPOSED, DecisionState.APPROVED),
        "form": StepForm(version=record.version),
    }


@require_safe
@permission_required(VIEW, raise_exception=True)
def plans(request):
    user, on = request.user, timezone.localdate()
    found = Paginator(with_sums(plans_for(user)), PAGE_SIZE)
    listed: Any = found.get_page(request.GET.get("page"))
    names = division_names({one.code for one in listed.object_list}, on)
    return render(
        request,
        "facilities/plans/list.html",
        {
            "page": listed,
            "rows": [
                {"plan": one, "name": names.get(one.code, one.code), "tone": tone_of(one)}
                for one in listed.object_list
            ],
            "may_add": user.has_perm(PROPOSE) and len(user.scope) == DISTRICT,
            "demo": any(one.is_demo for one in listed.object_list),
        },
    )


@require_safe
@permission_required(VIEW, raise_exception=True)
def plan(request, pk):
    record = find_plan(request.user, pk)
    return unknown(request) if record is None else shown(request, record)


def shown(request, record, *, said="", status=200):
    """The page of a plan; `said` is why a step was not done."""
    user, on = request.user, timezone.localdate()
    view = view_plan(user, record, on)
    form = MeasureFilter(request.GET if request.method == "GET" else {})
    lines = [one for one in view.lines if _matches(one, form)]
    listed: Any = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    codes = {one.record.code[:9] for one in view.lines}
    codes |= {one.standing.code[:9] for one in view.outlooks}
    names = division_names({record.code, *codes}, on)
    approved = record.state == DecisionState.APPROVED
    writes = may_write(user, record)
    context = {
        **step_context(user, record),
        "said": said,
        "plan": record,
        "view": view,
        "division": names.get(record.code, record.code),
        "trail": trail_to((record.title, "")),
        "page": listed,
        "rows": [
            {"line": one, "street": names.get(one.record.code[:9], one.record.code[:9])}
            for one in listed.object_list
        ],
        "without": _named(view.without[:PAGE_SIZE], names),
        "left_short": _named(view.left_short, names),
        "payers": {name: PAYER_LABELS[name] for name, part in view.total.payers if part},
        "filtered": len(lines) != len(view.lines),
        "form_filter": form,
        "choices": _choices(record, form, {one: names.get(one, one) for one in codes}),
        "may_add": writes and (record.state in EDITABLE or _adjusts(user, record)),
        "may_report": approved and user.has_perm(REPORT),
        "may_export": user.has_perm(EXPORT),
        "may_rank": view.whole,
        "export_url": f"{reverse('facilities:plan_xlsx', args=[record.pk])}?{_query(form)}",
        "adjustments": adjustments_of(record, view.lines) if view.whole else [],
        "steps": steps_of(record) if view.whole else [],
        "approve_url": reverse("facilities:plan_approve", args=[record.pk]),
        "return_url": reverse("facilities:plan_return", args=[record.pk]),
        "what": "计划",
        "demo": record.is_demo or view.standings.assessment.register.is_demo,
    }
    return render(request, "facilities/plans/plan.html", context, status=status)


def _adjusts(user, record):
    return record.state == DecisionState.APPROVED and record.decided_by_id != user.pk


def _named(outlooks, names):
    return [
        {"outlook": one, "street": names.get(one.standing.code[:9], one.standing.code[:9])}
        for one in outlooks
    ]


def _matches(line, form):
    year, street, state = (form.chosen(name) for name in ("year", "street", "state"))
    if state == LATE:
        right_state = bool(line.late)
    else:
        right_state = state in ("", line.record.state)
    right_place = line.record.code.startswith(street)
    return right_state and right_place and year in ("", line.record.year)


def _query(form):
    chosen = {name: form.chosen(name) for name in ("year", "street", "state")}
    return urlencode({name: value for name, value in chosen.items() if value})


def _choices(record, form, streets):
    """The selects of the filter as choice.html takes them."""
    years = {str(one): f"{one}年" for one in range(record.first_year, record.last_year + 1)}
    states = {value: label for value, label in form.fields["state"].choices if value}
    offered = (
        ("year", "年度", years),
        ("street", "街道", dict(sorted(streets.items()))),
        ("state", "进度", states),
    )
    return [
        {
            "name": name,
            "label": label,
            "choices": [
                {"value": value, "label": shown, "selected": str(form.chosen(name)) == value}
                for value, shown in known.items()
            ],
        }
        for name, label, known in offered
        if len(known) > 1 or form.chosen(name)
    ]


@require_safe
@permission_required(EXPORT, raise_exception=True)
@permission_required(VIEW, raise_exception=True)
def plan_xlsx(request, pk):
    user, on = request.user, timezone.localdate()
    record = find_plan(user, pk)
    if record is None:
        return unknown(request)
    view = view_plan(user, record, on)
    form = MeasureFilter(request.GET)
    lines = [one for one in view.lines if _matches(one, form)]
    filtered = len(lines) != len(view.lines)
    name = f"{record.title}-{record.code}-{on}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    notes = [
        f"{record.first_year}至{record.last_year}年　　{record.get_state_display()}"
        f"{'　　' + record.doc_no if record.doc_no else ''}{'　　按条件筛选' if filtered else ''}",
        printed_line(user),
    ]
    rows = tables.lines_of(lines, [] if filtered else view.without)
    layout = tables.layout(lines, view)
    return table_response(name, "xlsx", tables.HEADINGS, rows, notes, layout)


def printed_line(user):
    """Who made a file, and when."""
    return (
        f"社区保障管理系统　　{user.office} {user.display_name}"
        f"　　{timezone.localtime():%Y-%m-%d %H:%M}导出"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PROPOSE, raise_exception=True)
def plan_new(request):
    user, on = request.user, timezone.localdate()
    if len(user.scope) != DISTRICT:
        return unknown(request)
    first = on.year + 1
    name = division_names({user.scope}, on).get(user.scope, "")
    last = first + USUAL_YEARS - 1
    title = f"{name}{first}—{last}年社区用房达标计划"
    record = SpacePlan(code=user.scope, title=title, first_year=first, last_year=last)
    return _edit(request, record, "拟订达标计划", reverse("facilities:plans"), trail_to())


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PROPOSE, raise_exception=True)
def plan_edit(request, pk):
    record = find_plan(request.user, pk)
    if record is None or not may_write(request.user, record):
        return unknown(request)
    url = reverse("facilities:plan", args=[pk])
    if record.state not in EDITABLE:
        messages.warning(request, LOCKED)
        return redirect(url)
    return _edit(request, record, "修改达标计划", url, trail_to((record.title, url)))


def _edit(request, record, title, back, trail):
    def save(form):
        stored = save_plan(
            plan=form.instance,
            fields=form.written,
            version=form.opened_version,
            reason=form.reason,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, f"已保存{stored.title}。加入项目以后送批")
        return reverse("facilities:plan", args=[stored.pk])

    return edit_page(
        request,
        PlanForm,
        record,
        save=save,
        context={
            "title": title,
            "submit": "保存计划",
            "trail": [*trail, {"label": title, "url": ""}],
            "cancel_url": back,
            "demo": record.is_demo,
        },
    )
