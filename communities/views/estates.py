"""Pages of 小区: the list of a community, and the card of one with buildings and meetings."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.selectors.estates import (
    building_checks,
    building_rows,
    estate_checks,
    estate_row,
    estate_rows,
    estate_sums,
    meetings_of,
)
from communities.selectors.parts import reported
from communities.views.one_community import of_community
from communities.views.parts import KINDS, PAGE_SIZE, context_of, find


@require_safe
@of_community()
def estates(request, page):
    context = context_of(page, "estates")
    rows = estate_rows(page.user, page.community, page.on)
    sums = estate_sums(rows)
    shown = [row for row in rows if context["show_ended"] or row.ended is None]
    return render(
        request,
        "communities/parts/estates.html",
        {
            **context,
            "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page")),
            "sums": sums,
            "ended_count": len(rows) - sums.count,
            "checks": estate_checks(sums, reported(page.user, page.community)),
        },
    )


@require_safe
@of_community()
def estate(request, page, pk):
    record = find(page, KINDS["estate"], pk)
    context = context_of(page, "estates", (record.name, ""))
    row = estate_row(record, page.on)
    buildings = building_rows(page.user, record, page.on)
    held = [one for one in buildings if one.ended is None]
    meetings = Paginator(meetings_of(page.user, record), PAGE_SIZE)
    return render(
        request,
        "communities/parts/estate.html",
        {
            **context,
            "estate": row,
            "may_change": context["may_register"] and row.ended is None,
            "buildings": buildings if context["show_ended"] else held,
            "ended_count": len(buildings) - len(held),
            "checks": building_checks(row, buildings),
            "page": meetings.get_page(request.GET.get("page")),
        },
    )
