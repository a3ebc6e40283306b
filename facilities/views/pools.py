"""用房补助资金: the pools that a person reads, one pool, its file, and its form."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.choices import AccessAct
from accounts.scope import CITY
from accounts.sessions import record_request
from communities.selectors.places import division_names
from communities.views.editing import edit_page
from communities.views.responses import table_response
from facilities.choices import PoolMethod
from facilities.forms.pools import PoolForm
from facilities.models import SpacePool
from facilities.rules.money import fen
from facilities.selectors.plans import EDITABLE, steps_of
from facilities.selectors.pools import (
    FROZEN,
    Divided,
    changes_since,
    divide,
    entered_weights,
    find_pool,
    kept,
    lines_for,
    pools_for,
    poor_counties,
    sees_all,
    shown_weight,
)
from facilities.selectors.pools_fund import fund_of
from facilities.services.pools import LOCKED, save_pool
from facilities.tables import pools as tables
from facilities.views.plans import (
    EXPORT,
    PAGE_SIZE,
    PROPOSE,
    VIEW,
    may_write,
    printed_line,
    step_context,
    tone_of,
    unknown,
)

MOST_NAMED = 5


def trail_to(*steps):
    """The way to a page of pools."""
    found = [("用房补助资金", reverse("facilities:pools")), *steps]
    return [{"label": label, "url": url} for label, url in found]


@require_safe
@permission_required(VIEW, raise_exception=True)
def pools(request):
    user, on = request.user, timezone.localdate()
    listed: Any = Paginator(pools_for(user), PAGE_SIZE).get_page(request.GET.get("page"))
    names = division_names({one.code for one in listed.object_list}, on)
    return render(
        request,
        "facilities/pools/list.html",
        {
            "page": listed,
            "rows": [
                {"pool": one, "name": names.get(one.code, one.code), "tone": tone_of(one)}
                for one in listed.object_list
            ],
            "may_add": may_make(user),
            "demo": any(one.is_demo for one in listed.object_list),
        },
    )


def may_make(user):
    """Whether a person's office divides money among counties: a city's or a province's."""
    return user.has_perm(PROPOSE) and 1 < len(user.scope) <= CITY


class PoolPage:
    """A pool as a person sees it: divided anew while it is a draft, afterwards as it was kept."""

    def __init__(self, request, pool):
        self.user, self.pool, self.on = request.user, pool, timezone.localdate()
        self.whole = sees_all(self.user, pool)
        self.changes: list[str] = []
        if pool.state in FROZEN or not self.whole:
            lines = list(lines_for(self.user, pool))
            self.names = division_names({one.code[:6] for one in lines} | {pool.code}, self.on)
            self.divided = Divided(kept(lines, self.names), fen(pool.amount_yuan), [])
            if self.whole:
                self._compare()
            return
        self.divided = divide(self.user, pool, self.on, entered_weights(pool))
        codes = {one.code[:6] for one in self.divided.parts}
        self.names = division_names(codes | {pool.code}, self.on)

    def _compare(self):
        entered = {one.code: one.weight or 0 for one in self.divided.parts if not one.measure}
        now = divide(self.user, self.pool, self.on, entered)
        self.changes = changes_since(self.divided.parts, now, self.pool)

    @property
    def rows(self):
        return [
            {
                "part": one,
                "county": self.names.get(one.code[:6], one.code[:6]),
                "weight": shown_weight(one.weight, self.pool.weight_by),
            }
            for one in self.divided.parts
        ]


@require_safe
@permission_required(VIEW, raise_exception=True)
def pool(request, pk):
    record = find_pool(request.user, pk)
    return unknown(request) if record is None else shown(request, record)


def shown(request, record, *, said="", status=200):
    """The page of a pool; `said` is why a step was not done."""
    page = PoolPage(request, record)
    listed: Any = Paginator(page.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **step_context(request.user, record),
        "said": said,
        "pool": record,
        "by_weight": record.method == PoolMethod.WEIGHTS,
        "office": page.names.get(record.code, record.code),
        "trail": trail_to((record.title, "")),
        "page": listed,
        "rows": listed.object_list,
        "divided": page.divided,
        "weight": shown_weight(page.divided.weight, record.weight_by),
        "whole": page.whole,
        "frozen": record.state in FROZEN,
        "changes": page.changes[:MOST_NAMED],
        "more_changes": len(page.changes[MOST_NAMED:]),
        "may_export": request.user.has_perm(EXPORT),
        "steps": steps_of(record) if page.whole else [],
        "approve_url": reverse("facilities:pool_approve", args=[record.pk]),
        "return_url": reverse("facilities:pool_return", args=[record.pk]),
        "what": "分配",
        "demo": record.is_demo or page.divided.demo,
    }
    return render(request, "facilities/pools/pool.html", context, status=status)


@require_safe
@permission_required(EXPORT, raise_exception=True)
@permission_required(VIEW, raise_exception=True)
def pool_xlsx(request, pk):
    record = find_pool(request.user, pk)
    if record is None:
        return unknown(request)
    page = PoolPage(request, record)
    name = f"{record.title}-{record.code}-{record.year}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    notes = [tables.note_of(record), printed_line(request.user)]
    return table_response(
        name,
        "xlsx",
        tables.headings(record),
        tables.lines_of(record, page.rows),
        notes,
        tables.layout(record, page.divided),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PROPOSE, raise_exception=True)
def pool_new(request):
    user, on = request.user, timezone.localdate()
    if not may_make(user):
        return unknown(request)
    asked = request.GET.get("year", "")
    year = int(asked) if asked in {str(on.year + step) for step in (-1, 0, 1)} else on.year
    fund = fund_of(user.scope, year)
    record = SpacePool(code=user.scope, year=year, title=f"{year}年贫困县用房补助")
    if fund is not None and fund.amount is not None:
        record.amount_yuan, record.basis = fund.amount, fund.clause
    context = {"fund": fund}
    return _edit(request, record, "拟订用房补助资金", reverse("facilities:pools"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PROPOSE, raise_exception=True)
def pool_edit(request, pk):
    record = find_pool(request.user, pk)
    if record is None or not may_write(request.user, record):
        return unknown(request)
    url = reverse("facilities:pool", args=[pk])
    if record.state not in EDITABLE:
        messages.warning(request, LOCKED)
        return redirect(url)
    return _edit(request, record, "修改用房补助资金", url, {})


def _edit(request, record, title, back, more):
    on = timezone.localdate()

    def save(form):
        entered = form.weights()
        divided = divide(request.user, form.instance, on, entered)
        form.instance.is_demo = divided.demo
        stored = save_pool(
            pool=form.instance,
            fields=form.written,
            parts=divided.parts,
            version=form.opened_version,
            reason=form.reason,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, f"已保存{stored.title}。核对分配以后送批")
        return reverse("facilities:pool", args=[stored.pk])

    return edit_page(
        request,
        PoolForm,
        record,
        save=save,
        context={
            "title": title,
            "submit": "保存并分配",
            "trail": trail_to((title, "")),
            "cancel_url": back,
            "demo": record.is_demo,
            **more,
        },
        template="facilities/pools/edit.html",
        counties=poor_counties(record.code, on),
        entered=entered_weights(record),
    )
