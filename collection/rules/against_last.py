"""Figures against last year's: a lost or doubled digit, a large change, from or to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collection.rules.fields import FIELDS
from collection.rules.findings import LOOK, UNLIKELY, Elsewhere, Finding, Values, said, shown
from collection.rules.limits import CHANGE_ASKED, LIMITS, SLIP

# Other than numbers: what moves money asks for a reason, the rest is shown.
KINDS = {
    "area_kind": UNLIKELY,
    "poor_county": UNLIKELY,
    "first_move_in_on": UNLIKELY,
    "premises_tenure": LOOK,
}


# What pays once: a figure in two years running may be the same contract again.
ONCE = {"contract_price_yuan": "购房补助只补一次，只填当年签订的合同，核对"}


def compare_number(name: str, value: Any, last: Any) -> Finding | None:
    """What is found of a number beside last year's; both are known."""
    if name in ONCE and value and last:
        return Finding(name, LOOK, f"上年也填了{FIELDS[name].label}，{ONCE[name]}")
    if value == last:
        return None
    limit = LIMITS[name]
    apart = value - last if value > last else last - value
    if apart < limit.step or 100 * apart < CHANGE_ASKED * last:
        return None
    if not last or not value:
        return _from_or_to_nothing(name, value, last, yearly=limit.yearly)
    field = FIELDS[name]
    if value >= SLIP * last:
        message = f"{field.label}{shown(name, value)}是上年的{value / last:.1f}倍。核对是否多输一位"
    elif last >= SLIP * value:
        message = (
            f"{field.label}{shown(name, value)}只有上年{shown(name, last)}的"
            f"{100 * value / last:.1f}%。核对是否少输一位"
        )
    else:
        way = "增加" if value > last else "减少"
        message = f"{field.label}比上年{way}{100 * apart / last:.1f}%，写明原因"
    return Finding(name, UNLIKELY, message)


def is_slip(name: str, value: Any, last: Any) -> bool:
    """Whether a number looks as if a digit was lost or doubled."""
    if name not in LIMITS or not value or not last:
        return False
    return bool(value >= SLIP * last or last >= SLIP * value)


def _from_or_to_nothing(name: str, value: Any, last: Any, *, yearly: bool) -> Finding:
    label, unit = FIELDS[name].label, FIELDS[name].unit
    grade, asks = (LOOK, "核对") if yearly else (UNLIKELY, "写明原因")
    if not last:
        return Finding(name, grade, f"{label}上年是0，本年是{shown(name, value)}{unit}，{asks}")
    return Finding(name, grade, f"{label}上年是{shown(name, last)}{unit}，本年是0，{asks}")


def compare_other(name: str, value: Any, last: Any) -> Finding | None:
    """What is found of a choice, flag or day beside last year's; both are known."""
    if name not in KINDS or value == last:
        return None
    asks = "写明原因" if KINDS[name] == UNLIKELY else "核对"
    return Finding(name, KINDS[name], f"{FIELDS[name].label}上年是“{shown(name, last)}”，{asks}")


def compare_elsewhere(name: str, value: Any, kept: Elsewhere) -> Finding | None:
    """What is found of a value that is kept elsewhere as well."""
    held = kept[0]
    if held is None or value == held:
        return None
    told = f"{FIELDS[name].label}与{kept[1]}的{shown(name, held)}不一致"
    if name not in LIMITS:
        return Finding(name, LOOK, f"{told}，核对哪一个对")
    apart = value - held if value > held else held - value
    if apart < LIMITS[name].step or 100 * apart < CHANGE_ASKED * held:
        return Finding(name, LOOK, f"{told}，核对哪一个对")
    return Finding(name, UNLIKELY, f"{told}，写明原因，或先改{kept[1]}")


def against_determined(determined: int | None, values: Values, measure: str) -> list[Finding]:
    """What is found of a row whose determined households are not those of the measure's count."""
    counted = values.get(measure)
    if determined is None or counted is None or determined == counted:
        return []
    told = f"核定户数{determined:,}户与{said(measure, counted)}不一致"
    return [Finding(measure, UNLIKELY, f"{told}，标准按核定户数测算，退回后重新提交")]


def at_boundaries(boundaries: Any, values: Any) -> Iterator[Finding]:
    """Figures that stand exactly where a policy changes its step."""
    for name, steps in boundaries.items():
        value = values.get(name)
        if value in steps:
            field = FIELDS[name]
            message = f"{field.label}正好{shown(name, value)}{field.unit}，是政策分档的界线，核对"
            yield Finding(name, LOOK, message)
