"""Months of a year in which somebody is paid, and parts of a sum."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.rules.pay_months import (
    month_text,
    months_granted,
    months_held,
    part_of,
    unbroken,
)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2022, 1, 10), None, "1~12月"),
        (date(2026, 1, 31), None, "1~12月"),
        (date(2026, 3, 31), None, "3~12月"),
        (date(2026, 4, 1), None, "4~12月"),
        (date(2020, 1, 1), date(2026, 9, 1), "1~8月"),
        (date(2020, 1, 1), date(2026, 9, 30), "1~8月"),
        (date(2026, 9, 2), date(2026, 9, 20), "—"),
        (date(2020, 1, 1), date(2027, 1, 1), "1~12月"),
        (date(2020, 1, 1), date(2026, 12, 31), "1~11月"),
        (date(2027, 1, 1), None, "—"),
    ],
)
def test_months_when_held_then_those_on_whose_last_day_it_is_held(
    start: date, end: date | None, months: str
) -> None:
    assert month_text(months_held(start, end, 2026)) == months


@given(
    st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.dates(date(2025, 1, 1), date(2027, 12, 31))
)
def test_months_when_somebody_moves_then_each_counts_once(start: date, moved: date) -> None:
    start, moved = sorted((start, moved))

    before, after = months_held(start, moved, 2026), months_held(moved, None, 2026)

    assert not before & after
    assert before | after == months_held(start, None, 2026)


def test_months_when_granted_for_36_then_those_of_three_years() -> None:
    starts = date(2024, 5, 20)

    assert [month_text(months_granted(starts, 36, year)) for year in (2023, 2024, 2027, 2028)] == [
        "—", "5~12月", "1~4月", "—"
    ]  # fmt: skip
    assert month_text(months_granted(starts, None, 2030)) == "1~12月"


@given(st.integers(0, 10**12), st.integers(1, 12))
def test_part_of_a_year_then_half_up_to_the_fen(fen: int, months: int) -> None:
    assert part_of(fen, "year", 12) == fen
    assert 2 * abs(12 * part_of(fen, "year", months) - fen * months) <= 12
    assert part_of(fen, "year", months) + part_of(fen, "year", 12 - months) - fen in (0, 1)


def test_months_when_somebody_leaves_and_comes_back_then_none_after_leaving() -> None:
    moved = [(date(2020, 1, 1), date(2026, 4, 10)), (date(2026, 4, 10), None)]
    back = [(date(2020, 1, 1), date(2026, 4, 10)), (date(2026, 6, 1), None)]
    starts = date(2025, 11, 1)

    assert [month_text(unbroken(starts, moved, year)) for year in (2024, 2025, 2026)] == [
        "—", "11~12月", "1~12月"
    ]  # fmt: skip
    assert [month_text(unbroken(starts, back, year)) for year in (2026, 2027)] == ["1~3月", "—"]
