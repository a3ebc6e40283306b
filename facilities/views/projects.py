"""开发项目: the board, one project, its record, the first move-in, cancelling."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import AccessAct
from accounts.scope import STREET, contains
from accounts.sessions import record_request
from collection.views.acting import act_once
from communities.selectors.places import Place, division_names, streets_under
from communities.services.editing import StaleError
from communities.views.editing import edit_page
from communities.views.responses import table_response
from facilities.choices import DefaultKind, DefaultState, ProjectState
from facilities.forms.projects import BoardFilter, CancelForm, MoveInForm, ProjectForm
from facilities.models import Project
from facilities.rules.clock import Clock
from facilities.rules.gates import barred_by
from facilities.selectors.papers import papers_of
from facilities.selectors.project_clock import clocks_of
from facilities.selectors.project_gates import UNDER_WAY, gates_of, late_days, trail_of
from facilities.selectors.project_history import history_of
from facilities.selectors.project_needs import needs_of
from facilities.selectors.projects import (
    board,
    communities_for,
    compared,
    defaults_of,
    estates_for,
    find_project,
    premises_of,
    totals_of,
)
from facilities.services.projects import add_project, cancel_project, change_project
from facilities.services.projects import move_in as store_move_in
from facilities.tables.projects import HEADINGS, layout, lines
from facilities.views.inspections_lists import AREA_LABELS, parts_of

VIEW, CHANGE = "facilities.view_project", "facilities.change_project"
EXPORT = "facilities.export_premises"
PAGE_SIZE, HISTORY_SIZE = 50, 20
NAME = "开发项目"
TRAIL = {"label": NAME, "url": "/projects/"}
CHANGED = "你打开以后，这个项目有了新的登记。看过最新情况再办理"


def unknown(request):
    """The same answer for a key that does not exist and for one outside the user's scope."""
    return render(request, "404.html", status=404)


def trail_to(project, here=""):
    """The way to a project, or to a page of it."""
    if not here:
        return [TRAIL, {"label": project.name, "url": ""}]
    url = reverse("facilities:project", args=[project.pk])
    return [TRAIL, {"label": project.name, "url": url}, {"label": here, "url": ""}]


def filter_of(request, on):
    """The board's filter, with the divisions that the scope may be narrowed to."""
    scope, asked = request.user.scope, request.GET.get("division", "")
    divisions = parts_of(scope, on)
    if asked.isdecimal() and contains(scope, asked) and asked not in (scope, *divisions):
        divisions |= division_names({asked}, on)
    return BoardFilter(request.GET, divisions=divisions)


@require_safe
@permission_required(VIEW, raise_exception=True)
def projects(request):
    on = timezone.localdate()
    form = filter_of(request, on)
    rows = board(request.user, form.wanted, on)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    asked = {name: value for name, value in request.GET.items() if value and name != "page"}
    return render(
        request,
        "facilities/projects/list.html",
        {
            "page": page,
            "rows": page.object_list,
            "totals": totals_of(rows),
            "form": form,
            "area_label": AREA_LABELS.get(len(request.user.scope), ""),
            "filtered": bool(asked),
            "by_street": len(request.user.scope) < STREET,
            "on": on,
            "overdue_url": f"?{urlencode({**asked, 'overdue': 1})}",
            "may_change": request.user.has_perm(CHANGE),
            "export_url": f"{reverse('facilities:projects_xlsx')}?{urlencode(asked)}"
            if request.user.has_perm(EXPORT)
            else "",
            "demo": any(one.project.is_demo for one in page.object_list),
        },
    )


@require_safe
@permission_required([VIEW, EXPORT], raise_exception=True)
def projects_xlsx(request):
    on = timezone.localdate()
    rows = board(request.user, filter_of(request, on).wanted, on)
    record_request(request, AccessAct.EXPORT, target=f"{NAME}.xlsx")
    notes = [f"填报单位：{request.user.office}　　统计到：{on}"]
    return table_response(NAME, "xlsx", HEADINGS, lines(rows), notes, layout(totals_of(rows)))


@require_safe
@permission_required(VIEW, raise_exception=True)
def project(request, pk):
    found = find_project(request.user, pk)
    return unknown(request) if found is None else shown(request, found)


def shown(request, found, *, said="", status=200):
    """The page of a project; `said` is why something was not done."""
    user, on = request.user, timezone.localdate()
    needs = needs_of([found], on)[0]
    tries = gates_of([found.pk]).get(found.pk, [])
    trail = trail_of(tries)
    present = trail.present
    running = found.state == ProjectState.RUNNING
    waits = present is not None and present.gate is not None and present.gate.state in UNDER_WAY
    may_change = running and user.has_perm(CHANGE)
    defaults = defaults_of(user, found)
    kinds = [one.kind for one in defaults if one.state == DefaultState.OPEN]
    changes = history_of(user, found)
    page = Paginator(changes, HISTORY_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "changes": page.object_list,
        "project": found,
        "street": division_names({found.code}, on).get(found.code, found.code),
        "said": said,
        "trail": trail_to(found),
        "gates": trail,
        "tries": [{"gate": one, "late": late_days(one)} for one in tries],
        "present": present,
        "waits": waits,
        "compared": compared(needs, trail.promised, trail.found),
        "clock": clocks_of([found], on, {found.pk: needs})[found.pk],
        "defaults": defaults,
        "barred": barred_by(present.stage, kinds) if present and running else [],
        "is_found_late": DefaultKind.NOT_HANDED_OVER in kinds,
        "premises": premises_of(user, found),
        "may_change": may_change,
        "may_default": user.has_perm("facilities.issue_notice"),
        "papers": papers_of(user, "project", found),
        "may_add": user.has_perm(CHANGE),
        "cancel_form": CancelForm(record=found) if may_change and not waits else None,
        "demo": found.is_demo,
    }
    return render(request, "facilities/projects/project.html", context, status=status)


