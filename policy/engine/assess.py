"""Facts and a stack of texts in, requirements of every subject out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from policy.engine.catalogue import catalogue
from policy.engine.combine import combine
from policy.engine.compiling import Rule
from policy.engine.exact import Mask, as_mask, both, either, inverse, some
from policy.engine.facts import Facts, joined, split_levels
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

    Shape: as many rows as facts, plus rows of wider units for rules that are stated for them. A
    wider row that is given is taken instead of the sum of its communities; estates, where any are
    given, answer the rules for estates instead of their communities. Figures are exact; see
    rows.make_row for units.
    """
    if facts.single:
        return Requirements([_block("community", facts, stack, series)], stack, series)
    levels = split_levels(facts)
    mixed = set(levels) != {"community"}
    parts = {
        level: facts if len(levels) == 1 else facts.take(rows) for level, rows in levels.items()
    }
    given: list[tuple[int, int]] = [(0, 0)] * len(facts) if mixed else []
    blocks: list[Block] = []
    for level in _BLOCK_ORDER:
        for local, number in enumerate(levels.get(level, ()) if mixed else ()):
            given[number] = (len(blocks), local)
        block = _block_of(level, parts, stack, series)
        blocks += [block] if block is not None else []
    return Requirements(blocks, stack, series, given or None)


def assess_persons(facts: Facts, stack: Stack, series: Series = NO_SERIES) -> Requirements:
    """What every person must have: rules of level person alone, one row a person.

    facts: the code of each row is that of the person's community and may stand in several rows;
    the community's own facts that a rule names (social insurance, say) are repeated in them.
    Nothing is summed, divided or distributed over the rows, and no roll-up is meant for them.
    """
    block = _block("community", facts, stack, series, persons=True)
    return Requirements([block], stack, series)


# the community block stands first: pages ask about its rows
_BLOCK_ORDER = ("community", "estate", *WIDER)


def _block_of(level: str, parts: dict[str, Facts], stack: Stack, series: Series) -> Block | None:
    """The block of a level: its given rows, then sums of communities where a rule needs them."""
    given, communities = parts.get(level), parts.get("community")
    if level not in WIDER:
        estates = "estate" in parts
        return None if given is None else _block(level, given, stack, series, estates=estates)
    needed = any(level_where_computed(rule) == level for rule in stack.rules)
    summed = aggregate(communities, level) if communities is not None and needed else None
    if summed is not None and given is not None:
        known = set(given.codes)
        fresh = [row for row, code in enumerate(summed.codes) if code not in known]
        summed = summed.take(np.array(fresh, dtype=np.int64))
    facts = summed if given is None else given if summed is None else joined(given, summed)
    if facts is None or len(facts) == 0:
        return None
    block = _block(level, facts, stack, series, given=0 if given is None else len(given))
    return block if given is not None or any(group.requirements for group in block.groups) else None


def _block(
    level: str,
    facts: Facts,
    stack: Stack,
    series: Series,
    *,
    given: int | None = None,
    estates: bool = False,
    persons: bool = False,
) -> Block:
    """Assess rows of one level; only the first `given` rows of a wider level were reported.

    persons: the rows are persons, and only rules for persons concern them.
    """
    computing = _Computing(facts, stack, series, given)

    def concerns(rule: Rule) -> bool:
        if persons:
            return rule.provision.level == "person"
        if estates:
            return (rule.provision.level == "estate") == (level == "estate") and (
                level_where_computed(rule) == "community"
            )
        return level_where_computed(rule) == level or (
            given is not None and given > 0 and rule.provision.level == level and rule.pool is None
        )

    concerned = {rule.text.jurisdiction for rule in stack.rules if concerns(rule)}
    masks = [
        _applies(prefix, facts) if prefix in concerned else False for prefix in stack.jurisdictions
    ]
    groups = []
    for flags, rows in _same_texts(masks, len(facts)):
        part = facts if rows is None else facts.take(rows)
        requirements = {}
        for subject, rules in stack.for_prefixes(flags).items():
            outcomes = [computing.outcome(rule, part, rows) for rule in rules if concerns(rule)]
            if outcomes:
                described = catalogue().subjects[subject]
                requirements[subject] = combine(described, outcomes, len(part))
        groups.append(Group(part, rows, requirements))
    return Block(level, facts, groups)


