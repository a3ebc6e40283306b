"""花名册: the roster of a division on a day, its search by name, and its export."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.choices import AccessAct
from accounts.scope import COMMUNITY, STREET, contains
from accounts.sessions import record_request
from communities.selectors.frame import get_frame
from communities.views.division import cell
from communities.views.ledger import Within
from communities.views.responses import frame_context, table_response
from staffing.forms.roster import CHOICES, LABELS, DayForm, NameForm
from staffing.models import Person
from staffing.rules.groups import leads_both
from staffing.rules.identities import hashed
from staffing.selectors.roster import RosterQuery, get_roster
from staffing.selectors.roster_places import communities_of, places_around
from staffing.tables.roster import (
    columns,
    name_of,
    roster_headings,
    roster_layout,
    roster_lines,
)
from staffing.typed import identity_number

PAGE_SIZE = 50
# more than a city's rows are no file that somebody reads
MOST_EXPORTED = 30_000
NAME = "staff_name"  # in the session: a name stands in no address
FIRST = ("group", "state")
MORE = ("identity", "education", "age", "sex", "party", "certificate", "pay")
SELECTS = (*FIRST, *MORE)
ALL = {"state": "在岗"}


class PlacePage:
    """A page about the staff of a division or community on a day, as a request asks for it."""

    def __init__(self, request, choices):
        self.request, self.user = request, request.user
        scope = Within(self.user.scope)
        self.form = DayForm(
            request.GET, {"street": scope, "community": WithinAll(scope), **choices}
        )
        self.on = self.form.on
        community = self.form.chosen("community")
        self.street = self.form.chosen("street") or community[:STREET] or self.user.scope
        # a community of the street that was chosen before is left behind
        inside = community and contains(self.street, community)
        self.prefix = community if inside else self.street
        self.frame = get_frame(self.prefix[:STREET], self.on.year, [], self.on)

    def query(self, **changes):
        """The address's query with changes; empty values are left out."""
        kept = self.form.asked | changes
        if self.prefix == self.street:
            kept.pop("community", None)
        return urlencode({name: value for name, value in kept.items() if value})

    def select(self, name, choices, all_label="全部"):
        """A select of the filter bar, as components/choice.html takes it."""
        chosen = self.form.chosen(name)
        return {
            "name": name,
            "label": LABELS[name],
            "all_label": all_label,
            "choices": [
                {"value": value, "label": label, "selected": value == chosen}
                for value, label in choices.items()
            ],
        }

    def place_selects(self):
        """The selects of divisions and, in a street, of its communities. One query or two."""
        around = places_around(self.user.scope, self.street, self.on)
        within = communities_of(self.user, self.street, self.on)
        self.communities = {place.code: place.name for place in within}
        return [
            self.select("street", {place.code: place.name for place in around}),
            self.select("community", self.communities),
        ]

    @property
    def place_name(self):
        return self.communities.get(self.prefix, self.frame.name)

    def context(self):
        return {
            **frame_context(self.frame, None),
            "year": None,
            "years": None,
            "on": self.on,
            "today": timezone.localdate(),
            "asked": self.form.asked,
        }


class WithinAll:
    """Every community code inside a scope, as the choices of a filter."""

    def __init__(self, scope):
        self.scope = scope

    def __contains__(self, code):
        return (
            code.isascii()
            and code.isdecimal()
            and len(code) == COMMUNITY
            and code[:STREET] in self.scope
        )


class RosterPage(PlacePage):
    """The roster that a request asks for."""

    def __init__(self, request):
        super().__init__(request, CHOICES)
        asked = {name: self.form.chosen(name) for name in (*SELECTS, "sort")}
        self.name = request.session.get(NAME, "") if request.GET.get("named") else ""
        self.roster = get_roster(
            self.user, RosterQuery(prefix=self.prefix, on=self.on, name=self.name, **asked)
        )
        self.left = bool(asked["state"])

    def query(self, **changes):
        return super().query(**({"named": "1" if self.name else ""} | changes))

    def heads(self):
        """The columns with what they sort by."""
        sort = self.form.chosen("sort")
        for column in columns(left=self.left):
            key = "" if self.roster.wide else column.sort
            direction = {key: "ascending", f"-{key}": "descending"}.get(sort, "") if key else ""
            following = f"-{key}" if direction == "ascending" else key
            url = f"?{self.query(sort=following)}" if key else ""
            head = {"label": column.heading.label, "url": url, "direction": direction}
            yield {"column": head, "css": column.css}

    def rows(self, listed):
        shown = columns(left=self.left)
        for row in listed:
            yield {
                "person": row.person,
                "name": name_of(row.person),
                "community": row.community,
                "both": leads_both(one.post for one in row.appointments),
                "posts": list(dict.fromkeys(one.get_post_display() for one in row.appointments)),
                "cells": [
                    cell(one.heading, one.cell(row, self.on)) | {"css": one.css}
                    for one in shown[3:]
                ],
            }

    @property
    def filtered(self):
        """Whether anything narrows the roster but its place and day."""
        return bool(self.name) or any(self.form.chosen(name) for name in SELECTS)

    @property
    def file_name(self):
        return f"花名册-{self.prefix}-{self.on}"


