"""The clocks of handovers: the deadline of the clause in force, and how a day stands to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from facilities.choices import GateState, ProjectState, Stage
from facilities.models import Gate, Project
from facilities.rules.clock import Clock
from facilities.selectors.project_needs import Needs, needs_of


def handovers_of(projects: Sequence[int]) -> dict[int, date]:
    """The days on which projects were handed over, by key of the project. One query."""
    rows = Gate.objects.filter(
        project__in=list(projects), stage=Stage.HANDOVER, state=GateState.PASSED
    )
    return dict(rows.order_by().values_list("project_id", "decided_on"))


def clock_of(project: Project, needs: Needs, handed_over: date | None, on: date) -> Clock:
    """The clock of a project that has been assessed; none runs for a cancelled one. No query."""
    if project.state == ProjectState.CANCELLED:
        return Clock(on)
    return Clock(on, project.first_move_in_on, needs.due, needs.due_clause, handed_over)


def clocks_of(
    projects: Sequence[Project], on: date, needs: Mapping[int, Needs] | None = None
) -> dict[int, Clock]:
    """The clocks of projects as a day sees them, by key. Two queries, one if needs are given.

    The deadline is that of the text in force on the day (clause and day by the engine); it is
    None where nobody has moved in or no text says one.
    """
    if needs is None:
        needs = {one.pk: found for one, found in zip(projects, needs_of(projects, on), strict=True)}
    days = handovers_of([one.pk for one in projects])
    return {one.pk: clock_of(one, needs[one.pk], days.get(one.pk), on) for one in projects}
