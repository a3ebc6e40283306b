"""What is required of a register, as columns of whole units; and the runs of its units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from communities.selectors.assessment import Assessment
from communities.selectors.register import Register
from policy.engine.combine import Part, Requirement, unclamped
from policy.engine.exact import as_array, both, inverse


@dataclass(frozen=True)
class Amount:
    """Whole units (persons, 0.01 m², halls) of every row, and where there is a figure; 0 else."""

    num: Any
    has: Any


def nothing(size: int) -> Amount:
    """A column without any figure."""
    return Amount(np.zeros(size, dtype=np.int64), np.zeros(size, dtype=bool))


def spread(assessment: Assessment, subject: str, of: Callable[[Requirement], Part]) -> Amount:
    """A part of a subject's requirement for every row that can be computed."""
    found = nothing(len(assessment.register))
    for requirement, rows in assessment.parts(subject):
        part = of(requirement)
        has = np.broadcast_to(both(part.has, inverse(requirement.blocked)), requirement.size)
        found.num[rows] = np.where(has, as_array(part.num, requirement.size), 0)
        found.has[rows] = has
    return found


def before_bounds(requirement: Requirement) -> Part:
    """The figure of a requirement before any bound changed it."""
    return Part(unclamped(requirement), requirement.required.has)


def units_of(register: Register, rows: Any, width: int) -> list[tuple[str, Any]]:
    """The units of a code length that have communities among some rows, with theirs, by code.

    rows: numbers of the register's rows, in its order.
    """
    codes = register.numbers[rows] // 10 ** (12 - width)
    if not len(codes):
        return []
    starts = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]])
    runs = np.split(rows, starts[1:])
    return [
        (str(int(codes[start])).zfill(width), run) for start, run in zip(starts, runs, strict=True)
    ]
