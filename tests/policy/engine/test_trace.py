"""An explanation can be computed again, names every clause and ends with the required figure."""

import datetime
import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.engine import (
    Facts,
    Series,
    Stack,
    assess,
    catalogue,
    explain,
    explain_all,
    load_shipped,
    shipped_ids,
)
from tests.policy.engine.formula_reader import compute, figure
from tests.policy.engine.writing import CODE, asked, provision, source

ON = (datetime.date(2013, 6, 1), datetime.date(2018, 12, 31), datetime.date(2026, 3, 1))
PLACES = {"beilun": "330206001001"}
SERIES = Series.from_rows(
    {"division": "", "series": name, "year": year, "value": f"{4200 + 7 * year}.5"}
    for name in ("average_sale_price", "average_rent", "disposable_income", "average_wage")
    for year in range(2011, 2027)
)
GROWTH = [
    {"division": "3715", "series": "natural_growth", "year": year, "value": value}
    for year, value in ((2016, "10"), (2018, "2.5"))
]
KINDS = {
    "count": st.integers(0, 99_999),
    "area": st.integers(0, 10**8).map(lambda units: str(Decimal(units).scaleb(-2))),
    "money": st.integers(0, 10**9).map(lambda units: str(Decimal(units).scaleb(-2))),
    "flag": st.booleans(),
    "date": st.dates(datetime.date(2010, 1, 1), datetime.date(2030, 12, 31)),
}


def values(fact):
    if fact.kind == "choice":
        return st.sampled_from(list(fact.choices))
    return st.integers(0, fact.most) if fact.most else KINDS[fact.kind]


reported = st.fixed_dictionaries({
    key: values(fact) for key, fact in catalogue().facts.items()
})  # fmt: skip


def traces(text_id, facts, on):
    options = {"BL-FND-2.start_year": "2016"} if text_id == "beilun" else {}
    stack = Stack.of([load_shipped(text_id)], on, options)
    row = {"code": PLACES.get(text_id, CODE), **facts}
    result = assess(Facts.from_rows([row]).one(0), stack, SERIES)
    return explain_all(result, 0)


def check(trace):
    """Every formula gives its result, and the last one of the low end the provision's figure."""
    for one in trace.provisions:
        formulas = [step for step in one.steps if step.formula]
        for step in formulas:
            assert compute(step.expr) == figure(step.result), step
        ends = [step for step in formulas if step.label in ("结果", "低端")]
        if ends:
            low = one.figure.lstrip("不少于超过约").split("~")[0]
            assert figure(ends[-1].result) == figure(low), (one.id, one.steps)


@pytest.mark.parametrize("text_id", shipped_ids())
@given(facts=reported, on=st.sampled_from(ON))
def test_formulas_when_computed_again_give_their_results(text_id, facts, on):
    for trace in traces(text_id, facts, on):
        check(trace)


SPREAD = [
    {"households": households, "area_kind": kind, "premises_tenure": tenure, "premises_area": area}
    for households, (kind, tenure, area) in itertools.product(
        (0, 1, 299, 300, 301, 514, 1501, 2700, 2701, 2847, 3000, 99_999),
        (("new", "bought", "420"), ("built", "rented", "299.99"), ("built", "collective", "1000")),
    )
]
REST = {
    "households_recorded": 2900, "new_households": 120, "dwellings": 120,
     "completed_dwellings": 100,
    "occupied_dwellings": 50, "members_in_post": 7, "gross_floor_area": "33333.34",
    "contract_price": "1500000", "contract_rent": "99999.99", "rented_months": 7, "post": "deputy",
    "first_move_in_on": "2018-01-31", "social_insurance": "9000", "extra_workers": 2,
    "mean_yearly_income": "40000.01", "street_tier": "weaker", "central_urban": False,
    "social_organisations": 3, "premises_gap_weight": 1, "poor_county": True,
}  # fmt: skip


@pytest.mark.parametrize("text_id", shipped_ids())
def test_formulas_when_facts_are_spread_give_their_results(text_id):
    for facts, on in itertools.product(SPREAD, ON):
        for trace in traces(text_id, {**REST, **facts}, on):
            check(trace)


def required_figure(row):
    """The figure as a page shows it."""
    if isinstance(row.required, datetime.date):
        return row.required.isoformat()
    unit = catalogue().subjects[row.subject].unit
    if unit.key == "ratio":
        return f"{row.required * 100:f}".rstrip("0").rstrip(".") + "%"
    return f"{row.required:,.2f}{unit.label}" if unit.places else f"{row.required:,}{unit.label}"


