"""The engine gives exactly what the slow oracle gives, and keeps its promises on any facts."""

import datetime
import os
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy.engine import Facts, Requirements, Row, Series, Stack, assess, load_text
from policy.engine import rollup as rolled_up
from tests.policy import strategies as made
from tests.policy.oracle_stack import WIDTH, Answer, Case, rollup
from tests.policy.oracle_stack import assess as expected_of

TEXTS = Path(__file__).parents[2] / "policy/texts"
SHIPPED = {
    path.stem: path.read_text("utf-8") for path in TEXTS.glob("*.toml") if "." not in path.stem
}
A, B, C, D, E = (
    "liaocheng-2015", "city-opinions-2013", "beilun", "shandong-2018", "organic-law-2026",
)  # fmt: skip
STACKS = ((A,), (B,), (C,), (D,), (A, D), (A, D, E), (A, B, D), (C, E))
ADDED = ("committee_members", "community_workers", "service_area", "work_funding")

settings.register_profile(
    "engine",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("engine")


def ask(case: Case, sources: Iterable[str]) -> Requirements:
    """The engine's answer to the oracle's question."""
    stack = Stack.of(
        [load_text(source) for source in sources], case.on, case.options, case.exemptions
    )
    return assess(Facts.from_rows(case.rows), stack, Series.from_rows(case.series))


def exact(figure: Any) -> Fraction | None:
    if isinstance(figure, datetime.date):
        return Fraction(figure.toordinal())
    return None if figure is None else Fraction(figure)


def answer(row: Row) -> Answer:
    """A row of the engine as the oracle's answer; a payer who pays nothing is left out."""
    return Answer(
        low=exact(row.low),
        high=exact(row.high),
        required=exact(row.required),
        payers={payer: Fraction(paid) for payer, paid in row.payers.items() if paid},
        conflict=bool(row.conflict),
        status=row.status,
    )


def shown(expected: Answer | None) -> Answer:
    """What the pages would show of an answer of the oracle; nothing said is an empty row."""
    if expected is None:
        return Answer()
    payers = {payer: paid for payer, paid in expected.payers.items() if paid}
    return replace(expected, payers=payers, unclamped=None)


def differences(
    rows: Iterable[Row], expected: Mapping[tuple[str, str], Answer]
) -> dict[tuple[str, str], tuple[Answer | None, Answer]]:
    """Where the engine and the oracle differ; rows the engine does not give count as empty."""
    got = {(row.code, row.subject): answer(row) for row in rows if len(row.code) == 12}
    return {
        key: (got.get(key), shown(expected.get(key)))
        for key in got.keys() | expected.keys()
        if got.get(key, Answer()) != shown(expected.get(key))
    }


def options_of(texts: Iterable[Mapping[str, Any]]) -> st.SearchStrategy[dict[str, str]]:
    """Any value of every option, or its default; start years reach 30 years back."""
    choices: dict[str, st.SearchStrategy[str]] = {}
    for text in texts:
        for provision in text["provision"]:
            for name, option in provision.get("options", {}).items():
                if option.get("kind") == "year":
                    values = st.integers(1988, 2026).map(str)
                elif option.get("kind") == "number":
                    values = st.just(str(option["default"]))
                else:
                    values = st.sampled_from(sorted(option["values"]))
                choices[f"{provision['id']}.{name}"] = values
    return st.fixed_dictionaries(choices)


@st.composite
def shipped_cases(draw: st.DrawFn) -> tuple[Case, list[str]]:
    """Random facts under shipped texts, with any options and exemptions."""
    names = draw(st.sampled_from(STACKS))
    texts = [tomllib.loads(SHIPPED[name]) for name in names]
    rows = draw(made.facts())
    exempt = draw(st.sampled_from(([], ["BL-STF-6"] if C in names else [])))
    case = Case(
        rows=rows,
        texts=texts,
        on=draw(made.days),
        options=draw(options_of(texts)),
        exemptions={row["code"]: set(exempt) for row in rows[::2] if exempt},
        series=draw(made.series),
    )
    return case, [SHIPPED[name] for name in names]


@st.composite
def made_cases(draw: st.DrawFn) -> tuple[Case, list[str]]:
    """Random facts under random small texts of every shape."""
    texts = draw(made.stacks())
    sources = [made.source(text) for text in texts]
    case = Case(
        rows=draw(made.facts(most=5)),
        texts=[tomllib.loads(source) for source in sources],
        on=draw(made.days),
        series=draw(made.series),
    )
    return case, sources


@settings(max_examples=100)
@given(shipped_cases())
def test_engine_when_a_shipped_text_is_asked_equals_the_oracle(asked):
    case, sources = asked

    assert differences(ask(case, sources).rows(), expected_of(case)) == {}


@settings(max_examples=150)
@given(made_cases())
def test_engine_when_any_valid_text_is_asked_equals_the_oracle(asked):
    case, sources = asked

    assert differences(ask(case, sources).rows(), expected_of(case)) == {}


@settings(max_examples=40)
@given(st.one_of(shipped_cases(), made_cases()), st.sampled_from(("street", "district", "city")))
def test_rollup_when_rows_are_summed_equals_the_oracles_sums(asked, level):
    case, sources = asked

    sums = {
        (row.code, row.subject): answer(row)
        for row in rolled_up(ask(case, sources), level).rows()
        if row.required is not None
    }

    expected = rollup(expected_of(case), WIDTH[level])
    for key in {key for key in expected if key[1] in ADDED} | (sums.keys() & expected.keys()):
        wanted = expected[key]
        if wanted.required is not None:
            assert (key, sums[key].required, sums[key].low) == (key, wanted.required, wanted.low)
            assert not wanted.payers or paid_by(sums[key]) == paid_by(wanted)


def paid_by(answer: Answer) -> dict[str, Fraction]:
    return {payer: paid for payer, paid in answer.payers.items() if paid}


@settings(max_examples=60)
@given(made_cases())
def test_figures_when_present_are_in_order_and_their_shares_add_up(asked):
    case, sources = asked

    for row in ask(case, sources).rows():
        ends = [x for x in (row.low, row.required, row.high) if x is not None]
        assert ends == sorted(ends)
        assert not row.payers or sum(row.payers.values()) == row.required
        assert all(0 <= paid <= row.required for paid in row.payers.values())


@settings(max_examples=40)
@given(st.one_of(shipped_cases(), made_cases()), st.randoms(use_true_random=False))
def test_answers_when_rows_are_shuffled_stay_the_same(asked, random):
    case, sources = asked
    shuffled = list(case.rows)
    random.shuffle(shuffled)

    before = sorted(map(repr, ask(case, sources).rows()))
    after = sorted(map(repr, ask(replace(case, rows=shuffled), sources).rows()))

    assert after == before


@settings(max_examples=40)
@given(made_cases())
def test_a_row_when_assessed_alone_equals_itself_among_others(asked):
    case, sources = asked
    among = defaultdict(list)
    for row in ask(case, sources).rows():
        among[row.code].append(row)

    for facts in case.rows:
        alone = ask(replace(case, rows=[facts]), sources)
        assert [r for r in alone.rows() if r.code == facts["code"]] == among[facts["code"]]


@settings(max_examples=40)
@given(st.integers(0, 10**12), st.sampled_from(("ceil", "floor", "half_up")))
def test_unclamped_figure_when_members_are_capped_is_the_oracles(households, rounding):
    case = Case(
        rows=[{"code": "371502001001", "households": households}],
        texts=[tomllib.loads(SHIPPED[A])],
        on=datetime.date(2019, 1, 1),
        options={"LC-STF-1.rounding": rounding},
    )

    members = ask(case, [SHIPPED[A]]).row("committee_members", 0)

    expected = expected_of(case)["371502001001", "committee_members"]
    assert (members.unclamped, members.required) == (expected.unclamped, expected.required)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_distribution_when_a_district_shares_its_workers_adds_up_to_its_quota(households):
    rows = [
        {"code": f"371502001{number:03d}", "households": count}
        for number, count in enumerate(households, 1)
    ]
    total = sum(households)

    shared = list(ask(Case(rows, [], datetime.date(2019, 1, 1)), [SHIPPED[D]]).rows())
    workers = [row for row in shared if row.subject == "community_workers" and len(row.code) == 12]

    if total:
        assert sum(row.low for row in workers) == -(-total // 400)
        assert sum(row.high for row in workers) == -(-total // 300)
        assert all(row.low <= row.high for row in workers)
