"""Writes of inspections: recorded with photos, taken back; what stops counting stops once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.messages import notify_office
from accounts.models import User
from accounts.scope import STREET
from communities.services.paper_files import CheckedFile
from facilities.choices import STOPPING, OrderState, PaperKind
from facilities.models import Inspection, Premises, Room
from facilities.selectors.inspections_areas import WHOLE
from facilities.services.papers import add_paper
from facilities.services.premises import open_premises as hold_premises
from facilities.services.withdrawn import held_to_take_back, take_back

ORDER = "facilities.order_correction"


def open_premises(key: int, on: date) -> Premises:
    """Premises that last, held for a write; raises ValidationError where they or theirs ended."""
    premises = hold_premises(key, on)
    if premises.valid_until is not None and premises.valid_until <= on:
        raise ValidationError(f"“{premises.name}”已于{premises.valid_until}终止，不再登记")
    return premises


def check_not_to_come(name: str, day: date | None, on: date) -> None:
    """Refuse a day after today at a field. Raises ValidationError."""
    if day is not None and day > on:
        raise ValidationError({name: f"{day}还没有到，核对日期"})


@transaction.atomic
def record_inspection(
    *,
    record: Inspection,
    photos: Iterable[CheckedFile] = (),
    by: User,
    on: date,
    at: datetime,
    url: str = "",
) -> Inspection:
    """Store an inspection of its premises with photos, and return it; a stop tells the office.

    on: today. url: where the street's office finds stops without an order. Raises ValidationError,
    at fields, for days and rooms that do not fit, and for a stop in days that are stopped already.
    """
    premises = open_premises(record.premises_id, on)
    record.premises, record.community, record.code = premises, premises.community, premises.code
    record.made_by, record.made_at, record.is_demo = by, at, premises.is_demo
    check_days(record, premises, on)
    if record.finding in STOPPING:
        check_stopped_once(record)
    record.save(force_insert=True)
    for photo in photos:
        add_paper(
            owner="inspection", record=record, file=photo, kind=PaperKind.PHOTO,
            taken_on=record.inspected_on, by=by, at=at, on=on,
        )  # fmt: skip
    if record.stops_from is not None:
        _tell(record, by, at, url)
    return record


def _tell(record: Inspection, by: User, at: datetime, url: str) -> None:
    notify_office(
        code=record.code[:STREET],
        permission=ORDER,
        text=f"{record.community.short_name}“{record.premises.name}”{place_of(record)}"
        f"{record.get_finding_display()}，自{record.stops_from}起不计入面积，未下达整改通知",
        url=url,
        at=at,
        but=by,
    )


def place_of(record: Inspection) -> str:
    """Which room an inspection is of, in words."""
    return record.room.name if record.room else WHOLE


def check_days(record: Inspection, premises: Premises, on: date) -> None:
    """Refuse days that do not fit the premises, their room or each other.

    Raises ValidationError at the fields.
    """
    check_not_to_come("inspected_on", record.inspected_on, on)
    room = record.room
    if room is not None and room.premises_id != premises.pk:
        raise ValidationError({"room": "没有这个房间，从列出的里面选"})
    place: Room | Premises = room or premises
    since, until = place.valid_from or premises.valid_from, place.valid_until
    if since is not None and record.inspected_on < since:
        said = f"“{place.name}”自{since}起才有，巡查日期{record.inspected_on}早于它"
        raise ValidationError({"inspected_on": said})
    if until is not None and record.inspected_on >= until:
        said = f"“{place.name}”已于{until}终止，巡查日期{record.inspected_on}不早于它"
        raise ValidationError({"inspected_on": said})
    stops = record.stops_from
    if stops is None:
        return
    if stops > record.inspected_on:
        said = f"停计日期{stops}晚于巡查日期{record.inspected_on}。改其中一个"
        raise ValidationError({"stops_from": said})
    if since is not None and stops < since:
        said = f"“{place.name}”自{since}起才有，停计日期{stops}早于它"
        raise ValidationError({"stops_from": said})


def check_stopped_once(record: Inspection) -> None:
    """Refuse a stop in days on which the room, or all rooms, are stopped by another inspection.

    All rooms may be stopped while one is: an area that is stopped twice still counts once.
    Raises ValidationError at stops_from.
    """
    same = Q(room__isnull=True)
    if record.room_id is not None:
        same |= Q(room=record.room_id)
    later = Q(resumes_on__isnull=True) | Q(resumes_on__gt=record.stops_from)
    rows = Inspection.objects.filter(same, later, premises=record.premises_id)
    other = rows.filter(stops_from__isnull=False).order_by("stops_from").first()
    if other is None:
        return
    said = f"“{place_of(other)}”自{other.stops_from}起停计（{other.inspected_on}巡查），"
    if other.resumes_on is None:
        said += "没有恢复，同一面积不重复停计。打开那次巡查办理整改"
    else:
        said += f"至{other.resumes_on}恢复。停计日期改到{other.resumes_on}或以后"
    raise ValidationError({"stops_from": said})


@transaction.atomic
def withdraw_inspection(
    *, record: Inspection, version: int, reason: str, by: User, at: datetime
) -> Inspection:
    """Take back an inspection that was typed by mistake; return it. It stops nothing any more.

    It stays with the reason; the days are emptied and remain in its history. Raises
    ValidationError while an order hangs on it, or for another person; StaleError when it was
    changed since `version`.
    """
    held = held_to_take_back(record, version=version, right=ORDER, by=by)
    if held.orders.exclude(state=OrderState.CANCELLED).exists():
        raise ValidationError("这次巡查已经下达整改通知。先撤销通知，再撤回巡查")
    held.stops_from = held.resumes_on = None
    return take_back(held, reason=reason, by=by, at=at)
