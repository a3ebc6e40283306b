"""How large one unit may be, read from the provision that counts it."""

from fractions import Fraction

import pytest

from policy.engine import load_shipped
from policy.engine.blocks import block_sizes
from tests.policy.engine.writing import CODE, asked, provision, source

GRIDS = (
    '{ round = { per = "households", every = [400, 500], amount = 1, block = "none" }, '
    'step = 1, mode = ["ceil", "floor"] }'
)
CITY = load_shipped("city-opinions-2013").source


def sizes(value, households=2000, *, text=None, subject="grids", binding="range"):
    written = text or source(provision(value, subject=subject, binding=binding))
    result = asked([written], [{"code": CODE, "households": households}])
    return [(one.id, one.least, one.most, one.fits) for one in block_sizes(result, subject, 0)]


def test_block_sizes_of_the_shipped_rule_then_400_to_500_households() -> None:
    result = asked([CITY], [{"code": CODE, "households": 2030}])

    [found] = block_sizes(result, "grids", 0)

    assert (found.id, found.article, found.fact) == ("C13-GRD-1", "五、（四）", "households")
    assert (found.least, found.most, found.fits) == (Fraction(400), Fraction(500), True)
    assert (found.text.title, found.summary) == (
        "城乡社区建设工作意见",
        "社区内按400至500户划分网格",
    )


@pytest.mark.parametrize(
    ("households", "fits"),
    [(0, True), (1, False), (399, False), (400, True), (500, True), (501, False), (799, False),
     (800, True), (1000, True), (1001, False), (1199, False), (1200, True), (1599, False),
     (1600, True)],
)  # fmt: skip
def test_block_sizes_when_no_whole_number_fits_then_says_so(households: int, fits: bool) -> None:
    assert sizes(GRIDS, households) == [("A-1", Fraction(400), Fraction(500), fits)]


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ('{ per = "households", every = 300, amount = 1, block = "ceil" }', 300, 300),
        ('{ per = "households", every = 300, amount = [1, 2], block = "ceil" }', 150, 300),
        ('{ per = "households", every = 1000, amount = 3, block = "none" }', "1000/3", "1000/3"),
        ('{ clamp = { per = "households", every = 300, amount = 1 }, low = 1 }', 300, 300),
    ],
)  # fmt: skip
def test_block_sizes_when_written_otherwise(value: str, least: str, most: str) -> None:
    assert sizes(value) == [("A-1", Fraction(least), Fraction(most), True)]


def test_block_sizes_when_nothing_is_counted_by_blocks_then_none() -> None:
    assert sizes("{ const = 5 }") == []
    assert sizes('{ per = "households", every = 300, amount = 0 }') == []


def test_block_sizes_when_households_are_missing_then_none() -> None:
    assert sizes(GRIDS, None) == []


def test_block_sizes_when_condition_is_false_then_none() -> None:
    only_large = 'when = { fact = "households", at_least = 3000 }'
    text = source(provision(GRIDS, subject="grids", binding="range", more=only_large))

    assert sizes("", 2000, text=text) == []
    assert sizes("", 3200, text=text) == [("A-1", Fraction(400), Fraction(500), True)]


def test_block_sizes_when_no_text_concerns_the_subject_then_none() -> None:
    result = asked([source(provision())], [{"code": CODE, "households": 800}])

    assert block_sizes(result, "grids", 0) == []


def test_block_sizes_when_rows_of_wider_units_are_given_then_of_the_row_asked_for() -> None:
    rows = [{"code": "371502", "households": 90_000}, {"code": CODE, "households": 799}]
    result = asked([CITY], rows)

    assert [one.fits for one in block_sizes(result, "grids", 1)] == [False]
