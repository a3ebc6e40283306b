"""Facts of wider units, and rules that are stated for them."""

import pytest

from policy.engine import Facts
from policy.engine.levels import aggregate
from tests.policy.engine.writing import asked, provision, source

FIRST, SECOND, THIRD = "371502001001", "371502001002", "371503001001"
WORKERS = '{ per = "households", every = [300, 400], amount = 1 }'


def quota(more="", value=WORKERS, **given):
    shape = {"subject": "community_workers", "binding": "range", **given}
    return source(provision(value, more=f'level = "district"\n{more}', **shape), jurisdiction="37")


def counted(*households):
    codes = (FIRST, SECOND, THIRD)
    return [
        {"code": code, "households": count} for code, count in zip(codes, households, strict=False)
    ]


def test_facts_when_aggregated_add_up_what_adds_up():
    wide = aggregate(Facts.from_rows(counted(5, 7, 9)), "district")

    assert (wide.codes, wide.get("households").num.tolist()) == (["371502", "371503"], [12, 9])


def test_facts_when_a_community_lacks_one_are_missing_above_it():
    wide = aggregate(Facts.from_rows([*counted(5, 7), {"code": THIRD}]), "district")

    assert wide.get("households").missing.tolist() == [False, True]


def test_facts_of_the_district_when_communities_agree_are_taken_once():
    wide = aggregate(Facts.from_rows([
        {"code": THIRD, "premises_gap_weight": 8, "central_urban": True},
        {"code": FIRST, "premises_gap_weight": 5, "central_urban": True},
        {"code": SECOND, "premises_gap_weight": 5, "central_urban": False},
    ]), "district")  # fmt: skip

    assert wide.get("premises_gap_weight").num.tolist() == [5, 8]
    assert wide.get("central_urban").missing.tolist() == [True, False]


def test_facts_when_huge_are_added_exactly():
    wide = aggregate(Facts.from_rows(counted(2**62, 2**62, 1)), "district")

    assert [int(num) for num in wide.get("households").num] == [2**63, 1]


def test_rule_of_the_district_when_not_distributed_stands_with_the_district():
    rows = list(asked([quota()], counted(12000, 11000, 100)).rows())

    assert [(row.code, row.low, row.high) for row in rows] == [
        ("371502", 58, 77), ("371503", 1, 1),
    ]  # fmt: skip


def test_rule_of_the_district_when_distributed_adds_up_to_its_quota():
    rows = list(asked([quota('distribute = "households"')], counted(1700, 700, 350)).rows())

    assert [(row.code, row.low, row.high) for row in rows] == [
        (FIRST, 4, 5), (SECOND, 2, 3), (THIRD, 1, 2),
    ]  # fmt: skip
    assert sum(row.low for row in rows[:2]) == 6
    assert sum(row.high for row in rows[:2]) == 8


def test_rule_when_distributed_and_a_community_lacks_the_fact_blocks_its_district():
    rows = list(asked([quota('distribute = "households"')],
                      [*counted(1700), {"code": SECOND}, *counted(0, 0,
                       350)[2:]]).rows())  # fmt: skip

    assert [(row.status, row.low) for row in rows] == [
        ("cannot_compute", None), ("cannot_compute", None), ("ok", 1),
    ]  # fmt: skip
    assert rows[0].reason == "缺少核定户数（households），有社区未填，总量无法分配"


def test_rule_when_distributed_and_its_condition_fails_asks_nothing_there():
    more = 'distribute = "households"\nwhen = { fact = "central_urban", is = true }'
    rows = counted(300, 300, 300)
    for row, central in zip(rows, (True, True, False), strict=True):
        row["central_urban"] = central

    found = asked([quota(more)], rows).rows()

    assert [(row.low, row.reason) for row in found] == [
        (1, ""), (1, ""), (None, "条件不适用，没有要求"),
    ]  # fmt: skip


