"""Exact columns equal fractions, also where int64 ends."""

from fractions import Fraction
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.engine.exact import (
    LARGEST,
    Column,
    as_mask,
    both,
    choose,
    either,
    inverse,
    larger,
    product_fits,
    smaller,
    some,
    whole,
)

ROWS = 3
EDGES = [0, 1, 2**31, 2**32, 10**14, 2**62, 2**63 - 1, 2**63, 2**64, 20**30]
near_edges = st.builds(
    lambda edge, off, sign: sign * (edge + off),
    st.sampled_from(EDGES),
    st.integers(-2, 2),
    st.sampled_from((1, -1)),
)
figures = st.one_of(st.integers(-1000, 1000), near_edges)
dens = st.sampled_from((1, 2, 3, 7, 100, 20**5, 20**30))
steps = st.builds(Fraction, st.sampled_from((1, 3, 5, 10**9, 2**63)), st.sampled_from((1, 7, 100)))
modes = st.sampled_from(("none", "floor", "ceil", "half_up"))
flags = st.lists(st.booleans(), min_size=ROWS, max_size=ROWS)


@st.composite
def columns(draw: st.DrawFn) -> tuple[Column, list[Fraction]]:
    """A constant, a single int, an int64 array or a wide array, with its fractions."""
    den = draw(dens)
    kind = draw(st.sampled_from(("constant", "single", "array")))
    if kind == "array":
        nums = draw(st.lists(figures, min_size=ROWS, max_size=ROWS))
        bound = max(1, *map(abs, nums))
        column = Column(whole(nums), den, bound, min(nums) < 0)
        return column, [Fraction(num, den) for num in nums]
    num = draw(figures)
    exact = Fraction(num, den)
    column = Column.constant(exact) if kind == "constant" else Column(
        num, den, max(1, abs(num)), num < 0
    )  # fmt: skip
    return column, [exact] * ROWS


def fractions(column: Column) -> list[Fraction]:
    return [column.at(row) for row in range(ROWS)]


def rounded(value: Fraction, step: Fraction, mode: str) -> Fraction:
    """Rounding as the format document words it."""
    if mode == "none":
        return value
    quotient = value / step
    away = floor(abs(quotient) + Fraction(1, 2)) * (1 if quotient >= 0 else -1)
    return {"floor": floor(quotient), "ceil": ceil(quotient), "half_up": away}[mode] * step


@given(columns(), columns())
def test_times_when_near_the_edge_equals_fractions(first, second):
    product = first[0].times(second[0])

    assert fractions(product) == [a * b for a, b in zip(first[1], second[1], strict=True)]
    assert all(abs(value * product.den) <= product.bound for value in fractions(product))


@given(columns(), columns())
def test_plus_when_near_the_edge_equals_fractions(first, second):
    total = first[0].plus(second[0])

    assert fractions(total) == [a + b for a, b in zip(first[1], second[1], strict=True)]
    assert all(abs(value * total.den) <= total.bound for value in fractions(total))


@given(columns(), columns())
def test_highest_and_lowest_when_near_the_edge_equal_fractions(first, second):
    pairs = list(zip(first[1], second[1], strict=True))

    assert fractions(first[0].highest(second[0])) == [max(pair) for pair in pairs]
    assert fractions(first[0].lowest(second[0])) == [min(pair) for pair in pairs]


@given(columns(), columns(), st.one_of(st.booleans(), flags))
def test_where_when_near_the_edge_equals_fractions(first, second, mask):
    rows = [mask] * ROWS if isinstance(mask, bool) else mask

    chosen = first[0].where(mask if isinstance(mask, bool) else np.array(mask), second[0])

    wanted = zip(rows, first[1], second[1], strict=True)
    assert fractions(chosen) == [a if holds else b for holds, a, b in wanted]


@given(columns(), steps, modes)
def test_rounded_when_near_the_edge_equals_fractions(column, step, mode):
    assert fractions(column[0].rounded(step, mode)) == [rounded(v, step, mode) for v in column[1]]


@given(columns(), st.sampled_from((0, 2, 4)), st.sampled_from(("floor", "ceil", "half_up")))
def test_whole_units_when_near_the_edge_equal_fractions(column, places, mode):
    units = column[0].whole_units(places, mode)

    found = [int(units if isinstance(units, int) else units[row]) for row in range(ROWS)]
    assert found == [rounded(value * 10**places, Fraction(1), mode) for value in column[1]]


@given(columns(), st.fractions(min_value=Fraction(1, 100), max_value=10**20))
def test_over_when_near_the_edge_equals_fractions(column, divisor):
    assert fractions(column[0].over(divisor)) == [value / divisor for value in column[1]]


