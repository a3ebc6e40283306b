"""用房达标: required and actual space of a division, its sizes, its trend, and its sheet."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.choices import AccessAct
from accounts.scope import CITY, COMMUNITY, DISTRICT, PROVINCE, STREET, contains
from accounts.sessions import record_request
from communities.forms.division import COMMUNITIES
from communities.forms.ledger import PeriodForm
from communities.selectors.assessment import get_assessment, read_present
from communities.selectors.frame import get_frame
from communities.selectors.ledger import page_url
from communities.selectors.places import division_names
from communities.selectors.reasons import shared
from communities.views.ledger import note_of
from communities.views.responses import frame_context, table_response, within
from facilities.forms.space import MEASURES, PARTS, SpaceSheetForm
from facilities.selectors.space import Space, register_day
from facilities.selectors.space_city import own_of
from facilities.selectors.space_ledger import SpaceLedger
from facilities.selectors.space_reasons import bases_of, reasons_of
from facilities.selectors.space_sizes import sizes_of
from facilities.selectors.trends import assessments_of, chart_of, keys_of, trend_of
from facilities.tables.space import headings, layout, line_of

VIEW, EXPORT = "facilities.view_premises", "facilities.export_premises"
PAGE_SIZE = 50
AREA_LABELS = {
    PROVINCE: "省（自治区、直辖市）",
    CITY: "市",
    DISTRICT: "县（市、区）",
    STREET: "街道",
    COMMUNITY: "社区",
}
TITLE = "用房达标表"


def unknown(request):
    """The same answer for what does not exist and for what lies outside the scope."""
    return render(request, "404.html", status=404)


class SpacePage:
    """The sheet that a request asks for: its period, its division, its rows."""

    def __init__(self, request, prefix, form, *, trend=False):
        self.request, self.user, self.prefix, self.form = request, request.user, prefix, form
        self.present = read_present()
        self.period = PeriodForm(request.GET, self.present.versions.years)
        self.year, self.on = self.period.chosen_year, self.period.chosen_on
        self.today = timezone.localdate()
        self.register_on = register_day(self.on, self.today)
        self.frame = get_frame(prefix, self.year, self.present.versions.years, self.on)
        self.assessment = get_assessment(self.user, prefix, self.year, self.on, self.present)
        # five years of a whole province are read city by city
        self.past = (
            assessments_of(self.user, prefix, self.present)
            if trend and len(prefix) > PROVINCE
            else []
        )
        keys = keys_of([self.assessment, *self.past], prefix)
        self.ledger = SpaceLedger(self.user, prefix, keys)
        self.stock = self.ledger.on(self.register_on, self.assessment.register.keys)
        self.made = Space(self.assessment, prefix, self.stock, form.chosen_measure)
        by_community = form.by_community and len(prefix) == DISTRICT
        self.width = COMMUNITY if by_community else PARTS[len(prefix)]
        self.parts = self.made.parts(self.width)

    @property
    def area_label(self):
        return AREA_LABELS[self.width]

    def query(self, **changes):
        kept = {
            "year": str(self.year),
            "on": self.on.isoformat(),
            "division": self.prefix,
            "measure": self.form.chosen_measure,
            "edges": self.form.data.get("edges", "") if not self.form.ignored else "",
        }
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
        return self.made.community(
            row,
            url=page_url(self.assessment.register, row, self.user.scope),
            reasons=reasons_of(self.assessment, row) if reasons else [],
        )

    def city(self):
        """What the whole city must have in sum, for those who may read all of it."""
        city = self.prefix[:CITY]
        if len(city) < CITY or not contains(self.user.scope, city):
            return None
        if self.prefix == city:
            return own_of(self.assessment, city, self.stock)
        assessment = get_assessment(self.user, city, self.year, self.on, self.present)
        ledger = SpaceLedger(self.user, city, keys_of([assessment], city))
        stock = ledger.on(self.register_on, assessment.register.keys)
        return own_of(assessment, city, stock)

    def context(self):
        return {
            **frame_context(self.frame, self.assessment),
            "demo": self.assessment.register.is_demo,
            "ignored": [*self.period.ignored, *self.form.ignored],
            "division_name": self.frame.name,
            "trail": trail(self.request, self.frame, self.prefix, self.query),
            "register_on": self.register_on,
            "area_label": self.area_label,
            "no_policy": not self.assessment.policy.lines,
        }


def trail(request, frame, prefix, query, route="facilities:space"):
    """The way to a division; those outside the reader's scope are named without a link."""
    return [
        {
            "label": place.name,
            "url": ""
            if place.code == prefix or not within(request, place.code)
            else f"{reverse(route)}?{query(division=place.code, view='')}",
        }
        for place in frame.trail
    ]


