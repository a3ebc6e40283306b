"""排名: who gains by which measure for how much, in one exact order; its page and file."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from communities.models import Community
from facilities.models import SpacePlan
from facilities.rules.ranking import Ask, Gain, Need, gains, ranked, resorted
from tests.conftest import Browse
from tests.queries import queries_of
from tests.space_factories import make_measure, make_plan
from tests.world import GUCHENG, HUNAN, LIUYUAN, make_place, make_world, set_facts

# the first example of a run reads all modules for constants, which takes its time
calm = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


def ask(key: int, community: int, area: int, fen: int, year: int = 2026) -> Ask:
    return Ask(key, community, f"3715020010{community:02}", year, area, fen)


def order(found: list[Gain]) -> list[int]:
    return [gain.ask.key for _, gain in ranked(found)]


def test_gains_when_a_second_measure_closes_the_gap_then_that_one_has_the_residents() -> None:
    asks = [ask(1, 1, 5000, 100, 2027), ask(2, 1, 5000, 100, 2026), ask(3, 1, 100, 1, 2028)]

    found = {one.ask.key: one for one in gains(asks, {1: Need(10000, 900)})}

    assert [found[key].heads for key in (2, 1, 3)] == [0, 900, 0]
    assert [found[key].left for key in (2, 1, 3)] == [5000, 0, -100]
    assert [found[key].share for key in (2, 1, 3)] == [Fraction(1, 2), Fraction(1, 2), 0]


def test_gains_when_nothing_is_lacking_then_nobody_gains() -> None:
    (one,) = gains([ask(1, 1, 5000, 100)], {1: Need(0, 900)})

    assert (one.heads, one.share) == (0, Fraction(0))


def test_gains_when_the_community_cannot_be_judged_then_unknown() -> None:
    (one,) = gains([ask(1, 1, 5000, 100)], {1: Need(None, 900)})

    assert (one.heads, one.left, one.share, one.heads_for_money) == (None, None, None, None)


def test_ranked_then_free_first_and_unknown_last_and_ties_by_code() -> None:
    needs = {1: Need(10, None), 2: Need(10, 300), 3: Need(10, 300), 4: Need(10, 1)}
    asks = [ask(1, 1, 10, 1), ask(3, 3, 10, 900), ask(2, 2, 10, 900), ask(4, 4, 10, 0)]

    assert order(gains(asks, needs)) == [4, 2, 3, 1]


def test_ranked_when_two_quotients_differ_by_less_than_a_float_then_still_apart() -> None:
    # 3/(3·10¹⁷) and 3/(3·10¹⁷ + 1) are one float
    fen = 3 * 10**17
    needs = {1: Need(10, 3), 2: Need(10, 3)}
    assert float(Fraction(3, fen)) == float(Fraction(3, fen + 1))

    assert order(gains([ask(1, 1, 10, fen + 1), ask(2, 2, 10, fen)], needs)) == [2, 1]


def test_resorted_then_measures_without_the_figure_stay_last_both_ways() -> None:
    needs = {1: Need(10, None), 2: Need(10, 5), 3: Need(10, 9)}
    rows = ranked(gains([ask(1, 1, 10, 7), ask(2, 2, 10, 0), ask(3, 3, 10, 7)], needs))

    assert [one.ask.key for _, one in resorted(rows, "heads")] == [2, 3, 1]
    assert [one.ask.key for _, one in resorted(rows, "-heads")] == [3, 2, 1]
    assert [one.ask.key for _, one in resorted(rows, "ratio")] == [3, 2, 1]


measures = st.tuples(st.integers(1, 4), st.integers(1, 900), st.integers(0, 900))


@calm
@given(st.lists(measures, max_size=8), st.dictionaries(
    st.integers(1, 4), st.tuples(st.none() | st.integers(-500, 500), st.none() | st.integers(0, 99))
))  # fmt: skip
def test_gains_then_nobody_is_gained_twice(
    rows: list[tuple[int, int, int]], known: dict[int, tuple[int | None, int | None]]
) -> None:
    asks = [ask(key, community, area, fen) for key, (community, area, fen) in enumerate(rows)]
    needs = {key: Need(gap, heads) for key, (gap, heads) in known.items()}

    found = gains(asks, needs)

    assert sorted(order(found)) == list(range(len(rows)))
    for community, need in needs.items():
        own = [one for one in found if one.ask.community == community]
        if need.gap is None:
            continue
        reached = 0 < need.gap <= sum(one.ask.area for one in own)
        if need.heads is not None:
            assert sum(one.heads or 0 for one in own) == (need.heads if reached else 0)
        if own and need.gap > 0:
            closed = Fraction(min(need.gap, sum(one.ask.area for one in own)), need.gap)
            assert sum((one.share or Fraction(0) for one in own), Fraction(0)) == closed


@pytest.fixture
def plan(db: None) -> SpacePlan:
    """古城 lacks 726.10 m² and gets 800; 湖南 lacks nothing; 柳园 is made to lack 60."""
    make_world(GUCHENG, HUNAN, LIUYUAN)
    set_facts(LIUYUAN, service_area_m2="80.00")
    made = make_plan()
    for code, area in ((GUCHENG, 800), (HUNAN, 10), (LIUYUAN, 60)):
        make_measure(made, Community.objects.get(code=code), area_m2=area)
    return made


def test_page_then_residents_for_the_money_in_order(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    page = browse(district_officer).get(f"/space/plans/{plan.pk}/ranking/")

    rows = [one["ranked"] for one in page.context["rows"]]
    # 7,000, 2,500 and none for 600,000 yuan each
    assert [(one.line.record.code, one.gain.heads) for one in rows] == [
        (GUCHENG, 7000), (LIUYUAN, 2500), (HUNAN, 0),
    ]  # fmt: skip
    assert rows[0].gain.heads_for_money == Fraction(7000, 60)
    assert "116.67" in page.content.decode()


def test_page_when_by_households_then_those_of_the_facts(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    page = browse(district_officer).get(f"/space/plans/{plan.pk}/ranking/?by=households&sort=code")

    rows = [one["ranked"] for one in page.context["rows"]]
    assert [(one.rank, one.gain.heads) for one in rows] == [(1, 2847), (3, 0), (2, 1000)]


def test_page_when_the_address_is_wrong_then_said(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    page = browse(district_officer).get(f"/space/plans/{plan.pk}/ranking/?by=dogs&sort=-x")

    assert page.context["ignored"] == [
        "没有“dogs”这个受益口径，已不按它计算", "没有“-x”这个排序，已不按它排序",
    ]  # fmt: skip


def test_page_of_a_street_then_unknown(plan: SpacePlan, clerk: User, browse: Browse) -> None:
    SpacePlan.objects.filter(pk=plan.pk).update(state="proposed")
    SpacePlan.objects.filter(pk=plan.pk).update(
        state="approved", decided_by=clerk, decided_at=plan.made_at
    )

    assert browse(clerk).get(f"/space/plans/{plan.pk}/").status_code == 200
    assert browse(clerk).get(f"/space/plans/{plan.pk}/ranking/").status_code == 404


def test_page_then_queries_are_fixed(
    plan: SpacePlan, district_officer: User, browse: Browse
) -> None:
    client = browse(district_officer)
    path = f"/space/plans/{plan.pk}/ranking/"
    queries_of(client, path)
    few = queries_of(client, path)
    for number in range(30):
        community = make_place(f"3715020019{number:02}", households=900)
        make_measure(plan, community)
    queries_of(client, path)

    assert queries_of(client, path) == few


def test_file_then_the_same_order(plan: SpacePlan, district_officer: User, browse: Browse) -> None:
    answer = browse(district_officer).get(f"/space/plans/{plan.pk}/ranking/export.xlsx")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].endswith("sheet")
