"""The trigger that keeps the states of facts in their order and locks what is handed in."""

from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from communities.choices import FactsStatus
from communities.models import AnnualFacts
from communities.models.facts import FACTS_TRANSITIONS
from communities.services.locks import unlocked
from tests.factories import make_community, make_facts

pytestmark = pytest.mark.django_db
STATES = [one.value for one in FactsStatus]
FORBIDDEN = [
    (before, after)
    for before, after in product(STATES, STATES)
    if before != after and (before, after) not in FACTS_TRANSITIONS
]


def rows(status: str) -> QuerySet[AnnualFacts]:
    facts = make_facts(make_community(), status=status)
    return AnnualFacts.objects.filter(pk=facts.pk)


@pytest.mark.parametrize(("before", "after"), FORBIDDEN)
def test_step_that_is_none_is_refused_but_to_those_who_unlock(before: str, after: str) -> None:
    facts = rows(before)

    with pytest.raises(IntegrityError, match=f"from {before} to {after}"), transaction.atomic():
        facts.update(status=after)
    with unlocked():
        assert facts.update(status=after) == 1


@pytest.mark.parametrize(("before", "after"), FACTS_TRANSITIONS)
def test_step_of_the_order_is_taken(before: str, after: str) -> None:
    assert rows(before).update(status=after) == 1


@pytest.mark.parametrize("status", ["submitted", "reviewed", "confirmed"])
def test_figures_handed_in_are_locked_what_is_beside_them_is_not(status: str) -> None:
    facts = rows(status)

    for change in ({"households": 1}, {"reasons": {"dwellings": "改"}}, {"makers": [1]}):
        with pytest.raises(IntegrityError, match=f"{status} are locked"), transaction.atomic():
            facts.update(**change)
    assert facts.update(version=9) == 1
    with unlocked():
        assert facts.update(households=1) == 1


@pytest.mark.parametrize("status", ["draft", "returned"])
def test_figures_of_open_facts_may_change(status: str) -> None:
    assert rows(status).update(households=1) == 1


def test_facts_are_not_born_confirmed() -> None:
    first = make_facts(make_community(), 2025)
    values = {
        name: getattr(first, name)
        for name in ("community", "code", "street_code", "district_code", "city_code", "status")
    }

    with pytest.raises(IntegrityError, match="not born confirmed"), transaction.atomic():
        AnnualFacts.objects.create(year=2026, **values)
    assert AnnualFacts.objects.create(year=2026, **(values | {"status": "draft"})).pk
