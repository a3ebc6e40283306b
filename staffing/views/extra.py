"""增配: the increases of a scope, a new one, its decision and withdrawal."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.scope import DISTRICT
from accounts.services import once
from communities.choices import DecisionState
from communities.selectors.assessment import get_assessment
from communities.selectors.places import division_names
from communities.services.editing import StaleError
from communities.views.editing import edit_page
from staffing.forms.extra import STATES, IncreaseFilter, IncreaseForm, IncreaseStepForm
from staffing.models import ExtraWorkers
from staffing.selectors.extra import (
    WAITING,
    Suggestion,
    communities_for,
    find_increase,
    history_of,
    increases_of,
    suggestions,
)
from staffing.services.extra import decide_increase, propose_increase, withdraw_increase
from staffing.views.establishment import VIEW, unknown

PROPOSE, DECIDE = "staffing.propose_increase", "staffing.decide_quota"
PAGE_SIZE = 50
TONES = {
    DecisionState.PROPOSED: "warn",
    DecisionState.APPROVED: "ok",
    DecisionState.REFUSED: "bad",
}
TRAIL = {"label": "增配", "url": "/staff/extra/"}
CHANGED = "你打开以后，这件申请有了新的办理。看过最新情况再办理"


def tone_of(record):
    return TONES.get(DecisionState(record.state), "")


@require_safe
@permission_required(VIEW, raise_exception=True)
def extra_workers(request):
    form = IncreaseFilter(request.GET)
    year, state = form.chosen("year"), form.chosen("state") or ""
    found = increases_of(request.user, year=year, state=state)
    listed = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    streets = division_names({one.code[:9] for one in listed.object_list}, timezone.localdate())
    present = timezone.localdate().year
    return render(
        request,
        "staffing/extra/list.html",
        {
            "page": listed,
            "rows": [
                {
                    "record": one,
                    "street": streets.get(one.code[:9], one.code[:9]),
                    "tone": tone_of(one),
                }
                for one in listed.object_list
            ],
            "ignored": form.ignored,
            "chosen_year": year,
            "chosen_state": state,
            "offered_years": sorted({present + 1, present, present - 1, year or present})[::-1],
            "states": [{"value": one.value, "label": one.label} for one in STATES],
            "may_propose": request.user.has_perm(PROPOSE),
            "demo": any(one.is_demo for one in listed.object_list),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PROPOSE, raise_exception=True)
def extra_new(request):
    user, on = request.user, timezone.localdate()
    years = [on.year, on.year + 1]
    asked = request.GET.get("year", "")
    year = {str(one): one for one in years}.get(asked, on.year)
    communities = communities_for(user, on)
    chosen = communities.filter(code=request.GET.get("community", "")).first()

    def save(form):
        record = propose_increase(
            record=form.instance,
            by=user,
            on=on,
            at=timezone.now(),
            url=f"{reverse('staffing:extra_workers')}?state={WAITING.value}",
        )
        name = record.community.short_name
        messages.success(request, f"已提交{name}{record.year}年增配{record.number}人，等待区里批准")
        return reverse("staffing:extra", args=[record.pk])

    assessment = get_assessment(user, user.scope, year, date(year, 12, 31))
    hints = [f"建议人数按{year}年户数测算，是封顶前后的差。增配人数由县（市、区）民政局核定"]
    return edit_page(
        request,
        IncreaseForm,
        ExtraWorkers(year=year, community=chosen) if chosen else ExtraWorkers(year=year),
        save=save,
        context={
            "title": "申请增配",
            "submit": "提交申请",
            "trail": [TRAIL, {"label": "申请增配", "url": ""}],
            "cancel_url": reverse("staffing:extra_workers"),
            "hints": hints,
            "demo": assessment.register.is_demo,
        },
        communities=communities,
        years=years,
        suggested=suggestions(assessment, user.scope),
    )


@require_safe
@permission_required(VIEW, raise_exception=True)
def extra(request, pk):
    record = find_increase(request.user, pk)
    return unknown(request) if record is None else shown(request, record)


def shown(request, record, *, said="", status=200):
    """The page of an increase; `said` is why a step was not done."""
    user, mine = request.user, record.made_by_id == request.user.pk
    day, code = date(record.year, 12, 31), record.code
    assessment = get_assessment(user, code, record.year, day)
    known = suggestions(assessment, code).get(record.community_id, Suggestion(None, None))
    waits = record.state == WAITING
    context = {
        "record": record,
        "tone": tone_of(record),
        "said": said,
        "trail": [TRAIL, {"label": f"{record.community.short_name}{record.year}年", "url": ""}],
        "known": known,
        "steps": history_of(record),
        "may_decide": waits and not mine and user.has_perm(DECIDE) and len(user.scope) <= DISTRICT,
        "may_withdraw": waits and mine and user.has_perm(PROPOSE),
        "form": IncreaseStepForm(record=record),
        "demo": record.is_demo,
    }
    return render(request, "staffing/extra/extra.html", context, status=status)


def take(request, pk, act):
    """Do a step once and go back to the increase; 409 or 422 with its page where it is not done.

    act: does it with the record and the form, and returns what to tell.
    """
    record = find_increase(request.user, pk)
    if record is None:
        return unknown(request)
    form = IncreaseStepForm(request.POST, record=record)
    if not form.is_valid():
        said = "；".join(str(error) for errors in form.errors.values() for error in errors)
        return shown(request, record, said=said, status=422)
    url = reverse("staffing:extra", args=[pk])

    def done():
        messages.success(request, act(record, form, url))
        return url

    try:
        return redirect(once(key=form.submission_key, by=request.user, act=done))
    except StaleError:
        return shown(request, find_increase(request.user, pk), said=CHANGED, status=409)
    except ValidationError as wrong:
        said = "；".join(wrong.messages)
        return shown(request, find_increase(request.user, pk), said=said, status=409)


@require_POST
@permission_required(DECIDE, raise_exception=True)
def extra_decide(request, pk):
    def act(record, form, url):
        approved = form.cleaned_data["approved"] == "yes"
        decide_increase(
            record=record,
            version=form.opened_version,
            approved=approved,
            decision=form.cleaned_data["decision"],
            doc_no=form.cleaned_data["doc_no"],
            by=request.user,
            at=timezone.now(),
            url=url,
        )
        return "已批准增配，申请人已收到消息" if approved else "已告知申请人不予批准"

    return take(request, pk, act)


@require_POST
@permission_required(PROPOSE, raise_exception=True)
def extra_withdraw(request, pk):
    def act(record, form, url):
        withdraw_increase(record=record, version=form.opened_version, by=request.user)
        return "已撤回申请。可以重新申请"

    return take(request, pk, act)
