"""Writes of a community's parts: added, changed, ended on a day; an ended community takes none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DateField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Greatest

from accounts.scope import give_reason
from communities.models import Building, Community, Estate, EstateMeeting
from communities.models.parts import DatedPart, Part
from communities.querysets import not_ended
from communities.services.editing import change

AnyPart = TypeVar("AnyPart", bound=Part)
AnyDatedPart = TypeVar("AnyDatedPart", bound=DatedPart)


@transaction.atomic
def add_part(*, record: AnyPart, on: date, reason: str = "") -> AnyPart:
    """Store a new part of the community that it names, under the community's present code.

    on: today. Raises ValidationError in words when the community, or the estate of a building or
    meeting, has ended by then. What stands in an estate belongs where the estate does now, also
    when that moved after the form was opened.
    """
    community = _open_community(record, on)
    estate = _open_estate(record, on)
    if estate and estate.community_id != community.pk:
        record.community = estate.community
        community = _open_community(record, on)
    record.code = community.code
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
    _open_estate(record, on)
    if isinstance(record, DatedPart) and (said := ended_words(record, str(record), on)):
        raise ValidationError(f"{said}。恢复以后再修改")
    return change(record, fields=fields, version=version, reason=reason)


@transaction.atomic
def end_part(*, record: AnyDatedPart, version: int, on: date, reason: str = "") -> AnyDatedPart:
    """Store from which day a part no longer counts (`valid_until`), or None: it counts again.

    The buildings of an estate follow it: those that end with it come back with it, and none stays
    longer. Errors as for `change_part`.
    """
    _open_community(record, on)
    _open_estate(record, on)
    before = type(record)._default_manager.values_list("valid_until", flat=True).get(pk=record.pk)
    ended = change(record, fields=("valid_until",), version=version, reason=reason)
    if isinstance(ended, Estate) and ended.valid_until != before:
        buildings = Building.objects.filter(estate=ended)
        if ended.valid_until is None:
            buildings.filter(valid_until=before).update(valid_until=None, version=F("version") + 1)
        else:
            with_it = Q(valid_until=before) | not_ended(ended.valid_until)
            _end(buildings.filter(with_it), ended.valid_until)
    return ended


def end_parts(rows: QuerySet[AnyDatedPart], on: date) -> None:
    """Let parts that have not ended end on a day; one that begins only then lasts that day."""
    _end(rows.filter(not_ended(on)), on)


def end_estates(rows: QuerySet[Estate], on: date) -> None:
    """Let estates end on a day, as `end_parts` does, and their buildings with them."""
    estates = list(rows.filter(not_ended(on)).values_list("pk", flat=True))
    end_parts(Building.objects.filter(estate__in=estates), on)
    end_parts(rows, on)


def _end(rows: QuerySet[Any], on: date) -> None:
    # the greatest of two leaves out a day that is not known
    lasted = Cast(F("valid_from") + timedelta(days=1), DateField())
    until = Greatest(lasted, Value(on), output_field=DateField())
    rows.update(valid_until=until, version=F("version") + 1)


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


def _open_estate(record: Part, on: date) -> Estate | None:
    """The estate of a building or meeting, held against acts that move it; None for others."""
    if not isinstance(record, Building | EstateMeeting):
        return None
    found = Estate.objects.select_for_update(no_key=True).filter(pk=record.estate_id).first()
    if found is None:
        raise ValidationError("小区已划出你的辖区，由它现在的社区登记")
    estate: Estate = found
    if said := ended_words(estate, estate.name, on):
        raise ValidationError(f"{said}。恢复小区以后再登记")
    return estate
