"""The rows of a roster as they are read: values by field, and what cannot be read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from collection.rules.findings import WRONG
from collection.rules.reading import CellError
from collection.rules.reasons import LONGEST_REASON
from collection.rules.upload_shapes import CODE, NAME, REASON
from collection.services.cell_reading import Finding
from collection.services.matching import plain_code
from collection.services.upload_kinds import Line, text_in
from collection.services.upload_subjects import plain
from staffing.choices import Post
from staffing.rules.roster_fields import FIELDS, SEALED, read
from staffing.services.sealing import NO_IDENTITY, Identity, identity_in, phone_in
from staffing.typed import month

MOST_TEXTS: Final = 20_000
BOTH_POSTS: Final = (Post.SECRETARY.value, Post.DIRECTOR.value)


@dataclass
class Row:
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
    identity: Identity = NO_IDENTITY
    phone_hash: str = ""
    phone_mask: str = ""
    community: int | None = None
    code: str = ""
    problem: str = ""
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.values.get("person_name") or ""

    @property
    def posts(self) -> tuple[str, ...]:
        return self.values.get("posts") or ()

    @property
    def triple(self) -> tuple[str, date, str] | None:
        """Name, month of birth and sex, by which a person without identity number is known."""
        name, born_in, sex = (self.values.get(one) for one in ("person_name", "born_in", "sex"))
        return (name, born_in, sex) if name and born_in and sex else None

    @property
    def street(self) -> str:
        return self.code[:9]

    @property
    def key(self) -> int | None:
        """A number that is the same for all rows of one person in a street; None for no person."""
        if self.triple is None or not self.street:
            return None
        name, born_in, sex = self.triple
        said = f"{self.street}|{name}|{born_in:%Y-%m}|{sex}".encode()
        return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "big") >> 1

    @property
    def span(self) -> tuple[date, date]:
        """The days for which the row claims its posts: from, until."""
        return (
            self.values.get("valid_from") or date.min,
            self.values.get("valid_until") or date.max,
        )

    def reasons_for(self, names: Sequence[str]) -> dict[str, str]:
        """Reasons given on the page, and the column's for each of these fields without one."""
        given = {name: why[:LONGEST_REASON] for name, why in self.line.reasons.items() if why}
        column = dict.fromkeys(names, self.reason[:LONGEST_REASON]) if self.reason else {}
        return {**column, **given}


class Reader:
    """Reads rows of one upload; each distinct text of a field once."""

    def __init__(self, names: Sequence[str]) -> None:
        places = {name: place for place, name in enumerate(names) if name}
        self.at: Mapping[str, int] = places
        self.columns = [(place, name) for name, place in places.items() if name in FIELDS]
        self.seen: dict[tuple[str, str], Any] = {}

    def __call__(self, line: Line) -> Row:
        """The row of a line; whoever asked finds its community."""
        row = Row(
            number=line.number,
            line=line,
            typed_code=plain_code(self._text(line, CODE)),
            typed_name=plain(self._text(line, NAME)),
            values={},
            errors=[],
            reason=self._text(line, REASON),
        )
        for place, name in self.columns:
            cell = line.cells[place] if place < len(line.cells) else None
            if not cell:
                continue
            if isinstance(cell, list) and cell[1]:
                row.errors.append((name, WRONG, cell[1]))
            elif name == "identity_number":
                row.identity = identity_in(cell)
            elif name == "phone":
                row.phone_hash, row.phone_mask = phone_in(cell)
            elif name not in SEALED:
                self._value(row, name, text_in(cell))
        _agree(row)
        return row

    def _text(self, line: Line, name: str) -> str:
        place = self.at.get(name)
        return text_in(line.cells[place]) if place is not None and place < len(line.cells) else ""

    def _value(self, row: Row, name: str, text: str) -> None:
        value = self._read(name, text)
        row.texts[name] = text
        if isinstance(value, CellError):
            row.errors.append((name, WRONG, str(value)))
        else:
            row.values[name] = value

    def _read(self, name: str, text: str) -> Any:
        key = (name, text)
        if key not in self.seen:
            if len(self.seen) >= MOST_TEXTS:
                self.seen.clear()
            try:
                self.seen[key] = read(name, text)
            except CellError as error:
                self.seen[key] = CellError(str(error))  # not the raised one, which holds its frames
        return self.seen[key]


def _agree(row: Row) -> None:
    """Take sex and month of birth from the number, both posts from 一肩挑; name what clashes."""
    if row.identity.hmac:
        _from_number(row, "born_in", month(row.identity.born_in), "出生年月")
        _from_number(row, "sex", row.identity.sex, "性别")
    both = row.values.pop("both", None)
    if both is True:
        posts = {*row.posts, *BOTH_POSTS}
        row.values["posts"] = tuple(one.value for one in Post if one.value in posts)
    elif both is False and set(BOTH_POSTS) <= {*row.posts}:
        row.errors.append(("both", WRONG, "职务里书记、主任都有，一肩挑却是否。改其中一格"))


def _from_number(row: Row, name: str, meant: Any, what: str) -> None:
    if any(field == name for field, *_ in row.errors):
        return
    given = row.values.setdefault(name, meant)
    if given != meant:
        row.errors.append((name, WRONG, f"{what}和身份证号不一致。核对证件，改其中一格"))
