"""A cell as people and spreadsheets write it, and back: text to value, value to text."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from collection.rules.fields import Field
from collection.rules.units import WithUnit, split_unit
from communities import typed

YES, NO = ("是", "true", "1", "yes"), ("否", "false", "0", "no")
NULLS = ("", "—", "-", "－", "–", "/", "无数据")


class CellError(ValueError):
    """A cell that cannot be read: what is wrong with the value, and how to mend it."""


def text_of(raw: object) -> str:
    """A cell of a file as text: 3000.0 is 3000, a day is 2015-01-05, TRUE stays a word."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time().isoformat() == "00:00:00" else raw.isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    return str(raw).strip(" \t\u3000\xa0\ufeff")


def read(field: Field, text: str) -> Any:
    """The value of a text: int, Decimal, date, bool, the key of a choice or str; None where empty.

    Raises CellError with what is wrong and how to mend it. Whether an empty cell is allowed is not
    its matter (rules.checks).
    """
    if field.kind == "text":
        return _text(field, text)
    if text in NULLS:
        return None
    if field.is_number and (of := split_unit(text)):
        raise CellError(_with_unit(field, text, of))
    try:
        return READERS[field.kind](field, text)
    except ValidationError as error:
        raise CellError(error.messages[0]) from error


def _text(field: Field, text: str) -> str:
    try:
        plain = typed.lines(text)
        typed.check_no_identity_number(plain)
    except ValidationError as error:
        raise CellError(error.messages[0]) from error
    if len(plain) > field.most:
        raise CellError(f"{field.label}有{len(plain)}个字。缩短到{field.most}个字以内")
    return plain


def _with_unit(field: Field, text: str, of: WithUnit) -> str:
    """What is said of a number with its unit: which number to write, if it is the field's own."""
    said = f"“{typed.shown(text)}”带了"
    if of.unit and of.unit != field.unit:
        return f"{said}单位“{of.typed}”，{field.label}按{field.unit}填。核对后只写数字"
    try:
        read(field, of.number)
    except CellError as error:
        return f"{said}“{of.times}{of.typed}”，改写成数字。{error}"
    if of.times:
        return f"{said}“{of.times}”。写成全数{of.number}"
    return f"{said}单位。去掉“{of.typed}”，写{of.number}"


def _count(field: Field, text: str) -> int:
    number = typed.whole_number(text)
    return int(_within(field, Decimal(number), text))


def _amount(field: Field, text: str) -> Decimal:
    number = Decimal(typed.number(text))
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > field.places and number != round(number, 2):
        raise CellError(f"“{typed.shown(text)}”小数太多，最多{field.places}位小数")
    return _within(field, number, text).quantize(Decimal("0.01"))


def _within(field: Field, number: Decimal, text: str) -> Decimal:
    if number < 0:
        raise CellError(f"“{typed.shown(text)}”小于0，核对符号")
    if number > field.most:
        raise CellError(f"“{typed.shown(text)}”大于{field.most:,}，核对是否多输")
    return number


def _choice(field: Field, text: str) -> str:
    plain = typed.line(text)
    for key, label in field.choices:
        if plain == key or "".join(plain.split()) == label:
            return key
    accepted = "、".join(label for _, label in field.choices)
    raise CellError(f"“{typed.shown(text)}”不在可选项里。从中选一项：{accepted}")


def _flag(field: Field, text: str) -> bool:
    plain = typed.line(text).lower()
    if plain in YES:
        return True
    if plain in NO:
        return False
    raise CellError(f"“{typed.shown(text)}”应填是或否")


def _day(field: Field, text: str) -> date:
    return typed.day(text)


READERS = {
    "count": _count, "area": _amount, "money": _amount,
    "choice": _choice, "flag": _flag, "date": _day,
}  # fmt: skip


def written(field: Field, value: Any) -> str:
    """A value as form and workbook write it: 3000, 128.50, 2015-01-05, 购买, 是."""
    if value is None or value == "":
        return ""
    if field.kind == "choice":
        return dict(field.choices).get(value, str(value))
    if field.kind == "flag":
        return "是" if value else "否"
    if field.kind == "date":
        return str(value.isoformat())
    if isinstance(value, Decimal):
        return str(int(value)) if value == value.to_integral_value() else f"{value:.2f}"
    return str(value)
