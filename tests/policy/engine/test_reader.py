"""Every mistake in a condition is named with its place, what is wrong and what was meant."""

import pytest

from tests.policy.engine.writing import mistakes, provision, source

# condition, field, part of the message, part of the suggestion
BROKEN = [
    ("5", "when", "条件应为一个表 {…}，现在是5", ""),
    ("{}", "when", "条件应恰有fact、year、ratio、all、any、not之一，现在有无", "可用：all"),
    ('{ fakt = "households" }', "when", "条件应恰有", "可能是“fact”"),
    ('{ fact = "households", year = { is = 1 } }', "when", "现在有fact、year", ""),
    ('{ fact = "houshold", above = 1 }', "when.fact", "没有名为“houshold”的事实", "“households”"),
    ('{ fact = "households", atleast = 1 }', "when.atleast", "不认识的键“atleast”", "“at_least”"),
    ('{ fact = "households" }', "when.fact", "缺少 is、in、at_least、above", ""),
    ('{ fact = "households", above = 0.5 }', "when.fact.above", "小数0.5要加引号", '写成"0.5"'),
    ('{ fact = "area_kind", is = "nwe" }', "when.fact", "“nwe”不在可选项里", "可能是“new”"),
    ('{ fact = "area_kind", in = "new" }', "when.fact.in", "应为至少一个值的列表", ""),
    ('{ fact = "area_kind", in = [] }', "when.fact.in", "应为至少一个值的列表", ""),
    ('{ fact = "area_kind", above = 1 }', "when.fact", "事实“area_kind”不是数字，用 is 或 in", ""),
    ('{ fact = "central_urban", is = "yes" }', "when.fact",
     "“central_urban”应为true或false，现在是'yes'", ""),
    ('{ fact = "households", is = "1.5" }', "when.fact", "'1.5'应为整数", ""),
    ("{ year = 2015 }", "when.year", "应为一个表 {…}，现在是2015", ""),
    ("{ year = {} }", "when.year", "写明年份的界限，如 { at_least = 2015 }", ""),
    ("{ year = { since = 2015 } }", "when.year.since", "不认识的键“since”", "is"),
    ("{ year = { is = 2015.5 } }", "when.year", "小数2015.5要加引号", ""),
    ('{ ratio = ["households"], above = 1 }', "when.ratio", "应为两个事实的列表 [部分, 全部]", ""),
    ('{ ratio = ["households", "dwellings"] }', "when.ratio", "缺少界限，如 at_least", ""),
    ('{ ratio = ["households", "post"], above = 1 }', "when.ratio", "事实“post”不是数字", ""),
    ("{ all = [] }", "when.all", "应为至少一个条件的列表", ""),
    ('{ any = { fact = "households" } }', "when.any", "应为至少一个条件的列表", ""),
    ('{ all = [ { fact = "households", above = 1 }, { fact = "hauseholds", above = 1 } ] }',
     "when.all[2].fact", "没有名为“hauseholds”的事实", "“households”"),
    ('{ not = { any = [ 7 ] } }', "when.not.any[1]", "条件应为一个表 {…}，现在是7", ""),
    ('{ fact = "@which", above = 1 }', "@which", "没有名为“A-1.which”的选项", ""),
    ('{ fact = "households", above = "@A-1.size" }', "@A-1.size", "没有名为“A-1.size”的选项", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "field", "message", "suggestion"), BROKEN, ids=[one[0] for one in BROKEN]
)
def test_condition_when_mistaken_is_named_with_its_place(condition, field, message, suggestion):
    found = mistakes(source(provision(more=f"when = {condition}")))

    said = [
        (words, meant) for where, place, words, meant in found if (where, place) == ("A-1", field)
    ]
    assert any(message in words and suggestion in meant for words, meant in said), found


def test_condition_of_a_branch_when_mistaken_is_named_with_its_place():
    value = '{ when = [ { if = { fact = "street_tier", is = "best" }, then = { const = 1 } } ] }'

    [error] = mistakes(source(provision(value)))

    assert error == ("A-1", "value.when[1].if.fact", "“best”不在可选项里",
                     "可能是“better”")  # fmt: skip
