"""物业服务用房: estates of a division with what they must have and have; their list as a file."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.choices import AccessAct
from accounts.scope import CITY, DISTRICT, PROVINCE, STREET
from accounts.sessions import record_request
from communities.forms.division import DivisionForm
from communities.forms.ledger import PeriodForm
from communities.selectors.assessment import read_present
from communities.selectors.frame import get_frame
from communities.selectors.places import division_names
from communities.views.responses import frame_context, table_response
from facilities.forms.space import PARTS
from facilities.selectors.estate_duties import STATES, by_part, clauses_of, get_duties, sums_of
from facilities.selectors.space import register_day
from facilities.selectors.space_places import parts_of
from facilities.selectors.space_reasons import named_measure
from facilities.tables.estate_duties import HEADINGS, LAYOUT, line_of
from facilities.views.space import AREA_LABELS, EXPORT, PAGE_SIZE, VIEW, trail, unknown

TITLE = "小区物业服务用房"


class DutiesPage:
    """The estates that a request asks for; of more than a city a part is to be chosen."""

    def __init__(self, request, prefix):
        self.request, self.user, self.prefix = request, request.user, prefix
        present = read_present()
        self.period = PeriodForm(request.GET, present.versions.years)
        self.year, self.on = self.period.chosen_year, self.period.chosen_on
        self.register_on = register_day(self.on, timezone.localdate())
        self.frame = get_frame(prefix, self.year, present.versions.years, self.on)
        given = request.GET.get("state", "")
        self.state = given if given in STATES else ""
        self.duties = [] if self.wide else get_duties(self.user, prefix, self.on, self.register_on)

    @property
    def wide(self):
        return len(self.prefix) <= PROVINCE

    @property
    def width(self):
        return PARTS[len(self.prefix)]

    def query(self, **changes):
        kept = {
            "year": str(self.year),
            "on": self.on.isoformat(),
            "division": self.prefix,
            "state": self.state,
        }
        return urlencode({name: value for name, value in (kept | changes).items() if value})

    def chosen(self):
        """The duties of the chosen state."""
        return [one for one in self.duties if not self.state or one.state == self.state]

    def parts(self):
        """The sums of streets or districts; none of a street. One query."""
        if len(self.prefix) not in (CITY, DISTRICT):
            return []
        found = by_part(self.duties, self.width)
        names = division_names(set(found), self.on)
        return [
            sums_of(code, names.get(code, code), own, f"?{self.query(division=code)}")
            for code, own in found.items()
        ]

    def context(self):
        return {
            **frame_context(self.frame, None),
            "ignored": [*self.period.ignored, *self._ignored()],
            "division_name": self.frame.name,
            "trail": trail(
                self.request, self.frame, self.prefix, self.query, "facilities:estate_duties"
            ),
            "register_on": self.register_on,
            "area_label": AREA_LABELS[self.width],
        }

    def _ignored(self):
        given = self.request.GET.get("state", "")
        return [f"没有“{given[:20]}”这种情况，已列出全部小区"] if given and not self.state else []


@require_safe
@permission_required(VIEW, raise_exception=True)
def estate_duties(request):
    form = DivisionForm(request.GET, request.user.scope)
    if form.chosen is None:
        return unknown(request)
    page = DutiesPage(request, form.chosen)
    if page.wide:
        return choose(request, page)
    listed = Paginator(page.chosen(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "facilities/space/estates.html",
        {
            **page.context(),
            "rows": listed.object_list,
            "page": listed,
            "totals": sums_of(page.prefix, "合计", page.duties),
            "parts": page.parts(),
            "clauses": [(one, named_measure(one.summary)) for one in clauses_of(page.duties)],
            "states": [
                {
                    "label": label,
                    "url": f"?{page.query(state=key)}",
                    "current": key == page.state,
                }
                for key, label in {"": "全部", **STATES}.items()
            ],
            "has_streets": len(page.prefix) < STREET,
            "may_export": request.user.has_perm(EXPORT),
            "export_url": f"{reverse('facilities:estate_duties_xlsx')}?{page.query()}",
            "space_url": f"{reverse('facilities:space')}?{page.query(state='')}",
        },
    )


def choose(request, page):
    """The provinces of the country, or the cities of a province: one is to be chosen."""
    places = parts_of(page.prefix, page.width, page.on)
    return render(
        request,
        "facilities/space/choose.html",
        {
            **page.context(),
            "places": [
                {"name": one.name, "url": f"?{page.query(division=one.code)}"} for one in places
            ],
        },
    )


@require_safe
@permission_required([VIEW, EXPORT], raise_exception=True)
def estate_duties_xlsx(request):
    form = DivisionForm(request.GET, request.user.scope)
    if form.chosen is None or len(form.chosen) <= PROVINCE:
        return unknown(request)
    page = DutiesPage(request, form.chosen)
    name = f"{page.frame.name}{page.year}年{TITLE}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    notes = [
        f"{page.frame.name}　　政策按{page.on}，用房台账按{page.register_on}，面积按建筑面积",
        f"社区保障管理系统　　{request.user.office} {request.user.display_name}"
        f"　　{timezone.localtime():%Y-%m-%d %H:%M}导出",
    ]
    lines = [line_of(one) for one in page.chosen()]
    return table_response(name, "xlsx", HEADINGS, lines, notes, LAYOUT)
