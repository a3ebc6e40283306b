"""Writes of a community's parts: added, changed, ended on a day; an ended community takes none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts.scope import give_reason
from communities.models import Building, Community, Estate, EstateMeeting
from communities.models.parts import DatedPart, Part
from communities.services.editing import change

AnyPart = TypeVar("AnyPart", bound=Part)
AnyDatedPart = TypeVar("AnyDatedPart", bound=DatedPart)


@transaction.atomic
def add_part(*, record: AnyPart, on: date, reason: str = "") -> AnyPart:
    """Store a new part of the community that it names, under the community's present code.

    on: today. Raises ValidationError in words when the community, or the estate of a building or
    meeting, has ended by then.
    """
    record.code = _open_community(record, on).code
    _check_estate(record, on)
    if reason:
        give_reason(reason)
    record.save(force_insert=True)
    return record


@transaction.atomic
def change_part(
    *, record: AnyPart, fields: Iterable[str], version: int, on: date, reason: str = ""
) -> AnyPart:
    """Store the fields of a part that was opened at a version.

    Raises StaleError as `change` does, ValidationError in words when the community or the part
    has ended by the day (on: today).
    """
    _open_community(record, on)
    _check_estate(record, on)
    if isinstance(record, DatedPart) and (said := ended_words(record, str(record), on)):
        raise ValidationError(f"{said}。恢复以后再修改")
    return change(record, fields=fields, version=version, reason=reason)


@transaction.atomic
def end_part(*, record: AnyDatedPart, version: int, on: date, reason: str = "") -> AnyDatedPart:
    """Store from which day a part no longer counts (`valid_until`), or None: it counts again.

    The buildings of an estate follow it: those that end with it come back with it. Errors as for
    `change_part`.
    """
    _open_community(record, on)
    _check_estate(record, on)
    before = type(record)._default_manager.values_list("valid_until", flat=True).get(pk=record.pk)
    ended = change(record, fields=("valid_until",), version=version, reason=reason)
    if isinstance(ended, Estate) and ended.valid_until != before:
        Building.objects.filter(estate=ended, valid_until=before).update(
            valid_until=ended.valid_until, version=F("version") + 1
        )
    return ended


def ended_words(dated: Community | DatedPart, name: str, on: date) -> str:
    """That something has ended by a day, in words with its name; '' while it lasts."""
    until = dated.valid_until
    if until is None or until > on:
        return ""
    verb = "撤销" if isinstance(dated, Community) else "注销"
    return f"{name}已于{until}{verb}"


def _open_community(record: Part, on: date) -> Community:
    """The community of a part, held against acts that end or re-code it meanwhile."""
    held: Community = Community.objects.select_for_update(no_key=True).get(pk=record.community_id)
    if said := ended_words(held, held.short_name, on):
        raise ValidationError(f"{said}，资料只能查看，不再登记和修改")
    return held


def _check_estate(record: Part, on: date) -> None:
    if not isinstance(record, Building | EstateMeeting):
        return
    estate = Estate.objects.get(pk=record.estate_id)
    if said := ended_words(estate, estate.name, on):
        raise ValidationError(f"{said}。恢复小区以后再登记")
