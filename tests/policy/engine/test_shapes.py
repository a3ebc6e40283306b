"""Every shape of a value computes what the format document says, in worked numbers."""

import datetime
from decimal import Decimal

import pytest

from policy.engine.shapes import SHAPES
from tests.policy.engine.writing import CODE, answer, asked, provision, source

PRICE = [
    {"division": "3715", "series": "average_sale_price", "year": 2017, "value": "4200"},
    {"division": "37", "series": "average_sale_price", "year": 2018, "value": "5000"},
]
GROWTH = [
    {"division": "3715", "series": "natural_growth", "year": year, "value": value}
    for year, value in ((2016, "10"), (2018, "5"))
]
TABLE = """{ table = "households", rows = [
    { range = "[0,3000]", value = { const = [1, 3] } },
    { range = "(3000,)", value = { sum = [ { const = 3 },
      { per = "households", every = 5000, amount = 1, block = "floor" } ] } } ] }"""
TABLE_OF_AREA = """{ table = "premises_area", rows = [
    { range = "[0,1000)", value = { const = 5 } },
    { range = "[1000,)", value = { const = 10 } } ] }"""
WHEN = """{ when = [
    { if = { fact = "area_kind", is = "new" }, then = { const = 300 }, reason = "新建" },
    { if = { fact = "central_urban", is = true }, then = { const = 200 } } ] }"""
CHOICE = """[provision.options.case]
label = "口径"
default = "b"
values = { a = "甲", b = "乙" }"""

