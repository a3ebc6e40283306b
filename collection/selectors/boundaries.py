"""Numbers of households at which the policies in force change their step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from policy.engine.compiling import Rule
from policy.selectors import policy_for

FACT = "households"
LIMITS = ("at_least", "above", "below", "at_most", "equals")
# Smaller blocks have a boundary every few households: nothing to look at.
SMALLEST_BLOCK = 1_000
MOST = 20_000


def boundaries_of(districts: Iterable[str], on: date) -> dict[str, frozenset[int]]:
    """By district, the counts of households at which a policy of a day changes its step.

    At most five queries, one while the policies stay as they are.
    """
    wanted = sorted(set(districts))
    prefix = next(
        (
            wanted[0][:length]
            for length in (6, 4, 2)
            if wanted and wanted[0][:length] == wanted[-1][:length]
        ),
        "0",
    )
    rules = policy_for(prefix, on).stack.rules
    found: dict[str, frozenset[int]] = {}
    for district in wanted:
        steps: set[int] = set()
        for rule in rules:
            if district.startswith(rule.text.jurisdiction):
                steps.update(_steps(rule))
        found[district] = frozenset(steps)
    return found


def _steps(rule: Rule) -> Iterator[int]:
    return iter(_read(repr(rule.provision.raw), tuple(sorted(
        (key, value) for key, value in rule.options.items() if value is not None
    ))))  # fmt: skip


@lru_cache(maxsize=500)
def _read(raw: str, options: tuple[tuple[str, str], ...]) -> tuple[int, ...]:
    """The steps that a provision names, from its text as it was parsed."""
    chosen = {key.rpartition(".")[2]: value for key, value in options}
    found: set[int] = set()
    # a condition on the fact, whichever key comes first
    for part in re.findall(r"\{[^{}]*'fact': 'households'[^{}]*\}", raw):
        for word, written in re.findall(r"'([a-z_]+)': ('@?[\w.]+'|\d+)", part):
            if word in LIMITS:
                found.update(_number(written.strip("'"), chosen))
    for part in re.findall(r"\{[^{}]*'per': 'households'[^{}]*\}", raw):
        for written in re.findall(r"'every': (\d+)", part):
            block = int(written)
            if block >= SMALLEST_BLOCK:
                found.update(range(block, MOST + 1, block))
    return tuple(sorted(found))


def _number(written: str, chosen: dict[str, Any]) -> list[int]:
    text = chosen.get(written.removeprefix("@").rpartition(".")[2], written)
    return [int(text)] if str(text).isdigit() else []
