"""Whether a community's facts of a year are confirmed, by whom, and what was corrected since."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from collection.selectors.corrections import CorrectionRow, corrections_of, may_propose
from collection.selectors.review_page import Lock, facts_of, lock_of
from communities.selectors.frame import Frame


@dataclass(frozen=True)
class Confirmed:
    """The state of a year's facts: their page, the lock, and corrections, newest first."""

    url: str
    lock: Lock | None
    # where a correction is asked for, '' without the right
    correct_url: str
    corrections: list[CorrectionRow] = field(default_factory=list)


def get_confirmed(
    user: User, community: int, frame: Frame, code: str, holder: str
) -> Confirmed | None:
    """What the page of a community (by key) says of its facts, None where there are none.

    `holder` as ?holder= takes it. Two queries, one without facts, three more with corrections.
    """
    facts = facts_of(user, community, frame.year)
    if facts is None:
        return None
    names = {place.code: place.name for place in frame.trail}
    district = facts.district_code
    query = f"?holder={holder}" if holder else ""
    args = [code, frame.year]
    return Confirmed(
        url=reverse("collection:review", args=args) + query,
        lock=lock_of(facts, f"{names.get(district, district)}{settings.BUREAU_NAME}"),
        correct_url=reverse("collection:correction_new", args=args) + query
        if may_propose(user, facts)
        else "",
        corrections=corrections_of(user, facts),
    )
