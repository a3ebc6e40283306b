"""Parts of an amount always add up to it, to the fen, in the order of the text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.engine import load_text
from tests.policy.engine.writing import CODE, asked, provision, source

REST = '{ payer = "street", rest = true }'
NEW_OR_BUILT = (
    '{ payer = "%s", percent = { when = [ { if = { fact = "area_kind", is = "new" }, then = %s }, '
    '{ if = { fact = "area_kind", is = "built" }, then = %s } ] } }'
)


def shared(amount, *parts, **facts):
    more = f"payers = [ {', '.join((*parts, REST))} ]"
    text = source(provision(f'{{ const = "{amount}" }}', subject="work_funding", more=more))
    [row] = asked([text], [{"code": CODE, **facts}]).rows()
    return {payer: str(part) for payer, part in row.payers.items()}


@pytest.mark.parametrize(
    ("amount", "parts", "wanted"),
    [
        ("85002.75", ['{ payer = "district", percent = 70 }'],
         {"district": "59501.92", "street": "25500.83"}),
        ("0.01", ['{ payer = "district", percent = 99 }'], {"street": "0.01"}),
        ("100", ['{ payer = "city", percent = 100 }'], {"city": "100.00"}),
        ("100", ['{ payer = "city", percent = "33.33" }',
         '{ payer = "district", percent = "1/3" }'],
         {"city": "33.33", "district": "0.33", "street": "66.34"}),
        ("100", ['{ payer = "city", percent = "33.33%" }'], {"city": "0.33", "street": "99.67"}),
        ("200000", ['{ payer = "city", amount = 145000 }'],
         {"city": "145000.00", "street": "55000.00"}),
        ("100000", ['{ payer = "city", amount = 145000 }'], {"city": "100000.00"}),
        ("1000", ['{ payer = "city", per_unit = "0.125", of = "households" }'],
         {"city": "125.00", "street": "875.00"}),
        ("1000", ['{ payer = "city", per_unit = "0.33333", of = "households" }'],
         {"city": "333.33", "street": "666.67"}),
        ("1000", ['{ payer = "city", per_unit = 1, of = "premises_area" }'],
         {"city": "420.50", "street": "579.50"}),
        ("1000", ['{ payer = "city", amount = 900 }', '{ payer = "district", percent = 50 }'],
         {"city": "900.00", "district": "100.00"}),
        ("1000", ['{ payer = "city", percent = 10 }', '{ payer = "city", amount = 5 }'],
         {"city": "105.00", "street": "895.00"}),
        ("1000", [NEW_OR_BUILT % ("city", 50, 70)], {"city": "700.00", "street": "300.00"}),
        ("1000", [NEW_OR_BUILT % ("city", 60, 10), NEW_OR_BUILT % ("district", 40, 90)],
         {"city": "100.00", "district": "900.00"}),
        ("0", ['{ payer = "city", percent = 50 }'], {"city": "0.00", "street": "0.00"}),
    ],
)  # fmt: skip
def test_amount_when_shared_is_split_to_the_fen(amount, parts, wanted):
    facts = {"households": 1000, "premises_area": "420.5", "area_kind": "built"}

    assert shared(amount, *parts, **facts) == wanted


percents = st.lists(st.fractions(0, 50, max_denominator=10**6).map(str), min_size=1, max_size=2)


@given(st.lists(st.integers(0, 10**14), min_size=1, max_size=4), percents, st.integers(0, 10**9))
def test_parts_when_any_amounts_are_shared_add_up_to_each(fen, shares, fixed):
    parts = [f'{{ payer = "city", percent = "{share}" }}' for share in shares]
    more = f'payers = [ {", ".join(parts)}, {{ payer = "district", amount = {fixed} }}, {REST} ]'
    text = source(provision('{ fact = "contract_price" }', subject="work_funding", more=more))
    rows = [
        {"code": f"37150200100{n}", "contract_price": str(Decimal(one).scaleb(-2))}
        for n, one in enumerate(fen)
    ]

    for one, row in zip(fen, asked([text], rows).rows(), strict=True):
        assert sum(row.payers.values()) == row.required == Decimal(one).scaleb(-2)
        assert min(row.payers.values()) >= 0


def test_shares_when_cases_of_two_payers_are_the_same_are_added_case_by_case():
    parts = [NEW_OR_BUILT % ("city", 60, 10), NEW_OR_BUILT % ("district", 40, 90), REST]
    more = f"payers = [ {', '.join(parts)} ]"

    assert load_text(source(provision(subject="work_funding", more=more))).provisions
