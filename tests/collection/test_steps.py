"""Which time facts are under way, and what was said when they came back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from collection.models import FactsStep
from collection.selectors.reviews import handed_in
from collection.selectors.steps import last_comments, rounds_of_many
from collection.services.facts import rounds_of
from communities.models import AnnualFacts
from tests.collection.review_world import AT, make_waiting
from tests.world import GUCHENG, HUNAN

pytestmark = pytest.mark.django_db


def step(facts: AnnualFacts, by: User, kind: str, **comments: str) -> None:
    FactsStep.objects.create(
        facts=facts, code=facts.code, kind=kind, comments=comments, by=by, at=AT
    )


def test_rounds_then_one_more_for_every_return_and_every_unlock(
    clerk: User, district_officer: User
) -> None:
    facts, other = make_waiting(GUCHENG), make_waiting(HUNAN)
    for kind in ("submit", "return", "submit", "confirm", "unlock", "submit", "withdraw"):
        step(facts, clerk, kind)

    assert rounds_of_many([facts.pk, other.pk]) == {facts.pk: 3, other.pk: 1}
    assert rounds_of(facts) == 3
    assert handed_in([facts.pk])[facts.pk].number == 3


def test_comments_then_those_of_the_last_time_that_facts_came_back(
    clerk: User, district_officer: User
) -> None:
    facts, other, third = make_waiting(GUCHENG), make_waiting(HUNAN), make_waiting("371502002001")
    step(facts, district_officer, "return", dwellings="户数")
    step(facts, district_officer, "unlock", dwellings="面积")
    step(facts, clerk, "submit", dwellings="不是意见")
    step(other, district_officer, "return", grids="网格")

    with CaptureQueriesContext(connection) as asked:
        found = last_comments([facts.pk, other.pk, third.pk])

    assert found == {facts.pk: {"dwellings": "面积"}, other.pk: {"grids": "网格"}}
    assert len(asked) == 1
    assert last_comments([]) == {}
