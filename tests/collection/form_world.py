"""A street in the middle of its round: two communities, last year's facts, dates around today."""

import json
import re
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.scope import scope
from collection.models import Round
from collection.services.reviewing import send_back
from communities.choices import FactsStatus
from communities.models import AnnualFacts, Community
from tests.factories import make_round
from tests.world import GUCHENG, HUNAN, load_texts, make_place

YEAR = 2026
FORM = f"/communities/{GUCHENG}/{YEAR}/"
ASKED = (
    "households_resident",
    "population_resident",
    "new_households",
    "premises_tenure",
    "premises_area_m2",
    "committee_members_in_post",
    "social_organisations",
    "remarks",
)
LAST: dict[str, Any] = {
    "households": 2847,
    "households_resident": 2847,
    "population_resident": 7000,
    "new_households": 64,
    "premises_tenure": "reallocated",
    "premises_area_m2": "128.00",
    "committee_members_in_post": 7,
    "social_organisations": 3,
}
GOOD = {
    "households_resident": "2,900",
    "population_resident": "7100",
    "new_households": "66",
    "premises_tenure": "整合调剂",
    "premises_area_m2": "128",
    "committee_members_in_post": "7",
    "social_organisations": "3",
    "remarks": "",
}


def open_round(**overrides: Any) -> Round:
    """A round that asks now, for ten more days."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "households_measure": "households_resident",
        "asked": list(ASKED),
        "reference_on": date(YEAR, 6, 30),
        "opens_on": today - timedelta(days=20),
        "closes_on": today + timedelta(days=10),
        "state": "open",
    }
    return make_round("371502", YEAR, **(values | overrides))


def make_street() -> Community:
    """古城 and 湖南 with facts of 2025, the texts, an open round; returns 古城."""
    load_texts()
    made = make_place(GUCHENG, YEAR - 1, **LAST).pk
    make_place(HUNAN, YEAR - 1, **LAST)
    open_round()
    return Community.objects.get(pk=made)


def base_of(client: Client) -> dict[str, str]:
    """The texts with which the form is opened, as its hidden input has them."""
    page = client.get(f"{FORM}edit/").content.decode()
    found = re.search(r'name="base" value="([^"]*)"', page)
    assert found is not None
    return dict(json.loads(found[1].replace("&quot;", '"')))


def post(
    client: Client, action: str = "save", base: dict[str, str] | None = None, **texts: str
) -> Any:
    """The form as it is sent without script."""
    sent = {**texts, "base": json.dumps(base or {}), "action": action}
    return client.post(f"{FORM}edit/", sent)


def autosave(client: Client, base: dict[str, str] | None = None, **texts: str) -> Any:
    """What the page is told when it saves by itself."""
    answer = client.post(f"{FORM}draft/", {**texts, "base": json.dumps(base or {})})
    assert answer.status_code == 200
    return answer.json()


def returned(by: User, code: str = GUCHENG) -> AnnualFacts:
    """The handed-in facts of a community, sent back by its street's reviewer."""
    with scope(by.scope):
        facts = AnnualFacts.objects.get(code=code, year=YEAR)
        return send_back(
            facts=facts,
            version=facts.version,
            by=by,
            at=timezone.now(),
            comments={"": "再核一遍"},
            state=FactsStatus(facts.status),
            url="/",
        )


def hand_in(client: Client) -> Any:
    """Type a good form, check it, hand it in; returns the last answer."""
    assert post(client, "check", **GOOD).status_code == 302
    page = client.get(f"{FORM}check/").content.decode()
    key = re.search(r'name="key" value="([^"]*)"', page)
    version = re.search(r'name="version" value="([^"]*)"', page)
    assert key is not None
    assert version is not None
    return client.post(f"{FORM}submit/", {"key": key[1], "version": version[1]})
