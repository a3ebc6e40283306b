"""编制: required and actual staff of a division, its trend, exemptions, and its sheet as a file."""

from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.choices import AccessAct
from accounts.scope import CITY, COMMUNITY, DISTRICT, PROVINCE, STREET
from accounts.sessions import record_request
from communities.forms.division import COMMUNITIES, DivisionForm
from communities.forms.ledger import PeriodForm
from communities.selectors.assessment import get_assessment, read_present
from communities.selectors.frame import get_frame
from communities.selectors.ledger import page_url
from communities.selectors.places import division_names
from communities.selectors.reasons import shared
from communities.views.ledger import note_of
from communities.views.responses import frame_context, table_response, within
from staffing.selectors.establishment import Establishment
from staffing.selectors.establishment_exemptions import candidates_of, exemptions_of
from staffing.selectors.establishment_places import parts_with_communities
from staffing.selectors.establishment_reasons import reasons_of
from staffing.selectors.trends import chart_of, trend_of
from staffing.tables.establishment import HEADINGS, layout, line_of

VIEW, EXPORT = "staffing.view_establishment", "communities.export_community"
PAGE_SIZE = 50
# how many digits the codes of a division's parts have
PARTS = {PROVINCE: CITY, CITY: DISTRICT, DISTRICT: STREET, STREET: COMMUNITY}
AREA_LABELS = {CITY: "市", DISTRICT: "县（市、区）", STREET: "街道", COMMUNITY: "社区"}
TITLE = "编制核定表"


def unknown(request):
    """The same answer for what does not exist and for what lies outside the scope."""
    return render(request, "404.html", status=404)


class EstablishmentPage:
    """The establishment that a request asks for: its period, its division, its rows."""

    def __init__(self, request, prefix, form):
        self.request, self.user, self.prefix = request, request.user, prefix
        self.present = read_present()
        self.period = PeriodForm(request.GET, self.present.versions.years)
        self.year, self.on = self.period.chosen_year, self.period.chosen_on
        # a roster that is to come is not yet one
        self.roster_on = min(self.on, timezone.localdate())
        self.frame = get_frame(prefix, self.year, self.present.versions.years, self.on)
        self.assessment = get_assessment(self.user, prefix, self.year, self.on, self.present)
        self.made = Establishment(self.user, self.assessment, prefix, self.roster_on)
        by_community = form.by_community and len(prefix) == DISTRICT
        self.width = COMMUNITY if by_community else PARTS[len(prefix)]
        self.parts = self.made.parts(self.width)

    @property
    def area_label(self):
        return AREA_LABELS[self.width]

    def query(self, **changes):
        kept = {"year": str(self.year), "on": self.on.isoformat(), "division": self.prefix}
        if self.width == COMMUNITY and len(self.prefix) == DISTRICT:
            kept["view"] = COMMUNITIES
        return urlencode({name: value for name, value in (kept | changes).items() if value})

    def rows(self, parts, *, reasons=False):
        """The rows of some parts. One query for the names of divisions."""
        if self.width == COMMUNITY:
            return [self._community(int(rows[0]), reasons=reasons) for _, rows in parts]
        names = division_names({code for code, _ in parts}, self.on)
        return [
            self.made.row(
                code, names.get(code, code), rows, url=f"?{self.query(division=code, view='')}"
            )
            for code, rows in parts
        ]

    def _community(self, row: int, *, reasons: bool):
        register = self.assessment.register
        url = page_url(register, row, self.user.scope)
        return self.made.row(
            register.codes[row],
            str(register.names[row]),
            np.array([row]),
            url=url,
            reasons=reasons_of(self.assessment, row) if reasons else [],
        )

    def context(self):
        return {
            **frame_context(self.frame, self.assessment),
            "demo": self.assessment.register.is_demo,
            "ignored": self.period.ignored,
            "division_name": self.frame.name,
            "trail": trail(self.request, self.frame, self.prefix, self.query),
            "roster_on": self.roster_on,
            "area_label": self.area_label,
            "no_policy": not self.assessment.policy.lines,
        }


