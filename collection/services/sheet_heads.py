"""The heading row of a table, which need not be its first: titles above, two rows of headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from collection.rules.fields import Field
from collection.rules.upload_shapes import CODE, NAME
from collection.services.matching import NOT_ACTUAL, heading_name, is_unit
from collection.services.sheet_tables import Table

LOOKED = 10


@dataclass(frozen=True)
class Head:
    """One text per column, and the number of the heading's last row (from 1)."""

    headings: list[str]
    below: int
    known: int


def find(table: Table, fields: Mapping[str, Field]) -> Head | None:
    """The heading among the first rows in which the most columns are known, or None.

    It must name the community, or at least two facts.
    """
    best: Head | None = None
    width = max((_last(row) for row in table.rows), default=0)
    for index in range(min(LOOKED, len(table.rows))):
        for head in _candidates(table, index, fields, width):
            if head and (best is None or head.known > best.known):
                best = head
    return best


def _candidates(
    table: Table, index: int, fields: Mapping[str, Field], width: int
) -> list[Head | None]:
    # a column with figures and without a heading is kept, so that it comes back in the workbook
    headings = [" ".join(cell.split()) for cell in table.rows[index][:width]]
    found = [_judged(headings, index + 1, fields)]
    if index + 1 < min(LOOKED + 1, len(table.rows)):
        lower = table.rows[index + 1]
        if any(lower) and not any(_is_figure(cell) for cell in lower):
            said = [cell for cell in lower if cell]
            units = len(said) if all(is_unit(cell) for cell in said) else 0
            found.append(_judged(_joined(table, index, fields), index + 2, fields, more=units))
    return found


def _last(row: list[str]) -> int:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return end


def _judged(
    headings: list[str], below: int, fields: Mapping[str, Field], *, more: int = 0
) -> Head | None:
    names = [heading_name(heading, fields) for heading in headings]
    known = len({name for name in names if name})
    if known >= 2 or CODE in names or NAME in names:
        return Head(headings, below, known + more)
    return None


def _joined(table: Table, index: int, fields: Mapping[str, Field]) -> list[str]:
    """Two rows of headings as one: the group above, filled to the right, and what is below it."""
    upper, lower = table.rows[index], table.rows[index + 1]
    groups, group = [], ""
    width = max(_last(upper), _last(lower))
    for column in range(width):
        above = upper[column] if column < len(upper) else ""
        below = lower[column] if column < len(lower) else ""
        group = above or (group if below else "")
        groups.append((" ".join(group.split()), " ".join(below.split())))
    return [_one(above, below, fields) for above, below in groups]


def _one(above: str, below: str, fields: Mapping[str, Field]) -> str:
    if not below or not above:
        return above or below
    if is_unit(below):
        return f"{above}（{below}）"
    for text in (above + below, below + above):
        if heading_name(text, fields):
            return text
    if any(word in above for word in NOT_ACTUAL):
        return f"{above} {below}"
    return below if heading_name(below, fields) else f"{above} {below}"


def _is_figure(cell: str) -> bool:
    return cell.replace(",", "").replace(".", "").removeprefix("-").isdigit()
