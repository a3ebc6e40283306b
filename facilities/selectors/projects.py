"""开发项目: the projects of a scope with their gates, clocks and areas, and one project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import User
from communities.models import Community, Estate
from communities.querysets import not_ended
from communities.selectors.places import division_names
from facilities.choices import DefaultState, ProjectState
from facilities.models import BuilderDefault, Premises, Project
from facilities.rules.clock import Clock
from facilities.rules.gates import Sizes
from facilities.selectors.project_clock import clock_of
from facilities.selectors.project_gates import Trail, gates_of, trail_of
from facilities.selectors.project_needs import Needs, needs_of


@dataclass(frozen=True)
class Wanted:
    """Which projects a board shows; '' for all. stage: the gate that is next."""

    state: str = ProjectState.RUNNING
    stage: str = ""
    division: str = ""
    overdue: bool = False
    sought: str = ""


@dataclass(frozen=True)
class BoardRow:
    """A project of the board; defaults: how many are open."""

    project: Project
    street: str
    trail: Trail
    needs: Needs
    clock: Clock
    defaults: int

    @property
    def required(self) -> Decimal | None:
        """Work and service rooms that the texts ask for."""
        return self.needs.premises

    @property
    def lacks_promise(self) -> bool:
        """Whether less is promised than must be kept at least."""
        return self.trail.promised.is_stated and any(
            one.low is not None and (self.trail.promised.of(one.parts) or 0) < one.low
            for one in self.needs.asked
        )


@dataclass(frozen=True)
class Totals:
    """Sums over all projects of a filter, in m²; overdue: how many are over their deadline."""

    projects: int
    households: int
    required: Decimal
    promised: Decimal
    found: Decimal
    overdue: int
    defaults: int


def board(user: User, wanted: Wanted, on: date) -> list[BoardRow]:
    """The projects that a filter wants, by street and name. Five queries for any number.

    Deadlines are the engine's, so that those overdue are found here and not by the database.
    """
    projects = list(_filtered(user, wanted))
    needs = needs_of(projects, on)
    gates = gates_of([one.pk for one in projects])
    streets = division_names({one.code for one in projects}, on)
    defaults = _defaults_of([one.pk for one in projects])
    rows = []
    for project, asked in zip(projects, needs, strict=True):
        tries = gates.get(project.pk, [])
        trail = trail_of(tries)
        clock = clock_of(project, asked, _handed_over(trail), on)
        row = BoardRow(
            project,
            streets.get(project.code, project.code),
            trail,
            asked,
            clock,
            defaults[project.pk],
        )
        if _shown(row, wanted):
            rows.append(row)
    return rows


def _filtered(user: User, wanted: Wanted) -> Any:
    rows = Project.objects.for_user(user).select_related("community")
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.division:
        rows = rows.under(wanted.division)
    if wanted.sought:
        named = rows.filter(name__icontains=wanted.sought)
        rows = named | rows.filter(developer__icontains=wanted.sought)
    return rows.order_by("code", "name", "pk")


def _shown(row: BoardRow, wanted: Wanted) -> bool:
    present = row.trail.present
    if wanted.stage and (present is None or present.stage != wanted.stage):
        return False
    running = row.project.state == ProjectState.RUNNING
    return not wanted.overdue or (running and row.clock.is_overdue)


def _handed_over(trail: Trail) -> date | None:
    step = next(one for one in trail.steps if one.stage == "handover")
    return step.gate.decided_on if step.gate and step.tone == "ok" else None


def _defaults_of(projects: Sequence[int]) -> Counter[int]:
    rows = BuilderDefault.objects.filter(project__in=projects, state=DefaultState.OPEN)
    return Counter(rows.order_by().values_list("project_id", flat=True))


def totals_of(rows: Sequence[BoardRow]) -> Totals:
    """Sums over rows of the board."""

    def total(areas: list[Decimal | None]) -> Decimal:
        return sum((one for one in areas if one is not None), Decimal())

    return Totals(
        len(rows),
        sum(one.project.planned_households for one in rows),
        total([one.required for one in rows]),
        total([one.trail.promised.premises for one in rows]),
        total([one.trail.found.premises for one in rows]),
        sum(one.project.state == ProjectState.RUNNING and one.clock.is_overdue for one in rows),
        sum(one.defaults for one in rows),
    )


def find_project(user: User, key: int) -> Project | None:
    """A project inside the scope, or None. One query."""
    rows: Any = Project.objects.for_user(user).filter(pk=key)
    found: Project | None = rows.select_related("community", "estate", "made_by").first()
    return found


def defaults_of(user: User, project: Project) -> list[BuilderDefault]:
    """The defaults of a project, those not put right first. One query."""
    rows: Any = BuilderDefault.objects.for_user(user).filter(project=project)
    return list(rows.select_related("made_by").order_by("state", "-pk"))


def premises_of(user: User, project: Project) -> list[Premises]:
    """What is registered of a project's rooms. One query."""
    rows: Any = Premises.objects.for_user(user).filter(project=project)
    return list(rows.select_related("community").order_by("pk"))


@dataclass(frozen=True)
class Compared:
    """What is asked of some parts beside what is promised and found, in m²."""

    label: str
    said: str
    clause: str
    promised: Decimal | None
    found: Decimal | None
    lacks_promise: Decimal | None
    lacks_found: Decimal | None


def compared(needs: Needs, promised: Sizes, found: Sizes) -> list[Compared]:
    """Every need beside the areas promised and found; lacks: how many m² below the least."""
    rows = []
    for one in needs.needs:
        areas = promised.of(one.parts), found.of(one.parts)
        lacks = [
            one.low - area if one.low is not None and area is not None and area < one.low else None
            for area in areas
        ]
        rows.append(Compared(one.label, one.said, one.clause, *areas, *lacks))
    return rows


def communities_for(user: User, street: str, on: date) -> Any:
    """The communities of a street (or of a wider scope for ''), by code."""
    rows = Community.objects.for_user(user).as_of(on)
    return (rows.under(street) if street else rows).order_by("code")


def estates_for(user: User, street: str, on: date) -> Any:
    """The estates of a street (or of a wider scope for '') that have not ended, by name."""
    rows = Estate.objects.for_user(user).filter(not_ended(on)).select_related("community")
    return (rows.under(street) if street else rows).order_by("code", "name")
