"""Attributes that persons must have, from a provision as written to conditions to be judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policy.engine.conditions import Condition
from policy.engine.errors import TextErrors, UnsetOptionError
from policy.engine.reader import Reader
from policy.engine.texts import Provision, Text


@dataclass(frozen=True)
class Attribute:
    """A provision ready to be judged; unset names an option that nobody has set."""

    text: Text
    provision: Provision
    concerns: Condition | None
    holds: Condition | None
    unset: str = ""


def compile_attributes(text: Text, chosen: Mapping[str, str]) -> list[Attribute]:
    """The provisions of a text that say something of persons, under the chosen options.

    Raises TextErrors for a chosen value that does not fit where the text uses it.
    """
    options = {key: chosen.get(key, option.default) for key, option in text.options.items()}
    reader = Reader(text.id, options=options)
    found = [compile_attribute(text, one, reader) for one in text.provisions if one.judged]
    if reader.errors:
        raise TextErrors(reader.errors)
    return found


def compile_attribute(text: Text, provision: Provision, reader: Reader) -> Attribute:
    """One declared provision with its conditions, if it has any; mistakes are noted."""
    reader.provision = provision.id
    try:
        concerns, holds = (
            reader.condition(provision.raw[key], key) if key in provision.raw else None
            for key in ("when", "holds")
        )
    except UnsetOptionError as unset:
        return Attribute(text, provision, None, None, unset.option)
    return Attribute(text, provision, concerns, holds)
