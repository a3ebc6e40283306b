"""Page of 网格: the grids of a community beside what the policies in force ask of them."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.selectors.assessment import get_assessment, read_present
from communities.selectors.grids import grid_checks, grid_households, grid_need, grid_rows
from communities.selectors.parts import reported
from communities.views.one_community import of_community
from communities.views.parts import PAGE_SIZE, context_of


@require_safe
@of_community()
def grids(request, page):
    context = context_of(page, "grids")
    community = page.community
    facts = reported(page.user, community)
    year = facts.year if facts else page.on.year
    assessment = get_assessment(page.user, community.code, year, page.on, read_present())
    need = grid_need(assessment, community)
    rows = grid_rows(page.user, community, page.on, need.sizes)
    held = [row for row in rows if row.ended is None]
    shown = rows if context["show_ended"] else held
    return render(
        request,
        "communities/parts/grids.html",
        {
            **context,
            "need": need,
            "facts_year": year,
            "held": len(held),
            "gap": grid_gap(need, len(held)),
            "households": grid_households(rows),
            "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page")),
            "ended_count": len(rows) - len(held),
            "checks": grid_checks(rows, facts),
        },
    )


def grid_gap(need, held):
    """What is lacking of the fewest grids asked for (negative), or there is above the most."""
    if need.low is None:
        return None
    most = held if need.high is None else max(need.low, need.high)
    return held - need.low if held < need.low else max(held - most, 0)
