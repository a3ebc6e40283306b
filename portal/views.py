"""The pages: workbench, community, district sheet with exports, help, component reference."""

from datetime import date
from urllib.parse import urlencode

import numpy as np
from django.contrib.auth.decorators import permission_required, user_passes_test
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.choices import AccessAct
from accounts.sessions import record_request
from communities.forms.ledger import PeriodForm
from communities.selectors.assessment import get_assessment, read_present
from communities.selectors.designations import (
    designation_on,
    ending_of,
    get_designations,
    get_relatives,
    lineage_of,
)
from communities.selectors.frame import get_frame
from communities.selectors.ledger import STATUS_LABELS
from communities.selectors.places import division_names, find_community, get_division
from communities.views.ledger import note_of, staff_label
from communities.views.one_community import holder_query
from communities.views.responses import frame_context, table_response, within
from portal.samples import component_samples
from portal.selectors import workbench
from portal.selectors.community import fact_groups, history
from portal.selectors.needs import need_groups
from portal.selectors.sheet import Sheet
from portal.tables import sheet_headings, sheet_lines

PREMISES_LABEL = "用房合计"


class Page:
    """Year, policy date and assessment of a page about one division or community."""

    def __init__(self, request, code, present=None, period=None):
        self.present = present or read_present()
        self.years = self.present.versions.years
        self.period = period or PeriodForm(request.GET, self.years)
        self.frame = get_frame(code, self.period.chosen_year, self.years, self.period.chosen_on)
        self.assessment = get_assessment(
            request.user, code, self.period.chosen_year, self.period.chosen_on, self.present
        )

    def context(self):
        notices = [
            {"tone": "warn", "strong": "", "text": text, "link": "", "label": ""}
            for text in self.period.ignored
        ]
        return {
            **frame_context(self.frame, self.assessment),
            "demo": self.assessment.register.is_demo,
            "notices": notices,
            "area_decimals": 2,
        }


def unknown(request, code):
    """The same answer for a code that does not exist and for one outside the user's scope."""
    return render(request, "404.html", {"code": code}, status=404)


@require_safe
@permission_required("communities.view_community", raise_exception=True)
def home(request):
    scope = request.user.scope
    page = Page(request, scope)
    assessment = page.assessment
    width = workbench.CHILD_WIDTH.get(len(scope), 9)
    codes = {code[:width] for code in assessment.register.codes}
    areas = workbench.areas(assessment, scope, division_names(codes, page.frame.on))
    count = assessment.register.under(scope)
    return render(
        request,
        "portal/home.html",
        {
            **page.context(),
            "office": request.user.office,
            "scope_name": f"{page.frame.name}{count.stop - count.start}个社区",
            "todo": workbench.act_tasks(request.user) + workbench.tasks(assessment, scope),
            "todo_empty": "今天没有待办，辖区内社区的数据都齐了",
            "standards": workbench.standards(assessment, scope),
            "largest_gaps": workbench.largest_gaps(assessment, scope),
            "reporting": workbench.reporting(assessment, scope),
            "calendar": [],
            "staff_label": staff_label(assessment),
            "areas": areas,
            "area_label": workbench.AREA_LABELS.get(width, ""),
        },
    )


