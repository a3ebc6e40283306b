"""What the workbook of a street's roster holds: who is in post on a day, as an import reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from accounts.models import User
from accounts.scope import STREET, contains
from communities.choices import CommitteeKind
from communities.models import Community
from communities.selectors.places import division_names
from staffing.choices import CertificateLevel, Post
from staffing.models import Appointment, Certificate
from staffing.rules.roster_fields import CERTIFICATE, FIELDS, PERSON, written

# what two posts of a person in a community share to stand in one row
SHARED: Final = ("identity", "pay_channel", "valid_from", "valid_until", "basis", "lives_here",
    "grade")  # fmt: skip
LEVELS: Final = (CertificateLevel.SENIOR, CertificateLevel.INTERMEDIATE, CertificateLevel.ASSISTANT)


@dataclass(frozen=True)
class RosterFillRow:
    """One person and community: its code and name, and texts by field."""

    code: str
    name: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class RosterFilling:
    """The roster of a street on a day, and the street's communities (code, name)."""

    street: str
    place: str
    on: date
    rows: list[RosterFillRow]
    communities: list[tuple[str, str]]


def get_roster_filling(user: User, street: str, on: date) -> RosterFilling | None:
    """The roster of a street (9 digits) as a workbook holds it; None outside the scope.

    Numbers and telephones are masks. Also None for a street without communities. Four queries.
    """
    if len(street) != STREET or not contains(user.scope, street):
        return None
    places = Community.objects.for_user(user).under(street).as_of(on)
    places = places.filter(committee_kind=CommitteeKind.RESIDENTS).order_by("code")
    communities = list(places.values_list("code", "short_name"))
    if not communities:
        return None
    return RosterFilling(
        street=street,
        place=division_names({street}, on).get(street, street),
        on=on,
        rows=_rows(user, street, on),
        communities=communities,
    )


def _rows(user: User, street: str, on: date) -> list[RosterFillRow]:
    held = Appointment.objects.for_user(user).under(street).as_of(on)
    held = held.filter(community__committee_kind=CommitteeKind.RESIDENTS)
    groups: dict[tuple[Any, ...], list[Appointment]] = {}
    for one in held.select_related("person", "community").order_by("code", "pk"):
        shared = (getattr(one, name) for name in SHARED)
        groups.setdefault((one.code, one.person_id, *shared), []).append(one)
    certificates: dict[int, Certificate] = {}
    persons = {one.person_id for many in groups.values() for one in many}
    for level in reversed(LEVELS):  # the highest stays
        of_level = Certificate.objects.filter(person__in=persons, level=level).order_by("issued_on")
        certificates |= {one.person_id: one for one in of_level}
    order = {post: place for place, post in enumerate(Post.values)}
    rows = [
        (min(order[one.post] for one in many), _row(many, certificates.get(many[0].person_id)))
        for many in groups.values()
    ]
    return [row for _, row in sorted(rows, key=lambda one: (one[1].code, one[0]))]


def _row(held: list[Appointment], certificate: Certificate | None) -> RosterFillRow:
    first, person = held[0], held[0].person
    values = {name: getattr(person, name) for name in PERSON}
    values |= {name: getattr(first, name) for name in SHARED}
    values |= {
        "person_name": person.name,
        "identity_number": person.identity_mask,
        "phone": person.phone_mask,
        "posts": [one for one in Post.values if one in {held_.post for held_ in held}],
    }
    if certificate is not None:
        values |= {name: getattr(certificate, name) for name in CERTIFICATE}
        values["certificate_level"] = certificate.level
    texts = {name: written(name, value) for name, value in values.items() if name in FIELDS}
    return RosterFillRow(first.code, first.community.short_name, texts)