# shape, subject, value, facts, (low, high) of a range
WORKED = [
    ("const", "community_workers", "{ const = 300 }", {}, (300, 300)),
    ("const", "community_workers", '{ const = ["1/3", 9] }', {}, (1, 9)),
    ("fact", "premises_area", '{ fact = "premises_area" }', {"premises_area": "12.34"},
     ("12.34", "12.34")),
    ("per", "work_funding", '{ per = "households", every = 1000, amount = 20000 }',
     {"households": 2847}, ("56940.00", "56940.00")),
    ("per", "work_funding", '{ per = "households", every = 1000, amount = 20000, block = "ceil" }',
     {"households": 2847}, ("60000.00", "60000.00")),
    ("per", "work_funding", '{ per = "households", every = 1000, amount = 20000, block = "floor" }',
     {"households": 2847}, ("40000.00", "40000.00")),
    ("per", "work_funding",
     '{ per = "households", every = 1000, amount = 20000, block = "half_up" }',
     {"households": 2500}, ("60000.00", "60000.00")),
    ("per", "community_workers", '{ per = "households", every = [300, 400], amount = 1 }',
     {"households": 1201}, (4, 5)),
    ("per", "combined_premises_area", '{ per = "households", every = 10, amount = ["0.5", 1] }',
     {"households": 101}, ("5.05", "10.10")),
    ("per", "property_premises_area", '{ per = "gross_floor_area", every = 1, amount = "3‰" }',
     {"gross_floor_area": "33333.34"}, ("100.00", "100.00")),
    ("table", "community_workers", TABLE, {"households": 3000}, (1, 3)),
    ("table", "community_workers", TABLE, {"households": 3001}, (3, 3)),
    ("table", "community_workers", TABLE, {"households": 10000}, (5, 5)),
    ("table", "community_workers", TABLE_OF_AREA, {"premises_area": "999.99"}, (5, 5)),
    ("table", "community_workers", TABLE_OF_AREA, {"premises_area": "1000"}, (10, 10)),
    ("index", "work_funding", '{ index = "average_sale_price", lag = 1 }', {},
     ("4200.00", "4200.00")),
    ("index", "work_funding", '{ index = "average_sale_price", factor = "1/3", lag = 0 }', {},
     ("1666.67", "1666.67")),
    ("index", "work_funding", '{ index = "平均房价", factor = "50%", lag = 1 }', {},
     ("2100.00", "2100.00")),
    ("grow", "work_funding", '{ grow = { const = 100 }, rate = "5%", from = 2015 }', {},
     ("115.76", "115.76")),
    ("grow", "work_funding",
     '{ grow = { const = 100 }, rate = "5%", from = 2015, mode = "simple" }',
     {}, ("115.00", "115.00")),
    ("grow", "work_funding",
     '{ grow = { const = 100 }, rate = "5%", from = 2015, round_each_year = 1 }', {},
     ("116.00", "116.00")),
    ("grow", "work_funding", """{ grow = { const = 101 }, rate = "5%", from = 2015, """
     """mode = "simple", round_each_year = "0.1" }""", {}, ("116.30", "116.30")),
    ("grow", "work_funding", '{ grow = { const = 100 }, rate = "5%", from = 2030 }', {},
     ("100.00", "100.00")),
    ("grow", "work_funding", '{ grow = { const = 100 }, series = "natural_growth", from = 2015 }',
     {}, ("115.50", "115.50")),
    ("grow", "work_funding", """{ grow = { const = 105 }, series = "natural_growth", """
     """from = 2015, round_each_year = 1 }""", {}, ("122.00", "122.00")),
    ("sum", "community_workers", '{ sum = [ { const = [1, 2] }, { fact = "extra_workers" } ] }',
     {"extra_workers": 3}, (4, 5)),
    ("product", "staff_pay", '{ product = [ { const = 1000 }, { const = "1.5" } ] }', {},
     ("1500.00", "1500.00")),
    ("max", "community_workers", '{ max = [ { const = [1, 9] }, { const = 5 } ] }', {}, (5, 9)),
    ("min", "community_workers", '{ min = [ { const = [1, 9] }, { const = 5 } ] }', {}, (1, 5)),
    ("clamp", "community_workers", '{ clamp = { fact = "households" }, low = 5, high = 9 }',
     {"households": 4}, (5, 5)),
    ("clamp", "community_workers", '{ clamp = { fact = "households" }, low = 5, high = 9 }',
     {"households": 10}, (9, 9)),
    ("clamp", "community_workers", '{ clamp = { const = [1, 20] }, low = 5 }', {}, (5, 20)),
    ("clamp", "community_workers", '{ clamp = { const = [1, 20] }, high = 9 }', {}, (1, 9)),
    ("when", "work_premises_area", WHEN, {"area_kind": "new"}, ("300.00", "300.00")),
    ("when", "work_premises_area", WHEN, {"area_kind": "built", "central_urban": True},
     ("200.00", "200.00")),
    ("round", "work_premises_area",
     '{ round = { const = ["101.1", "108.9"] }, step = 5, mode = ["ceil", "floor"] }', {},
     ("105.00", "105.00")),
    ("round", "work_premises_area", '{ round = { const = "102.5" }, step = 5, mode = "half_up" }',
     {}, ("105.00", "105.00")),
    ("round", "work_premises_area", '{ round = { const = "102.5" }, step = 5, mode = "none" }',
     {}, ("102.50", "102.50")),
    ("round", "community_workers", """{ round = { clamp = { const = "102.5" }, high = 9 }, """
     """step = 5, mode = "ceil" }""", {}, (10, 10)),
    ("quota", "resident_members", '{ quota = "members_in_post", share = "2/3" }',
     {"members_in_post": 7}, (5, 5)),
    ("quota", "resident_members", '{ quota = "members_in_post", share = "2/3" }',
     {"members_in_post": 6}, (4, 4)),
    ("assessed", "discretionary_workers", '{ assessed = "extra_workers" }', {"extra_workers": 2},
     (2, 2)),
    ("recurrence", "director_training", "{ recurrence = 2, every_years = 1 }", {}, (2, 2)),
    ("recurrence", "director_training", "{ recurrence = 1, every_months = 3 }", {}, (1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "subject", "value", "facts", "wanted"),
    WORKED,
    ids=[f"{one[0]}-{number}" for number, one in enumerate(WORKED)],
)
def test_shape_when_worked_by_hand_gives_its_band(shape, subject, value, facts, wanted):
    row = answer(value, facts, subject=subject, binding="range", series=PRICE + GROWTH)

    assert (str(row.low), str(row.high)) == tuple(map(str, wanted))


def test_shapes_when_listed_are_all_worked_here():
    elsewhere = {"deadline", "choose", "pool", "share_of"}

    assert {one[0] for one in WORKED} | elsewhere == set(SHAPES)


@pytest.mark.parametrize(
    ("span", "event", "due"),
    [
        ("months = 1", "2018-01-31", "2018-02-28"),
        ("months = 1", "2016-01-31", "2016-02-29"),
        ("months = 13", "2018-12-15", "2020-01-15"),
        ("days = 30", "2018-01-31", "2018-03-02"),
        ("working_days = 1", "2018-03-02", "2018-03-05"),
        ("working_days = 5", "2018-03-03", "2018-03-09"),
        ("working_days = 10", "2018-03-01", "2018-03-15"),
    ],
)
def test_deadline_when_worked_by_hand_is_the_day(span, event, due):
    value = f'{{ deadline = "first_move_in_on", {span} }}'

    row = answer(
        value, {"first_move_in_on": event}, subject="premises_handover_due", binding="deadline"
    )

    assert (row.low, row.high) == (None, datetime.date.fromisoformat(due))
    assert row.required == datetime.date.fromisoformat(due)


def test_deadline_when_many_rows_are_asked_blocks_the_one_without_a_day():
    value = '{ deadline = "first_move_in_on", months = 1 }'
    text = source(provision(value, subject="premises_handover_due", binding="deadline"))

    rows = asked([text], [
        {"code": "371502001001", "first_move_in_on": "2018-01-31"},
        {"code": "371502001002"},
        {"code": "371502001003", "first_move_in_on": "2018-01-31"},
    ]).rows()  # fmt: skip

    assert [(row.required, row.status) for row in rows] == [
        (datetime.date(2018, 2, 28), "ok"), (None, "cannot_compute"),
        (datetime.date(2018, 2, 28), "ok"),
    ]  # fmt: skip


@pytest.mark.parametrize(("option", "wanted"), [({}, 2), ({"A-1.case": "a"}, 1)])
def test_choose_when_an_option_is_set_takes_its_case(option, wanted):
    value = '{ choose = "case", cases = { a = { const = 1 }, b = { const = 2 } } }'

    assert answer(value, {}, more=CHOICE, options=option).required == wanted


def test_share_of_when_the_other_is_capped_is_what_the_cap_took_away():
    text = source(
        provision('{ clamp = { per = "households", every = 300, amount = 1, block = "ceil" }, '
                  "low = 5, high = 9 }", subject="committee_members"),
        provision('{ share_of = "A-1", part = "unclamped_excess" }', name="A-2",
                  subject="discretionary_workers"),
    )  # fmt: skip

    rows = asked([text], [{"code": f"37150200100{n}", "households": h}
                          for n, h in enumerate((3300, 2700, 300))])  # fmt: skip

    found = [(row.required, row.unclamped) for row in rows.rows() if row.subject[0] == "d"]
    assert found == [(2, 2), (0, 0), (0, 0)]


def test_when_without_a_true_branch_asks_nothing():
    row = answer(WHEN, {"area_kind": "built", "central_urban": False}, subject="work_premises_area")

    assert (row.status, row.required, row.reason) == ("ok", None, "条件不适用，没有要求")


def test_when_with_a_reason_says_it_with_the_figure():
    row = answer(WHEN, {"area_kind": "new"}, subject="work_premises_area")

    assert (row.required, row.reason) == (Decimal("300.00"), "新建")


def test_when_with_an_unknown_condition_cannot_compute():
    row = answer(WHEN, {"central_urban": True}, subject="work_premises_area")

    assert (row.status, row.reason) == ("cannot_compute", "缺少住区类型（area_kind）")


def test_table_when_its_fact_is_missing_cannot_compute():
    row = answer(TABLE, {}, subject="community_workers")

    assert (row.status, row.required, row.reason) == (
        "cannot_compute", None, "缺少核定户数（households）",
    )  # fmt: skip


def test_index_when_there_is_no_figure_cannot_compute():
    row = answer('{ index = "average_rent", lag = 1 }', {}, subject="work_funding")

    assert (row.status, row.reason) == ("cannot_compute", "缺少2017年平均租金（average_rent）")


@pytest.mark.parametrize("alone", [True, False])
def test_growth_when_one_of_two_districts_decided_grows_there_only(alone):
    value = '{ grow = { const = 100 }, series = "natural_growth", from = 2016 }'
    text = source(provision(value, subject="work_funding"), jurisdiction="37")
    rows = [{"code": "371502001001"}, {"code": "370101001001"}]

    results = (
        [next(asked([text], [row], series=GROWTH).rows()) for row in rows]
        if alone
        else list(asked([text], rows, series=GROWTH).rows())
    )

    assert [str(row.required) for row in results] == ["105.00", "100.00"]


def test_unset_option_when_needed_blocks_and_says_which():
    year = '[provision.options.begun]\nlabel = "起始年"\nkind = "year"'
    value = '{ grow = { const = 100 }, rate = "5%", from = "@begun" }'

    blocked = answer(value, {}, subject="work_funding", more=year)
    grown = answer(value, {}, subject="work_funding", more=year, options={"A-1.begun": "2017"})

    assert (blocked.status, blocked.reason) == (
        "cannot_compute", "还没有设定“A-1.begun”，采用本文件时填写",
    )  # fmt: skip
    assert str(grown.required) == "105.00"


@pytest.mark.parametrize(
    ("condition", "facts", "holds"),
    [
        ('{ fact = "area_kind", is = "new" }', {"area_kind": "new"}, True),
        ('{ fact = "premises_tenure", in = ["bought", "rented"] }', {"premises_tenure": "租赁"},
         True),
        ('{ fact = "premises_tenure", in = ["bought", "rented"] }', {"premises_tenure": "lent"},
         False),
        ('{ fact = "central_urban", is = false }', {"central_urban": "否"}, True),
        ('{ fact = "households", is = 12 }', {"households": 12}, True),
        ('{ fact = "premises_area", is = 300 }', {"premises_area": "300.00"}, True),
        ('{ fact = "households", at_least = 12 }', {"households": 12}, True),
        ('{ fact = "households", above = 12 }', {"households": 12}, False),
        ('{ fact = "households", at_most = "12.5" }', {"households": 12}, True),
        ('{ fact = "households", below = "12.5" }', {"households": 12}, True),
        ('{ fact = "households", at_least = "12.5" }', {"households": 12}, False),
        ('{ fact = "households", above = 10, at_most = 12 }', {"households": 10}, False),
        ('{ fact = "premises_area", at_least = "299.99" }', {"premises_area": "299.99"}, True),
        ("{ year = { at_least = 2018 } }", {}, True),
        ("{ year = { is = 2017 } }", {}, False),
        ("{ year = { above = 2017, below = 2019 } }", {}, True),
        ("{ year = { at_most = 2017 } }", {}, False),
        ('{ ratio = ["occupied_dwellings", "dwellings"], at_least = "50%" }',
         {"occupied_dwellings": 50, "dwellings": 100}, True),
        ('{ ratio = ["occupied_dwellings", "dwellings"], above = "1/2" }',
         {"occupied_dwellings": 50, "dwellings": 100}, False),
        ('{ ratio = ["occupied_dwellings", "dwellings"], at_most = "1/3" }',
         {"occupied_dwellings": 1, "dwellings": 3}, True),
        ('{ ratio = ["occupied_dwellings", "dwellings"], at_most = "1/3" }',
         {"occupied_dwellings": 0, "dwellings": 0}, False),
        ('{ all = [ { fact = "households", above = 1 }, { year = { is = 2018 } } ] }',
         {"households": 2}, True),
        ('{ any = [ { fact = "households", above = 1 }, { year = { is = 2017 } } ] }',
         {"households": 1}, False),
        ('{ not = { fact = "households", above = 1 } }', {"households": 1}, True),
        ('{ any = [ { fact = "households", above = 1 }, { fact = "dwellings", above = 1 } ] }',
         {"dwellings": 2}, True),
        ('{ all = [ { fact = "households", above = 1 }, { fact = "dwellings", above = 1 } ] }',
         {"dwellings": 1}, False),
        ('{ all = [ { fact = "households", above = 1 }, { fact = "dwellings", above = 1 } ] }',
         {"dwellings": 2}, None),
        ('{ any = [ { fact = "households", above = 1 }, { fact = "dwellings", above = 1 } ] }',
         {"dwellings": 1}, None),
        ('{ not = { fact = "households", above = 1 } }', {}, None),
        ('{ ratio = ["occupied_dwellings", "dwellings"], above = "1/2" }', {"dwellings": 1}, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("many", [True, False])
def test_condition_when_judged_holds_fails_or_is_unknown(condition, facts, holds, many):
    text = source(provision(more=f"when = {condition}"))
    rows = [{"code": CODE, **facts}, {"code": "371502001002"}]

    row = next(asked([text], rows if many else rows[:1]).rows())

    wanted = {True: ("ok", 1), False: ("ok", None), None: ("cannot_compute", None)}
    assert (row.status, row.required) == wanted[holds]