@pytest.mark.parametrize("value", [WORKERS, "{ const = 3 }"])
def test_rule_when_distributed_beside_another_place_leaves_that_alone(value):
    near = quota('distribute = "households"', value).replace('"37"', '"371502"')
    far = source(provision(subject="community_workers", binding="at_least", name="A-2"),
                 jurisdiction="37").replace("own-2016", "own-2015")  # fmt: skip

    rows = list(asked([near, far], counted(600, 600, 600)).rows())

    assert [row.binding for row in rows] == [("A-1",), ("A-1", "A-2"), ("A-2",)]
    assert sum(row.low for row in rows[:2]) == 3


def test_rule_when_distributed_and_the_place_lacks_a_fact_blocks_its_rows_alone():
    near = quota('distribute = "households"').replace('"37"', '"371502"')
    far = source(provision(subject="community_workers", binding="at_least", name="A-2"),
                 jurisdiction="37").replace("own-2016", "own-2015")  # fmt: skip

    rows = list(asked([near, far], [*counted(600), {"code": SECOND}, {"code": THIRD}]).rows())

    assert [row.status for row in rows] == ["cannot_compute", "cannot_compute", "ok"]


def test_rule_when_distributed_and_a_community_is_exempt_asks_it_nothing():
    rows = list(asked([quota('distribute = "households"')], counted(600, 600),
                      exemptions={FIRST: ["A-1"]}).rows())  # fmt: skip

    assert [(row.low, row.reason) for row in rows] == [(None, "经批准豁免，不执行A-1"), (1, "")]


def test_rows_of_wider_units_when_given_answer_their_own_level_only():
    text = quota('distribute = "households"') + provision(name="A-2")

    rows = list(asked([text], [{"code": "371502", "households": 23000}, *counted(300)]).rows())

    assert [(row.code, row.subject, row.low) for row in rows] == [
        (FIRST, "community_workers", 1), (FIRST, "service_halls", 1),
        ("371502", "community_workers", 58),
    ]  # fmt: skip


def test_row_of_a_wider_unit_when_given_is_not_summed_again():
    rows = [{"code": "371502", "households": 23000}, *counted(300, 300, 600)]

    found = {row.code: row.low for row in asked([quota()], rows).rows()}

    assert found == {"371502": 58, "371503": 2}


def test_row_by_number_when_levels_are_mixed_is_the_given_one():
    text = quota('distribute = "households"')

    result = asked([text], [{"code": "371502", "households": 23000}, *counted(300)])

    assert result.row("community_workers", 0).code == "371502"
    assert result.row("community_workers", 1).code == FIRST
    assert result.subjects == ["community_workers"]


def test_row_by_number_when_texts_differ_by_place_is_the_given_one():
    near = source(provision(name="A-2", subject="grids"), jurisdiction="371503")
    text = source(provision(), jurisdiction="37").replace("own-2016", "own-2015")

    result = asked([near, text], [{"code": THIRD}, {"code": FIRST}])

    assert [result.row("service_halls", number).code for number in (0, 1)] == [THIRD, FIRST]
    assert result.row("grids", 0).required == 1
    with pytest.raises(KeyError):
        result.row("grids", 1)


def test_estates_when_given_are_assessed_like_communities():
    text = source(provision('{ per = "gross_floor_area", every = 1, amount = "3‰" }',
                            subject="property_premises_area", more='level = "estate"'))  # fmt: skip

    rows = list(asked([text], [
        {"code": f"{FIRST}-1", "gross_floor_area": 50000},
        {"code": f"{FIRST}-2", "gross_floor_area": 20000},
    ]).rows())  # fmt: skip

    assert [(row.code, str(row.required)) for row in rows] == [
        (f"{FIRST}-1", "150.00"), (f"{FIRST}-2", "60.00"),
    ]  # fmt: skip


def test_facts_when_there_are_no_rows_give_no_requirements():
    result = asked(
        [quota(), quota('distribute = "households"').replace("own-2016", "own-2017")], []
    )

    assert (list(result.rows()), result.subjects) == ([], [])
