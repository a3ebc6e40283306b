"""人员统计: heads of a division on a day by class, with bars beside the tables, and its file."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.choices import AccessAct
from accounts.scope import CITY, DISTRICT, STREET
from accounts.sessions import record_request
from communities.views.responses import table_response
from staffing.forms.roster import CHOICES
from staffing.selectors.roster_places import places_around
from staffing.selectors.statistics import get_statistics
from staffing.tables.statistics import HEADINGS, LAYOUT, statistics_lines
from staffing.views.roster import PlacePage

PART_LABELS = {CITY: "县（市、区）", DISTRICT: "街道", STREET: "社区"}


class StatisticsPage(PlacePage):
    """The statistics that a request asks for; of more than a city there are none."""

    def __init__(self, request):
        super().__init__(request, {"group": CHOICES["group"]})
        self.group = self.form.chosen("group")

    @property
    def wide(self):
        return len(self.prefix) < CITY

    def found(self):
        return get_statistics(self.user, self.prefix, self.on, self.group)


@require_safe
@permission_required("staffing.view_person", raise_exception=True)
def statistics(request):
    page = StatisticsPage(request)
    context = {
        **page.context(),
        "selects": [
            one
            for one in (*page.place_selects(), page.select("group", CHOICES["group"]))
            if one["choices"]
        ],
        "place_name": page.place_name,
        "ignored": page.form.ignored,
        "may_export": request.user.has_perm("staffing.export_person"),
        "export_url": f"{reverse('staffing:statistics_xlsx')}?{page.query()}",
        "statistics": None if page.wide else page.found(),
        "part_label": PART_LABELS.get(len(page.prefix), ""),
        "parts": _choices(page) if page.wide else [],
    }
    return render(request, "staffing/statistics/statistics.html", context)


def _choices(page):
    """Where a wide office goes on: the divisions beneath, with the addresses of their pages."""
    places = places_around(page.street, page.street, page.on)
    return [{"name": one.name, "url": f"?{page.query(street=one.code)}"} for one in places]


@require_safe
@permission_required("staffing.export_person", raise_exception=True)
def statistics_xlsx(request):
    page = StatisticsPage(request)
    if page.wide:
        messages.warning(request, "选一个市、县（市、区）或街道再导出")
        return redirect(f"{reverse('staffing:statistics')}?{page.query()}")
    page.place_selects()
    name = f"人员统计-{page.prefix}-{page.on}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    group = CHOICES["group"].get(page.group, "全部职务")
    notes = [
        f"{page.place_name}　　{page.on}在岗人员，{group}，一个人只算一次",
        f"社区保障管理系统　　{request.user.office} {request.user.display_name}"
        f"　　{timezone.localtime():%Y-%m-%d %H:%M}导出",
    ]
    return table_response(name, "xlsx", HEADINGS, statistics_lines(page.found()), notes, LAYOUT)
