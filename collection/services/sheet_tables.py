"""A table before its heading row is known: rows of texts from the first one on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MOST_COLUMNS = 500
MOST_LETTERS = 5_000
# What PostgreSQL's JSON and text cannot hold: NUL and halves of characters.
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
# ="371502001001" and '371502001001: how people keep Excel from making codes numbers
AS_FORMULA = re.compile(r'^="([^"]*)"$')
AS_TEXT = re.compile(r"^'(?=[0-9=+\-@＝＋－＠])")
AROUND = " \t\r\n\v\f\u3000\xa0\ufeff"


class FileError(Exception):
    """A file or a pasted block that cannot be read at all; the message is for the user."""


@dataclass
class Table:
    """Rows of texts, the first one being row 1 of the file.

    problems: sentences about cells by (row number, column from 0). merged: ranges of merged cells
    as (top, left, bottom, right), rows from 1, columns from 0.
    """

    sheet_name: str = ""
    rows: list[list[str]] = field(default_factory=list)
    problems: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 27 is AB."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def column_of(name: str) -> int:
    """The number of a column from its letters, counted from 0: A is 0, AB is 27."""
    found = 0
    for letter in name.upper():
        found = found * 26 + ord(letter) - 64
    return found - 1


def cleaned(text: str) -> str:
    """A cell's text without blanks around it, without the marks that keep codes from numbers."""
    text = text.strip(AROUND)
    if text[:1] in ("=", "'"):
        found = AS_FORMULA.match(text)
        text = found.group(1).strip(AROUND) if found else AS_TEXT.sub("", text)
    return UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)
