"""Every mistake in a value is named with its place, what is wrong and what was meant."""

import pytest

from policy.engine import load_text
from tests.policy.engine.writing import mistakes, provision, source

PER = 'per = "households", every = 300, amount = 1'
ROW = '{ range = "[0,)", value = { const = 1 } }'
CHOICE = '[provision.options.case]\nlabel = "口径"\ndefault = "a"\nvalues = { a = "甲", b = "乙" }'


def rows(*ranges):
    listed = ", ".join(f'{{ range = "{one}", value = {{ const = 1 }} }}' for one in ranges)
    return f'{{ table = "households", rows = [ {listed} ] }}'


# value, field, part of the message, part of the suggestion
BROKEN = [
    ("5", "value", "应为一个表 {…}，现在是5", "写成 { const = 5 }"),
    ("{ konst = 5 }", "value", "应恰有一个形状，现在有konst", "可能是“const”"),
    ("{}", "value", "应恰有一个形状，现在有无", "可用：assessed"),
    ('{ const = 5, fact = "households" }', "value", "应恰有一个形状，现在有const、fact", "“const”"),
    ("{ const = 5, unit = 1 }", "value.unit", "不认识的键“unit”", "const"),
    (f"{{ {PER}, blok = 1 }}", "value.blok", "不认识的键“blok”", "可能是“block”"),
    ('{ per = "households", amount = 1 }', "value.every", "缺少“every”", ""),
    # numbers
    ("{ const = 0.5 }", "value.const", "小数0.5要加引号写", '写成"0.5"'),
    ('{ const = "1_000" }', "value.const", "'1_000'不是确切的数字", '写成20000、"0.5"'),
    ('{ const = "1e3" }', "value.const", "'1e3'不是确切的数字", '写成20000、"0.5"'),
    ("{ const = true }", "value.const", "True不是确切的数字", '写成20000、"0.5"'),
    ("{ const = 2018-01-01 }", "value.const", "不是确切的数字", '写成20000、"0.5"'),
    ("{ const = [1, 2, 3] }", "value.const", "区间应为两个数 [低, 高]", ""),
    ("{ const = [9, 5] }", "value.const", "区间的低端9大于高端5", "对调两个数"),
    ('{ per = "households", every = 0.3, amount = 1 }', "value.per.every", "小数0.3要加引号", ""),
    ('{ per = "households", every = 0, amount = 1 }', "value.per.every", "应大于0", ""),
    ('{ per = "households", every = [-1, 2], amount = 1 }', "value.per.every", "应大于0", ""),
    (f'{{ {PER}, block = "up" }}', "value.per.block", "“up”不在可选项里", "可用：ceil"),
    # words of the catalogue
    ('{ fact = "houshold" }', "value.fact", "没有名为“houshold”的事实", "可能是“households”"),
    ("{ fact = 5 }", "value.fact", "没有名为“5”的事实", "可用：age、area_kind"),
    ('{ fact = ["households"] }', "value.fact", "没有名为“['households']”的事实", ""),
    ('{ fact = "area_kind" }', "value.fact", "事实“area_kind”不是数字", ""),
    ('{ per = "central_urban", every = 1, amount = 1 }', "value.per", "“central_urban”不是数字",
     ""),
    ('{ assessed = "first_move_in_on" }', "value.assessed", "“first_move_in_on”不是数字", ""),
    ('{ index = "avrage_rent", lag = 1 }', "value.index", "没有名为“avrage_rent”的序列",
     "可能是“average_rent”"),
    ('{ index = "average_rent", lag = "1.5" }', "value.index.lag", "'1.5'应为整数", ""),
    ('{ index = "average_rent", lag = 1, factor = 0.5 }', "value.index.factor", "要加引号", ""),
    ('{ quota = "premises_area", share = "2/3" }', "value.quota", "“premises_area”不是数字", ""),
    # tables
    (rows("[0,3000]", "[3000,)"), "value.table", "3000落在两行里，两行重叠", "只有一行含端点"),
    (rows("[0,3000)", "(3000,)"), "value.table", "3000没有落在任何一行里，中间有缺口", ""),
    (rows("[1,)"), "value.table", "0没有落在任何一行里，中间有缺口", ""),
    (rows("(0,)"), "value.table", "0没有落在任何一行里，中间有缺口", ""),
    (rows("[0,3000)", "[3000,5000)"), "value.table", "最后一行没有开口", '写成"[…,)"'),
    (rows("[0,)", "[10,)"), "value.table", "10落在两行里", ""),
    (rows("0-3000"), "value.table.rows[1].range", "“0-3000”不是区间", '写成"[0,3000)"'),
    (rows("[0,x)", "[5,)"), "value.table.rows[1].range", "'x'不是确切的数字", ""),
    (rows("[0,1.5)", "[2,)"), "value.table.rows[1].range", "1.5", ""),
    (rows("[5,3)", "[0,)"), "value.table.rows[1].range", "区间“[5,3)”的低端大于高端", "对调"),
    ('{ table = "households", rows = [] }', "value.table.rows", "应为至少一个表的列表", ""),
    ('{ table = "households", rows = 5 }', "value.table.rows", "应为至少一个表的列表", ""),
    ('{ table = "households", rows = [ 5 ] }', "value.table.rows[1]", "应为一个表 {…}，现在是5",
     ""),
    ('{ table = "households", rows = [ { range = "[0,)", vale = 1 } ] }',
     "value.table.rows[1].vale", "不认识的键“vale”", "可能是“value”"),
    ('{ table = "households", rows = [ { range = "[0,)", value = 1 } ] }',
     "value.table.rows[1].value", "应为一个表", "写成 { const = 1 }"),
    ('{ table = "post", rows = [ ' + ROW + " ] }", "value.table", "事实“post”不是数字", ""),
    # growth
    ('{ grow = { const = 1 }, from = 2015 }', "value.grow", "rate 和序列 series 应恰有一个", ""),
    ('{ grow = { const = 1 }, from = 2015, rate = "5%", series = "natural_growth" }', "value.grow",
     "应恰有一个", ""),
    ('{ grow = { const = 1 }, from = 15, rate = "5%" }', "value.grow.from", "15应在1949到2199之间",
     ""),
    ('{ grow = { const = 1 }, from = 2015, rate = "5%", mode = "fast" }', "value.grow.mode",
     "“fast”不在可选项里", "可用：compound、simple"),
    ('{ grow = { const = 1 }, from = 2015, series = "growth" }', "value.grow.series",
     "“growth”不在可选项里", "natural_growth"),
    ('{ grow = { const = 1 }, from = 2015, rate = "5%", round_each_year = "fen" }',
     "value.grow.round_each_year", "'fen'不是确切的数字", ""),
    ('{ grow = { const = 1 }, from = 2015, rate = "5%", round_each_year = 0 }',
     "value.grow.round_each_year", "取整单位应大于0", ""),
    ('{ grow = { const = 1 }, from = 2015, series = "natural_growth", mode = "simple" }',
     "value.grow.mode", "只能逐年相乘", "去掉 mode"),
    # several values
    ("{ sum = [] }", "value.sum", "应为至少一个值的列表", ""),
    ("{ max = { const = 1 } }", "value.max", "应为至少一个值的列表", ""),
    ("{ min = [ { const = 1 }, 5 ] }", "value.min[2]", "应为一个表", "写成 { const = 5 }"),
    ("{ product = [ { const = 0.5 } ] }", "value.product[1].const", "要加引号", ""),
    ("{ clamp = { const = 1 } }", "value.clamp", "写明 low、high 或两者", ""),
    ("{ clamp = { const = 1 }, low = 9, high = 5 }", "value.clamp", "low 大于 high", "对调两个数"),
    ("{ clamp = { const = 1 }, low = [1, 2] }", "value.clamp.low", "[1, 2]不是确切的数字", ""),
    ("{ clamp = { cnst = 1 }, low = 1 }", "value.clamp", "应恰有一个形状", "可能是“const”"),
    # cases
    ("{ when = [] }", "value.when", "应为至少一个表的列表", ""),
    ("{ when = { const = 1 } }", "value.when", "应为至少一个表的列表", ""),
    ("{ when = [ { then = { const = 1 } } ] }", "value.when[1]", "每种情形写 if 和 then", ""),
    ("{ when = [ { if = { year = { is = 2015 } } } ] }", "value.when[1]", "每种情形写 if 和 then",
     ""),
    ("{ when = [ { otherwise = { const = 1 }, then = { const = 1 } } ] }", "value.when[1]",
     "每种情形写 if 和 then", ""),
    ("{ when = [ { otherwise = { const = 1 } }, { if = { year = { is = 2015 } }, "
     "then = { const = 2 } } ] }", "value.when", "otherwise 之后的情形永远用不到", "移到最后"),
    ("{ when = [ { els = { const = 1 } } ] }", "value.when[1].els", "不认识的键“els”", "可用：if"),
    ("{ when = [ { if = { year = { is = 2015 } }, then = 5 } ] }", "value.when[1].then",
     "应为一个表", "写成 { const = 5 }"),
    ("{ round = { const = 1 }, step = 0, mode = \"ceil\" }", "value.round.step", "取整单位应大于0",
     ""),
    ('{ round = { const = 1 }, step = 1, mode = "up" }', "value.round.mode", "“up”不在可选项里",
     ""),
    ('{ round = { const = 1 }, step = 1, mode = ["ceil"] }', "value.round.mode",
     "一个方式或两个方式", ""),
    ('{ choose = "case", cases = { a = { const = 1 } } }', "value.choose.cases",
     "没有选项值“b”的情形", "可用：a"),
    ('{ choose = "cas", cases = { a = { const = 1 } } }', "@cas", "没有名为“A-1.cas”的选项",
     "可能是“A-1.case”"),
    ('{ choose = "case", cases = [ 1 ] }', "value.choose.cases", "应为一个表", ""),
    ('{ choose = "case", cases = { a = { const = 1 }, b = 2 } }', "value.choose.cases.b",
     "应为一个表",
     "写成 { const = 2 }"),
    # times
    ("{ recurrence = 1 }", "value.recurrence", "应恰有 every_years、every_months 之一", ""),
    ("{ recurrence = 1, every_years = 1, every_months = 12 }", "value.recurrence", "之一", ""),
    ("{ recurrence = 1, every_months = 0 }", "value.recurrence.every_months", "0应在1到1200之间",
     ""),
    # pools
    ('{ sum = [ { pool = 1, among = "community", weights = "households" } ] }',
     "value.sum[1].pool", "分配总额只能是整个条款的值", ""),
    ('{ pool = 100, among = "community" }', "value.pool", "缺少“weights”", ""),
    ('{ pool = 100, among = "village", weights = "households" }', "value.pool.among",
     "“village”不在可选项里", "可用：city"),
    ('{ pool = 100, among = "community", weights = "households", method = "first" }', "value.pool",
     "写明 first 为前几名", ""),
    ('{ pool = 100, among = "community", weights = "households", first = 3 }', "value.pool",
     "写明 first 为前几名", ""),
    ('{ pool = 100, among = "community", weights = "households", method = "lots" }',
     "value.pool.method", "“lots”不在可选项里", "可用：first、weights"),
    # other provisions
    ('{ share_of = "A-9", part = "unclamped_excess" }', "value.share_of",
     "本文件没有可测算的条款“A-9”", "A-1"),
    ('{ share_of = "A-1", part = "unclamped_excess" }', "value.share_of",
     "条款“A-1”自己也引用别的条款", ""),
    ('{ share_of = "A-1", part = "rest" }', "value.share_of.part", "“rest”不在可选项里",
     "可用：unclamped_excess"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "field", "message", "suggestion"), BROKEN, ids=[one[0][:60] for one in BROKEN]
)
def test_value_when_mistaken_is_named_with_its_place(value, field, message, suggestion):
    found = mistakes(source(provision(value, more=CHOICE)))

    said = [(one[2], one[3]) for one in found if one[:2] == ("A-1", field)]
    assert [message in words for words, _ in said].count(True) >= 1, found
    assert any(message in words and suggestion in meant for words, meant in said), said


