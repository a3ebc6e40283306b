"""用房补助测算: what the texts give a division's premises in a year; one set of rooms by year."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.choices import AccessAct
from accounts.scope import CITY, COMMUNITY, DISTRICT, PROVINCE, STREET
from accounts.sessions import record_request
from communities.forms.ledger import PeriodForm
from communities.models import Division
from communities.selectors.assessment import read_present
from communities.selectors.frame import get_frame
from communities.views.responses import frame_context, table_response, within
from facilities.forms.subsidies import SHOWS, SubsidyFilter, SubsidyPlace
from facilities.models import Premises
from facilities.selectors.subsidies import subsidies_of, years_of
from facilities.tables import subsidies as table

VIEW, EXPORT = "facilities.view_premises", "facilities.export_premises"
SEE_SERIES = "policy.view_indexvalue"
PAGE_SIZE = 50
PARTS = {CITY: DISTRICT, DISTRICT: STREET, STREET: COMMUNITY}
AREA_LABELS = {DISTRICT: "县（市、区）", STREET: "街道", COMMUNITY: "社区"}


def unknown(request):
    """The same answer for what does not exist and for what lies outside the scope."""
    return render(request, "404.html", status=404)


class SubsidyPage:
    """The subsidies that a request asks for: their year, their division."""

    def __init__(self, request, prefix):
        self.request, self.user, self.prefix = request, request.user, prefix
        self.present = read_present()
        self.period = PeriodForm(request.GET, self.present.versions.years)
        self.year = self.period.chosen_year
        self.made = subsidies_of(self.user, prefix, self.year, self.present)
        self.frame = get_frame(prefix, self.year, self.present.versions.years, self.made.on)
        self.payers = table.payers_of(self.made)

    def query(self, **changes):
        kept = {"year": str(self.year), "division": self.prefix} | changes
        return urlencode({name: value for name, value in kept.items() if value})

    @property
    def name(self):
        """The name of the division, or of the community."""
        if len(self.prefix) != COMMUNITY:
            return self.frame.name
        register = self.made.assessment.register
        row = register.place(self.prefix)
        return self.prefix if row is None else str(register.names[row])

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
        return [*way, {"label": self.name, "url": ""}] if len(self.prefix) == COMMUNITY else way

    def parts(self):
        """The sums of the division's parts, each with the address of its own page."""
        width = PARTS.get(len(self.prefix))
        if width is None:
            return []
        return [
            {
                "cells": table.cells_of(sums, self.made.subjects, self.payers),
                "url": f"?{self.query(division=sums.code)}" if within(self.request, sums.code)
                else "",
            }
            for sums in self.made.parts(width)
        ]  # fmt: skip

    def lines(self, listed):
        return [
            {"shown": table.shown(line), "line": line, "url": self._url(line)} for line in listed
        ]

    def _url(self, line):
        """The page of the premises, or the community's own where the year's facts stand."""
        if line.premises is not None:
            return f"{reverse('facilities:subsidy', args=[line.premises])}#y{self.year}"
        register = self.made.assessment.register
        row = register.place(line.code)
        code = line.code if row is None else register.page_of(row, self.user.scope)
        return f"/communities/{code}/?year={self.year}#need-{line.subject}"

    def missing(self):
        """The figures of series that are not there, each with the page on which it is entered."""
        seen = self.user.has_perm(SEE_SERIES)
        return [
            {
                "said": gap.said,
                "lines": count,
                "url": f"{reverse('collection:indices')}?"
                f"{urlencode({'year': gap.year, 'division': gap.division})}"
                if seen
                else "",
            }
            for gap, count in self.made.missing()
        ]


