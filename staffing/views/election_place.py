"""What the pages of elections share: who is found under a key or code, the way there, a step."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.services import once
from communities.selectors.places import find_community
from communities.views.one_community import CommunityPage
from staffing.selectors.election_rounds import get_election_round, may_run
from staffing.selectors.elections import get_election

VIEW, RECORD = "staffing.view_election", "staffing.record_election"
RUN = "staffing.run_election"
EXPORT = "communities.export_community"
CHANGED = "你打开以后，这次选举有了新的登记。看过最新情况再办理"
TRAIL = {"label": "选举", "url": "/elections/"}


def unknown(request):
    """The same answer for what does not exist and for what is not in this person's scope."""
    return render(request, "404.html", status=404)


def of_community(*rights):
    """A view of one community: (request, page, …) in place of (request, code, …).

    404 outside the scope; a former code leads to the present one.
    """

    def decorate(view):
        @wraps(view)
        @permission_required([VIEW, *rights], raise_exception=True)
        def wrapped(request, code, **more):
            holder = request.GET.get("holder", "")
            found = find_community(request.user, code, timezone.localdate(), holder)
            if found.redirect_to:
                messages.info(request, f"原代码{code}，现用代码{found.redirect_to}")
                name = f"staffing:{request.resolver_match.url_name}"
                return redirect(name, found.redirect_to)
            if found.community is None:
                return unknown(request)
            return view(request, CommunityPage(request, found.community, found.holder), **more)

        return wrapped

    return decorate


def of_election(*rights):
    """A view of one election: (request, election, page, …) in place of (request, pk, …)."""

    def decorate(view):
        @wraps(view)
        @permission_required([VIEW, *rights], raise_exception=True)
        def wrapped(request, pk, **more):
            election = get_election(request.user, pk)
            if election is None:
                return unknown(request)
            return view(request, election, CommunityPage(request, election.community), **more)

        return wrapped

    return decorate


def of_round(*, own=False):
    """A view of one round; 403 where it is another office's and `own`."""

    def decorate(view):
        @wraps(view)
        @permission_required([VIEW, RUN] if own else VIEW, raise_exception=True)
        def wrapped(request, pk, **more):
            one = get_election_round(request.user, pk)
            if one is None:
                return unknown(request)
            if own and not may_run(request.user, one):
                raise PermissionDenied
            return view(request, one, **more)

        return wrapped

    return decorate


def election_url(election):
    return reverse("staffing:election", args=[election.pk])


def election_trail(page, election, *steps):
    """The way to a page of an election, beside what pages of a community take."""
    code = page.community.code
    way = [
        ("选举", reverse("staffing:community_elections", args=[code])),
        (name_of(election), election_url(election)),
        *steps,
    ]
    return {**page.context("staff", *way), "election": election}


def name_of(election):
    """换届选举 2026-11-10, or its step while it is not held."""
    when = election.held_on or election.get_state_display()
    return f"{election.get_kind_display()}（{when}）"


def may_record(page):
    return not page.ended and page.user.has_perm(RECORD)


def ended_page(request, page):
    """Back to the community's elections: an ended community takes nothing."""
    messages.warning(request, f"{page.community.short_name}已撤销，选举只能查看，不再登记")
    return redirect("staffing:community_elections", page.community.code)


def acted(request, form, act):
    """Do an act once for the key of a form; the answer leads where the act says."""
    form.is_valid()
    return redirect(once(key=form.submission_key, by=request.user, act=act))
