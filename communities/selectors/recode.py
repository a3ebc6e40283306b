"""What a new year's code list is compared with: the places of a scope as they are on a day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from accounts.models import User
from communities.models import Community, Division


@dataclass(frozen=True)
class Held:
    """A division or community with its code and name; `key` is a community's in the database."""

    code: str
    name: str
    key: int = 0


def present_places(user: User, on: datetime.date) -> dict[str, Held]:
    """Divisions under the user's scope, and its communities, on a day, by code. Two queries."""
    divisions = Division.objects.under(user.scope).as_of(on).exclude(code=user.scope)
    communities = Community.objects.for_user(user).as_of(on)
    rows = [(code, name, 0) for code, name in divisions.values_list("code", "name")]
    rows += communities.values_list("code", "name", "pk")
    return {code: Held(code, name, key) for code, name, key in sorted(rows)}