class CommunityPage(Page):
    """One community in a year, under the code and name that it had on the year's last day.

    A community that moved to another scope is read here up to the day it moved.
    """

    def __init__(self, request, code, found, present):
        user = request.user
        self.user, self.code, self.community = user, code, found.community
        self.former = request.GET.get("former", "")
        # those who had this code before it was given to another; of one that moved away, the rest
        self.former_holders = found.former_holders[0 if self.community else 1 :]
        self.moved = None if self.community else found.former_holders[0]
        self.key = self.moved.key if self.moved else self.community.pk
        self.holder = found.holder
        self.designations = get_designations(self.key, self.community)
        self.known = [one for one in self.designations if within(request, one.code)]
        self.latest = self.known[0]
        period = self._period(request, present.versions.years)
        last_day = date(period.chosen_year, 12, 31)
        self.of_the_year = designation_on(self.known, last_day)
        # the years before it came into the reader's scope are another's to show
        self.hidden = self.of_the_year is None and self._existed(last_day)
        self.named = self.of_the_year or self.latest
        super().__init__(request, self.named.code, present, period)
        self.row = None if self.hidden else self.assessment.register.place_of(self.key)
        self.relatives = get_relatives(user, self.key)

    def _period(self, request, years):
        """The asked year; of a community that has ended or moved away, the last one it has."""
        period = PeriodForm(request.GET, years)
        until = self.latest.until
        if until is None or request.GET.keys() & {"year", "on"}:
            return period
        last = until.year - 1
        if date(period.chosen_year, 12, 31) < until or last not in years:
            return period
        return PeriodForm({**request.GET.dict(), "year": last}, years)

    def _existed(self, day):
        """Whether the community was there on a day, as far as the reader may know."""
        begun = self.community and self.community.valid_from
        ended = self.community and self.community.valid_until
        return (begun is None or begun <= day) and (ended is None or day < ended)

    def status(self):
        if self.row is not None:
            return STATUS_LABELS[self.assessment.register.statuses[self.row]]
        if self.hidden:
            return "不在你的辖区"
        ended = self.latest.until
        return "已撤并" if ended and date(self.frame.year, 12, 31) >= ended else "未填报"

    def remarks(self, former):
        """What a reader must know before the figures: old codes, the end, another holder."""
        year, latest = self.frame.year, self.latest
        if self.moved:
            yield (
                f"{self.moved.until}起改为{self.moved.code}，不在你的辖区，这里只有以前年度的数据",
                "",
            )
        for old in [one for one in self.known[1:] if one.code == former][:1]:
            yield f"原代码{former}，{old.until}起改为{self.code}", ""
        if self.community and latest.until:
            successors = [one for one in self.relatives if one.relation == "successor"]
            to_come = not successors and latest.until > timezone.localdate()
            ending = ending_of(latest.until, successors)
            yield f"将于{latest.until}停用" if to_come else ending, ""
        if self.hidden:
            yield f"{year}年它不在你的辖区，不显示那一年的数据", ""
        elif self.named.code != self.code:
            yield f"{year}年代码为{self.named.code}", ""
        if self.named.name != latest.name:
            yield f"{year}年名称为{self.named.name}", ""
        for one in self.former_holders:
            told = f"代码{self.code}在{one.until}以前是{one.short_name}的"
            query = urlencode({"year": one.until.year - 1} | _holder(one.holder))
            yield told, f"/communities/{one.code}/?{query}" if one.reachable else ""

    def context(self):
        context = super().context()
        community, row = self.community, self.row
        notices = [
            {"tone": "", "strong": "", "text": text, "link": url, "label": url and "打开"}
            for text, url in self.remarks(self.former)
        ]
        return context | {
            "notices": [*context["notices"], *notices],
            "demo": context["demo"] or bool(community and community.is_demo),
            "community": {"name": self.latest.short_name, "code": self.code},
            "tab": "" if self.moved else "policy",
            "holder_query": holder_query(self.holder),
            "trail": community_trail(self.frame, self.named.code, self.latest.short_name),
            "facts_status": self.status(),
            "need_groups": [] if row is None else need_groups(self.assessment, row),
            "fact_groups": fact_groups(self.named, self.assessment, row),
            "history": history(self.user, self.key, self.known, self.present, self.frame.year),
            "texts": self.assessment.policy.texts_in_force(self.named.code),
            "lineage": lineage_of(self.designations, self.relatives),
        }


@require_safe
@permission_required("communities.view_community", raise_exception=True)
def community(request, code):
    present = read_present()
    on = PeriodForm(request.GET, present.versions.years).chosen_on
    found = find_community(request.user, code, on, request.GET.get("holder", ""))
    if found.redirect_to:
        asked = request.GET.dict() | {"former": code}
        asked.pop("holder", "")
        query = urlencode(asked | _holder(found.holder))
        return redirect(f"/communities/{found.redirect_to}/?{query}")
    if found.community is None and not found.former_holders:
        return unknown(request, code)
    page = CommunityPage(request, code, found, present)
    return render(request, "portal/community.html", page.context())


def _holder(key):
    return {"holder": key} if key else {}


def community_trail(frame, code, name):
    street = code[:9]
    names = {place.code: place.name for place in frame.trail}
    return [
        {"label": "社区台账", "url": f"/communities/?year={frame.year}"},
        {
            "label": names.get(street, street),
            "url": f"/communities/?street={street}&year={frame.year}",
        },
        {"label": name, "url": ""},
    ]