@pytest.mark.parametrize(
    ("span", "field", "message"),
    [
        ("", "value.deadline", "期限应恰有 months、days、working_days 之一"),
        ("months = 1, days = 3", "value.deadline", "期限应恰有 months、days、working_days 之一"),
        ("months = 0", "value.deadline.months", "0应在1到1200之间"),
        ('days = "1.5"', "value.deadline.days", "'1.5'应为整数"),
    ],
)
def test_deadline_when_mistaken_is_named_with_its_place(span, field, message):
    value = "{ " + ", ".join(filter(None, ['deadline = "first_move_in_on"', span])) + " }"
    text = source(provision(value, subject="premises_handover_due", binding="deadline"))

    assert [one[1:3] for one in mistakes(text)] == [(field, message)]


def test_deadline_when_its_fact_is_no_day_is_refused():
    text = source(provision('{ deadline = "households", days = 3 }', binding="deadline",
                            subject="premises_handover_due"))  # fmt: skip

    assert [one[1:3] for one in mistakes(text)] == [("value.deadline", "事实“households”不是日期")]


@pytest.mark.parametrize(
    ("subject", "value"),
    [
        ("premises_handover_due", "{ const = 5 }"),
        ("premises_handover_due", '{ when = [ { otherwise = { const = 5 } } ] }'),
        ("service_halls", '{ deadline = "first_move_in_on", days = 3 }'),
        ("service_halls",
         '{ when = [ { otherwise = { deadline = "first_move_in_on", days = 3 } } ] }'),
    ],
)  # fmt: skip
def test_deadline_when_the_subject_is_no_day_or_the_value_none_is_refused(subject, value):
    [error] = mistakes(source(provision(value, subject=subject)))

    assert error[1:3] == ("value", "期限 deadline 用于以日期计的事项，这样的事项也只用它")


