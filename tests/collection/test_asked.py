"""Which facts the policies in force need, with the clauses that need them."""

from typing import Any

import pytest

from collection.rules.fields import FIELDS
from collection.selectors.asked import ACTUALS, DETERMINED, Need, needed
from communities.models import AnnualFacts
from policy.engine.catalogue import catalogue
from tests.policy.samples import published, rule
from tests.world import load_texts

pytestmark = pytest.mark.django_db


def test_without_a_policy_nothing_is_needed() -> None:
    assert needed("371502", 2026) == {}


def test_policy_of_the_city_then_its_facts_with_their_clauses() -> None:
    published(
        provisions=(
            rule("A-1", "service_halls"),
            rule("A-2", "work_funding").replace("value = { const = 1 }", "value = { const = 500 }"),
        ),
        jurisdiction="3715",
    )

    found = needed("371502", 2027)

    assert found == {
        "service_halls": [Need("一站式服务大厅", "办法a-2020", "第一条")],
        "received_yuan": [Need("工作经费", "办法a-2020", "第一条")],
    }


def test_shipped_policies_of_liaocheng_need_the_determined_households_first() -> None:
    load_texts()

    found = needed("3715", 2027)

    assert list(found) == [name for name in (DETERMINED, *FIELDS) if name in found]
    assert Need("社区规模", "聊城市城市社区管理办法（试行）", "第三条") in found[DETERMINED]
    assert "received_yuan" in found


def test_policy_of_another_city_is_not_looked_at() -> None:
    published(jurisdiction="3302")

    assert needed("371502", 2027) == {}


def test_unchanged_policy_takes_one_query(django_assert_num_queries: Any) -> None:
    published(jurisdiction="3715")
    needed("371502", 2027)

    with django_assert_num_queries(1):
        needed("371502", 2027)


def test_every_fact_that_is_set_against_a_requirement_is_a_column_and_a_field() -> None:
    columns = {field.name for field in AnnualFacts._meta.get_fields()}
    names = {name for each in ACTUALS.values() for name in each}

    assert names - columns == set()
    assert names - set(FIELDS) == set()
    assert set(ACTUALS) - set(catalogue().subjects) == set()
