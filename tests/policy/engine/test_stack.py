"""Which texts apply to a code on a day, in which order, and what is refused."""

from datetime import date

import pytest

from policy.engine import Stack, StackError, load_shipped, load_text
from tests.policy.engine.writing import CODE, ON, asked, provision, source

YEAR = '[provision.options.begun]\nlabel = "起始年"\nkind = "year"'
SIZE = '[provision.options.size]\nlabel = "规模"\nkind = "number"\ndefault = 3000'


def text(text_id, jurisdiction="3715", value=1, begun="2015-01-01", **more):
    written = provision(f"{{ const = {value} }}", name=text_id.upper(), **more)
    head = f"effective_from = {begun}"
    return source(written, jurisdiction=jurisdiction, head=head).replace("own-2016", text_id)


def binding_of(texts, code=CODE):
    [row] = asked(texts, [{"code": code}]).rows()
    return (row.binding, row.required)


def test_texts_when_several_apply_the_nearest_target_wins():
    texts = [text("nation", "", 1), text("city", "3715", 3), text("county", "371502", 4),
             text("province", "37", 2), text("other", "330206", 9)]  # fmt: skip

    assert binding_of(texts) == (("COUNTY",), 4)
    assert binding_of(texts, "371503001001") == (("CITY",), 3)
    assert binding_of(texts, "370101001001") == (("PROVINCE",), 2)
    assert binding_of(texts, "110101001001") == (("NATION",), 1)


def test_rules_when_stacked_stand_nearest_first_and_later_first():
    texts = [load_text(one) for one in (
        text("nation", ""), text("old", begun="2010-01-01"), text("county", "371502"),
        text("new", begun="2016-01-01"), text("street", "371502001"), text("open", "*"),
    )]  # fmt: skip

    stack = Stack.of(texts, ON)

    assert [rule.text.id for rule in stack.rules] == [
        "street", "county", "new", "open", "old", "nation",
    ]  # fmt: skip
    assert stack.jurisdictions == ("", "*", "3715", "371502", "371502001")


def test_text_when_a_later_one_of_its_authority_names_the_subject_is_superseded():
    texts = [text("old", value=9, begun="2010-01-01", binding="at_least"), text("new", value=2)]

    assert binding_of(texts) == (("NEW",), 2)


def test_text_when_the_later_one_names_another_subject_still_binds():
    texts = [text("old", value=9, begun="2010-01-01"), text("new", value=2, subject="grids")]

    rows = {row.subject: row.required for row in asked(texts, [{"code": CODE}]).rows()}
    assert rows == {"service_halls": 9, "grids": 2}


def test_text_when_the_later_one_has_another_authority_still_binds():
    texts = [
        text("old", value=9, begun="2010-01-01", binding="at_least"),
        text("new", "371502", value=2, begun="2016-01-01", binding="at_least"),
    ]

    assert binding_of(texts) == (("OLD",), 9)


def test_text_when_the_later_one_is_not_yet_in_force_still_binds():
    texts = [text("old", value=9, begun="2010-01-01"), text("new", value=2, begun="2019-01-01")]

    assert binding_of(texts) == (("OLD",), 9)


def test_provision_when_it_cites_a_superior_ranks_there_and_is_not_superseded():
    texts = [
        text("old", value=5, begun="2010-01-01", binding="at_least", more='superior = "37"'),
        text("new", value=2),
    ]

    stack = Stack.of([load_text(one) for one in texts], ON)

    assert [rule.id for rule in stack.rules] == ["NEW", "OLD"]
    assert binding_of(texts) == (("OLD",), 5)


def test_adoptable_texts_when_two_apply_do_not_supersede_each_other():
    texts = [
        text("one", "*", 1, binding="at_least"),
        text("two", "*", 3, "2016-01-01", binding="at_least"),
    ]

    stack = Stack.of([load_text(one) for one in texts], ON)

    assert [rule.id for rule in stack.for_prefixes([True])["service_halls"]] == ["TWO", "ONE"]


def test_text_when_adopted_applies_to_the_adopter_alone():
    adopted = load_shipped("city-opinions-2013").adopted(
        "371502", effective_from=date(2016, 1, 1), effective_until=date(2020, 1, 1)
    )

    assert (adopted.jurisdiction, adopted.authority) == ("371502", "371502")
    assert not adopted.in_force(date(2015, 12, 31))
    assert adopted.in_force(date(2019, 12, 31))
    assert not adopted.in_force(date(2020, 1, 1))


def test_text_when_adopted_without_dates_keeps_its_own():
    text = load_shipped("city-opinions-2013")

    assert text.adopted("37").effective_from == text.effective_from


def test_text_when_given_twice_is_refused():
    with pytest.raises(StackError, match="文件“city”写了两次，去掉一个"):
        Stack.of([load_text(text("city"))] * 2, ON)


def test_texts_when_none_is_in_force_leave_the_stack_empty():
    stack = Stack.of([load_text(text("new"))], date(2014, 12, 31))

    assert stack.rules == ()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"CITY.begin": "2016"}, "没有名为“CITY.begin”的选项；可能是“CITY.begun”"),
        ({"CITY.begun": "16"}, "选项“CITY.begun”应为四位年份，现在是“16”"),
        ({"CITY.begun": "٢٠١٦"}, "选项“CITY.begun”应为四位年份，现在是“٢٠١٦”"),
    ],
)
def test_option_when_wrong_is_refused_with_what_was_meant(options, message):
    with pytest.raises(StackError) as refused:
        Stack.of([load_text(text("city", more=YEAR))], ON, options)

    assert str(refused.value) == message


def test_option_when_it_has_no_such_value_is_refused_with_the_known_ones():
    with pytest.raises(StackError) as refused:
        Stack.of([load_shipped("liaocheng-2015")], ON, {"LC-STF-1.rounding": "ciel"})

    assert str(refused.value) == "选项“LC-STF-1.rounding”没有值“ciel”；可能是“ceil”"


def test_option_when_it_is_no_number_is_refused():
    with pytest.raises(StackError) as refused:
        Stack.of([load_text(text("city", more=SIZE))], ON, {"CITY.size": "many"})

    assert str(refused.value) == "选项“CITY.size”应为确切的数字，现在是“many”"


def test_option_when_its_value_does_not_fit_its_place_is_refused():
    value = '{ index = "average_rent", lag = "@size" }'
    written = source(provision(value, subject="work_funding", more=SIZE))

    with pytest.raises(StackError, match=r"own-2016 · A-1 · value\.index\.lag：'@size'应为整数"):
        Stack.of([load_text(written)], ON, {"A-1.size": "0.5"})


def test_exemption_when_its_provision_is_unknown_is_refused():
    with pytest.raises(StackError) as refused:
        Stack.of([load_shipped("beilun")], ON, exemptions={"330206001001": ["BL-STF-9"]})

    assert str(refused.value).startswith("330206001001的豁免：没有条款“BL-STF-9”；可能是“BL-STF-")


def test_exemption_when_approved_lifts_the_provision_for_that_code_alone():
    texts = [text("floor", value=5, binding="at_least"), text("plan", "371502", 2)]
    rows = [{"code": "371502001001"}, {"code": "371502001002"}]

    first, second = asked(texts, rows, exemptions={"371502001001": ["FLOOR"]}).rows()

    assert (first.required, first.binding, first.reason) == (
        2,
        ("PLAN",),
        "经批准豁免，不执行FLOOR",
    )
    assert (second.required, second.binding, second.reason) == (5, ("FLOOR",), "")
