"""Files of demo people: person, telephone and certificate, many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.conf import settings

from staffing.models import Certificate, Person, PersonPhone
from staffing.rules.identities import hashed, masked, masked_phone
from staffing.services.demo_people import Human

BATCH: Final = 2_000


def file_people(people: Sequence[Human]) -> list[Person]:
    """Store people with telephones and certificates, without posts; return them in their order."""
    persons = Person.objects.bulk_create((_person(one) for one in people), batch_size=BATCH)
    filed = list(zip(people, persons, strict=True))
    PersonPhone.objects.bulk_create(
        (PersonPhone(person=row, code=row.code, number=one.phone) for one, row in filed),
        batch_size=BATCH,
    )
    Certificate.objects.bulk_create(
        (Certificate(person=row, **one.certificate) for one, row in filed if one.certificate),
        batch_size=BATCH,
    )
    return persons


def _person(one: Human) -> Person:
    return Person(
        **one.columns,
        identity_hmac=hashed(one.identity_number, settings.IDENTITY_KEY),
        identity_mask=masked(one.identity_number),
        phone_mask=masked_phone(one.phone),
    )
