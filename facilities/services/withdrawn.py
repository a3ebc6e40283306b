"""Taking back what was typed by mistake: it stays, with who took it back, when and why."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.scope import give_reason
from communities.services.editing import StaleError
from facilities.models.withdrawn import Withdrawable

Record = TypeVar("Record", bound=Withdrawable)


def may_take_back(record: Withdrawable, by: User, right: str) -> bool:
    """Whether a person may take a record back: its maker, or an office at least as wide.

    right: what a person of that office must have.
    """
    maker: User = record.made_by  # type: ignore[attr-defined]
    if maker.pk == by.pk:
        return True
    return by.has_perm(right) and len(by.scope) <= len(maker.scope)


def held_to_take_back(record: Record, *, version: int, right: str, by: User) -> Record:
    """The record as it is now, locked.

    Raises ValidationError where it was taken back already, and for others than may_take_back;
    StaleError when it was changed since `version`.
    """
    rows = type(record)._default_manager.select_for_update(of=("self",)).select_related("made_by")
    held = rows.get(pk=record.pk)
    name = held._meta.verbose_name
    if held.withdrawn_at is not None:
        raise ValidationError(f"这件{name}已经撤回")
    if held.version != version:  # type: ignore[attr-defined]
        raise StaleError(held)
    if not may_take_back(held, by, right):
        raise ValidationError(f"由登记人{held.made_by.display_name}撤回")  # type: ignore[attr-defined]
    return held


def take_back(held: Record, *, reason: str, by: User, at: datetime) -> Record:
    """Mark a record that is held as taken back, with the reason in its history too; return it."""
    if not reason:
        raise ValidationError("写明撤回原因")
    give_reason(reason)
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_because = at, by, reason
    held.version += 1  # type: ignore[attr-defined]
    held.save()
    return held
