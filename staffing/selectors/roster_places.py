"""Which divisions and communities a roster can be narrowed to."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from accounts.models import User
from accounts.scope import CITY, DISTRICT, PROVINCE, STREET, WHOLE_COUNTRY
from communities.choices import Level
from communities.models import Community, Division
from communities.selectors.places import Place

WIDTHS = (0, PROVINCE, CITY, DISTRICT, STREET)
LEVELS = (Level.PROVINCE, Level.CITY, Level.DISTRICT, Level.STREET)


def places_around(scope: str, prefix: str, on: date) -> list[Place]:
    """The divisions beside a chosen one and those beneath it, inside a scope, by code. One query.

    The way up to the chosen one is among them; a street's communities are not.
    """
    found = _beneath(prefix)
    way = [prefix[:width] for width in WIDTHS if _width(scope) < width <= len(prefix)]
    if way:
        found |= _beneath(way[-2] if len(way) > 1 else scope) | Q(code__in=way)
    if not found:
        return []
    rows = Division.objects.filter(found).as_of(on).order_by("code")
    return [Place(code, name) for code, name in rows.values_list("code", "name")]


def communities_of(user: User, street: str, on: date) -> list[Place]:
    """The communities of a street on a day by code; none for a wider division. One query."""
    if len(street) != STREET:
        return []
    rows = Community.objects.for_user(user).under(street).as_of(on).order_by("code")
    return [Place(code, name) for code, name in rows.values_list("code", "short_name")]


def _width(prefix: str) -> int:
    return 0 if prefix == WHOLE_COUNTRY else len(prefix)


def _beneath(prefix: str) -> Q:
    """The divisions one level beneath another; nothing beneath a street."""
    width = _width(prefix)
    if width not in WIDTHS[:-1]:
        return Q()
    level = Q(level=LEVELS[WIDTHS.index(width)])
    return level if not width else level & Q(code__gte=prefix, code__lt=f"{prefix}:")
