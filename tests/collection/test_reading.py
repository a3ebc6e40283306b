"""Cells as people and spreadsheets write them: read exactly, or refused with the way to mend."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from collection.rules.fields import FIELDS
from collection.rules.reading import CellError, read, text_of, written

COUNT, AREA, MONEY = (
    FIELDS["households_registered"],
    FIELDS["premises_area_m2"],
    FIELDS["received_yuan"],
)
DAY, CHOICE, FLAG = FIELDS["first_move_in_on"], FIELDS["premises_tenure"], FIELDS["poor_county"]


@pytest.mark.parametrize(
    "text", ["3000", "３０００", "3,000", "3，０００", " 3000　", "3000.0", "3 000"]
)
def test_read_count_as_people_write_it(text: str) -> None:
    assert read(COUNT, text) == 3000


@pytest.mark.parametrize(
    "text",
    ["3000.5", "约3000户", "3000户", "3000以上", "3000-3500", "三千", "1.2万", "-5", "1_000",
     "1e3", "0x10", "+5", "NaN", "Infinity", "٣٠", "9" * 400, "TRUE", "=1+1", "3\u200b000",
     "100000000", "3,00", "3000\n"*2],
)  # fmt: skip
def test_read_count_refuses(text: str) -> None:
    with pytest.raises(CellError, match=r"[，。、]"):
        read(COUNT, text)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("dwellings", "3992套", "“3992套”带了单位。去掉“套”，写3992"),
        ("households_registered", "３，２５３户", "“３，２５３户”带了单位。去掉“户”，写3253"),
        ("population_resident", "14,533 人", "“14,533 人”带了单位。去掉“人”，写14533"),
        ("premises_area_m2", "128.50平方米", "“128.50平方米”带了单位。去掉“平方米”，写128.5"),
        ("rented_months", "12个月", "“12个月”带了单位。去掉“个月”，写12"),
        ("dwellings", "3992户", "“3992户”带了单位“户”，住宅套数按套填。核对后只写数字"),
        ("contract_price_yuan", "585.16万", "“585.16万”带了“万”。写成全数5851600"),
        ("contract_price_yuan", "585.16万元", "“585.16万元”带了“万”。写成全数5851600"),
        ("households_registered", "1.2万", "“1.2万”带了“万”。写成全数12000"),
        ("households_registered", "3千户", "“3千户”带了“千”。写成全数3000"),
        ("received_yuan", "65,418.785元",
         "“65,418.785元”带了“元”，改写成数字。“65418.785”小数太多，最多2位小数"),
        ("households_registered", "-5户", "“-5户”带了“户”，改写成数字。“-5”小于0，核对符号"),
        ("households_registered", "约3000户", "“约3000户”不是数字，改成阿拉伯数字"),
    ],
)  # fmt: skip
def test_read_when_a_unit_is_written_then_the_number_to_write_is_named(
    name: str, text: str, message: str
) -> None:
    with pytest.raises(CellError) as refused:
        read(FIELDS[name], text)

    assert str(refused.value) == message


@pytest.mark.parametrize("text", ["", "—", "-", "－", "/", "无数据"])
def test_read_when_nothing_is_written_then_none(text: str) -> None:
    assert read(COUNT, text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("60000.5", "60000.50"), ("0", "0.00"), ("-0", "0.00"), ("128.500", "128.50")],
)
def test_read_money(text: str, value: str) -> None:
    assert read(MONEY, text) == Decimal(value)
    assert str(read(MONEY, text)) == value


@pytest.mark.parametrize("text", ["0.005", "1e9", "1000000000000"])
def test_read_money_refuses(text: str) -> None:
    with pytest.raises(CellError, match=r"[，。、]"):
        read(MONEY, text)


@pytest.mark.parametrize(
    "text", ["2015.1.5", "2015/1/5", "2015年1月5日", "20150105", "２０１５－０１－０５"]
)
def test_read_day(text: str) -> None:
    assert read(DAY, text) == date(2015, 1, 5)


@pytest.mark.parametrize(
    "text", ["二〇一五年", "2015年", "2015-02-29", "42009", "01/05/2015", "1949-09-30"]
)
def test_read_day_refuses(text: str) -> None:
    with pytest.raises(CellError, match=r"[，。、]"):
        read(DAY, text)


def test_read_choice_by_label_and_key() -> None:
    assert (read(CHOICE, "购买"), read(CHOICE, "bought")) == ("bought", "bought")
    assert (read(CHOICE, "购 买"), read(CHOICE, "整合\u3000调剂")) == ("bought", "reallocated")
    with pytest.raises(CellError, match="“买的”不在可选项里。从中选一项：购买、租赁"):
        read(CHOICE, "买的")


def test_read_flag() -> None:
    assert (read(FLAG, "是"), read(FLAG, "否"), read(FLAG, "FALSE")) == (True, False, False)
    with pytest.raises(CellError, match="“可能”应填是或否"):
        read(FLAG, "可能")


def test_read_text_when_it_holds_an_identity_number_then_it_is_refused() -> None:
    with pytest.raises(CellError, match="居民身份证号"):
        read(FIELDS["remarks"], "张三 11010519491231002X")


def test_read_text_when_too_long_then_it_says_by_how_much() -> None:
    with pytest.raises(CellError, match="备注有501个字。缩短到500个字以内"):
        read(FIELDS["remarks"], "甲" * 501)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (None, ""),
        (3000.0, "3000"),
        (0.1, "0.1"),
        (True, "TRUE"),
        (datetime(2015, 1, 5), "2015-01-05"),  # noqa: DTZ001
        (date(2015, 1, 5), "2015-01-05"),
        ("\ufeff 3000\u3000", "3000"),
    ],
)
def test_text_of_a_cell(raw: object, text: str) -> None:
    assert text_of(raw) == text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("households_registered", 3000),
        ("premises_area_m2", Decimal("128.50")),
        ("premises_area_m2", Decimal("128.00")),
        ("first_move_in_on", date(2015, 1, 5)),
        ("premises_tenure", "bought"),
        ("poor_county", False),
        ("remarks", "第一行\n第二行"),
    ],
)
def test_written_when_read_again_then_it_is_the_same(name: str, value: Any) -> None:
    assert read(FIELDS[name], written(FIELDS[name], value)) == value