@require_safe
@permission_required(VIEW, raise_exception=True)
def subsidies(request):
    prefix = SubsidyPlace(request.GET, request.user.scope).chosen
    if prefix is None:
        return unknown(request)
    if len(prefix) <= PROVINCE:
        return choose(request, prefix)
    page = SubsidyPage(request, prefix)
    made = page.made
    form = SubsidyFilter(request.GET)
    paged = Paginator(form.kept(made.lines), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "facilities/subsidies/list.html",
        {
            **frame_context(page.frame, made.assessment),
            "on": made.on,
            "demo": made.assessment.register.is_demo,
            "ignored": page.period.ignored,
            "division_name": page.name,
            "trail": page.trail(),
            "no_policy": not made.assessment.policy.lines,
            "subjects": [table.subject_label(one) for one in made.subjects],
            "payers": [table.payer_label(one) for one in page.payers],
            "area_label": AREA_LABELS.get(PARTS.get(len(prefix), 0), ""),
            "parts": page.parts(),
            "totals": table.cells_of(made.sums(), made.subjects, page.payers),
            "any_lines": bool(made.lines),
            "lines": page.lines(paged.object_list),
            "shows": [
                {"label": label, "url": f"?{page.query(show=value)}", "current": value == form.show}
                for value, label in SHOWS.items()
            ],
            "page": paged,
            "missing": page.missing(),
            "unknown": made.unknown,
            "readings": table.READINGS,
            "may_export": request.user.has_perm(EXPORT),
            "export_url": f"{reverse('facilities:subsidies_xlsx')}?{page.query()}",
        },
    )


def choose(request, prefix):
    """The provinces of the country, or the cities of a province: one is to be chosen."""
    present = read_present()
    period = PeriodForm(request.GET, present.versions.years)
    year, on = period.chosen_year, period.chosen_on
    frame = get_frame(prefix, year, present.versions.years, on)
    level = "city" if len(prefix) == PROVINCE else "province"
    places = Division.objects.under(prefix).filter(level=level).as_of(on).order_by("code")
    return render(
        request,
        "facilities/subsidies/choose.html",
        {
            **frame_context(frame, None),
            "ignored": period.ignored,
            "division_name": frame.name,
            "area_label": {"province": "省（自治区、直辖市）", "city": "市"}[level],
            "places": [
                {"name": name, "url": f"?{urlencode({'year': year, 'division': code})}"}
                for code, name in places.values_list("code", "name")
            ],
        },
    )


@require_safe
@permission_required([VIEW, EXPORT], raise_exception=True)
def subsidies_xlsx(request):
    prefix = SubsidyPlace(request.GET, request.user.scope).chosen
    if prefix is None or len(prefix) <= PROVINCE:
        return unknown(request)
    page = SubsidyPage(request, prefix)
    name = f"{page.name}{page.year}年用房补助测算"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    now = timezone.localtime()
    notes = [
        f"社区保障管理系统　　{page.user.office}　{page.user.display_name}　　"
        f"生成于{now:%Y-%m-%d %H:%M}"
    ]
    if page.made.assessment.register.is_demo:
        notes.append("演示数据，不代表任何地方的实际情况")
    return table_response(
        name,
        "xlsx",
        table.headings(page.payers),
        table.lines_of(page.made, page.payers),
        notes,
        table.layout(page.made, page.payers),
    )


@require_safe
@permission_required(VIEW, raise_exception=True)
def subsidy(request, pk):
    """One set of rooms: what it gets year by year, with the trace of every line."""
    found = Premises.objects.for_user(request.user).filter(pk=pk).select_related("community")
    premises = found.first()
    if premises is None:
        return unknown(request)
    years = [
        {
            "year": one.year,
            "lines": [
                {"shown": table.shown(line), "line": line, "need": one.computed.need(line)}
                for line in one.lines
            ],
        }
        for one in years_of(request.user, premises, timezone.localdate())
    ]
    return render(
        request,
        "facilities/subsidies/one.html",
        {
            "premises": premises,
            "years_listed": years,
            "trail": [
                {"label": "用房补助", "url": reverse("facilities:subsidies")},
                {"label": premises.name, "url": ""},
            ],
            "readings": table.READINGS,
        },
    )
