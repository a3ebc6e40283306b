"""Facts of wider units from their communities', and rules that are stated for such units."""

from __future__ import annotations

from typing import Any

import numpy as np

from policy.engine.catalogue import CODE_LENGTHS
from policy.engine.compiling import Rule
from policy.engine.exact import Mask, as_array
from policy.engine.facts import FactColumn, Facts
from policy.engine.grouping import Grouping
from policy.engine.outcome import Outcome, evaluate
from policy.engine.pools import distribute
from policy.engine.situation import Situation, missing_fact

WIDER = ("street", "district", "city", "province")


def level_where_computed(rule: Rule) -> str:
    """The level of the rows that carry a rule's figures."""
    if rule.pool is not None:
        return rule.pool.among
    level = rule.provision.level
    if rule.provision.distribute or level in ("person", "estate"):
        return "community"
    return level


def grouping(facts: Facts, level: str) -> Grouping:
    """The rows of facts by their unit of a wider level."""
    key = ("grouping", level)
    if key not in facts.cache:
        facts.cache[key] = Grouping(facts.prefixes(CODE_LENGTHS[level]))
    grouped: Grouping = facts.cache[key]
    return grouped


def aggregate(facts: Facts, level: str) -> Facts:
    """The facts of each wider unit: sums, or what all its communities have alike.

    A unit lacks a fact that one of its communities lacks, or on which they differ. Columns are
    added up when a rule asks for them.
    """
    key = ("aggregate", level)
    if key not in facts.cache:
        groups = grouping(facts, level)
        length = CODE_LENGTHS[level]
        codes = [str(number).zfill(length) for number in groups.keys.tolist()]
        facts.cache[key] = Facts(
            codes, {}, derive=lambda name: _aggregated(facts.get(name), groups)
        )
    units: Facts = facts.cache[key]
    return units


def _aggregated(column: FactColumn, groups: Grouping) -> FactColumn:
    missing = groups.counts(column.missing) > 0
    if column.fact.adds_up:
        bound = column.bound * max(1, len(column.num))
        return FactColumn(column.fact, groups.sums(column.num, column.bound), missing, bound)
    ordered = column.num if groups.order is None else column.num[groups.order]
    first = ordered[groups.starts]
    differs = groups.counts(column.num != first[groups.group_of]) > 0
    return FactColumn(column.fact, first, missing | differs, column.bound)


def distributed(rule: Rule, facts: Facts, sit: Situation, applies: Mask) -> Outcome:
    """A wider unit's quota among its communities, so that both ends add up to the unit's.

    The low end is divided by largest remainder, then what the high end adds, so that low <= high.
    """
    rows = np.arange(len(facts)) if applies is True else np.flatnonzero(applies)
    whole = facts if applies is True else facts.take(rows)
    wide = aggregate(whole, rule.provision.level)
    unit_sit = Situation(wide, sit.on, sit.series)
    units = evaluate(rule, unit_sit)
    lacking = wide.get(rule.provision.distribute).missing
    unit_sit.block(lacking, missing_fact(rule.provision.distribute))
    groups = grouping(whole, rule.provision.level)
    group_of = groups.group_of
    weights = np.asarray(whole.get(rule.provision.distribute).num)
    totals = [as_array(num, len(wide)) for num in (units.lo, units.hi)]
    low = distribute(totals[0], weights, groups, whole.numbers)
    more = distribute(totals[1] - totals[0], weights, groups, whole.numbers)
    _block_communities(unit_sit, group_of, rows, sit, rule)
    asks: Mask = applies
    if units.asks is not True:
        asks = np.zeros(len(facts), dtype=bool)
        asks[rows] = np.asarray(units.asks)[group_of] if np.ndim(units.asks) else units.asks
    lo = _spread(low, rows, len(facts), applies)
    hi = _spread(low + more, rows, len(facts), applies)
    return Outcome(rule, sit, lo, hi, lo, asks, bound=units.bound)


def _spread(num: Any, rows: Any, size: int, applies: Mask) -> Any:
    if applies is True:
        return num
    full = np.zeros(size, dtype=num.dtype)
    full[rows] = num
    return full


def _block_communities(
    units: Situation, group_of: Any, rows: Any, sit: Situation, rule: Rule
) -> None:
    """A unit that cannot be computed blocks each of its communities, with the reason."""
    for mask, reason in units.reasons:
        full = np.zeros(len(sit.facts), dtype=bool)
        full[rows] = mask if isinstance(mask, bool) else np.asarray(mask)[group_of]
        sit.block(full, f"{reason}，有社区未填，总量无法分配")
