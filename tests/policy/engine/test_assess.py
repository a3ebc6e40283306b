"""Rows of several texts, levels and units at once: what one row must not do to another."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from policy.engine import Facts, Series, Stack, StackError, assess, load_shipped, load_text, rollup
from tests.policy.engine.writing import provision, source

ON = datetime.date(2018, 12, 31)
POOL = {"SD-FND-3.first_year": "2018", "SD-FND-3.last_year": "2018"}
POOR = [
    {"code": "371502", "poor_county": True, "premises_gap_weight": 1},
    {"code": "370102", "poor_county": True, "premises_gap_weight": 1},
]


def own(value, **more):
    return load_text(source(provision(value, **more), jurisdiction="37"))


def asked(rows, *texts, options=None, exemptions=None, series=()):
    stack = Stack.of(texts, ON, options, exemptions)
    return assess(Facts.from_rows(rows), stack, Series.from_rows(series))


def figures(requirements, subject):
    return {row.code: row.required for row in requirements.rows() if row.subject == subject}


def test_pool_when_other_texts_hold_for_some_units_is_divided_once_over_all():
    texts = [load_shipped("shandong-2018"), load_shipped("liaocheng-2015")]

    parts = figures(asked(POOR, *texts, options=POOL), "poor_county_premises_fund")

    assert parts == {"371502": Decimal("30000000.00"), "370102": Decimal("30000000.00")}


def test_pool_when_a_unit_is_given_beside_communities_of_another_is_divided_over_both():
    rows = [POOR[0], {"code": "371521001001", "poor_county": True, "premises_gap_weight": 2}]

    parts = figures(
        asked(rows, load_shipped("shandong-2018"), options=POOL), "poor_county_premises_fund"
    )

    assert parts == {"371502": Decimal("20000000.00"), "371521": Decimal("40000000.00")}


def test_pool_when_a_unit_is_exempt_goes_to_the_others_whole():
    requirements = asked(
        POOR, load_shipped("shandong-2018"), options=POOL, exemptions={"370102": {"SD-FND-3"}}
    )

    parts = figures(requirements, "poor_county_premises_fund")
    assert parts == {"371502": Decimal("60000000.00"), "370102": None}


def test_rows_when_each_of_80_districts_has_a_text_of_its_own_are_all_answered():
    codes = [f"37{number:04d}001001" for number in range(101, 181)]
    text = own("{ const = 7 }", subject="grids")
    texts = [text.adopted(code[:6]) for code in codes]

    parts = figures(asked([{"code": code} for code in codes], *texts), "grids")

    assert parts == dict.fromkeys(codes, 7)


def test_series_when_another_is_asked_over_the_same_facts_is_looked_up_anew():
    text = own('{ index = "average_sale_price", lag = 1 }', subject="work_funding")
    facts = Facts.from_rows([{"code": "371502001001"}, {"code": "371502001002"}])
    stack = Stack.of([text], ON)

    seen = []
    for price in ("4200", "5000", "6000"):
        row = {"division": "37", "series": "average_sale_price", "year": 2017, "value": price}
        seen.append(assess(facts, stack, Series.from_rows([row])).row("work_funding", 1).required)

    assert seen == [Decimal("4200.00"), Decimal("5000.00"), Decimal("6000.00")]


@pytest.mark.parametrize(("part", "held"), [("79.99", None), ("80", 1), ("99", 1), ("100", 1)])
def test_ratio_of_areas_when_compared_with_80_percent_is_exact(part, held):
    condition = '{ ratio = ["premises_area", "gross_floor_area"], at_least = "80%" }'
    text = own(f"{{ when = [ {{ if = {condition}, then = {{ const = 1 }} }} ] }}", subject="grids")
    row = {"code": "371502001001", "premises_area": part, "gross_floor_area": "100"}

    assert asked([row], text).row("grids", 0).required == held


def test_roll_up_when_a_district_is_given_beside_its_communities_counts_it_once():
    rows = [
        {"code": "371502001001", "households": 11000},
        {"code": "371502001002", "households": 12000},
        {"code": "371502", "households": 23000},
    ]

    sums = rollup(asked(rows, load_shipped("shandong-2018")), "district")

    workers = [row for row in sums.rows() if row.subject == "community_workers"]
    assert [(row.code, row.low, row.high) for row in workers] == [("371502", 58, 77)]


def test_estate_when_beside_its_community_answers_its_own_rule_and_changes_nothing_else():
    rows = [
        {"code": "371502001001", "households": 3000, "central_urban": True},
        {"code": "371502001001-01", "gross_floor_area": "50000"},
    ]
    texts = [load_shipped("liaocheng-2015"), load_shipped("shandong-2018")]

    requirements = asked(rows, *texts)

    assert figures(requirements, "property_premises_area") == {"371502001001-01": Decimal("150.00")}
    assert figures(requirements, "community_workers") == {"371502001001": 8}
    assert figures(requirements, "work_funding") == {"371502001001": Decimal("60000.00")}


def test_growth_when_another_division_has_decided_leaves_a_row_without_decision_unrounded():
    value = (
        '{ grow = { per = "households", every = 1000, amount = 20000 }, '
        'series = "natural_growth", from = 2017, round_each_year = 100 }'
    )
    rate = {"division": "3702", "series": "natural_growth", "year": 2018, "value": "5", "unit": "%"}
    rows = [
        {"code": "371502001001", "households": 2847},
        {"code": "370202001001", "households": 2847},
    ]

    parts = figures(asked(rows, own(value, subject="work_funding"), series=[rate]), "work_funding")

    assert parts == {
        "371502001001": Decimal("56940.00"),
        "370202001001": Decimal(int(Fraction(56940) * 105 / 100 / 100 + Fraction(1, 2)) * 100),
    }


def test_text_when_given_twice_is_refused():
    text = load_shipped("liaocheng-2015")

    with pytest.raises(StackError, match="写了两次"):
        Stack.of([text, text], ON)


def test_figure_of_more_than_28_digits_is_written_exactly():
    cube = ", ".join(['{ fact = "households" }'] * 3)
    row = {"code": "371502001001", "households": 2_154_434_691}

    requirements = asked([row], own(f"{{ product = [ {cube} ] }}", subject="work_funding"))

    assert str(requirements.row("work_funding", 0).required) == f"{2_154_434_691**3}.00"
