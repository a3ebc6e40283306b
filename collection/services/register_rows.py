"""The rows of a register as they are read: values by field, what cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from collection.rules.findings import WRONG
from collection.rules.reading import CellError
from collection.rules.reasons import LONGEST_REASON
from collection.rules.upload_shapes import CODE, NAME, REASON
from collection.services.cell_reading import MOST_TEXTS, Finding
from collection.services.matching import plain_code
from collection.services.upload_kinds import Cell, Line, text_in
from collection.services.upload_subjects import plain


@dataclass
class RegisterRow:
    """A row: `values` hold what its cells say (None takes a value away), `errors` what is wrong.

    `community` is the key and `code` the code of its community, None and '' where none was found.
    """

    number: int
    line: Line
    typed_code: str
    typed_name: str
    values: dict[str, Any]
    errors: list[Finding]
    reason: str
    community: int | None = None
    code: str = ""
    problem: str = ""

    @property
    def wrong(self) -> set[str]:
        """The fields whose cells cannot be read."""
        return {name for name, *_ in self.errors}

    def reasons_for(self, names: Sequence[str]) -> dict[str, str]:
        """Reasons given on the page, and the column's for each of these fields without one."""
        given = {name: why[:LONGEST_REASON] for name, why in self.line.reasons.items() if why}
        column = dict.fromkeys(names, self.reason[:LONGEST_REASON]) if self.reason else {}
        return {**column, **given}


class RegisterReader:
    """Reads cells of one upload; each distinct text of a field once.

    names: of the columns, '' where one is not known; fields: those that a row may have; read: the
    value of a field's text, raises CellError.
    """

    def __init__(
        self, names: Sequence[str], fields: Collection[str], read: Callable[[str, str], Any]
    ) -> None:
        self.at: Mapping[str, int] = {name: place for place, name in enumerate(names) if name}
        self.columns = [(place, name) for name, place in self.at.items() if name in fields]
        self.read = read
        self.seen: dict[tuple[str, str], Any] = {}

    def opened(self, line: Line) -> dict[str, Any]:
        """What a RegisterRow of a line begins with; whoever asked finds its community."""
        return {
            "number": line.number,
            "line": line,
            "typed_code": plain_code(self._text(line, CODE)),
            "typed_name": plain(self._text(line, NAME)),
            "values": {},
            "errors": [],
            "reason": self._text(line, REASON),
        }

    def cells(self, row: RegisterRow) -> Iterator[tuple[str, Cell]]:
        """The cells of a row that say something, by field; what the file has wrong is an error."""
        cells = row.line.cells
        for place, name in self.columns:
            cell = cells[place] if place < len(cells) else None
            if not cell:
                continue
            if isinstance(cell, list) and cell[1]:
                row.errors.append((name, WRONG, cell[1]))
            else:
                yield name, cell

    def store(self, row: RegisterRow, name: str, text: str) -> None:
        """Keep the value of a text, or what is wrong with it, in a row."""
        value = self._value(name, text)
        if isinstance(value, CellError):
            row.errors.append((name, WRONG, str(value)))
        else:
            row.values[name] = value

    def _text(self, line: Line, name: str) -> str:
        place = self.at.get(name)
        return text_in(line.cells[place]) if place is not None and place < len(line.cells) else ""

    def _value(self, name: str, text: str) -> Any:
        key = (name, text)
        if key not in self.seen:
            if len(self.seen) >= MOST_TEXTS:
                self.seen.clear()
            try:
                self.seen[key] = self.read(name, text)
            except CellError as error:
                self.seen[key] = CellError(str(error))  # not the raised one, which holds its frames
        return self.seen[key]
