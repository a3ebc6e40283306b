"""Sums by wider units equal the sums of the lines under them."""

from collections import defaultdict
from decimal import Decimal

import pytest

from policy.engine import rollup, widen
from tests.policy.engine.writing import asked, provision, source

PAID = 'payers = [ { payer = "district", percent = 50 }, { payer = "street", rest = true } ]'
CODES = [
    "371503001001", "371502001001", "371502002001", "371502001002", "330206001001", "371502001003",
]  # fmt: skip


def funding(more="", jurisdiction=""):
    value = '{ per = "households", every = 1000, amount = 20000 }'
    text = provision(value, subject="work_funding", more=f"{PAID}\n{more}")
    return source(text, jurisdiction=jurisdiction)


def community(code, households):
    return {"code": code, "households": households}


def counted():
    return [community(code, 100 * number + 33) for number, code in enumerate(CODES, 1)]


@pytest.mark.parametrize(
    ("level", "length"), [("street", 9), ("district", 6), ("city", 4), ("province", 2)]
)
def test_sums_when_rolled_up_equal_the_sums_of_the_lines(level, length):
    result = asked([funding()], counted())
    lines, paid = defaultdict(Decimal), defaultdict(Decimal)
    for row in result.rows():
        lines[row.code[:length]] += row.required
        for payer, part in row.payers.items():
            paid[row.code[:length], payer] += part

    sums = list(rollup(result, level).rows())

    assert {row.code: row.required for row in sums} == lines
    assert {(row.code, payer): part for row in sums for payer, part in row.payers.items()} == paid
    assert [row.code for row in sums] == sorted(lines)
    assert all(
        (row.low, row.high, row.unit) == (row.required, row.required, "yuan") for row in sums
    )


def test_sums_when_widened_equal_the_wider_roll_up():
    result = asked([funding()], counted())

    assert list(widen(rollup(result, "street"), "city").rows()) == list(
        rollup(result, "city").rows()
    )


def test_sums_when_texts_differ_by_place_are_put_together():
    city = funding(jurisdiction="3715")
    more = 'when = { fact = "households", above = 200 }'
    province = funding(more, "").replace("own-2016", "own-2015").replace("A-1", "A-2")

    sums = list(rollup(asked([city, province], counted()), "district").rows())

    assert [(row.code, str(row.required)) for row in sums] == [
        ("330206", "10660.00"), ("371502", "32640.00"), ("371503", "2660.00"),
    ]  # fmt: skip


def test_sum_when_a_row_cannot_be_computed_is_partial_and_says_so():
    rows = [*counted()[1:3], {"code": "371502001009"}]

    [row] = rollup(asked([funding()], rows), "district").rows()

    assert (row.status, str(row.required)) == ("cannot_compute", "11320.00")
    assert row.reason == "3个中有1个不能测算，合计只含其余2个"


def test_sum_when_no_row_can_be_computed_is_empty():
    [row] = rollup(asked([funding()], [{"code": CODES[0]}]), "city").rows()

    assert (row.low, row.required, row.payers) == (None, None, {})


def test_sum_when_some_rows_have_no_ceiling_has_none():
    text = source(
        provision("{ const = 5 }", subject="grids", binding="at_least"),
        provision("{ const = 9 }", name="A-2", subject="grids", binding="at_most",
                  more='when = { fact = "households", above = 200 }'),
    )  # fmt: skip

    inside = rollup(asked([text], [community(CODES[1], 300), community(CODES[3], 400)]), "street")
    mixed = rollup(asked([text], [community(CODES[1], 300), community(CODES[3], 100)]), "street")

    assert [(row.low, row.high) for row in inside.rows()] == [(10, 18)]
    assert [(row.low, row.high) for row in mixed.rows()] == [(10, None)]


def test_sum_when_rows_conflict_counts_them():
    text = source(
        provision("{ const = 4 }", subject="grids"),
        provision("{ const = 5 }", name="A-2", subject="grids", binding="at_least"),
    )

    [row] = rollup(asked([text], counted()[1:3]), "district").rows()

    assert (row.required, row.conflict) == (10, "2个社区的标准互相冲突")


