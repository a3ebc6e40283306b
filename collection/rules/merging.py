"""Texts of a form from two sides, put together by field: nothing that anybody typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from collection.rules.fields import FIELDS, NONE_SAYS
from collection.rules.reading import CellError, read

# Beside the fields a form holds reasons, and what is said instead of figures.
REASON: Final = "reason-"
NONE: Final = "none-"
UNCHANGED: Final = "unchanged"
TICKED: Final = "1"
LONGEST_TEXT: Final = 2_000
LONGEST_REASON: Final = 200


@dataclass(frozen=True)
class Conflict:
    """A cell that two people, or two windows, left differently."""

    name: str
    mine: str
    theirs: str


def is_key(key: str) -> bool:
    """Whether a name is one that a form may hold."""
    if key.startswith(REASON):
        return key.removeprefix(REASON) in FIELDS
    if key.startswith(NONE):
        return key.removeprefix(NONE) in NONE_SAYS
    return key == UNCHANGED or (key in FIELDS and not FIELDS[key].from_division)


def same(key: str, one: str, other: str) -> bool:
    """Whether two texts mean the same: 3,000 and ３０００ do."""
    if one == other:
        return True
    if key not in FIELDS:
        return one.strip() == other.strip()
    try:
        return bool(read(FIELDS[key], one.strip()) == read(FIELDS[key], other.strip()))
    except CellError:
        return False


def merge(
    mine: Mapping[str, str], base: Mapping[str, str], theirs: Mapping[str, str]
) -> tuple[dict[str, str], list[Conflict]]:
    """What of mine is to be written over theirs, and where both sides changed the base.

    `mine`: the cells of a form as they are now; `base`: as they were when it was opened, a cell
    that it does not name counts as empty; `theirs`: as they are stored.
    """
    written: dict[str, str] = {}
    conflicts = []
    for key, text in mine.items():
        stored, opened = theirs.get(key, ""), base.get(key, "")
        if text in (opened, stored):
            continue
        if same(key, stored, text):
            continue
        if same(key, stored, opened):
            written[key] = text
        else:
            conflicts.append(Conflict(key, text, stored))
    return written, conflicts


def with_nones(texts: Mapping[str, str]) -> dict[str, str]:
    """Cells that stay empty although it was said that there is none of it, with what is meant.

    They are read so as long as the tick stands, and kept nowhere: it can be taken back.
    """
    filled: dict[str, str] = {}
    for key in NONE_SAYS:
        if texts.get(NONE + key) == TICKED:
            meant = meant_by(key)
            filled |= {
                name: text for name, text in meant.items() if not texts.get(name, "").strip()
            }
    return filled


def meant_by(key: str) -> dict[str, str]:
    """What a tick stands for, by field: 0, and 没有用房."""
    meant = dict.fromkeys(NONE_SAYS[key][1], "0")
    if key == "premises":
        meant["premises_tenure"] = dict(FIELDS["premises_tenure"].choices)["none"]
    return meant
