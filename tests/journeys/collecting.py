"""Steps that the tasks of the year's collection share: a round under way, its form, a handover."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.scope import scope
from collection.models import FactsDraft, Round
from collection.rules.fields import FIELDS
from collection.rules.reading import written
from communities.models import AnnualFacts, Community
from communities.services.locks import unlocked
from tests.factories import make_facts, make_round
from tests.world import DISTRICT, STREET

if TYPE_CHECKING:
    from tests.journeys.conftest import Person

YEAR = 2026
ASKED = (
    "households_recorded", "new_households", "population_resident", "dwellings",
    "completed_dwellings", "occupied_dwellings", "premises_tenure", "premises_area_m2",
    "work_area_m2", "service_area_m2", "committee_members_in_post", "resident_members",
    "community_workers_in_post",
)  # fmt: skip


@pytest.fixture
def asking(bureau: str) -> Round:
    """A round of the district for ten more days; last year's facts are there, this year's not."""
    today = timezone.localdate()
    with scope("0"), unlocked(), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        AnnualFacts.objects.filter(year=YEAR).delete()
        cursor.execute("SET ROLE gov_app")
    return make_round(
        DISTRICT,
        YEAR,
        households_measure="households_recorded",
        asked=list(ASKED),
        reference_on=date(YEAR, 6, 30),
        opens_on=today - timedelta(days=20),
        closes_on=today + timedelta(days=10),
    )


@scope("0")
def street_rows(year: int = YEAR - 1) -> list[AnnualFacts]:
    """The facts of the street's communities, by code."""
    rows = AnnualFacts.objects.filter(street_code=STREET, year=year)
    return list(rows.select_related("community").order_by("code"))


@scope("0")
def texts_of(code: str, year: int = YEAR - 1) -> dict[str, str]:
    """What is asked, as people write it, of a community's facts of a year."""
    row = AnnualFacts.objects.get(code=code, year=year)
    return {name: written(FIELDS[name], getattr(row, name)) for name in ASKED}


@scope("0")
def facts_of(code: str) -> AnnualFacts:
    return AnnualFacts.objects.get(code=code, year=YEAR)


@scope("0")
def forms_under_way() -> int:
    return FactsDraft.objects.count()


@scope("0")
def drafted(code: str) -> Any:
    """The cells of a community's form as the server keeps them."""
    return FactsDraft.objects.get(code=code, year=YEAR).cells


@scope("0")
def make_waiting(code: str, status: str, by: User) -> None:
    """Facts like last year's that somebody handed in."""
    last = AnnualFacts.objects.get(code=code, year=YEAR - 1)
    given = ("area_kind", "central_urban", "street_tier", *ASKED)
    values = {name: getattr(last, name) for name in given}
    values |= {"households": last.households_recorded, "status": status, "submitted_by": by}
    make_facts(last.community, YEAR, **values)


@scope("0")
def named(code: str) -> str:
    return Community.objects.get(code=code).short_name


def form_of(code: str) -> str:
    return f"/communities/{code}/{YEAR}/edit/"


def cell(page: Page, name: str) -> Any:
    """The input of a fact, found by its label."""
    return page.locator("#entry").get_by_label(FIELDS[name].label, exact=True)


def line(page: Page, name: str) -> Any:
    """The row of a fact: its input, last year's figure, what is found of it."""
    return page.locator(f"#entry tr:has(#f-{name})")


def fills(page: Page, texts: Mapping[str, str]) -> None:
    """Type into the form, one cell after the other."""
    for name, text in texts.items():
        box = cell(page, name)
        if FIELDS[name].choices:
            box.select_option(label=text)
        else:
            box.fill(text)


def types(page: Page, texts: Mapping[str, str]) -> None:
    """Type into the form, leave the last cell, and wait until the server has it all."""
    fills(page, texts)
    page.keyboard.press("Tab")
    is_saved(page, texts)


def is_saved(page: Page, texts: Mapping[str, str]) -> None:
    """The form itself knows that these texts are with the server, and says so."""
    base = page.locator("#entry [name=base]")
    for name, text in texts.items():
        expect(base).to_have_value(re.compile(f'"{name}": ?"{re.escape(text)}"'))
    expect(page.locator("[data-say]")).to_contain_text("草稿已保存")


def does(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def leaves(page: Page) -> None:
    does(page, "退出")


def heading(page: Page) -> Any:
    return page.get_by_role("heading", level=1)


def hands_in_unchanged(person: Person, clerk: User, code: str) -> None:
    """As the clerk: say of a community that all is as last year, and hand it in."""
    page = person.at(clerk, form_of(code))
    page.get_by_role("link", name="无变化").click()
    person.looks()
    does(page, "各项无变化，按上年数填报")
    does(page, "提交给街道审核")
    expect(heading(page)).to_have_text(f"{named(code)}数据已提交")
    leaves(page)
