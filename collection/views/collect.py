"""数据填报: a street's list, handing in all that is ready, and the same by division for others."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.scope import STREET, WHOLE_COUNTRY, contains
from accounts.services import once
from collection.forms.entry import AskForm, collect_choice, key_of
from collection.selectors.collect import LABELS, OPEN, entries_of, parts_of, ready_of, street_of
from collection.selectors.rounds import barrier, call_for, may_ask, rounds_for
from collection.services.asking import AskedError, ask_extension
from collection.services.entering import hand_in_all
from collection.views.entry_place import ENTER, VIEW
from communities.selectors.places import trail_to
from communities.views.one_community import unknown

MOST_SAID = 5


@require_safe
@permission_required(VIEW, raise_exception=True)
def collect(request) -> HttpResponse:
    """A street's communities, or the divisions below one, with the state of their forms."""
    years = _years(request.user)
    chosen = collect_choice(request.GET, years, timezone.localdate().year)
    own = request.user.scope
    division = chosen.division or own
    if not contains(own, division):
        return unknown(request, division)
    context = _frame(request, chosen, years, division)
    if len(division) >= STREET:
        return _street(request, chosen, division[:STREET], context)
    parts = parts_of(request.user, division, chosen.year, timezone.localdate())
    return render(
        request,
        "collection/entry/divisions.html",
        {
            **context,
            "parts": parts,
            "demo": any(one.is_demo for one in parts),
            "labels": list(LABELS.values()),
            "total": sum(one.communities for one in parts),
            "sums": [sum(cells) for cells in zip(*(one.cells for one in parts), strict=True)],
            "finished": sum(one.finished for one in parts),
        },
    )


def _years(user):
    """Years for which rounds were opened, latest first. One query."""
    rounds = rounds_for(user).exclude(state="draft").order_by()
    return sorted(set(rounds.values_list("year", flat=True)), reverse=True)


def _frame(request, chosen, years, division):
    on = timezone.localdate()
    trail = [] if division == WHOLE_COUNTRY else trail_to(division[:STREET], on)
    here = [one for one in trail if contains(request.user.scope, one.code)]
    address = f"{reverse('collection:collect')}?year={chosen.year}"
    way = [{"label": "数据填报", "url": address}]
    way += [{"label": one.name, "url": f"{address}&division={one.code}"} for one in here[1:]]
    way[-1]["url"] = ""
    return {
        "year": chosen.year,
        "years": sorted({*years, chosen.year}, reverse=True),
        "chosen": chosen,
        "on": on,
        "place": trail[-1].name if trail else "全国",
        "trail": way if len(way) > 1 else [],
        "may_upload": request.user.has_perm("communities.change_annualfacts")
        or request.user.has_perm("communities.import_annualfacts"),
        "may_run": request.user.has_perm("collection.run_round"),
    }


def _street(request, chosen, street, context) -> HttpResponse:
    on = timezone.localdate()
    listed = street_of(request.user, street, chosen.year, on)
    may_enter = request.user.has_perms(ENTER)
    rows = [row for row in listed.rows if _shown(row, chosen.state)]
    filters = [("", "全部", len(listed.rows)), ("todo", "没有提交", listed.count(*OPEN))]
    filters += [(key, label, listed.count(key)) for key, label in LABELS.items()]
    following = next((row for row in listed.rows if row.is_open), None)
    call = listed.call
    over = call is not None and may_ask(call) and call.left_days(on) < 0
    return render(
        request,
        "collection/entry/collect.html",
        {
            **context,
            "street": listed,
            "rows": rows,
            "filters": [one for one in filters if one[2] or one[0] in ("", chosen.state)],
            "following": following,
            "may_enter": may_enter,
            "barrier": barrier(call, chosen.year, on),
            "may_ask": may_enter and over,
            "left": _left(call, on),
            "demo": any(row.community.is_demo for row in listed.rows),
            "key": uuid.uuid4(),
        },
    )


def _left(call, on):
    """Days left until the last day, None where there is none or it is over."""
    days = call.left_days(on) if call else -1
    return days if days >= 0 else None


def _shown(row, state):
    return not state or row.status == state or (state == "todo" and row.is_open)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(ENTER, raise_exception=True)
def submit_all(request) -> HttpResponse:
    """Hand in the complete forms of the street, after a look at which they are."""
    data = request.POST if request.method == "POST" else request.GET
    chosen = collect_choice(data, [], timezone.localdate().year)
    street = (chosen.division or request.user.scope)[:STREET]
    if len(street) != STREET or not contains(request.user.scope, street):
        return unknown(request, street)
    back = f"{reverse('collection:collect')}?year={chosen.year}&division={street}"
    if request.method != "POST":
        return _ready(request, chosen.year, street, back)

    def act() -> str:
        on = timezone.localdate()
        seen = set(request.POST.getlist("form"))
        entries = entries_of(request.user, street, chosen.year, on)
        listed = [one for one in entries if f"{one.community.code}:{one.version}" in seen]
        result = hand_in_all(entries=listed, by=request.user, at=timezone.now(), on=on)
        if result.done:
            messages.success(request, f"已提交{result.done}个社区")
        for line in result.left[:MOST_SAID]:
            messages.warning(request, line)
        if len(result.left) > MOST_SAID:
            messages.warning(request, f"另有{len(result.left) - MOST_SAID}个社区没有提交")
        if changed := len(seen) - len(listed):
            messages.warning(request, f"{changed}个社区在你打开以后改过，没有提交。看过再提交")
        return back

    return redirect(once(key=key_of(request), by=request.user, act=act))


def _ready(request, year, street, back) -> HttpResponse:
    """What would be handed in: every form with its count of households and what was explained."""
    on = timezone.localdate()
    ready = ready_of(request.user, street, year, on)
    if not ready:
        messages.warning(request, "没有可一起提交的：还没有填好，或都已提交。退回的逐个核对后提交")
        return redirect(back)
    trail = [{"label": "数据填报", "url": back}, {"label": "提交已填好的", "url": ""}]
    context = {"year": year, "street": street, "ready": ready, "trail": trail, "back": back}
    demo = any(one.community.is_demo for one in ready)
    return render(
        request, "collection/entry/submit_all.html", {**context, "demo": demo, "key": uuid.uuid4()}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(ENTER, raise_exception=True)
def extension_ask(request) -> HttpResponse:
    """Ask for a later last day: the office that made the round and the district are told."""
    on = timezone.localdate()
    chosen = collect_choice(request.GET, [], on.year)
    street = (chosen.division or request.user.scope)[:STREET]
    call = call_for(street, chosen.year) if len(street) == STREET else None
    if call is None or not contains(request.user.scope, street):
        return unknown(request, street)
    back = f"{reverse('collection:collect')}?year={chosen.year}&division={street}"
    form = AskForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        told = ask_extension(
            call=call, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        )
        messages.success(request, f"已申请延期，{told}人收到消息。批准后截止日期会改，工作台有消息")
        return back

    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(key=key_of(request), by=request.user, act=act))
        except AskedError as error:
            form.add_error(None, str(error))
    trail = [{"label": "数据填报", "url": back}, {"label": "申请延期", "url": ""}]
    context = {"form": form, "call": call, "trail": trail, "back": back}
    status = 422 if request.method == "POST" else 200
    return render(request, "collection/entry/extension.html", context, status=status)
