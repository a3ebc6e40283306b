"""What the pages of one community share: who is found under a code, the way to it, its state."""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from communities.models import Community
from communities.selectors.places import division_names, find_community
from communities.views.responses import within

VIEW, REGISTER = "communities.view_community", "communities.register_community"


class CommunityPage:
    """A page of one community: the community, the day, what base.html and the tabs take.

    `holder` is the community's key where others have or had its code, else '': its own pages carry
    it as ?holder=, or they would be those of whoever has the code today.
    """

    def __init__(self, request, community: Community, holder: str = ""):
        self.request, self.holder = request, holder
        self.user = request.user
        self.community = community
        self.on: datetime.date = timezone.localdate()

    @property
    def ended(self) -> bool:
        until = self.community.valid_until
        return until is not None and until <= self.on

    @property
    def query(self) -> str:
        return holder_query(self.holder)

    def url(self, name: str, *args: Any) -> str:
        """The address of one of the community's own pages."""
        return reverse(f"communities:{name}", args=[self.community.code, *args]) + self.query

    @property
    def may_register(self) -> bool:
        return not self.ended and self.user.has_perm(REGISTER)

    def trail(self, *steps: tuple[str, str]) -> list[dict[str, str]]:
        """The way here: ledger, street, community, then (label, address); the last is this page."""
        code = self.community.code
        street = code[:9]
        names = division_names({street}, self.on)
        way = [
            ("社区台账", reverse("communities:list")),
            (names.get(street, street), f"{reverse('communities:list')}?street={street}"),
            (self.community.short_name, self.url("profile")),
            *steps,
        ]
        last = len(way) - 1
        return [
            {"label": label, "url": "" if place == last else address}
            for place, (label, address) in enumerate(way)
        ]

    def context(self, tab: str, *steps: tuple[str, str]) -> dict[str, Any]:
        """What every template of one community takes."""
        return {
            "community": self.community,
            "tab": tab,
            "trail": self.trail(*steps),
            "demo": self.community.is_demo,
            "ended": self.ended,
            "may_register": self.may_register,
            "holder": self.holder,
            "holder_query": self.query,
            "on": self.on,
        }


def holder_query(holder: str) -> str:
    """What an address ends with that must lead to one of several communities with its code."""
    return f"?holder={holder}" if holder else ""


def unknown(request, code: str) -> HttpResponse:
    """The same answer for a code that does not exist and for one outside the user's scope."""
    return render(request, "404.html", {"code": code}, status=404)


def of_community(*, change: bool = False) -> Callable[..., Callable[..., HttpResponse]]:
    """A view of one community: it gets (request, page, …) in place of (request, code, …).

    403 without the right; 404 outside the scope; a former code leads to the present one, and
    ?holder= to one that had the code before it was given to another. With
    `change` the right to register is needed, and an ended community leads back to its profile.
    """

    def decorate(view):
        @wraps(view)
        @permission_required([VIEW, REGISTER] if change else VIEW, raise_exception=True)
        def wrapped(request, code, **more):
            holder = request.GET.get("holder", "")
            found = find_community(request.user, code, timezone.localdate(), holder)
            if found.redirect_to:
                return _to_present_code(request, code, found, more)
            if found.community is None:
                # of one that moved away the years of before are read, nothing else
                moved = bool(found.former_holders) and within(request, code)
                return redirect("portal:community", code) if moved else unknown(request, code)
            page = CommunityPage(request, found.community, found.holder)
            if change and page.ended:
                ended = page.community
                said = f"{ended.short_name}已于{ended.valid_until}撤销，登记内容不再修改"
                messages.warning(request, said)
                return redirect(page.url("profile"))
            return view(request, page, **more)

        return wrapped

    return decorate


def _to_present_code(request, code, found, more):
    present = found.redirect_to
    messages.info(request, f"原代码{code}，现用代码{present}")
    name = request.resolver_match.view_name
    return redirect(reverse(name, kwargs={"code": present, **more}) + holder_query(found.holder))