@require_safe
@permission_required(VIEW, raise_exception=True)
def space(request):
    form = SpaceSheetForm(request.GET, request.user.scope)
    if form.chosen is None:
        return unknown(request)
    page = SpacePage(request, form.chosen, form, trend=True)
    listed = Paginator(page.parts, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = page.rows(listed.object_list, reasons=True)
    made: Any = page.made
    trend = trend_of(page.past, page.prefix, page.ledger, page.today)
    return render(
        request,
        "facilities/space/sheet.html",
        {
            **page.context(),
            "rows": rows,
            "shared": shared(one for row in rows for one in row.reasons),
            "page": listed,
            "totals": made.totals(),
            "labels": made.labels,
            "by_community": page.width == COMMUNITY,
            "views": _views(page),
            "measures": _measures(page),
            "measure_label": MEASURES.get(form.chosen_measure, ""),
            "columns": 3 + 3 * len(made.subjects),
            "bases": bases_of(page.assessment),
            "city": page.city(),
            "city_name": next((one.name for one in page.frame.trail if len(one.code) == CITY), ""),
            "is_city": len(page.prefix) == CITY,
            "sizes": sizes_of(made.whole, made.rows, form.chosen_edges),
            "edges": ",".join(str(edge) for edge in form.chosen_edges),
            "kept_query": _kept(page),
            "trend": trend,
            "chart": chart_of(trend),
            "wide": len(page.prefix) <= PROVINCE,
            "may_export": request.user.has_perm(EXPORT),
            "export_url": f"{reverse('facilities:space_xlsx')}?{page.query()}",
            "duties_url": f"{reverse('facilities:estate_duties')}?{page.query(edges='', view='')}",
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


def _measures(page):
    """Which area is shown beside the building area."""
    chosen = page.form.chosen_measure
    named = {"": "只列建筑面积"} | {key: f"并列{label}" for key, label in MEASURES.items()}
    return [
        {"label": label, "url": f"?{page.query(measure=key)}", "current": key == chosen}
        for key, label in named.items()
    ]


def _kept(page):
    """The rest of the address, for the form of the edges."""
    kept = {
        "year": str(page.year),
        "on": page.on.isoformat(),
        "division": page.prefix,
        "measure": page.form.chosen_measure,
        "view": COMMUNITIES if page.form.by_community else "",
    }
    return [(name, value) for name, value in kept.items() if value]


@require_safe
@permission_required([VIEW, EXPORT], raise_exception=True)
def space_xlsx(request):
    form = SpaceSheetForm(request.GET, request.user.scope)
    if form.chosen is None:
        return unknown(request)
    page = SpacePage(request, form.chosen, form)
    name = f"{page.frame.name}{page.year}年{TITLE}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    rows = page.rows(page.parts, reasons=True)
    beside = MEASURES.get(form.chosen_measure, "")
    notes = [
        note_of(page.frame, page.assessment),
        f"填报单位：{request.user.office}　　用房台账统计到：{page.register_on}　　面积按建筑面积",
    ]
    lines = [line_of(row, beside=bool(beside)) for row in rows]
    total = line_of(page.made.totals(), beside=bool(beside))
    heads = headings(page.made.subjects, beside)
    return table_response(name, "xlsx", heads, lines, notes, layout(total))
