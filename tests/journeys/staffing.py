"""A small town for tasks of staffing: four communities in two streets, with people in post."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page

from accounts.scope import scope
from communities.models import Community
from policy import services
from policy.engine import load_shipped
from staffing.models import Appointment, Person
from tests.staff_factories import make_appointment, make_person
from tests.world import (
    CHANGZHENG,
    DISTRICT,
    GUCHENG,
    HUNAN,
    LIUYUAN,
    PUBLISHED,
    load_texts,
    make_place,
)

PLACES = (GUCHENG, HUNAN, LIUYUAN, CHANGZHENG)
PHONE = "13806350001"


@pytest.fixture
def bureau(transactional_db: None, live_server: Any) -> str:
    """The address of a running system with the texts and the town's facts of this year."""
    with scope("0"):
        load_texts()
        for code in PLACES:
            make_place(code, timezone.localdate().year, status="confirmed")
    return str(live_server.url)


@pytest.fixture
def opinions(bureau: str) -> None:
    """The district has adopted the opinions of 2013: who may be recruited, who is trained when."""
    with scope("0"):
        source = load_shipped("city-opinions-2013").source
        draft = services.draft(source, by=None, jurisdiction=DISTRICT)
        services.publish(draft, by=None, on=PUBLISHED)


def days_ago(number: int) -> date:
    return timezone.localdate() - timedelta(days=number)


def born(age: int) -> str:
    """A month of birth by which somebody is so old today, written as people type it."""
    today = timezone.localdate()
    # the month in which the next birthday falls: the younger age counts until it is over
    return f"{today.year - age - 1}-{today.month:02}"


@scope("0")
def place(code: str) -> Community:
    return Community.objects.get(code=code)


def in_post(code: str, name: str, post: str = "member", **overrides: Any) -> Person:
    """Somebody who has held a post of a community of the town for years."""
    values = {"identity_number": "", "phone": "", "born_in": date(1990, 5, 1)}
    about = {key: overrides.pop(key, value) for key, value in values.items()}
    someone = make_person(code[:9], name, **about)
    make_appointment(place(code), post, someone, **overrides)
    return someone


@scope("0")
def posts_of(code: str, on: date | None = None) -> list[tuple[str, str]]:
    """Who holds which post of a community on a day, today without one."""
    rows = Appointment.objects.filter(code=code).as_of(on or timezone.localdate())
    return sorted(rows.values_list("person__name", "post"))


def chooses(page: Page, label: str, words: str) -> None:
    """Select the option that contains these words."""
    field = page.get_by_label(label, exact=True)
    option = field.locator("option").filter(has_text=words).first
    field.select_option(value=option.get_attribute("value"))


def row(page: Page, name: str) -> Locator:
    """The row of a table whose heading is this name."""
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))
