"""What the pages of a community's form share: whose form it is, the way there, its addresses."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.scope import DISTRICT, STREET
from collection.selectors.entry import Entry, get_entry
from collection.selectors.entry_page import sound_values
from collection.selectors.reckoning import reckon
from collection.selectors.rounds import may_ask
from collection.services.facts import given_by_divisions
from communities.choices import CommitteeKind
from communities.models import Community
from communities.selectors.assessment import Present
from communities.selectors.places import division_names, find_community
from communities.selectors.register import read_versions
from communities.views.one_community import holder_query, unknown
from policy.selectors import policy_stamps

VIEW = ("communities.view_community", "communities.view_annualfacts")
ENTER = (*VIEW, "communities.add_annualfacts", "communities.change_annualfacts")
YEARS = range(1949, 2200)


class EntryPlace:
    """A community's form of a year, for one request."""

    def __init__(self, request, community: Community, year: int, holder: str) -> None:
        self.request, self.user = request, request.user
        self.community, self.year, self.holder = community, year, holder
        self.on, self.now = timezone.localdate(), timezone.now()

    @cached_property
    def policy(self):
        """The stamps of the policies: one look serves the checks and the reckoning."""
        return policy_stamps()

    @cached_property
    def present(self):
        return Present(read_versions(), self.policy)

    @cached_property
    def entry(self) -> Entry:
        texts = self.policy[0]
        return get_entry(self.user, self.community, self.year, self.on, texts=texts)

    def anew(self) -> Entry:
        """The form as it is after a write."""
        known = self.entry.known
        self.entry = get_entry(self.user, self.community, self.year, self.on, known)
        return self.entry

    @cached_property
    def given(self):
        """What the register of divisions says of the community."""
        return given_by_divisions({self.community.code}, self.on)[self.community.code]

    def reckon(self, entry: Entry):
        values = {**sound_values(entry), **self.given}
        return reckon(
            self.user, self.community, self.year, values, self.on, entry.known, self.present
        )

    def url(self, name: str) -> str:
        """The address of a page of this form."""
        address = reverse(f"collection:{name}", args=[self.community.code, self.year])
        return address + holder_query(self.holder)

    @cached_property
    def office(self) -> str:
        """The bureau of the district, which confirms."""
        code = self.community.code[:DISTRICT]
        return f"{division_names({code}, self.on).get(code, '')}{settings.BUREAU_NAME}"

    @property
    def list_url(self) -> str:
        return f"{reverse('collection:collect')}?year={self.year}"

    @property
    def ask_url(self) -> str:
        """Where a later last day is asked for, once the street's is over; '' before."""
        call = self.entry.call
        over = call is not None and may_ask(call) and call.left_days(self.on) < 0
        street = self.community.code[:STREET]
        page = f"{reverse('collection:extension_ask')}?year={self.year}&division={street}"
        return page if over else ""

    def context(self, *steps: tuple[str, str], **more):
        """What every template of a form takes."""
        way = [("数据填报", self.list_url), *steps]
        trail = [{"label": label, "url": url} for label, url in way]
        trail[-1]["url"] = ""
        names = ("entry", "draft", "preview", "check", "submit", "withdraw", "done", "unchanged")
        return {
            "community": self.community,
            "entry_year": self.year,
            "entry": self.entry,
            "call": self.entry.call,
            "trail": trail,
            "on": self.on,
            "demo": self.community.is_demo,
            "list_url": self.list_url,
            "may_enter": self.user.has_perms(ENTER),
            "urls": {name: self.url(name if name == "entry" else f"entry_{name}") for name in
                names},
            **more,
        }  # fmt: skip


def of_entry(*rights: str) -> Callable[..., Callable[..., HttpResponse]]:
    """A view of one form: it gets (request, place) in place of (request, code, year).

    403 without the rights; 404 outside the scope, for villages, for a community that has ended and
    for a year that cannot be; a former code leads to the present one.
    """

    def decorate(view):
        @wraps(view)
        @permission_required(rights, raise_exception=True)
        def wrapped(request, code, year):
            found = find_community(
                request.user, code, timezone.localdate(), request.GET.get("holder", "")
            )
            if found.redirect_to and request.method in ("GET", "HEAD"):
                name = f"collection:{request.resolver_match.url_name}"
                address = reverse(name, args=[found.redirect_to, year])
                return redirect(address + holder_query(found.holder))
            community = found.community
            if community is None or year not in YEARS or not _is_asked(community):
                return unknown(request, code)
            return view(request, EntryPlace(request, community, year, found.holder))

        return wrapped

    return decorate


def _is_asked(community: Community) -> bool:
    """Whether a year's facts are asked of a community: an urban one that has not ended."""
    until = community.valid_until
    ended = until is not None and until <= timezone.localdate()
    return not ended and community.committee_kind == CommitteeKind.RESIDENTS


def no_round(request, place: EntryPlace) -> HttpResponse:
    """The page of a year that nobody asks for."""
    context = place.context((place.community.short_name, ""))
    return render(request, "collection/entry/no_round.html", context)
