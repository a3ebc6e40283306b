"""Who is to be trained, and what training costs."""

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.choices import AccessAct
from accounts.scope import CITY, DISTRICT, STREET, contains
from accounts.sessions import record_request
from communities.models import Division
from communities.selectors.places import division_names
from communities.views.responses import table_response
from staffing.selectors import training as selectors
from staffing.selectors import training_due as due
from staffing.tables import training as tables
from staffing.views.training import (
    EXPORT,
    EXPORT_COUNTS,
    NAMES,
    PAGE_SIZE,
    TRAIL,
    VIEW,
    unknown,
    year_of,
)


def division_of(request):
    """The division that is shown: the scope, or what the address names in it."""
    asked, scope = request.GET.get("division", ""), request.user.scope
    inside = asked.isdecimal() and len(asked) in (CITY, DISTRICT, STREET)
    return asked if inside and contains(scope, asked) else scope


@require_safe
@permission_required(VIEW, raise_exception=True)
def training_due(request):
    user, on = request.user, timezone.localdate()
    division = division_of(request)
    state = request.GET.get("state", "")
    lines = due.due_lines(user, division, on)
    width = DISTRICT if len(division) == CITY else STREET
    chosen = [line for line in lines if line.state == state] if state in due.STATES else lines
    names = user.has_perm(NAMES)
    page = Paginator(chosen if names else [], PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "names": names,
        "wide": len(division) < CITY,
        "cities": cities_of(division, on) if len(division) < CITY else [],
        "division": division,
        "parts": due.sums_of(lines, width, on) if len(division) < STREET else [],
        "total": due.sum_of(lines, division, "合计"),
        "members": bool(lines) or due.has_members(user, division, on),
        "news": sum(line.new for line in lines),
        "states": due.STATES.items(),
        "state": state,
        "clauses": sorted({line.clause for line in lines}, key=lambda one: one.id),
        "may_export": names and user.has_perm(EXPORT) and bool(lines),
        "trail": trail_of(user, division, on),
        "on": on,
    }
    return render(request, "staffing/training/due.html", context)


def trail_of(user, division, on):
    if division == user.scope:
        return [TRAIL, {"label": "应训名单", "url": ""}]
    name = division_names({division}, on).get(division, division)
    due_url = reverse("staffing:training_due")
    return [TRAIL, {"label": "应训名单", "url": due_url}, {"label": name, "url": ""}]


def cities_of(scope, on):
    rows = Division.objects.under(scope).filter(level="city").as_of(on).order_by("code")
    return rows.only("code", "name")


@require_safe
@permission_required([VIEW, NAMES, EXPORT], raise_exception=True)
def training_due_xlsx(request):
    user, on = request.user, timezone.localdate()
    division, state = division_of(request), request.GET.get("state", "")
    if len(division) < CITY:
        return unknown(request)
    lines = due.due_lines(user, division, on)
    if state in due.STATES:
        lines = [line for line in lines if line.state == state]
    name = f"应训名单-{division}-{on}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    return table_response(
        name, "xlsx", tables.DUE, tables.due_rows(lines), tables.notes(user, on), tables.DUE_LAYOUT
    )


@require_safe
@permission_required(VIEW, raise_exception=True)
def training_costs(request):
    user, on = request.user, timezone.localdate()
    year = year_of(request, on)
    lines = selectors.training_costs(user, year)
    context = {
        "lines": lines,
        "total": sum(line.amount_yuan for line in lines),
        "heads": sum(line.heads for line in lines),
        "hours": sum(line.hours for line in lines),
        "courses": sum(line.courses for line in lines),
        "chosen": year,
        "may_export": user.has_perm(EXPORT_COUNTS),
        "choices": sorted({year, on.year, *selectors.years_of(user)}, reverse=True),
        "trail": [TRAIL, {"label": "培训费用", "url": ""}],
    }
    return render(request, "staffing/training/costs.html", context)


@require_safe
@permission_required([VIEW, EXPORT_COUNTS], raise_exception=True)
def training_costs_xlsx(request):
    user, on = request.user, timezone.localdate()
    year = year_of(request, on)
    name = f"培训费用-{user.scope}-{year}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    lines = selectors.training_costs(user, year)
    return table_response(
        name, "xlsx", tables.COSTS, tables.cost_rows(lines), tables.notes(user, on),
        tables.COSTS_LAYOUT,
    )  # fmt: skip
