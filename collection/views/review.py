"""One community's facts under review: the page, and passing, returning, confirming, unlocking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from collection.forms.reviews import ActForm, AskForm, ForwardForm, ReviewForm, UnlockForm
from collection.rules.fields import FIELDS
from collection.selectors.corrections import corrections_of
from collection.selectors.review_page import (
    CHANGES,
    CONFIRMS,
    FILLS_IN,
    REVIEWS,
    ReviewPage,
    get_review_page,
    lock_of,
    next_waiting,
    office_of,
    people_of,
)
from collection.services import reviewing
from collection.services.asking_back import ask_back
from collection.services.facts import StepError
from collection.views.acting import act_once
from collection.views.facts_page import FactsPage, of_facts
from communities.choices import FactsStatus
from communities.models import AnnualFacts

NEXT = "next"
# which form of the page an act came from; else it is the form of the comments
PLACES: dict[type[ActForm], str] = {UnlockForm: "unlocking", AskForm: "asking"}


@require_safe
@of_facts()
def review(request: Any, page: FactsPage) -> HttpResponse:
    return review_page(request, page)


def review_page(
    request: Any,
    page: FactsPage,
    *,
    form: ReviewForm | None = None,
    unlocking: UnlockForm | None = None,
    asking: AskForm | None = None,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of facts; `form` holds what was typed with a step that could not be done."""
    facts = page.facts
    shown = get_review_page(request.user, facts)
    form = form or ReviewForm(version=facts.version)
    following = next_waiting(request.user, facts, facts.status) if shown.allowed.decides else None
    return render(
        request,
        "collection/reviews/review.html",
        {
            **page.context((f"{facts.year}年度数据审核", reviews_url(facts)), (page.name, "")),
            "page": shown,
            "sections": _sections(shown, form),
            "form": form,
            "unlocking": unlocking or UnlockForm(version=facts.version),
            **_asking(shown, asking),
            "rounds": _rounds(shown),
            "whole": shown.comments.get("", ""),
            "said": said,
            "lock": lock_of(facts, office_of(facts.district_code, page.on)),
            "not_unlockable": _why_not(shown),
            "corrections": corrections_of(request.user, facts),
            "next_url": review_url(following) if following else "",
        },
        status=status,
    )


def reviews_url(facts: AnnualFacts) -> str:
    return f"{reverse('collection:reviews')}?year={facts.year}&state={facts.status}"


def review_url(facts: AnnualFacts) -> str:
    """The page of facts that stand under their community's present code."""
    return reverse("collection:review", args=[facts.community.code, facts.year])


def _why_not(shown: ReviewPage) -> str:
    confirmed = shown.facts.status == FactsStatus.CONFIRMED
    return reviewing.not_unlockable(shown.facts) if confirmed else ""


def _asking(shown: ReviewPage, form: AskForm | None) -> dict[str, Any]:
    """The form by which facts are asked back, and who is asked; nothing for others."""
    if not shown.allowed.ask:
        return {"asking": None}
    made = form or AskForm(version=shown.facts.version)
    return {"asking": made, "people": people_of(shown.facts)}


def _sections(shown: ReviewPage, form: ReviewForm) -> list[dict[str, Any]]:
    """The facts by section, each with the input for a comment where one may be written."""
    return [
        {
            "label": section.label,
            "lines": [
                {
                    "line": line,
                    "input": form.on(line.field.name) if shown.allowed.send_back else None,
                }
                for line in section.lines
            ],
        }
        for section in shown.sections
    ]


def _rounds(shown: ReviewPage) -> list[dict[str, Any]]:
    """The steps by round, each with its comments under the names of the fields."""
    return [
        {
            "number": one.number,
            "steps": [
                {
                    "step": step,
                    "comment": step.comments.get("", ""),
                    "items": [
                        {"label": _label(name), "text": text}
                        for name, text in step.comments.items()
                        if name
                    ],
                }
                for step in one.steps
            ],
        }
        for one in shown.rounds
    ]


def _label(name: str) -> str:
    return FIELDS[name].label if name in FIELDS else "核定户数"


def take(
    request: Any,
    page: FactsPage,
    form: ActForm,
    step: Callable[[], AnnualFacts],
    done: str,
) -> HttpResponse:
    """Do a step once, say it, and show the facts again; 409 with what was typed if it cannot be."""
    kept: dict[str, Any] = {PLACES.get(type(form), "form"): form}
    if not form.is_valid():
        return review_page(request, page, **kept, said=form.said, status=422)

    def act() -> str:
        step()
        messages.success(request, f"{page.name}{page.facts.year}年度数据{done}")
        return page.url("review")

    try:
        led_to = act_once(request, form.submission_key, act)
    except StepError as wrong:
        page.facts.refresh_from_db()
        return review_page(request, page, **kept, said=str(wrong), status=409)
    return redirect(_onward(request, page.facts) or led_to)


def _onward(request: Any, facts: AnnualFacts) -> str:
    """The next facts that wait, where the button asked for them."""
    if NEXT not in request.POST:
        return ""
    following = next_waiting(request.user, facts, facts.status)
    return review_url(following) if following else reviews_url(facts)


@require_POST
@of_facts(REVIEWS)
def review_pass(request: Any, page: FactsPage) -> HttpResponse:
    return _advance(request, page, reviewing.PASS, "审核通过，已报送复核")


@require_POST
@of_facts(CONFIRMS)
def review_confirm(request: Any, page: FactsPage) -> HttpResponse:
    return _advance(request, page, reviewing.CONFIRM, "已确认")


def _advance(request: Any, page: FactsPage, stage: reviewing.Stage, done: str) -> HttpResponse:
    form = ForwardForm(request.POST)
    return take(
        request,
        page,
        form,
        lambda: reviewing.advance(
            stage=stage,
            facts=page.facts,
            version=form.opened_version,
            by=request.user,
            at=timezone.now(),
            note=form.whole,
        ),
        done,
    )


@require_POST
@of_facts()
def review_return(request: Any, page: FactsPage) -> HttpResponse:
    states = {REVIEWS: FactsStatus.SUBMITTED, CONFIRMS: FactsStatus.REVIEWED}
    allowed = [state for right, state in states.items() if request.user.has_perm(right)]
    if not allowed:
        raise PermissionDenied("returning needs the right to review or to confirm")
    form = ReviewForm(request.POST)
    return take(
        request,
        page,
        form,
        lambda: reviewing.send_back(
            facts=page.facts,
            version=form.opened_version,
            by=request.user,
            at=timezone.now(),
            comments=form.comments,
            state=allowed[0],
            url=page.url("entry"),
        ),
        "已退回修改",
    )


@require_POST
@of_facts(CONFIRMS, CHANGES)
def review_unlock(request: Any, page: FactsPage) -> HttpResponse:
    form = UnlockForm(request.POST)
    return take(
        request,
        page,
        form,
        lambda: reviewing.unlock(
            facts=page.facts,
            version=form.opened_version,
            by=request.user,
            at=timezone.now(),
            reason=form.why,
            url=page.url("entry"),
        ),
        "已撤销确认，退回街道修改",
    )


@require_POST
@of_facts(FILLS_IN)
def review_ask(request: Any, page: FactsPage) -> HttpResponse:
    form = AskForm(request.POST)

    def act() -> AnnualFacts:
        ask_back(
            facts=page.facts,
            by=request.user,
            reason=form.why,
            url=page.url("review"),
            at=timezone.now(),
        )
        return page.facts

    return take(request, page, form, act, "的申请已发出，对方收到消息")