def offered(user, street, on):
    """What the form of a project is offered: streets, communities and estates of the scope."""
    names = division_names({street}, on) if street else {}
    own = [Place(street, names.get(street, street))]
    streets = own if street else streets_under(user.scope, on)
    return {
        "streets": streets,
        "communities": communities_for(user, street, on),
        "estates": estates_for(user, street, on),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def project_new(request):
    user, on = request.user, timezone.localdate()
    offer = offered(user, user.scope if len(user.scope) == STREET else "", on)
    if not offer["streets"]:
        return unknown(request)

    def save(form):
        made = add_project(record=form.instance, by=user, at=timezone.now(), on=on)
        messages.success(request, f"已登记{made.name}。第一个关口以前看清应有面积")
        return reverse("facilities:project", args=[made.pk])

    return edit_page(
        request,
        ProjectForm,
        Project(),
        save=save,
        context={
            "title": "登记开发项目",
            "submit": "保存项目",
            "trail": [TRAIL, {"label": "登记开发项目", "url": ""}],
            "cancel_url": reverse("facilities:projects"),
        },
        **offer,
    )


def running_project(request, pk):
    """A running project inside the scope, or None."""
    found = find_project(request.user, pk)
    return found if found is not None and found.state == ProjectState.RUNNING else None


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def project_edit(request, pk):
    user, on = request.user, timezone.localdate()
    found = running_project(request, pk)
    if found is None:
        return unknown(request)
    back = reverse("facilities:project", args=[pk])

    def save(form):
        change_project(
            record=form.instance,
            fields=form.written,
            version=form.opened_version,
            on=on,
            reason=form.reason,
        )
        messages.success(request, f"已保存{form.instance.name}")
        return back

    return edit_page(
        request,
        ProjectForm,
        found,
        save=save,
        context={
            "title": "修改项目",
            "subtitle": found.name,
            "submit": "保存项目",
            "trail": trail_to(found, "修改项目"),
            "cancel_url": back,
            "demo": found.is_demo,
        },
        **offered(user, found.code, on),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def move_in(request, pk):
    found = running_project(request, pk)
    if found is None:
        return unknown(request)
    on, back = timezone.localdate(), reverse("facilities:project", args=[pk])

    def save(form):
        record = form.instance
        store_move_in(record=record, version=form.opened_version, reason=form.reason)
        messages.success(request, clock_words(clocks_of([record], on)[record.pk]))
        return back

    clock = clocks_of([found], on)[pk]
    return edit_page(
        request,
        MoveInForm,
        found,
        save=save,
        context={
            "title": "登记首批居民入住日",
            "subtitle": found.name,
            "submit": "保存入住日",
            "trail": trail_to(found, "登记首批居民入住日"),
            "cancel_url": back,
            "hints": [clock_words(clock)] if found.first_move_in_on else [],
            "demo": found.is_demo,
        },
    )


def clock_words(clock: Clock) -> str:
    """What a first move-in means for the handover, in words."""
    if clock.moved_in_on is None:
        return "已清空首批居民入住日"
    said = f"首批居民{clock.moved_in_on}入住"
    if clock.due is None:
        return f"{said}，{clock.unsaid}"
    late = f"，已逾期{clock.overdue_days}天" if clock.is_overdue else ""
    return f"{said}，应在{clock.due}以前移交{late}（{clock.clause}）"


@require_POST
@permission_required(CHANGE, raise_exception=True)
def project_cancel(request, pk):
    found = find_project(request.user, pk)
    if found is None:
        return unknown(request)
    form = CancelForm(request.POST, record=found)
    if not form.is_valid():
        said = "；".join(str(error) for errors in form.errors.values() for error in errors)
        return shown(request, found, said=said, status=422)

    def act():
        reason, version = form.cleaned_data["reason"], form.opened_version
        cancel_project(project=found, version=version, reason=reason)
        messages.success(request, f"已取消{found.name}，办理过的关口留存")
        return reverse("facilities:project", args=[pk])

    try:
        return redirect(act_once(request, form.submission_key, act))
    except StaleError:
        return shown(request, find_project(request.user, pk), said=CHANGED, status=409)
    except ValidationError as wrong:
        said = "；".join(wrong.messages)
        return shown(request, find_project(request.user, pk), said=said, status=409)
