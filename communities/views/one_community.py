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

VIEW, REGISTER = "communities.view_community", "communities.register_community"


class CommunityPage:
    """A page of one community: the community, the day, what base.html and the tabs take."""

    def __init__(self, request, community: Community):
        self.request = request
        self.user = request.user
        self.community = community
        self.on: datetime.date = timezone.localdate()

    @property
    def ended(self) -> bool:
        until = self.community.valid_until
        return until is not None and until <= self.on

    @property
    def may_register(self) -> bool:
        return not self.ended and self.user.has_perm(REGISTER)

    def trail(self, *steps: tuple[str, str]) -> list[dict[str, str]]:
        """The way here: ledger, street, community, then (label, address); the last is this page."""
        code = self.community.code
        street = code[:9]
        names = division_names({street}, self.on)
        url = reverse("communities:profile", args=[code])
        way = [
            ("社区台账", reverse("communities:list")),
            (names.get(street, street), f"{reverse('communities:list')}?street={street}"),
            (self.community.short_name, url),
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
            "on": self.on,
        }


def unknown(request, code: str) -> HttpResponse:
    """The same answer for a code that does not exist and for one outside the user's scope."""
    return render(request, "404.html", {"code": code}, status=404)


def of_community(*, change: bool = False) -> Callable[..., Callable[..., HttpResponse]]:
    """A view of one community: it gets (request, page, …) in place of (request, code, …).

    403 without the right; 404 outside the scope; a former code leads to the present one. With
    `change` the right to register is needed, and an ended community leads back to its profile.
    """

    def decorate(view):
        @wraps(view)
        @permission_required([VIEW, REGISTER] if change else VIEW, raise_exception=True)
        def wrapped(request, code, **more):
            found = find_community(request.user, code, timezone.localdate())
            if found.redirect_to:
                return _to_present_code(request, code, found.redirect_to, more)
            if found.community is None:
                return unknown(request, code)
            page = CommunityPage(request, found.community)
            if change and page.ended:
                ended = page.community
                said = f"{ended.short_name}已于{ended.valid_until}撤销，登记内容不再修改"
                messages.warning(request, said)
                return redirect("communities:profile", code)
            return view(request, page, **more)

        return wrapped

    return decorate


def _to_present_code(request, code, present, more):
    messages.info(request, f"原代码{code}，现用代码{present}")
    return redirect(f"communities:{request.resolver_match.url_name}", code=present, **more)
