"""What pages of one community's facts of a year share: whose they are, the way there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from collection.selectors.review_page import facts_at
from communities.models import AnnualFacts
from communities.selectors.places import Found, find_community
from communities.views.one_community import holder_query, unknown

VIEW = "communities.view_annualfacts"


class FactsPage:
    """A page of facts: the row, the community's name, and what every template takes."""

    def __init__(self, request: Any, code: str, facts: AnnualFacts, found: Found) -> None:
        self.request, self.user, self.code, self.facts = request, request.user, code, facts
        self.on = timezone.localdate()
        self.holder = found.holder or request.GET.get("holder", "")
        self.community = found.community
        former = next((one for one in found.former_holders if one.key == facts.community_id), None)
        named = self.community or former
        self.name = named.short_name if named else facts.code

    def url(self, name: str) -> str:
        """The address of a page of these facts."""
        return reverse(f"collection:{name}", args=[self.code, self.facts.year]) + self.query

    @property
    def query(self) -> str:
        return holder_query(self.holder)

    @property
    def community_url(self) -> str:
        joined = "&" if self.query else "?"
        page = reverse("portal:community", args=[self.code])
        return f"{page}{self.query}{joined}year={self.facts.year}"

    def context(self, *trail: tuple[str, str]) -> dict[str, Any]:
        """What every page of facts takes; `trail` leads from the list to this page."""
        return {
            "facts": self.facts,
            "name": self.name,
            "code": self.code,
            "demo": self.facts.is_demo,
            "community_url": self.community_url,
            "query": self.query,
            "trail": [{"label": label, "url": url} for label, url in trail],
        }


def of_facts(*rights: str) -> Callable[..., Callable[..., HttpResponse]]:
    """A view of facts: it gets (request, page) in place of (request, code, year).

    403 without the rights; 404 outside the scope and where there are no facts of the year; a
    former code leads to the present one.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @permission_required([VIEW, *rights], raise_exception=True)
        def wrapped(request: Any, code: str, year: int) -> HttpResponse:
            holder = request.GET.get("holder", "")
            found = find_community(request.user, code, timezone.localdate(), holder)
            if found.redirect_to and request.method in ("GET", "HEAD"):
                name = f"collection:{request.resolver_match.url_name}"
                query = holder_query(found.holder)
                return redirect(reverse(name, args=[found.redirect_to, year]) + query)
            facts = facts_at(request.user, found, code, year)
            if facts is None:
                return unknown(request, code)
            return view(request, FactsPage(request, code, facts, found))

        return wrapped

    return decorate
