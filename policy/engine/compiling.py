"""From a provision as written to nodes that compute, under one choice of options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from policy.engine.attributes import compile_attribute
from policy.engine.catalogue import CODE_LENGTHS, Subject, catalogue
from policy.engine.conditions import Condition
from policy.engine.dated import Deadline
from policy.engine.errors import TextErrors, UnsetOptionError
from policy.engine.expressions import Node, Unset, When
from policy.engine.pools import Pool
from policy.engine.reader import Reader
from policy.engine.shapes import COMPONENT_KEYS
from policy.engine.shares import Share, read_shares
from policy.engine.texts import Provision, Text
from policy.engine.value_reader import ValueReader

# stands for an option without a default while a text is being checked
PLACEHOLDER = {"year": "2000", "number": "1"}


@dataclass(frozen=True)
class Component:
    """One part of a provision with its own payers."""

    name: str
    value: Node
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Rule:
    """A provision ready to compute: of which text, its parts, its condition, the options used."""

    text: Text
    provision: Provision
    components: tuple[Component, ...]
    condition: Condition | None
    options: Mapping[str, str | None]

    @property
    def id(self) -> str:
        return self.provision.id

    @property
    def subject(self) -> Subject:
        """What is required; raises ValueError for a provision that is declared only."""
        if self.provision.subject is None:
            raise ValueError(f"{self.id} has no subject to compute")
        return self.provision.subject

    @cached_property
    def fact_names(self) -> tuple[str, ...]:
        """The facts that the rule names, in the order of the text."""
        written = str(self.provision.raw)
        found = [(written.find(f"'{name}'"), name) for name in catalogue().facts]
        return tuple(name for place, name in sorted(found) if place >= 0)

    @cached_property
    def pool(self) -> Pool | None:
        value = self.components[0].value
        return value if isinstance(value, Pool) else None

    @property
    def names_payers(self) -> bool:
        return any(component.shares for component in self.components)


def compile_text(text: Text, chosen: Mapping[str, str]) -> list[Rule]:
    """Every computable provision of a text under the chosen options.

    A provision that needs an option which nobody has set blocks all its rows and says so.
    Raises TextErrors for a chosen value that does not fit where the text uses it.
    """
    options = {key: chosen.get(key, option.default) for key, option in text.options.items()}
    reader = Reader(text.id, options=options)
    rules = [_compile(text, one, reader) for one in text.provisions if one.computable]
    if reader.errors:
        raise TextErrors(reader.errors)
    return rules


def _compile(text: Text, provision: Provision, reader: Reader) -> Rule:
    reader.provision = provision.id
    values = ValueReader(reader, {one.id: one.raw for one in text.provisions})
    written = str(provision.raw)
    used = {
        key: value
        for key, value in reader.options.items()
        if key.rpartition(".")[0] == provision.id or f"@{key}" in written
    }
    try:
        components = _components(values, provision.raw)
        condition = (
            reader.condition(provision.raw["when"], "when") if "when" in provision.raw else None
        )
    except UnsetOptionError as unset:
        components, condition = (Component("", Unset(unset.option), ()),), None
    _check_fit(provision, components, reader)
    return Rule(text, provision, components, condition, used)


def _components(values: ValueReader, raw: Mapping[str, Any]) -> tuple[Component, ...]:
    if "component" not in raw:
        shares = read_shares(values, raw["payers"], "payers") if "payers" in raw else ()
        return (Component("", values.value(raw["value"]), shares),)
    parts = []
    for place, one in values.reader.tables(raw["component"], COMPONENT_KEYS, "component"):
        value = values.value(one["value"], f"{place}.value")
        shares = read_shares(values, one["payers"], f"{place}.payers")
        parts.append(Component(str(one["name"]), value, shares))
    return tuple(parts)


def _check_fit(provision: Provision, components: tuple[Component, ...], reader: Reader) -> None:
    """Dates and pools must fit the subject and the level of their provision."""
    unit = provision.subject.unit.key if provision.subject else ""
    for component in components:
        value = component.value
        if _is_day(value) != (unit == "date") and not isinstance(value, Unset):
            reader.fail("value", "期限 deadline 用于以日期计的事项，这样的事项也只用它")
        if isinstance(value, Pool):
            wide = CODE_LENGTHS.get(provision.level, CODE_LENGTHS["community"])
            if wide >= CODE_LENGTHS[value.among]:
                reader.fail("level", f"总额所在的一级应宽于分到的一级（{value.among}）")
            if unit != "money":
                reader.fail("subject", "分配总额只用于以元计的事项")


def _is_day(value: Node) -> bool:
    if isinstance(value, When):
        return any(_is_day(branch.value) for branch in value.branches)
    return isinstance(value, Deadline)


def check_values(text: Text, reader: Reader) -> None:
    """Note the mistakes of every value, condition and payer under every value of every option."""
    defaults = {
        key: option.default if option.default is not None else PLACEHOLDER.get(option.kind)
        for key, option in text.options.items()
    }
    readings = [defaults] + [
        {**defaults, key: value}
        for key, option in text.options.items()
        for value in option.values
        if value != option.default
    ]
    for reading in readings:
        reader.options = reading
        for provision in text.provisions:
            if provision.computable:
                _compile(text, provision, reader)
            else:
                compile_attribute(text, provision, reader)
    reader.provision = ""
