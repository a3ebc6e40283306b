"""Files of persons lie in the street of their posts: moved with them, or copied for one of two.

A file is kept by a street. When posts come to lie in another street, the file moves there if it has
nothing left where it was; else the other street gets a file of its own, found by the identity
number or copied. Rows of a person that stand under a community's code hang on the file of that
street: RECORDS.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.db.models.functions import Substr

from accounts.scope import STREET
from staffing.models import (
    Appointment,
    Attendance,
    Award,
    Candidate,
    Certificate,
    PayRecord,
    Person,
    PersonPhone,
    StaffAct,
)

# what stands under the code of a community and names a person
RECORDS: tuple[type[Model], ...] = (Appointment, StaffAct, Candidate, Award, PayRecord)
# what stands under the code of the street that keeps the person's file
PARTS: tuple[type[Model], ...] = (PersonPhone, Certificate, Attendance)
VERSIONED = (Appointment, StaffAct, Award, PayRecord, Certificate, Attendance)
# columns that the copy of a file does not take over
OWN = ("id", "code", "version")


@transaction.atomic
def file_in(*, person: Person, street: str, on: date) -> Person:
    """The file of a person in a street (9 digits): this one, one of the same identity, or a copy.

    Certificates and telephone go along; courses attended too, once the person has no post left on
    the day where the file was. Runs in a scope that holds both streets.
    """
    if person.code == street:
        return person
    same = Person.objects.filter(code=street, identity_hmac=person.identity_hmac)
    found: Person | None = same.first() if person.identity_hmac else None
    if found is None:
        found = _copied(person, street)
    _give_along(person, found)
    if not Appointment.objects.filter(person=person).as_of(on).exists():
        _move_attendances(person, found)
    return found


@transaction.atomic
def settle_files(communities: Collection[int], on: date) -> None:
    """Let the files of everybody with a record in these communities lie in their streets.

    Called when communities have their codes of the day, inside the transaction of the act.
    """
    streets = _streets_of(_strayed(communities))
    persons = Person.objects.select_for_update().in_bulk(sorted(streets))
    moving: dict[int, str] = {}
    for pk, held in streets.items():
        person, target = persons[pk], min(held)
        if person.code not in held:
            moving[pk] = target
    left = move_files(moving)
    for pk in sorted(streets):
        here = left.get(pk, moving.get(pk, persons[pk].code))
        for street in sorted(streets[pk] - {here}):
            file = file_in(person=Person.objects.get(pk=pk), street=street, on=on)
            _point(pk, file.pk, street)


def _strayed(communities: Collection[int]) -> set[int]:
    """Persons with a record in one of the communities that lies in another street than the file."""
    found: set[int] = set()
    for model in RECORDS:
        rows: Any = model._default_manager.filter(community__in=communities)
        rows = rows.annotate(street=Substr("code", 1, STREET)).exclude(street=F("person__code"))
        found.update(rows.order_by().values_list("person_id", flat=True).distinct())
    return found


def _streets_of(persons: Collection[int]) -> dict[int, set[str]]:
    """All streets in which persons have records, by key of the person."""
    streets: dict[int, set[str]] = defaultdict(set)
    for model in RECORDS:
        rows: Any = model._default_manager.filter(person__in=persons).order_by()
        pairs = rows.annotate(street=Substr("code", 1, STREET)).values_list("person_id", "street")
        for person, street in pairs.distinct():
            streets[person].add(street)
    return streets


def move_files(moving: Mapping[int, str]) -> dict[int, str]:
    """Give files (by key) the code of another street, with what hangs on them.

    Return those that stayed, with their codes: the street has a file of the same identity, which
    does not leave; the records are then pointed to that one.
    """
    stay = _clashing(moving)
    going = {pk: street for pk, street in moving.items() if pk not in stay}
    aside = _step_aside(going)
    for street, keys in _by_street(going).items():
        Person.objects.filter(pk__in=keys).update(code=street, version=F("version") + 1)
        for model in PARTS:
            model._default_manager.filter(person__in=keys).update(code=street)
    for pk, number in aside.items():
        Person.objects.filter(pk=pk).update(identity_hmac=number)
    return stay


def _clashing(moving: Mapping[int, str]) -> dict[int, str]:
    """Files whose identity another file has, in the street where they would go, for good."""
    numbers = _numbers(moving)
    held = Person.objects.filter(code__in={*moving.values()}, identity_hmac__in=numbers.values())
    staying = set(held.exclude(pk__in=moving).values_list("code", "identity_hmac"))
    codes = dict(Person.objects.filter(pk__in=moving).values_list("pk", "code"))
    stay, taken = {}, set(staying)
    for pk, street in moving.items():
        if pk in numbers and (place := (street, numbers[pk])) in taken:
            stay[pk] = codes[pk]
        elif pk in numbers:
            taken.add(place)
    return stay


def _step_aside(going: Mapping[int, str]) -> dict[int, str]:
    """Take the identity off files whose place is held by one that leaves as well; return it.

    Streets that change codes with each other would else hold one number twice for a moment.
    """
    numbers = _numbers(going)
    places = {(street, numbers[pk]) for pk, street in going.items() if pk in numbers}
    held = Person.objects.filter(pk__in=numbers, code__in={*going.values()})
    meeting = {
        number
        for code, number in held.values_list("code", "identity_hmac")
        if (code, number) in places
    }
    aside = {pk: number for pk, number in numbers.items() if number in meeting}
    Person.objects.filter(pk__in=aside).update(identity_hmac="")
    return aside


def _numbers(moving: Iterable[int]) -> dict[int, str]:
    rows = Person.objects.filter(pk__in=list(moving)).exclude(identity_hmac="")
    return dict(rows.values_list("pk", "identity_hmac"))


def _by_street(going: Mapping[int, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for pk, street in going.items():
        found[street].append(pk)
    return found


def _copied(person: Person, street: str) -> Person:
    values = {
        field.attname: getattr(person, field.attname)
        for field in Person._meta.local_concrete_fields
        if field.name not in OWN
    }
    made: Person = Person.objects.create(code=street, **values)
    return made


def _give_along(person: Person, file: Person) -> None:
    """Copy certificates that the other file lacks, and the telephone where it has none."""
    keys = ("level", "name", "registration_no", "issued_on")
    held = set(Certificate.objects.filter(person=file).values_list(*keys))
    for one in Certificate.objects.filter(person=person).order_by("pk"):
        if tuple(getattr(one, key) for key in keys) not in held:
            one.pk, one.person, one.code, one.version = None, file, file.code, 1
            one.save(force_insert=True)
    phone = PersonPhone.objects.filter(person=person).first()
    if phone and not PersonPhone.objects.filter(person=file).exists():
        PersonPhone.objects.create(person=file, code=file.code, number=phone.number)
        Person.objects.filter(pk=file.pk).update(phone_mask=person.phone_mask)


def _move_attendances(person: Person, file: Person) -> None:
    """Give courses to the other file, but those that it attended itself."""
    attended = Attendance.objects.filter(person=file).values_list("course", flat=True)
    rows = Attendance.objects.filter(person=person).exclude(course__in=list(attended))
    rows.update(person=file, code=file.code, version=F("version") + 1)


def _point(person: int, file: int, street: str) -> None:
    """Let a person's records of one street hang on the file that this street keeps.

    An award of a year that the file has already stays: it is granted once.
    """
    for model in RECORDS:
        rows: Any = model._default_manager.filter(person=person, code__startswith=street)
        if model is Award:
            held = Award.objects.filter(person=file).values_list("kind", "year")
            for kind, year in list(held):
                rows = rows.exclude(kind=kind, year=year)
        more = {"version": F("version") + 1} if model in VERSIONED else {}
        rows.update(person=file, **more)
