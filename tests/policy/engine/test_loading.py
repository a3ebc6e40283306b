"""A text is taken whole, or every mistake in it is named at once."""

import copy
import datetime
import json
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.engine import TextErrors, load_shipped, load_text, shipped_ids
from tests.policy.engine.writing import (
    CHOICE,
    DECLARED,
    PAID,
    REST,
    mistakes,
    payers,
    provision,
    source,
)

NEWER = (
    '{ payer = "district", percent = { when = [ '
    '{ if = { fact = "area_kind", is = "new" }, then = %s }, { otherwise = %s } ] } }'
)


# text, provision, field, part of the message, part of the suggestion
BROKEN = [
    ("format = 1\n[text", "", "", "不是合格的TOML", ""),
    ("format = 1", "", "text", "缺少“text”", ""),
    ("[text]\nid = 'a'\ntitle = ''\njurisdiction = ''", "", "format", "缺少“format”", ""),
    (source().replace("format = 1", "format = 2"), "", "format", "格式2不认识", "format = 1"),
    (source().replace("format = 1", "format = 1\nprovisions = 3"), "", "provisions",
     "不认识的键“provisions”", "可能是“provision”"),
    ("format = 1\ntext = 5", "", "text", "应为一个表", ""),
    (source(head='isuer = "市政府"'), "", "text.isuer", "不认识的键“isuer”", "可能是“issuer”"),
    (source().replace("title", "titel"), "", "text.title", "缺少“title”", ""),
    (source().replace("own-2016", "Own 2016"), "", "text.id", "“Own 2016”不能用作标识", "小写字母"),
    (source(jurisdiction="371"), "", "text.jurisdiction", "“371”不是区划代码", "2、4、6或9位"),
    (source(jurisdiction="聊城"), "", "text.jurisdiction", "“聊城”不是区划代码", "全国写空"),
    (source(jurisdiction="٣٧"), "", "text.jurisdiction", "“٣٧”不是区划代码", ""),
    (source(head='authority = "37150"'), "", "text.authority", "“37150”不是区划代码", ""),
    (source(head='effective_from = "2015-01-01"'), "", "text.effective_from", "不是日期",
     "写成2015-01-01，不加引号"),
    (source(head="issued_on = 2015"), "", "text.issued_on", "2015不是日期", ""),
    (source(head="published_on = 2015-01-01T00:00:00"), "", "text.published_on", "不是日期", ""),
    (source(head="effective_from = 2015-01-01\neffective_until = 2015-01-01"), "",
     "text.effective_until", "失效日不晚于生效日", "失效日当天不再执行"),
    (source(head='source_grade = "rumour"'), "", "text.source_grade", "“rumour”不在可选项里",
     "official"),
    (source() + "\nprovision = 5", "", "text.provision", "不认识的键", ""),
    (source().replace("format = 1", "format = 1\nprovision = 5"), "", "provision",
     "每个条款写成一个 [[provision]]", ""),
    (source().replace("format = 1", "format = 1\nprovision = [5]"), "第1条", "", "应为一个表", ""),
    (source('[[provision]]\narticle = "一"'), "第1条", "id", "缺少“id”", ""),
    # a provision
    (source(provision(), provision()), "A-1", "id", "两个条款同名", "用不同的id"),
    (source(provision(more='bindng = "exact"')), "A-1", "bindng", "不认识的键“bindng”",
     "“binding”"),
    (source(provision(binding="exactly")), "A-1", "binding", "“exactly”不在可选项里", "“exact”"),
    (source(provision(subject="service_hall")), "A-1", "subject", "“service_hall”不在可选项里",
     "可能是“service_halls”"),
    (source(provision(more='level = "town"')), "A-1", "level", "“town”不在可选项里", "community"),
    (source(provision(more='superior = "3"')), "A-1", "superior", "“3”不是区划代码", ""),
    (source(provision(more='superior = "*"')), "A-1", "superior", "“*”不是区划代码", ""),
    (source(provision(more='covers = ["wages"]')), "A-1", "covers", "“wages”不在可选项里", "pay"),
    (source(provision(more='covers = "pay"')), "A-1", "covers", "应为列表", ""),
    (source(provision(more='organisations = ["partys"]')), "A-1", "organisations",
     "“partys”不在可选项里", "可能是“party”"),
    (source(provision(more='organisations = "party"')), "A-1", "organisations",
     '应为列表，如 ["party"]', ""),
    (source(provision(more='organisations = ["party"]\nlevel = "street"')), "A-1",
     "organisations", "每个社区都适用", "另写一条"),
    (source(provision(more='organisations = ["party"]\nwhen = { fact = "area_kind", is = "new" }')),
     "A-1", "organisations", "不写when", "另写一条"),
    (source(provision().replace("value = { const = 1 }", "")), "A-1", "value",
     "value 和 component 应恰有一种", ""),
    (source(provision().replace('subject = "service_halls"', "")), "A-1", "subject",
     "缺少“subject”", ""),
    (source(DECLARED + "value = { const = 1 }"), "A-1", "value",
     "“属性要求”类条款只作说明，不写value", ""),
    (source(DECLARED + "payers = []"), "A-1", "payers", "只作说明，不写payers", ""),
    (source(provision(more=f"payers = [ {REST} ]")), "A-1", "payers", "承担方只用于以元计的事项",
     ""),
    (source(provision(more='distribute = "households"')), "A-1", "distribute", "街道及以上一级",
     ""),
    (source(provision(more='level = "city"\ndistribute = "premises_area"')), "A-1", "distribute",
     "“premises_area”不是数字", ""),
    (source(provision(more='level = "city"\ndistribute = "housholds"')), "A-1", "distribute",
     "没有名为“housholds”的事实", "可能是“households”"),
    # components
    (source(provision(**PAID, more='component = [ { name = "一", value = { const = 1 } } ]')),
     "A-1",
     "value", "value 和 component 应恰有一种", ""),
    (source(provision(**PAID, more=f"payers = [ {REST} ]\ncomponent = [ 1 ]")
            .replace("value = { const = 1 }", "")), "A-1", "payers", "承担方写在各部分里", ""),
    (source(provision(**PAID, more="component = 5").replace("value = { const = 1 }", "")), "A-1",
     "component", "应为至少一个表的列表", ""),
    (source(provision(**PAID,
     more='component = [ { name = "一", value = { const = 0.5 }, payers = [] } ]')
            .replace("value = { const = 1 }", "")), "A-1", "component[1].value.const", "要加引号",
             ""),
    (source(provision(**PAID,
     more='component = [ { name = "一", value = { const = 1 }, payers = [] } ]')
            .replace("value = { const = 1 }\n", "\n")), "A-1", "component[1].payers",
     "应为至少一个表的列表", ""),
    # payers
    (source(payers()), "A-1", "payers", "应为至少一个表的列表", ""),
    (source(payers("5")), "A-1", "payers[1]", "应为一个表", ""),
    (source(payers('{ payer = "county", rest = true }')), "A-1", "payers[1].payer",
     "“county”不在可选项里", "可能是“city”"),
    (source(payers('{ payer = "city", percent = 50 }')), "A-1", "payers", "没有承担余下部分的一方",
     "最后一个承担方写 rest = true"),
    (source(payers(REST, '{ payer = "city", percent = 50 }')), "A-1", "payers",
     "没有承担余下部分的一方", ""),
    (source(payers(REST, REST)), "A-1", "payers", "没有承担余下部分的一方", ""),
    (source(payers('{ payer = "city", rest = false }')), "A-1", "payers[1].rest", "应为true", ""),
    (source(payers('{ payer = "city", percent = 50, rest = true }')), "A-1", "payers[1]",
     "percent、amount、per_unit、rest 之一", ""),
    (source(payers('{ payer = "city", precent = 50 }', REST)), "A-1", "payers[1].precent",
     "不认识的键“precent”", "可能是“percent”"),
    (source(payers('{ payer = "city", percent = 60 }', '{ payer = "district", percent = 41 }',
     REST)),
     "A-1", "payers", "各方份额合计101%，超过100%", "由 rest 承担"),
    (source(payers('{ payer = "city", percent = 60 }', NEWER % (30, 41), REST)), "A-1", "payers",
     "各方份额合计101%，超过100%", ""),
    (source(payers(NEWER % (60, 10), NEWER % (10, 91), REST)), "A-1", "payers", "合计101%", ""),
    (source(payers(NEWER % (60, 10), (NEWER % (10, 50)).replace("new", "built"), REST)), "A-1",
     "payers", "合计110%", ""),
    (source(payers('{ payer = "city", percent = 50.5 }', REST)), "A-1", "payers[1].percent",
     "小数50.5要加引号", ""),
    (source(payers('{ payer = "city", amount = -1 }', REST)), "A-1", "payers[1].amount",
     "承担份额“-1”小于0", ""),
    (source(payers(NEWER % (-5, 10), REST)), "A-1", "payers[1].percent.when[1]", "“-5”小于0", ""),
    (source(payers('{ payer = "city", percent = { const = 5 } }', REST)), "A-1",
     "payers[1].percent",
     "写一个数，或 { when = [ … ] }", ""),
    (source(payers('{ payer = "city", percent = { when = 5 } }', REST)), "A-1",
     "payers[1].percent.when", "应为至少一个表的列表", ""),
    (source(payers('{ payer = "city", per_unit = 5 }', REST)), "A-1", "payers[1]",
     "per_unit 要写明 of 哪个事实", ""),
    (source(payers('{ payer = "city", percent = 5, of = "households" }', REST)), "A-1", "payers[1]",
     "其他写法不用 of", ""),
    (source(payers('{ payer = "city", per_unit = 5, of = "houses" }', REST)), "A-1",
     "payers[1].of", "没有名为“houses”的事实", ""),
    # options
    (source(provision(more="options = 5")), "A-1", "options", "应为一个表", ""),
    (source(provision(more="options = { case = 5 }")), "A-1", "options.case", "应为一个表", ""),
    (source(provision(more=CHOICE)), "A-1", "options.case.values", "可选项写在 values", ""),
    (source(provision(more=CHOICE + "values = 5")), "A-1", "options.case.values", "应为一个表", ""),
    (source(provision(more=CHOICE + 'kind = "year"\nvalues = { a = "甲" }')), "A-1",
     "options.case.values", "年份和数不写 values", ""),
    (source(provision(more=CHOICE + 'kind = "day"\nvalues = { a = "甲" }')), "A-1",
     "options.case.kind", "“day”不在可选项里", "可用：choice、number、year"),
    (source(provision(more=CHOICE + 'default = "upper2"\nvalues = { upper = "甲" }')), "A-1",
     "options.case.default", "没有值“upper2”", "可能是“upper”"),
    (source(provision(more=CHOICE + 'kind = "year"\ndefault = 16')), "A-1", "options.case.default",
     "应为四位年份，现在是“16”", ""),
    (source(provision(more=CHOICE + 'kind = "number"\ndefault = 0.5')), "A-1",
     "options.case.default", "小数0.5要加引号", ""),
    (source(provision(more=CHOICE + 'source = "law"\nvalues = { a = "甲" }')), "A-1",
     "options.case.source", "“law”不在可选项里", "可用：local、text"),
    (source(provision(more=CHOICE + 'defualt = "a"\nvalues = { a = "甲" }')), "A-1",
     "options.case.defualt", "不认识的键“defualt”", "可能是“default”"),
    (source(provision(more='[provision.options.case]\nvalues = { a = "甲" }')), "A-1",
     "options.case.label", "缺少“label”", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "where", "field", "message", "suggestion"),
    BROKEN,
    ids=[f"{number}-{one[2]}" for number, one in enumerate(BROKEN)],
)
def test_text_when_mistaken_is_named_with_its_place(text, where, field, message, suggestion):
    found = mistakes(text)

    said = [(words, meant) for at, place, words, meant in found if (at, place) == (where, field)]
    assert any(message in words and suggestion in meant for words, meant in said), found


