"""What somebody proposes and somebody else decides: the conditions of its table."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from communities.choices import DecisionState

DECIDED = (DecisionState.APPROVED, DecisionState.REFUSED)


def decided_by_another(name: str, maker: str) -> list[models.CheckConstraint]:
    """The conditions that a decision has a decider, who is not the one who proposed."""
    return [
        models.CheckConstraint(
            condition=Q(decided_by__isnull=True) | ~Q(decided_by=F(maker)),
            name=f"{name}_maker_not_decider",
            violation_error_message="提出的人不能批准自己提出的事项",
        ),
        models.CheckConstraint(
            condition=~Q(state__in=DECIDED) | Q(decided_by__isnull=False, decided_at__isnull=False),
            name=f"{name}_decided_whole",
        ),
    ]
