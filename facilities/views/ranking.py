"""排名: the measures of a plan by who gains how much for the money, and its file."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.choices import AccessAct
from accounts.scope import contains
from accounts.sessions import record_request
from communities.selectors.places import division_names
from communities.views.responses import table_response
from facilities.choices import RankedBy
from facilities.rules.ranking import SORTS, resorted
from facilities.selectors.plans import find_plan
from facilities.selectors.ranking import get_ranking
from facilities.tables import ranking as tables
from facilities.views.plans import (
    EXPORT,
    PAGE_SIZE,
    VIEW,
    printed_line,
    trail_to,
    unknown,
)

COLUMNS = {
    "code": "社区",
    "year": "年度",
    "area": "新增面积（㎡）",
    "cost": "费用（元）",
    "heads": "受益",
    "ratio": "每万元受益",
    "m2": "每万元面积（㎡）",
    "gap": "占缺口",
}
# figures are first read from the largest
LARGEST_FIRST = ("area", "heads", "ratio", "m2", "gap")


class RankingPage:
    """The ranking that a request asks for; None in place of it where the reader sees a part."""

    def __init__(self, request, plan):
        self.request, self.user, self.plan = request, request.user, plan
        self.on = timezone.localdate()
        asked, sort = request.GET.get("by", ""), request.GET.get("sort", "")
        self.by = RankedBy(asked) if asked in RankedBy.values else RankedBy.RESIDENTS
        self.sort = sort if sort.removeprefix("-") in SORTS else ""
        self.ignored = [
            f"没有“{text[:20]}”这个{label}，已不按它{verb}"
            for text, known, label, verb in (
                (asked, self.by, "受益口径", "计算"),
                (sort, self.sort, "排序", "排序"),
            )
            if text and text != known
        ]
        self.found = get_ranking(self.user, plan, self.by, self.on)
        by_rank = {one.rank: one for one in self.found.rows}
        order = resorted([(one.rank, one.gain) for one in self.found.rows], self.sort)
        self.rows = [by_rank[rank] for rank, _ in order]

    @property
    def unit(self):
        return "人" if self.by == RankedBy.RESIDENTS else "户"

    def query(self, **changes):
        kept = {"by": self.by.value, "sort": self.sort} | changes
        return urlencode({name: value for name, value in kept.items() if value})

    def columns(self):
        """The heads of the columns with what they sort by."""
        found = {}
        for key, label in COLUMNS.items():
            directions = {key: "ascending", f"-{key}": "descending"}
            first = f"-{key}" if key in LARGEST_FIRST else key
            other = key if first.startswith("-") else f"-{key}"
            following = other if self.sort == first else first
            label = f"{label}（{self.unit}）" if key in ("heads", "ratio") else label
            found[key] = {
                "label": label,
                "url": f"?{self.query(sort=following)}",
                "direction": directions.get(self.sort, ""),
            }
        return found


def opened(request, pk):
    """The ranking of a plan; None where this person does not see the whole district."""
    plan = find_plan(request.user, pk)
    if plan is None or not contains(request.user.scope, plan.code):
        return None
    return RankingPage(request, plan)


@require_safe
@permission_required(VIEW, raise_exception=True)
def ranking(request, pk):
    page = opened(request, pk)
    if page is None:
        return unknown(request)
    plan, listed = page.plan, Paginator(page.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    names = division_names({one.line.record.code[:9] for one in listed.object_list}, page.on)
    export = reverse("facilities:ranking_xlsx", args=[pk])
    context = {
        "plan": plan,
        "page": listed,
        "rows": [
            {"ranked": one, "street": names.get(one.line.record.code[:9], "")}
            for one in listed.object_list
        ],
        "columns": page.columns(),
        "by": page.by,
        "ways": [
            {"label": one.label, "url": f"?{page.query(by=one.value)}", "current": one == page.by}
            for one in RankedBy
        ],
        "unit": page.unit,
        "sorted": page.sort,
        "plain_url": f"?{page.query(sort='')}",
        "ignored": page.ignored,
        "standings": page.found.standings,
        "free": sum(one.gain.free and one.gain.heads is not None for one in page.rows),
        "unknown": sum(one.gain.heads is None for one in page.rows),
        "may_export": request.user.has_perm(EXPORT),
        "export_url": f"{export}?{page.query()}",
        "trail": trail_to((plan.title, reverse("facilities:plan", args=[pk])), ("排名", "")),
        "demo": plan.is_demo or page.found.standings.assessment.register.is_demo,
    }
    return render(request, "facilities/plans/ranking.html", context)


@require_safe
@permission_required(EXPORT, raise_exception=True)
@permission_required(VIEW, raise_exception=True)
def ranking_xlsx(request, pk):
    page = opened(request, pk)
    if page is None:
        return unknown(request)
    name = f"{page.plan.title}排名-{page.plan.code}-{page.on}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    notes = [
        f"受益按{page.by.label}计，{page.found.standings.year}年数据，{page.on}的用房",
        printed_line(page.user),
    ]
    headings = tables.headings(page.unit)
    return table_response(name, "xlsx", headings, tables.lines_of(page.rows), notes, tables.LAYOUT)
