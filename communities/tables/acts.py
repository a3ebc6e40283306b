"""A change act as its page lays it out: what becomes of each community, before and after."""

from typing import Any

from communities.choices import ActKind
from communities.selectors.before_after import Cell, Line, Table
from communities.services.plans import Plan, Successor

Named = tuple[str, str]
# what becomes of communities that do not go on
ENDING = {ActKind.MERGE: "并入", ActKind.REOPEN: "恢复", ActKind.SPLIT: "分设"}


def changes(kind: ActKind, plan: Plan, named: dict[int, Named], most: int) -> list[dict[str, Any]]:
    """What becomes of the first communities of a plan, then those that are new.

    `named` has the code and name of each community before, by its key.
    """
    going = plan.continuing
    joined = kind in (ActKind.MERGE, ActKind.REOPEN)
    into = next(iter(plan.successors), None) if joined else None
    lines = []
    for pk in plan.communities[:most]:
        before, after = named.get(pk), going.get(pk)
        word = _changed(before, after) if after else ENDING.get(kind, "撤销")
        lines.append({"before": before, "word": word, "after": after or into})
    new = [one for one in plan.successors if one.community is None]
    if kind != ActKind.REOPEN:
        lines += [{"before": None, "word": "新设", "after": one} for one in new]
    return lines


def _changed(before: Named | None, after: Successor) -> str:
    if before is None:
        return "继续"
    words = ("改代码", before[0] != after.code), ("改名称", before[1] != after.name)
    return "，".join(word for word, changed in words if changed) or "继续"


def moves(plan: Plan, named: dict[int, Named]) -> list[dict[str, Any]]:
    """How many households go from which community to which."""
    names = {one.key: one.name for one in plan.successors}
    return [
        {
            "source": named.get(one.source, ("", "—"))[1],
            "to": names.get(one.to, "—"),
            "households": one.households,
            "stays": (kept := plan.continuing.get(one.source)) is not None and kept.key == one.to,
        }
        for one in plan.flows
    ]


def assigned(plan: Plan, estates: dict[int, str], grids: dict[int, str]) -> list[dict[str, Any]]:
    """Which estates and grids go to each community, for those that get any by name."""
    found = []
    for successor in plan.successors:
        lines = [
            (label, [names.get(pk, "—") for pk, key in parts.items() if key == successor.key])
            for label, parts, names in (
                ("小区", plan.estates, estates),
                ("网格", plan.grids, grids),
            )
        ]
        found += [
            {"to": successor.name, "label": label, "names": names}
            for label, names in lines
            if names
        ]
    return found


def comparison(table: Table | None) -> dict[str, Any] | None:
    """Heads, lines and sums of a Table; cells are {value, places, reason}."""
    if table is None:
        return None
    return {
        "year": table.year,
        "heads": [{"label": one.label, "unit": one.unit} for one in table.columns],
        "before": [_line(table, line) for line in table.before],
        "after": [_line(table, line) for line in table.after],
        "total_before": _cells(table, table.total_before),
        "total_after": _cells(table, table.total_after),
        "balance": [table.balanced.get(one.key) for one in table.columns],
        "unbalanced": [one.label for one in table.columns if table.balanced.get(one.key) is False],
        "notes": table.notes,
    }


def _line(table: Table, line: Line) -> dict[str, Any]:
    return {
        "code": line.code,
        "name": line.name,
        "note": line.note,
        "cells": _cells(table, line.cells),
    }


def _cells(table: Table, cells: dict[str, Cell]) -> list[dict[str, Any]]:
    found = []
    for column in table.columns:
        cell = cells.get(column.key)
        found.append(
            {
                "value": cell.value if cell else None,
                "places": column.places,
                "reason": cell.reason if cell else "",
            }
        )
    return found
