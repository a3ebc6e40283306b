"""Facts and a stack of texts in, requirements of every subject out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from policy.engine.catalogue import CODE_LENGTHS, catalogue
from policy.engine.combine import Requirement, combine
from policy.engine.compiling import Rule
from policy.engine.exact import Mask, both, inverse, some
from policy.engine.facts import Facts, split_levels
from policy.engine.levels import (
    WIDER,
    aggregate,
    distributed,
    grouping,
    level_where_computed,
)
from policy.engine.outcome import Outcome, evaluate, settle
from policy.engine.rows import Group, Row, make_row
from policy.engine.series import Series
from policy.engine.situation import Situation
from policy.engine.stack import Stack
from policy.engine.texts import ADOPTABLE

NO_SERIES = Series({})


@dataclass
class Block:
    """Rows of one level, in the order in which they were given."""

    level: str
    facts: Facts
    groups: list[Group]
    _places: Any = field(default=None)

    def place(self, row: int) -> tuple[Group, int]:
        """The group of a row and its number there."""
        if len(self.groups) == 1 and self.groups[0].rows is None:
            return self.groups[0], row
        if self._places is None:
            self._places = {
                int(number): (group, local)
                for group in self.groups
                for local, number in enumerate(group.rows)
            }
        found: tuple[Group, int] = self._places[row]
        return found


@dataclass
class Requirements:
    """What every row must have: the community block first, then rows of wider units."""

    blocks: list[Block]
    stack: Stack
    series: Series
    # the place of each given row: block and row there
    given: list[tuple[int, int]] | None = None
    # sums by level, as they are asked for
    rollups: dict[str, Any] = field(default_factory=dict)

    @property
    def subjects(self) -> list[str]:
        groups = [group for block in self.blocks for group in block.groups]
        found = {subject for group in groups for subject in group.requirements}
        return [subject for subject in catalogue().subjects if subject in found]

    def row(self, subject: str, number: int) -> Row:
        """A subject of the row given as number; raises KeyError if no text concerns it."""
        block, local = self.given[number] if self.given else (0, number)
        group, place = self.blocks[block].place(local)
        return make_row(group, subject, place)

    def rows(self) -> Iterator[Row]:
        """Every row: code by code, then subject by subject."""
        for block in self.blocks:
            for number in range(len(block.facts)):
                group, place = block.place(number)
                for subject in catalogue().subjects:
                    if subject in group.requirements:
                        yield make_row(group, subject, place)


def assess(facts: Facts, stack: Stack, series: Series = NO_SERIES) -> Requirements:
    """The requirements of every row under the stack.

    Shape: as many rows as facts, plus rows of wider units for rules that are stated for them.
    Figures are exact; see rows.make_row for units.
    """
    if facts.single:
        return Requirements([_block("community", facts, stack, series)], stack, series)
    levels = split_levels(facts)
    blocks: list[Block] = []
    mixed = not set(levels) <= {"community"}
    given: list[tuple[int, int]] | None = [(0, 0)] * len(facts) if mixed else None
    for level in ("community", *WIDER):
        numbers = levels.get(level)
        if numbers is None:
            continue
        part = facts if len(levels) == 1 else facts.take(numbers)
        for local, number in enumerate(numbers if given is not None else ()):
            given[number] = (len(blocks), local)  # type: ignore[index]
        blocks.append(_block(level, part, stack, series))
    if "community" in levels:
        blocks += _wider_blocks(blocks[0].facts, stack, series, facts.codes if given else ())
    return Requirements(blocks, stack, series, given)


def _wider_blocks(facts: Facts, stack: Stack, series: Series, given: Sequence[str]) -> list[Block]:
    """Blocks of wider units for rules stated there, from the sums of their communities."""
    blocks = []
    for level in WIDER:
        if not any(level_where_computed(rule) == level for rule in stack.rules):
            continue
        wide = aggregate(facts, level)
        known = set(given)
        fresh = [row for row, code in enumerate(wide.codes) if code not in known]
        if fresh:
            wide = wide if len(fresh) == len(wide) else wide.take(np.array(fresh))
            block = _block(level, wide, stack, series, summed=True)
            blocks += [block] if any(group.requirements for group in block.groups) else []
    return blocks


def _block(
    level: str, facts: Facts, stack: Stack, series: Series, *, summed: bool = False
) -> Block:
    """Assess rows of one level; summed rows only answer rules stated for wider units."""

    def concerns(rule: Rule) -> bool:
        if summed or level == "community":
            return level_where_computed(rule) == level
        return level_where_computed(rule) == level or (
            rule.provision.level == level and rule.pool is None
        )

    masks = [_applies(prefix, facts) for prefix in stack.jurisdictions]
    groups = []
    for flags, rows in _same_texts(masks, len(facts)):
        part = facts if rows is None else facts.take(rows)
        subjects = {
            subject: [rule for rule in rules if concerns(rule)]
            for subject, rules in stack.for_prefixes(flags).items()
        }
        groups.append(
            Group(
                part,
                rows,
                {
                    subject: _require(subject, rules, _Rows(part, facts, rows), stack, series)
                    for subject, rules in subjects.items()
                    if rules
                },
            )
        )
    return Block(level, facts, groups)


@dataclass
class _Rows:
    """Rows of a group within all rows of the block, for rules that need the whole unit."""

    part: Facts
    whole: Facts
    rows: Any


def _require(
    subject: str, rules: list[Rule], rows: _Rows, stack: Stack, series: Series
) -> Requirement:
    outcomes = [_outcome(rule, rows, stack, series) for rule in rules]
    return combine(catalogue().subjects[subject], outcomes, len(rows.part))


def _outcome(rule: Rule, rows: _Rows, stack: Stack, series: Series) -> Outcome:
    facts = rows.part
    sit = Situation(facts, stack.on, series)
    exempt = _exempt(rule, facts, stack)
    sit.note(exempt, f"经批准豁免，不执行{rule.id}")
    if rule.pool is not None:
        asks = settle(rule, sit, inverse(exempt))
        pools = grouping(facts, rule.provision.level)
        fen = rule.pool.divide(sit, pools) if some(asks) else 0
        return Outcome(rule, sit, fen, fen, fen, asks, (), int(rule.pool.amount * 100))
    whole_unit = not facts.single and len(rows.whole.codes[0]) >= CODE_LENGTHS["community"]
    if rule.provision.distribute and whole_unit:
        outcome = _distributed(rule, rows, stack, series)
        outcome.sit.notes += sit.notes
        outcome.asks = both(outcome.asks, inverse(exempt))
        return outcome
    return evaluate(rule, sit, exempt)


def _distributed(rule: Rule, rows: _Rows, stack: Stack, series: Series) -> Outcome:
    whole = Situation(rows.whole, stack.on, series)
    outcome = distributed(rule, rows.whole, whole, _applies(rule.text.jurisdiction, rows.whole))
    if rows.rows is None:
        return outcome
    sit = Situation(rows.part, stack.on, series)
    for mask, reason in whole.reasons:
        sit.block(mask if isinstance(mask, bool) else mask[rows.rows], reason)
    asks = outcome.asks if isinstance(outcome.asks, bool) else outcome.asks[rows.rows]
    lo, hi = outcome.lo[rows.rows], outcome.hi[rows.rows]
    return Outcome(rule, sit, lo, hi, lo, asks, (), outcome.bound)


def _applies(prefix: str, facts: Facts) -> Mask:
    if prefix in ("", ADOPTABLE):
        return True
    if facts.single:
        return facts.codes[0].startswith(prefix)
    mask = facts.prefixes(len(prefix)) == int(prefix)
    return True if mask.all() else mask


def _same_texts(masks: list[Mask], size: int) -> Iterator[tuple[list[bool], Any]]:
    """Groups of rows for which the same flags hold; rows None means all."""
    if all(isinstance(mask, bool) or not some(mask) for mask in masks):
        yield [mask is True for mask in masks], None
        return
    signature = np.zeros(size, dtype=np.int64)
    for bit, mask in enumerate(masks):
        signature |= np.asarray(mask, dtype=np.int64) << bit
    for key in np.unique(signature):
        flags = [bool(int(key) >> bit & 1) for bit in range(len(masks))]
        yield flags, np.flatnonzero(signature == key)


def _exempt(rule: Rule, facts: Facts, stack: Stack) -> Mask:
    lifted = {code for code, ids in stack.exemptions.items() if rule.id in ids}
    if not lifted:
        return False
    if facts.single:
        return facts.codes[0] in lifted
    return np.isin(np.asarray(facts.codes, dtype=str), sorted(lifted))