@pytest.mark.parametrize(
    ("level", "subject", "field", "message"),
    [
        ("community", "work_funding", "level", "总额所在的一级应宽于分到的一级（community）"),
        ("person", "work_funding", "level", "总额所在的一级应宽于分到的一级（community）"),
        ("city", "service_halls", "subject", "分配总额只用于以元计的事项"),
    ],
)
def test_pool_when_level_or_subject_do_not_fit_is_refused(level, subject, field, message):
    value = '{ pool = 100, among = "community", weights = "households" }'
    text = source(provision(value, subject=subject, more=f'level = "{level}"'))

    assert [one[1:3] for one in mistakes(text)] == [(field, message)]


def test_pool_when_chosen_by_an_option_is_taken():
    pool = '{ pool = 100, among = "community", weights = "households" }'
    value = f'{{ choose = "case", cases = {{ a = {pool}, b = {pool} }} }}'

    text = load_text(
        source(provision(value, subject="work_funding", more=f'level = "city"\n{CHOICE}'))
    )

    assert text.provision("A-1").level == "city"


def test_values_when_wrong_only_under_another_option_are_found():
    value = '{ per = "households", every = 300, amount = 1, block = "@case" }'
    options = CHOICE.replace('"a"', '"ceil"').replace('a = "甲", b', 'ceil = "甲", up')

    [error] = mistakes(source(provision(value, more=options)))

    assert error[1:3] == ("value.per.block", "“up”不在可选项里")
