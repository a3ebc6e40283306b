"""Writes of premises: registered with their first rooms and share, changed, ended on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q

from communities.models import Community
from communities.querysets import not_ended
from communities.services.editing import change
from communities.services.parts import add_part, ended_words
from facilities.models import Premises, Room, Share

# what belongs to premises and begins and ends with them
BELONGING: tuple[Any, ...] = (Room, Share)


def open_community(record: Any, on: date) -> Community:
    """The community of a record, held against acts that end or re-code it meanwhile.

    Raises ValidationError in words when it has ended by the day (on: today).
    """
    held: Community = Community.objects.select_for_update(no_key=True).get(pk=record.community_id)
    if said := ended_words(held, held.short_name, on):
        raise ValidationError(f"{said}，资料只能查看，不再登记和修改")
    return held


def open_premises(key: int, on: date) -> Premises:
    """Premises held for a write. Raises ValidationError when their community has ended.

    The community is held first, as by acts that end it or give it another code. What was
    withdrawn from the scope meanwhile is not found: raises ValidationError too.
    """
    seen = Premises.objects.filter(pk=key).first()
    if seen is not None:
        open_community(seen, on)
        seen = Premises.objects.select_for_update(no_key=True).filter(pk=key).first()
    if seen is None:
        raise ValidationError("用房已划出你的辖区，由它现在的街道登记")
    premises: Premises = seen
    return premises


@transaction.atomic
def add_premises(
    *, record: Premises, rooms: Sequence[Room], on: date, reason: str = ""
) -> Premises:
    """Store premises with rooms, wholly shared by the community that keeps the record; return them.

    The rooms take the community and the days of the premises. on: today. Raises ValidationError in
    words when the community has ended, IntegrityError for what a constraint refuses.
    """
    made = add_part(record=record, on=on, reason=reason)
    common = {
        "premises": made,
        "community_id": made.community_id,
        "code": made.code,
        "valid_from": made.valid_from,
        "valid_until": made.valid_until,
        "is_demo": made.is_demo,
    }
    for room in rooms:
        for name, value in common.items():
            setattr(room, name, value)
        room.save(force_insert=True)
    Share.objects.create(parts=made.total_parts, **common)
    return made


@transaction.atomic
def change_premises(
    *, record: Premises, fields: Iterable[str], version: int, on: date, reason: str = ""
) -> Premises:
    """Store the fields of premises that were opened at a version; return them.

    When they begin on another day, the rooms and shares that began with them follow. Raises
    ValidationError in words for those that would begin before, when the community or the premises
    have ended (on: today); StaleError as `change` does.
    """
    held = open_premises(record.pk, on)
    if said := ended_words(held, held.name, on):
        raise ValidationError(f"{said}。恢复以后再修改")
    before = held.valid_from
    changed = change(record, fields=fields, version=version, reason=reason)
    if changed.valid_from != before:
        _begin(changed, before)
    return changed


def _begin(premises: Premises, before: date | None) -> None:
    """Let what began with premises begin with them again; nothing may begin before."""
    since = premises.valid_from
    for model in BELONGING:
        rows = model.objects.filter(premises=premises)
        if since is not None and rows.filter(valid_from=before, valid_until__lte=since).exists():
            raise ValidationError(
                {"valid_from": f"有{model._meta.verbose_name}在{since}以前已经终止。改早启用日期"}
            )
        rows.filter(valid_from=before).update(valid_from=since, version=F("version") + 1)
        early = rows.filter(Q(valid_from__isnull=True) | Q(valid_from__lt=since)) if since else None
        if early is not None and (first := early.order_by("valid_from").first()):
            said = f"{model._meta.verbose_name}“{first}”从{first.valid_from}起，早于{since}"
            raise ValidationError({"valid_from": f"{said}。改早启用日期，或先改{first}的日期"})


@transaction.atomic
def end_premises(*, record: Premises, version: int, on: date, reason: str = "") -> Premises:
    """Store from which day premises no longer count (`valid_until`), None: they count again.

    Rooms and shares that are there end with them, and come back with them. Raises ValidationError
    in words for rooms and shares that begin only then or later, and when the community has ended;
    StaleError as `change` does. on: today.
    """
    held = open_premises(record.pk, on)
    before = held.valid_until
    ended = change(record, fields=("valid_until",), version=version, reason=reason)
    until = ended.valid_until
    if until == before:
        return ended
    for model in BELONGING:
        rows = model.objects.filter(premises=ended)
        if before is not None:
            rows.filter(valid_until=before, ends_with_premises=True).update(
                valid_until=F("own_until"),
                own_until=None,
                ends_with_premises=False,
                version=F("version") + 1,
            )
        if until is None:
            continue
        late = rows.filter(valid_from__gte=until).order_by("-valid_from").first()
        if late is not None:
            said = f"{model._meta.verbose_name}“{late}”从{late.valid_from}起"
            raise ValidationError({"valid_until": f"{said}，不早于终止日期{until}。改晚终止日期"})
        rows.filter(not_ended(until)).update(
            own_until=F("valid_until"),
            valid_until=until,
            ends_with_premises=True,
            version=F("version") + 1,
        )
    return ended
