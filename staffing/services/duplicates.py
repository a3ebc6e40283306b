"""One identity number in two streets: asked as one bit, told to the office above both."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from accounts.messages import notify_office
from accounts.scope import CITY, DISTRICT, scope
from staffing.models import Appointment, Person, StaffAct

ELSEWHERE = "这个证件号码在本市另一街道有在岗登记"
ENTERED = "登记了一名人员，证件号码在本市另一街道有在岗登记，核对是否重复任职"
NUMBERED = "补登记了一名人员的证件号码，在本市另一街道有在岗登记，核对是否重复任职"


def in_post_elsewhere(person: Person, on: date, *, width: int = CITY) -> bool:
    """Whether the identity number has a post on a day in another street of the city, or district.

    Asked beyond the scope of the request: nothing else comes back, neither a name nor a place.
    """
    if not person.identity_hmac:
        return False
    with scope(person.code[:width]):
        rows = Appointment.objects.under(person.code[:width]).as_of(on)
        rows = rows.filter(person__identity_hmac=person.identity_hmac)
        return bool(rows.exclude(person__code=person.code).exists())


def tell_elsewhere(*, act: StaffAct, on: date, at: datetime) -> bool:
    """Tell of an act whose person is in post in another street; return whether so."""
    url = reverse("staffing:act", args=[act.pk])
    return tell_of_number(person=act.person, text=ENTERED, url=url, on=on, at=at)


def tell_of_number(*, person: Person, text: str, url: str, on: date, at: datetime) -> bool:
    """Tell the district of a number that is in post in another street; return whether so.

    Where the other street is of another district, the city is told too: it alone sees both.
    """
    if not in_post_elsewhere(person, on):
        return False
    offices = [person.code[:DISTRICT]]
    if not in_post_elsewhere(person, on, width=DISTRICT):
        offices.append(person.code[:CITY])
    for office in offices:
        notify_office(
            code=office,
            permission="staffing.check_staffact",
            text=text,
            url=url,
            at=at,
        )
    return True
