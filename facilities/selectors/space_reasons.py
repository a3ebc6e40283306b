"""Why a figure of space is what it is: one line with its clause, and by which area it counts."""

from __future__ import annotations

from dataclasses import dataclass

from communities.selectors.assessment import Assessment
from communities.selectors.clauses import Clause, clause_of
from communities.selectors.reasons import Reason, reasons_for
from facilities.choices import Measure
from facilities.selectors.space_columns import HALLS, USES
from policy.engine import catalogue

SILENT = "条文没有写明口径，按建筑面积"


@dataclass(frozen=True)
class Basis:
    """A clause on space with the area that it counts by."""

    subject: str
    clause: Clause
    measure: str


def reasons_of(assessment: Assessment, row: int) -> list[Reason]:
    """The figures of one row of the register; what asks nothing of it is left out."""
    labels = {one: catalogue().subjects[one].label for one in USES}
    return reasons_for(assessment, row, labels, titled=True)


def bases_of(assessment: Assessment) -> list[Basis]:
    """The clauses on space in force, each with the area by which it counts. No query.

    A clause counts by the area that its summary or note names; where it names none, that is said.
    """
    found: dict[str, Basis] = {}
    for subject in USES:
        for requirement, _ in assessment.parts(subject):
            for outcome in requirement.outcomes:
                provision = outcome.rule.provision
                clause = clause_of(outcome.rule.text, provision)
                words = f"{provision.summary}{provision.note}"
                measure = "按个数" if subject == HALLS else named_measure(words)
                found.setdefault(clause.id, Basis(subject, clause, measure))
    return list(found.values())


def named_measure(words: str) -> str:
    """By which area a clause counts, from its words."""
    # the longer name first: 地上建筑面积 holds 建筑面积
    for measure in sorted(Measure, key=lambda one: -len(one.label)):
        if measure.label in words:
            return f"按{measure.label}"
    return SILENT
