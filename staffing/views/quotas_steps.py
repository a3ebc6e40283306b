"""Steps of a district's quota: propose, approve, return."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.services import once
from communities.services.editing import StaleError
from staffing.forms.quotas import PlanStepForm
from staffing.services.quotas import approve_plan, propose_plan, return_plan
from staffing.views.establishment import unknown
from staffing.views.quotas import CHANGED, DECIDE, PROPOSE, address, opened, shown


def of_plan(right):
    """A view of one plan: it gets (request, page, url); 404 where there is none in the scope."""

    def decorate(view):
        @wraps(view)
        @permission_required(right, raise_exception=True)
        def wrapped(request, division, year):
            page = opened(request, division, year)
            if page is None or not page.whole or page.plan is None:
                return unknown(request)
            return view(request, page, address("quota", division, year))

        return wrapped

    return decorate


def take(request, page, url, form, act):
    """Do a step once and go back to the plan; 409 or 422 with its page where it is not done.

    act: does it and returns what to tell.
    """
    if not form.is_valid():
        said = "；".join(str(error) for errors in form.errors.values() for error in errors)
        return shown(page, said=said, status=422)

    def done():
        messages.success(request, act())
        return url

    try:
        return redirect(once(key=form.submission_key, by=request.user, act=done))
    except StaleError:
        return shown(_fresh(request, page), said=CHANGED, status=409)
    except ValidationError as wrong:
        return shown(_fresh(request, page), said="；".join(wrong.messages), status=409)


def _fresh(request, page):
    return opened(request, page.division, page.year)


@require_POST
@of_plan(PROPOSE)
def quota_propose(request, page, url):
    form = PlanStepForm(request.POST, plan=page.plan)

    def act():
        propose_plan(
            plan=page.plan,
            version=form.opened_version,
            url=url,
            by=request.user,
            at=timezone.now(),
        )
        return "已送批。由同事或市民政局批准"

    return take(request, page, url, form, act)


@require_POST
@of_plan(DECIDE)
def quota_approve(request, page, url):
    form = PlanStepForm(request.POST, plan=page.plan)

    def act():
        approve_plan(
            plan=page.plan,
            version=form.opened_version,
            decision=form.cleaned_data["decision"],
            doc_no=form.cleaned_data["doc_no"],
            url=url,
            by=request.user,
            at=timezone.now(),
        )
        return f"已批准{page.year}年名额分配，街道已收到消息"

    return take(request, page, url, form, act)


@require_POST
@of_plan(DECIDE)
def quota_return(request, page, url):
    form = PlanStepForm(request.POST, plan=page.plan, why="写明退回理由")

    def act():
        return_plan(
            plan=page.plan,
            version=form.opened_version,
            decision=form.cleaned_data["decision"],
            url=url,
            by=request.user,
            at=timezone.now(),
        )
        return f"已退回{page.year}年名额分配，拟订人已收到消息"

    return take(request, page, url, form, act)
