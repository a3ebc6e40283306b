"""更正: the list, proposing one with its effect shown first, and the decision of another person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.services import once
from collection.choices import CorrectionState
from collection.forms.corrections import CorrectionFilter, CorrectionForm, DecisionForm
from collection.models import Correction
from collection.rules.fields import SECTIONS
from collection.selectors.corrections import (
    correction_rows,
    count_waiting,
    deciders_of,
    get_correction,
    kept_money,
    list_corrections,
    steps_for,
)
from collection.selectors.review_page import CHANGES, CONFIRMS, figure
from collection.services import corrections as steps
from collection.services.correcting import consequence_of, measure_of, read_proposal
from collection.services.facts import StepError
from collection.views.acting import act_once
from collection.views.facts_page import VIEW, FactsPage, of_facts
from communities.choices import FactsStatus

PAGE_SIZE = 50
LIST = "更正"


@require_safe
@permission_required(VIEW, raise_exception=True)
def corrections(request: Any) -> HttpResponse:
    asked = CorrectionFilter(request.GET)
    query = asked.query
    page = Paginator(list_corrections(request.user, query), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    rows = correction_rows(request.user, list(page.object_list))
    states = [
        {"value": value, "label": label, "selected": value == query.state}
        for value, label in CorrectionState.choices
    ]
    return render(
        request,
        "collection/corrections/corrections.html",
        {
            "rows": rows,
            "page": page,
            "query": query,
            "ignored": asked.ignored,
            "states": states,
            "waiting": count_waiting(request.user),
            "demo": any(row.correction.facts.is_demo for row in rows),
        },
    )


@of_facts(CHANGES)
def correction_new(request: Any, page: FactsPage) -> HttpResponse:
    """Type what is right, see what it moves, then propose it."""
    facts = page.facts
    if facts.status != FactsStatus.CONFIRMED:
        messages.warning(
            request,
            f"{page.name}{facts.year}年度数据现在是“{facts.get_status_display()}”，直接修改",
        )
        return redirect(page.url("review"))
    more = {"facts": facts, "measure": measure_of(facts), "today": page.on}
    if request.method != "POST":
        return _form_page(request, page, CorrectionForm(**more))
    form = CorrectionForm(request.POST, **more)
    if not form.is_valid():
        return _form_page(request, page, form, status=422)
    if not form.was_shown:
        return _form_page(request, page, form, shows=True)
    try:
        led_to = once(
            key=form.submission_key, by=request.user, act=lambda: _propose(request, page, form)
        )
    except StepError as wrong:
        form.add_error(None, str(wrong))
        return _form_page(request, page, form, status=409)
    messages.success(request, "已提出更正，待批准")
    return redirect(led_to)


def _propose(request: Any, page: FactsPage, form: CorrectionForm) -> str:
    made = steps.propose(
        facts=page.facts,
        version=form.opened_version,
        texts=form.texts,
        grounds=form.grounds,
        by=request.user,
        at=timezone.now(),
        url=reverse("collection:corrections") + "?state=proposed",
    )
    return reverse("collection:correction", args=[made.pk])


def _form_page(
    request: Any, page: FactsPage, form: CorrectionForm, *, shows: bool = False, status: int = 200
) -> HttpResponse:
    """The form; once what was typed can be read, with what it does to money."""
    proposal = form.proposal
    consequence = None
    if shows and proposal:
        consequence = consequence_of(request.user, page.facts, proposal.columns())
    return render(
        request,
        "collection/corrections/propose.html",
        {
            **page.context(
                (LIST, reverse("collection:corrections")),
                (page.name, page.url("review")),
                ("申请更正", ""),
            ),
            "form": form,
            "sections": _sections(form),
            "deciders": deciders_of(request.user, page.facts),
            "consequence": consequence,
            "unlikely": proposal.unlikely if proposal else (),
            "changed": len(proposal.changes) if proposal else 0,
            "digest": form.digest if shows else "",
        },
        status=status,
    )


def _sections(form: CorrectionForm) -> list[dict[str, Any]]:
    changes = form.proposal.changes if form.proposal else {}
    return [
        {
            "label": label,
            "lines": [
                {
                    "field": field,
                    "input": form.on(name),
                    "changed": name in changes,
                    "counts": name == form.measure,
                    "stored": figure(field, getattr(form.facts, name)),
                }
                for name, field in form.facts_fields.items()
                if field.section == key
            ],
        }
        for key, label in SECTIONS.items()
    ]


@require_safe
@permission_required(VIEW, raise_exception=True)
def correction(request: Any, pk: int) -> HttpResponse:
    found = get_correction(request.user, pk)
    if found is None:
        return render(request, "404.html", status=404)
    return correction_page(request, found)


def correction_page(
    request: Any,
    found: Correction,
    *,
    form: DecisionForm | None = None,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """One correction; while it waits with the money as it would be now."""
    row = correction_rows(request.user, [found])[0]
    waits = found.state == CorrectionState.PROPOSED
    stale = steps.stale_fields(found, found.facts) if waits else []
    lines, total = kept_money(found)
    return render(
        request,
        "collection/corrections/correction.html",
        {
            "row": row,
            "correction": found,
            "facts": found.facts,
            "demo": found.facts.is_demo,
            "allowed": steps_for(request.user, found),
            "stale": stale,
            "consequence": _now(request, found) if waits and not stale else None,
            "lines": lines,
            "total": total,
            "form": form or DecisionForm(version=found.version),
            "said": said,
            "review_url": reverse("collection:review", args=[row.code, found.year]) + row.query,
            "trail": [
                {"label": LIST, "url": reverse("collection:corrections")},
                {"label": f"{row.name}{found.year}年度", "url": ""},
            ],
        },
        status=status,
    )


def _now(request: Any, found: Correction) -> Any:
    """What a correction would move today."""
    texts = {name: after for name, (_, after) in found.changes.items()}
    proposal = read_proposal(found.facts, texts)
    return consequence_of(request.user, found.facts, proposal.columns())


def _take(
    request: Any, pk: int, done: str, step: Callable[[Correction, DecisionForm], Correction]
) -> HttpResponse:
    """Do a step once and show the correction; 409 with the word that was typed if it cannot be."""
    found = get_correction(request.user, pk)
    if found is None:
        return render(request, "404.html", status=404)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return correction_page(request, found, form=form, said=form.said, status=422)

    def act() -> str:
        step(found, form)
        messages.success(request, done)
        return _page_of(found)

    try:
        return redirect(act_once(request, form.submission_key, act))
    except StepError as wrong:
        fresh = get_correction(request.user, pk) or found
        return correction_page(request, fresh, form=form, said=str(wrong), status=409)


def _common(request: Any, form: DecisionForm) -> dict[str, Any]:
    return {"version": form.opened_version, "by": request.user, "at": timezone.now()}


def _page_of(found: Correction) -> str:
    return reverse("collection:correction", args=[found.pk])


@require_POST
@permission_required([VIEW, CONFIRMS], raise_exception=True)
def correction_apply(request: Any, pk: int) -> HttpResponse:
    return _take(
        request,
        pk,
        "已更正，经费按更正后的数测算",
        lambda found, form: steps.apply(
            correction=found, note=form.word, url=_page_of(found), **_common(request, form)
        ),
    )


@require_POST
@permission_required([VIEW, CONFIRMS], raise_exception=True)
def correction_refuse(request: Any, pk: int) -> HttpResponse:
    return _take(
        request,
        pk,
        "不予更正，已告知提出人",
        lambda found, form: steps.refuse(
            correction=found, note=form.word, url=_page_of(found), **_common(request, form)
        ),
    )


@require_POST
@permission_required([VIEW, CHANGES], raise_exception=True)
def correction_withdraw(request: Any, pk: int) -> HttpResponse:
    return _take(
        request,
        pk,
        "已撤回更正",
        lambda found, form: steps.withdraw(correction=found, **_common(request, form)),
    )
