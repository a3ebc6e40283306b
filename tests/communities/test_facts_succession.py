"""Stored yearly facts after acts: later years, whoever gives nothing, and years of before."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.scope import scope
from communities.models import AnnualFacts, Community
from communities.services.facts_succession import Rewritten, past_years, rewriting_words, rewritten
from communities.services.plans import Plan
from tests.change_acts import A, B, applied, begins, goes_on, make_plan, merging, pair
from tests.factories import make_community, make_facts

pytestmark = pytest.mark.django_db
C = "371502001003"
LAST_DAY = date(2026, 12, 31)
TODAY = date(2027, 3, 1)


def stored(year: int, *columns: str) -> dict[str, tuple[Any, ...]]:
    rows = AnnualFacts.objects.filter(year=year).order_by("code")
    return {row[0]: row[1:] for row in rows.values_list("code", *columns)}


def moving(one: Community, other: Community, number: int = 10) -> Plan:
    """Households go from one of two communities to the other, as the form fills the rest with 0."""
    here, there = f"c{one.pk}", f"c{other.pk}"
    flows = {(one, here): 90, (one, there): number, (other, here): 0, (other, there): 50}
    return make_plan([one, other], [goes_on(one), goes_on(other)], flows)


def test_community_that_neither_gave_nor_got_households_keeps_its_row() -> None:
    one, other = pair()
    third = make_community(C, "第三社区居委会")
    make_facts(
        one, 2027, households=100, status="draft", remarks="甲", is_demo=True, area_kind="built"
    )
    make_facts(other, 2027, households=50, status="confirmed", remarks="乙", area_kind="new")
    make_facts(third, 2027, households=70, status="confirmed", remarks="", area_kind="")
    rows = (one, other, third)
    flows = {(row, f"c{to.pk}"): 0 for row in rows for to in rows}
    flows |= {(one, f"c{one.pk}"): 90, (one, f"c{other.pk}"): 10}
    flows |= {(other, f"c{other.pk}"): 50, (third, f"c{third.pk}"): 70}

    applied("rescale", make_plan([*rows], [goes_on(row) for row in rows], flows))

    assert stored(2027, "households", "status", "remarks", "is_demo", "area_kind", "version") == {
        A: (90, "draft", "甲", True, "built", 2),
        B: (60, "draft", "乙；甲", True, "new", 2),
        C: (70, "confirmed", "", False, "", 1),
    }


def test_later_year_reported_by_the_merged_community_stays() -> None:
    one, other = pair()
    make_facts(one, 2026, households=100)
    make_facts(other, 2026, households=50)
    make_facts(one, 2027, households=151, remarks="合并后")

    applied("merge", merging([one, other], goes_on(one), [100, 50]), LAST_DAY)

    assert stored(2026, "households")[A] == (150,)
    assert stored(2027, "households", "remarks", "version") == {A: (151, "合并后", 1)}


def test_later_year_that_both_reported_is_added() -> None:
    one, other = pair()
    for row, number in ((one, 100), (other, 50)):
        make_facts(row, 2027, households=number)

    applied("merge", merging([one, other], goes_on(one), [100, 50]), LAST_DAY)

    assert stored(2027, "households") == {A: (150,), B: (50,)}


def test_later_year_that_only_the_ended_one_of_two_reported_is_not_known_of_a_new_one() -> None:
    one, other = pair()
    make_facts(one, 2027, households=100)

    applied("merge", merging([one, other], begins(C, "光岳社区居委会"), [100, 50]), LAST_DAY)

    assert stored(2027, "households") == {A: (100,), C: (None,)}


def test_effective_year_that_an_ended_one_did_not_report_is_not_known() -> None:
    one, other = pair()
    make_facts(one, 2026, households=100)

    applied("merge", merging([one, other], goes_on(one), [100, 50]), LAST_DAY)

    assert stored(2026, "households") == {A: (None,)}


def test_split_keeps_parts_of_columns_within_them() -> None:
    one = make_community(A)
    make_facts(one, 2027, dwellings=11, completed_dwellings=10, occupied_dwellings=10)
    new = [begins(B, "东城社区居委会", "s1"), begins(C, "西城社区居委会", "s2")]
    flows = {(one, f"c{one.pk}"): 60, (one, "s1"): 60, (one, "s2"): 20}

    applied("split", make_plan([one], [goes_on(one), *new], flows))

    assert stored(2027, "dwellings", "completed_dwellings", "occupied_dwellings") == {
        A: (5, 5, 5),
        B: (5, 4, 4),
        C: (1, 1, 1),
    }


def test_facts_are_held_and_only_their_figures_are_written() -> None:
    one, other = pair()
    for row in (one, other):
        make_facts(row, 2027, households=100)
    with CaptureQueriesContext(connection) as queries:
        applied("rescale", moving(one, other))

    said = [query["sql"] for query in queries if '"communities_annualfacts"' in query["sql"]]
    assert any(one.startswith("SELECT") and "FOR UPDATE" in one for one in said)
    updates = [one for one in said if one.startswith("UPDATE")]
    assert len(updates) == 2
    assert not any('"community_id" =' in one.split(" WHERE ")[0] for one in updates)


@pytest.mark.parametrize(
    ("effective", "expected"),
    [
        (date(2024, 3, 1), (2024, 2025)),
        (date(2025, 1, 1), (2025,)),
        (date(2026, 5, 1), ()),
        (date(2027, 1, 1), ()),
        (date(2027, 4, 1), ()),
    ],
)
def test_past_years_that_a_merger_rewrites_are_those_confirmed(
    effective: date, expected: tuple[int, ...], district_officer: User
) -> None:
    one, other = pair()
    for year, status in ((2023, "confirmed"), (2024, "confirmed"), (2025, "confirmed")):
        make_facts(one, year, status=status)
        make_facts(other, year, status="draft")
    make_facts(one, 2026, status="submitted")
    make_facts(one, 2027, status="confirmed")
    plan = merging([one, other], goes_on(one), [100, 50])

    with scope("371502"):
        found = rewritten(district_officer, plan, "merge", effective, TODAY)
        named = past_years(district_officer, plan, "merge", TODAY)

    assert found.confirmed == expected
    assert named == (2023, 2024, 2025)


@pytest.mark.parametrize("kind", ["rescale", "rename", "recode", "abolish", "merge"])
def test_past_year_is_named_only_where_a_confirmed_row_changes(
    kind: str, district_officer: User
) -> None:
    one, other = pair()
    make_facts(one, 2025, households=90, status="draft")
    make_facts(other, 2025, households=50, status="confirmed")
    plans: dict[str, tuple[Plan, tuple[int, ...]]] = {
        "rescale": (moving(one, other, 0), ()),
        "rename": (make_plan([other], [goes_on(other, name="光岳社区居委会")]), ()),
        "recode": (make_plan([other], [goes_on(other, code=C)]), (2025,)),
        "abolish": (make_plan([other], []), (2025,)),
        "merge": (merging([one, other], goes_on(one), [90, 50]), (2025,)),
    }
    plan, expected = plans[kind]

    with scope("371502"):
        found = rewritten(district_officer, plan, kind, date(2025, 6, 1), TODAY)

    assert found == Rewritten(confirmed=expected)


def test_year_that_both_reported_is_named(district_officer: User) -> None:
    one, other = pair()
    for row in (one, other):
        make_facts(row, 2027, households=100, status="draft")
    plan = merging([one, other], goes_on(one), [100, 50])

    with scope("371502"):
        words = rewriting_words(district_officer, plan, "merge", LAST_DAY, TODAY)

    assert words == "2027年度停用的社区和延续的社区都有数据，生效后两者相加"


def test_facts_beyond_the_scope_are_not_named(clerk_elsewhere: User) -> None:
    one, other = pair()
    make_facts(one, 2025, status="confirmed")
    plan = merging([one, other], goes_on(other), [100, 50])

    with scope(clerk_elsewhere.scope):
        assert past_years(clerk_elsewhere, plan, "merge", TODAY) == ()


def test_number_of_queries_does_not_depend_on_the_years(
    district_officer: User, django_assert_num_queries: Any
) -> None:
    one, other = pair()
    plan = merging([one, other], goes_on(one), [100, 50])
    for year in range(2020, 2027):
        for row in (one, other):
            make_facts(row, year, status="confirmed")
        with scope("371502"), django_assert_num_queries(2):
            rewritten(district_officer, plan, "merge", date(2020, 1, 1), TODAY)
        with scope("371502"), django_assert_num_queries(2):
            past_years(district_officer, plan, "merge", TODAY)
