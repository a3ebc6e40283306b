"""Writes of rooms: added, corrected, ended on a day, with another use from then on, removed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, Q

from accounts.scope import give_reason
from communities.querysets import not_ended
from communities.services.editing import change
from facilities.choices import RoomUse
from facilities.models import Inspection, Premises, Room
from facilities.services.premises import open_premises

# what a room keeps when it gets another use
KEPT = ("name", "building_m2", "usable_m2", "above_ground_m2", "is_demo")
# what is written when a room ends, or ends no more
ENDING = ("valid_until", "ends_with_premises", "own_until")


@transaction.atomic
def add_room(*, record: Room, on: date, reason: str = "") -> Room:
    """Store a room of the premises that it names; return it.

    Without a day it begins, or ends, with the premises. on: today. Raises ValidationError in words
    when it begins before or lasts longer than they do, when it is there already, when their
    community has ended.
    """
    premises = open_premises(record.premises_id, on)
    _within(record, premises)
    _refuse_twin(record)
    record.community_id, record.code = premises.community_id, premises.code
    record.is_demo = premises.is_demo
    if reason:
        give_reason(reason)
    record.save(force_insert=True)
    return record


@transaction.atomic
def change_room(
    *, record: Room, fields: Iterable[str], version: int, on: date, reason: str = ""
) -> Room:
    """Store the fields of a room that was opened at a version; return it.

    Raises ValidationError as `add_room` does, StaleError as `change` does.
    """
    premises = open_premises(record.premises_id, on)
    _within(record, premises)
    return change(record, fields=fields, version=version, reason=reason)


@transaction.atomic
def end_room(
    *, record: Room, version: int, on: date, new_use: str = "", new_name: str = "", reason: str = ""
) -> Room:
    """Store until which day a room is there (`valid_until`); return it, or the one that follows.

    new_use: from that day on the same area is a room of this use (of RoomUse), called `new_name`,
    as before, or like its use where it was so. A day None takes the end back. Raises
    ValidationError as `add_room` does, also where the room was to get a use without a day, while
    an inspection stops it, and where it would count beside the room that followed it; StaleError
    as `change` does.
    """
    premises = open_premises(record.premises_id, on)
    until = record.valid_until
    if new_use and until is None:
        raise ValidationError({"valid_until": "填写自何日起改作别的用途"})
    _refuse_stopped(record, until, goes_on=bool(new_use))
    _refuse_beside_follower(record, until)
    record.ends_with_premises, record.own_until = False, None
    _within(record, premises)
    ended = change(record, fields=ENDING, version=version, reason=reason)
    if not new_use or until is None:
        return ended
    follower = Room(premises=premises, use=new_use, valid_from=until)
    for name in KEPT:
        setattr(follower, name, getattr(ended, name))
    follower.name = new_name or _renamed(ended, new_use)
    return add_room(record=follower, on=on, reason=reason)


def _renamed(room: Room, use: str) -> str:
    """What a room is called under another use: one that was called like its use goes with it."""
    return RoomUse(use).label if room.name == room.get_use_display() else room.name


@transaction.atomic
def remove_room(*, record: Room, version: int, on: date, reason: str) -> Premises:
    """Remove a room that was typed by mistake; its history stays. Return its premises.

    Raises ValidationError when it was inspected, or was changed since `version`.
    """
    premises = open_premises(record.premises_id, on)
    present = Room.objects.select_for_update().get(pk=record.pk)
    if present.version != version:
        raise ValidationError("你打开以后，有人改过这个房间。看过最新的内容再删除")
    give_reason(reason)
    try:
        present.delete()
    except ProtectedError as held:
        raise ValidationError("这个房间有巡查记录，不能删除。填写终止日期") from held
    return premises


def _refuse_twin(room: Room) -> None:
    """Refuse a room that is there already: of the same name, use and area in the same days."""
    rows = Room.objects.filter(
        not_ended(room.valid_from) if room.valid_from else Q(),
        premises=room.premises_id, name=room.name, use=room.use, building_m2=room.building_m2,
    )  # fmt: skip
    if room.valid_until is not None:
        rows = rows.exclude(valid_from__gte=room.valid_until)
    if rows.exists():
        what = f"“{room.name}”（{room.get_use_display()}，{room.building_m2:,}㎡）"
        raise ValidationError({"name": f"{what}已经登记。是另一间的，改部位名称"})


def _refuse_stopped(room: Room, until: date | None, *, goes_on: bool) -> None:
    """Refuse to end a room that an inspection stops: another in its place would count again.

    goes_on: it gets another use; then a stop whose end is known must have ended as well.
    """
    stops = Inspection.objects.filter(room=room.pk, stops_from__isnull=False)
    lasting = Q(resumes_on=None)
    if goes_on and until is not None:
        lasting |= Q(resumes_on__gt=until)
    stop = stops.filter(lasting).order_by("stops_from").first()
    if until is None or stop is None:
        return
    said = f"“{room.name}”自{stop.stops_from}起停计（{stop.inspected_on}巡查），"
    if stop.resumes_on is None:
        said += "没有恢复。先办理整改，复查恢复以后再改"
    else:
        said += f"至{stop.resumes_on}恢复。日期改到{stop.resumes_on}或以后"
    raise ValidationError({"valid_until": said})


def _refuse_beside_follower(room: Room, until: date | None) -> None:
    """Refuse a later end, or none, for a room that another followed: its area would count twice."""
    before = Room.objects.get(pk=room.pk).valid_until
    if before is None or (until is not None and until <= before):
        return
    rows = Room.objects.filter(premises=room.premises_id, valid_from=before)
    follower = rows.filter(building_m2=room.building_m2).exclude(pk=room.pk).first()
    if follower is not None:
        what = f"“{follower.name}”（{follower.get_use_display()}，{follower.building_m2:,}㎡）"
        said = f"自{before}起已改作{what}，面积会重复。先删除{follower.name}，或改晚它的启用日期"
        raise ValidationError({"valid_until": said})


def _within(room: Room, premises: Premises) -> None:
    """Let a room begin and end with its premises where it says nothing; refuse other days."""
    first, last = premises.valid_from, premises.valid_until
    if room.valid_from is None:
        room.valid_from = first
    elif first is not None and room.valid_from < first:
        raise ValidationError(
            {"valid_from": f"{room.valid_from}早于用房启用日期{first}。改房间的日期，或先改用房"}
        )
    if last is None:
        return
    if room.valid_from is not None and room.valid_from >= last:
        raise ValidationError({"valid_from": f"用房已于{last}终止，{room.valid_from}不早于它"})
    if room.valid_until is None:
        room.valid_until, room.ends_with_premises = last, True
    elif room.valid_until > last:
        raise ValidationError(
            {"valid_until": f"{room.valid_until}晚于用房终止日期{last}。改早房间的日期"}
        )
