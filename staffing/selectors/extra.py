"""增配: increases that streets ask for, and what the texts suggest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from accounts.models import User
from communities.choices import CommitteeKind, DecisionState
from communities.models import Community
from communities.selectors.assessment import Assessment
from staffing.models import ExtraWorkers
from staffing.selectors.establishment import suggested

WAITING = DecisionState.PROPOSED


@dataclass(frozen=True)
class Suggestion:
    """What is known of a community that may get more workers; None where nothing is."""

    households: int | None
    number: int | None


def increases_of(user: User, *, year: int | None, state: str) -> Any:
    """Increases of the person's scope, the latest first; year None and state '' for all."""
    rows = ExtraWorkers.objects.for_user(user).select_related("community", "made_by", "decided_by")
    if year is not None:
        rows = rows.filter(year=year)
    if state:
        rows = rows.filter(state=state)
    return rows.order_by("-year", "code", "-pk")


def find_increase(user: User, key: int) -> ExtraWorkers | None:
    """An increase inside the scope, or None. One query."""
    found: ExtraWorkers | None = increases_of(user, year=None, state="").filter(pk=key).first()
    return found


def communities_for(user: User, on: date) -> Any:
    """The urban communities of the scope on a day, by code."""
    rows = Community.objects.for_user(user).as_of(on)
    return rows.filter(committee_kind=CommitteeKind.RESIDENTS).order_by("code")


def suggestions(assessment: Assessment, prefix: str) -> dict[int, Suggestion]:
    """What the texts suggest for the communities under a division, by key; no query."""
    register, found = assessment.register, suggested(assessment)
    households = register.facts.get("households")
    missing = np.broadcast_to(households.missing, len(register))
    return {
        int(register.keys[row]): Suggestion(
            None if missing[row] else int(households.num[row]),
            int(found.num[row]) if found.has[row] else None,
        )
        for row in range(*register.under(prefix).indices(len(register)))
    }


def history_of(record: ExtraWorkers) -> list[tuple[Any, str, str]]:
    """When an increase was asked for, decided or withdrawn, in words, and by whom."""
    steps = [(record.made_at, f"申请增配{record.number}人", record.made_by.display_name)]
    if record.decided_at is not None and record.decided_by is not None:
        words = DecisionState(record.state).label
        steps.append((record.decided_at, str(words), record.decided_by.display_name))
    return steps
