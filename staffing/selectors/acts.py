"""Acts of staff as lists and pages show them, and what their forms offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import User
from accounts.scope import STREET
from communities.choices import CommitteeKind
from communities.models import Community
from communities.querysets import not_ended
from communities.selectors.places import division_names
from staffing.models import Appointment, Person, StaffAct, StaffPaper

WAITING, MINE = "waiting", "mine"


@dataclass(frozen=True)
class ActQuery:
    """What acts are asked for; empty values ask nothing. state: WAITING, or MINE of a checker."""

    state: str = ""
    kind: str = ""
    street: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class ActRow:
    """An act with the posts that it began and ended, and its papers.

    checkable: whether this reader may look it over.
    """

    act: StaffAct
    begun: tuple[Appointment, ...]
    ended: tuple[Appointment, ...]
    papers: tuple[StaffPaper, ...]
    checkable: bool


def get_acts(user: User, query: ActQuery) -> QuerySet[StaffAct]:
    """The acts of the scope, the latest first, with everything a row shows. Four queries a page."""
    rows: Any = StaffAct.objects.for_user(user)
    if query.street:
        rows = rows.under(query.street)
    if query.state == WAITING:
        rows = rows.filter(checked_by=None).exclude(kind="follow")
    if query.state == MINE:
        rows = rows.unchecked_by_others(user)
    asked = Q()
    for name, value in (("kind", query.kind), ("on__gte", query.since), ("on__lte", query.until)):
        if value:
            asked &= Q(**{name: value})
    found: QuerySet[StaffAct] = with_rows(rows.filter(asked)).order_by("-on", "-pk")
    return found


def with_rows(acts: QuerySet[StaffAct]) -> QuerySet[StaffAct]:
    """Acts with person, community, makers, posts and papers. Three queries more."""
    posts = Appointment.objects.select_related("community").order_by("pk")
    return acts.select_related("person", "community", "made_by", "checked_by").prefetch_related(
        Prefetch("begun", posts), Prefetch("ended", posts), "papers"
    )


def act_row(user: User, act: StaffAct) -> ActRow:
    """An act as this person sees it. No query for one of `with_rows`."""
    checkable = (
        act.checked_by_id is None
        and act.kind != "follow"
        and act.made_by_id != user.pk
        and user.has_perm("staffing.check_staffact")
    )
    every: Any = act
    return ActRow(
        act,
        tuple(every.begun.all()),
        tuple(every.ended.all()),
        tuple(every.papers.all()),
        checkable,
    )


def find_act(user: User, pk: int) -> StaffAct | None:
    """An act inside the user's scope, or None. Four queries."""
    return with_rows(StaffAct.objects.for_user(user)).filter(pk=pk).first()


def find_paper(user: User, pk: int) -> StaffPaper | None:
    """A paper inside the user's scope, or None. One query."""
    found: StaffPaper | None = StaffPaper.objects.for_user(user).filter(pk=pk).first()
    return found


def running_posts(user: User, person: Person, on: date) -> list[Appointment]:
    """The posts of a person that have not ended by a day, by community and post. One query."""
    rows = Appointment.objects.for_user(user).filter(not_ended(on), person=person)
    return list(rows.select_related("community").order_by("code", "valid_from", "pk"))


def places_for(user: User, on: date, *, street: str = "") -> list[tuple[str, list[Community]]]:
    """The urban communities of a scope, or of one street of it, by the street's name. Two queries.

    Shape: (name of the street, its communities), both in the order of their codes.
    """
    rows = Community.objects.for_user(user).as_of(on)
    rows = rows.filter(committee_kind=CommitteeKind.RESIDENTS).order_by("code")
    if street:
        rows = rows.under(street)
    found: dict[str, list[Community]] = {}
    for one in rows.only("pk", "code", "short_name", "is_demo", "valid_until"):
        found.setdefault(one.code[:STREET], []).append(one)
    names = division_names({*found}, on)
    return [(names.get(code, code), held) for code, held in found.items()]
