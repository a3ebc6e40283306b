"""县区汇总: a division's sheet, and its exports."""

from urllib.parse import urlencode

import numpy as np
from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.choices import AccessAct
from accounts.scope import CITY, COMMUNITY, DISTRICT, PROVINCE, STREET
from accounts.sessions import record_request
from communities.selectors.places import division_names, get_division
from communities.views.ledger import note_of
from communities.views.responses import table_response, within
from portal.selectors.sheet import Sheet
from portal.tables import sheet_headings, sheet_lines
from portal.views.frame import Page, unknown
from portal.views.trails import district_trail

PREMISES_LABEL = "用房合计"
# how many digits the codes of a division's parts have
CHILD_WIDTH = {PROVINCE: CITY, CITY: DISTRICT, DISTRICT: STREET, STREET: COMMUNITY}
AREA_LABELS = {CITY: "市", DISTRICT: "县（市、区）", STREET: "街道", COMMUNITY: "社区"}


class DistrictPage(Page):
    """The sheet of a division with the names of its parts."""

    def __init__(self, request, code):
        super().__init__(request, code)
        self.code, self.user = code, request.user
        self.sheet = Sheet(self.assessment, code)
        self.width = CHILD_WIDTH[len(code)]
        parts = self.sheet.parts(self.width)
        self.names = division_names({part for part, _ in parts}, self.frame.on)
        self.opened = set(request.GET.getlist("open"))
        self.query = {"year": str(self.frame.year), "on": self.frame.on.isoformat()}
        self.rows = [self._row(part, rows) for part, rows in parts]

    @property
    def area_label(self):
        return AREA_LABELS[self.width]

    def _row(self, code, rows):
        if self.width == COMMUNITY:
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
        self.opened = {code for code, _ in parts} if self.width == STREET else set()
        return [self._row(code, rows) for code, rows in parts]

    def _url(self, code):
        return f"/districts/{code}/?{urlencode(self.query)}"

    def _toggle(self, code):
        opened = sorted(self.opened ^ {code})
        return f"?{urlencode([*self.query.items(), *(('open', one) for one in opened)])}"


def opened(request, code):
    """The page of a division and the division; None where it is unknown or outside the scope."""
    if not within(request, code):
        return None
    page = DistrictPage(request, code)
    division = get_division(request.user, code, page.frame.on)
    return None if division is None else (page, division)


@require_safe
@permission_required("communities.view_community", raise_exception=True)
@vary_on_headers("HX-Request", "HX-Target", "HX-History-Restore-Request")
def district(request, code):
    found = opened(request, code)
    if found is None:
        return unknown(request, code)
    page, division = found
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


@require_safe
@permission_required("communities.export_annualfacts", raise_exception=True)
def export_district(request, code, form):
    found = opened(request, code)
    if found is None:
        return unknown(request, code)
    page, division = found
    lines = [line for row in page.detailed() for line in sheet_lines(page.area_label, row)]
    lines += sheet_lines("合计", page.sheet.totals())
    name = f"{division.name}{page.frame.year}年度汇总"
    record_request(request, AccessAct.EXPORT, target=f"{name}.{form}")
    headings = sheet_headings(page.sheet.payer_labels)
    return table_response(name, form, headings, lines, [note_of(page.frame, page.assessment)])
