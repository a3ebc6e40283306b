"""What a community's roster says in one line, beside the year's facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from communities.selectors.assessment import Assessment
from staffing.selectors.establishment_columns import COMMITTEE, PARTY, ROSTER, WORKERS, facts_of
from staffing.selectors.heads import heads_of

LABELS = {COMMITTEE: "居委会成员", PARTY: "社区党组织成员", WORKERS: "专职工作人员"}


@dataclass(frozen=True)
class RosterLine:
    """Heads of a day: members, full-time workers, all together, those who count in two of them.

    differing: a sentence for each figure of the year's facts that is another one.
    """

    on: date
    committee: int
    workers: int
    everybody: int
    cross: int
    differing: tuple[str, ...]


def roster_line(assessment: Assessment, row: int, on: date) -> RosterLine | None:
    """The line of a row of the register; None where nobody is in the roster. One query."""
    key = int(assessment.register.keys[row])
    heads = heads_of([key], on).get(key)
    if heads is None:
        return None
    said = []
    for subject, label in LABELS.items():
        facts, counted = facts_of(assessment, subject), len(ROSTER[subject](heads))
        if facts.has[row] and int(facts.num[row]) != counted:
            said.append(f"{label}年度数据{int(facts.num[row])}人，花名册{counted}人，核对哪一个对")
    return RosterLine(
        on,
        len(heads.committee),
        len(heads.workers),
        len(heads.everybody),
        len(heads.cross_appointed),
        tuple(said),
    )