class _Computing:
    """Outcomes of rules over a block; what is divided among units is divided once over them all."""

    def __init__(self, facts: Facts, stack: Stack, series: Series, given: int | None) -> None:
        self.facts, self.stack, self.series, self.given = facts, stack, series, given
        self.divided: dict[int, Outcome] = {}

    def outcome(self, rule: Rule, part: Facts, rows: Any) -> Outcome:
        """What a rule asks of a group of rows; rows None means the whole block."""
        communities = level_where_computed(rule) == "community" and self.given is None
        if rule.pool is not None or (
            rule.provision.distribute and communities and not self.facts.single
        ):
            # the stack holds its rules, so that an id names one of them
            if id(rule) not in self.divided:
                self.divided[id(rule)] = self._divide(rule)
            return _sliced(self.divided[id(rule)], part, rows)
        sit = Situation(part, self.stack.on, self.series)
        exempt = self._exempt(rule, part, sit)
        if self.given and level_where_computed(rule) != rule.provision.level:
            # a district's own row answers what its communities would be given
            summed = np.arange(len(self.facts)) >= self.given
            exempt = either(exempt, as_mask(summed if rows is None else summed[rows]))
        return evaluate(rule, sit, exempt)

    def _divide(self, rule: Rule) -> Outcome:
        sit = Situation(self.facts, self.stack.on, self.series)
        applies = _applies(rule.text.jurisdiction, self.facts)
        asks = both(applies, inverse(self._exempt(rule, self.facts, sit)))
        if rule.pool is None:
            outcome = distributed(rule, self.facts, sit, applies)
            outcome.asks = both(outcome.asks, asks)
            return outcome
        asks = settle(rule, sit, asks)
        pools = grouping(self.facts, rule.provision.level)
        fen = rule.pool.divide(sit, pools, asks) if some(asks) else 0
        return Outcome(rule, sit, fen, fen, fen, asks, bound=int(rule.pool.amount * 100))

    def _exempt(self, rule: Rule, facts: Facts, sit: Situation) -> Mask:
        lifted = {code for code, ids in self.stack.exemptions.items() if rule.id in ids}
        if not lifted:
            return False
        exempt: Mask = (
            facts.codes[0] in lifted
            if facts.single
            else np.isin(np.asarray(facts.codes, dtype=str), sorted(lifted))
        )
        sit.note(exempt, f"经批准豁免，不执行{rule.id}")
        return exempt


def _sliced(outcome: Outcome, part: Facts, rows: Any) -> Outcome:
    """An outcome over a whole block, for a group of its rows."""
    if rows is None:
        return outcome

    def cut(column: Any) -> Any:
        return column if isinstance(column, int | bool) else column[rows]

    sit = Situation(part, outcome.sit.on, outcome.sit.series)
    for mask, reason in outcome.sit.reasons:
        sit.block(cut(mask), reason)
    for mask, text in outcome.sit.notes:
        sit.note(cut(mask), text)
    lo, hi = cut(outcome.lo), cut(outcome.hi)
    return Outcome(outcome.rule, sit, lo, hi, lo, cut(outcome.asks), bound=outcome.bound)


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
    flags = np.stack([np.broadcast_to(mask, size) for mask in masks], axis=1)
    _, first, back = np.unique(
        np.packbits(flags, axis=1), axis=0, return_index=True, return_inverse=True
    )
    for number, row in enumerate(first):
        yield flags[row].tolist(), np.flatnonzero(back.reshape(-1) == number)
