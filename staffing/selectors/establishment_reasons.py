"""Why a figure of the establishment is what it is: one line with its clause."""

from __future__ import annotations

from communities.selectors.assessment import Assessment
from communities.selectors.reasons import Reason, reasons_for
from staffing.selectors.establishment_columns import COMMITTEE, PARTY, WORKERS

LABELS = {COMMITTEE: "居委会成员", WORKERS: "专职", PARTY: "党组织"}


def reasons_of(assessment: Assessment, row: int) -> list[Reason]:
    """The figures of one row of the register; what asks nothing of it is left out."""
    return reasons_for(assessment, row, LABELS, titled=False)
