"""Files of persons: added, changed, found by identity number; telephones are set and revealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.choices import AccessAct
from accounts.models import User
from accounts.scope import give_reason
from accounts.services import record_access
from communities.services.editing import change
from staffing.models import Certificate, Person, PersonPhone
from staffing.rules.identities import hashed, masked, masked_phone
from staffing.typed import born_in_of, sex_of

FILED = "本街道已经登记了同一证件号码的人员。打开已有的登记"
NUMBERED = ("identity_hmac", "identity_mask")


def find_same(*, code: str, identity_number: str) -> Person | None:
    """The file of the same identity number that a street (9 digits) keeps; None without a number.

    The number is hashed at once. Only files inside the scope of the request are found.
    """
    if not identity_number:
        return None
    same = hashed(identity_number, settings.IDENTITY_KEY)
    found: Person | None = Person.objects.filter(code=code, identity_hmac=same).first()
    return found


@transaction.atomic
def add_person(
    *,
    code: str,
    values: Mapping[str, Any],
    identity_number: str = "",
    phone: str = "",
    by: User,
    at: datetime,
    is_demo: bool = False,
) -> Person:
    """Store the file of a person under a street (9 digits) and return it.

    `values`: columns of Person by name; sex and month of birth may be left to the identity number.
    identity_number and phone: as staffing.typed returns them, '' for none; the number itself is
    not kept. by, at: who registers it, and when (kept with the history of the request). Raises
    ValidationError in words when the street has a file of the same number.
    """
    person = Person(code=code, is_demo=is_demo, **values)
    if identity_number:
        person.sex = person.sex or sex_of(identity_number)
        person.born_in = person.born_in or born_in_of(identity_number)
    _number(person, identity_number)
    _check_only(person)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as clash:  # filed by somebody else meanwhile
        raise _filed(clash) from clash
    if phone:
        set_phone(person=person, phone=phone)
    return person


@transaction.atomic
def change_person(
    *,
    person: Person,
    fields: Iterable[str],
    version: int,
    identity_number: str = "",
    phone: str = "",
    by: User,
    at: datetime,
    reason: str = "",
) -> Person:
    """Store the given columns of a person that was opened at a version; return it.

    identity_number and phone: '' leaves what is registered. Raises StaleError when somebody changed
    the file meanwhile, ValidationError in words for a person whose data was removed and for the
    identity number of another file of the street.
    """
    if person.purged_at is not None:
        raise ValidationError("个人信息已按保存期限清除，登记不再修改")
    written = [*fields]
    if identity_number:
        _number(person, identity_number)
        _check_only(person)
        written += NUMBERED
    if phone:
        person.phone_mask = masked_phone(phone)
        written.append("phone_mask")
    try:
        with transaction.atomic():
            held = change(person, fields=written, version=version, reason=reason)
    except IntegrityError as clash:
        raise _filed(clash) from clash
    if phone:
        PersonPhone.objects.update_or_create(
            person=held, defaults={"code": held.code, "number": phone}
        )
    return held


@transaction.atomic
def set_phone(*, person: Person, phone: str) -> None:
    """Keep a person's telephone (plain digits), '' for none; pages show its mask."""
    person.phone_mask = masked_phone(phone)
    Person.objects.filter(pk=person.pk).update(phone_mask=person.phone_mask)
    if phone:
        PersonPhone.objects.update_or_create(
            person=person, defaults={"code": person.code, "number": phone}
        )
    else:
        PersonPhone.objects.filter(person=person).delete()


@transaction.atomic
def reveal_phone(
    *, person: Person, by: User, at: datetime, address: str | None, request_id: str
) -> str:
    """A person's whole telephone number, '' where there is none; who looked at it is recorded.

    The record names the file by its key and street, not the person.
    """
    record_access(
        act=AccessAct.REVEAL,
        at=at,
        user=by,
        address=address,
        target=f"人员{person.pk} {person.code}",
        request_id=request_id,
    )
    numbers = PersonPhone.objects.filter(person=person).values_list("number", flat=True)
    return str(numbers.first() or "")


@transaction.atomic
def add_certificate(*, certificate: Certificate, reason: str = "") -> Certificate:
    """Store a new certificate of the person that it names, under the street of the file.

    Raises ValidationError in words for a person whose data was removed.
    """
    person: Person = Person.objects.select_for_update(no_key=True).get(pk=certificate.person_id)
    if person.purged_at is not None:
        raise ValidationError("个人信息已按保存期限清除，登记不再修改")
    certificate.code, certificate.is_demo = person.code, person.is_demo
    if reason:
        give_reason(reason)
    certificate.save(force_insert=True)
    return certificate


def _number(person: Person, identity_number: str) -> None:
    person.identity_hmac = hashed(identity_number, settings.IDENTITY_KEY)
    person.identity_mask = masked(identity_number)


def _check_only(person: Person) -> None:
    """Refuse a second file of one identity number in a street."""
    same = Person.objects.filter(code=person.code, identity_hmac=person.identity_hmac)
    if person.identity_hmac and same.exclude(pk=person.pk).exists():
        raise ValidationError(FILED, code="filed")


def _filed(clash: IntegrityError) -> Exception:
    if "person_identity_once" in str(clash):
        return ValidationError(FILED, code="filed")
    return clash
