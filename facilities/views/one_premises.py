"""What the pages of one set of premises share: who finds them, the way there, what may be done."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from communities.selectors.places import division_names
from communities.services.parts import ended_words
from facilities.models import Premises
from facilities.selectors.premises_page import find_premises
from facilities.views.papers import unknown

VIEW, CHANGE = "facilities.view_premises", "facilities.change_premises"
ONLY_SHOWN = "资料只能查看，不再登记和修改"


class PremisesPage:
    """A page of one set of premises: the premises, the day, the way there."""

    def __init__(self, request, premises: Premises):
        self.request, self.user, self.premises = request, request.user, premises
        self.community = premises.community
        self.on = timezone.localdate()

    @property
    def url(self) -> str:
        return reverse("facilities:premises", args=[self.premises.pk])

    @property
    def closed(self) -> str:
        """That the community has ended, in words; '' while premises may be changed."""
        return ended_words(self.community, self.community.short_name, self.on)

    @property
    def ended(self) -> str:
        """That the premises have ended, in words; '' while they last."""
        until = self.premises.valid_until
        return f"用房已于{until}终止" if until is not None and until <= self.on else ""

    @property
    def may_change(self) -> bool:
        return not self.closed and self.user.has_perm(CHANGE)

    def context(self, *steps: str) -> dict[str, object]:
        """What every template of premises takes; steps follow the premises on the way here."""
        return {
            "premises": self.premises,
            "community": self.community,
            "trail": trail_to(self.community, (self.premises.name, self.url), *steps),
            "demo": self.premises.is_demo,
            "closed": self.closed,
            "ended": self.ended,
            "may_change": self.may_change,
            "on": self.on,
        }


def trail_to(community, *steps):
    """The way here: register, street, community, then labels or (label, address)."""
    listed, street = reverse("facilities:premises_list"), community.code[:9]
    names = division_names({street}, timezone.localdate())
    way = [
        ("用房台账", listed),
        (names.get(street, street), f"{listed}?street={street}"),
        (
            community.short_name,
            reverse("facilities:community_premises", args=[community.code]),
        ),
        *(step if isinstance(step, tuple) else (step, "") for step in steps),
    ]
    last = len(way) - 1
    return [
        {"label": label, "url": "" if place == last else address}
        for place, (label, address) in enumerate(way)
    ]


def of_premises(*, change: bool = False) -> Callable[..., Callable[..., HttpResponse]]:
    """A view of one set of premises: it gets (request, page, …) in place of (request, pk, …).

    403 without the right, 404 outside the scope; with `change` premises of an ended community lead
    back to their page.
    """

    def decorate(view):
        @wraps(view)
        @permission_required([VIEW, CHANGE] if change else VIEW, raise_exception=True)
        def wrapped(request, pk, **more):
            found = find_premises(request.user, pk)
            if found is None:
                return unknown(request)
            page = PremisesPage(request, found)
            if change and page.closed:
                messages.warning(request, f"{page.closed}，{ONLY_SHOWN}")
                return redirect(page.url)
            return view(request, page, **more)

        return wrapped

    return decorate


def of_piece(model) -> Callable[..., Callable[..., HttpResponse]]:
    """A view that changes a room or contract: it gets (request, page, record)."""

    def decorate(view):
        @wraps(view)
        @permission_required([VIEW, CHANGE], raise_exception=True)
        def wrapped(request, pk, **more):
            record = model.objects.for_user(request.user).filter(pk=pk).first()
            found = find_premises(request.user, record.premises_id) if record else None
            if found is None:
                return unknown(request)
            page = PremisesPage(request, found)
            if page.closed:
                messages.warning(request, f"{page.closed}，{ONLY_SHOWN}")
                return redirect(page.url)
            return view(request, page, record, **more)

        return wrapped

    return decorate
