"""The steps of every shape, and the conditions that decide, in Chinese."""

import pytest

from policy.engine import explain
from policy.engine.formula import formula_of
from policy.engine.wording import condition_text
from tests.policy.engine.formula_reader import compute
from tests.policy.engine.writing import CODE, asked, provision, source


@pytest.mark.parametrize(
    ("subject", "value", "facts", "steps"),
    [
        ("community_workers", '{ table = "households", rows = [ '
         '{ range = "[0,3000)", value = { const = 3 } }, '
         '{ range = "[3000,5000]", value = { const = 4 } }, '
         '{ range = "(5000,)", value = { const = 5 } } ] }', {"households": 3000},
         [("适用档次", "核定户数3,000户", "3,000户以上（含），5,000户以下（含）"), ("文件规定", "",
          "4人")]),
        ("community_workers", '{ table = "households", rows = [ '
         '{ range = "[0,5000]", value = { const = 3 } }, '
         '{ range = "(5000,)", value = { const = 5 } } ] }', {"households": 5001},
         [("适用档次", "核定户数5,001户", "5,000户以上（不含）"), ("文件规定", "", "5人")]),
        ("community_workers", '{ table = "households", rows = [ '
         '{ range = "[0,)", value = { const = 3 } } ] }', {"households": 0},
         [("适用档次", "核定户数0户", "任意数"), ("文件规定", "", "3人")]),
        ("work_funding", '{ grow = { const = 100 }, rate = "5%", from = 2015 }', {},
         [("增长", "2015年起每年5%", "3年"), ("结果", "四舍五入到0.01（100 ×（1 + 5%）^3）",
          "115.76元")]),
        ("work_funding", '{ grow = { sum = [ { const = 60 }, { const = 40 } ] }, rate = "5%", '
         'from = 2016, mode = "simple" }', {},
         [("增长", "2016年起每年5%", "2年"), ("结果", "（60 + 40） ×（1 + 5% × 2）", "110.00元")]),
        ("work_funding", '{ grow = { const = 100 }, rate = "5%", from = 2018 }', {},
         [("增长", "2018年起算，当年不增长", ""), ("文件规定", "", "100.00元")]),
        ("work_funding",
         '{ grow = { const = 100 }, rate = "5%", from = 2015, round_each_year = 1 }', {},
         [("增长", "2015年起每年5%，共3年", "每年四舍五入到1"), ("文件规定", "", "116.00元")]),
        ("director_training", "{ recurrence = 1, every_years = 2 }", {},
         [("频次", "每2年", "至少1次")]),
        ("director_training", "{ recurrence = 2, every_months = 3 }", {},
         [("频次", "每3个月", "至少2次")]),
        ("premises_handover_due", '{ deadline = "first_move_in_on", days = 30 }',
         {"first_move_in_on": "2018-01-31"},
         [("期限", "首批居民入住日2018-01-31之后30天内", "2018-03-02")]),
        ("premises_handover_due", '{ deadline = "first_move_in_on", working_days = 5 }',
         {"first_move_in_on": "2018-01-31"},
         [("期限", "首批居民入住日2018-01-31之后5个工作日内", "2018-02-07")]),
        ("work_funding", '{ product = [ { const = 1 }, { const = 1 } ] }', {},
         [("文件规定", "", "1.00元")]),
        ("work_funding", '{ max = [ { per = "households", every = 3, amount = 1 }, '
         '{ sum = [ { const = 1 }, { fact = "households" } ] } ] }', {"households": 7},
         [("测算", "7户 ÷ 3户", "7/3元"), ("测算", "1 + 7户", "8.00元"),
          ("结果", "取高（7户 ÷ 3户，8）", "8.00元")]),
        ("work_funding", '{ index = "average_wage", factor = "1/24", lag = 1 }', {},
         [("2017年社会平均工资", "全国", "18,319.5元/年"),
          ("结果", "四舍五入到0.01（18,319.5元/年 × 1/24）", "763.31元")]),
        ("work_funding", '{ index = "average_wage", lag = 1 }', {},
         [("2017年社会平均工资", "全国", "18,319.5元/年"),
          ("结果", "18,319.5元/年", "18,319.50元")]),
        ("grids", '{ per = "households", every = 100, amount = 2, block = "floor" }',
         {"households": 250}, [("结果", "舍去（250户 ÷ 100户） × 2", "4个")]),
        ("premises_rent_subsidy", '{ min = [ { product = [ { fact = "premises_area" }, '
         '{ const = "13.5" }, { fact = "rented_months" } ] }, { fact = "contract_rent" } ] }',
         {"premises_area": "400.02", "rented_months": 12, "contract_rent": "49383.1"},
         [("测算", "400.02㎡ × 13.5 × 12个月", "64,803.24元"),
          ("结果", "取低（64,803.24元，49,383.10元）", "49,383.10元")]),
        ("grids", '{ clamp = { const = 3 }, high = 2 }', {}, [("结果", "取低（3，2）", "2个")]),
        ("grids", '{ clamp = { const = 3 }, low = 5 }', {}, [("结果", "取高（3，5）", "5个")]),
        ("grids", '{ when = [ { if = { fact = "households", above = 5, at_most = 9 }, '
         'then = { const = 3 }, reason = "理由" } ] }', {"households": 7},
         [("适用情形", "核定户数多于5户且不多于9户", "理由"), ("文件规定", "", "3个")]),
    ],
)  # fmt: skip
def test_steps_when_a_shape_is_explained_are_in_words(subject, value, facts, steps):
    binding = "deadline" if subject.endswith("due") else "exact"
    text = source(provision(value, subject=subject, binding=binding))
    stack_rows = [{"code": CODE, **facts}]
    result = asked([text], stack_rows, series=[
        {"division": "", "series": "average_wage", "year": 2017, "value": "18319.5"}
    ])  # fmt: skip

    trace = explain(result, subject, 0)

    found = [(step.label, step.expr, step.result) for step in trace.provisions[0].steps]
    assert found == steps
    formulas = [step for step in trace.provisions[0].steps if step.formula]
    assert [compute(step.expr) for step in formulas] == [compute(step.result) for step in formulas]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ('{ fact = "central_urban", is = false }', "中心城区：否"),
        ('{ fact = "central_urban", is = true }', "中心城区：是"),
        ('{ fact = "premises_tenure", in = ["bought", "rented"] }', "用房取得方式：购买或租赁"),
        ('{ fact = "premises_area", is = 420 }', "用房面积（建筑面积）为420"),
        ('{ fact = "premises_area", below = "420.01" }', "用房面积（建筑面积）少于420.01㎡"),
        ("{ year = { is = 2018 } }", "年份为2018年"),
        ("{ year = { at_least = 2015, below = 2020 } }", "年份起不早于2015年且早于2020年"),
        ('{ ratio = ["occupied_dwellings", "dwellings"], at_least = "50%" }',
         "已入住住宅套数占住宅套数不少于50%"),
        ('{ all = [ { year = { above = 2015 } }, { year = { at_most = 2018 } } ] }',
         "年份晚于2015年，且年份不晚于2018年"),
        ('{ any = [ { year = { is = 2015 } }, { year = { is = 2018 } } ] }',
         "年份为2015年，或年份为2018年"),
        ("{ not = { year = { is = 2015 } } }", "不是（年份为2015年）"),
    ],
)  # fmt: skip
def test_conditions_when_they_decide_are_in_words(condition, words):
    cases = f"{{ if = {condition}, then = {{ const = 3 }} }}, {{ otherwise = {{ const = 1 }} }}"
    value = f"{{ when = [ {cases} ] }}"
    facts = {"central_urban": "is = true" in condition, "premises_tenure": "rented",
             "premises_area": "420", "occupied_dwellings": 1, "dwellings": 2}  # fmt: skip

    trace = explain(
        asked([source(provision(value))], [{"code": CODE, **facts}]), "service_halls", 0
    )

    assert trace.provisions[0].steps[0].expr == words


def test_formula_when_of_an_unknown_node_is_refused():
    with pytest.raises(TypeError):
        formula_of(object(), None)
    with pytest.raises(TypeError):
        condition_text(object())
