"""Page of 组织: the organisations of a community by kind, with what is asked and lacking."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.selectors.organisations import missing, organisation_groups
from communities.selectors.register import unit_of
from communities.views.one_community import of_community
from communities.views.parts import context_of
from policy.selectors import policy_for


@require_safe
@of_community()
def organisations(request, page):
    context = context_of(page, "organisations")
    # that of the district is in memory for its other pages too
    policy = policy_for(unit_of(page.community.code), page.on)
    groups = organisation_groups(page.user, page.community, policy, page.on)
    return render(
        request,
        "communities/parts/organisations.html",
        {
            **context,
            "groups": groups,
            "missing": missing(groups),
            "held": sum(group.held for group in groups),
            "ended_count": sum(len(group.rows) - group.held for group in groups),
        },
    )
