"""Reasons of several figures in one cell: 常住户数：拆迁；用房建筑面积：新购, written and read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from collection.rules.fields import FIELDS

LONGEST_REASON: Final = 200
BY_LABEL: Final = {
    word: name for name, field in FIELDS.items() for word in (field.label, field.heading)
}
PART: Final = re.compile(r"\s*([^：:；;]{1,40}?)\s*[：:]\s*(.+)", re.DOTALL)


@dataclass(frozen=True)
class Reasons:
    """What a cell says: of figures that it names, and of all others."""

    named: Mapping[str, str]
    others: str = ""

    @property
    def any(self) -> bool:
        """Whether there is a reason at all."""
        return bool(self.named or self.others)


def read_reasons(text: str) -> Reasons:
    """The reasons of a cell by name of a field; what stands before the first label is for others.

    A part that begins with no fact's label belongs to what stands before it. Each is cut at 200
    characters.
    """
    named: dict[str, str] = {}
    others, last = "", ""
    for part in re.split(r"[；;\n]", text):
        found = PART.fullmatch(part)
        name = BY_LABEL.get(found[1], "") if found else ""
        if found and name:
            named[name], last = found[2].strip(), name
        elif part.strip() and last:
            named[last] += f"；{part.strip()}"
        elif part.strip():
            others = f"{others}；{part.strip()}" if others else part.strip()
    cut = {name: why[:LONGEST_REASON] for name, why in named.items()}
    return Reasons(cut, others[:LONGEST_REASON])


def write_reasons(reasons: Mapping[str, str]) -> str:
    """Reasons by name of a field as one cell, each with its fact's label."""
    return "；".join(
        f"{field.label}：{' '.join(why.split())}"
        for name, field in FIELDS.items()
        if (why := reasons.get(name, "").strip())
    )
