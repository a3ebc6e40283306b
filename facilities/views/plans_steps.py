"""Steps of a plan: propose, approve, return; and how a step of a plan or pool is taken."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.scope import contains
from collection.views.acting import act_once
from communities.services.editing import StaleError
from facilities.forms.plans import StepForm
from facilities.selectors.plans import find_plan
from facilities.services.plans_steps import approve, give_back, propose
from facilities.views.plans import CHANGED, DECIDE, PROPOSE, shown, unknown


def of_record(right, find, why=""):
    """A view of one step: it gets (request, record, form, url) of a plan or pool in the scope.

    find: the record for a user and key, and how its page is shown, and the name of its route. The
    view does the step and returns what to tell; 409 or 422 with the page where it is not done.
    """
    get, show, name = find

    def decorate(view):
        @require_POST
        @permission_required(right, raise_exception=True)
        @wraps(view)
        def wrapped(request, pk):
            record = get(request.user, pk)
            if record is None or not contains(request.user.scope, record.code):
                return unknown(request)
            form = StepForm(request.POST, version=record.version, why=why)
            if not form.is_valid():
                said = "；".join(str(error) for errors in form.errors.values() for error in errors)
                return show(request, record, said=said, status=422)
            url = reverse(f"facilities:{name}", args=[pk])

            def act():
                messages.success(request, view(request, record, form, url))
                return url

            try:
                return redirect(act_once(request, form.submission_key, act))
            except StaleError:
                return show(request, get(request.user, pk), said=CHANGED, status=409)
            except ValidationError as wrong:
                said = "；".join(wrong.messages)
                return show(request, get(request.user, pk), said=said, status=409)

        return wrapped

    return decorate


def sent(request, record, form, url, **more):
    """Propose a plan or pool as its page asked for."""
    propose(
        record=record,
        version=form.opened_version,
        url=url,
        by=request.user,
        at=timezone.now(),
        **more,
    )
    return "已送批。由同事或上级民政局批准"


def approved(request, record, form, url):
    """Approve a plan or pool as its page asked for."""
    approve(
        record=record,
        version=form.opened_version,
        decision=form.cleaned_data["decision"],
        doc_no=form.cleaned_data["doc_no"],
        url=url,
        by=request.user,
        at=timezone.now(),
    )
    return f"已批准{record.title}，有关单位已收到消息"


def returned(request, record, form, url):
    """Return a plan or pool as its page asked for."""
    give_back(
        record=record,
        version=form.opened_version,
        decision=form.cleaned_data["decision"],
        url=url,
        by=request.user,
        at=timezone.now(),
    )
    return f"已退回{record.title}，拟订人已收到消息"


PLAN = (find_plan, shown, "plan")
WHY = "写明退回理由"
plan_propose = of_record(PROPOSE, PLAN)(sent)
plan_approve = of_record(DECIDE, PLAN)(approved)
plan_return = of_record(DECIDE, PLAN, WHY)(returned)
