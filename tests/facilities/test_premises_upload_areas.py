"""An area of the whole, divided among rooms."""

from hypothesis import given
from hypothesis import strategies as st

from facilities.services.premises_upload_areas import spread


@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=6), st.integers(0, 10_000))
def test_measure_divided_then_adds_up_and_no_room_gets_more_than_it_has(
    weights: list[int], part: int
) -> None:
    whole = sum(weights) * part // 10_000

    parts = spread(whole, weights)

    assert sum(parts) == whole
    assert all(0 <= one <= weight for one, weight in zip(parts, weights, strict=True))


def test_measure_divided_with_equal_remainders_then_the_first_gets_more() -> None:
    assert spread(100, [3, 3, 3]) == [34, 33, 33]
    assert spread(10_000, [8_800, 4_000]) == [6_875, 3_125]
