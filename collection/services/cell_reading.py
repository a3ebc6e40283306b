"""The cells of a row as values: each distinct text of a field is read once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from collection.rules.checks import WRONG
from collection.rules.fields import Field
from collection.rules.reading import CellError, read
from collection.selectors.stored import TYPED
from collection.services.upload_kinds import Cell

Finding = tuple[str, str, str]
MOST_TEXTS: Final = 20_000
NOT_READ: Final = object()
MOST_DIGITS: Final = 12
AMOUNTS: Final = frozenset({"area", "money"})
PLAIN_AMOUNT: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,2})?", re.ASCII)


@dataclass(frozen=True)
class Read:
    """The texts of a row: values of those that can be read, and what is wrong with the others."""

    values: dict[str, Any]
    errors: list[Finding]


class Cells:
    """Reads the facts of rows; `columns` are (place, name, field)."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self.columns = [(at, name, TYPED[name]) for name, at in places.items() if name in TYPED]
        self.read = Reader()

    def __call__(self, cells: Sequence[Cell]) -> Read:
        """The values of a row's cells. An empty one says nothing; “—” is None: nothing is known."""
        values: dict[str, Any] = {}
        errors: list[Finding] = []
        most = len(cells)
        for at, name, field in self.columns:
            cell = cells[at] if at < most else None
            if not cell:
                continue
            if not isinstance(cell, str):
                errors.append((name, WRONG, cell[1]))
                continue
            value = self.read(name, field, cell)
            if isinstance(value, CellError):
                errors.append((name, WRONG, str(value)))
            else:
                values[name] = value
        return Read(values, errors)


class Reader:
    """Reads cells, each distinct text of a field once."""

    def __init__(self) -> None:
        self.seen: dict[str, dict[str, Any]] = {name: {} for name in TYPED}

    def __call__(self, name: str, field: Field, text: str) -> Any:
        """The value of a text, or the CellError that it raised."""
        figure = plain_figure(field, text)
        if figure is not None:
            return figure
        seen = self.seen[name]
        value: Any = seen.get(text, NOT_READ)
        if value is not NOT_READ:
            return value
        if len(seen) >= MOST_TEXTS:
            seen.clear()
        try:
            value = read(field, text)
        except CellError as error:
            value = CellError(str(error))  # not the raised one, which holds its frames
        seen[text] = value
        return value


def plain_figure(field: Field, text: str) -> int | Decimal | None:
    """A figure in plain digits, read as rules.reading reads it but at once; else None.

    Nearly all cells of a file are such figures; together they would take most of an import's time.
    """
    if field.kind == "count":
        if len(text) > MOST_DIGITS or not (text.isascii() and text.isdigit()):
            return None
        number = int(text)
        return number if number <= field.most else None
    if field.kind in AMOUNTS and PLAIN_AMOUNT.fullmatch(text):
        amount = Decimal(text)
        return amount if amount <= field.most else None
    return None
