"""Properties of yearly facts that flow: columns within others, who counts as a giver, rows kept."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.choices import FactsStatus
from communities.services.facts_flow import (
    ADDITIVE,
    CARRIED,
    PART_OF,
    Note,
    Source,
    divide,
    flow_facts,
    from_units,
    to_units,
)
from communities.services.plans import Flow, Plan, Successor

Rows = Iterable[Mapping[str, Any] | None]
UNITS = st.one_of(st.integers(0, 30), st.integers(0, 10**15))
HOUSEHOLDS = st.one_of(st.integers(0, 5), st.integers(0, 10**6))
# drawn: the columns that are a part of another, those others, and two that are neither
WHOLES = (
    "dwellings",
    "premises_area_m2",
    "committee_members_in_post",
    "households",
    "received_yuan",
)
CARRIED_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "area_kind": st.sampled_from(["", "built", "new"]),
    "central_urban": st.sampled_from([None, True, False]),
    "premises_tenure": st.sampled_from(["", "rented", "purchased"]),
    "rented_months": st.one_of(st.none(), st.integers(0, 12)),
}


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    """A row as a community may report it: of every status, with gaps, parts within their whole."""
    units = dict.fromkeys(ADDITIVE) | {
        name: draw(st.one_of(st.none(), UNITS)) for name in (*WHOLES, *PART_OF)
    }
    for column in ("completed_dwellings", *PART_OF):
        whole = nearest(column, units)
        if units[column] is not None and whole is not None:
            units[column] = min(units[column], whole)
    row = {name: None if n is None else from_units(name, n) for name, n in units.items()}
    carried = {name: draw(CARRIED_VALUES.get(name, st.none())) for name in CARRIED}
    own = {
        "status": draw(st.sampled_from(FactsStatus.values)),
        "is_demo": draw(st.booleans()),
        "remarks": draw(st.sampled_from(["", "甲", "乙", "丙" * 400, "丁" * 500])),
    }
    return row | carried | own


def nearest(column: str, units: dict[str, Any]) -> Any:
    """What is reported of the column that a column is a part of; else of the next wider one."""
    while column in PART_OF:
        column = PART_OF[column]
        if units[column] is not None:
            return units[column]
    return None


@st.composite
def rescaled(draw: st.DrawFn) -> tuple[list[Source], list[str]]:
    """Communities that all go on, as the form fills it: most cells between them are 0."""
    number = draw(st.integers(2, 4))
    keys = [f"c{pk}" for pk in range(number)]
    successors = tuple(Successor(f"c{pk}", pk, "", "") for pk in range(number))
    flows = tuple(
        Flow(pk, key, draw(HOUSEHOLDS if pk == place else st.sampled_from([0, 0, 0, 1, 900])))
        for pk in range(number)
        for place, key in enumerate(keys)
    )
    plan = Plan(tuple(range(number)), successors, flows)
    row = st.one_of(st.none(), rows())
    return [Source(pk, plan.weights(pk), draw(row), f"c{pk}") for pk in range(number)], keys


@st.composite
def merged_or_split(draw: st.DrawFn) -> tuple[list[Source], list[str]]:
    keys = [f"s{n}" for n in range(draw(st.integers(1, 5)))]
    sources = []
    for pk in range(draw(st.integers(1, 4))):
        weights = {key: draw(HOUSEHOLDS) for key in keys}
        weights[keys[0]] += not any(weights.values())
        sources.append(Source(pk, weights, draw(rows())))
    return sources, keys


CASES = st.one_of(rescaled(), merged_or_split())


def nested(found: Rows) -> bool:
    return all(
        row[part] is None or row[whole] is None or row[part] <= row[whole]
        for row in found
        if row
        for part, whole in (*PART_OF.items(), ("occupied_dwellings", "dwellings"))
    )


@given(CASES)
def test_part_of_a_column_stays_within_it(case: tuple[list[Source], list[str]]) -> None:
    sources, keys = case
    assert nested(one.row for one in sources)

    assert nested(flow_facts(sources, keys).rows.values())


@given(CASES, CASES)
def test_part_of_a_column_stays_within_it_after_a_second_act(
    first: tuple[list[Source], list[str]], second: tuple[list[Source], list[str]]
) -> None:
    made = list(flow_facts(*first).rows.values())
    sources = [
        Source(one.key, one.weights, made[place % len(made)], one.goes_on)
        for place, one in enumerate(second[0])
    ]

    assert nested(flow_facts(sources, second[1]).rows.values())


@given(CASES)
def test_what_all_givers_reported_has_the_same_sum_before_and_after(
    case: tuple[list[Source], list[str]],
) -> None:
    sources, keys = case
    after = flow_facts(sources, keys).rows
    for column in ADDITIVE:
        if any(one.row is None or one.row[column] is None for one in sources):
            continue
        before = sum(to_units(column, one.row[column]) for one in sources if one.row)
        assert sum(to_units(column, row[column]) for row in after.values() if row) == before


@given(merged_or_split())
def test_shares_of_parts_are_within_two_units_and_of_parts_of_parts_within_three(
    case: tuple[list[Source], list[str]],
) -> None:
    source, keys = case[0][0], case[1]
    alone, weight = flow_facts([source], keys).rows, sum(source.weights.values())
    for column in ADDITIVE:
        if source.row is None or source.row[column] is None:
            continue
        within = 1 + (column in PART_OF) + (PART_OF.get(column, "") in PART_OF)
        for key, share in source.weights.items():
            exact = to_units(column, source.row[column]) * share
            row = alone[key]
            assert row is not None
            assert abs(to_units(column, row[column]) * weight - exact) < within * weight


@given(rescaled())
def test_community_that_neither_gives_nor_gets_keeps_its_row(
    case: tuple[list[Source], list[str]],
) -> None:
    sources, keys = case
    own = next((one.row for one in sources if one.row), None)
    others = [Source(one.key, {**one.weights, "c9": 0}, one.row, one.goes_on) for one in sources]
    itself = Source(9, {"c9": 70, **dict.fromkeys(keys, 0)}, own, "c9")

    flowed = flow_facts([*others, itself], [*keys, "c9"])

    assert flowed.rows["c9"] == own
    assert [note for note in flowed.notes if note.successor == "c9" and note.values] == []


@given(rescaled())
def test_flows_of_nobody_change_nothing_for_the_others(
    case: tuple[list[Source], list[str]],
) -> None:
    """A cell of 0 households is as good as none."""
    sources, keys = case
    written = [
        Source(one.key, {key: n for key, n in one.weights.items() if n}, one.row, one.goes_on)
        for one in sources
    ]
    received = {key for one in written for key in one.weights}

    flowed, plain = flow_facts(sources, keys), flow_facts(written, keys)

    assert {key: flowed.rows[key] for key in received} == {key: plain.rows[key] for key in received}
    assert [one for one in flowed.notes if one.successor in received] == list(plain.notes)


def test_dwellings_of_the_example_stay_nested() -> None:
    row = dict.fromkeys((*ADDITIVE, *CARRIED)) | {
        "dwellings": 11,
        "completed_dwellings": 10,
        "status": "draft",
        "is_demo": False,
        "remarks": "",
    }

    flowed = flow_facts([Source(1, {"a": 60, "b": 60, "c": 20}, row)], ["a", "b", "c"]).rows

    made = [flowed[key] or {} for key in ("a", "b", "c")]
    assert [one["dwellings"] for one in made] == [5, 5, 1]
    assert [one["completed_dwellings"] for one in made] == [5, 4, 1]


def test_nobody_gives_to_a_community_that_goes_on_then_it_keeps_what_it_is_like() -> None:
    empty = dict.fromkeys((*ADDITIVE, *CARRIED))
    own = empty | {"status": "confirmed", "is_demo": False, "remarks": "古城", "households": 90}
    other = empty | {"status": "draft", "is_demo": True, "remarks": "湖南", "households": 50}

    flowed = flow_facts(
        [
            Source(1, {"c1": 0, "c2": 90}, own, "c1"),
            Source(2, {"c1": 0, "c2": 50}, other, "c2"),
        ],
        ["c1", "c2"],
    )

    kept, larger = flowed.rows["c1"], flowed.rows["c2"]
    assert kept is not None
    assert (kept["households"], kept["status"], kept["is_demo"], kept["remarks"]) == (
        0,
        "confirmed",
        False,
        "古城",
    )
    assert larger is not None
    assert (larger["households"], larger["status"], larger["is_demo"], larger["remarks"]) == (
        140,
        "draft",
        True,
        "古城；湖南",
    )
    assert Note("c1", "households", unknown=(2,)) not in flowed.notes


@pytest.mark.parametrize(
    ("whole", "limits", "parts"),
    [
        (10, [5, 5, 1], [5, 4, 1]),
        (10, None, [4, 4, 2]),
        (11, [5, 5, 1], [5, 5, 1]),
        (0, [5, 5, 1], [0, 0, 0]),
    ],
)
def test_unit_without_room_goes_to_the_next_remainder(
    whole: int, limits: list[int] | None, parts: list[int]
) -> None:
    assert divide(whole, [60, 60, 20], limits) == parts


def test_place_with_room_for_two_units_gets_both_where_the_others_have_none() -> None:
    # 12 × 1 ÷ 27 = 0.44 and 12 × 8 ÷ 27 = 3.56; 10 × 1 ÷ 27 = 0.37 and 10 × 8 ÷ 27 = 2.96
    weights = [1, 1, 1, 8, 8, 8]

    assert divide(12, weights) == [0, 0, 0, 4, 4, 4]
    assert divide(10, weights) == [1, 0, 0, 3, 3, 3]
    assert divide(10, weights, [0, 0, 0, 4, 4, 4]) == [0, 0, 0, 4, 3, 3]
