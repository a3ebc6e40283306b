"""Sums that the register cannot hold are told before the act is decided."""

from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from accounts.scope import scope
from communities.models import AnnualFacts, Community
from communities.services.acts import decide
from communities.services.plan_checks import Mistake, MistakesError, check_effect, check_plan
from communities.services.plan_totals import most_of
from tests.act_steps import AT, TODAY, decision, drafted, passed, submitted
from tests.change_acts import begins, goes_on, make_act, merging
from tests.factories import make_community, make_facts

pytestmark = pytest.mark.django_db

A, B, NEW = "371502001001", "371502001002", "371502001009"
LARGE = "60000.5"


def pair(**values: Any) -> list[Community]:
    return [make_community(A, **values), make_community(B, "湖南社区居委会", **values)]


def said(user: User, communities: list[Community], **values: Any) -> list[tuple[str, str]]:
    successor = begins(NEW, "光岳社区居委会", **values)
    for one in communities:
        make_facts(one, 2026, households=5)
    found = check_plan(user, "merge", merging(communities, successor, [5, 5]), TODAY)
    return [(one.item, one.message) for one in found]


def test_areas_that_are_too_large_together_then_said(district_officer: User) -> None:
    assert said(district_officer, pair(area_km2=LARGE)) == [
        (
            "successor:s1",
            "面积合计120001平方公里，不到100000才能登记。核对各社区的面积",
        )
    ]


def test_areas_that_fit_together_then_nothing(district_officer: User) -> None:
    assert said(district_officer, pair(area_km2="49999.5")) == []


def test_facts_that_are_too_large_together_then_said_at_the_decision(
    clerk: User, district_officer: User
) -> None:
    one, other = pair()
    for community in (one, other):
        make_facts(community, 2026, households=30_000_000, received_yuan="500000000000.50")
    plan = merging([one, other], goes_on(one), [30_000_000, 30_000_000])
    act = submitted(clerk, drafted(clerk, plan, kind="merge"))
    act = passed(district_officer, act)

    with scope("371502"), pytest.raises(MistakesError) as refused:
        decide(
            act=act, by=district_officer, at=AT, on=TODAY, version=act.version, decision=decision()
        )

    assert refused.value.mistakes == [
        Mistake(
            "communities",
            "2026年度上年到位经费（元）合计1,000,000,000,001.00，最多999,999,999,999.99。"
            "核对各社区的数据",
        )
    ]


def test_facts_of_years_before_the_effective_one_then_not_added() -> None:
    one, other = pair()
    for community in (one, other):
        make_facts(community, 2025, committee_members_in_post=600)
        make_facts(community, 2026, committee_members_in_post=499, status="draft")
    plan = merging([one, other], goes_on(one), [5, 5])
    act = make_act("merge", plan)

    assert check_effect(act, plan, TODAY) == []
    AnnualFacts.objects.filter(year=2026).update(committee_members_in_post=500)
    assert [found.message for found in check_effect(act, plan, TODAY)] == [
        "2026年度居委会成员在岗合计1,000，最多999。核对各社区的数据"
    ]


def test_limits_are_those_of_the_columns() -> None:
    limits = {
        name: most_of(AnnualFacts._meta.get_field(name))
        for name in ("grids", "received_yuan", "premises_area_m2")
    }

    assert limits == {
        "grids": 9999,
        "received_yuan": Decimal("999999999999.99"),
        "premises_area_m2": Decimal("9999999999.99"),
    }
