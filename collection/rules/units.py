"""Numbers that carry a unit, taken apart: 3,992套, 585.16万, 128.5平方米."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from django.core.exceptions import ValidationError

from communities import typed

MYRIADS: Final = {"": 1, "十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
# as people write it, and as the facts have it
UNITS: Final = {
    "": "", "户": "户", "人": "人", "名": "人", "位": "人", "套": "套", "个": "个", "个月": "个月",
    "月": "个月", "元": "元", "块": "元", "㎡": "㎡", "m2": "㎡", "m²": "㎡", "平方米": "㎡",
    "平米": "㎡", "平": "㎡", "间": "间", "处": "处", "幢": "幢", "栋": "栋", "座": "座",
    "米": "米", "年": "年", "亩": "亩", "公里": "公里", "平方公里": "平方公里",
}  # fmt: skip
ANY_UNIT: Final = "|".join(sorted(UNITS, key=len, reverse=True))
WITH_UNIT: Final = re.compile(rf"(.*[0-9.０-９．])\s*([{''.join(MYRIADS)}]?)\s*({ANY_UNIT})")


class WithUnit(NamedTuple):
    """A number in full, the word that multiplied it, its unit as the facts have it and as typed."""

    number: str
    times: str
    unit: str
    typed: str


def split_unit(text: str) -> WithUnit | None:
    """What a number with a unit says.

    None for a number without one, and for what is no exact number: 约3000户.
    """
    found = WITH_UNIT.fullmatch(text.strip())
    if found is None or not (found[2] or found[3]):
        return None
    try:
        plain = Decimal(typed.number(found[1])) * MYRIADS[found[2]]
    except ValidationError:
        return None
    return WithUnit(plain_number(plain), found[2], UNITS[found[3]], found[3])


def plain_number(number: Decimal) -> str:
    """A number in digits without zeros after the point: 5851600, 128.5."""
    return f"{number.normalize():f}"
