"""What people type of communities, read and checked: numbers, days, texts, codes."""

import re
import unicodedata
from datetime import date

from django.core.exceptions import ValidationError

# GB 32100-2015: no I, O, S, V, Z
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_check_character(first: str) -> str:
    """Return the 18th character that belongs to the first 17 of a credit code."""
    total = sum(ALPHABET.index(sign) * weight for sign, weight in zip(first, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def check_credit_code(code: str) -> None:
    """Refuse what is not a unified social credit code (GB 32100-2015).

    Raises ValidationError with a message for the user.
    """
    if len(code) != 18:
        raise ValidationError(f"统一社会信用代码“{code}”是{len(code)}位。应为18位，照登记证书填写")
    wrong = sorted(set(code) - set(ALPHABET))
    if wrong:
        raise ValidationError(
            f"统一社会信用代码里有“{'、'.join(wrong)}”。只用数字和大写字母，不含I、O、S、V、Z"
        )
    if not re.fullmatch(r"[0-9]{6}", code[2:8]):
        raise ValidationError(f"统一社会信用代码第3至8位“{code[2:8]}”应为6位数字的区划代码")
    if (expected := credit_check_character(code[:17])) != code[17]:
        raise ValidationError(
            f"统一社会信用代码末位校验不符：写的是{code[17]}，按前17位应为{expected}。逐位核对证书"
        )


DOC_NO = re.compile(r"[^〔〕]+〔[0-9]{4}〕第?[0-9]+号")
YEAR_IN_BRACKETS = re.compile(r"[\[【［(（〔]([0-9]{4})[\]】］)）〕]")
PLAIN_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def clean_doc_no(text: str) -> str:
    """Return a document number with its year in 〔〕 and without blanks; '' stays ''.

    Raises ValidationError with a message for the user when the year or 号 is missing.
    """
    mended = re.sub(r"\s+", "", text).translate(PLAIN_DIGITS)
    mended = YEAR_IN_BRACKETS.sub(r"〔\1〕", mended)
    if mended and not DOC_NO.fullmatch(mended):
        raise ValidationError(f"文号“{text.strip()}”不全。写成“东政字〔2026〕8号”的样子")
    return mended


# Full-width signs as an input method leaves them; a comma or a blank may group thousands.
NARROW = str.maketrans("０１２３４５６７８９．－，　\u00a0\u202f\u2009", "0123456789.-,    ")
NUMBER = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:[, ][0-9]{3})+)(?:\.[0-9]*)?")
# 300户, but not 3万: what is left of that is another number
UNIT = re.compile(
    r"-?[0-9][0-9, .]*(?:[户人名个栋幢套间处座元年米亩]|㎡|m2|m²|平方?米|平方?公里|公里|k㎡|km2)"
)
DAY = re.compile(
    r"(?P<year>[0-9]{4}) ?(?:(?P<sign>[-./]) ?(?P<month>[0-9]{1,2}) ?(?P=sign) ?(?P<day>[0-9]{1,2})"
    r"|年 ?(?P<month_>[0-9]{1,2}) ?月 ?(?P<day_>[0-9]{1,2}) ?日?"
    r"|(?P<month__>[0-9]{2})(?P<day__>[0-9]{2}))"
    r"(?: 0?0:00(?::00)?)?"  # as Excel pastes it
)
FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2199, 12, 31)
LONGEST_NUMBER = 40
# Show as nothing without being classed as formats: fillers, and the blank of Braille.
BLANK_SIGNS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
# Area code and number, a service number (400, 800, 95 …, 12345), or a mobile telephone.
PHONE = re.compile(
    r"(?:0[0-9]{2,3}-?)?[2-9][0-9]{6,7}(?:-[0-9]{1,6})?|1[3-9][0-9]{9}|[48]00-?[0-9]{3}-?[0-9]{4}"
    r"|123[0-9]{2}|9[56][0-9]{3,4}"
)


