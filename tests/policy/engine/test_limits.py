"""How large a text may be, and what is said of one that is larger."""

import pytest

from policy.engine import load_text
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

YEARS = '[provision.options.begun]\nlabel = "起始年"\nkind = "year"\n'


def nested(times, inside="{ const = 1 }"):
    return "{ sum = [ " * times + inside + " ] }" * times


def many(shape, times):
    return f"{{ sum = [ {', '.join([shape] * times)} ] }}"


def declared(times):
    return [DECLARED.replace("A-1", f"A-{number}") for number in range(times)]


def choices(times):
    return ", ".join(f'c{number} = "甲"' for number in range(times))


# text, provision, field, message, suggestion: the whole of what is said
BEYOND = [
    ("#" * (256 * 1024 + 1), "", "", "文件有257KB，最多256KB", "分成几个文件"),
    (source() + ".".join("a" * 17) + " = 1", "", "", "键的层数太多，如 a.b.c…", "最多16层"),
    (source() + ".".join(['"\\""'] * 17) + " = 1", "", "", "键的层数太多，如 a.b.c…", "最多16层"),
    (source() + "x = " + "[" * 5000, "", "", "有的数太大，或表和列表套得太深，读不完",
     "改小，或拆成几个条款"),
    (source(provision("{ const = %s }" % ("9" * 5001))), "", "",
     "有的数太大，或表和列表套得太深，读不完", "改小，或拆成几个条款"),
    (source(provision("{ const = 0x%s }" % ("f" * 5000))), "A-1", "value.const", "这个数太大",
     "绝对值最多10的15次方"),
    (source(head='note = "一\\u0000"'), "", "text.note",
     "第2个字是不能显示的控制字符（U+0000）", "删去"),
    (source(head='note = "\\u202E一"'), "", "text.note",
     "第1个字是不能显示的控制字符（U+202E）", "删去"),
    (source(provision(more='note = "一二\\u001B"')), "A-1", "note",
     "第3个字是不能显示的控制字符（U+001B）", "删去"),
    (source(provision(more='sources = { "\\u0007" = "一" }')), "A-1", "sources",
     "第1个字是不能显示的控制字符（U+0007）", "删去"),
    (source(head=f'note = "{"长" * 4001}"'), "", "text.note",
     "“长长长长长长长长长长…”有4001个字，最多4000个", "写短"),
    (source(provision(name="A" * 33)), "A" * 32, "id", "条款号有33个字，最多32个", "写短"),
    (source(head="issued_on = 1948-12-31"), "", "text.issued_on",
     "1948-12-31应在1949年到2199年之间", ""),
    (source(head="effective_until = 2200-01-01"), "", "text.effective_until",
     "2200-01-01应在1949年到2199年之间", ""),
    # who issues
    (source(head='authority = "33"'), "", "text.authority",
     "“33”不是适用范围“3715”本级或上级的代码", "可用：3715、37；全国写空"),
    (source(head='authority = "371502"'), "", "text.authority",
     "“371502”不是适用范围“3715”本级或上级的代码", "可用：3715、37；全国写空"),
    (source(jurisdiction="", head='authority = "37"'), "", "text.authority",
     "“37”不是适用范围“全国”本级或上级的代码", "写空"),
    (source(head='authority = "*"'), "", "text.authority",
     "“*”和适用范围“3715”不相配，“*”要两处都是“*”", "去掉 authority"),
    (source(jurisdiction="*", head='authority = "3715"'), "", "text.authority",
     "“3715”和适用范围“*”不相配，“*”要两处都是“*”", "去掉 authority"),
    # numbers
    (source(provision("{ const = 1000000000000001 }")), "A-1", "value.const", "这个数太大",
     "绝对值最多10的15次方"),
    (source(provision('{ const = "1000000000000001" }')), "A-1", "value.const",
     "“1000000000000001”太大或太细，绝对值最多10的15次方，分母最多10的12次方", "核对位数"),
    (source(provision('{ const = "1/1000000000001" }')), "A-1", "value.const",
     "“1/1000000000001”太大或太细，绝对值最多10的15次方，分母最多10的12次方", "核对位数"),
    (source(provision('{ const = "%s1" }' % ("0" * 40))), "A-1", "value.const",
     "“0000000000…”写了41个字，数最多写40个字", "舍去多余的位数"),
    (source(provision("{ const = -1 }", **PAID)), "A-1", "value.const", "金额-1小于0", "核对符号"),
    (source(provision("{ const = [-1, 5] }", **PAID)), "A-1", "value.const",
     "金额-1小于0", "核对符号"),
    (source(provision('{ per = "households", every = 1, amount = "-0.5" }', **PAID)), "A-1",
     "value.per.amount", "金额-1/2小于0", "核对符号"),
    (source(provision('{ pool = -1, among = "community", weights = "households" }', **PAID,
                      more='level = "city"')), "A-1", "value.pool", "总额“-1”小于0", "核对符号"),
    (source(provision('{ per = "households", every = "0.009", amount = 1 }')), "A-1",
     "value.per.every", "每多少户（人、平方米）应大于0，最小0.01", ""),
    # sizes
    (source(provision(nested(12))), "A-1", "value", "形状（条件）套了13层，最多12层",
     "改成并列，或拆成几个条款"),
    (source(provision(more="when = " + "{ not = " * 12 + '{ fact = "central_urban", is = true }'
                      + " }" * 12)), "A-1", "when", "形状（条件）套了13层，最多12层",
     "改成并列，或拆成几个条款"),
    (source(provision(more="sources = " + "[" * 60 + "[]" + "]" * 60)), "A-1",
     "sources" + "[1]" * 60, "表和列表套了61层以上", "最多60层"),
    (source(provision(many("{ const = 1 }", 300))), "A-1", "value",
     "有301个形状、条件和承担方，最多300个", "拆成几个条款"),
    (source(provision(many("{ const = 1 }", 150)),
            provision(many('{ share_of = "A-1", part = "unclamped_excess" }', 2), name="A-2")),
     "A-2", "value", "有305个形状、条件和承担方，最多300个", "拆成几个条款"),
    (source(payers(*['{ payer = "city", percent = 0 }'] * 299, REST)), "A-1", "value",
     "有301个形状、条件和承担方，最多300个", "拆成几个条款"),
    (source(*declared(301)), "", "provision", "有301个条款，最多300个", "分成几个文件"),
    (source(provision(more="\n".join(CHOICE.replace("case", f"c{number}") + 'values = { a = "甲" }'
                                     for number in range(61)))), "", "provision",
     "有61个选项，最多60个", "分成几个文件"),
    (source(provision(many("{ const = 1 }", 249), more=f"{CHOICE}values = {{ {choices(201)} }}")),
     "", "provision", "共250个形状，选项有201种取法，乘起来最多50000", "分成几个文件"),
    (source(provision(many("{ const = 1 }", 17).replace("sum", "product"))), "A-1", "value",
     "乘起来可能有306位，最多300位", "少乘几个数"),
    # time
    (source(provision('{ grow = { grow = { const = 1 }, rate = "5%", from = 2015 }, rate = "5%", '
                      "from = 2015 }")), "A-1", "value.grow.grow", "增长里面又有增长",
     "先写成一个基数，只增长一次"),
    (source(provision('{ clamp = { grow = { const = 1 }, rate = "5%", from = 2015 }, high = 1 }'),
            provision('{ grow = { share_of = "A-1", part = "unclamped_excess" }, rate = "5%", '
                      "from = 2015 }", name="A-2")), "A-1", "value.clamp.grow", "增长里面又有增长",
     "先写成一个基数，只增长一次"),
    (source(provision('{ grow = { const = 1 }, rate = "101%", from = 2015 }')), "A-1",
     "value.grow.rate", "增长率“101%”应在-100%到100%之间", ""),
    (source(provision('{ grow = { const = 1 }, rate = "5%", from = 1948 }')), "A-1",
     "value.grow.from", "1948应在1949到2199之间", ""),
    (source(provision('{ grow = { const = 1 }, rate = "5%", from = 2200 }')), "A-1",
     "value.grow.from", "2200应在1949到2199之间", ""),
    (source(provision(more="when = { year = { at_least = 1948 } }")), "A-1", "when.year.at_least",
     "1948应在1949到2199之间", ""),
    (source(provision(more="when = { year = { is = 2200 } }")), "A-1", "when.year",
     "2200应在1949到2199之间", ""),
    (source(provision(more=YEARS + "default = 1948")), "A-1", "options.begun.default",
     "应在1949到2199之间，现在是“1948”", ""),
    (source(provision("{ recurrence = 1001, every_years = 1 }", binding="recurrence")), "A-1",
     "value.recurrence", "每个周期1001次，应在0到1000之间", ""),
    (source(provision("{ recurrence = 1, every_years = 0 }", binding="recurrence")), "A-1",
     "value.recurrence.every_years", "0应在1到1200之间", ""),
    (source(provision("{ recurrence = 1, every_months = 1201 }", binding="recurrence")), "A-1",
     "value.recurrence.every_months", "1201应在1到1200之间", ""),
    (source(provision('{ deadline = "first_move_in_on", months = 1201 }', binding="deadline",
                      subject="premises_handover_due")), "A-1", "value.deadline.months",
     "1201应在1到1200之间", ""),
    (source(provision('{ deadline = "first_move_in_on", days = 36501 }', binding="deadline",
                      subject="premises_handover_due")), "A-1", "value.deadline.days",
     "36501应在1到36500之间", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "where", "field", "message", "suggestion"),
    BEYOND,
    ids=[f"{number}-{one[2]}" for number, one in enumerate(BEYOND)],
)
def test_text_when_beyond_a_limit_is_refused_in_words(text, where, field, message, suggestion):
    assert (where, field, message, suggestion) in mistakes(text)