def trail(request, frame, prefix, query):
    """The way to a division; those outside the reader's scope are named without a link."""
    return [
        {
            "label": place.name,
            "url": ""
            if place.code == prefix or not within(request, place.code)
            else f"{reverse('staffing:establishment')}?{query(division=place.code, view='')}",
        }
        for place in frame.trail
    ]


@require_safe
@permission_required(VIEW, raise_exception=True)
def establishment(request):
    form = DivisionForm(request.GET, request.user.scope)
    prefix = form.chosen
    if prefix is None:
        return unknown(request)
    if len(prefix) <= PROVINCE:
        return choose(request, prefix)
    page = EstablishmentPage(request, prefix, form)
    listed = Paginator(page.parts, PAGE_SIZE).get_page(request.GET.get("page"))
    trend = trend_of(request.user, prefix, page.present)
    made: Any = page.made
    rows = page.rows(listed.object_list, reasons=True)
    return render(
        request,
        "staffing/establishment/sheet.html",
        {
            **page.context(),
            "rows": rows,
            "shared": shared(one for row in rows for one in row.reasons),
            "page": listed,
            "totals": made.totals(),
            "by_community": page.width == COMMUNITY,
            "views": _views(page),
            "without_roster": made.without_roster,
            "standards": made.costs.standards(made.rows),
            "left_out": made.costs.left_out(made.rows),
            "exemptions": exemptions_of(request.user, made),
            "candidates": candidates_of(made),
            "may_exempt": request.user.is_staff and request.user.has_perm("policy.add_exemption"),
            "trend": trend,
            "chart": chart_of(trend),
            "may_export": request.user.has_perm(EXPORT),
            "export_url": f"{reverse('staffing:establishment_xlsx')}?{page.query()}",
        },
    )


def _views(page):
    """By what a district can be shown."""
    if len(page.prefix) != DISTRICT:
        return []
    return [
        {"label": "按街道", "url": f"?{page.query(view='')}", "current": page.width == STREET},
        {
            "label": "按社区",
            "url": f"?{page.query(view=COMMUNITIES)}",
            "current": page.width == COMMUNITY,
        },
    ]


def choose(request, prefix):
    """The provinces of the country, or the cities of a province: one is to be chosen."""
    present = read_present()
    period = PeriodForm(request.GET, present.versions.years)
    year, on = period.chosen_year, period.chosen_on
    frame = get_frame(prefix, year, present.versions.years, on)
    width = CITY if len(prefix) == PROVINCE else PROVINCE
    places = parts_with_communities(prefix, width, on)
    query = urlencode({"year": year, "on": on.isoformat()})
    return render(
        request,
        "staffing/establishment/choose.html",
        {
            **frame_context(frame, None),
            "ignored": period.ignored,
            "division_name": frame.name,
            "area_label": {PROVINCE: "省（自治区、直辖市）", CITY: "市"}[width],
            "places": [
                {"name": place.name, "url": f"?{query}&division={place.code}"} for place in places
            ],
        },
    )


@require_safe
@permission_required([VIEW, EXPORT], raise_exception=True)
def establishment_xlsx(request):
    form = DivisionForm(request.GET, request.user.scope)
    if form.chosen is None or len(form.chosen) <= PROVINCE:
        return unknown(request)
    page = EstablishmentPage(request, form.chosen, form)
    name = f"{page.frame.name}{page.year}年{TITLE}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    rows = page.rows(page.parts, reasons=True)
    notes = [
        note_of(page.frame, page.assessment),
        f"填报单位：{request.user.office}　　花名册统计到：{page.roster_on}",
    ]
    lines = [line_of(row) for row in rows]
    total = line_of(page.made.totals())
    return table_response(name, "xlsx", HEADINGS, lines, notes, layout(total))
