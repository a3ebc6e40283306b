"""Writes of what persons were paid: records of some months of a year."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from communities.models import Community
from communities.services.editing import change
from staffing.models import Appointment, PayRecord, Person
from staffing.rules.pay_months import month_text, months_between, months_held


@transaction.atomic
def add_record(*, record: PayRecord, by: User, on: date, at: datetime) -> PayRecord:
    """Store what a person was paid in a community for some months; return it.

    on: today. Raises ValidationError in words for months to come, months in none of which the
    person held a post there, and months that another record has already.
    """
    Person.objects.select_for_update(no_key=True).get(pk=record.person_id)
    record.code = Community.objects.get(pk=record.community_id).code
    _check(record, on)
    record.made_by, record.made_at, record.is_demo = by, at, record.person.is_demo
    record.save(force_insert=True)
    return record


@transaction.atomic
def change_record(
    *, record: PayRecord, fields: list[str], version: int, reason: str, on: date
) -> PayRecord:
    """Store changed fields of a record opened at `version`; errors as for add_record.

    Raises StaleError where somebody has changed it since.
    """
    Person.objects.select_for_update(no_key=True).get(pk=record.person_id)
    _check(record, on)
    return change(record, fields=fields, version=version, reason=reason)


def _check(record: PayRecord, on: date) -> None:
    year, months = record.year, months_between(record.first_month, record.last_month)
    if (year, record.last_month) > (on.year, on.month):
        raise ValidationError({"last_month": f"{year}年{record.last_month}月还没有到，改截止月"})
    rows = Appointment.objects.filter(person=record.person_id, community=record.community_id)
    spans = rows.values_list("valid_from", "valid_until")
    if not any(months & months_held(*span, year) for span in spans):
        said = f"{year}年{month_text(months)}这个人在本社区没有任职，核对社区、年度和月份"
        raise ValidationError({"first_month": said})
    others = PayRecord.objects.filter(
        person=record.person_id, community=record.community_id, year=year
    ).exclude(pk=record.pk)
    for first, last in others.values_list("first_month", "last_month"):
        if months & months_between(first, last):
            said = f"{first}至{last}月已经登记过。改月份，或修改那一条"
            raise ValidationError({"first_month": said})
