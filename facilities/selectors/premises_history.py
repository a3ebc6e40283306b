"""修改记录 of premises: every change of them, their rooms, shares, contracts and inspections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Model

from accounts.models import User
from accounts.scope import WHOLE_COUNTRY, bounds
from communities.models import Community
from communities.selectors.history import Change, Source, change_of, people_of
from facilities.models import Contract, HallCheck, Inspection, Premises, Room, Share

SHARE = "share"
SOURCES = (
    Source("premises", Premises, ("name",)),
    Source("room", Room, ("name",)),
    Source(SHARE, Share, ("code",)),
    Source("contract", Contract, ("number",)),
    Source("inspection", Inspection, ("inspected_on",)),
    Source("hall_check", HallCheck, ("checked_on",)),
)


def history_of(user: User, premises: Premises) -> list[Change]:
    """Every change of premises and what belongs to them, newest first. Eight queries.

    A share is named by its community.
    """
    changes = changes_of(user, premises, "premises_id", SOURCES)
    codes = {one.what for one in changes if one.kind == SHARE}
    holders = Community.objects.for_user(user).filter(code__in=codes).order_by("pk")
    names = dict(holders.values_list("code", "short_name"))
    return [
        replace(one, what=names.get(one.what, one.what)) if one.kind == SHARE else one
        for one in changes
    ]


def changes_of(user: User, owner: Model, column: str, sources: Iterable[Source]) -> list[Change]:
    """Every change of a record and of what names it in a column, newest first.

    Of the time when they lay outside the user's scope nothing is shown. A query for each source,
    and one for the names of people.
    """
    found = [
        (event, before, source)
        for source in sources
        for event, before in _steps(user, owner, column, source)
    ]
    found.sort(key=lambda step: (step[0].pgh_created_at, step[2].key, step[0].pgh_id), reverse=True)
    people = people_of(event for event, _, _ in found)
    made = (change_of(event, before, source, people) for event, before, source in found)
    return [change for change in made if change is not None]


def _steps(user: User, owner: Model, column: str, source: Source) -> Iterator[tuple[Any, Any]]:
    """Each event of a kind of record of the owner, with the one before it."""
    events: Any = source.model._meta.get_field("events").related_model
    low, high = bounds(user.scope)
    mine = {"pgh_obj_id" if isinstance(owner, source.model) else column: owner.pk}
    rows = events.objects.filter(**mine)
    if low != WHOLE_COUNTRY:
        rows = rows.filter(code__gte=low, code__lt=high)
    before: Any = None
    for event in rows.select_related("pgh_context").order_by("pgh_obj_id", "pgh_id"):
        same = before is not None and before.pgh_obj_id == event.pgh_obj_id
        yield event, before if same else None
        before = event