@require_safe
@permission_required("staffing.view_person", raise_exception=True)
@vary_on_headers("HX-Request")
def roster(request):
    page = RosterPage(request)
    listed: Any = page.roster
    pager = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    found = list(pager.object_list)
    may_change = request.user.has_perm("staffing.change_person")
    context = {
        **page.context(),
        "selects": [
            one
            for one in (
                *page.place_selects(),
                *(page.select(name, CHOICES[name], ALL.get(name, "全部")) for name in FIRST),
            )
            if one["choices"]
        ],
        "more": [page.select(name, CHOICES[name]) for name in MORE],
        "more_open": any(page.form.chosen(name) for name in MORE),
        "place_name": page.place_name,
        "ignored": page.form.ignored,
        "heads": list(page.heads()),
        "rows": list(page.rows(found)),
        "page": pager,
        "totals": None if page.roster.wide else page.roster.totals,
        "cut": page.roster.cut,
        "filtered": page.filtered,
        "name": page.name,
        "without_name": f"?{page.query(named='')}",
        "sort": page.form.chosen("sort"),
        "left": page.left,
        "demo": any(row.person.is_demo for row in found),
        "may_change": may_change,
        "may_import": request.user.has_perm("staffing.import_person"),
        "may_export": not page.roster.wide and request.user.has_perm("staffing.export_person"),
        "export_url": f"{reverse('staffing:roster_xlsx')}?{page.query()}",
    }
    return render(request, "staffing/persons/roster.html", context)


@require_POST
@sensitive_post_parameters("name")
@permission_required("staffing.view_person", raise_exception=True)
def roster_search(request):
    """Look for a person: the name stays in the session, an identity number leads to its file."""
    asked = {name: request.POST.get(name, "") for name in (*LABELS, "on")}
    asked = {name: value for name, value in asked.items() if value}
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.warning(request, str(form.errors["name"][0]))
        return redirect(f"{reverse('staffing:roster')}?{urlencode(asked)}")
    text = form.cleaned_data["name"]
    try:
        number = identity_number(text) if sum(sign.isdigit() for sign in text) > 14 else ""
    except ValidationError as wrong:
        messages.warning(request, wrong.messages[0])
        return redirect(f"{reverse('staffing:roster')}?{urlencode(asked)}")
    if number:
        return _to_file(request, number, asked)
    request.session[NAME] = text
    named = {"named": "1"} if text else {}
    return redirect(f"{reverse('staffing:roster')}?{urlencode(asked | named)}")


def _to_file(request, number, asked):
    """Where the file of an identity number is, of several the last; the number is not kept."""
    same = hashed(number, settings.IDENTITY_KEY)
    found = Person.objects.for_user(request.user).filter(identity_hmac=same).order_by("pk").last()
    if found is not None:
        return redirect("staffing:person", found.pk)
    messages.warning(request, "你的辖区内没有登记这个身份证号的人员")
    return redirect(f"{reverse('staffing:roster')}?{urlencode(asked)}")


@require_safe
@permission_required("staffing.export_person", raise_exception=True)
def roster_xlsx(request):
    page = RosterPage(request)
    size = len(page.roster)
    if page.roster.wide or size > MOST_EXPORTED:
        messages.warning(request, "人数太多，选一个县（市、区）或街道再导出")
        return redirect(f"{reverse('staffing:roster')}?{page.query()}")
    page.place_selects()
    name = page.file_name
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    at = timezone.localtime()
    notes = [
        f"{page.place_name}　　{page.on}{'已离任' if page.left else '在岗'}人员",
        f"社区保障管理系统　　{request.user.office} {request.user.display_name}"
        f"　　{at:%Y-%m-%d %H:%M}导出",
    ]
    headings = roster_headings(left=page.left)
    return table_response(
        name, "xlsx", headings, roster_lines(page.roster), notes, roster_layout(page.roster)
    )