def test_text_when_several_things_are_wrong_names_them_all_at_once():
    text = source(
        provision("{ const = 0.5 }"),
        provision('{ fact = "houshold" }', name="A-2"),
        payers('{ payer = "city", percent = 50 }').replace("A-1", "A-3"),
    )

    assert [one[:2] for one in mistakes(text)] == [
        ("A-1", "value.const"), ("A-2", "value.fact"), ("A-3", "payers"),
    ]  # fmt: skip


def test_text_when_refused_says_file_provision_field_and_suggestion():
    with pytest.raises(TextErrors) as refused:
        load_text(source(provision('{ fact = "houshold" }')), "own.toml")

    assert str(refused.value) == (
        "own.toml · A-1 · value.fact：没有名为“houshold”的事实；可能是“households”"
    )
    assert [error.file for error in refused.value] == ["own.toml"]


def test_text_when_everything_is_written_holds_it():
    head = (
        'doc_no = "聊政办发〔2014〕1号"\nissuer = "市政府"\nauthority = "37"\n'
        "issued_on = 2014-11-20\n"
        "published_on = 2014-12-01\neffective_from = 2015-01-01\neffective_until = 2020-01-01\n"
        'source_grade = "official"\ntrial = true\nnote = "注"'
    )
    more = 'level = "person"\nsuperior = "37"\ncovers = ["pay"]\nnote = "另注"'

    text = load_text(source(provision(**PAID, more=more), head=head))

    assert (text.doc_no, text.issuer, text.authority) == ("聊政办发〔2014〕1号", "市政府", "37")
    assert (text.issued_on, text.published_on) == (
        datetime.date(2014, 11, 20), datetime.date(2014, 12, 1),
    )  # fmt: skip
    assert (text.source_grade, text.trial, text.note) == ("official", True, "注")
    [one] = text.provisions
    assert (one.level, one.superior, one.covers, one.note) == ("person", "37", ("pay",), "另注")
    assert (text.subjects, text.provision("A-1")) == ({"work_funding"}, one)