AT_THE_LIMIT = [
    source() + "#" * (256 * 1024 - len(source().encode())),
    source(head=f'note = "{"长" * 4000}"'),
    source(head='note = """一\n\t二"""'),
    source(provision(name="A" * 32)),
    source(head="issued_on = 1949-01-01\neffective_until = 2199-12-31"),
    source(head='authority = "37"'),
    source(head='authority = ""'),
    source(jurisdiction="*", head='authority = "*"'),
    source(provision("{ const = 1000000000000000 }")),
    source(provision('{ const = "-1/1000000000000" }')),
    source(provision('{ const = "%s1" }' % ("0" * 39))),
    source(provision('{ per = "households", every = "0.01", amount = 0 }', **PAID)),
    source(provision(nested(11))),
    source(provision(many("{ const = 1 }", 299))),
    source(payers(*['{ payer = "city", percent = 0 }'] * 298, REST)),
    source(*declared(300)),
    source(provision(many("{ const = 1 }", 249), more=f"{CHOICE}values = {{ {choices(200)} }}")),
    source(provision(many("{ const = 1 }", 16).replace("sum", "product"))),
    source(provision('{ sum = [ { grow = { const = 1 }, rate = "100%", from = 1949 }, '
                     '{ grow = { const = 1 }, rate = "-100%", from = 2199 } ] }')),
    source(provision(more="when = { year = { above = 1949, below = 2199 } }")),
    source(provision(more=YEARS + "default = 2199")),
    source(provision("{ recurrence = 1000, every_years = 1200 }", binding="recurrence")),
]  # fmt: skip


@pytest.mark.parametrize("text", AT_THE_LIMIT, ids=range(len(AT_THE_LIMIT)))
def test_text_when_just_within_every_limit_is_taken(text):
    assert load_text(text).title == "自拟办法"


def test_text_when_it_has_more_mistakes_than_anybody_reads_names_the_first_hundred():
    found = mistakes(source(head="\n".join(f"x{number} = 1" for number in range(5000))))

    assert [one[1] for one in found[:2]] == ["text.x0", "text.x1"]
    assert (len(found), found[-1]) == (
        101, ("", "", "错误超过100处，后面的没有列出", "先改正列出的"),
    )  # fmt: skip


def test_text_when_a_mistake_quotes_much_of_it_is_cut_short():
    [error] = mistakes(source(provision(more=f"options = [ {', '.join(['1'] * 2000)} ]")))

    assert len(error[2]) == 401
    assert error[2].startswith("应为一个表 {…}，现在是[1, 1, 1")
    assert error[2].endswith("…")
