"""What the policies of a year ask for each post and award, as columns of fen, and who pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from communities.selectors.assessment import Assessment, plain_reason
from policy.engine import Facts, Requirements, Verdict, assess_persons, catalogue, judge
from policy.engine.combine import Requirement
from policy.engine.exact import as_array, as_mask, both, either, inverse
from policy.engine.rows import at, reason_of

# above this a figure is a slip of a text
MOST_FEN = 10**14
UNSTATED = "unstated"


@dataclass(frozen=True)
class Column:
    """One subject's standard of every row in fen for its period; 0 where there is none."""

    required: Any
    has: Any
    low: Any
    has_low: Any
    blocked: Any


class Standards:
    """The standards of rows (posts and awards), and which rows the original channel pays."""

    def __init__(self, facts: Facts, assessment: Assessment) -> None:
        self.facts, self.assessment = facts, assessment
        self.requirements: Requirements = assess_persons(
            facts, assessment.policy.stack, assessment.policy.series
        )
        self.columns = {subject: self._column(subject) for subject in self._subjects()}
        paid_by = [one for one in judge(assessment.policy.stack, facts) if one.provision.paid_by]
        self.channels: dict[int, Verdict] = {}
        for judged in reversed(paid_by):
            for row in np.flatnonzero(judged.applies).tolist():
                self.channels[row] = judged.at(row)

    def _subjects(self) -> list[str]:
        if not len(self.facts):
            return []
        words = catalogue().subjects
        return [one for one in self.requirements.subjects if words[one].group == "pay"]

    def parts(self, subject: str) -> list[tuple[Requirement, Any]]:
        """The groups of rows that a subject concerns, with their row numbers."""
        size = len(self.facts)
        return [
            (group.requirements[subject], np.arange(size) if group.rows is None else group.rows)
            for group in self.requirements.blocks[0].groups
            if subject in group.requirements
        ]

    def _column(self, subject: str) -> Column:
        size = len(self.facts)
        required, low = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        has, has_low, blocked = (np.zeros(size, dtype=bool) for _ in range(3))
        for one, rows in self.parts(subject):
            stuck = either(one.blocked, as_mask(one.required.num > MOST_FEN))
            known = inverse(stuck)
            blocked[rows] = stuck
            has[rows], has_low[rows] = both(one.required.has, known), both(one.low.has, known)
            required[rows] = _fen(one.required.num, one.size)
            low[rows] = _fen(one.low.num, one.size)
        return Column(np.where(has, required, 0), has, np.where(has_low, low, 0), has_low, blocked)

    def payers(self, subject: str, amounts: Any) -> dict[str, Any]:
        """Fen by payer of sums of a subject; what no text assigns stands under UNSTATED."""
        left = np.array(amounts, dtype=np.int64)
        bound = max(1, int(left.max(initial=0)))
        found: dict[str, Any] = {}
        for requirement, rows in self.parts(subject):
            for payer, num in requirement.payers_of(left[rows], bound).items():
                column = found.setdefault(payer, np.zeros(len(self.facts), dtype=np.int64))
                column[rows] = _fen(num, requirement.size)
        rest = left - sum(found.values(), np.zeros(len(self.facts), dtype=np.int64))
        ordered = {key: found[key] for key in catalogue().payers if key in found}
        return ordered | ({UNSTATED: rest} if rest.any() else {})

    def reason(self, subject: str, row: int) -> str:
        """Why a subject cannot be computed for a row."""
        for requirement, rows in self.parts(subject):
            place = int(np.searchsorted(rows, row))
            if place < len(rows) and rows[place] == row and at(requirement.blocked, place):
                return plain_reason(reason_of(requirement, place))
        return "数值超出范围，核对文件里的数"

    def clauses(self, subject: str, row: int) -> list[str]:
        """The provisions that set a row's figure: 《办法》第三条（LC-1）."""
        for requirement, rows in self.parts(subject):
            place = int(np.searchsorted(rows, row))
            if place < len(rows) and rows[place] == row:
                binding = [one for one in requirement.outcomes if at(requirement.binds(one), place)]
                return [
                    clause_text(one.rule.text.title, one.rule.provision.article, one.rule.id)
                    for one in binding or list(requirement.outcomes)[:1]
                ]
        return []

    def speaks(self, subject: str, row: int) -> bool:
        """Whether some text sets a subject for a row, computed or not."""
        column = self.columns.get(subject)
        return column is not None and bool(column.has[row] or column.blocked[row])

    def lasts(self, subject: str, row: int) -> int | None:
        """For how many months a monthly sum is paid by its clause; None: no end is set."""
        for requirement, rows in self.parts(subject):
            place = int(np.searchsorted(rows, row))
            if place < len(rows) and rows[place] == row:
                asked = [
                    one.rule.provision.lasts_months
                    for one in requirement.outcomes
                    if at(one.asks, place) and one.rule.provision.lasts_months
                ]
                return asked[0] if asked else None
        return None


def clause_text(title: str, article: str, provision: str) -> str:
    """A clause as lists quote it."""
    return f"《{title}》{article}（{provision}）"


def channel_text(verdict: Verdict) -> str:
    """The clause by which the original channel pays somebody."""
    return clause_text(verdict.text.title, verdict.provision.article, verdict.provision.id)


def _fen(num: Any, size: int) -> Any:
    column = as_array(num, size)
    return np.where(column > MOST_FEN, 0, column).astype(np.int64)
