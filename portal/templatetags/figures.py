"""Template filters that print exact figures: money, areas, head-counts, shares, Chinese amounts.

All filters take int, Decimal or Fraction, or None, which prints as a dash. Floats are refused: a
figure that went through one is no longer exact.
"""

from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

Figure = int | Decimal | Fraction

DASH = "—"
MINUS = "\N{MINUS SIGN}"
MET = SafeString('<span class="gap">达标</span>')
DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万")
DAXIE_LIMIT = 10**16


def ratio(value: object) -> tuple[int, int]:
    """Return the value as numerator and denominator; TypeError for anything not an exact number."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise TypeError(f"a figure must be int, Decimal or Fraction, not {value!r}")
    return value.as_integer_ratio()


def exact(value: object) -> Fraction:
    return Fraction(*ratio(value))


def rounded(value: Figure, decimals: int) -> int:
    """Return value x 10**decimals rounded half away from zero, as an integer."""
    numerator, denominator = ratio(value)
    numerator *= 10**decimals
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return whole if numerator >= 0 else -whole


def written(value: Figure, decimals: int, *, separator: bool = True) -> str:
    """Return the figure with fixed decimals; a value that rounds to zero carries no sign."""
    units = rounded(value, decimals)
    whole, rest = divmod(abs(units), 10**decimals)
    text = f"{whole:,}" if separator else str(whole)
    if decimals:
        text += f".{rest:0{decimals}d}"
    return MINUS + text if units < 0 else text


def natural(value: Figure) -> str:
    """Return the figure with at most two decimals and no trailing zeros."""
    if type(value) is int:
        return written(value, 0)
    return written(value, 2).rstrip("0").rstrip(".")


@register.filter
def number(value: Figure | None, decimals: int | None = None) -> str:
    if value is None:
        return DASH
    return natural(value) if decimals is None else written(value, decimals)


@register.filter
def plain(value: Figure | None, decimals: int = 0) -> str:
    return DASH if value is None else written(value, decimals, separator=False)


@register.filter
def yuan(value: Figure | None, decimals: int = 2) -> str:
    return DASH if value is None else written(value, decimals)


@register.filter
def wan(value: Figure | None, decimals: int = 2) -> str:
    return DASH if value is None else written(exact(value) / 10_000, decimals)


@register.filter
def m2(value: Figure | None, decimals: int | None = None) -> str:
    return number(value, decimals)


@register.filter
def people(value: Figure | None) -> str:
    if value is not None and exact(value).denominator != 1:
        raise ValueError(f"a head-count must be whole, not {value}")
    return number(value)


@register.filter
def pct(value: Figure | None, decimals: int = 1) -> str:
    return DASH if value is None else written(value, decimals) + "%"


@register.filter
def signed(value: Figure | None, decimals: int | None = None) -> str:
    if value is None:
        return DASH
    text = number(value, decimals)
    return "+" + text if text.strip("0.,") and not text.startswith(MINUS) else text


@register.filter
def figure(value: Figure | str | None, unit: str = "") -> str:
    """Write a figure the way its unit is written; words pass through.

    Yuan show no decimals or two, square metres up to two, everything else is whole or natural.
    """
    if isinstance(value, str):
        return value
    if value is not None and unit == "元":
        return written(value, 0 if exact(value).denominator == 1 else 2)
    return number(value)


@register.filter
def between(low: Figure | None, high: Figure | None) -> str:
    """Write a pair of bounds: 5~9, 不低于5, 不超过9, or one figure where both agree."""
    if low is None and high is None:
        return ""
    if low is None:
        return f"不超过{number(high)}"
    if high is None:
        return f"不低于{number(low)}"
    return number(low) if low == high else f"{number(low)}~{number(high)}"


@register.filter
def gap(value: Figure | None, unit: str | int = "") -> str | SafeString:
    """Write actual minus required: 缺2人 in red, 达标, or 多1人 in grey.

    A number in place of the unit fixes the decimals, for a column whose head names the unit.
    """
    if value is None:
        return DASH
    text, unit = (written(value, unit), "") if isinstance(unit, int) else (natural(value), unit)
    if not text.strip("0."):
        return MET
    if text.startswith(MINUS):
        return format_html('<span class="gap bad">缺{}{}</span>', text[1:], unit)
    return format_html('<span class="gap">多{}{}</span>', text, unit)


@register.filter
def daxie(value: Figure | None) -> str:
    """Write an amount in yuan in capital characters, as 票据 rules ask: 壹仟零肆元伍角整."""
    if value is None:
        return DASH
    fen = rounded(value, 2)
    if not fen:
        return "零元整"
    whole, fen_part = divmod(abs(fen), 100)
    if whole >= DAXIE_LIMIT:
        raise ValueError(f"the amount {value} is too large to write in words")
    return (
        ("负" if fen < 0 else "") + _daxie_whole(whole) + _daxie_fen(fen_part, has_yuan=bool(whole))
    )


def _daxie_whole(whole: int) -> str:
    if not whole:
        return ""
    text, pending_zero, digits = "", False, str(whole)
    for index, character in enumerate(digits):
        group, place = divmod(len(digits) - 1 - index, 4)
        if character == "0":
            pending_zero = True
        else:
            text += ("零" if pending_zero else "") + DIGITS[int(character)] + PLACES[place]
            pending_zero = False
        # 亿 closes the groups of 万亿 and 亿 together, so it looks at both.
        start = 0 if group == 2 else max(0, index - 3)
        if place == 0 and int(digits[start : index + 1]):
            text += GROUPS[group]
    return text + "元"


def _daxie_fen(fen_part: int, *, has_yuan: bool) -> str:
    jiao, fen = divmod(fen_part, 10)
    if not fen_part:
        return "整"
    text = DIGITS[jiao] + "角" if jiao else ("零" if has_yuan else "")
    return text + (DIGITS[fen] + "分" if fen else "整")
