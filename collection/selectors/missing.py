"""Index figures that the policies in force look up and do not find, and what cannot be computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from accounts.scope import CITY, DISTRICT, contains
from collection.selectors.rule_nodes import nodes_of
from communities.selectors.assessment import Assessment
from communities.selectors.register import Register
from policy.engine.catalogue import catalogue
from policy.engine.compiling import Rule
from policy.engine.dated import Grow
from policy.engine.exact import as_mask
from policy.engine.expressions import Index
from policy.engine.situation import missing_index


@dataclass(frozen=True)
class Gap:
    """A series without a figure for a division, and what follows.

    `division` is where the figure is best entered: the place for which the text holds, else the
    city of the communities. `years` are those without one. What is blocked cannot be computed for
    `communities`; growth that nobody decided blocks nothing (`blocks` is False): it is counted as
    none, and said.
    """

    series: str
    label: str
    unit: str
    division: str
    years: tuple[int, ...]
    subjects: tuple[str, ...]
    clauses: tuple[str, ...]
    communities: int
    blocks: bool

    @property
    def year(self) -> int:
        """The year that is entered first: the latest."""
        return self.years[-1]

    @property
    def span(self) -> str:
        """The years in words: 2017年, 2016~2026年, 2016、2018年."""
        first, last = self.years[0], self.years[-1]
        if first == last:
            return f"{first}年"
        if len(self.years) == last - first + 1:
            return f"{first}~{last}年"
        return f"{'、'.join(map(str, self.years))}年"


@dataclass(frozen=True)
class _Need:
    """A series that a rule looks up: so many years back, or for each year of a growth."""

    rule: Rule
    series: str
    lag: int = 0
    grow: Grow | None = None


def missing_indices(assessment: Assessment, prefix: str, *, growth: bool = True) -> list[Gap]:
    """The figures that the communities under a prefix need and that are not there. No query.

    Those that block most communities come first, undecided growth last; without `growth` only
    those that block something.
    """
    found: dict[tuple[str, str, bool], dict[str, Any]] = {}
    for need, rows, asks, reasons in _lookups(assessment):
        if need.grow is not None and not growth:
            continue
        for year, mask in _without(assessment, need, rows, asks, reasons):
            _collect(found, assessment.register, prefix, need, year, np.flatnonzero(mask), rows)
    gaps = [_gap(key, told) for key, told in found.items()]
    return sorted(gaps, key=lambda one: (not one.blocks, -one.communities, one.division, one.label))


def _lookups(assessment: Assessment) -> Iterator[tuple[_Need, Any, Any, Any]]:
    """Each need of a rule with the rows that it concerns, and the reasons that came up there."""
    blocks = assessment.requirements.blocks
    for group in blocks[0].groups if blocks and len(assessment.register) else ():
        for requirement in group.requirements.values():
            for outcome in requirement.outcomes:
                needs = _needs(outcome.rule)
                if needs:
                    size = requirement.size
                    asks = np.broadcast_to(as_mask(outcome.asks), size)
                    rows = np.arange(len(assessment.register)) if group.rows is None else group.rows
                    for need in needs:
                        yield need, rows, asks, outcome.sit.reasons


def _needs(rule: Rule) -> list[_Need]:
    """The series that a rule's values and shares look up."""
    found: dict[Any, _Need] = {}
    for node in nodes_of(rule):
        if isinstance(node, Index):
            found[node.series, node.lag] = _Need(rule, node.series, node.lag)
        elif isinstance(node, Grow) and node.series:
            found[node.series, node.start] = _Need(rule, node.series, grow=node)
    return list(found.values())


def _without(
    assessment: Assessment, need: _Need, rows: Any, asks: Any, reasons: Any
) -> Iterator[tuple[int, Any]]:
    """The years of a need, with the rows that lack its figure."""
    if need.grow is None:
        year = assessment.on.year - need.lag
        said = missing_index(need.series, year)
        blocked = np.zeros(len(asks), dtype=bool)
        for mask, reason in reasons:
            if reason == said:
                blocked |= np.broadcast_to(as_mask(mask), len(asks))
        yield year, blocked & asks
        return
    numbers = assessment.register.numbers[rows]
    last = need.grow.start + need.grow.years(assessment.on)
    for year in range(need.grow.start + 1, last + 1):
        _, missing = assessment.policy.series.column(need.series, numbers, year)
        yield year, np.broadcast_to(as_mask(missing), len(asks)) & asks


def _collect(
    found: dict[tuple[str, str, bool], dict[str, Any]],
    register: Register,
    prefix: str,
    need: _Need,
    year: int,
    lacking: Any,
    rows: Any,
) -> None:
    """Add the rows under the prefix that lack a figure, under the division that should have it."""
    seen = register.under(prefix)
    places = np.asarray(rows)[lacking]
    places = places[(places >= seen.start) & (places < seen.stop)]
    if not len(places):
        return
    place = need.rule.text.jurisdiction
    length = len(place) if len(place) in (CITY, DISTRICT) else CITY
    heads = register.numbers[places] // 10 ** (12 - length)
    for head in np.unique(heads):
        division = str(head).zfill(length)
        told = found.setdefault(
            (need.series, division, need.grow is None),
            {"years": set(), "subjects": {}, "clauses": {}, "rows": set()},
        )
        told["years"].add(year)
        told["subjects"][need.rule.subject.label] = None
        provision = need.rule.provision
        told["clauses"][
            f"《{need.rule.text.title.strip('《》')}》{provision.article}：{provision.summary}"
        ] = None
        told["rows"].update(places[heads == head].tolist())


def _gap(key: tuple[str, str, bool], told: Mapping[str, Any]) -> Gap:
    series, division, blocks = key
    kind = catalogue().series[series]
    return Gap(
        series,
        kind.label,
        kind.unit,
        division,
        tuple(sorted(told["years"])),
        tuple(told["subjects"]),
        tuple(told["clauses"]),
        len(told["rows"]),
        blocks,
    )


def may_enter(scope: str, division: str) -> bool:
    """Whether the figure of a division lies in a scope; the nation's only in the whole country."""
    return scope == "0" or (division != "" and contains(scope, division))
