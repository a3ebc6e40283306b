"""Slow exact shares: largest remainder and payers, from docs/policy-format.md alone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.policy.oracle import FEN, Place, Table, chosen, number, rounded

Split = dict[str, Fraction]


def largest_remainder(total: int, weights: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole parts in proportion to the weights that add up to the total; ties by code."""
    whole = sum(weights.values())
    if not whole:
        return largest_remainder(total, dict.fromkeys(weights, Fraction(1)))
    exact = {code: total * weight / whole for code, weight in weights.items()}
    parts = {code: share.numerator // share.denominator for code, share in exact.items()}
    order = sorted(exact, key=lambda code: (parts[code] - exact[code], code))
    for code in order[: total - sum(parts.values())]:
        parts[code] += 1
    return parts


def split(amount: Fraction, payers: Sequence[Table], place: Place) -> Split:
    """An amount among its payers in listed order; the last one takes the rest."""
    parts: dict[str, Fraction] = defaultdict(Fraction)
    left = amount
    for payer in payers:
        part = min(asked(payer, amount, left, place), left)
        parts[place.option(payer["payer"])] += part
        left -= part
    return dict(parts)


def asked(payer: Table, amount: Fraction, left: Fraction, place: Place) -> Fraction:
    if payer.get("rest"):
        return left
    if "percent" in payer:
        percent = number(reading(payer["percent"], place))
        return rounded(amount * percent / 100, FEN, "floor")
    if "amount" in payer:
        return number(reading(payer["amount"], place))
    return number(reading(payer["per_unit"], place)) * place.amount(payer["of"])


def reading(value: Any, place: Place) -> Any:
    """A number that may be an option or depend on a condition."""
    value = place.option(value)
    if isinstance(value, Mapping):
        return reading(chosen(value["when"], place), place)
    return value
