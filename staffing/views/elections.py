"""Pages of elections: rounds, terms that end, the direct rate; the elections of a community."""

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.choices import AccessAct
from accounts.scope import CITY, DISTRICT, STREET, contains
from accounts.sessions import record_request
from communities.models import Division
from communities.selectors.places import division_names, streets_under
from communities.views.responses import table_response
from staffing.selectors import elections_due as due
from staffing.selectors.election_rounds import listed_rounds, rounds_of
from staffing.selectors.elections import elections_of, turnout_of
from staffing.tables import elections as tables
from staffing.views.election_place import EXPORT, RECORD, RUN, VIEW, may_record, of_community

PAGE_SIZE = 50
# of a city and its districts; a round comes once in some years
MOST_ROUNDS = 50


class Place:
    """The division that the list shows: the scope, or a part of it that the address names."""

    def __init__(self, request, on):
        user = request.user
        asked = request.GET.get("division", "")
        inside = asked.isdecimal() and len(asked) in (CITY, DISTRICT, STREET)
        self.code = asked if inside and contains(user.scope, asked) else user.scope
        # communities of more than a city are not walked
        self.wide = len(self.code) < CITY
        self.parts = [] if self.wide else parts_of(user.scope, on)
        state = request.GET.get("state", "")
        self.state = state if state in due.STATES else ""


def parts_of(scope, on):
    """What the list may be narrowed to: districts of a city, streets of a district."""
    if len(scope) == CITY:
        rows = Division.objects.under(scope).filter(level="district").as_of(on).order_by("code")
        return [{"code": one.code, "name": one.name} for one in rows]
    if len(scope) == DISTRICT:
        return [{"code": one.code, "name": one.name} for one in streets_under(scope, on)]
    return []


def cities_of(scope, on):
    rows = Division.objects.under(scope).filter(level="city").as_of(on).order_by("code")
    return [{"code": one.code, "name": one.name} for one in rows.only("code", "name")]


@require_safe
@permission_required(VIEW, raise_exception=True)
def elections(request):
    user, on = request.user, timezone.localdate()
    place = Place(request, on)
    rounds = listed_rounds(user, rounds_of(user)[:MOST_ROUNDS], on) if not place.wide else []
    context = {
        "rounds": rounds,
        "place": place,
        "may_run": user.has_perm(RUN) and len(user.scope) in (CITY, DISTRICT),
        "may_export": user.has_perm(EXPORT) and not place.wide,
        "states": [{"key": key, "label": label} for key, label in due.STATES.items()],
        "on": on,
    }
    if place.wide:
        context["cities"] = cities_of(user.scope, on)
        return render(request, "staffing/elections/list.html", context)
    rows = due.due_list(user, place.code, place.state, on)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = due.due_counts(user, place.code, on)
    context |= {
        "page": page,
        "lines": due.due_lines(user, page.object_list, on),
        "counts": [{"key": key, "label": due.STATES[key], "number": number, "tone": due.TONES[key]}
                   for key, number in counts.items()],
        "committees": sum(counts.values()),
        "name": division_names({place.code}, on).get(place.code, place.code),
        "demo": any(one.round.is_demo for one in rounds),
        **direct(user, place.code, on),
    }  # fmt: skip
    return render(request, "staffing/elections/list.html", context)


def direct(user, code, on):
    """The rate of direct elections, of a city or a district."""
    found = due.direct_rate(user, code, on)
    if found is None:
        return {}
    total, lines = found
    return {"direct": total, "direct_lines": lines, "of_city": len(code) == CITY}


@require_safe
@permission_required([VIEW, EXPORT], raise_exception=True)
def elections_xlsx(request):
    user, on = request.user, timezone.localdate()
    place = Place(request, on)
    if place.wide:
        return render(request, "404.html", status=404)
    lines = due.due_lines(user, due.due_list(user, place.code, place.state, on), on)
    name = f"选举届期-{place.code}-{on}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    return table_response(
        name, "xlsx", tables.DUE, tables.due_rows(lines), tables.notes(request.user, on),
        tables.DUE_LAYOUT,
    )  # fmt: skip


@require_safe
@of_community()
def community_elections(request, page):
    """The elections of a community, with when the next one is due."""
    rows = due.with_terms(due.committees(request.user, page.community.code, page.on), page.on)
    line = next(iter(due.due_lines(request.user, rows.filter(pk=page.community.pk), page.on)), None)
    found = elections_of(request.user, page.community)
    records = not page.ended and request.user.has_perm(RECORD)
    context = {
        **page.context("staff", ("选举", "")),
        "line": line,
        "rows": [{"one": one, "turnout": turnout_of(one)} for one in found],
        "may_record": may_record(page),
        "may_open": records and line is not None,
    }
    return render(request, "staffing/elections/community.html", context)
