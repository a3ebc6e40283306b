"""What people type of persons, read and checked: identity numbers, mobile telephones, months."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from django.core.exceptions import ValidationError

from communities.typed import (
    BIRTH,
    IDENTITY_WEIGHTS,
    LAST_DAY,
    MOBILE_WITHIN,
    NARROW,
    line,
    shown,
)

CHECK_CHARACTERS = "10X98765432"
MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"0[0-9]{2,3}-?[2-9][0-9]{6,7}")
MONTH = re.compile(
    r"(?P<year>[0-9]{4}) ?(?:[-./年] ?(?P<month>[0-9]{1,2})(?: ?月)?(?:[-./]?[0-9]{1,2}日?)?"
    r"|(?P<month_>[0-9]{2})(?:[0-9]{2})?)"
)
EARLIEST_BIRTH = date(1920, 1, 1)


def identity_number(text: str) -> str:
    """Return an identity number (GB 11643) as 18 plain characters; '' stays ''.

    Raises ValidationError with a message for the user, which does not repeat the number.
    """
    plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", line(text))).upper()
    if not plain:
        return ""
    if len(plain) != 18:
        raise ValidationError(f"身份证号是{len(plain)}位。应为18位，照证件填写", code="length")
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", plain):
        raise ValidationError("身份证号只有数字，末位可以是X。照证件填写", code="signs")
    if not BIRTH.fullmatch(plain[6:14]) or not _is_day(plain[6:14]):
        raise ValidationError("身份证号第7至14位不是出生日期。逐位核对证件", code="birth")
    total = sum(int(sign) * by for sign, by in zip(plain, IDENTITY_WEIGHTS, strict=False))
    if CHECK_CHARACTERS[total % 11] != plain[17]:
        raise ValidationError("身份证号末位校验不符。逐位核对证件", code="check")
    return plain


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def born_in_of(number: str) -> date:
    """The month of birth that an identity number says, as its first day."""
    return date(int(number[6:10]), int(number[10:12]), 1)


def sex_of(number: str) -> str:
    """The sex that an identity number says."""
    return "male" if int(number[16]) % 2 else "female"


def phone_number(text: str) -> str:
    """Return a person's telephone number in plain digits; '' stays ''.

    Raises ValidationError with a message for the user, which does not repeat the number.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", line(text)))
    plain = plain.translate(str.maketrans("—–−()", "-----"))
    digits = plain.replace("-", "")
    if not digits:
        return ""
    digits = digits.removeprefix("+86") if digits.startswith("+86") else digits
    if MOBILE.fullmatch(digits):
        return digits
    if LANDLINE.fullmatch(plain.strip("-")):
        return plain.strip("-")
    raise ValidationError("电话写成11位手机号或0635-8321234的样子", code="invalid")


def check_no_mobile(text: str) -> None:
    """Refuse texts with a mobile telephone in them. Raises ValidationError without the number."""
    if MOBILE_WITHIN.search(unicodedata.normalize("NFKC", text)):
        raise ValidationError("里面有手机号。删去，电话写在人员的“电话”里", code="mobile")


def check_name(text: str) -> None:
    """Refuse digits in the name of a person. Raises ValidationError."""
    if re.search(r"[0-9]", unicodedata.normalize("NFKC", text)):
        raise ValidationError("姓名里有数字。只写姓名", code="digits")


def month(text: str) -> date:
    """Return the month that is meant by 1985-06, 1985.6, 1985年6月, 198506 or a day of it.

    It is its first day. Raises ValidationError for other shapes and impossible months.
    """
    plain = line(text).translate(NARROW).strip()
    found = MONTH.fullmatch(plain)
    typed = shown(text.strip())
    if found is None:
        raise ValidationError(f"“{typed}”不是年月，写成1985-06的样子", code="invalid")
    number = int(found["month"] or found["month_"])
    if not 1 <= number <= 12:
        raise ValidationError(f"“{typed}”没有{number}月，核对月份", code="invalid")
    meant = date(int(found["year"]), number, 1)
    if not EARLIEST_BIRTH <= meant <= LAST_DAY:
        raise ValidationError(f"“{typed}”早于{EARLIEST_BIRTH.year}年，核对年份", code="min_value")
    return meant