@pytest.mark.parametrize("binding", ["attribute", "exact"])
def test_text_when_organisations_are_written_holds_each_once(binding):
    value = "" if binding == "attribute" else "value = { const = 1 }"
    written = (
        f'[[provision]]\nid = "A-1"\narticle = "一"\nsummary = "设"\nbinding = "{binding}"\n'
        f'subject = "service_halls"\n{value}\norganisations = ["security", "party", "security"]'
    )

    [one] = load_text(source(written)).provisions

    assert one.organisations == ("security", "party")
    assert load_text(source(provision())).provisions[0].organisations == ()


def test_provision_when_of_another_id_is_not_found():
    with pytest.raises(KeyError):
        load_text(source(provision())).provision("A-2")


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (datetime.date(2014, 12, 31), False),
        (datetime.date(2015, 1, 1), True),
        (datetime.date(2019, 12, 31), True),
        (datetime.date(2020, 1, 1), False),
    ],
)
def test_text_when_dated_is_in_force_from_the_first_day_until_before_the_last(day, held):
    text = load_text(source(head="effective_from = 2015-01-01\neffective_until = 2020-01-01"))

    assert text.in_force(day) is held


def test_text_when_undated_is_always_in_force():
    assert load_text(source()).in_force(datetime.date(1950, 1, 1))


