"""Forms of acts as browsers post them, and what they lead to."""

from datetime import date
from html import unescape
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from communities.models import Community
from staffing.models import (
    Appointment,
    Person,
)
from tests.paper_samples import pdf
from tests.posted import errors_of, opened
from tests.staff_factories import (
    IDENTITY_NUMBERS,
)

ACTS = "/staff/acts/"
NUMBER = IDENTITY_NUMBERS[0]  # a woman born on 15 June 1985
DAY = date(2026, 3, 1)


def entry(place: Community, **overrides: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "name": "王小红",
        "identity_number": NUMBER,
        "ethnicity": "汉族",
        "full_time_education": "bachelor",
        "phone": "13812345678",
        "community": str(place.pk),
        "post": "worker",
        "identity": "recruited",
        "pay_channel": "funded",
        "lives_here": "unknown",
        "on": "2026-03-01",
    } | overrides


def file(name: str = "王小红学历.pdf", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pdf())


def followed(client: Client, answer: HttpResponse) -> str:
    assert answer.status_code == 302, errors_of(answer)
    return unescape(client.get(answer["Location"]).content.decode())


def posts(person: Person) -> list[tuple[str, str, date, date | None]]:
    rows = Appointment.objects.filter(person=person).order_by("valid_from", "pk")
    return [(one.code, one.post, one.valid_from, one.valid_until) for one in rows]


def taken(client: Client, person: Person, act: str, **typed: Any) -> HttpResponse:
    """The form of an act as it is opened, filled in, past its check page."""
    path = f"/staff/persons/{person.pk}/{act}/"
    return client.post(path, opened(client, path) | {"do": "save"} | typed)


def strays() -> list[int]:
    """Appointments that do not lie in the street of their person's file."""
    rows = Appointment.objects.select_related("person")
    return [one.pk for one in rows if not one.code.startswith(one.person.code)]
