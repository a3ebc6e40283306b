"""One person: posts, acts, certificates, training, elections and awards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from staffing.choices import Education
from staffing.models import (
    Appointment,
    Attendance,
    Award,
    Candidate,
    Certificate,
    Person,
    StaffAct,
)
from staffing.rules.groups import RANKS
from staffing.rules.spans import age_on, certificate_state, whole_years
from staffing.selectors.roster import education_of


@dataclass(frozen=True)
class CertificateLine:
    """A certificate, and whether it has expired or ends soon (rules.spans)."""

    certificate: Certificate
    state: str


@dataclass(frozen=True)
class PersonCard:
    """What the page of a person shows as of a day: posts held in their order, else newest first."""

    person: Person
    age: int
    years: int | None
    education: str
    held: tuple[Appointment, ...]
    former: tuple[Appointment, ...]
    acts: tuple[StaffAct, ...]
    certificates: tuple[CertificateLine, ...]
    attendances: tuple[Attendance, ...]
    candidacies: tuple[Candidate, ...]
    awards: tuple[Award, ...]
    # files of the same identity number that other streets of the scope keep
    elsewhere: tuple[Person, ...]


def find_person(user: User, pk: int) -> Person | None:
    """The file of a person inside the user's scope, or None. One query."""
    found: Person | None = Person.objects.for_user(user).filter(pk=pk).first()
    return found


def find_certificate(user: User, pk: int) -> Certificate | None:
    """A certificate with its person inside the user's scope, or None. One query."""
    rows = Certificate.objects.for_user(user).select_related("person")
    found: Certificate | None = rows.filter(pk=pk).first()
    return found


def get_card(user: User, person: Person, on: date) -> PersonCard:
    """The page of a person on a day. Seven queries."""
    held: list[Appointment] = []
    former: list[Appointment] = []
    posts = Appointment.objects.for_user(user).filter(person=person)
    related = ("community", "begun_by", "ended_by", "election")
    for one in posts.select_related(*related).order_by("-valid_from", "-pk"):
        runs = one.valid_until is None or one.valid_until > on
        (held if runs else former).append(one)
    level = education_of(person, on)
    return PersonCard(
        person=person,
        age=age_on(person.born_in, on),
        years=None if person.joined_on is None else whole_years(person.joined_on, on),
        education=Education(level).label if level else "",
        held=tuple(sorted(held, key=lambda one: RANKS[one.post])),
        former=tuple(former),
        acts=_of(user, person, StaffAct, "community", "made_by", "checked_by"),
        certificates=tuple(
            CertificateLine(one, certificate_state(one.expires_on, on))
            for one in _of(user, person, Certificate)
        ),
        attendances=_of(user, person, Attendance, "course", order="-course__starts_on"),
        candidacies=_of(
            user, person, Candidate, "election", "community", order="-election__held_on"
        ),
        awards=_of(user, person, Award, "community"),
        elsewhere=_elsewhere(user, person),
    )


def _of(user: User, person: Person, model: Any, *related: str, order: str = "") -> tuple[Any, ...]:
    rows = model.objects.for_user(user).filter(person=person)
    rows = rows.select_related(*related) if related else rows
    return tuple(rows.order_by(order, "-pk") if order else rows)


def _elsewhere(user: User, person: Person) -> tuple[Person, ...]:
    if not person.identity_hmac:
        return ()
    same = Person.objects.for_user(user).filter(identity_hmac=person.identity_hmac)
    return tuple(same.exclude(pk=person.pk).order_by("code"))
