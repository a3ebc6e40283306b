"""What facts are compared with, in a fixed number of queries; and what they require."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from collection.models import Round
from collection.rules.findings import Elsewhere, Known
from collection.selectors import sources
from collection.selectors.known import known_for
from collection.selectors.reckoning import reckon
from collection.selectors.rounds import calls_for
from communities.models import Community
from policy.selectors import policy_stamps
from tests.collection.form_world import YEAR, make_street
from tests.factories import (
    make_community,
    make_estate,
    make_facts,
    make_grid,
    make_organisation,
)
from tests.world import DAY, GUCHENG

STREET = "371502001"


def known_of(community: Community):
    return known_for([community], YEAR, calls_for([STREET], YEAR))[community.pk]


def test_known_when_there_is_a_round_then_it_holds_last_year_and_what_is_asked(db: None) -> None:
    gucheng = make_street()
    known = known_of(gucheng)

    assert known.last is not None
    assert (known.last["households_resident"], known.last["premises_area_m2"]) == (
        2847,
        Decimal("128.00"),
    )
    assert "new_households" in known.asked
    assert (known.measure, known.reference_on) == ("households_resident", date(YEAR, 6, 30))


def test_known_when_last_year_has_only_the_determined_count_then_the_measure_is_compared_with_it(
    db: None,
) -> None:
    gucheng = make_street()
    other = make_community("371502001009", "新设社区居委会")
    make_facts(other, YEAR - 1, households=900)

    assert known_of(other).last["households_resident"] == 900  # type: ignore[index]
    assert known_of(gucheng).last["households_resident"] == 2847  # type: ignore[index]


def test_known_when_the_register_holds_figures_then_they_are_named_with_their_source(
    db: None,
) -> None:
    gucheng = make_street()
    make_estate(gucheng, dwellings=800, completed_dwellings=700)
    make_estate(gucheng, "月光花园", dwellings=400)
    make_grid(gucheng)
    make_grid(gucheng, "第二网格", valid_until=date(YEAR, 1, 1))
    make_organisation(gucheng, kind="social", name="书画社")

    known = known_of(gucheng)

    assert known.elsewhere == {
        "dwellings": Elsewhere(1200, "小区台账", "communities:estates"),
        "grids": Elsewhere(1, "网格台账", "communities:grids"),
        "social_organisations": Elsewhere(1, "组织台账", "communities:organisations"),
    }


def test_known_when_policies_have_steps_then_they_are_boundaries(db: None) -> None:
    steps = known_of(make_street()).boundaries["households_resident"]

    assert {1000, 3000, 20_000} <= steps  # 20,000元 for every 1,000 households
    assert 1500 not in steps


def test_known_when_there_are_many_communities_then_the_queries_are_as_few(db: None) -> None:
    gucheng = make_street()
    calls = calls_for([STREET], YEAR)
    known_for([gucheng], YEAR, calls)
    many = [make_community(f"3715020011{n:02}", f"第{n}社区居委会") for n in range(30)]

    with CaptureQueriesContext(connection) as few:
        known_for([gucheng], YEAR, calls)
    with CaptureQueriesContext(connection) as all_of_them:
        known_for([gucheng, *many], YEAR, calls)

    # last year, the stamp of the policies, and one for each source
    assert len(few) == len(all_of_them) == 2 + len(sources._providers)


def test_known_when_the_stamp_of_the_texts_is_given_then_it_is_not_read_again(db: None) -> None:
    gucheng = make_street()
    calls = calls_for([STREET], YEAR)
    texts = policy_stamps()[0]
    asked = known_for([gucheng], YEAR, calls)

    with CaptureQueriesContext(connection) as queries:
        given = known_for([gucheng], YEAR, calls, texts)

    assert given == asked
    assert given[gucheng.pk].boundaries["households_resident"] >= {1000, 3000, 20_000}
    assert not [one for one in queries.captured_queries if "policy_" in one["sql"]]


def test_reckon_when_values_are_typed_then_they_count(db: None, clerk: User) -> None:
    gucheng = make_street()

    made = reckon(clerk, gucheng, YEAR, {"households_resident": 2500}, DAY)

    figures = {one.label: one.value for one in made.lines}
    # one for 300 households begun; 30 m2 a hundred begun
    assert figures["应配居委会成员"] == 9
    assert figures["应有用房"] == Decimal("750.00")
    assert "常住户数" not in made.taken
    assert "居委会成员在岗" in made.taken


def test_reckon_when_nothing_is_typed_then_last_year_stands_and_is_named(
    db: None, clerk: User
) -> None:
    made = reckon(clerk, make_street(), YEAR, {}, DAY)

    money = {one.label: one.value for one in made.money}
    # 2,847 households at 20 yuan stay below the least of 60,000
    assert money["工作经费"] == Decimal("60000.00")
    assert made.total_yuan == sum(value for value in money.values() if value is not None)
    assert sum(amount for _, amount in made.payers) == made.total_yuan
    assert "常住户数" in made.taken


@pytest.mark.parametrize(("asked", "shown"), [("extra_workers", True), ("grids", False)])
def test_reckon_when_the_extra_workers_are_unknown_then_said_where_a_form_can_say_it(
    db: None, clerk: User, asked: str, shown: bool
) -> None:
    known = Known(asked=frozenset({asked}), measure="households_resident")

    made = reckon(clerk, make_street(), YEAR, {"households_resident": 2500}, DAY, known)

    assert ("应配任务较重增配" in [one.label for one in made.lines]) is shown


def test_reckon_when_two_ask_then_neither_changes_the_others_register(
    db: None, clerk: User
) -> None:
    gucheng = make_street()
    before = reckon(clerk, gucheng, YEAR, {"households_resident": 1000}, DAY)
    reckon(clerk, gucheng, YEAR, {"households_resident": 9000}, DAY)

    assert reckon(clerk, gucheng, YEAR, {"households_resident": 1000}, DAY) == before


def test_known_without_a_round_then_nothing_is_asked(db: None) -> None:
    gucheng = make_street()
    Round.objects.update(state="draft")
    known = known_of(gucheng)

    assert (known.asked, known.measure) == (frozenset(), "")
    assert Community.objects.get(code=GUCHENG) == gucheng
