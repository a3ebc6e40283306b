"""审核和复核: the facts that wait, worst first, by street; many clean ones at once; exports."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.choices import AccessAct
from accounts.sessions import record_request
from collection.forms.reviews import BulkForm
from collection.selectors.review_page import CONFIRMS, REVIEWS
from collection.selectors.reviews import (
    CLEAN,
    LOOK_FIRST,
    MOST_LISTED,
    STATES,
    Line,
    Queue,
    QueueQuery,
    count_parts,
    count_states,
    get_queue,
    handed_in,
)
from collection.services import reviewing
from collection.services.facts import StepError
from collection.services.reviewing import Done
from collection.tables.reviews import HEADINGS, PART_HEADINGS, review_lines
from collection.views.acting import act_once
from communities.choices import FactsStatus
from communities.selectors.places import addresses_of, division_names
from communities.views.division import PAGE_SIZE, DivisionPage
from communities.views.responses import table_response

VIEW = "communities.view_annualfacts"
TITLE = "年度数据审核"
KINDS = {LOOK_FIRST: "先看的", CLEAN: "没有疑点的"}
STAGES = {
    FactsStatus.SUBMITTED: ("pass", REVIEWS, "审核通过"),
    FactsStatus.REVIEWED: ("confirm", CONFIRMS, "确认"),
}
# of those that did not go on so many are named
MOST_NAMED = 5


class ReviewList(DivisionPage):
    """The list that a request asks for."""

    def __init__(self, request: Any) -> None:
        choices = {"state": {one.value: one.label for one in STATES}, "kind": KINDS}
        super().__init__(request, choices)
        self.counts = count_states(self.user, self.prefix, self.year)
        self.status = FactsStatus(self.form.chosen("state") or self._usual())
        self.kind = self.form.chosen("kind")
        self.count = self.counts.get(self.status, 0)

    def _usual(self) -> str:
        """The state that this person decides on; of others the one that waits longest."""
        for status, (_, right, _) in reversed(STAGES.items()):
            if self.user.has_perm(right):
                return status.value
        return next((one.value for one in STATES if self.counts.get(one)), STATES[0].value)

    @property
    def too_many(self) -> bool:
        return self.count > MOST_LISTED or len(self.prefix) < len("3715")

    @property
    def stage(self) -> str:
        """The step that this person may take with the listed facts, '' for none."""
        key, right, _ = STAGES.get(self.status, ("", "", ""))
        return key if key and self.user.has_perm(right) else ""

    def queue(self) -> Queue:
        query = QueueQuery(self.prefix, self.year, self.status)
        return get_queue(self.user, query)

    def chosen(self, queue: Queue) -> list[Line]:
        """The lines of the kind that was asked for."""
        return [
            line
            for line in queue.lines
            if self.kind in ("", CLEAN if line.is_clean else LOOK_FIRST)
        ]

    def street_names(self, lines: list[Line]) -> dict[str, str]:
        return division_names({line.facts.street_code for line in lines}, self.on)

    def tabs(self) -> list[dict[str, Any]]:
        return [
            {
                "label": one.label,
                "count": self.counts.get(one, 0),
                "url": f"?{self.query(state=one.value, kind='')}",
                "current": one == self.status,
            }
            for one in STATES
        ]


@require_safe
@permission_required(VIEW, raise_exception=True)
def reviews(request: Any) -> HttpResponse:
    page = ReviewList(request)
    street = page.select("street", "街道", page.streets())
    context = {
        **page.context(street),
        "title": TITLE,
        "tabs": page.tabs(),
        "state": page.status.value,
        "state_label": page.status.label,
        "count": page.count,
        "stage": page.stage,
        "button": STAGES.get(page.status, ("", "", ""))[2],
        "parts": _parts(page),
    }
    if not page.too_many:
        context |= _listed(page)
    return render(request, "collection/reviews/reviews.html", context)


def _parts(page: ReviewList) -> list[dict[str, Any]]:
    """The divisions below with their counts; of a street none."""
    width = {1: 2, 2: 4, 4: 6, 6: 9}.get(len(page.prefix))
    if width is None:
        return []
    parts = count_parts(page.user, page.prefix, page.year, width)
    names = division_names({one.code for one in parts}, page.on)
    return [
        {
            "code": one.code,
            "name": names.get(one.code, one.code),
            "url": f"?{page.query(street=one.code)}",
            "cells": [one.counts.get(state, 0) for state in STATES],
        }
        for one in parts
    ]


def _listed(page: ReviewList) -> dict[str, Any]:
    """The lines of the page, and what can be done with all clean ones."""
    queue = page.queue()
    kinds = {LOOK_FIRST: queue.look_first, CLEAN: queue.clean}
    shown = page.chosen(queue)
    pager = Paginator(shown, PAGE_SIZE).get_page(page.request.GET.get("page"))
    lines = list(pager.object_list)
    clean = queue.confirmable if page.stage else []
    after, moved = queue.total(clean)
    return {
        "page": pager,
        "rows": _rows(page, lines),
        "kinds": [
            {
                "label": label,
                "count": kinds[key],
                "url": f"?{page.query(kind=key)}",
                "current": page.kind == key,
            }
            for key, label in KINDS.items()
        ],
        "all_url": f"?{page.query(kind='')}",
        "kind": page.kind,
        "ticks": page.kind == CLEAN and bool(page.stage),
        "bulk": {
            "count": len(clean),
            "rows": ",".join(line.key for line in clean),
            "after": after,
            "moved": moved,
            "key": uuid.uuid4(),
        },
        "back_kind": page.kind,
        "back_street": page.form.chosen("street"),
    }


def _rows(page: ReviewList, lines: list[Line]) -> list[dict[str, Any]]:
    streets = page.street_names(lines)
    handed = handed_in([line.facts.pk for line in lines])
    addresses = addresses_of(page.user, {line.facts.community_id for line in lines})
    return [
        {
            "line": line,
            "street": streets.get(line.facts.street_code, line.facts.street_code),
            "handed": handed[line.facts.pk],
            "url": _url(line, addresses),
        }
        for line in lines
    ]


def _url(line: Line, addresses: Any) -> str:
    found = addresses.get(line.facts.community_id)
    code, query = (found.code, found.query) if found else (line.facts.code, "")
    return reverse("collection:review", args=[code, line.facts.year]) + query


@require_safe
@permission_required("communities.export_annualfacts", raise_exception=True)
def reviews_export(request: Any, form: str) -> HttpResponse:
    """The lines of the list, or where there are too many its divisions with their counts."""
    page = ReviewList(request)
    what = "审核进度" if page.too_many else f"{page.status.label}清单"
    name = f"{page.frame.name}{page.year}年度数据{what}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.{form}")
    if page.too_many:
        lines = [(part["code"], part["name"], *part["cells"]) for part in _parts(page)]
        return table_response(
            name, form, PART_HEADINGS, lines, [f"填报单位：{request.user.office}"]
        )
    listed = page.chosen(page.queue())
    handed = handed_in([line.facts.pk for line in listed])
    zone = timezone.get_current_timezone()
    body = review_lines(listed, page.street_names(listed), handed, zone)
    counted = f"共{len(listed)}个社区，金额按{page.year}年执行的政策测算"
    notes = [f"填报单位：{request.user.office}　　{counted}"]
    return table_response(name, form, HEADINGS, body, notes)


@require_POST
@permission_required(VIEW, raise_exception=True)
def reviews_confirm(request: Any) -> HttpResponse:
    """Pass or confirm many at once; what cannot go on stays and is named."""
    form = BulkForm(request.POST)
    back = f"{reverse('collection:reviews')}?{_kept(request)}"
    if not form.is_valid():
        messages.warning(request, "没有收到要办理的社区，重新打开清单再办理")
        return redirect(back)
    stages = {"pass": reviewing.PASS, "confirm": reviewing.CONFIRM}
    stage = stages[form.cleaned_data["stage"]]
    if not request.user.has_perm(STAGES[stage.start][1]):
        raise PermissionDenied("this step is another office's")
    if not form.versions:
        messages.warning(request, "没有勾选社区。勾选后再办理")
        return redirect(back)

    def act() -> str:
        done = reviewing.advance_many(
            stage=stage, versions=form.versions, by=request.user, at=timezone.now()
        )
        _tell(request, STAGES[stage.start][2], done)
        return back

    try:
        act_once(request, form.submission_key, act)
    except StepError as wrong:
        messages.warning(request, str(wrong))
    return redirect(back)


def _kept(request: Any) -> str:
    """The filters of the list that the form came from."""
    sent = request.POST
    names = ("year", "state", "kind", "street")
    return urlencode({name: sent[f"back_{name}"] for name in names if sent.get(f"back_{name}")})


def _tell(request: Any, word: str, result: Done) -> None:
    if not result.count and not result.left:
        messages.warning(request, "没有可以办理的社区，重新打开清单再办理")
    if result.count:
        said = (
            f"已确认{result.count:,}个社区" if word == "确认" else f"{result.count:,}个社区{word}"
        )
        messages.success(request, said)
    if result.left:
        named = "；".join(f"{name}{why}" for _, name, why in result.left[:MOST_NAMED])
        more = f"；另有{len(result.left) - MOST_NAMED}个" if len(result.left) > MOST_NAMED else ""
        messages.warning(request, f"{len(result.left):,}个社区没有办理：{named}{more}")
