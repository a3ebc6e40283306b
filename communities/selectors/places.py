"""Names of divisions and communities, and the way up from one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from accounts.scope import contains
from communities.models import Community, Division, FormerDesignation

WIDTHS = (2, 4, 6, 9)


@dataclass(frozen=True)
class Place:
    """A division by code and name; name is the code where the register does not know it."""

    code: str
    name: str


def division_names(codes: set[str], on: datetime.date) -> dict[str, str]:
    """The names of divisions by code: of a day, else the last; unknown are left out. One query.

    A page about a past year names streets whose code has ended since.
    """
    rows = Division.objects.filter(code__in=codes).order_by("valid_until", "valid_from")
    names: dict[str, str] = {}
    held: set[str] = set()
    for one in rows.only("code", "name", "valid_from", "valid_until"):
        if one.code not in held:
            names[one.code] = one.name
        if _covers(one.valid_from, one.valid_until, on):
            held.add(one.code)
    return names


def trail_to(code: str, on: datetime.date) -> list[Place]:
    """The divisions above a code and itself if it is a division, widest first. One query."""
    codes = [code[:width] for width in WIDTHS if width <= len(code)]
    names = division_names(set(codes), on)
    return [Place(one, names.get(one, one)) for one in codes]


def get_division(user: User, code: str, on: datetime.date) -> Division | None:
    """A division inside the user's scope on a day, or None."""
    if not contains(user.scope, code):
        return None
    found: Division | None = Division.objects.filter(code=code).as_of(on).first()
    return found


@dataclass(frozen=True)
class FormerHolder:
    """A community that had a code until a day, under the name that it had then.

    `code` is its present one; `reachable` says whether that lies in the reader's scope.
    """

    key: int
    code: str
    short_name: str
    until: datetime.date
    reachable: bool


@dataclass(frozen=True)
class Found:
    """Whose a code is: of the community that holds it, or formerly of others.

    `redirect_to` is the present code of the one that had it last, where nobody holds it and the
    reader may see that one; '' otherwise.
    """

    community: Community | None
    redirect_to: str = ""
    former_holders: tuple[FormerHolder, ...] = ()


def find_community(user: User, code: str, on: datetime.date) -> Found:
    """Whose a code inside the user's scope is on a day, and who had it before. Two queries.

    A code that has ended still leads to the community that had it. Outside the scope nobody is
    found, as for an unknown code.
    """
    community = get_community(user, code, on)
    former = tuple(
        FormerHolder(
            one.community_id,
            one.present_code,
            one.short_name,
            one.valid_until,
            contains(user.scope, one.present_code),
        )
        for one in FormerDesignation.objects.for_user(user)
        .filter(code=code)
        .order_by("-valid_until")
        if community is None or one.community_id != community.pk
    )
    last = next(iter(former), None)
    leads_on = community is None and last is not None and last.reachable
    return Found(community, last.code if last and leads_on else "", former)


def get_community(user: User, code: str, on: datetime.date) -> Community | None:
    """A community inside the user's scope: the one of a day, else the latest. One query."""
    known: QuerySet[Community] = Community.objects.for_user(user).filter(code=code)
    held = sorted(known, key=lambda one: _since(one) or datetime.date.min, reverse=True)
    of_the_day = [one for one in held if _covers(_since(one), one.valid_until, on)]
    return next(iter([*of_the_day, *held]), None)


def _since(community: Community) -> datetime.date | None:
    """Since when a community has its present code; None: since before the records."""
    return community.designated_from or community.valid_from


def _covers(first: datetime.date | None, end: datetime.date | None, on: datetime.date) -> bool:
    return (first is None or first <= on) and (end is None or end > on)


def streets_under(prefix: str, on: datetime.date) -> list[Place]:
    """The streets of a division on a day, by code. One query."""
    rows = Division.objects.under(prefix).filter(level="street").as_of(on).order_by("code")
    return [Place(code, name) for code, name in rows.values_list("code", "name")]
