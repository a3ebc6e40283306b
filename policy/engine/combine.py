"""Several rules on one subject: floor, ceiling, target, and the figure to plan with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from policy.engine.catalogue import Subject
from policy.engine.exact import (
    Mask,
    Numbers,
    as_mask,
    both,
    choose,
    either,
    inverse,
    larger,
    smaller,
    some,
)
from policy.engine.outcome import Outcome
from policy.engine.shares import split
from policy.engine.situation import Situation


@dataclass(frozen=True, slots=True)
class Part:
    """A figure and where there is one."""

    num: Numbers
    has: Mask


NOTHING = Part(0, False)


@dataclass(slots=True, eq=False)
class Requirement:
    """One subject over some rows, in whole units; outcomes stand nearest text first."""

    subject: Subject
    outcomes: Sequence[Outcome]
    low: Part
    high: Part
    required: Part
    target: Part
    conflict: Mask
    blocked: Mask
    size: int
    # rows whose payers cannot be told, and why
    unsplit: list[tuple[Mask, str]] = field(default_factory=list)
    _payers: dict[str, Numbers] | None = field(default=None)

    @property
    def bound(self) -> int:
        return max(outcome.bound for outcome in self.outcomes)

    def binds(self, outcome: Outcome) -> Mask:
        """Rows in which an outcome is what determined the required figure."""
        figure: Mask = False
        if outcome.is_target:
            nearer: Mask = False
            for one in self.outcomes[: self.outcomes.index(outcome)]:
                nearer = either(nearer, one.asks) if one.is_target else nearer
            figure = both(inverse(nearer), as_mask(outcome.lo == self.required.num))
        elif outcome.floor is not None:
            figure = as_mask(outcome.floor == self.required.num)
        if outcome.ceiling is not None:
            lowered = either(inverse(self.low.has), _above(self.target, self.required))
            figure = either(figure, both(lowered, as_mask(outcome.ceiling == self.required.num)))
        return both(both(outcome.asks, self.required.has), figure)

    def payers(self) -> dict[str, Numbers]:
        """Fen by payer (0 where nobody pays); the parts of a row add up to its required sum.

        Who pays is what the binding rule says, or else the nearest rule that names payers.
        """
        if self._payers is None:
            money = self.subject.unit.key == "money"
            self._payers = self._split(self.required.num, self.bound) if money else {}
        return self._payers

    def payers_of(self, amounts: Numbers, bound: int) -> dict[str, Numbers]:
        """Fen by payer of other sums of the rows, such as a part of the year, by the same rules.

        bound is never below the largest of them; the parts of a row add up to its sum. A row that
        has no payers, or cannot be computed, has no parts.
        """
        said, self.unsplit = self.unsplit, []
        parts = self._split(amounts, bound)
        self.unsplit = said
        return parts

    def _split(self, amounts: Numbers, bound: int) -> dict[str, Numbers]:
        naming = [outcome for outcome in self.outcomes if outcome.rule.names_payers]
        open_rows: Mask = both(self.required.has, inverse(self.blocked))
        parts: dict[str, Numbers] = {}
        claims = [(one, self.binds(one)) for one in naming] if len(self.outcomes) > 1 else []
        for outcome, rows in [*claims, *((one, one.asks) for one in naming)]:
            rows = both(open_rows, rows)
            if some(rows):
                self._add(parts, outcome, rows, amounts, bound)
                open_rows = both(open_rows, inverse(rows))
        return parts

    def _add(
        self, parts: dict[str, Numbers], outcome: Outcome, rows: Mask, amounts: Numbers, bound: int
    ) -> None:
        """Split the sums by a rule's payers, component by component.

        Where bounds have moved the sum, each component keeps its own figure as far as it goes and
        the last takes the rest. Rows with one unknown share are not split at all.
        """
        sit = Situation(outcome.sit.facts, outcome.sit.on, outcome.sit.series)
        left, pieces = amounts, []
        for figure, component in zip(outcome.figures, outcome.rule.components[:-1], strict=False):
            amount = smaller(figure, left)
            left = left - amount
            # of nothing nobody's share need be known
            asked = both(rows, as_mask(amount != 0))
            pieces.append(split(amount, component.shares, sit, asked, bound))
        last = both(rows, as_mask(left != 0)) if pieces else rows
        pieces.append(split(left, outcome.rule.components[-1].shares, sit, last, bound))
        known = both(rows, inverse(sit.blocked))
        for piece in pieces:
            for payer, part in piece.items():
                counted = choose(known, part, 0)
                parts[payer] = parts[payer] + counted if payer in parts else counted
        self.unsplit += [(both(rows, where), reason) for where, reason in sit.reasons]


def _above(target: Part, required: Part) -> Mask:
    if target.has is False:
        return False
    return both(target.has, as_mask(target.num > required.num))


def combine(subject: Subject, outcomes: Sequence[Outcome], size: int) -> Requirement:
    """Required = target (or floor), lowered to the ceiling, lifted to the floor; the floor wins."""
    floor, ceiling, target, exact = NOTHING, NOTHING, NOTHING, False
    blocked: Mask = False
    for outcome in outcomes:
        blocked = either(blocked, outcome.blocked)
        if outcome.floor is not None:
            floor = _merge(floor, Part(outcome.floor, outcome.asks), larger)
        if outcome.ceiling is not None:
            ceiling = _merge(ceiling, Part(outcome.ceiling, outcome.asks), smaller)
        if outcome.is_target:
            fresh = both(outcome.asks, inverse(target.has))
            exact = either(exact, fresh) if outcome.is_exact else exact
            target = _fill(target, Part(outcome.lo, outcome.asks))
    return _settle(subject, outcomes, (floor, ceiling, target), exact, blocked, size)


def _settle(
    subject: Subject,
    outcomes: Sequence[Outcome],
    bounds: tuple[Part, Part, Part],
    exact: Mask,
    blocked: Mask,
    size: int,
) -> Requirement:
    floor, ceiling, target = bounds
    required = _fill(_fill(target, floor), ceiling)
    conflict: Mask = False
    if ceiling.has is not False and target.has is not False:
        required = Part(
            choose(ceiling.has, smaller(required.num, ceiling.num), required.num), required.has
        )
    if floor.has is not False and target.has is not False:
        required = Part(
            choose(floor.has, larger(required.num, floor.num), required.num), required.has
        )
    high = ceiling
    if floor.has is not False and ceiling.has is not False:
        crossed = both(both(floor.has, ceiling.has), as_mask(floor.num > ceiling.num))
        conflict = crossed
        if some(crossed):
            high = Part(choose(crossed, floor.num, ceiling.num), ceiling.has)
    low = floor
    if exact is not False:
        if len(outcomes) > 1:
            conflict = either(conflict, both(exact, as_mask(required.num != target.num)))
        low = Part(choose(exact, required.num, low.num), either(exact, low.has))
        high = Part(choose(exact, required.num, high.num), either(exact, high.has))
    return Requirement(
        subject,
        outcomes,
        low,
        high,
        required,
        target,
        both(conflict, inverse(blocked)),
        blocked,
        size,
    )


def _merge(first: Part, second: Part, pick: Callable[[Numbers, Numbers], Numbers]) -> Part:
    """The picked figure where both have one, else the one that there is."""
    if first.has is False:
        return second
    if second.has is False:
        return first
    picked = pick(first.num, second.num)
    if first.has is True and second.has is True:
        return Part(picked, True)
    num = choose(both(first.has, second.has), picked, choose(first.has, first.num, second.num))
    return Part(num, either(first.has, second.has))


def _fill(first: Part, second: Part) -> Part:
    """The first figure, and the second where there is no first."""
    if first.has is True or second.has is False:
        return first
    if first.has is False:
        return second
    return Part(choose(first.has, first.num, second.num), either(first.has, second.has))


def unclamped(requirement: Requirement) -> Numbers:
    """The figure before any bound: the target's where there is one, else the binding rule's."""
    outcomes = requirement.outcomes
    if len(outcomes) == 1:
        return outcomes[0].raw
    num: Numbers = requirement.required.num
    settled: Mask = False
    for outcome in outcomes:
        rows = outcome.asks if outcome.is_target else False
        num = choose(both(rows, inverse(settled)), outcome.raw, num)
        settled = either(settled, rows)
    for outcome in reversed(outcomes):
        if not outcome.is_target:
            rows = both(requirement.binds(outcome), inverse(settled))
            num = choose(rows, outcome.raw, num)
    return num
