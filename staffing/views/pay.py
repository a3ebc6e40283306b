"""待遇: the yearly table of a division or community, and its file."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.choices import AccessAct
from accounts.scope import CITY, COMMUNITY, PROVINCE
from accounts.sessions import record_request
from communities.forms.ledger import PeriodForm
from communities.selectors.assessment import read_present
from communities.selectors.frame import get_frame
from communities.views.responses import frame_context, table_response, within
from staffing.forms.pay import PayPlace
from staffing.rules.pay_months import month_text
from staffing.selectors.establishment_places import parts_with_communities
from staffing.selectors.pay import pay_year
from staffing.tables import pay as table
from staffing.views.establishment import unknown

VIEW, SEE_PERSONS = "staffing.view_pay", "staffing.view_person"
RECORD = "staffing.record_pay"
EXPORT, EXPORT_PERSONS = "communities.export_community", "staffing.export_person"
PAGE_SIZE = 50


class PayPage:
    """The table that a request asks for: its year, its division, its model."""

    def __init__(self, request, prefix):
        self.request, self.user, self.prefix = request, request.user, prefix
        self.present = read_present()
        self.period = PeriodForm(request.GET, self.present.versions.years)
        self.year = self.period.chosen_year
        self.made = pay_year(self.user, prefix, self.year, self.present)
        self.frame = get_frame(prefix, self.year, self.present.versions.years, self.made.on)
        self.by_person = len(prefix) == COMMUNITY

    def query(self, **changes):
        kept = {"year": str(self.year), "division": self.prefix} | changes
        return urlencode({name: value for name, value in kept.items() if value})

    @property
    def name(self):
        """The name of the division, or of the community at the end of the year."""
        if not self.by_person:
            return self.frame.name
        place = self.made.assessment.register.place(self.prefix)
        listed = [one.name for one in self.made.places]
        if place is not None:
            listed.append(str(self.made.assessment.register.names[place]))
        return listed[0] if listed else self.prefix

    def trail(self):
        """The way to the division; what lies outside the reader's scope has no link."""
        way = [
            {
                "label": place.name,
                "url": ""
                if place.code == self.prefix or not within(self.request, place.code)
                else f"?{self.query(division=place.code)}",
            }
            for place in self.frame.trail
        ]
        return [*way, {"label": self.name, "url": ""}] if self.by_person else way

    def communities(self, places):
        return [
            {
                "name": one.name,
                "url": f"?{self.query(division=one.code)}",
                "sums": one.sums,
                "cells": table.cells_of(self.made, one.sums),
                "reasons": self.made.reasons(one.units),
            }
            for one in places
        ]

    def persons(self, units):
        named = self.user.has_perm(SEE_PERSONS)
        return [
            {
                "name": unit.name if named else "—",
                "url": f"{reverse('staffing:person_pay', args=[unit.person])}?year={self.year}"
                if named
                else "",
                "unit": unit,
                "months": month_text(unit.months),
                "cells": table.cells_of_unit(self.made, unit),
                "note": table.note_of_unit(unit),
                "clauses": list(dict.fromkeys(c for one in unit.compared for c in one.clauses)),
            }
            for unit in units
        ]


@require_safe
@permission_required(VIEW, raise_exception=True)
def pay(request):
    prefix = PayPlace(request.GET, request.user.scope).chosen
    if prefix is None:
        return unknown(request)
    if len(prefix) <= PROVINCE:
        return choose(request, prefix)
    page = PayPage(request, prefix)
    made, user = page.made, request.user
    listed = made.units if page.by_person else made.places
    paged = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = (page.persons if page.by_person else page.communities)(paged.object_list)
    return render(
        request,
        "staffing/pay/table.html",
        {
            **frame_context(page.frame, made.assessment),
            "demo": made.is_demo,
            "ignored": page.period.ignored,
            "division": prefix,
            "division_name": page.name,
            "trail": page.trail(),
            "by_person": page.by_person,
            "rows": rows,
            "page": paged,
            "columns": len(made.subjects) + len(made.payers) + 5,
            "subjects": [table.subject_label(one) for one in made.subjects],
            "payers": [table.payer_label(one) for one in made.payers],
            "sums": made.sums,
            "cells": table.cells_of(made, made.sums),
            "rates": made.rates,
            "reasons": made.reasons(made.units),
            "readings": table.READINGS,
            "no_policy": not made.assessment.policy.lines,
            "may_export": user.has_perm(EXPORT),
            "export_url": f"{reverse('staffing:pay_xlsx')}?{page.query()}",
        },
    )


def choose(request, prefix):
    """The provinces of the country, or the cities of a province: one is to be chosen."""
    present = read_present()
    period = PeriodForm(request.GET, present.versions.years)
    year, on = period.chosen_year, period.chosen_on
    frame = get_frame(prefix, year, present.versions.years, on)
    width = CITY if len(prefix) == PROVINCE else PROVINCE
    return render(
        request,
        "staffing/pay/choose.html",
        {
            **frame_context(frame, None),
            "ignored": period.ignored,
            "division_name": frame.name,
            "area_label": {PROVINCE: "省（自治区、直辖市）", CITY: "市"}[width],
            "places": [
                {"name": one.name, "url": f"?{urlencode({'year': year, 'division': one.code})}"}
                for one in parts_with_communities(prefix, width, on)
            ],
        },
    )


@require_safe
@permission_required([VIEW, EXPORT], raise_exception=True)
def pay_xlsx(request):
    """The table as a file: by person for those who may export persons, else by community."""
    prefix = PayPlace(request.GET, request.user.scope).chosen
    if prefix is None or len(prefix) <= PROVINCE:
        return unknown(request)
    user, page = request.user, PayPage(request, prefix)
    persons = user.has_perm(SEE_PERSONS) and user.has_perm(EXPORT_PERSONS)
    name = f"{page.name}{page.year}年人员待遇"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    now = timezone.localtime()
    notes = [
        f"社区保障管理系统　　{user.office}　{user.display_name}　　生成于{now:%Y-%m-%d %H:%M}"
    ]
    if page.made.is_demo:
        notes.append("演示数据，不代表任何地方的实际情况")
    return table_response(
        name,
        "xlsx",
        table.headings(page.made, persons=persons),
        table.lines(page.made, persons=persons),
        notes,
        table.layout(page.made, persons=persons),
    )
