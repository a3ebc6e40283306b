"""Splitting an amount in fen among payers so that the parts always add up to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from policy.engine.catalogue import catalogue
from policy.engine.exact import Column, Mask, Numbers, smaller
from policy.engine.expressions import Branch, Const, Node, When
from policy.engine.reader import Reader
from policy.engine.shapes import PAYER_KEYS
from policy.engine.situation import Situation
from policy.engine.value_reader import ZERO, ValueReader


@dataclass(frozen=True, slots=True)
class Share:
    """One payer's part: a percentage of the whole, a fixed sum, a sum per unit, or the rest."""

    payer: str
    kind: str
    value: Node
    of: str = ""


def split(
    amount: Numbers, shares: tuple[Share, ...], sit: Situation, active: Mask, bound: int
) -> dict[str, Numbers]:
    """Fen by payer, in listed order; nobody pays more than what is left, the last takes the rest.

    bound is never below the largest amount. Rows whose part is unknown are blocked in sit.
    """
    parts: dict[str, Numbers] = {}
    left = amount
    for share in shares:
        part = left
        if share.kind != "rest":
            part = _part(share, Column(amount, 1, bound), sit, active)
            # a percentage of the whole cannot exceed what is left unless fixed sums come first
            if share.kind != "percent" or parts:
                part = smaller(part, left)
            left = left - part
        parts[share.payer] = parts[share.payer] + part if share.payer in parts else part
    return parts


def _part(share: Share, amount: Column, sit: Situation, active: Mask) -> Numbers:
    value = share.value.evaluate(sit, active).lo
    if share.kind == "percent":
        return amount.times(value).over(Fraction(100)).rounded(Fraction(1), "floor").num
    if share.kind == "per_unit":
        value = value.times(sit.fact(share.of, active).column())
    return value.whole_units(2, "floor")


def read_shares(values: ValueReader, raw: object, place: str) -> tuple[Share, ...]:
    """The payers of a provision; more than 100 %, or no single last rest, is a mistake."""
    reader = values.reader
    shares = []
    for where, one in reader.tables(raw, PAYER_KEYS, place):
        share = _read_share(values, one, where)
        shares += [share] if share else []
    _check(reader, shares, place)
    return tuple(shares)


def _read_share(values: ValueReader, raw: Mapping[str, Any], place: str) -> Share | None:
    reader = values.reader
    payer = reader.one_of(raw["payer"], catalogue().payers, f"{place}.payer")
    kinds = [kind for kind in ("percent", "amount", "per_unit", "rest") if kind in raw]
    if len(kinds) != 1:
        reader.fail(place, "每个承担方写 percent、amount、per_unit、rest 之一")
        return None
    kind = kinds[0]
    if (kind == "per_unit") != ("of" in raw):
        reader.fail(place, "per_unit 要写明 of 哪个事实，其他写法不用 of")
    if kind == "rest":
        if raw["rest"] is not True:
            reader.fail(f"{place}.rest", "应为true")
        return Share(payer, kind, ZERO)
    of = reader.fact(raw["of"], f"{place}.of", ("count", "area")).key if "of" in raw else ""
    return Share(payer, kind, _read_part(values, raw[kind], f"{place}.{kind}"), of)


def _read_part(values: ValueReader, raw: object, place: str) -> Node:
    reader = values.reader
    if not isinstance(raw, dict):
        return _read_number(reader, raw, place)
    if set(raw) != {"when"}:
        reader.fail(place, "写一个数，或 { when = [ … ] }")
        return ZERO
    branches = []
    for where, branch in reader.branches(raw["when"], f"{place}.when"):
        condition = reader.condition(branch["if"], f"{where}.if") if "if" in branch else None
        part = branch["then"] if "then" in branch else branch["otherwise"]
        branches.append(Branch(condition, _read_number(reader, part, where)))
    return When(tuple(branches))


def _read_number(reader: Reader, raw: object, place: str) -> Const:
    number = reader.number(raw, place)
    if number < 0:
        reader.fail(place, f"承担份额“{raw}”小于0")
    return Const(number, number)


def _check(reader: Reader, shares: list[Share], place: str) -> None:
    if sum(share.kind == "rest" for share in shares) != 1 or (shares and shares[-1].kind != "rest"):
        reader.fail(place, "没有承担余下部分的一方", "最后一个承担方写 rest = true")
    total = _highest_total([share.value for share in shares if share.kind == "percent"])
    if total > 100:
        reader.fail(place, f"各方份额合计{total}%，超过100%", "改小份额，余下部分由 rest 承担")


def _highest_total(parts: list[Node]) -> Fraction:
    """The highest percentage together; payers with the same cases are added case by case."""
    cases = [part.branches for part in parts if isinstance(part, When)]
    fixed = sum((_percent(part) for part in parts), Fraction(0))
    if not all(cases):
        return fixed
    listed = [[_percent(branch.value) for branch in branches] for branches in cases]
    if len({tuple(branch.condition for branch in branches) for branches in cases}) == 1:
        return fixed + max(sum(row, Fraction(0)) for row in zip(*listed, strict=True))
    return fixed + sum((max(percents) for percents in listed), Fraction(0))


def _percent(part: Node) -> Fraction:
    return part.hi if isinstance(part, Const) else Fraction(0)