@pytest.mark.parametrize("text_id", shipped_ids())
def test_final_line_when_computed_names_every_clause_and_ends_with_the_figure(text_id):
    for facts, on in itertools.product(SPREAD[::5], ON):
        for trace in traces(text_id, {**REST, **facts}, on):
            asking = [one for one in trace.provisions if one.asks]
            if trace.row.required is None:
                assert trace.final == trace.row.reason
                continue
            assert trace.final.endswith(f" → {required_figure(trace.row)}")
            for one in asking:
                assert f"（《{one.text.title}》{one.article}，{one.binding}）" in trace.final


def final_of(texts, facts, subject, on=ON[1], series=SERIES, **choices):
    stack = Stack.of([load_shipped(text_id) for text_id in texts], on, **choices)
    rows = [{"code": PLACES.get(texts[0], CODE), **facts}]
    return explain(assess(Facts.from_rows(rows), stack, series), subject, 0)


def test_final_line_when_two_texts_meet_is_the_designs_example():
    trace = final_of(("liaocheng-2015", "shandong-2018"), {"households": 2847}, "work_funding")

    assert trace.final == (
        "2,847户 × 20,000元 ÷ 1,000户 = 56,940.00元"
        "（《聊城市城市社区管理办法（试行）》第三十一条，不低于）；"
        "取高（56,940，60,000） = 60,000.00元（《山东省城市社区建设标准》答复：工作经费，不低于）"
        " → 60,000.00元"
    )
    assert [(one.id, one.role, one.figure) for one in trace.provisions] == [
        ("LC-FND-1", "下限", "不少于56,940.00元"), ("SD-FND-1", "取此值", "不少于60,000.00元"),
    ]  # fmt: skip
    assert trace.payers == (("district", Decimal("60000.00"), Fraction(100)),)
    assert [(one.label, one.value, one.basis) for one in trace.inputs] == [
        ("核定户数", "2,847户", "households")
    ]


def test_payers_when_explained_carry_their_percentage_of_the_whole():
    trace = final_of(("city-opinions-2013",), {"households": 2800}, "work_funding")

    assert trace.payers == (
        ("city", Decimal("28000.00"), Fraction(50)), ("district", Decimal("28000.00"),
         Fraction(50)),
    )  # fmt: skip


def test_payers_when_the_sum_is_zero_have_no_percentage():
    trace = final_of(("city-opinions-2013",), {"households": 0}, "work_funding")

    assert [share for *_, share in trace.payers] == [0, 0]


def test_exempted_row_when_explained_says_what_was_lifted():
    trace = final_of(
        ("beilun",), {"households": 514}, "community_workers",
        exemptions={"330206001001": ["BL-STF-6"]},
    )  # fmt: skip

    assert (trace.row.required, trace.row.reason) == (2, "经批准豁免，不执行BL-STF-6")
    assert {one.id: (one.asks, one.figure, one.role) for one in trace.provisions} == {
        "BL-STF-5": (True, "2人", "取此值"), "BL-STF-6": (False, "", ""),
    }  # fmt: skip


def test_assessed_row_when_explained_carries_the_suggestion():
    facts = {"households": 3456, "extra_workers": 1}

    trace = final_of(("liaocheng-2015",), facts, "discretionary_workers")

    [one] = trace.provisions
    first = one.steps[0]
    assert (first.label, first.expr, first.result) == ("建议", "12 − 9", "3人")
    assert (one.figure, trace.row.required) == ("1人", 1)


def test_assessed_row_when_nothing_is_decided_still_carries_the_suggestion():
    trace = final_of(("liaocheng-2015",), {"households": 3456}, "discretionary_workers")

    assert [step.label for step in trace.provisions[0].steps] == ["建议"]
    assert trace.final == "还没有核定增配人数（extra_workers）"


def test_assessed_row_when_the_suggestion_lacks_a_fact_has_none():
    trace = final_of(("liaocheng-2015",), {"extra_workers": 1}, "discretionary_workers")

    assert [step.label for step in trace.provisions[0].steps] == ["结果"]


def test_growth_when_decided_for_some_years_says_which_are_silent():
    trace = final_of(("liaocheng-2015",), {"households": 1000}, "work_funding",
                     series=Series.from_rows(GROWTH))  # fmt: skip

    steps = trace.provisions[0].steps
    assert [(step.label, step.expr, step.result) for step in steps] == [
        ("自然增长", "2017年没有增长决定", "按不增长"),
        ("结果", "1,000户 × 20,000元 ÷ 1,000户 ×（1 + 10%） ×（1 + 2.5%）", "22,550.00元"),
    ]
    assert compute(steps[-1].expr) == 22550


