"""Properties of dividing and adding yearly facts: nothing is lost, nothing is made up."""

from collections import Counter
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from communities.models import AnnualFacts
from communities.services.facts_flow import (
    ADDITIVE,
    CARRIED,
    KEPT,
    OWN_RULE,
    Flowed,
    Note,
    Source,
    divide,
    flow_facts,
    from_units,
    to_units,
)
from communities.services.plans import Flow, Plan, Successor

LARGE = 10**20
IDENTITY = {"id", "community", "year", "code", "street_code", "district_code", "city_code"}


def row(**values: Any) -> dict[str, Any]:
    """A row in which nothing is reported but the given values."""
    empty = dict.fromkeys((*ADDITIVE, *CARRIED))
    return empty | {"status": "confirmed", "is_demo": False, "remarks": ""} | values


def full(units: dict[str, int]) -> dict[str, Any]:
    return row(**{column: from_units(column, number) for column, number in units.items()})


amounts = st.one_of(st.integers(0, 50), st.integers(0, LARGE))
additive_rows = st.fixed_dictionaries(dict.fromkeys(ADDITIVE, amounts)).map(full)
sparse_rows = st.fixed_dictionaries(dict.fromkeys(ADDITIVE, st.one_of(st.none(), amounts))).map(
    lambda units: full({name: n for name, n in units.items() if n is not None})
)
households = st.one_of(st.integers(0, 5), st.integers(0, 10**9))
SUCCESSORS = st.integers(1, 6).map(lambda number: [f"s{n}" for n in range(number)])


@st.composite
def cases(draw: st.DrawFn, rows: st.SearchStrategy[Any]) -> tuple[list[Source], list[str]]:
    """Up to six sources and successors; each source gives to at least one successor."""
    keys = draw(SUCCESSORS)
    sources = []
    for pk in range(1, draw(st.integers(1, 6)) + 1):
        to = draw(st.lists(st.sampled_from(keys), min_size=1, unique=True))
        flows = tuple(Flow(pk, key, draw(households)) for key in to)
        plan = Plan((pk,), tuple(Successor(key, None, "", "") for key in keys), flows)
        sources.append(Source(pk, plan.weights(pk), draw(rows)))
    return sources, keys


def total(rows: list[Any], column: str) -> int:
    return sum(to_units(column, one[column]) for one in rows if one)


@given(cases(additive_rows))
def test_sum_of_every_additive_column_is_the_same_before_and_after(
    case: tuple[list[Source], list[str]],
) -> None:
    sources, keys = case

    flowed = flow_facts(sources, keys)

    after = list(flowed.rows.values())
    for column in ADDITIVE:
        assert total(after, column) == total([one.row for one in sources], column), column


@given(cases(additive_rows))
def test_each_part_is_within_one_unit_of_its_exact_share(
    case: tuple[list[Source], list[str]],
) -> None:
    sources, keys = case
    for source in sources:
        alone = flow_facts([source], keys).rows
        weight = sum(source.weights.values())
        for key, share in source.weights.items():
            for column in ADDITIVE:
                units = to_units(column, source.row[column]) * share
                part = to_units(column, alone[key][column])
                assert abs(part * weight - units) < weight


@given(additive_rows, SUCCESSORS, st.data())
def test_split_and_merged_again_is_the_old_row(
    old: dict[str, Any], keys: list[str], data: st.DataObject
) -> None:
    weights = dict(zip(keys, data.draw(st.lists(households, min_size=6)), strict=False))
    weights[keys[0]] += not any(weights.values())
    parts = flow_facts([Source(1, weights, old)], keys).rows

    merged = flow_facts(
        [Source(pk, {"whole": 1}, parts[key]) for pk, key in enumerate(keys)], ["whole"]
    )

    assert {name: merged.rows["whole"][name] for name in ADDITIVE} == {
        name: old[name] for name in ADDITIVE
    }


@given(cases(sparse_rows), st.randoms(use_true_random=False))
def test_order_of_the_sources_does_not_matter(
    case: tuple[list[Source], list[str]], chance: Any
) -> None:
    sources, keys = case
    shuffled = list(sources)
    chance.shuffle(shuffled)

    assert flow_facts(shuffled, keys) == flow_facts(sources, keys)


