"""What filling a gap costs a year: missing persons times the standard per head, with payers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from communities.selectors.assessment import Assessment
from policy.engine import catalogue

# what a person costs a year: yearly money subjects of persons
PER_HEAD = ("staff_allowance", "staff_social_insurance")
UNSTATED = "未载明"


@dataclass(frozen=True)
class Cost:
    """What the missing persons of some rows cost a year.

    amount: yuan, None where nobody is missing or nothing can be computed. payers: label and yuan,
    which add up to it. uncounted: missing persons for whom a part of the cost is not in it.
    """

    missing: int
    amount: Decimal | None
    payers: tuple[tuple[str, Decimal], ...] = ()
    uncounted: int = 0


@dataclass(frozen=True)
class Standard:
    """The yearly standard per head of one subject: from lowest to highest of the rows, in yuan."""

    label: str
    low: Decimal
    high: Decimal
    clauses: str


class Costs:
    """The cost of missing persons as columns over a register."""

    def __init__(self, assessment: Assessment, missing: Any) -> None:
        """`missing`: how many persons each row lacks."""
        self.assessment, self.missing = assessment, missing
        self.subjects = [one for one in PER_HEAD if assessment.parts(one)]
        self.figures = {one: assessment.column(one) for one in self.subjects}
        self.fen = self._sum([one.required for one in self.figures.values()]) * missing
        self.has = self._any([one.has for one in self.figures.values()])
        self.partial = self._any([one.blocked for one in self.figures.values()])
        self.paid: dict[str, Any] = {}
        for subject in self.subjects:
            for payer, column in assessment.payers(subject).items():
                self.paid[payer] = self.paid.get(payer, 0) + column * missing

    def _sum(self, columns: list[Any]) -> Any:
        return sum(columns, np.zeros(len(self.assessment.register), dtype=np.int64))

    def _any(self, masks: list[Any]) -> Any:
        return np.logical_or.reduce([np.zeros(len(self.assessment.register), dtype=bool), *masks])

    def of(self, rows: Any) -> Cost:
        """The cost of some rows together."""
        missing = int(self.missing[rows].sum())
        lacking = self.missing[rows] > 0
        without = int(self.missing[rows][self.partial[rows] | ~self.has[rows]].sum())
        if not (lacking & self.has[rows]).any():
            return Cost(missing, None, (), missing)
        fen = int(self.fen[rows].sum())
        payers = [
            (catalogue().payers[key], int(self.paid[key][rows].sum()))
            for key in catalogue().payers
            if key in self.paid
        ]
        left = fen - sum(amount for _, amount in payers)
        named = tuple((label, _yuan(amount)) for label, amount in payers if amount)
        return Cost(
            missing, _yuan(fen), (*named, (UNSTATED, _yuan(left))) if left else named, without
        )

    def standards(self, rows: Any) -> list[Standard]:
        """What each subject sets per head over some rows."""
        found = []
        for subject, figures in self.figures.items():
            known = figures.required[rows][figures.has[rows]]
            if len(known):
                label = catalogue().subjects[subject].label
                low, high = _yuan(int(known.min())), _yuan(int(known.max()))
                found.append(Standard(label, low, high, self._clauses(subject)))
        return found

    def _clauses(self, subject: str) -> str:
        rules = [
            outcome.rule
            for requirement, _ in self.assessment.parts(subject)
            for outcome in requirement.outcomes
        ]
        named = [f"《{one.text.title}》{one.provision.article}（{one.id}）" for one in rules]
        return "、".join(dict.fromkeys(named))

    def left_out(self, rows: Any) -> list[str]:
        """Why the cost of some rows is not there, or not whole; nothing where nobody is missing."""
        short = rows[self.missing[rows] > 0]
        if not len(short):
            return []
        if not self.subjects:
            return ["执行的文件没有规定每人的补贴和社会保险，费用不测算"]
        said: Counter[str] = Counter()
        for subject, figures in self.figures.items():
            label = catalogue().subjects[subject].label
            for row in short[figures.blocked[short]]:
                said[f"{label}：{self.assessment.reason([subject], int(row))}"] += 1
        return [f"{reason}，{count}个社区没有计入" for reason, count in said.most_common(4)]


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)
