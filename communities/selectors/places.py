"""Names of divisions and communities, and the way up from one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import F

from accounts.models import User
from accounts.scope import contains
from communities.models import Community, Division

WIDTHS = (2, 4, 6, 9)


@dataclass(frozen=True)
class Place:
    """A division by code and name; name is the code where the register does not know it."""

    code: str
    name: str


def division_names(codes: set[str], on: datetime.date) -> dict[str, str]:
    """The names of divisions on a day, by code; unknown codes are left out. One query."""
    rows = Division.objects.filter(code__in=codes).as_of(on)
    return dict(rows.values_list("code", "name"))


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


def get_community(user: User, code: str, on: datetime.date) -> Community | None:
    """A community inside the user's scope: the one of a day, else the latest with the code."""
    known = Community.objects.for_user(user).filter(code=code)
    latest = F("valid_from").desc(nulls_last=True)
    found: Community | None = known.as_of(on).first() or known.order_by(latest).first()
    return found


def streets_under(prefix: str, on: datetime.date) -> list[Place]:
    """The streets of a division on a day, by code. One query."""
    rows = Division.objects.under(prefix).filter(level="street").as_of(on).order_by("code")
    return [Place(code, name) for code, name in rows.values_list("code", "name")]
