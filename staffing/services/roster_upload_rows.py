"""The rows of a roster as they are read: values by field, and what cannot be read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from collection.rules.findings import WRONG
from collection.services.register_rows import RegisterReader, RegisterRow
from collection.services.upload_kinds import Line, text_in
from staffing.choices import Post
from staffing.rules.roster_fields import FIELDS, SEALED, read
from staffing.services.sealing import NO_IDENTITY, Identity, identity_in, phone_in
from staffing.typed import month

BOTH_POSTS: Final = (Post.SECRETARY.value, Post.DIRECTOR.value)


@dataclass
class Row(RegisterRow):
    """A row: a person's posts in one community."""

    identity: Identity = NO_IDENTITY
    phone_hash: str = ""
    phone_mask: str = ""
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


class Reader:
    """Reads rows of one upload."""

    def __init__(self, names: Sequence[str]) -> None:
        self.reader = RegisterReader(names, FIELDS, read)

    def __call__(self, line: Line) -> Row:
        """The row of a line; whoever asked finds its community."""
        row = Row(**self.reader.opened(line))
        for name, cell in self.reader.cells(row):
            if name == "identity_number":
                row.identity = identity_in(cell)
            elif name == "phone":
                row.phone_hash, row.phone_mask = phone_in(cell)
            elif name not in SEALED:
                row.texts[name] = text_in(cell)
                self.reader.store(row, name, row.texts[name])
        _agree(row)
        return row


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
