"""One rule over some rows: what it asks, in whole units, and where it cannot say."""

from __future__ import annotations

from dataclasses import dataclass

from policy.engine.compiling import Rule
from policy.engine.exact import LARGEST, Mask, Numbers, both, inverse, widen
from policy.engine.situation import Situation


@dataclass(slots=True, eq=False)
class Outcome:
    """lo, hi and raw (before a bound) in whole units of the subject: persons, fen, 0.01 m2.

    asks: rows of which the rule asks something; parts: the components' figures, for their payers.
    """

    rule: Rule
    sit: Situation
    lo: Numbers
    hi: Numbers
    raw: Numbers
    asks: Mask
    parts: tuple[Numbers, ...] = ()
    high_parts: tuple[Numbers, ...] = ()
    # the largest figure that can occur, so that sums and shares need no scan
    bound: int = 1

    @property
    def blocked(self) -> Mask:
        return both(self.asks, self.sit.blocked)

    @property
    def floor(self) -> Numbers | None:
        """What the rule keeps at least, if it binds from below."""
        return self.lo if self.rule.provision.binding in _FLOORS else None

    @property
    def ceiling(self) -> Numbers | None:
        """What the rule allows at most, if it binds from above."""
        return self.hi if self.rule.provision.binding in _CEILINGS else None

    @property
    def figures(self) -> tuple[Numbers, ...]:
        """The components' figures with which the rule counts: the high ends of an at_most rule."""
        return self.high_parts if self.floor is None and not self.is_target else self.parts

    @property
    def is_target(self) -> bool:
        return self.rule.provision.binding in _TARGETS

    @property
    def is_exact(self) -> bool:
        return self.is_target and self.rule.provision.binding != "about"


_FLOORS = ("at_least", "range", "quota", "recurrence")
_CEILINGS = ("at_most", "range", "deadline")
_TARGETS = ("exact", "about", "assessed")


def evaluate(rule: Rule, sit: Situation, exempt: Mask = False) -> Outcome:
    """The rule's figures for every row of the situation; exempt rows are asked nothing."""
    active: Mask = inverse(exempt)
    active = settle(rule, sit, active)
    unit = rule.subject.unit
    lows, highs, raws, bound = [], [], [], 1
    for component in rule.components:
        value = component.value.evaluate(sit, active)
        low = value.lo.whole_units(unit.places, unit.rounding)
        lows.append(low)
        same = value.hi is value.lo
        highs.append(low if same else value.hi.whole_units(unit.places, unit.rounding))
        raws.append(low if value.raw is None else value.raw.whole_units(unit.places, unit.rounding))
        bound += max(value.lo.bound // value.lo.den, value.hi.bound // value.hi.den) + 1
    asks = both(active, inverse(sit.unasked))
    high = lows if all(h is low for h, low in zip(highs, lows, strict=True)) else highs
    raw = lows if all(r is low for r, low in zip(raws, lows, strict=True)) else raws
    wide = bound * 10**unit.places > LARGEST
    total = _total(lows, wide=wide)
    return Outcome(
        rule,
        sit,
        total,
        total if high is lows else _total(high, wide=wide),
        total if raw is lows else _total(raw, wide=wide),
        asks,
        tuple(lows) if len(lows) > 1 else (),
        tuple(highs) if len(highs) > 1 else (),
        bound * 10**unit.places,
    )


def settle(rule: Rule, sit: Situation, active: Mask) -> Mask:
    """Rows for which the rule's own condition is not false; unknown ones are blocked in sit."""
    if rule.condition is None:
        return active
    judged = rule.condition.judge(sit)
    for rows, reason in judged.reasons:
        sit.block(both(both(active, judged.unknown), rows), reason)
    return both(active, judged.true if judged.unknown is False else judged.true | judged.unknown)


def _total(parts: list[Numbers], *, wide: bool) -> Numbers:
    """The sum of the components' figures; wide: it may be more than int64 holds."""
    total, *others = [widen(part) for part in parts] if wide else parts
    for part in others:
        total = total + part
    return total
