"""数据填报: a street's list, handing in all that is ready, and the same by division for others."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.scope import WHOLE_COUNTRY, contains
from accounts.services import once
from collection.forms.entry import collect_choice, key_of
from collection.selectors.collect import LABELS, OPEN, entries_of, parts_of, street_of
from collection.selectors.rounds import rounds_for
from collection.services.entering import hand_in_all
from collection.views.entry_place import ENTER, VIEW
from communities.selectors.places import trail_to
from communities.views.one_community import unknown

STREET = 9
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
            "is_open": listed.call is not None and listed.call.is_open(on),
            "left": _left(listed.call, on),
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


@require_POST
@permission_required(ENTER, raise_exception=True)
def submit_all(request) -> HttpResponse:
    """Hand in every form of the street that is complete."""
    chosen = collect_choice(request.POST, [], timezone.localdate().year)
    street = (chosen.division or request.user.scope)[:STREET]
    if len(street) != STREET or not contains(request.user.scope, street):
        return unknown(request, street)

    def act() -> str:
        on = timezone.localdate()
        entries = entries_of(request.user, street, chosen.year, on)
        result = hand_in_all(entries=entries, by=request.user, at=timezone.now(), on=on)
        if result.done:
            messages.success(request, f"已提交{result.done}个社区")
        for line in result.left[:MOST_SAID]:
            messages.warning(request, line)
        if len(result.left) > MOST_SAID:
            messages.warning(request, f"另有{len(result.left) - MOST_SAID}个社区还没有填好")
        if not result.done and not result.left:
            messages.warning(request, "没有可提交的：还没有开始填，或都已提交")
        return f"{reverse('collection:collect')}?year={chosen.year}&division={street}"

    return redirect(once(key=key_of(request.POST), by=request.user, act=act))
