"""Whole years, their bands, and the state of a certificate on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.rules.spans import (
    AGES,
    SERVICE,
    Band,
    band_of,
    certificate_state,
    since_bounds,
    whole_years,
)

DAYS = st.dates(date(1950, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("since", "on", "years"),
    [
        (date(1990, 5, 1), date(2026, 4, 30), 35),
        (date(1990, 5, 1), date(2026, 5, 1), 36),
        (date(2024, 2, 29), date(2025, 2, 28), 0),
        (date(2024, 2, 29), date(2025, 3, 1), 1),
        (date(2027, 1, 1), date(2026, 5, 1), 0),
    ],
)
def test_whole_years(since: date, on: date, years: int) -> None:
    assert whole_years(since, on) == years


@pytest.mark.parametrize("bands", [AGES, SERVICE])
def test_bands_then_every_number_of_years_lies_in_one(bands: tuple[Band, ...]) -> None:
    assert [sum(band.holds(years) for band in bands) for years in range(120)] == [1] * 120


def test_band_of_what_is_not_known_then_none() -> None:
    assert band_of(None, AGES) is None
    assert band_of(35, AGES) == AGES[0]


@given(since=DAYS, on=DAYS, band=st.sampled_from([*AGES, *SERVICE]))
def test_bounds_of_a_band_then_the_days_whose_years_it_holds(
    since: date, on: date, band: Band
) -> None:
    earliest, latest = since_bounds(band, on)
    inside = (earliest is None or earliest <= since) and (latest is None or since <= latest)

    assert inside == band.holds(whole_years(since, on)) or since > on


@pytest.mark.parametrize(
    ("left", "state"),
    [(-1, "expired"), (0, "soon"), (90, "soon"), (91, ""), (None, "")],
)
def test_certificate_then_its_last_day_is_included(left: int | None, state: str) -> None:
    on = date(2026, 11, 22)
    expires_on = None if left is None else on + timedelta(days=left)

    assert certificate_state(expires_on, on) == state
