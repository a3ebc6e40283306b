"""What the register holds of the communities and title numbers that a file of premises names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from accounts.models import User
from communities.models import Community, Estate
from communities.querysets import not_ended
from facilities.models import Premises, Share
from facilities.selectors.premises_filling import Held, held_of
from facilities.services.premises_upload_rows import Row


@dataclass
class Stored:
    """Premises by community and name, and by community and title number; what is theirs."""

    by_name: dict[tuple[int, str], Held] = field(default_factory=dict)
    by_title: dict[tuple[int, str], list[Held]] = field(default_factory=lambda: defaultdict(list))
    # premises of one name that another community keeps and this one shares: whose they are
    shared: dict[tuple[int, str], str] = field(default_factory=dict)
    # keys of estates by community and name
    estates: dict[tuple[int, str], int] = field(default_factory=dict)
    # premises of the scope with a title number: key, and how they are called
    titles: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))


def stored_of(rows: Collection[Row], by: User, on: date, *, lock: bool) -> Stored:
    """What is stored of the communities of rows. Eight queries, nine where they are locked.

    `lock`: hold the communities and their premises until the transaction ends.
    """
    stored = Stored()
    places = {row.community for row in rows if row.community is not None}
    if lock:  # the communities first, as acts and the pages of premises do
        held_places = Community.objects.select_for_update(no_key=True).filter(pk__in=places)
        list(held_places.order_by("pk").values_list("pk"))
    own = Premises.objects.for_user(by).filter(not_ended(on), community__in=places).order_by("pk")
    if lock:  # before the premises, as their pages and acts do
        held_places = Community.objects.select_for_update(no_key=True).filter(pk__in=places)
        list(held_places.order_by("pk").values_list("pk"))
        own = own.select_for_update(no_key=True, of=("self",))
    found = list(own.select_related("estate"))
    for held in held_of(found, on).values():
        one = held.premises
        stored.by_name[one.community_id, one.name] = held
        if one.title_no:
            stored.by_title[one.community_id, one.title_no].append(held)
    _shared(stored, places, on)
    estates = Estate.objects.filter(not_ended(on), community__in=places).order_by("pk")
    for key, community, name in estates.values_list("pk", "community_id", "name"):
        stored.estates[community, name] = key
    _titles(stored, {row.title_no for row in rows if row.title_no}, by, on)
    return stored


def _shared(stored: Stored, places: Collection[int], on: date) -> None:
    """The premises that communities share and others keep. One query."""
    rows = Share.objects.filter(not_ended(on), community__in=places).select_related(
        "premises__community"
    )
    for share in rows.order_by("pk"):
        if share.premises.community_id != share.community_id:
            key = (share.community_id, share.premises.name)
            stored.shared[key] = share.premises.community.short_name


def _titles(stored: Stored, numbers: Collection[str], by: User, on: date) -> None:
    """The premises of the scope with these title numbers. One query."""
    rows = Premises.objects.for_user(by).filter(not_ended(on), title_no__in=numbers)
    for key, name, number, place in rows.order_by("code", "pk").values_list(
        "pk", "name", "title_no", "community__short_name"
    ):
        stored.titles[number].append((key, f"{place}的{name}"))
