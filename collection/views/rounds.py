"""Pages of rounds: the list, one round with its streets' progress, its form, its files."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.choices import AccessAct
from accounts.scope import DISTRICT
from accounts.sessions import record_request
from collection.choices import RoundState
from collection.forms.rounds import ActForm, RoundForm, usual_year
from collection.models import Round
from collection.rules.fields import FIELDS, SECTIONS
from collection.selectors.asked import needed
from collection.selectors.review_page import office_of
from collection.selectors.round_page import STATES, Remaining, progress_of, round_lines
from collection.selectors.rounds import get_round, may_run, rounds_for
from collection.services.rounds import RoundError, change_round, plan
from collection.tables import rounds as table
from communities.selectors.places import division_names, streets_under
from communities.views.editing import edit_page
from communities.views.responses import table_response

VIEW, RUN = "collection.view_round", "collection.run_round"
EXPORT = "communities.export_community"
PAGE_SIZE = 50
TONES = {RoundState.DRAFT: "plain", RoundState.OPEN: "ok", RoundState.CLOSED: ""}
TRAIL = {"label": "填报任务", "url": "/rounds/"}
# states of which the counts lead to where they are dealt with, by those with a right
REVIEWS = (
    ("submitted", "communities.review_annualfacts"),
    ("reviewed", "communities.confirm_annualfacts"),
)


def unknown(request):
    """The same answer for a round that does not exist and for one that is not for this person."""
    return render(request, "404.html", status=404)


def tone_of(one):
    return TONES[RoundState(one.state)]


@require_safe
@permission_required(VIEW, raise_exception=True)
def rounds(request):
    page = Paginator(rounds_for(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    listed = round_lines(request.user, list(page.object_list), timezone.localdate())
    return render(
        request,
        "collection/rounds/list.html",
        {
            "page": page,
            "rows": [{"line": line, "tone": tone_of(line.round)} for line in listed],
            "may_run": request.user.has_perm(RUN),
            "demo": any(line.round.is_demo for line in listed),
        },
    )


@require_safe
@permission_required(VIEW, raise_exception=True)
def round_page(request, pk):
    one = get_round(request.user, pk)
    return unknown(request) if one is None else shown(request, one)


def shown(request, one, *, said="", status=200):
    """The page of a round; `said` is why an act on it was not done."""
    user, on, now = request.user, timezone.localdate(), timezone.now()
    progress = progress_of(user, one, on)
    runs, reminds = may_run(user, one), may_remind(user, one)
    reviews = [state for state, right in REVIEWS if user.has_perm(right)]
    context = {
        "one": one,
        "tone": tone_of(one),
        "said": said,
        "trail": [TRAIL, {"label": one.title, "url": ""}],
        "unit": division_names({one.code}, on).get(one.code, one.code),
        "progress": progress,
        "rows": [
            {
                "line": line,
                "states": [
                    {
                        "count": getattr(line.counts, state),
                        "url": review_address(one.year, line.code) if state in reviews else "",
                    }
                    for state in STATES
                ],
                "rests": line.rests(now),
                "url": collect_address(one.year, line.code),
            }
            for line in progress.lines
        ],
        "labels": table.STATE_LABELS.values(),
        "totals": [getattr(progress.totals, state) for state in STATES],
        "extensions": [
            {"name": line.name, "extension": each}
            for each in reversed(progress.extensions)
            if (line := progress.line(each.code))
        ],
        "asked": asked_by_section(one),
        "streets": chosen_streets(one, on),
        "may_run": runs,
        "runner": "" if runs else office_of(one.code, on),
        "may_remind": reminds,
        "may_export": user.has_perm(EXPORT),
        "may_fill": one.state == RoundState.OPEN and user.has_perm("communities.add_annualfacts"),
        "to_remind": [line for line in progress.late if not line.rests(now)],
        "form": ActForm(one=one),
        "demo": one.is_demo,
        "remaining": Remaining((one.closes_on - on).days),
        "year": one.year,
    }
    return render(request, "collection/rounds/round.html", context, status=status)


def collect_address(year, street):
    """Where the communities of a street are listed with their state."""
    return f"{reverse('collection:collect')}?year={year}&division={street}"


def review_address(year, street):
    """Where what a street has handed in is looked at."""
    return f"{reverse('collection:reviews')}?year={year}&street={street}"


def may_remind(user, one):
    """Whoever runs rounds reminds the streets of the own scope, of a round from above as well."""
    return one.state == RoundState.OPEN and user.has_perm(RUN)


def asked_by_section(one):
    """The labels of what is asked, by section of the form."""
    return [
        {
            "title": title,
            "labels": [
                FIELDS[name].label
                for name in FIELDS
                if name in one.asked and FIELDS[name].section == section
            ],
        }
        for section, title in SECTIONS.items()
    ]


def chosen_streets(one, on):
    names = division_names(set(one.street_codes), on) if one.street_codes else {}
    return [names.get(code, code) for code in one.street_codes]


@require_safe
@permission_required([VIEW, EXPORT], raise_exception=True)
def export(request, pk, form):
    one = get_round(request.user, pk)
    if one is None:
        return unknown(request)
    on = timezone.localdate()
    progress = progress_of(request.user, one, on)
    districts = division_names({line.code[:DISTRICT] for line in progress.lines}, on)
    name = f"{one.title}进度"
    record_request(request, AccessAct.EXPORT, target=f"{name}.{form}")
    notes = [f"填报单位：{request.user.office}　　统计到：{on}　　截止日期：{one.closes_on}"]
    if one.is_demo:
        notes.append("演示数据，不代表任何地方的实际情况")
    rows = table.lines(progress, districts)
    return table_response(name, form, table.headings(), rows, notes, table.layout(progress))


def form_page(request, one, context, save):
    """The form of a round, with the clauses that need each fact, and the streets of the unit."""
    on = timezone.localdate()
    found = streets_under(one.code, on)
    districts = (
        {} if len(one.code) == DISTRICT else division_names({p.code[:DISTRICT] for p in found}, on)
    )
    streets = [
        (place.code, f"{districts[place.code[:DISTRICT]]}{place.name}")
        if place.code[:DISTRICT] in districts
        else (place.code, place.name)
        for place in found
    ]
    return edit_page(
        request,
        RoundForm,
        one,
        save=save,
        context=context,
        template="collection/rounds/edit.html",
        needs=needed(one.code, one.year),
        streets=streets,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(RUN, raise_exception=True)
def round_new(request):
    user, on = request.user, timezone.localdate()
    years = [usual_year(on) - 1, usual_year(on), usual_year(on) + 1]
    asked_year = request.GET.get("year", "")
    chosen = {str(year): year for year in years}.get(asked_year, usual_year(on))
    one = Round(code=user.scope, year=chosen, made_by=user)

    def save(form):
        made = plan(one=form.instance)
        messages.success(request, f"已保存“{made.title}”，还没有下达。核对以后下达")
        return reverse("collection:round", args=[made.pk])

    context = {
        "title": "新建填报任务",
        "submit": "保存任务",
        "cancel_url": reverse("collection:rounds"),
        "trail": [TRAIL, {"label": "新建填报任务", "url": ""}],
        "round_years": years,
        "round_year": chosen,
        "stored": False,
    }
    return form_page(request, one, context, save)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(RUN, raise_exception=True)
def round_edit(request, pk):
    one = get_round(request.user, pk)
    if one is None:
        return unknown(request)
    if not may_run(request.user, one):
        raise PermissionDenied
    back = reverse("collection:round", args=[one.pk])
    if one.state == RoundState.CLOSED:
        messages.warning(request, "任务已结束，不再修改。要补报，另下达一个只发给这些街道的任务")
        return redirect(back)

    def save(form):
        try:
            change_round(
                one=form.instance,
                fields=form.written,
                version=form.opened_version,
                reason=form.reason,
                on=timezone.localdate(),
            )
        except RoundError as wrong:
            raise ValidationError(str(wrong)) from wrong
        messages.success(request, "已保存填报任务")
        return back

    context = {
        "title": "修改填报任务",
        "subtitle": one.title,
        "submit": "保存任务",
        "cancel_url": back,
        "trail": [TRAIL, {"label": one.title, "url": back}, {"label": "修改填报任务", "url": ""}],
        "round_year": one.year,
        "stored": True,
    }
    return form_page(request, one, context, save)
