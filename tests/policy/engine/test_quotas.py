"""A whole number divided by weight: parts that add up, nearest to the quota, ties by code."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.engine import distribute

units = st.dictionaries(
    st.from_regex(r"3715020[0-9]{5}", fullmatch=True), st.integers(0, 10**12), min_size=1
)


@given(st.integers(0, 10**13), units)
def test_parts_when_distributed_then_add_up_and_are_nearest_to_the_quota(total, units):
    codes, weights = list(units), list(units.values())

    parts = distribute(total, weights, codes)

    assert sum(parts) == total
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        quota = Fraction(total * weight, whole) if whole else Fraction(total, len(codes))
        assert abs(part - quota) < 1


@given(st.integers(0, 1000), units, st.randoms())
def test_parts_when_units_stand_in_another_order_then_the_same(total, units, random):
    listed = list(units.items())
    random.shuffle(listed)

    again = distribute(total, [weight for _, weight in listed], [code for code, _ in listed])

    first = distribute(total, list(units.values()), list(units))
    assert dict(zip(units, first, strict=True)) == {
        code: part for (code, _), part in zip(listed, again, strict=True)
    }


def test_parts_when_remainders_tie_then_the_smaller_code_first():
    assert distribute(2, [1, 1, 1], ["c", "a", "b"]) == [0, 1, 1]


def test_parts_when_one_weighs_nothing_then_it_gets_nothing():
    assert distribute(7, [0, 300, 400], ["a", "b", "c"]) == [0, 3, 4]


@pytest.mark.parametrize(
    ("total", "weights", "codes"),
    [(-1, [1], ["a"]), (1, [-1], ["a"]), (1, [1, 1], ["a", "a"]), (1, [1], ["a", "b"]),
     (1, [], [])],
)  # fmt: skip
def test_parts_when_asked_of_what_cannot_be_divided_then_refused(total, weights, codes):
    with pytest.raises(ValueError, match=r"distribute|code|nobody"):
        distribute(total, weights, codes)


def test_parts_when_there_is_nothing_and_nobody_then_none():
    assert distribute(0, [], []) == []
