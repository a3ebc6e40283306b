"""Which ways of writing a number are exact, and which are refused."""

from fractions import Fraction

import pytest

from policy.engine.numbers import exact_number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (20000, Fraction(20000)),
        (-3, Fraction(-3)),
        ("20000", Fraction(20000)),
        (" 20000 ", Fraction(20000)),
        ("-5", Fraction(-5)),
        ("0.003", Fraction(3, 1000)),
        ("007.50", Fraction(15, 2)),
        ("5%", Fraction(1, 20)),
        ("5％", Fraction(1, 20)),
        ("3‰", Fraction(3, 1000)),
        ("0.5%", Fraction(1, 200)),
        ("1/300", Fraction(1, 300)),
        ("2/3", Fraction(2, 3)),
        ("1.5/3", Fraction(1, 2)),
        ("-1/3", Fraction(-1, 3)),
        ("1/2%", Fraction(1, 200)),
        ("9" * 40, Fraction(10**40 - 1)),
    ],
)
def test_number_when_written_plainly_is_exact(written, value):
    assert exact_number(written) == value


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "-", "+5", ".5", "5.", "1_000", "1,000", "1e3", "1E3", "0x10", "1 000", "NaN",
        "nan", "inf", "Infinity", "٣", "１２", "一百", "½", "²", "1/0", "0/0", "1/0.0", "1/", "/3",
        "1/2/3", "1//2", "%", "5%%", "5%‰", "--5", "5\n6", "9" * 41, "0." + "1" * 21, True, False,
    ],
)  # fmt: skip
def test_number_when_written_otherwise_is_refused(written):
    with pytest.raises(ValueError, match="is not a number"):
        exact_number(written)
