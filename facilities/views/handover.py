"""移交清单: its lines, and the list with the deed on paper."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collection.views.acting import act_once
from communities.selectors.places import division_names
from communities.services.editing import StaleError
from communities.views.editing import edit_page
from facilities.choices import ProjectState
from facilities.forms.handover import HandoverItemForm, RemoveForm
from facilities.models import HandoverItem
from facilities.rules.gates import LABELS, PARTS
from facilities.selectors.project_clock import clocks_of
from facilities.selectors.project_gates import (
    find_item,
    gates_of,
    items_of,
    listed,
    trail_of,
)
from facilities.selectors.project_needs import needs_of
from facilities.selectors.projects import find_project
from facilities.services.handover import add_item, change_item, is_decided, remove_item
from facilities.views.projects import CHANGE, VIEW, trail_to, unknown

CHANGED = "你打开以后，这一项有了新的登记。看过最新情况再办理"
SHOWN = "移交清单"


def open_for(user, project):
    """Whether a person may change the list of a project now."""
    running = project.state == ProjectState.RUNNING
    return running and user.has_perm(CHANGE) and not is_decided(project)


@require_safe
@permission_required(VIEW, raise_exception=True)
def handover(request, pk):
    found = find_project(request.user, pk)
    return unknown(request) if found is None else shown(request, found)


def shown(request, project, *, said="", status=200):
    """The list of handover of a project; `said` is why something was not done."""
    items = items_of(request.user, project)
    trail = trail_of(gates_of([project.pk]).get(project.pk, []))
    may_change = open_for(request.user, project)
    sizes = listed(items)
    context = {
        "project": project,
        "said": said,
        "trail": trail_to(project, SHOWN),
        "rows": [
            {"item": one, "form": RemoveForm(record=one) if may_change else None} for one in items
        ],
        "sums": sums_of(items),
        "compared": [
            {
                "label": LABELS[part],
                "listed": sizes.of((part,)),
                "found": trail.found.of((part,)),
                "promised": trail.promised.of((part,)),
            }
            for part in PARTS
        ],
        "may_change": may_change,
        "demo": project.is_demo,
    }
    return render(request, "facilities/handover/list.html", context, status=status)


def sums_of(items):
    """The sums of a list: three areas and keys, None where no line has any."""
    sums = {}
    for name in ("building_m2", "usable_m2", "above_ground_m2", "keys"):
        stated = [value for one in items if (value := getattr(one, name)) is not None]
        sums[name] = sum(stated) if stated else None
    return sums


def page_of(request, record, project, *, title, store):
    """The form of a line of a list; store: keeps it and returns what to tell."""
    back = reverse("facilities:handover", args=[project.pk])

    def save(form):
        messages.success(request, store(form))
        return back

    return edit_page(
        request,
        HandoverItemForm,
        record,
        save=save,
        context={
            "title": title,
            "subtitle": project.name,
            "submit": "保存到清单",
            "trail": [
                *trail_to(project, SHOWN)[:-1],
                {"label": SHOWN, "url": back},
                {"label": title, "url": ""},
            ],
            "cancel_url": back,
            "demo": project.is_demo,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def handover_item_new(request, pk):
    project = find_project(request.user, pk)
    if project is None or (request.method != "POST" and not open_for(request.user, project)):
        return unknown(request)

    def store(form):
        return f"已列入{add_item(record=form.instance).name}"

    record = HandoverItem(project=project, code=project.code)
    return page_of(request, record, project, title="列入移交清单", store=store)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def handover_item_edit(request, pk):
    found = find_item(request.user, pk)
    if found is None or (request.method != "POST" and not open_for(request.user, found.project)):
        return unknown(request)

    def store(form):
        made = change_item(
            record=form.instance,
            fields=form.written,
            version=form.opened_version,
            reason=form.reason,
        )
        return f"已保存{made.name}"

    return page_of(request, found, found.project, title="修改清单", store=store)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def handover_item_delete(request, pk):
    found = find_item(request.user, pk)
    if found is None:
        return unknown(request)
    form = RemoveForm(request.POST, record=found)
    if not form.is_valid():
        return shown(request, found.project, said=CHANGED, status=422)

    def act():
        remove_item(record=found, version=form.opened_version)
        messages.success(request, f"已从清单删去{found.name}")
        return reverse("facilities:handover", args=[found.project_id])

    try:
        return redirect(act_once(request, form.submission_key, act))
    except StaleError:
        return shown(request, found.project, said=CHANGED, status=409)
    except ValidationError as wrong:
        return shown(request, found.project, said="；".join(wrong.messages), status=409)


@require_safe
@permission_required(VIEW, raise_exception=True)
def handover_print(request, pk):
    project, on = find_project(request.user, pk), timezone.localdate()
    if project is None:
        return unknown(request)
    items = items_of(request.user, project)
    sizes = listed(items)
    needs = needs_of([project], on)[0]
    street = division_names({project.code}, on).get(project.code, project.code)
    context = {
        "project": project,
        "street": street,
        "items": items,
        "sums": sums_of(items),
        "parts": [
            {"label": LABELS[part], "area": area}
            for part in PARTS
            if (area := sizes.of((part,))) is not None
        ],
        "clock": clocks_of([project], on, {project.pk: needs})[project.pk],
        "clauses": needs.due_clauses,
        "trail": trail_to(project, "移交清单和协议"),
        "demo": project.is_demo,
    }
    return render(request, "facilities/handover/print.html", context)
