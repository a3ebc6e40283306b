"""用房 of one community: the tab with its part of each set of premises and what is asked."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.forms.ledger import PeriodForm
from communities.selectors.assessment import get_assessment, read_present
from communities.services.parts import ended_words
from communities.views.one_community import of_community
from facilities.forms.filters import DayFilter
from facilities.selectors.premises_community import get_community_premises
from facilities.views.one_premises import CHANGE, VIEW


@require_safe
@permission_required(VIEW, raise_exception=True)
@of_community()
def community_premises(request, page):
    form = DayFilter(request.GET, {}, {})
    present = read_present()
    years = present.versions.years
    # the facts of the day's year, else the latest
    year = form.on.year if form.on.year in years else PeriodForm({}, years).chosen_year
    community = page.community
    assessment = get_assessment(request.user, community.code, year, form.on, present)
    context = {
        **page.context("premises", ("用房", "")),
        "held": get_community_premises(request.user, community, form.on, assessment),
        "day": form.on,
        "year_of_facts": year,
        "ignored": form.ignored,
        "policies": [line.title for line in assessment.policy.lines],
        "ended_words": ended_words(community, community.short_name, page.on),
        "may_change": not page.ended and request.user.has_perm(CHANGE),
    }
    return render(request, "facilities/premises/community.html", context)
