"""Yearly facts in the admin: open ones are changed there, those handed in are only read."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from communities.admin.forms import FACTS_GROUPS
from communities.models import AnnualFacts
from tests.communities.test_admin import officer
from tests.conftest import Browse
from tests.factories import make_community, make_facts

__all__ = ["officer"]


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("0001-01-01", "入住日0001-01-01早于1949-10-01。核对年份"),
        ("9999-12-31", "入住日9999-12-31晚于2199-12-31。核对年份"),
    ],
)
def test_first_move_in_of_another_age_is_refused(officer: Client, day: str, message: str) -> None:
    facts = make_facts(make_community(), status="draft")

    response = officer.post(
        f"/admin/communities/annualfacts/{facts.pk}/change/",
        facts_fields(facts, first_move_in_on=day),
    )

    assert message in response.content.decode()
    facts.refresh_from_db()
    assert facts.first_move_in_on is None


def facts_fields(facts: AnnualFacts, **changed: Any) -> dict[str, Any]:
    names = [name for group in FACTS_GROUPS.values() for name in group]
    values = {name: getattr(facts, name) for name in names}
    values |= {"opened_version": facts.version} | changed
    return {name: value for name, value in values.items() if value is not None}


def test_changed_facts_get_a_new_version_and_a_history(city_officer: User, officer: Client) -> None:
    facts = make_facts(make_community(), status="draft")
    path = f"/admin/communities/annualfacts/{facts.pk}/change/"

    officer.post(path, facts_fields(facts, households=2900, code="371502002001", version=9))
    facts.refresh_from_db()

    assert (facts.households, facts.version, facts.code) == (2900, 2, "371502001001")
    event = facts.events.order_by("pgh_id").last()
    assert event.pgh_label == "update"
    assert event.pgh_context.metadata["user"] == city_officer.pk
    assert event.pgh_context.metadata["url"] == path


def test_facts_stored_after_the_form_was_opened_are_said_and_not_replaced_unseen(
    officer: Client,
) -> None:
    facts = make_facts(make_community(), households=2847, remarks="甲", status="draft")
    path = f"/admin/communities/annualfacts/{facts.pk}/change/"
    opened = facts_fields(facts, remarks="乙")
    AnnualFacts.objects.filter(pk=facts.pk).update(households=2900, version=2)

    refused = officer.post(path, opened).content.decode()

    facts.refresh_from_db()
    assert (facts.households, facts.remarks, facts.version) == (2900, "甲", 2)
    words = "你打开以后，这条数据有了新的修改，和你填的不同的有：核定户数现在是2900，备注现在是甲"
    assert f"{words}。核对以后再保存" in refused
    assert '<input type="hidden" name="opened_version" value="2"' in refused
    officer.post(path, opened | {"opened_version": 2, "households": 2900})
    facts.refresh_from_db()
    assert (facts.households, facts.remarks, facts.version) == (2900, "乙", 3)


@pytest.mark.parametrize("status", ["submitted", "reviewed", "confirmed"])
def test_facts_that_were_handed_in_are_read_only_in_the_admin(officer: Client, status: str) -> None:
    facts = make_facts(make_community(), status=status)
    path = f"/admin/communities/annualfacts/{facts.pk}/change/"

    shown = officer.get(path)
    refused = officer.post(path, facts_fields(facts, households=2900))

    assert shown.status_code == 200
    assert 'name="households"' not in shown.content.decode()
    assert refused.status_code == 403
    facts.refresh_from_db()
    assert (facts.households, facts.version) == (2847, 1)


@pytest.mark.parametrize("status", ["draft", "returned"])
def test_state_of_facts_is_no_field_of_the_admin(officer: Client, status: str) -> None:
    facts = make_facts(make_community(), status=status)
    path = f"/admin/communities/annualfacts/{facts.pk}/change/"

    officer.post(path, facts_fields(facts, households=2900, status="confirmed"))

    facts.refresh_from_db()
    assert (facts.status, facts.households) == (status, 2900)


def test_administrator_reads_facts_and_changes_none(administrator: User, browse: Browse) -> None:
    facts = make_facts(make_community())

    response = browse(administrator).post(
        f"/admin/communities/annualfacts/{facts.pk}/change/", facts_fields(facts, households=1)
    )

    assert response.status_code == 403
