"""A fixed sum, and a quota, divided by largest remainder, ties by code."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.engine.grouping import Grouping
from policy.engine.pools import Pool, distribute
from tests.policy.engine.writing import asked, provision, source

PAID = 'payers = [ { payer = "province", rest = true } ]'


def pool(extra="", amount=100, among="community", level="district"):
    value = f'{{ pool = {amount}, among = "{among}", weights = "households"{extra} }}'
    more = f'level = "{level}"\n{PAID}'
    return source(provision(value, subject="work_funding", more=more), jurisdiction="37")


def divided(text, rows):
    listed = [{"code": code, **facts} for code, facts in rows]
    return {row.code: row for row in asked([text], listed).rows()}


def sums(text, **weights):
    rows = [(f"371502001{code[1:]}", {"households": weight}) for code, weight in weights.items()]
    return [str(row.required) for row in divided(text, rows).values()]


@pytest.mark.parametrize(
    ("amount", "weights", "wanted"),
    [
        (100, {"c001": 1, "c002": 1, "c003": 1}, ["33.34", "33.33", "33.33"]),
        (100, {"c003": 1, "c002": 1, "c001": 1}, ["33.33", "33.33", "33.34"]),
        (100, {"c001": 1, "c002": 2}, ["33.33", "66.67"]),
        (1, {"c001": 5, "c002": 0, "c003": 5}, ["0.50", "0.00", "0.50"]),
        (60000000, {"c001": 10**12, "c002": 2 * 10**12}, ["20000000.00", "40000000.00"]),
        (60000000, {"c001": 10**18, "c002": 2 * 10**18}, ["20000000.00", "40000000.00"]),
    ],
)  # fmt: skip
def test_pool_when_divided_by_weights_gives_the_rest_to_the_largest_remainder(
    amount, weights, wanted
):
    assert sums(pool(amount=amount), **weights) == wanted


def test_pool_when_given_to_the_first_is_divided_equally_among_them():
    text = pool(', method = "first", first = 2')

    assert sums(text, c001=5, c002=9, c003=7, c004=9) == ["0.00", "50.00", "0.00", "50.00"]
    assert sums(text, c003=5, c002=5, c001=5) == ["0.00", "50.00", "50.00"]
    assert sums(text, c001=5, c002=0) == ["100.00", "0.00"]


def test_pool_when_a_condition_stands_gives_nothing_outside_and_says_so():
    text = pool(', if = { fact = "central_urban", is = true }')
    rows = divided(text, [
        ("371502001001", {"households": 1, "central_urban": True}),
        ("371502001002", {"households": 9, "central_urban": False}),
        ("371502001003", {"households": 3, "central_urban": True}),
    ])  # fmt: skip

    assert [(str(row.required), row.reason) for row in rows.values()] == [
        ("25.00", ""), ("0.00", "不在分配范围内"), ("75.00", ""),
    ]  # fmt: skip
    assert rows["371502001003"].payers == {"province": Decimal("75.00")}


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"central_urban": True}, "缺少核定户数（households）"),
        ({"households": 2}, "缺少中心城区（central_urban）；缺少核定户数（households）"),
    ],
)
def test_pool_when_one_unit_lacks_a_fact_blocks_its_pool_and_no_other(facts, reason):
    text = pool(', if = { fact = "central_urban", is = true }')
    whole = {"households": 1, "central_urban": True}

    rows = divided(text, [
        ("371502001001", whole), ("371502001002", facts), ("371503001001", whole),
    ])  # fmt: skip

    assert [row.status for row in rows.values()] == ["cannot_compute", "cannot_compute", "ok"]
    assert rows["371502001001"].reason in (reason, reason.split("；")[0])
    assert str(rows["371503001001"].required) == "100.00"


def test_pool_when_each_wider_unit_has_its_own_is_divided_within_it():
    rows = divided(pool(), [
        ("371502001001", {"households": 3}), ("371503001001", {"households": 7}),
        ("371502001002", {"households": 1}),
    ])  # fmt: skip

    assert [str(row.required) for row in rows.values()] == ["75.00", "100.00", "25.00"]


def test_pool_when_divided_among_districts_stands_with_the_districts():
    text = pool(among="district", level="province")
    rows = divided(text, [
        ("371502001001", {"households": 1}), ("371502001002", {"households": 2}),
        ("371503001001", {"households": 1}),
    ])  # fmt: skip

    assert {code: str(row.required) for code, row in rows.items()} == {
        "371502": "75.00", "371503": "25.00",
    }  # fmt: skip


def test_pool_when_its_year_has_passed_asks_nothing():
    text = pool().replace(PAID, f"when = {{ year = {{ at_most = 2017 }} }}\n{PAID}")

    [row] = divided(text, [("371502001001", {})]).values()

    assert (row.status, row.required, row.reason) == ("ok", None, "条件不适用，没有要求")


def test_pool_when_a_community_is_exempt_asks_it_nothing():
    rows = [{"code": f"37150200100{n}", "households": 1} for n in (1, 2)]

    first, second = asked([pool()], rows, exemptions={"371502001001": ["A-1"]}).rows()

    assert first.required is None
    assert first.reason.startswith("经批准豁免，不执行A-1")
    assert str(second.required) == "100.00"


def test_pool_when_all_weights_are_zero_cannot_be_divided_and_says_so():
    rows = divided(
        pool(), [("371502001001", {"households": 0}), ("371503001001", {"households": 1})]
    )

    first, second = rows.values()
    assert (first.status, first.reason) == ("cannot_compute", "权数合计为0，不能分配")
    assert str(second.required) == "100.00"


quotas = st.lists(
    st.tuples(st.integers(0, 2), st.one_of(st.integers(0, 20), st.integers(0, 2**62))),
    min_size=1, max_size=8,
)  # fmt: skip


@given(quotas, st.integers(0, 10**12))
def test_parts_when_any_total_is_distributed_are_nearest_to_their_quota(rows, total):
    group = np.array([one[0] for one in rows])
    weights = np.array([one[1] for one in rows])
    groups = Grouping(group)

    parts = distribute(np.full(len(groups), total), weights, groups, np.arange(len(rows)))

    for key in set(group.tolist()):
        inside = [row for row in range(len(rows)) if group[row] == key]
        whole = sum(int(weights[row]) for row in inside)
        assert sum(int(parts[row]) for row in inside) == total
        for row in inside:
            weight = int(weights[row]) if whole else 1
            quota = Fraction(total * weight, whole or len(inside))
            assert abs(int(parts[row]) - quota) < 1


def test_pool_when_evaluated_row_by_row_is_refused():
    with pytest.raises(TypeError):
        Pool(Fraction(1), "community", "households", None, 0).evaluate(None, True)


def test_distribution_when_there_are_no_rows_is_empty():
    empty = np.array([], dtype=np.int64)

    assert distribute(empty, empty, Grouping(empty), empty).tolist() == []