def test_sum_when_a_rule_is_the_units_own_holds_it():
    text = source(
        provision("{ const = 7 }", subject="grids", more='level = "district"'), jurisdiction="37"
    )

    sums = list(rollup(asked([text], counted()[:3]), "city").rows())

    assert [(row.code, row.required) for row in sums] == [("3715", 14)]
    assert list(rollup(asked([text], counted()[:3]), "street").rows()) == []


def test_sum_when_a_unit_has_its_own_row_beside_its_communities_counts_it_once():
    text = source(
        provision("{ const = 7 }", subject="grids", more='level = "district"'),
        provision("{ const = 2 }", name="A-2", subject="grids"),
        jurisdiction="37",
    )

    sums = rollup(asked([text], [*counted()[1:3], {"code": "371503"}]), "district")

    assert [(row.code, row.required) for row in sums.rows()] == [("371502", 4), ("371503", 7)]


def test_sum_when_a_rule_is_the_streets_own_holds_it():
    text = source(provision("{ const = 3 }", subject="grids", more='level = "street"'),
                  provision(name="A-2"))  # fmt: skip

    sums = list(rollup(asked([text], counted()[:4]), "street").rows())

    assert [(row.code, row.subject, row.required) for row in sums] == [
        ("371502001", "service_halls", 2), ("371502001", "grids", 3),
        ("371502002", "service_halls", 1), ("371502002", "grids", 3),
        ("371503001", "service_halls", 1), ("371503001", "grids", 3),
    ]  # fmt: skip


def test_sum_when_a_subject_concerns_some_units_stands_with_them_alone():
    near = source(provision(subject="grids"), jurisdiction="371502")
    far = source(provision(name="A-2"), jurisdiction="37").replace("own-2016", "own-2015")

    sums = list(rollup(asked([near, far], counted()[:2]), "district").rows())

    assert [(row.code, row.subject) for row in sums] == [
        ("371502", "service_halls"), ("371502", "grids"), ("371503", "service_halls"),
    ]  # fmt: skip


def test_sum_when_an_option_is_not_set_is_empty():
    begun = provision(
        '{ grow = { const = 1 }, rate = "5%", from = "@begun" }',
        name="A-2",
        subject="work_funding",
        binding="at_least",
        more='[provision.options.begun]\nlabel = "起始年"\nkind = "year"',
    )

    [row] = rollup(asked([funding() + begun], counted()[:1]), "district").rows()

    assert (row.status, row.required, row.payers) == ("cannot_compute", None, {})


def test_sum_when_nothing_is_asked_is_empty():
    [row] = rollup(
        asked([funding("when = { year = { is = 2015 } }")], counted()[:1]), "city"
    ).rows()

    assert (row.status, row.low, row.high, row.required, row.payers) == ("ok", None, None, None, {})


def test_sum_when_figures_may_not_be_added_is_left_out():
    text = source(provision(subject="community_size", binding="about"))

    assert list(rollup(asked([text], counted()[:1]), "district").rows()) == []


def test_sum_when_it_passes_int64_is_exact():
    text = source(provision("{ product = [ { const = 1000000000000000 }, { const = 4000 } ] }",
                            subject="grids"),
                  provision('{ fact = "households" }', name="A-2", subject="service_halls"),
                  jurisdiction="")  # fmt: skip
    rows = [community(code, 2**62) for code in CODES]

    sums = list(rollup(asked([text], rows), "province").rows())

    assert {(row.code, row.subject): row.required for row in sums} == {
        ("33", "grids"): 4 * 10**18, ("37", "grids"): 20 * 10**18,
        ("33", "service_halls"): 2**62, ("37", "service_halls"): 5 * 2**62,
    }  # fmt: skip


def test_roll_up_when_its_level_is_unknown_is_refused():
    with pytest.raises(ValueError, match="not in tuple"):
        rollup(asked([funding()], counted()), "village")