@given(cases(sparse_rows))
def test_sum_is_unknown_where_a_giver_did_not_report_and_the_note_names_it(
    case: tuple[list[Source], list[str]],
) -> None:
    sources, keys = case

    flowed = flow_facts(sources, keys)

    noted = {(note.successor, note.column): note.unknown for note in flowed.notes if note.unknown}
    for key, values in flowed.rows.items():
        for column in ADDITIVE if values else ():
            silent = tuple(
                one.key for one in sources if one.weights.get(key) and one.row[column] is None
            )
            assert noted.get((key, column), ()) == silent
            assert (values[column] is None) == bool(silent)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=6), st.data())
def test_every_part_that_is_assigned_has_exactly_one_successor(
    numbers: list[int], data: st.DataObject
) -> None:
    """Estates and grids: the counts before and after are the same, named or not."""
    keys = data.draw(SUCCESSORS)
    successors = tuple(Successor(key, None, "", "") for key in keys)
    flows = tuple(Flow(pk, data.draw(st.sampled_from(keys)), n) for pk, n in enumerate(numbers))
    plan = Plan(tuple(range(len(numbers))), successors, flows)

    heirs = Counter(plan.main_successor(pk).key for pk in plan.communities)

    assert sum(heirs.values()) == len(numbers)
    assert heirs == Counter(flow.to for flow in flows)


def test_every_column_of_the_facts_has_a_rule() -> None:
    columns = {field.name for field in AnnualFacts._meta.local_fields}

    assert {*ADDITIVE, *CARRIED, *OWN_RULE, *KEPT, *IDENTITY, "version"} == columns
    assert len(ADDITIVE) + len(CARRIED) + len(OWN_RULE) + len(KEPT) + len(IDENTITY) + 1 == len(
        columns
    )


def test_decimal_columns_are_divided_in_their_smallest_unit() -> None:
    places = {
        field.name: getattr(field, "decimal_places", 0) or 0
        for field in AnnualFacts._meta.local_fields
        if field.name in ADDITIVE
    }

    assert places == ADDITIVE


def test_largest_remainder_serves_the_first_of_equals() -> None:
    assert divide(10, [1, 1, 1]) == [4, 3, 3]
    assert divide(8, [1000, 1001, 999]) == [3, 3, 2]
    assert divide(1, [0, 1, 1]) == [0, 1, 0]
    assert divide(0, [1, 2]) == [0, 0]


def test_carried_columns_take_the_value_of_most_households() -> None:
    flowed = flow_facts(
        [
            Source(1, {"s1": 10}, row(area_kind="built", street_tier="", rented_months=0)),
            Source(2, {"s1": 20}, row(area_kind="new", street_tier="", rented_months=None)),
        ],
        ["s1"],
    )

    values = flowed.rows["s1"]
    assert (values["area_kind"], values["street_tier"], values["rented_months"]) == ("new", "", 0)
    assert [note for note in flowed.notes if note.values] == [
        Note("s1", "area_kind", values=("new", "built"))
    ]


def test_status_is_the_least_advanced_and_remarks_stand_one_after_the_other() -> None:
    flowed = flow_facts(
        [
            Source(1, {"s1": 10}, row(status="confirmed", remarks="甲", is_demo=True)),
            Source(2, {"s1": 20}, row(status="submitted", remarks="乙")),
            Source(3, {"s1": 5}, row(remarks="甲")),
        ],
        ["s1"],
    )

    values = flowed.rows["s1"]
    assert (values["status"], values["remarks"], values["is_demo"]) == ("submitted", "乙；甲", True)


def test_remarks_that_would_not_fit_are_cut() -> None:
    sources = [Source(pk, {"s1": 1}, row(remarks=f"{pk}" * 400)) for pk in (1, 2)]

    remarks = flow_facts(sources, ["s1"]).rows["s1"]["remarks"]

    assert remarks == f"{'1' * 400}；{'2' * 98}…"


def test_source_without_facts_leaves_the_sums_to_which_it_gives_unknown() -> None:
    flowed = flow_facts(
        [
            Source(1, {"s1": 10, "s2": 0}, None),
            Source(2, {"s1": 10, "s2": 5}, row(households=15, received_yuan=Decimal("0.03"))),
        ],
        ["s1", "s2", "s3"],
    )

    assert flowed.rows["s1"]["households"] is None
    assert flowed.rows["s2"]["households"] == 5
    assert flowed.rows["s2"]["received_yuan"] == Decimal("0.01")
    assert flowed.rows["s3"] is None
    assert Note("s1", "households", unknown=(1,)) in flowed.notes


def test_nobody_s_facts_make_none() -> None:
    assert flow_facts([Source(1, {"s1": 1}, None)], ["s1"]) == Flowed({"s1": None}, ())
