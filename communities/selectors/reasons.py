"""Why a figure that is asked of a community is what it is: one line with its clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from communities.selectors.assessment import Assessment, plain_reason
from policy.engine import Trace, explain

BINDING = "取此值"


@dataclass(frozen=True)
class Reason:
    """A figure in one line: the subject's name, the formula, the clause that determined it.

    conflict: what the texts say against each other; note: what must be said, such as an exemption.
    own: whether it says something of the row, and not the same of every community.
    """

    subject: str
    label: str
    line: str
    clause: str
    note: str = ""
    conflict: str = ""
    own: bool = True


def reasons_for(
    assessment: Assessment, row: int, labels: Mapping[str, str], *, titled: bool
) -> list[Reason]:
    """The figures of one row of the register; what asks nothing of it is left out.

    labels: names by subject, in the order of the page; titled: whether clauses name their text.
    """
    asked = {
        subject
        for subject in labels
        for _, rows in assessment.parts(subject)
        if isinstance(rows, slice) or row in rows
    }
    traces = [(one, explain(assessment.requirements, one, row)) for one in labels if one in asked]
    return [
        _reason(subject, labels[subject], trace, titled)
        for subject, trace in traces
        if trace.row.required is not None or trace.row.status != "ok" or trace.row.high
    ]


def shared(reasons: Iterable[Reason]) -> list[Reason]:
    """What is the same of every community, once."""
    return list(dict.fromkeys(one for one in reasons if not one.own))


def _reason(subject: str, label: str, trace: Trace, titled: bool) -> Reason:
    said = plain_reason(trace.row.reason)
    if trace.row.status != "ok":
        return Reason(subject, label, f"不能测算，{said}", "")
    asking = [one for one in trace.provisions if one.asks]
    bound = [one for one in asking if one.role == BINDING] or asking
    if not bound:
        return Reason(subject, label, said, "")
    formulas = [step for step in bound[0].steps if step.formula]
    if not formulas:
        line = bound[0].summary
    else:
        first, last = formulas[0], formulas[-1]
        taken = "" if first.result == last.result else f"，{last.expr} = {last.result}"
        line = f"{first.expr} = {first.result}{taken}"
    title = f"《{bound[0].text.title}》" if titled else ""
    clause = f"{title}{bound[0].article}（{bound[0].id}）"
    conflict = trace.row.conflict
    return Reason(subject, label, line, clause, said, conflict, bool(formulas or said or conflict))
