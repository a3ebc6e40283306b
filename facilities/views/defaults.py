"""违约: the list, a new one, one with its notices, and how it was put right."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.scope import STREET
from communities.views.editing import edit_page
from facilities.choices import DefaultKind, DefaultState, ProjectState
from facilities.forms.defaults import DefaultForm, RemedyForm
from facilities.models import BuilderDefault
from facilities.selectors.defaults import (
    days_open,
    default_lines,
    defaults_of,
    find_default,
    find_project,
    known_of,
    notices_of,
)
from facilities.selectors.papers import papers_of
from facilities.services.defaults import record_default, remedy_default
from facilities.tables.defaults import HEADINGS, LAYOUT, rows_of
from facilities.views.inspections_lists import PAGE_SIZE, ListPage
from facilities.views.inspections_steps import take_step
from facilities.views.papers import unknown

VIEW, ISSUE = "facilities.view_project", "facilities.issue_notice"
EXPORT = "facilities.export_premises"
TITLE = "违约"
UNANSWERED = "unanswered"
STATES = {**{one.value: str(one.label) for one in DefaultState}, UNANSWERED: "告知函没有回复"}
CHOICES = {
    "state": ("状态", STATES),
    "kind": ("违约情形", {one.value: str(one.label) for one in DefaultKind}),
}


def trail(*steps):
    way = [(TITLE, reverse("facilities:defaults")), *steps]
    return [
        {"label": label, "url": "" if number == len(way) - 1 else url}
        for number, (label, url) in enumerate(way)
    ]


def chosen(page):
    state, kind = page.chosen["state"], page.chosen["kind"]
    return defaults_of(page.user, division=page.division, state=state, kind=kind)


@require_safe
@permission_required(VIEW, raise_exception=True)
def defaults(request):
    page = ListPage(request, TITLE, CHOICES)
    pager = Paginator(chosen(page), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = default_lines(list(pager.object_list), page.on)
    context = {
        **page.context(EXPORT),
        "page": pager,
        "lines": lines,
        "demo": any(one.record.is_demo for one in lines),
        "wide": len(page.division) < STREET,
        "may_issue": request.user.has_perm(ISSUE),
    }
    return render(request, "facilities/defaults/list.html", context)


@require_safe
@permission_required([VIEW, EXPORT], raise_exception=True)
def defaults_xlsx(request):
    page = ListPage(request, TITLE, CHOICES)
    lines = default_lines(list(chosen(page)), page.on)
    return page.file(HEADINGS, rows_of(lines), LAYOUT)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required([VIEW, ISSUE], raise_exception=True)
def default_new(request, pk):
    user, on = request.user, timezone.localdate()
    project = find_project(user, pk)
    if project is None:
        return unknown(request)
    back = reverse("facilities:project", args=[pk])
    if project.state == ProjectState.CANCELLED:
        messages.warning(request, f"“{project.name}”已取消，不再认定违约")
        return redirect(back)
    known = known_of(project, on)

    def save(form):
        url = reverse("facilities:defaults")
        made = record_default(record=form.instance, by=user, on=on, at=timezone.now(), url=url)
        messages.success(request, f"已认定{made.get_kind_display()}，街道已收到消息")
        return reverse("facilities:builder_default", args=[made.pk])

    return edit_page(
        request,
        DefaultForm,
        BuilderDefault(project=project, code=project.code),
        save=save,
        template="facilities/defaults/form.html",
        context={
            "title": "认定违约",
            "subtitle": f"{project.name} · {project.developer}",
            "submit": "认定违约",
            "trail": trail((project.name, back), ("认定违约", "")),
            "cancel_url": back,
            "kinds": [
                {"label": one.label, "facts": known.facts(one.value), "value": one.value}
                for one in DefaultKind
            ],
            "known": known,
            "demo": project.is_demo,
        },
        known=known,
        kind=request.GET.get("kind", ""),
    )


@require_safe
@permission_required(VIEW, raise_exception=True)
def builder_default(request, pk):
    record = find_default(request.user, pk)
    return unknown(request) if record is None else shown(request, record)


def shown(request, record, form=None, said="", status=200):
    """The page of a default; `said` is why a step was not done."""
    user, on = request.user, timezone.localdate()
    is_open, mine = record.state == DefaultState.OPEN, record.made_by_id == user.pk
    issues = is_open and user.has_perm(ISSUE)
    project_url = reverse("facilities:project", args=[record.project_id])
    context = {
        "record": record,
        "days": days_open(record, on),
        "said": said,
        "notices": notices_of(user, record),
        "clauses": known_of(record.project, record.found_on).clauses(record.kind),
        "papers": papers_of(user, "default", record),
        "may_add": issues,
        "may_issue": issues,
        "may_remedy": issues and not mine,
        "own": issues and mine,
        "form": form or RemedyForm(record=record),
        "trail": trail((record.project.name, project_url), (record.get_kind_display(), "")),
        "demo": record.is_demo,
    }
    return render(request, "facilities/defaults/default.html", context, status=status)


@require_POST
@permission_required([VIEW, ISSUE], raise_exception=True)
def default_remedy(request, pk):
    record = find_default(request.user, pk)
    if record is None:
        return unknown(request)
    form = RemedyForm(request.POST, record=record)
    url = reverse("facilities:builder_default", args=[pk])

    def act():
        remedy_default(
            record=record,
            version=form.opened_version,
            remedied_on=form.cleaned_data["remedied_on"],
            remedy=form.cleaned_data["remedy"],
            by=request.user,
            on=timezone.localdate(),
            at=timezone.now(),
            url=url,
        )
        return "已核销违约，认定人已收到消息"

    def again(form, said, status):
        return shown(request, find_default(request.user, pk), form, said, status)

    return take_step(request, form, url=url, act=act, shown=again)
