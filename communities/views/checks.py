"""核查: the overview of the checks, the list of each, and the comparison of two years."""

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.choices import AccessAct
from accounts.sessions import record_request
from communities.forms.checks import YearsForm
from communities.selectors.checks import DUPLICATES, MISSING
from communities.selectors.comparison import compare_years
from communities.selectors.sizes import SIDES
from communities.tables import checks as columns
from communities.tables.files import Layout
from communities.views.check_lists import (
    DUPLICATE_LABELS,
    MISSING_LABELS,
    ChecksPage,
    listing_of,
    size_rules,
)
from communities.views.division import PAGE_SIZE, DivisionPage, cell
from communities.views.responses import frame_context, table_response


@require_safe
@permission_required("communities.view_community", raise_exception=True)
def checks(request):
    page = ChecksPage(request)
    context = {
        **page.context(page.select("street", "街道", page.streets())),
        **frame_context(page.frame, page.assessment),
        "today": page.today,
        "columns": [
            [_policy_checks(page), _sums(page)],
            [_missing(page), _duplicates(page)],
        ],
    }
    return render(request, "communities/checks/index.html", context)


def _line(label, count, url, note="", unit="个"):
    return {"label": label, "count": count, "url": url, "note": note, "unit": unit}


def _policy_checks(page):
    lines = []
    for check in page.sizes:
        clause = check.clause
        for side, rows in check.sides.items():
            url = page.url("size", clause=clause.id, side=side)
            note = f"《{clause.title}》{clause.article}：{clause.summary}"
            lines.append(_line(f"社区规模{SIDES[side]}", len(rows), url, note))
    due = page.due
    clauses = "、".join(f"《{one.title}》{one.article}：{one.summary}" for one in due.asked)
    if due.asked:
        lines.append(
            _line("应设未设居民委员会的社区", len(due.communities), page.url("establish"), clauses)
        )
        lines.append(
            _line(
                "自身达到设立条件的小区",
                len(due.estates),
                page.url("establish-estates"),
                clauses,
            )
        )
    rules = [sentence for check in page.sizes for sentence in size_rules(check)]
    return {
        "title": "对照政策",
        "note": f"{page.year}年度数据，按{page.on}有效的政策",
        "lines": lines,
        "says": list(dict.fromkeys([*rules, *_unknown(due)])),
        "empty": "现行政策没有规定社区规模和设立条件",
    }


def _unknown(due):
    total = due.unknown_communities + due.unknown_estates
    if not total:
        return []
    reasons = "、".join(f"{text}（{count}个）" for text, count in due.reasons)
    return [
        f"{due.unknown_communities}个社区、{due.unknown_estates}个小区不能判断应不应设：{reasons}"
    ]


def _missing(page):
    return {
        "title": "没有登记的",
        "note": f"{page.today:%Y-%m-%d}在册的城市社区",
        "lines": [
            _line(
                MISSING_LABELS[what],
                len(page.lacking(what)),
                page.url(f"without-{what.replace('_', '-')}"),
            )
            for what in MISSING
        ],
    }


def _duplicates(page):
    return {
        "title": "重复的",
        "note": "列出每一处，一起核对",
        "lines": [
            _line(
                DUPLICATE_LABELS[what],
                len(page.duplicates(what)),
                page.url(f"same-{what.replace('_', '-')}"),
                unit="处",
            )
            for what in DUPLICATES
        ],
    }


def _sums(page):
    return {
        "title": "对不上的",
        "note": f"{page.year}年度数据和登记资料",
        "lines": [_line("户数不一致的社区", len(page.differences.rows), page.url("households"))],
    }


def _found(request, check):
    page = ChecksPage(request)
    listing = listing_of(page, check)
    if listing is None:
        raise Http404
    return page, listing


@require_safe
@permission_required("communities.view_community", raise_exception=True)
def check(request, check):
    page, listing = _found(request, check)
    pager = Paginator(listing.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **page.context(),
        "title": listing.title,
        "says": listing.says,
        "heads": [column.heading for column in listing.columns],
        "action": listing.action,
        "rows": [_shown(listing, row) for row in pager.object_list],
        "page": pager,
        "trail": [
            {"label": "核查", "url": reverse("communities:checks")},
            {"label": listing.title},
        ],
    }
    return render(request, "communities/checks/list.html", context)


def _shown(listing, row):
    cells = [
        cell(column.heading, column.cell(row), listing.links[place](row))
        if place in listing.links
        else cell(column.heading, column.cell(row))
        for place, column in enumerate(listing.columns)
    ]
    action = None
    if listing.action:
        label, address = listing.action
        action = {"label": label, "url": address(row)}
    return {"cells": cells, "action": action}


@require_safe
@permission_required("communities.export_community", raise_exception=True)
def check_export(request, check, form):
    page, listing = _found(request, check)
    name = f"{page.frame.name}{listing.title}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.{form}")
    rows = listing.rows[0 : len(listing.rows)]
    lines = (tuple(column.cell(row) for column in listing.columns) for row in rows)
    notes = [f"{page.frame.year}年度，{page.today:%Y-%m-%d}核查", *listing.says]
    headings = [column.heading for column in listing.columns]
    return table_response(name, form, headings, lines, notes, Layout(sheet="核查", bordered=True))


class YearsPage(DivisionPage):
    """社区增减情况 of a division between two years."""

    def __init__(self, request):
        super().__init__(request, {})
        self.years = YearsForm(request.GET, self.versions.years, self.year)
        self.found = compare_years(
            self.user, self.prefix, self.years.first, self.years.second, self.versions
        )

    @property
    def span(self):
        return f"{self.found.first}年末至{self.found.second}年末"

    @property
    def total(self):
        found = self.found
        return (
            "合计",
            found.before.count,
            found.came,
            found.went,
            found.after.count,
            found.before.households,
            found.after.households,
            found.households_more,
            found.alike,
            found.before.unreported + found.after.unreported,
            None,
            None,
        )


@require_safe
@permission_required("communities.view_community", raise_exception=True)
def years(request):
    page = YearsPage(request)
    pager = Paginator(page.found.streets, PAGE_SIZE).get_page(request.GET.get("page"))
    heads = [column.heading for column in columns.YEARS]
    context = {
        **page.context(page.select("street", "街道", page.streets())),
        "title": "社区增减情况",
        "span": page.span,
        "years": None,
        "selects": page.years.selects(),
        "ignored": page.years.ignored,
        "heads": heads,
        "rows": [
            [cell(column.heading, column.cell(row)) for column in columns.YEARS]
            for row in pager.object_list
        ],
        "page": pager,
        "total": [cell(heading, value) for heading, value in zip(heads, page.total, strict=True)],
        "trail": [
            {"label": "核查", "url": reverse("communities:checks")},
            {"label": "社区增减情况"},
        ],
    }
    return render(request, "communities/checks/years.html", context)


@require_safe
@permission_required("communities.export_community", raise_exception=True)
def years_export(request, form):
    page = YearsPage(request)
    name = f"{page.frame.name}{page.span}社区增减情况"
    record_request(request, AccessAct.EXPORT, target=f"{name}.{form}")
    headings = [column.heading for column in columns.YEARS]
    lines = [tuple(column.cell(row) for column in columns.YEARS) for row in page.found.streets]
    layout = Layout(sheet="社区增减情况", bordered=True, frozen=1, total=page.total)
    notes = [f"填报单位：{request.user.office}　　代码和街道按各年12月31日"]
    return table_response(name, form, headings, lines, notes, layout)
