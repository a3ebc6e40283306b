"""名额分配: plans of districts by year, one plan, and its form."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.scope import DISTRICT, contains
from accounts.services import once
from communities.choices import DecisionState
from communities.forms.ledger import FIRST_YEAR, LAST_YEAR
from communities.selectors.assessment import get_assessment, read_present
from communities.selectors.editing import earlier_result
from communities.selectors.frame import get_frame
from communities.selectors.places import division_names
from communities.services.editing import StaleError
from communities.views.responses import frame_context
from staffing.forms.quotas import PlanStepForm, QuotaForm
from staffing.selectors.quotas import (
    EDITABLE,
    Line,
    get_plan,
    is_district,
    lines_of,
    places_of,
    plans_for,
    quota_range,
    steps_of,
)
from staffing.services.quotas import LOCKED, names_of, save_plan
from staffing.views.establishment import VIEW, unknown

PROPOSE, DECIDE = "staffing.propose_quota", "staffing.decide_quota"
PAGE_SIZE = 50
MOST_NAMED = 5
TONES = {
    DecisionState.DRAFT: "plain",
    DecisionState.PROPOSED: "warn",
    DecisionState.RETURNED: "bad",
    DecisionState.APPROVED: "ok",
}
CHANGED = "你打开以后，有人改了这份名额分配。看过最新情况再办理"


def address(name, division, year):
    return reverse(f"staffing:{name}", args=[division, year])


def tone_of(plan):
    return TONES.get(DecisionState(plan.state), "")


@require_safe
@permission_required(VIEW, raise_exception=True)
def quotas(request):
    user, on = request.user, timezone.localdate()
    listed: Any = Paginator(plans_for(user), PAGE_SIZE).get_page(request.GET.get("page"))
    names = division_names({plan.code for plan in listed.object_list}, on)
    has = {(plan.code, plan.year) for plan in listed.object_list}
    mine = user.has_perm(PROPOSE) and len(user.scope) == DISTRICT
    offered = [year for year in (on.year, on.year + 1) if (user.scope, year) not in has]
    return render(
        request,
        "staffing/quotas/list.html",
        {
            "page": listed,
            "rows": [
                {
                    "plan": plan,
                    "name": names.get(plan.code, plan.code),
                    "url": address("quota", plan.code, plan.year),
                    "tone": tone_of(plan),
                }
                for plan in listed.object_list
            ],
            "offered": [
                {"year": year, "url": address("quota", user.scope, year)}
                for year in (offered if mine else ())
            ],
            "demo": any(plan.is_demo for plan in listed.object_list),
        },
    )


class QuotaPage:
    """A district's quota of a year, as far as a person may see it."""

    def __init__(self, request, division, year):
        self.request, self.user = request, request.user
        self.division, self.year = division, year
        self.present = read_present()
        # a street reads its own lines of the district's plan
        self.prefix = division if contains(self.user.scope, division) else self.user.scope
        on = date(year, 12, 31)
        self.assessment = get_assessment(self.user, self.prefix, year, on, self.present)
        self.places = places_of(self.assessment, self.prefix)
        self.frame = get_frame(division, year, self.present.versions.years, on)
        self.plan = get_plan(self.user, division, year)
        by_key = {one.key: one for one in self.places}
        self.lines = lines_of(self.user, self.plan, by_key) if self.plan else []

    @property
    def whole(self):
        """Whether the whole district lies in the person's scope."""
        return self.prefix == self.division

    @property
    def may_propose(self):
        return self.whole and self.user.has_perm(PROPOSE)

    @property
    def may_decide(self):
        """Whoever made the plan does not decide on it."""
        right = self.whole and self.user.has_perm(DECIDE)
        return right and self.plan is not None and self.plan.made_by_id != self.user.pk

    @property
    def allowed(self):
        return quota_range(self.assessment, self.division) if self.whole else None

    def missing(self):
        """Communities of the year that the plan does not have yet, and its lines that are gone."""
        known = {line.place.key for line in self.lines}
        present = {one.key for one in self.places}
        fresh = [one for one in self.places if one.key not in known] if self.plan else []
        return fresh, [line for line in self.lines if line.place.key not in present]

    def context(self):
        trail = [
            {"label": "名额分配", "url": reverse("staffing:quotas")},
            {"label": f"{self.frame.name}{self.year}年", "url": ""},
        ]
        return {
            **frame_context(self.frame, self.assessment),
            "demo": self.assessment.register.is_demo,
            "division": self.division,
            "division_name": self.frame.name,
            "trail": trail,
            "plan": self.plan,
            "allowed": self.allowed,
            "edit_url": address("quota_edit", self.division, self.year),
        }