@given(columns(), columns())
def test_operations_when_asked_of_one_row_alone_give_the_same(first, second):
    for row in range(ROWS):
        alone = [
            Column(value.numerator, value.denominator, max(1, abs(value.numerator)), value < 0)
            for value in (first[1][row], second[1][row])
        ]
        assert alone[0].times(alone[1]).at(0) == first[0].times(second[0]).at(row)
        assert alone[0].plus(alone[1]).at(0) == first[0].plus(second[0]).at(row)
        assert alone[0].highest(alone[1]).at(0) == first[0].highest(second[0]).at(row)


@pytest.mark.parametrize(
    ("written", "step", "mode", "wanted"),
    [
        ("2.5", "1", "half_up", "3"),
        ("-2.5", "1", "half_up", "-3"),
        ("-2.4", "1", "half_up", "-2"),
        ("2.4999", "1", "half_up", "2"),
        ("-2.5", "1", "ceil", "-2"),
        ("-2.5", "1", "floor", "-3"),
        ("7", "1", "ceil", "7"),
        ("0.005", "0.01", "half_up", "0.01"),
        ("-0.005", "0.01", "half_up", "-0.01"),
        ("1249", "500", "half_up", "1000"),
        ("1250", "500", "half_up", "1500"),
        ("1001", "500", "ceil", "1500"),
        ("0.7", "1", "none", "0.7"),
    ],
)
@pytest.mark.parametrize("held", ["constant", "array"])
def test_rounded_when_halfway_goes_away_from_zero(written, step, mode, wanted, held):
    column = Column.constant(Fraction(written))
    if held == "array":
        column = Column(np.array([column.num]), column.den, column.bound, column.signed)

    assert column.rounded(Fraction(step), mode).at(0) == Fraction(wanted)


def test_product_when_it_passes_int64_is_widened():
    column = Column(np.array([2**62, 1]), 1, 2**62)

    product = column.times(Column.constant(4))

    assert product.num.dtype == object
    assert list(product.num) == [2**64, 4]


def test_product_when_it_fits_stays_int64():
    product = Column(np.array([2**61]), 1, 2**61).times(Column.constant(3))

    assert product.num.dtype == np.int64


def test_times_when_the_constant_cancels_is_reduced():
    product = Column(np.array([2847]), 100, 2847).times(Column.constant(2000))

    assert (product.den, list(product.num)) == (1, [56940])


@pytest.mark.parametrize("pick", [larger, smaller])
@pytest.mark.parametrize("huge", [2**63, 2**64, -(2**64)])
def test_larger_when_an_int_is_beyond_int64_stays_exact(pick, huge):
    plain = {larger: max, smaller: min}[pick]

    assert list(pick(huge, np.array([5, LARGEST]))) == [plain(huge, 5), plain(huge, LARGEST)]
    assert list(pick(np.array([5]), huge)) == [plain(5, huge)]


def test_larger_when_plain_ints_are_given_stays_plain():
    assert (larger(3, 4), smaller(3, 4)) == (4, 3)


def test_choose_when_an_int_is_beyond_int64_stays_exact():
    chosen = choose(np.array([True, False]), 2**63 + 1, np.array([1, LARGEST]))

    assert list(chosen) == [2**63 + 1, LARGEST]


def test_whole_when_a_number_is_beyond_int64_is_an_object_array():
    assert (whole([1]).dtype, whole([2**63]).dtype) == (np.int64, object)


def test_product_fits_when_the_largest_rows_are_multiplied():
    column = np.array([-(2**32), 1])

    assert product_fits(column, 2**30)
    assert not product_fits(column, np.array([2**31]))
    assert product_fits(np.array([], dtype=np.int64), 2**63)


@given(st.one_of(st.booleans(), flags), st.one_of(st.booleans(), flags))
def test_masks_when_plain_or_arrays_agree_with_bools(first, second):
    a, b = (mask if isinstance(mask, bool) else np.array(mask) for mask in (first, second))
    rows = [
        ([mask] * ROWS if isinstance(mask, bool) else mask) for mask in (first, second)
    ]  # fmt: skip

    def listed(mask):
        return [mask] * ROWS if isinstance(mask, bool) else list(mask)

    assert listed(both(a, b)) == [x and y for x, y in zip(*rows, strict=True)]
    assert listed(either(a, b)) == [x or y for x, y in zip(*rows, strict=True)]
    assert listed(inverse(a)) == [not x for x in rows[0]]
    assert some(a) == any(rows[0])


def test_mask_when_numpys_own_scalar_becomes_a_plain_bool():
    assert as_mask(np.True_) is True
    assert as_mask(np.array([True])).tolist() == [True]
