"""社区基本情况台账 and the lists of parts of a whole division: pages and exports."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.choices import AccessAct
from accounts.sessions import record_request
from communities.choices import CommunityKind, UrbanRuralClass
from communities.selectors.basic import SORTS, STATES, BasicQuery, get_basic, tags_within
from communities.selectors.lists import PART_LISTS, PartQuery, get_parts
from communities.tables.basic import (
    COLUMNS,
    FEET,
    basic_headings,
    basic_layout,
    basic_lines,
)
from communities.tables.files import Heading
from communities.tables.parts import (
    PART_COLUMNS,
    PART_TITLES,
    part_headings,
    part_layout,
    part_lines,
)
from communities.views.division import PAGE_SIZE, DivisionPage, cell, heads, sorts_of
from communities.views.responses import table_response

BASIC_TITLE = "社区基本情况台账"
# the column that stays in sight stands first on the page
ON_PAGE = (COLUMNS[2], *COLUMNS[:2], *COLUMNS[3:])
COMMUNITY = Heading("社区", width=18)


class BasicPage(DivisionPage):
    """The basic ledger that a request asks for."""

    def __init__(self, request):
        self.tags = tags_within(request.user, request.user.scope)
        choices = {
            "kind": dict(CommunityKind.choices),
            "class": dict(UrbanRuralClass.choices),
            "tag": {tag: tag for tag in self.tags},
            "state": STATES,
            "sort": sorts_of(SORTS),
        }
        super().__init__(request, choices)
        query = BasicQuery(
            prefix=self.prefix,
            year=self.year,
            kind=self.form.chosen("kind"),
            urban_rural_class=self.form.chosen("class"),
            tag=self.form.chosen("tag"),
            state=self.form.chosen("state"),
            text=self.form.text,
            sort=self.form.chosen("sort"),
        )
        self.listed = get_basic(self.user, query, self.versions)

    @property
    def title(self):
        return f"{self.frame.name}{self.year}年度{BASIC_TITLE}"

    @property
    def to_come(self):
        """What a year that goes on still cannot tell, as a list of sentences without a stop."""
        today = timezone.localdate()
        if today >= self.listed.query.day:
            return []
        return [f"按{today}的登记列出，生效日期在这以后的变更没有计入"]

    @property
    def notes(self):
        words = [
            f"填报单位：{self.user.office}",
            f"统计时点：{self.year}-12-31",
            f"共{len(self.listed)}个社区",
        ]
        if self.listed.ended:
            words[-1] += f"，其中已撤销的{self.listed.ended}个不计入合计"
        words += self.to_come
        if self.listed.register.is_demo:
            words.append("演示数据，不代表任何地方的实际情况")
        return ["　　".join(words)]


def tabs(current):
    """The registers of a division, one beside the other."""
    named = [("basic", BASIC_TITLE), *PART_TITLES.items()]
    ledger = {"label": "应配与实有", "url": reverse("communities:list"), "current": False}
    return [
        {
            "label": label,
            "url": reverse("communities:basic" if key == "basic" else f"communities:all_{key}"),
            "current": key == current,
        }
        for key, label in named
    ] + [ledger]


@require_safe
@permission_required("communities.view_community", raise_exception=True)
def basic(request):
    page = BasicPage(request)
    listed: Any = page.listed
    pager = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    totals = page.listed.totals()
    rows = [
        {
            "tag": "已撤销" if row.ended else "",
            "cells": [
                cell(COMMUNITY, row.name, row.url),
                *(cell(column.heading, column.cell(row)) for column in ON_PAGE[1:]),
            ],
        }
        for row in pager.object_list
    ]
    context = {
        **page.context(
            page.select("street", "街道", page.streets()),
            page.select("kind", "类型"),
            page.select("class", "城乡分类"),
            page.select("tag", "标签"),
            page.select("state", "状态", all_label="在册"),
        ),
        "tabs": tabs("basic"),
        "title": BASIC_TITLE,
        "paper": "broad",
        "subject": "社区",
        "period": f"{page.year}-12-31",
        "heads": heads(page, [(column.heading, column.sort) for column in ON_PAGE]),
        "rows": rows,
        "totals": [
            cell(column.heading, column.total(totals) if column.total else None)
            for column in ON_PAGE
        ],
        "notes": _basic_notes(page, totals),
        "page": pager,
        "feet": FEET,
        "data_as_of": page.listed.register.version.changed_at,
    }
    return render(request, "communities/lists/list.html", context)


def _basic_notes(page, totals):
    ended = (
        [f"合计只加在册的社区，已撤销的{totals.ended}个不计入，它们的户数由接收的社区填报。"]
        if totals.ended
        else []
    )
    unreported = f"，{totals.unreported}个社区这一年未填报" if totals.unreported else ""
    return [
        f"户数、人口、人员、用房和经费取自年度数据，合计只加已填报的{unreported}。",
        "小区、楼栋、网格和组织按登记资料计数，经费是上年到位数。",
        *ended,
        *(f"{sentence}。" for sentence in page.to_come),
    ]


@require_safe
@permission_required("communities.export_community", raise_exception=True)
def basic_export(request, form):
    page = BasicPage(request)
    record_request(request, AccessAct.EXPORT, target=f"{page.title}.{form}")
    layout = basic_layout(page.listed)
    lines = basic_lines(page.listed)
    return table_response(page.title, form, basic_headings(), lines, page.notes, layout)


class PartsPage(DivisionPage):
    """A list of parts that a request asks for, as of today."""

    def __init__(self, request, key):
        self.part = PART_LISTS[key]
        choices = {"kind": dict(self.part.kinds), "sort": sorts_of(self.part.sorts)}
        super().__init__(request, choices)
        self.today = timezone.localdate()
        query = PartQuery(
            prefix=self.prefix,
            kind=self.form.chosen("kind"),
            text=self.form.text,
            sort=self.form.chosen("sort"),
        )
        self.listed = get_parts(self.user, self.part, query, self.today)

    @property
    def title(self):
        return f"{self.frame.name}{PART_TITLES[self.part.key]}"


@require_safe
@permission_required("communities.view_community", raise_exception=True)
def parts(request, key):
    page = PartsPage(request, key)
    listed: Any = page.listed
    pager = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    columns, sums = PART_COLUMNS[key], page.listed.sums()
    rows = [
        {
            "tag": "",
            "cells": [
                cell(COMMUNITY, row.community, reverse(f"communities:{key}", args=[row.code])),
                *(cell(one.heading, one.cell(row), _card(one, row)) for one in columns),
            ],
        }
        for row in pager.object_list
    ]
    context = {
        **page.context(page.select("street", "街道", page.streets()), page.select("kind", "类别")),
        "years": None,
        "tabs": tabs(key),
        "title": PART_TITLES[key],
        "paper": "wide",
        "subject": {"estates": "小区", "grids": "网格", "organisations": "组织"}.get(key, "档案"),
        "period": f"{page.today:%Y-%m-%d}",
        "heads": heads(
            page, [(COMMUNITY, ""), *((column.heading, column.sort) for column in columns)]
        ),
        "rows": rows,
        "totals": [
            cell(COMMUNITY, f"合计{pager.paginator.count}个"),
            *(cell(column.heading, sums.get(column.sums)) for column in columns),
        ],
        "notes": [],
        "page": pager,
        "feet": FEET,
    }
    return render(request, "communities/lists/list.html", context)


# columns that lead to a page of the part itself
CARDS = {"小区名称": "communities:estate", "题名": "communities:archive_entry"}


def _card(column, row):
    """The address of the part's own page, for the column that names it."""
    route = CARDS.get(column.heading.label)
    return reverse(route, args=[row.code, row.key]) if route else ""


@require_safe
@permission_required("communities.export_community", raise_exception=True)
def parts_export(request, key, form):
    page = PartsPage(request, key)
    record_request(request, AccessAct.EXPORT, target=f"{page.title}.{form}")
    notes = [f"填报单位：{request.user.office}　　统计时点：{page.today:%Y-%m-%d}"]
    layout = part_layout(page.listed, FEET)
    return table_response(
        page.title, form, part_headings(key), part_lines(page.listed), notes, layout
    )