class DistrictPage(Page):
    """The sheet of a division with the names of its parts."""

    def __init__(self, request, code):
        super().__init__(request, code)
        self.code, self.user = code, request.user
        self.sheet = Sheet(self.assessment, code)
        self.width = {2: 4, 4: 6, 6: 9, 9: 12}[len(code)]
        parts = self.sheet.parts(self.width)
        self.names = division_names({part for part, _ in parts}, self.frame.on)
        self.opened = set(request.GET.getlist("open"))
        self.query = {"year": str(self.frame.year), "on": self.frame.on.isoformat()}
        self.rows = [self._row(part, rows) for part, rows in parts]

    @property
    def area_label(self):
        return {4: "市", 6: "县（市、区）", 9: "街道", 12: "社区"}[self.width]

    def _row(self, code, rows):
        if self.width == 12:
            return self._community(int(rows[0]))
        opened = code in self.opened
        children = [self._community(int(row)) for row in rows] if opened else []
        return self.sheet.row(
            code,
            self.names.get(code, code),
            self._url(code),
            rows,
            toggle_url=self._toggle(code),
            is_open=opened,
            children=children,
        )

    def _community(self, row: int):
        register = self.assessment.register
        code = register.codes[row]
        url = f"/communities/{register.page_of(row, self.user.scope)}/?{urlencode(self.query)}"
        return self.sheet.row(code, register.names[row], url, np.array([row]))

    def detailed(self):
        """The rows with the communities of every street, for exports."""
        parts = self.sheet.parts(self.width)
        self.opened = {code for code, _ in parts} if self.width == len("371502001") else set()
        return [self._row(code, rows) for code, rows in parts]

    def _url(self, code):
        return f"/districts/{code}/?{urlencode(self.query)}"

    def _toggle(self, code):
        opened = sorted(self.opened ^ {code})
        return f"?{urlencode([*self.query.items(), *(('open', one) for one in opened)])}"


@require_safe
@permission_required("communities.view_community", raise_exception=True)
@vary_on_headers("HX-Request", "HX-Target", "HX-History-Restore-Request")
def district(request, code):
    if not within(request, code):
        return unknown(request, code)
    page = DistrictPage(request, code)
    division = get_division(request.user, code, page.frame.on)
    if division is None:
        return unknown(request, code)
    totals = page.sheet.totals()
    checks = page.sheet.checks(page.rows, totals, page.area_label)
    fragment = request.htmx and request.htmx.target == "sheet"
    whole = not fragment or request.htmx.history_restore_request
    query = urlencode(page.query)
    return render(
        request,
        "portal/district.html" if whole else "portal/_sheet.html",
        {
            **page.context(),
            "division": {"name": division.name, "code": code},
            "trail": district_trail(request, page.frame, code),
            "texts": page.assessment.policy.lines,
            "export_xlsx_url": f"export.xlsx?{query}",
            "export_csv_url": f"export.csv?{query}",
            "area_label": page.area_label,
            "premises_label": PREMISES_LABEL,
            "payer_columns": page.sheet.payer_labels,
            "rows": page.rows,
            "totals": totals,
            "checks": checks,
            "checks_passed": sum(check.ok for check in checks),
            "checks_broken": sum(not check.ok for check in checks),
            "unavailable": page.sheet.unavailable(),
            "own_subjects": page.sheet.own_subjects(),
            "empty_text": f"{division.name}还没有城市社区。由系统管理员导入社区名录",
        },
    )


def district_trail(request, frame, code):
    """The way to a division; those outside the user's scope are named without a link."""
    return [
        {
            "label": place.name,
            "url": ""
            if place.code == code or not within(request, place.code)
            else f"/districts/{place.code}/?year={frame.year}",
        }
        for place in frame.trail
    ]


@require_safe
@permission_required("communities.export_annualfacts", raise_exception=True)
def export_district(request, code, form):
    if not within(request, code):
        return unknown(request, code)
    page = DistrictPage(request, code)
    division = get_division(request.user, code, page.frame.on)
    if division is None:
        return unknown(request, code)
    lines = [line for row in page.detailed() for line in sheet_lines(page.area_label, row)]
    lines += sheet_lines("合计", page.sheet.totals())
    name = f"{division.name}{page.frame.year}年度汇总"
    record_request(request, AccessAct.EXPORT, target=f"{name}.{form}")
    headings = sheet_headings(page.sheet.payer_labels)
    return table_response(name, form, headings, lines, [note_of(page.frame, page.assessment)])


@require_safe
def keys(request):
    return render(request, "help/keys.html")


def staff_only(user):
    """Let staff in; others are refused, not sent to log in again."""
    if user.is_authenticated and not user.is_staff:
        raise PermissionDenied
    return bool(user.is_authenticated)


@require_safe
@user_passes_test(staff_only)
def components(request):
    return render(request, "portal/components.html", component_samples())
