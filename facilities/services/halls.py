"""Writes of checks of service halls: recorded with photos of each item, taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from communities.services.paper_files import CheckedFile
from facilities.choices import PaperKind, RoomUse
from facilities.models import HallCheck, Premises
from facilities.services.inspections import ORDER, check_not_to_come, open_premises
from facilities.services.papers import add_paper
from facilities.services.withdrawn import held_to_take_back, take_back


def check_is_hall(premises: Premises, day: date) -> None:
    """Refuse premises without a hall on a day. Raises ValidationError at checked_on."""
    if not premises.rooms.filter(use=RoomUse.HALL).as_of(day).exists():
        said = f"“{premises.name}”{day}没有用途是服务大厅的房间，核对日期"
        raise ValidationError({"checked_on": said})


@transaction.atomic
def record_check(
    *,
    record: HallCheck,
    photos: Mapping[str, Iterable[CheckedFile]],
    by: User,
    on: date,
    at: datetime,
) -> HallCheck:
    """Store a check of the hall of its premises, with photos by item (of Unified); return it.

    on: today. Raises ValidationError, at checked_on, for a day to come and for premises that had
    no hall then.
    """
    premises = open_premises(record.premises_id, on)
    check_not_to_come("checked_on", record.checked_on, on)
    check_is_hall(premises, record.checked_on)
    record.premises, record.community, record.code = premises, premises.community, premises.code
    record.made_by, record.made_at, record.is_demo = by, at, premises.is_demo
    record.save(force_insert=True)
    for item, files in photos.items():
        for file in files:
            add_paper(
                owner="hall_check", record=record, file=file, kind=PaperKind.PHOTO, item=item,
                taken_on=record.checked_on, by=by, at=at, on=on,
            )  # fmt: skip
    return record


@transaction.atomic
def withdraw_check(
    *, record: HallCheck, version: int, reason: str, by: User, at: datetime
) -> HallCheck:
    """Take back a check that was typed by mistake; return it. The one before it counts again.

    Raises ValidationError for others than its maker and wider offices; StaleError.
    """
    held = held_to_take_back(record, version=version, right=ORDER, by=by)
    return take_back(held, reason=reason, by=by, at=at)
