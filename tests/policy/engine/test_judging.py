"""Attributes of persons: whom they concern, whether they hold, and what is said where not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.engine import Facts, Stack, catalogue, judge, load_text
from tests.policy.engine.writing import CODE, DECLARED, ON, mistakes, provision, source

PERSON = 'level = "person"\n'
EDUCATION = list(catalogue().facts["education"].choices)
RECRUITED = PERSON + 'when = { fact = "identity", is = "recruited" }\n'


def attribute(more, name="A-1"):
    return DECLARED.replace("A-1", name) + more


def asking(holds):
    return source(attribute(f"{PERSON}holds = {holds}\n"))


def verdict(text, facts, **choices):
    """What the one provision of a text says of one person."""
    stack = Stack.of([load_text(text)], ON, **choices)
    rows = Facts.from_rows([{"code": CODE, **facts}])
    [many], [one] = judge(stack, rows), judge(stack, rows.one(0))
    assert many.at(0) == one.at(0)
    assert bool(many.fails[0]) == many.at(0).fails
    return many.at(0)


@given(st.sampled_from(EDUCATION), st.sampled_from(EDUCATION))
def test_education_when_compared_then_by_its_place_from_the_lowest(held, asked):
    higher = EDUCATION.index(held) - EDUCATION.index(asked)

    found = {
        key: verdict(
            asking(f'{{ fact = "education", {key} = "{asked}" }}'), {"education": held}
        ).holds
        for key in ("at_least", "above", "at_most", "below")
    }

    assert found == {
        "at_least": higher >= 0, "above": higher > 0, "at_most": higher <= 0, "below": higher < 0
    }  # fmt: skip


@pytest.mark.parametrize(
    ("holds", "facts", "reason"),
    [
        ('{ fact = "age", at_least = 18, at_most = 35 }', {"age": 36}, "年龄36岁，应不超过35岁"),
        ('{ fact = "age", at_least = 18, at_most = 35 }', {"age": 17}, "年龄17岁，应不低于18岁"),
        ('{ fact = "age", below = 18 }', {"age": 18}, "年龄18岁，应低于18岁"),
        ('{ fact = "months_in_post", above = 6 }', {"months_in_post": 6},
         "任职月数6个月，应高于6个月"),
        ('{ fact = "education", above = "bachelor" }', {"education": "bachelor"},
         "学历本科，应高于本科"),
        ('{ fact = "identity", in = ["elected", "recruited"] }', {"identity": "police"},
         "身份“社区民警”，应为选举产生或招聘"),
        ('{ fact = "grade", is = 3 }', {"grade": 4}, "岗位等级4级，应为“岗位等级为3”"),
        ('{ any = [ { fact = "age", below = 18 }, { fact = "grade", at_least = 5 } ] }',
         {"age": 40, "grade": 4}, "年龄40岁，应低于18岁；或者岗位等级4级，应不低于5级"),
        ('{ not = { fact = "post", is = "secretary" } }', {"post": "secretary"},
         "不符合“不是（职务：党组织书记）”"),
    ],
)  # fmt: skip
def test_verdict_when_it_fails_then_says_the_figure_and_what_it_should_be(holds, facts, reason):
    found = verdict(asking(holds), facts)

    assert (found.fails, found.reason) == (True, reason)


def test_verdict_when_it_fails_then_also_says_all_that_is_asked():
    found = verdict(
        asking('{ all = [ { fact = "age", at_most = 35 }, '
               '{ fact = "education", at_least = "junior_college" } ] }'),
        {"age": 36, "education": "doctor"},
    )  # fmt: skip

    assert found.asked == "年龄不多于35岁，且学历不低于大专"


def test_rows_when_judged_together_then_each_as_alone():
    text = source(attribute(RECRUITED + 'holds = { fact = "age", at_most = 35 }\n'))
    rows = Facts.from_rows([
        {"code": CODE, "identity": "recruited", "age": 35},
        {"code": CODE, "identity": "recruited", "age": 36},
        {"code": CODE, "identity": "recruited"},
        {"code": CODE, "age": 36},
        {"code": CODE, "age": 35},
        {"code": CODE, "identity": "elected", "age": 60},
        {"code": "330206001001", "identity": "recruited", "age": 60},
        {"code": "371502", "identity": "recruited", "age": 60},
    ])  # fmt: skip

    [found] = judge(Stack.of([load_text(text)], ON, exemptions={"371503001001": ["A-1"]}), rows)

    assert found.applies.tolist() == [True, True, True, False, False, False, False, True]
    assert found.fails.tolist() == [False, True, False, False, False, False, False, True]
    assert found.unknown.tolist() == [False, False, True, True, False, False, False, False]
    assert [found.at(row).reason for row in (0, 2, 3, 4)] == [
        "", "缺少年龄（age）", "缺少身份（identity）", ""
    ]  # fmt: skip


def test_provision_when_the_code_is_exempt_then_left_out():
    text = source(attribute(RECRUITED + 'holds = { fact = "age", at_most = 35 }\n'))
    rows = Facts.from_rows([{"code": CODE, "identity": "recruited", "age": 60}])

    assert judge(Stack.of([load_text(text)], ON, exemptions={CODE: ["A-1"]}), rows) == []


def test_provisions_when_several_texts_hold_then_the_nearest_first_and_none_out_of_force():
    head = "effective_until = 2018-01-01"
    texts = [
        source(attribute(PERSON + "counted = false\n", "P"), jurisdiction="37"),
        source(attribute(PERSON + "counted = false\n", "C")).replace("own-2016", "city"),
        source(attribute(PERSON + "counted = false\n", "D"), jurisdiction="371502", head=head)
        .replace("own-2016", "district"),
        source(attribute(PERSON + "counted = false\n", "N"), jurisdiction="")
        .replace("own-2016", "nation"),
    ]  # fmt: skip
    rows = Facts.from_rows([{"code": CODE}])

    found = judge(Stack.of([load_text(one) for one in texts], ON), rows)

    assert [one.provision.id for one in found] == ["C", "P", "N"]


def test_verdict_when_an_option_is_not_set_then_unknown_and_says_which():
    text = source(
        attribute(
            PERSON + 'holds = { fact = "age", at_most = "@most" }\n'
            '[provision.options.most]\nlabel = "年龄"\nkind = "number"\n'
        )
    )

    found = verdict(text, {"age": 40})
    chosen = verdict(text, {"age": 40}, options={"A-1.most": "39"})

    assert (found.unknown, found.reason) == (True, "还没有设定“A-1.most”，采用本文件时填写")
    assert (chosen.fails, chosen.reason) == (True, "年龄40岁，应不超过39岁")


@pytest.mark.parametrize(
    ("text", "field", "message"),
    [
        (attribute("counted = false\n"), "counted", 'level = "person"'),
        (attribute('holds = { fact = "age", at_most = 35 }\n'), "holds", 'level = "person"'),
        (provision(more=PERSON + 'paid_by = "own_channel"'), "paid_by", 'binding = "attribute"'),
        (attribute(RECRUITED), "when", "没有写要求"),
        (attribute(PERSON + "counted = true\n"), "counted", "占职数的不写"),
        (attribute(PERSON + 'paid_by = "city"\n'), "paid_by", "“city”不在可选项里"),
        (attribute(PERSON + 'holds = { fact = "education", at_least = 3 }\n'),
         "holds.fact.at_least", "“3”不在可选项里"),
        (attribute(PERSON + 'holds = { fact = "education", at_least = "colege" }\n'),
         "holds.fact.at_least", "“colege”不在可选项里"),
        (attribute(PERSON + 'holds = { fact = "post", at_least = "director" }\n'),
         "holds.fact", "不是数字"),
        (attribute(PERSON + 'holds = { fact = "ages", at_least = 3 }\n'), "holds.fact", "“ages”"),
        (attribute(PERSON + 'counted = false\nwhen = { fact = "ages", is = 3 }\n'),
         "when.fact", "“ages”"),
        (attribute(PERSON + 'holds = "x"\n'), "holds", "条件应为一个表"),
        (provision(more="lasts_months = 36"), "lasts_months", "按月发放"),
        (provision(subject="staff_pay", more="lasts_months = 0"), "lasts_months", "1到1200"),
        (attribute("lasts_months = 36\n"), "lasts_months", "按月发放"),
        (provision("{ recurrence = 1, every_months = 3, from = 2013 }"), "value.recurrence.from",
         "不分期"),
        (provision("{ recurrence = 1, every_years = 3, from = 1900 }"), "value.recurrence.from",
         "1949到2199"),
    ],
)  # fmt: skip
def test_provision_of_persons_when_mistaken_then_named_with_its_place(text, field, message):
    found = mistakes(source(text))

    assert [message in words for _, place, words, _ in found if place == field] == [True], found


def test_text_when_a_monthly_sum_lasts_then_readable():
    text = load_text(source(provision(subject="staff_pay", more="lasts_months = 36")))

    assert text.provision("A-1").lasts_months == 36
