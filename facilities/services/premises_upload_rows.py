"""The rows of a register of premises as they are read: values by field, what cannot be read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from collection.services.register_rows import RegisterReader, RegisterRow
from collection.services.upload_kinds import Line, text_in
from facilities.rules.premises_fields import AREAS, FIELDS, read


@dataclass
class Row(RegisterRow):
    """A row: one set of rooms of one community."""

    @property
    def name(self) -> str:
        return self.values.get("premises_name") or ""

    @property
    def title_no(self) -> str:
        return self.values.get("title_no") or ""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing but its community: a line of the workbook not filled in."""
        return not self.values and not self.errors

    @property
    def new_key(self) -> int:
        """A number that is the same for all rows of one name in a community, and no record's."""
        digest = hashlib.blake2b(f"{self.community}|{self.name}".encode(), digest_size=8).digest()
        return (int.from_bytes(digest, "big") >> 2) | 1 << 62


class Reader:
    """Reads rows of one upload."""

    def __init__(self, names: Sequence[str]) -> None:
        self.reader = RegisterReader(names, FIELDS, _value)

    def __call__(self, line: Line) -> Row:
        """The row of a line; whoever asked finds its community."""
        row = Row(**self.reader.opened(line))
        for name, cell in self.reader.cells(row):
            self.reader.store(row, name, text_in(cell))
        return row


def _value(name: str, text: str) -> Any:
    """The value of a cell; no area of a use and an area of 0 are the same."""
    value = read(name, text)
    return value or None if name in AREAS else value
