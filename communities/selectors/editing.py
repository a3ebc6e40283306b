"""What a page needs to know when somebody saves a record: who did so before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import SubmittedForm, User


def earlier_result(user: User, key: UUID | None) -> str:
    """The address that a person's form led to when it was sent before; '' when it was not."""
    if key is None:
        return ""
    known = SubmittedForm.objects.filter(pk=key, by=user)
    return known.values_list("led_to", flat=True).first() or ""


@dataclass(frozen=True)
class Meanwhile:
    """What happened to a record since a version: that version, and who stored the present one.

    `opened` is the event of the version, None where history does not know it; `by` is '' for the
    system.
    """

    opened: Any
    at: datetime | None
    by: str


def since_version(record: Any, version: int) -> Meanwhile:
    """What happened to a record after it was opened at a version. Three queries."""
    opened = record.events.filter(version=version).order_by("-pgh_id").first()
    last = record.events.order_by("-pgh_id").select_related("pgh_context").first()
    context = last.pgh_context if last else None
    by = User.objects.filter(pk=context.metadata.get("user")).first() if context else None
    return Meanwhile(opened, last.pgh_created_at if last else None, by.display_name if by else "")