# GB 11643: area, day of birth, order, check character; people group its digits with blanks.
# Whoever wants to keep one all the same writes dots, dashes or letters beside it.
BETWEEN_DIGITS = r"[\s.,·_/\\—–-]{0,3}"
IDENTITY_NUMBER = re.compile(  # other digits before one do not hide it
    rf"(?<![0-9])(?=([1-9](?:{BETWEEN_DIGITS}[0-9]){{16}}{BETWEEN_DIGITS}[0-9Xx])(?![0-9]))"
)
# The former kind of 15 digits has no check character: a province, and a birth of 1950 to 1999,
# which the codes of places do not look like.
FORMER_NUMBER = re.compile(
    r"(?<![0-9])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])[0-9]{4}"
    r"[5-9][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9])"
)
BIRTH = re.compile(r"(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_no_identity_number(text: str) -> None:
    """Refuse texts with an identity number in them (GB 11643): residents are never held.

    Raises ValidationError with a message for the user, which does not repeat the number.
    """
    plain = unicodedata.normalize("NFKC", text)
    for typed in (*IDENTITY_NUMBER.findall(plain), *FORMER_NUMBER.findall(plain)):
        found = re.sub(BETWEEN_DIGITS, "", typed).upper()
        total = sum(int(sign) * by for sign, by in zip(found, IDENTITY_WEIGHTS, strict=False))
        former = len(found) < 18
        if former or ("10X98765432"[total % 11] == found[17] and BIRTH.fullmatch(found[6:14])):
            raise ValidationError(
                f"里面有居民身份证号（{found[:2]}…{found[-2:]}）。删去，本系统不登记居民个人信息",
                code="identity_number",
            )


# a mobile telephone within a text, its digits grouped somehow; 1986.3-2012.07 begins with a year
MOBILE_WITHIN = re.compile(
    rf"(?<![0-9])(?!19[0-9]{{2}}[^0-9])1[3-9](?:{BETWEEN_DIGITS}[0-9]){{9}}(?![0-9])"
)


def check_no_mobile(text: str) -> None:
    """Refuse texts with a mobile telephone in them. Raises ValidationError without the number."""
    if MOBILE_WITHIN.search(unicodedata.normalize("NFKC", text)):
        raise ValidationError("里面有手机号。删去，这里不登记个人电话", code="mobile")


def shown(text: str, most: int = 24) -> str:
    """Return what was typed as a message quotes it, cut where it is long."""
    return text if len(text) <= most else f"{text[:most]}…"


def _invisible(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind in {"Cc", "Cf", "Cs"} or sign in BLANK_SIGNS


def _check_visible(text: str) -> None:
    hidden = next((sign for sign in text if _invisible(sign)), None)
    if hidden is None:
        return
    place = text.index(hidden)
    before = f"“{shown(text[:place][-8:])}”之后" if text[:place].strip() else "开头"
    raise ValidationError(
        f"{before}有看不见的字符（U+{ord(hidden):04X}）。删去它，或重新输入这一项", code="invisible"
    )


def line(text: str) -> str:
    """Return a text of one line without the blanks around it.

    Raises ValidationError for line breaks and for characters that cannot be seen.
    """
    text = text.strip()
    if re.search(r"[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]", text):
        raise ValidationError("里面有换行或制表符。删去，写成一行", code="line_break")
    _check_visible(text)
    return text


def lines(text: str) -> str:
    """Return a text of several lines without the blanks around it, its line ends made one kind.

    Raises ValidationError for characters that cannot be seen.
    """
    text = re.sub(r"\r\n?|[\v\f\x85\u2028\u2029]", "\n", text).strip()
    _check_visible(re.sub(r"[\n\t]", "", text))
    return text


def number(text: str) -> str:
    """Return an exact number as plain digits: 3,000 and ３０００ are 3000, -0 is 0.

    Raises ValidationError for whatever is not written in digits alone.
    """
    plain = line(text).translate(NARROW).strip()
    if UNIT.fullmatch(plain):
        raise ValidationError(
            f"“{shown(text.strip())}”带了单位。去掉单位，只写数字", code="invalid"
        )
    if not NUMBER.fullmatch(plain):
        raise ValidationError(f"“{shown(text.strip())}”不是数字，改成阿拉伯数字", code="invalid")
    digits = re.sub(r"[, ]", "", plain)
    if len(digits) > LONGEST_NUMBER:
        raise ValidationError(f"“{shown(digits)}”太长，核对是否多输", code="invalid")
    whole, _, part = digits.partition(".")
    digits = f"{whole}.{part}" if part else whole
    return digits.removeprefix("-") if not digits.strip("-0.") else digits


def whole_number(text: str) -> str:
    """Return a whole number as plain digits; 3000.0, as Excel writes it, is 3000.

    Raises ValidationError for whatever is not one.
    """
    digits, _, part = number(text).partition(".")
    if part.strip("0"):
        raise ValidationError(f"“{shown(text.strip())}”不是整数，去掉小数", code="invalid")
    return digits


def day(text: str) -> date:
    """Return the day that is meant by 2015-01-05, 2015/1/5, 2015.1.5, 2015年1月5日 or 20150105.

    Raises ValidationError for other shapes, for days that do not exist, and for those before
    1949-10-01 or after 2199-12-31.
    """
    plain = line(text).translate(NARROW).translate(str.maketrans("／。", "/.")).strip()
    found = DAY.fullmatch(plain)
    typed = shown(text.strip())
    if found is None:
        raise ValidationError(f"“{typed}”不是日期，写成2015-01-05的样子", code="invalid")
    parts = found.groupdict()
    month = parts["month"] or parts["month_"] or parts["month__"]
    of_month = parts["day"] or parts["day_"] or parts["day__"]
    try:
        meant = date(int(parts["year"]), int(month), int(of_month))
    except ValueError:
        raise ValidationError(f"“{typed}”没有这一天，核对月和日", code="invalid") from None
    if meant < FIRST_DAY:
        raise ValidationError(f"{meant}早于{FIRST_DAY}，核对年份", code="min_value")
    if meant > LAST_DAY:
        raise ValidationError(f"{meant}晚于{LAST_DAY}，核对年份", code="max_value")
    return meant


def check_happened(meant: date, today: date) -> None:
    """Refuse a day that is still to come. Raises ValidationError."""
    if meant > today:
        raise ValidationError(f"{meant}还没有到，改成{today}或以前的日期", code="future")


def names(text: str) -> list[str]:
    """Return the distinct names of a list typed with 、，,；; or line breaks between them.

    Raises ValidationError for characters that cannot be seen.
    """
    parts = (line(part) for part in re.split(r"[、，,；;\n\r]", text))
    return list(dict.fromkeys(part for part in parts if part))


def credit_code(text: str) -> str:
    """Return a credit code as certificates print it: plain capitals without blanks and hyphens.

    Raises ValidationError for characters that cannot be seen; `check_credit_code` checks the rest.
    """
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", line(text))).upper()


def phone(text: str) -> str:
    """Return the telephone number of an office, plain, as 0635-8321234 or 13012345678.

    Raises ValidationError for what has the shape of no such number.
    """
    plain = unicodedata.normalize("NFKC", line(text)).translate(str.maketrans("—–−", "---"))
    plain = re.sub(r"[()]", "-", plain)
    plain = re.sub(r"\s+", "", plain)
    plain = re.sub(r"-{2,}", "-", plain).strip("-")
    if plain and not PHONE.fullmatch(plain):
        raise ValidationError(
            f"“{shown(text.strip())}”不是电话号码。写成0635-8321234或11位手机号的样子",
            code="invalid",
        )
    return plain
