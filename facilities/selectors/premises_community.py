"""用房 of one community: its part of each set of premises, beside what the policies ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from accounts.models import User
from communities.models import Community
from communities.selectors.assessment import Assessment, plain_reason
from communities.selectors.register import UNKNOWN_COUNT
from communities.selectors.traced import Need, need_of
from facilities.choices import RoomUse
from facilities.models import Premises, Share
from facilities.rules.areas import Areas, areas_on, together, within
from facilities.selectors.areas import sites_of, square_metres
from facilities.selectors.premises import STATES, state_of
from facilities.selectors.premises_page import AreaCells, cells_of
from policy.engine import catalogue, explain_all

HALLS = "service_halls"
# what of the register answers to a subject
REGISTERED = {
    "work_premises_area": lambda areas: square_metres(areas.work),
    "service_area": lambda areas: square_metres(areas.service),
    "combined_premises_area": lambda areas: square_metres(areas.premises),
    "premises_area": lambda areas: square_metres(areas.premises),
}
# the yearly facts that say the same as a column of the register
FACTS = (
    ("work_area_m2", "工作用房"),
    ("service_area_m2", "服务设施"),
    ("property_area_m2", "物业服务用房"),
)


@dataclass(frozen=True)
class HeldPremises:
    """Premises that a community shares: what it has of them on the day, and of all parts."""

    premises: Premises
    share: Share | None
    cells: AreaCells
    whole: Decimal
    state: str
    has_hall: bool

    @property
    def state_label(self) -> str:
        return STATES[self.state]

    @property
    def is_shared(self) -> bool:
        return self.share is not None and self.share.parts < self.premises.total_parts


@dataclass(frozen=True)
class FactLine:
    """A figure of the register beside that of the year's facts; None where not reported."""

    label: str
    registered: Decimal
    reported: Decimal | None

    @property
    def differs(self) -> bool:
        return self.reported is not None and self.reported != self.registered


@dataclass(frozen=True)
class CommunityPremises:
    """All premises of a community, their sums on the day, what is asked, what the facts say."""

    rows: tuple[HeldPremises, ...]
    sums: AreaCells
    halls: int
    needs: tuple[Need, ...]
    facts: tuple[FactLine, ...]


def get_community_premises(
    user: User, community: Community, on: date, assessment: Assessment
) -> CommunityPremises:
    """The premises that a community keeps the record of, or has or had a share in.

    Six queries, and those for the facts of the year once.
    """
    shares = list(Share.objects.for_user(user).filter(community=community))
    wanted = Q(community=community) | Q(pk__in={one.premises_id for one in shares})
    found = Premises.objects.for_user(user).filter(wanted).order_by("name", "pk")
    premises = {one.pk: one for one in found}
    sites = sites_of(premises)
    now = [one for one in shares if within(one.valid_from, one.valid_until, on)]
    present = {one.premises_id: one for one in now}
    rows, held = [], []
    for key, one in premises.items():
        on_day = areas_on(sites[key], on)
        mine = on_day.get(community.pk, Areas({}, {}))
        held.append(mine)
        rows.append(
            HeldPremises(
                premises=one,
                share=present.get(key),
                cells=cells_of(mine),
                whole=cells_of(together(on_day.values())).premises,
                state=state_of(sites[key], on),
                has_hall=mine.of((RoomUse.HALL,)) > 0,
            )
        )
    areas = together(held)
    place = assessment.register.place_of(community.pk)
    halls = sum(one.has_hall for one in rows)
    return CommunityPremises(
        rows=tuple(sorted(rows, key=lambda row: row.share is None)),
        sums=cells_of(areas),
        halls=halls,
        needs=tuple(_needs(assessment, place, areas, halls)),
        facts=tuple(_facts(assessment, place, areas)),
    )


def _needs(assessment: Assessment, place: int | None, areas: Areas, halls: int) -> list[Need]:
    """What is asked of the community's premises; none without facts of the year."""
    needs = []
    for trace in explain_all(assessment.requirements, place) if place is not None else ():
        figures, subject = trace.row, catalogue().subjects[trace.row.subject]
        if subject.key not in REGISTERED and subject.key != HALLS:
            continue
        if figures.required is None and figures.status == "ok" and not figures.high:
            continue
        counted = REGISTERED.get(subject.key)
        actual: Any = counted(areas) if counted else halls
        needs.append(
            need_of(
                trace,
                required_label="应有",
                blocked_reason=f"不能测算，{plain_reason(figures.reason)}",
                actual_label="台账现有",
                actual=actual,
                gap=_gap(actual, figures.low, figures.required),
            )
        )
    return needs


def _gap(actual: Any, low: Any, required: Any) -> Any:
    """What is lacking of low (negative), or there is above required; None where nothing binds."""
    if low is None or required is None:
        return None
    return actual - low if actual < low else max(actual - required, actual - actual)


def _facts(assessment: Assessment, place: int | None, areas: Areas) -> list[FactLine]:
    if place is None:
        return []
    registered = (areas.work, areas.service, areas.property_rooms)
    lines = []
    for (name, label), number in zip(FACTS, registered, strict=True):
        reported = int(assessment.register.extra[name][place])
        known = None if reported == UNKNOWN_COUNT else square_metres(reported)
        lines.append(FactLine(label, square_metres(number), known))
    return lines
