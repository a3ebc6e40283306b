"""What people type: numbers, days, texts, codes; sloppy and hostile ones, each with its outcome."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from communities import typed


def refusal(read: Callable[..., Any], *given: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        read(*given)
    return "".join(refused.value.messages)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3000", "3000"),
        ("３０００", "3000"),
        ("3,000", "3000"),
        ("３，０００", "3000"),
        ("1,234,567", "1234567"),
        ("3 000", "3000"),
        ("3\u00a0000", "3000"),
        (" 3000　", "3000"),
        ("3000\n", "3000"),
        ("3000.0", "3000"),
        ("3000.", "3000"),
        ("0", "0"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("007", "007"),
        ("-5", "-5"),
        ("－5", "-5"),
    ],
)
def test_whole_number_when_sloppy_then_plain_digits(text: str, expected: str) -> None:
    assert typed.whole_number(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1_000",
        "1e3",
        "1E9",
        "0x10",
        "+5",
        "NaN",
        "nan",
        "Infinity",
        "-inf",
        "٣٠",
        "۳۰",
        "३०",
        "约3000户",
        "3000以上",
        "3000-3500",
        "3000~3500",
        "三千",
        "1.2万",
        "²",
        "½",
        "3,00",
        "3,0000",
        ",300",
        "3,,000",
        "3 00",
        "1.2.3",
        ".5",
        "--5",
        "5-",
        "TRUE",
        "=1+1",
        "3'000",
        "①",
        "𝟛𝟘",
    ],
)
def test_number_when_not_written_in_digits_then_refused_with_what_was_typed(text: str) -> None:
    assert refusal(typed.number, text) == f"“{text}”不是数字，改成阿拉伯数字"
    assert refusal(typed.whole_number, text) == f"“{text}”不是数字，改成阿拉伯数字"


@pytest.mark.parametrize("text", ["3000户", "３００户", "1.25平方公里", "60,000 ㎡", "500元"])
def test_number_with_a_unit_then_refused_with_what_to_leave_out(text: str) -> None:
    assert refusal(typed.number, text) == f"“{text}”带了单位。去掉单位，只写数字"


def test_whole_number_when_there_is_a_part_then_refused() -> None:
    assert refusal(typed.whole_number, "3000.5") == "“3000.5”不是整数，去掉小数"


def test_number_when_of_four_hundred_nines_then_refused_at_once() -> None:
    assert refusal(typed.number, "9" * 400) == f"“{'9' * 24}…”太长，核对是否多输"


def test_number_when_there_is_a_part_then_kept_as_typed() -> None:
    assert typed.number("６０，０００．５０") == "60000.50"


@pytest.mark.parametrize(
    "text",
    [
        "2015-01-05",
        "2015-1-5",
        "2015.1.5",
        "2015．1．5",
        "2015/1/5",
        "2015／1／5",
        "2015年1月5日",
        "2015年1月5",
        "2015年 1月 5日",
        "20150105",
        "２０１５－０１－０５",
        "２０１５年１月５日",
        " 2015-01-05　",
        "2015-01-05 00:00:00",
        "2015/1/5 0:00",
    ],
)
def test_day_when_in_a_usual_shape_then_that_day(text: str) -> None:
    assert typed.day(text) == date(2015, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "42009",
        "42009.0",
        "2015年",
        "2015-01",
        "二〇一五年一月五日",
        "01/05/2015",
        "5/1/2015",
        "15-1-5",
        "2015-1/5",
        "2015-W01-1",
        "2015-01-05T08:00",
        "今天",
        "2015-01-05 08:30",
        "٢٠١٥-٠١-٠٥",
    ],
)
def test_day_when_in_another_shape_then_refused(text: str) -> None:
    assert refusal(typed.day, text) == f"“{text}”不是日期，写成2015-01-05的样子"


@pytest.mark.parametrize(
    "text", ["2015-02-29", "2015-13-01", "2015-00-10", "20150431", "2015年4月31日"]
)
def test_day_when_it_does_not_exist_then_refused(text: str) -> None:
    assert refusal(typed.day, text) == f"“{text}”没有这一天，核对月和日"


def test_day_when_outside_the_calendar_of_the_house_then_refused() -> None:
    assert typed.day("1949-10-01") == date(1949, 10, 1)
    assert refusal(typed.day, "1949-09-30") == "1949-09-30早于1949-10-01，核对年份"
    assert refusal(typed.day, "0001-01-01") == "0001-01-01早于1949-10-01，核对年份"
    assert typed.day("2199-12-31") == date(2199, 12, 31)
    assert refusal(typed.day, "2200-01-01") == "2200-01-01晚于2199-12-31，核对年份"


def test_check_happened_when_to_come_then_refused() -> None:
    typed.check_happened(date(2026, 11, 21), date(2026, 11, 21))

    said = refusal(typed.check_happened, date(2026, 11, 22), date(2026, 11, 21))
    assert said == "2026-11-22还没有到，改成2026-11-21或以前的日期"


@pytest.mark.parametrize(
    ("sign", "number"),
    [
        ("\u200b", "200B"),  # zero-width space
        ("\u200d", "200D"),  # zero-width joiner
        ("\u200e", "200E"),  # left-to-right mark
        ("\u202e", "202E"),  # right-to-left override
        ("\u2066", "2066"),  # isolate
        ("\ufeff", "FEFF"),  # byte order mark
        ("\u00ad", "00AD"),  # soft hyphen
        ("\u2060", "2060"),  # word joiner
        ("\U000e0041", "E0041"),  # tag
        ("\u3164", "3164"),  # Hangul filler
        ("\u2800", "2800"),  # blank of Braille
        ("\x00", "0000"),
        ("\x1b", "001B"),
        ("\x7f", "007F"),
    ],
)
def test_text_when_a_sign_cannot_be_seen_then_refused_by_place_and_number(
    sign: str, number: str
) -> None:
    said = f"“古城”之后有看不见的字符（U+{number}）。删去它，或重新输入这一项"

    assert refusal(typed.line, f"古城{sign}社区") == said
    assert refusal(typed.lines, f"古城{sign}社区") == said


def test_text_when_it_begins_with_an_invisible_sign_then_said_so() -> None:
    said = "开头有看不见的字符（U+200B）。删去它，或重新输入这一项"

    assert refusal(typed.line, "\u200b古城") == said


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\t", "\x0b", "\u2028", "\x85"])
def test_line_when_it_breaks_then_refused(sign: str) -> None:
    assert refusal(typed.line, f"古城{sign}社区") == "里面有换行或制表符。删去，写成一行"


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "〇𠮷𰻝", "O'Neill", "=1+1", "a b", "㎡"]
)
def test_text_when_odd_but_visible_then_kept_as_typed(text: str) -> None:
    assert typed.line(f"　{text} ") == text
    assert typed.lines(f"　{text} ") == text


def test_lines_when_ends_differ_then_one_kind() -> None:
    assert typed.lines("一\r\n二\r三\n\n四\u2028五\n") == "一\n二\n三\n\n四\n五"


def test_names_when_separated_in_any_way_then_each_once() -> None:
    assert typed.names("示范社区、文明社区，示范社区;　老旧 ；\n；") == [
        "示范社区",
        "文明社区",
        "老旧",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "52371502mje000000a",
        " 52371502MJE000000A ",
        "52 3715 02 MJE000000A",
        "５２３７１５０２ＭＪＥ０００００0A",
        "52371502-MJE000000-A",
    ],
)
def test_credit_code_when_sloppy_then_as_on_the_certificate(text: str) -> None:
    assert typed.credit_code(text) == "52371502MJE000000A"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0635-8321234", "0635-8321234"),
        ("０６３５－８３２１２３４", "0635-8321234"),
        ("(0635)8321234", "0635-8321234"),
        ("（0635） 832 1234", "0635-8321234"),
        ("0635—8321234", "0635-8321234"),
        ("06358321234", "06358321234"),
        ("010-12345678", None),
        ("010-62345678", "010-62345678"),
        ("8321234", "8321234"),
        ("0635-8321234-801", "0635-8321234-801"),
        ("13012345678", "13012345678"),
        ("400-123-4567", "400-123-4567"),
        ("12345", "12345"),
        ("1301234567", None),
        ("12812345678", None),
        ("130123456789", None),
        ("0635-832123", None),
        ("电话8321234", None),
        ("-", ""),
    ],
)
def test_phone_then_plain_or_refused(text: str, expected: str | None) -> None:
    if expected is None:
        said = f"“{text}”不是电话号码。写成0635-8321234或11位手机号的样子"
        assert refusal(typed.phone, text) == said
    else:
        assert typed.phone(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ID11010519491231002X",
        "身份证11010519491231002X",
        "110105.19491231.002X",
        "110105–19491231–002X",
        "110105/19491231/002X",
        "110105  19491231  002x",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "1234 110105 19491231 002X",  # other digits before it
        "371502900307123",  # of 15 digits
        "证号371502900307123。",
    ],
)
def test_identity_number_however_written_then_refused(text: str) -> None:
    assert "里面有居民身份证号（" in refusal(typed.check_no_identity_number, text)


@pytest.mark.parametrize(
    "text",
    [
        "371502001001001",  # the code of a community and three digits more
        "371502401001001",
        "371502200012345",
        "990502900307123",  # of no province
        "3715029003071234",
        "371502991307123",  # no month
        "2015-01-05，2018-12-10",
        "13012345678、13112345678",
    ],
)
def test_other_long_numbers_then_taken(text: str) -> None:
    typed.check_no_identity_number(text)