def opened(request, division, year):
    """The page of a district's quota; None where there is none for this person."""
    near = contains(request.user.scope, division) or contains(division, request.user.scope)
    if not is_district(division) or not near or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    page = QuotaPage(request, division, year)
    return page if page.plan or page.places else None


@require_safe
@permission_required(VIEW, raise_exception=True)
def quota(request, division, year):
    page = opened(request, division, year)
    return unknown(request) if page is None else shown(page)


def shown(page, *, said="", status=200):
    """The page of a plan; `said` is why a step was not done."""
    plan, lines = page.plan, page.lines
    fresh, gone = page.missing()
    streets = division_names({line.place.code[:9] for line in lines}, page.frame.on)
    state = plan.state if plan else ""
    changed = [one for one in lines if one.changed]
    decides = page.may_decide
    context = {
        **page.context(),
        "said": said,
        "tone": tone_of(plan) if plan else "",
        "rows": [
            {"line": one, "street": streets.get(one.place.code[:9], one.place.code[:9])}
            for one in lines
        ],
        "sums": _sums(lines),
        "whole": page.whole,
        "changed": changed,
        "changed_first": changed[:MOST_NAMED],
        "changed_more": len(changed) > MOST_NAMED,
        "fresh": names_of(fresh) if fresh else "",
        "gone": names_of([one.place for one in gone]) if gone else "",
        "steps": steps_of(plan) if plan and page.whole else [],
        "may_edit": page.may_propose and (plan is None or state in EDITABLE),
        "may_send": page.may_propose
        and state == DecisionState.DRAFT
        and plan.made_by_id == page.user.pk,
        "may_approve": decides and state == DecisionState.PROPOSED,
        "may_return": decides and state in (DecisionState.PROPOSED, DecisionState.APPROVED),
        "form": PlanStepForm(plan=plan) if plan else None,
        "unknown": names_of(page.allowed.unknown) if page.whole and page.allowed.unknown else "",
    }
    return render(page.request, "staffing/quotas/quota.html", context, status=status)


def _sums(lines: list[Line]):
    return {
        "households": sum(one.planned_households or 0 for one in lines),
        "computed": sum(one.computed for one in lines),
        "shift": sum(one.shift for one in lines),
        "number": sum(one.number for one in lines),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PROPOSE, raise_exception=True)
def quota_edit(request, division, year):
    page = opened(request, division, year)
    if page is None or not page.whole:
        return unknown(request)
    back = address("quota", division, year)
    if page.plan and page.plan.state not in EDITABLE:
        messages.warning(request, LOCKED)
        return redirect(back)
    allowed = page.allowed
    if allowed.unknown or allowed.reason or not page.places:
        return redirect(back)  # the page says what is missing
    more: dict[str, Any] = {
        "allowed": allowed,
        "places": page.places,
        "plan": page.plan,
        "lines": page.lines,
    }
    if request.method != "POST":
        return form_page(page, QuotaForm(**more))
    return taken(page, QuotaForm(request.POST, **more), back)


def taken(page, form, back):
    """Count anew what is typed, or store it: 422 for mistakes, 409 where somebody was quicker."""
    valid = form.is_valid()
    if "recount" in page.request.POST:
        return form_page(page, form, status=200 if valid else 422)
    if valid:
        try:
            return redirect(
                once(key=form.submission_key, by=page.user, act=lambda: keep(page, form, back))
            )
        except StaleError:
            form.add_error(None, f"{CHANGED}。你填的还在这里，核对后重新打开再填")
            return form_page(page, form, status=409)
        except ValidationError as wrong:
            for name, told in _told(wrong):
                form.add_error(name, told)
    elif led_to := earlier_result(page.user, form.submission_key):
        return redirect(led_to)
    return form_page(page, form, status=422)


def _told(wrong):
    """What is wrong as pairs of a field's name, or None, and what is told."""
    if hasattr(wrong, "error_dict"):
        return list(wrong.message_dict.items())
    return [(None, wrong.messages)]


def keep(page, form, back):
    """Store the plan of a form; return where it is shown."""
    plan = save_plan(
        code=page.division,
        year=page.year,
        total=form.cleaned_data["total"],
        reason=form.cleaned_data["reason"],
        allowed=page.allowed,
        places=page.places,
        shifts=form.shifts(),
        version=form.opened_version,
        by=page.user,
        at=timezone.now(),
    )
    messages.success(page.request, f"已保存{plan.year}年名额分配，总量{plan.total}人。核对以后送批")
    return back


def form_page(page, form, status=200):
    streets = division_names({one.code[:9] for one in page.places}, page.frame.on)
    context = {
        **page.context(),
        "form": form,
        "rows": list(form.rows(streets)),
        "sums": form.sums(),
        "total": form.shown_total,
        "cancel_url": address("quota", page.division, page.year),
    }
    return render(page.request, "staffing/quotas/edit.html", context, status=status)
