"""社区台账: the list, its fragment for htmx, and its exports."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.choices import AccessAct
from accounts.scope import SHAPE, contains
from accounts.sessions import record_request
from communities.forms.ledger import LedgerForm, PeriodForm
from communities.selectors.assessment import get_assessment, read_present
from communities.selectors.frame import get_frame
from communities.selectors.ledger import (
    AREA_LABELS,
    SORTS,
    STATUS_FILTERS,
    Query,
    count_ended,
    get_ledger,
    reasons_of,
    search_keys,
)
from communities.selectors.places import streets_under
from communities.tables.ledger import ledger_headings, ledger_lines
from communities.views.responses import frame_context, table_response
from policy.engine import catalogue

PAGE_SIZE = 50
MOST_STREETS = 100


class Within:
    """Every division code inside a scope, as the choices of a filter."""

    def __init__(self, scope):
        self.scope = scope

    def __contains__(self, code):
        return bool(SHAPE.fullmatch(code)) and len(code) < 12 and contains(self.scope, code)


class LedgerPage:
    """The ledger that a request asks for: its frame, form, assessment and rows."""

    def __init__(self, request):
        user = request.user
        present = read_present()
        years = present.versions.years
        self.period = PeriodForm(request.GET, years)
        year, on = self.period.chosen_year, self.period.chosen_on
        self.user = user
        self.streets = (
            {place.code: place.name for place in streets_under(user.scope, on)}
            if (len(user.scope) in (4, 6))
            else {}
        )
        self.form = LedgerForm(request.GET, self._choices())
        self.prefix = self.form.chosen("street") or user.scope
        self.frame = get_frame(self.prefix, year, years, on)
        self.assessment = get_assessment(user, self.prefix, year, on, present)
        text = self.form.cleaned_data.get("q", "").strip()
        self.ledger = get_ledger(
            self.assessment,
            Query(
                prefix=self.prefix,
                kind=self.form.chosen("type"),
                status=self.form.chosen("status"),
                gap=self.form.cleaned_data.get("gap", False),
                sort=self.form.chosen("sort"),
                found=search_keys(user, self.prefix, text) if text else None,
                scope=user.scope,
            ),
        )

    def _choices(self):
        return {
            "street": Within(self.user.scope),
            "type": AREA_LABELS,
            "status": STATUS_FILTERS,
            "sort": {sign + key for key in SORTS for sign in ("", "-")},
        }

    def options(self, name):
        chosen = self.form.chosen(name)
        choices = self._offered_streets() if name == "street" else self.form.choices[name]
        if name == "street" and chosen and chosen != self.user.scope:
            # a district, or a street that is not offered: it stays the choice all the same
            choices = {chosen: self.frame.name} | choices
        return [
            {"value": value, "label": label, "selected": value == chosen}
            for value, label in choices.items()
        ]

    def _offered_streets(self):
        """The streets of a district; of a city those with urban communities, never too many."""
        if len(self.streets) <= MOST_STREETS:
            return self.streets
        register = get_assessment(
            self.user, self.user.scope, self.frame.year, self.frame.on
        ).register
        held = {code[:9] for code in register.codes}
        offered = {code: name for code, name in self.streets.items() if code in held}
        return offered if len(offered) <= MOST_STREETS else {}

    def query(self, **changes):
        """The address's query with changes; empty values and the page are left out."""
        kept = {name: value for name, value in self.form.data.items() if name != "page"}
        kept |= changes
        return urlencode({name: value for name, value in kept.items() if value != ""})


@require_safe
@permission_required("communities.view_community", raise_exception=True)
@vary_on_headers("HX-Request", "HX-Target", "HX-History-Restore-Request")
def ledger(request):
    page = LedgerPage(request)
    listed: Any = page.ledger
    pager = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(pager.object_list)
    fragment = request.htmx and request.htmx.target == "ledger"
    whole = not fragment or request.htmx.history_restore_request
    template = "communities/list.html" if whole else "communities/_fragment.html"
    return render(
        request,
        template,
        {
            **frame_context(page.frame, page.assessment),
            **_filters(page),
            **_ended(page),
            "rows": rows,
            "page": pager,
            "columns": _columns(page),
            "totals": page.ledger.totals(),
            "reasons": [{"text": text, "count": count} for text, count in reasons_of(rows)],
            "staff_label": staff_label(page.assessment),
            "premises_label": "用房合计",
            "area_decimals": 2,
            "funding_decimals": funding_decimals(page.assessment),
            "demo": page.assessment.register.is_demo,
        },
    )


def funding_decimals(assessment):
    """Whole yuan as long as no community's sum has fen, so that printed lines add up."""
    return 2 if (assessment.measure("funding").required % 100).any() else 0


def staff_label(assessment):
    return catalogue().subjects[assessment.staff_subject].label


def _filters(page: LedgerPage):
    query = page.query()
    return {
        "scope_name": page.frame.name,
        "filters": {
            "q": page.form.cleaned_data.get("q", ""),
            "sort": page.form.chosen("sort"),
            "streets": page.options("street"),
            "types": page.options("type"),
            "statuses": page.options("status"),
            "gap": page.form.cleaned_data.get("gap", False),
            "ignored": [*page.period.ignored, *page.form.ignored, *_no_policy(page)],
        },
        "export_xlsx_url": f"export.xlsx?{query}",
        "export_csv_url": f"export.csv?{query}",
    }


def _ended(page: LedgerPage):
    """Where those are that a search finds among the ended ones."""
    count = count_ended(page.user, page.ledger.query, page.frame.year)
    asked = {"state": "ended", "year": page.frame.year, "q": page.form.data.get("q", "")}
    if page.form.chosen("street"):
        asked["street"] = page.form.chosen("street")
    return {
        "ended": count,
        "ended_url": f"{reverse('communities:basic')}?{urlencode(asked)}" if count else "",
    }


def _no_policy(page: LedgerPage):
    if page.assessment.policy.lines:
        return []
    frame = page.frame
    return [
        f"{frame.year}年还没有生效的政策，应配、应有和经费都不能测算。"
        f"改选其他年度，或联系{frame.office}"
    ]


def _columns(page: LedgerPage):
    labels = {
        "name": "社区",
        "households": "户数",
        "population": "常住人口",
        "staff_gap": "差额",
        "premises_gap": "差额",
        "funding": f"{page.frame.year}年测算（元）",
    }
    sort = page.form.chosen("sort")
    columns = {}
    for key, label in labels.items():
        direction = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
        following = f"-{key}" if direction == "ascending" else key
        url = f"/communities/?{page.query(sort=following)}"
        columns[key] = {"label": label, "url": url, "direction": direction}
    return columns


@require_safe
@permission_required("communities.export_annualfacts", raise_exception=True)
def export(request, form):
    page = LedgerPage(request)
    name = f"{page.frame.name}{page.frame.year}年度社区台账"
    record_request(request, AccessAct.EXPORT, target=f"{name}.{form}")
    notes = [note_of(page.frame, page.assessment)]
    headings = ledger_headings(staff_label(page.assessment))
    return table_response(name, form, headings, ledger_lines(page.ledger), notes)


def note_of(frame, assessment):
    """The line that says of an export which policies and data it rests on."""
    demo = "。演示数据，不代表任何地方的实际情况" if assessment.register.is_demo else ""
    titles = (
        "、".join(f"《{line.title}》" for line in assessment.policy.lines) or "还没有生效的政策"
    )
    return f"{frame.year}年度数据，按{frame.on}有效的政策测算：{titles}{demo}"
