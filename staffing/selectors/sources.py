"""What the rosters and decided increases tell of a year's facts, so that nobody types it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from collection.rules.findings import Elsewhere
from collection.selectors.sources import Held
from communities.choices import DecisionState
from communities.models import Community
from staffing.models import ExtraWorkers
from staffing.rules.counting import Heads
from staffing.selectors.heads import heads_of

ROSTER, INCREASES = "花名册", "增配审批"
ROSTER_PAGE = "staffing:community_staff"


def from_rosters(communities: Sequence[Community], on: date, year: int) -> Held:
    """Head-counts of a day by the field of the facts, where a community has a roster. One query."""
    heads = heads_of([one.pk for one in communities], on)
    return {
        key: {name: Elsewhere(count, ROSTER, ROSTER_PAGE) for name, count in counts(one).items()}
        for key, one in heads.items()
    }


def counts(heads: Heads) -> dict[str, int]:
    """The fields of a year's facts that a roster answers.

    Who lives in the community is only answered where that is known of every member.
    """
    found = {
        "committee_members_in_post": len(heads.committee),
        "party_members_in_post": len(heads.party),
        "community_workers_in_post": len(heads.workers),
    }
    if not heads.unknown_residence:
        found["resident_members"] = len(heads.resident_members)
    return found


def from_increases(communities: Sequence[Community], on: date, year: int) -> Held:
    """The workers that a district approved beyond the clause for the year. One query."""
    rows = ExtraWorkers.objects.filter(
        community__in=[one.pk for one in communities], year=year, state=DecisionState.APPROVED
    )
    return {
        key: {"extra_workers": Elsewhere(number, INCREASES)}
        for key, number in rows.order_by().values_list("community_id", "number")
    }
