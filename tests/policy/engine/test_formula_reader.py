"""The reader of formulas computes what a person would."""

from fractions import Fraction

import pytest

from tests.policy.engine.formula_reader import compute


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("2,847户 × 20,000元 ÷ 1,000户", "56940"),
        ("取高（56,940，60,000）", "60000"),
        ("取低（取高（进位（2,701户 ÷ 300户），5），9）", "9"),
        ("舍去（7 ÷ 2）", "3"),
        ("四舍五入到0.01（1,000元 ÷ 3）", "333.33"),
        ("四舍五入（-5 ÷ 2）", "-3"),
        ("15,000 ×（1 + 5%）^2", "16537.5"),
        ("100 ×（1 + 5% × 3）", "115"),
        ("2 + 3 × 4 − 1/2", "13.5"),
        ("50,000㎡ × 3‰", "150"),
        ("420.5㎡ × 4,200元/㎡", "1766100"),
        ("100%", "1"),
    ],
)
def test_formula_when_computed_again_gives_its_value(formula, value):
    assert compute(formula) == Fraction(value)


@pytest.mark.parametrize("formula", ["取高", "（1", "1）", "1 + ", "未填 × 2", "进位（1，2）"])
def test_formula_when_it_cannot_be_computed_is_refused(formula):
    with pytest.raises((ValueError, IndexError)):
        compute(formula)
