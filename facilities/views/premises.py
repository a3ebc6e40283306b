"""办公服务用房台账: the list of a division with its file, and the page of one set of premises."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.choices import AccessAct
from accounts.scope import STREET
from accounts.sessions import record_request
from communities.selectors.frame import get_frame
from communities.selectors.places import division_names, streets_under
from communities.views.ledger import MOST_STREETS, Within
from communities.views.responses import frame_context, table_response
from facilities.choices import ACQUISITIONS, RoomUse
from facilities.forms.filters import DayFilter
from facilities.selectors.papers import papers_of
from facilities.selectors.premises import (
    ALL,
    ALONE,
    SHARED,
    STATES,
    PremisesQuery,
    all_rows,
    premises_of,
    rows_of,
)
from facilities.selectors.premises_history import history_of
from facilities.selectors.premises_page import get_card
from facilities.selectors.premises_sums import sums_of
from facilities.tables.premises import premises_headings, premises_layout, premises_lines
from facilities.views.one_premises import CHANGE, VIEW, of_premises

EXPORT = "facilities.export_premises"
PAGE_SIZE, HISTORY_SIZE = 50, 20
# more than a city's rows are no file that somebody reads
MOST_EXPORTED = 30_000
TITLE = "用房台账"
CHOICES = {
    "acquisition": dict(ACQUISITIONS),
    "use": dict(RoomUse.choices),
    "shared": {SHARED: "合用", ALONE: "独用"},
    "state": {**STATES, ALL: "全部，含已终止"},
    "flaw": {"title": "没有产权证号", "lease": "租约90天内到期"},
}
LABELS = {
    "street": "街道",
    "acquisition": "取得方式",
    "use": "用途",
    "shared": "合用",
    "state": "状态",
    "flaw": "待办",
}
ALL_LABELS = {"state": "未终止的"}


class PremisesList:
    """The register of premises that a request asks for."""

    def __init__(self, request):
        self.request, self.user = request, request.user
        scope = Within(self.user.scope)
        self.form = DayFilter(request.GET, {"street": scope, **CHOICES}, LABELS)
        self.on = self.form.on
        self.prefix = self.form.chosen("street") or self.user.scope
        self.frame = get_frame(self.prefix, self.on.year, [], self.on)
        asked = {name: self.form.chosen(name) for name in CHOICES}
        query = PremisesQuery(prefix=self.prefix, on=self.on, text=self.form.text, **asked)
        self.found = premises_of(self.user, query)

    def select(self, name, choices):
        """A select of the filter bar, as components/choice.html takes it."""
        chosen = self.form.chosen(name)
        return {
            "name": name,
            "label": LABELS[name],
            "all_label": ALL_LABELS.get(name, "全部"),
            "choices": [
                {"value": value, "label": label, "selected": value == chosen}
                for value, label in choices.items()
            ],
        }

    def selects(self):
        streets = {}
        if len(self.user.scope) in (4, 6):
            streets = {one.code: one.name for one in streets_under(self.user.scope, self.on)}
        chosen = self.form.chosen("street")
        if len(streets) > MOST_STREETS:
            streets = {}
        if chosen and chosen != self.user.scope and chosen not in streets:
            streets = {chosen: self.frame.name} | streets
        wanted = {"street": streets, **CHOICES}
        return [self.select(name, choices) for name, choices in wanted.items() if choices]

    @property
    def filtered(self):
        return bool({*self.form.asked} - {"on", "street"})

    def query(self):
        return urlencode(self.form.asked)

    def streets_of(self, rows):
        """The names of the streets of rows by code; none where the scope is one street."""
        codes = {row.premises.code[:STREET] for row in rows}
        return division_names(codes, self.on) if len(self.user.scope) < STREET else {}


@require_safe
@permission_required(VIEW, raise_exception=True)
def premises_list(request):
    page, user = PremisesList(request), request.user
    listed = Paginator(page.found.select_related("community"), PAGE_SIZE)
    pager = listed.get_page(request.GET.get("page"))
    rows = rows_of(list(pager.object_list), page.on)
    streets = page.streets_of(rows)
    context = {
        **frame_context(page.frame, None),
        "year": None,
        "years": None,
        "on": page.on,
        "title": TITLE,
        "scope_name": page.frame.name,
        "selects": page.selects(),
        "q": page.form.text,
        "ignored": page.form.ignored,
        "filtered": page.filtered,
        "rows": [
            {"row": row, "street": streets.get(row.premises.code[:STREET], "")} for row in rows
        ],
        "page": pager,
        "sums": sums_of(page.found, page.on) if rows else None,
        "demo": any(row.premises.is_demo for row in rows),
        "may_change": user.has_perm(CHANGE),
        "may_import": user.has_perm("facilities.import_premises"),
        "may_export": user.has_perm(EXPORT),
        "export_url": f"{reverse('facilities:premises_xlsx')}?{page.query()}",
    }
    return render(request, "facilities/premises/list.html", context)


@require_safe
@permission_required([VIEW, EXPORT], raise_exception=True)
def premises_xlsx(request):
    page = PremisesList(request)
    if page.found.count() > MOST_EXPORTED:
        messages.warning(request, "用房太多，选一个县（市、区）或街道再导出")
        return redirect(f"{reverse('facilities:premises_list')}?{page.query()}")
    name = f"办公服务用房台账-{page.prefix}-{page.on}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    rows = list(all_rows(page.found, page.on))
    user, at = request.user, timezone.localtime()
    notes = [
        f"{page.frame.name}　　{page.on}　　面积为当日计入的面积，合用的按各社区合计，每处只列一次",
        f"社区保障管理系统　　{user.office} {user.display_name}　　{at:%Y-%m-%d %H:%M}导出",
    ]
    streets = division_names({row.premises.code[:STREET] for row in rows}, page.on)
    lines = premises_lines(rows, streets)
    layout = premises_layout(sums_of(page.found, page.on), len(rows))
    return table_response(name, "xlsx", premises_headings(), lines, notes, layout)


@require_safe
@of_premises()
def premises(request, page):
    record, user = page.premises, request.user
    changes = history_of(user, record)
    pager = Paginator(changes, HISTORY_SIZE).get_page(request.GET.get("page"))
    context = {
        **page.context(),
        "card": get_card(record, page.on),
        "papers": papers_of(user, "premises", record),
        "may_add_papers": page.may_change,
        "may_inspect": not page.closed and user.has_perm("facilities.inspect_premises"),
        "changes": list(pager.object_list),
        "page": pager,
    }
    return render(request, "facilities/premises/premises.html", context)
