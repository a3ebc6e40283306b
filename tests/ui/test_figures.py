"""Filters that print figures are exact, and say so when they are given something else."""

from decimal import Decimal
from fractions import Fraction

import pytest

from portal.templatetags import figures

DAXIE = [
    ("0", "零元整"),
    ("0.05", "伍分"),
    ("0.50", "伍角整"),
    ("0.004", "零元整"),
    ("1", "壹元整"),
    ("10", "壹拾元整"),
    ("100", "壹佰元整"),
    ("1004.50", "壹仟零肆元伍角整"),
    ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
    ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
    ("325.04", "叁佰贰拾伍元零肆分"),
    ("6007.14", "陆仟零柒元壹角肆分"),
    ("57200.00", "伍万柒仟贰佰元整"),
    ("85002.75", "捌万伍仟零贰元柒角伍分"),
    ("107000.53", "壹拾万零柒仟元伍角叁分"),
    ("10001000", "壹仟万零壹仟元整"),
    ("13299950", "壹仟叁佰贰拾玖万玖仟玖佰伍拾元整"),
    ("100000000", "壹亿元整"),
    ("100010000", "壹亿零壹万元整"),
    ("1000000005", "壹拾亿零伍元整"),
    ("1000000000000", "壹万亿元整"),
    ("1000000000001", "壹万亿零壹元整"),
    ("1234500000000", "壹万贰仟叁佰肆拾伍亿元整"),
    ("-57200", "负伍万柒仟贰佰元整"),
]


@pytest.mark.parametrize(("amount", "words"), DAXIE)
def test_daxie_writes_the_amount_in_words(amount: str, words: str) -> None:
    assert figures.daxie(Decimal(amount)) == words


def test_daxie_when_the_amount_is_too_large_refuses() -> None:
    with pytest.raises(ValueError, match="too large"):
        figures.daxie(10**16)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, None, "0"),
        (2686, None, "2,686"),
        (-12, None, "−12"),
        (Fraction(895, 100), None, "8.95"),
        (Decimal("150.00"), None, "150"),
        (Decimal("500.10"), None, "500.1"),
        (Decimal("500.10"), 2, "500.10"),
        (Fraction(1, 3), 4, "0.3333"),
        (Decimal("0.5"), 0, "1"),
        (Decimal("-0.5"), 0, "−1"),
        (Decimal("-0.4"), 0, "0"),
        (None, None, "—"),
    ],
)
def test_number_rounds_half_away_from_zero(value: object, decimals: int | None, text: str) -> None:
    assert figures.number(value, decimals) == text


def test_number_when_given_a_float_refuses() -> None:
    with pytest.raises(TypeError, match="must be int, Decimal or Fraction"):
        figures.number(0.1)


@pytest.mark.parametrize("value", ["", True, "12"])
def test_number_when_given_no_number_refuses(value: object) -> None:
    with pytest.raises(TypeError):
        figures.number(value)


def test_money_filters_write_fen_yuan_and_wan() -> None:
    assert figures.yuan(Decimal("57200")) == "57,200.00"
    assert figures.yuan(Decimal("85002.75"), 0) == "85,003"
    assert figures.wan(Decimal("13299950")) == "1,330.00"
    assert figures.yuan(None) == figures.wan(None) == "—"


def test_money_when_twelve_digits_long_keeps_every_fen() -> None:
    assert figures.yuan(Decimal("999999999999.99")) == "999,999,999,999.99"


def test_plain_writes_no_separators() -> None:
    assert figures.plain(2018) == "2018"
    assert figures.plain(Decimal("57200"), 2) == "57200.00"


def test_people_when_not_whole_refuses() -> None:
    assert figures.people(1234) == "1,234"
    with pytest.raises(ValueError, match="whole"):
        figures.people(Fraction(895, 100))


def test_m2_drops_zeros_or_keeps_fixed_decimals() -> None:
    assert figures.m2(Decimal("854.10")) == "854.1"
    assert figures.m2(Decimal("854.10"), 2) == "854.10"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0.0%"), (50, "50.0%"), (Fraction(3846, 100), "38.5%"), (None, "—")],
)
def test_pct_writes_one_decimal(value: object, text: str) -> None:
    assert figures.pct(value) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (89840, None, "+89,840"),
        (Decimal("-32.99"), 2, "−32.99"),
        (0, 1, "0.0"),
        (Decimal("0.04"), 1, "0.0"),
        (None, None, "—"),
    ],
)
def test_signed_writes_a_sign_unless_zero(value: object, decimals: int | None, text: str) -> None:
    assert figures.signed(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Decimal("57200.00"), "元", "57,200"),
        (Decimal("85002.75"), "元", "85,002.75"),
        (Decimal("854.10"), "㎡", "854.1"),
        (9, "人", "9"),
        ("整合调剂", "", "整合调剂"),
        (None, "元", "—"),
    ],
)
def test_figure_writes_the_value_as_its_unit_asks(value: object, unit: str, text: str) -> None:
    assert figures.figure(value, unit) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (5, 9, "5~9"),
        (5, 5, "5"),
        (5, None, "不低于5"),
        (None, 9, "不超过9"),
        (Decimal("400"), Decimal("800"), "400~800"),
        (None, None, ""),
    ],
)
def test_between_writes_the_bounds(low: object, high: object, text: str) -> None:
    assert figures.between(low, high) == text


@pytest.mark.parametrize(
    ("value", "html"),
    [
        (-2, '<span class="gap bad">缺2人</span>'),
        (0, '<span class="gap">达标</span>'),
        (Decimal("0.00"), '<span class="gap">达标</span>'),
        (1, '<span class="gap">多1人</span>'),
        (None, "—"),
    ],
)
def test_gap_says_short_met_or_over(value: object, html: str) -> None:
    assert figures.gap(value, "人") == html


@pytest.mark.parametrize(
    ("value", "decimals", "html"),
    [
        (Decimal("-726.1"), 2, '<span class="gap bad">缺726.10</span>'),
        (Decimal("0.00"), 2, '<span class="gap">达标</span>'),
        (363, 0, '<span class="gap">多363</span>'),
    ],
)
def test_gap_when_decimals_are_fixed_keeps_them(value: object, decimals: int, html: str) -> None:
    assert figures.gap(value, decimals) == html


def test_gap_when_the_unit_is_markup_escapes_it() -> None:
    assert "&lt;b&gt;" in figures.gap(-2, "<b>")
