"""Whole months of a year that leases cover, and their rent."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilities.rules.leases import Lease, Leased, leased
from policy.engine import whole_months

YEAR = 2026


def test_leases_in_a_row_when_the_border_is_within_a_month_then_no_month_is_lost() -> None:
    first = Lease(date(2025, 6, 10), date(2026, 3, 15), 1000)
    second = Lease(date(2026, 3, 15), None, 2000)

    assert leased([second, first], YEAR) == Leased(12, 2 * 1000 + 10 * 2000)
    assert leased([first], YEAR) == Leased(2, 2000)
    # a gap begins a new run
    assert leased([first, Lease(date(2026, 3, 20), None, 2000)], YEAR) == Leased(12, 2000 + 20000)


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        # a month belongs to the year in which it begins
        (date(2026, 11, 15), date(2027, 11, 15), {2025: 0, 2026: 2, 2027: 10, 2028: 0}),
        (date(2026, 12, 31), date(2027, 2, 28), {2026: 1, 2027: 1}),
        (date(2027, 1, 1), date(2028, 1, 1), {2026: 0, 2027: 12, 2028: 0}),
        (date(2026, 12, 15), date(2027, 1, 14), {2026: 0, 2027: 0}),
        (date(2026, 12, 15), None, {2026: 1, 2027: 12, 2040: 12}),
    ],
)
def test_lease_over_new_year_then_no_month_is_lost(
    since: date, until: date | None, months: dict[int, int]
) -> None:
    found = {year: leased([Lease(since, until, 100)], year) for year in months}

    assert found == {year: Leased(count, 100 * count) for year, count in months.items()}


days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@settings(max_examples=200, deadline=None)
@given(edges=st.lists(days, min_size=2, max_size=6, unique=True).map(sorted))
def test_leases_when_cut_in_pieces_then_the_months_of_the_whole(edges: list[date]) -> None:
    pieces = [Lease(one, other, 100) for one, other in pairwise(edges)]

    found = leased(pieces, YEAR)

    assert found == leased([Lease(edges[0], edges[-1], 100)], YEAR)
    assert found.rent == 100 * found.months
    assert 0 <= found.months <= 12


@settings(max_examples=200, deadline=None)
@given(since=days, until=days)
def test_lease_then_its_years_have_all_its_months(since: date, until: date) -> None:
    lease = Lease(since, max(since, until), 100)

    found = sum(leased([lease], year).months for year in range(2024, 2029))

    assert found == whole_months(lease.since, lease.until or since)
