"""What every page says in its frame: year, policy date, whose data, as of when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.conf import settings

from accounts.scope import CITY
from communities.selectors.places import Place, trail_to


@dataclass(frozen=True)
class Frame:
    """The context that base.html takes."""

    year: int
    years: list[int]
    on: datetime.date
    trail: list[Place] = field(default_factory=list)

    @property
    def city(self) -> str:
        """The name of the city, or of the widest division known."""
        cities = [place.name for place in self.trail if len(place.code) == CITY]
        return (cities or [place.name for place in self.trail] or [""])[0]

    @property
    def office(self) -> str:
        """The bureau that answers for the policies."""
        return f"{self.city}{settings.BUREAU_NAME}"

    @property
    def name(self) -> str:
        return self.trail[-1].name if self.trail else "全国"


def get_frame(code: str, year: int, years: list[int], on: datetime.date) -> Frame:
    """The frame of a page about a division or community; trail is the way to it. One query.

    years are those with facts; the chosen one is offered beside them.
    """
    offered = sorted({*years, year}, reverse=True)
    return Frame(year, offered, on, [] if code == "0" else trail_to(code, on))
