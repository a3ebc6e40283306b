"""The nodes of a compiled rule, one by one, whatever holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from policy.engine.compiling import Rule


def nodes_of(rule: Rule) -> Iterator[Any]:
    """Everything that a rule computes with: its values, who pays, and its condition."""
    return _nodes([*((one.value, one.shares) for one in rule.components), rule.condition])


def _nodes(thing: Any) -> Iterator[Any]:
    if isinstance(thing, list | tuple):
        for one in thing:
            yield from _nodes(one)
    elif isinstance(thing, Mapping):
        yield from _nodes(list(thing.values()))
    elif is_dataclass(thing) and not isinstance(thing, type):
        yield thing
        for one in fields(thing):
            yield from _nodes(getattr(thing, one.name))
