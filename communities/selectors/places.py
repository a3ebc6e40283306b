"""Names of divisions and communities, and the way up from one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.db.models import Q

from accounts.models import User
from accounts.scope import contains
from communities.models import Community, Division, FormerDesignation
from communities.querysets import not_ended

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

    `code` is its present one; `reachable` says whether that lies in the reader's scope. `shared`:
    others have or had that code as well, so that only its key leads to this one.
    """

    key: int
    code: str
    short_name: str
    until: datetime.date
    reachable: bool
    shared: bool = False

    @property
    def holder(self) -> str:
        """What `?holder=` takes on its pages, '' where the code is enough."""
        return str(self.key) if self.shared else ""


@dataclass(frozen=True)
class Found:
    """Whose a code is: of the community that holds it, or formerly of others.

    `redirect_to` is the present code of the one that had it last, where nobody holds it and the
    reader may see that one; '' otherwise. `holder` is the key, for `?holder=`, of the community
    that was found or is led to, '' where its code is enough.
    """

    community: Community | None
    redirect_to: str = ""
    former_holders: tuple[FormerHolder, ...] = ()
    holder: str = ""


def find_community(user: User, code: str, on: datetime.date, holder: str = "") -> Found:
    """Whose a code inside the user's scope is on a day, and who had it before. Two queries.

    A code that has ended still leads to the community that had it. `holder` names one of those
    that have or had the code by its key; anybody else's key finds nobody. A code outside the scope
    finds only those that have come into it since; else nobody, as an unknown code does.
    """
    designated = _designated(user, code)
    known = _by_code(user, {code, *(one.present_code for one in designated)})
    community = _of_day(known.get(code, []), on)
    former = _former(user, code, on, designated, known)
    if holder:
        named = [one for one in known.get(code, []) if str(one.pk) == holder]
        community = next(iter(named), None)
        leads_on = [one for one in former if str(one.key) == holder and one.code != code]
    else:
        leads_on = [] if community else former[:1]
    others = tuple(one for one in former if community is None or one.key != community.pk)
    if community is not None:
        shared = len(known[code]) > 1
        return Found(community, "", others, str(community.pk) if shared else "")
    if holder and not leads_on:
        return Found(None)
    last = next((one for one in leads_on if one.reachable), None)
    if last is None:
        named_first = sorted(others, key=lambda one: str(one.key) != holder)
        return Found(None, "", tuple(named_first))
    return Found(None, last.code, others, last.holder)


def _designated(user: User, code: str) -> list[FormerDesignation]:
    """Who had a code until it changed, the last first: those in a scope with it or with them."""
    rows = FormerDesignation.objects.filter(code=code).order_by("-valid_until")
    codes = (user.scope,) if user.is_authenticated else ()
    return [
        one
        for one in rows
        if any(contains(scope, code) or contains(scope, one.present_code) for scope in codes)
    ]


def _former(
    user: User,
    code: str,
    on: datetime.date,
    designated: list[FormerDesignation],
    known: dict[str, list[Community]],
) -> list[FormerHolder]:
    """Everybody who had a code until a day, the last first: re-coded since, or ended with it."""
    held = [
        FormerHolder(one.community_id, one.present_code, one.short_name, one.valid_until, False)
        for one in designated
    ] + [
        FormerHolder(one.pk, code, one.short_name, one.valid_until, False)
        for one in known.get(code, [])
        if one.valid_until is not None and one.valid_until <= on
    ]
    held.sort(key=lambda one: one.until, reverse=True)
    last = {one.key: one for one in reversed(held)}
    return [
        replace(
            one,
            reachable=contains(user.scope, one.code),
            shared=len(known.get(one.code, [])) > 1,
        )
        for one in held
        if last[one.key] is one
    ]


@dataclass(frozen=True)
class Address:
    """Where a community's pages are: its present code, and what `?holder=` takes ('' or key)."""

    code: str
    holder: str

    @property
    def query(self) -> str:
        return f"?holder={self.holder}" if self.holder else ""


def addresses_of(user: User, keys: set[int]) -> dict[int, Address]:
    """Where the pages of communities are that lie in the user's scope, by key. One query."""
    if not keys:
        return {}
    seen = Community.objects.for_user(user)
    rows = seen.filter(code__in=seen.filter(pk__in=keys).values("code")).values_list("pk", "code")
    holders: dict[str, int] = {}
    for _, code in rows:
        holders[code] = holders.get(code, 0) + 1
    return {
        key: Address(code, str(key) if holders[code] > 1 else "")
        for key, code in rows
        if key in keys
    }


def own_contacts(user: User, community: Community) -> Q:
    """Which contacts of a community's code are its own: not those of others that had it. One query.

    Who answers for a community that ends does so until its day (a change act sees to it), so the
    days tell them apart. Somebody whose duty ended before his community took a code that another
    had until then counts as the other's.
    """
    rows = _by_code(user, {community.code}).get(community.code, [])
    order = [one.pk for one in rows]
    at = order.index(community.pk) if community.pk in order else 0
    own = Q(code=community.code)
    ended = [one.valid_until for one in rows[at + 1 :] if one.valid_until is not None]
    if ended:
        own &= not_ended(max(ended))
    if at and community.valid_until is not None:
        own &= Q(valid_until__lte=community.valid_until)
    return own


def get_community(user: User, code: str, on: datetime.date) -> Community | None:
    """A community inside the user's scope: the one of a day, else the latest. One query."""
    return _of_day(_by_code(user, {code}).get(code, []), on)


def _by_code(user: User, codes: set[str]) -> dict[str, list[Community]]:
    """Everybody that has or had one of the codes until the end, those that came last first."""
    known: dict[str, list[Community]] = {}
    rows = Community.objects.for_user(user).filter(code__in=codes)
    for one in sorted(rows, key=lambda row: _since(row) or datetime.date.min, reverse=True):
        known.setdefault(one.code, []).append(one)
    return known


def _of_day(held: list[Community], on: datetime.date) -> Community | None:
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