def test_shipped_text_when_its_id_is_unknown_is_not_found():
    with pytest.raises(FileNotFoundError):
        load_shipped("liaocheng-1915")


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything that is written in a document."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [path] * bool(path) + [
        one for key, part in inner for one in places(part, (*path, key))
    ]  # fmt: skip


def toml(value: Any) -> str:
    """A value as TOML, tables on one line."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{json.dumps(k)} = {toml(one)}' for k, one in value.items())} }}"
    if isinstance(value, list):
        return f"[ {', '.join(map(toml, value))} ]"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


DOCUMENTS = [tomllib.loads(load_shipped(text_id).source) for text_id in shipped_ids()]
WRONG = [
    5, -1, 0, 0.5, True, "", "x", "@x", "1/3", [], [1], [[]], {}, {"a": 1}, {"const": 1},
    datetime.date(2015, 1, 1), datetime.time(1), 10**30,
]  # fmt: skip


@given(st.data())
def test_text_when_anything_in_it_is_replaced_is_taken_or_refused_in_words(data):
    document = copy.deepcopy(data.draw(st.sampled_from(DOCUMENTS)))
    path = data.draw(st.sampled_from(places(document)))
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = data.draw(st.sampled_from(WRONG))

    written = "\n".join(f"{key} = {toml(part)}" for key, part in document.items())
    try:
        text, said = load_text(written), [""]
    except TextErrors as refused:
        text, said = None, [error.message for error in refused.errors]

    assert (text is None) == all(said)


# ── limits ──