def test_growth_when_every_year_was_decided_has_nothing_more_to_say():
    trace = final_of(("liaocheng-2015",), {"households": 1000}, "work_funding",
                     on=datetime.date(2016, 12, 31), series=Series.from_rows(GROWTH))  # fmt: skip

    [step] = trace.provisions[0].steps
    assert step.result == "22,000.00元"


def test_suggestion_when_it_asks_nothing_is_left_out():
    value = """{ assessed = "extra_workers", suggested = { when = [
      { if = { fact = "area_kind", is = "new" }, then = { const = 3 } } ] } }"""
    text = source(provision(value, subject="discretionary_workers", binding="assessed"))
    rows = [{"code": CODE, "extra_workers": 1, "area_kind": kind} for kind in ("new", "built")]

    labels = [
        [step.label for step in explain(asked([text], [row]), "discretionary_workers", 0)
         .provisions[0].steps]
        for row in rows
    ]  # fmt: skip

    assert labels == [["建议", "结果"], ["结果"]]


def test_growth_when_nothing_was_decided_says_so():
    trace = final_of(("liaocheng-2015",), {"households": 1000}, "work_funding", series=Series({}))

    assert trace.provisions[0].steps[0].expr == "2016~2018年中3年没有增长决定"


def test_quota_of_the_district_when_distributed_is_said():
    rows = [{"code": f"37150200100{n}", "households": h} for n, h in ((1, 1700), (2, 700))]
    result = assess(Facts.from_rows(rows), Stack.of([load_shipped("shandong-2018")], ON[1]))

    trace = explain(result, "community_workers", 0)

    [step] = trace.provisions[0].steps
    assert step.expr == "按县（市、区）核定户数合计核定总量，再按各社区核定户数以最大余数法分配"
    assert (step.label, step.result, step.formula) == ("总量分配", "4~5人", False)
    assert trace.final.startswith("4~5人（《山东省城市社区建设标准》")


def test_quota_of_the_district_when_asked_of_the_district_is_a_formula():
    rows = [{"code": "371502", "households": 23000}]
    result = assess(Facts.from_rows(rows), Stack.of([load_shipped("shandong-2018")], ON[1]))

    trace = explain(result, "community_workers", 0)

    assert [(step.label, step.expr) for step in trace.provisions[0].steps] == [
        ("低端", "进位（23,000户 ÷ 400户）"), ("高端", "进位（23,000户 ÷ 300户）"),
    ]  # fmt: skip


def test_options_when_used_are_named_with_their_values():
    trace = final_of(("liaocheng-2015",), {"households": 301}, "committee_members",
                     options={"LC-STF-1.rounding": "floor"})  # fmt: skip

    [used] = trace.provisions[0].options
    assert (used.option.label, used.value_label) == ("不足300户的部分", "不计")


def test_option_when_not_set_is_named_as_open():
    trace = final_of(("beilun",), {"households": 514, "street_tier": "weaker"}, "work_funding")

    [used] = [one for one in trace.provisions[1].options if one.option.kind == "year"]
    assert used.value_label == "还没有设定"
    assert "还没有设定“BL-FND-2.start_year”，采用本文件时填写" in trace.final


def test_inputs_when_not_reported_say_so():
    trace = final_of(("liaocheng-2015",), {}, "committee_members")

    assert [(one.label, one.value) for one in trace.inputs] == [("核定户数", "未填")]


def test_pool_when_explained_says_how_it_was_divided():
    value = '{ pool = 100, among = "community", weights = "households" }'
    text = source(provision(value, subject="work_funding", more='level = "district"'))
    rows = [{"code": f"37150200100{n}", "households": 1} for n in (1, 2, 3)]

    trace = explain(asked([text], rows), "work_funding", 2)

    [step] = trace.provisions[0].steps
    assert (step.expr, step.result) == ("100元按权数以最大余数法分到分", "33.33元")


def test_explanation_when_levels_are_mixed_is_of_the_given_row():
    text = source(provision(value='{ per = "households", every = 300, amount = 1, block = "ceil" }',
                            more='level = "district"'), provision(name="A-2",
                             subject="grids"))  # fmt: skip
    rows = [{"code": "371502", "households": 700}, {"code": CODE, "households": 5}]

    result = asked([text], rows)

    assert explain(result, "service_halls", 0).row.required == 3
    assert [trace.row.code for trace in explain_all(result, 1)] == [CODE]
