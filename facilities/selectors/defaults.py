"""违约: the defaults of a scope with their notices, one of them, and what may be said of one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from accounts.models import User
from accounts.scope import STREET
from communities.selectors.clauses import Clause
from communities.selectors.places import division_names
from facilities.choices import DefaultKind, DefaultState
from facilities.models import BuilderDefault, DefaultNotice, Project
from facilities.rules.gates import LABELS, Sizes, metres
from facilities.selectors.project_clock import clocks_of
from facilities.selectors.project_gates import found_of, gates_of, trail_of
from facilities.selectors.project_needs import needs_of


@dataclass(frozen=True)
class DefaultLine:
    """A default as a list shows it: the days it has been or was open, the latest notice first."""

    record: BuilderDefault
    street: str
    days: int
    notices: list[DefaultNotice]

    @property
    def unanswered(self) -> int:
        """How many notices have no answer yet."""
        return sum(one.answered_on is None for one in self.notices)


def kept_notices() -> Any:
    """The notices that were not taken back, the latest first."""
    return DefaultNotice.objects.filter(withdrawn_at__isnull=True).order_by("-issued_on", "-pk")


def defaults_of(user: User, *, division: str, state: str, kind: str) -> Any:
    """The defaults under a division of the scope, open ones first, then the oldest; '' for all.

    state: of DefaultState, or 'unanswered': with a notice that nobody answered.
    """
    rows = BuilderDefault.objects.for_user(user).under(division)
    if state == "unanswered":
        waiting = kept_notices().filter(answered_on__isnull=True).values("default_id")
        rows = rows.filter(state=DefaultState.OPEN, pk__in=waiting)
    elif state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    rows = rows.select_related("project", "made_by", "closed_by")
    rows = rows.prefetch_related(Prefetch("notices", kept_notices(), to_attr="kept"))
    return rows.order_by("state", "found_on", "pk")


def days_open(record: BuilderDefault, on: date) -> int:
    """How many days a default has been open, or was."""
    return max(((record.remedied_on or on) - record.found_on).days, 0)


def default_lines(rows: Collection[BuilderDefault], on: date) -> list[DefaultLine]:
    """Defaults as lists show them. One query beside theirs."""
    streets = division_names({one.code[:STREET] for one in rows}, on)
    return [
        DefaultLine(
            one,
            streets.get(one.code, one.code),
            days_open(one, on),
            list(getattr(one, "kept", ())),
        )
        for one in rows
    ]


def find_project(user: User, key: int) -> Project | None:
    """A project inside the scope, or None. One query."""
    found: Project | None = Project.objects.for_user(user).filter(pk=key).first()
    return found


def find_default(user: User, key: int) -> BuilderDefault | None:
    """A default inside the scope, or None. One query."""
    rows = BuilderDefault.objects.for_user(user).select_related("project", "made_by", "closed_by")
    found: BuilderDefault | None = rows.filter(pk=key).first()
    return found


def find_notice(user: User, key: int) -> DefaultNotice | None:
    """A notice inside the scope, or None. One query."""
    rows = DefaultNotice.objects.for_user(user).select_related(
        "default__project", "made_by", "withdrawn_by"
    )
    found: DefaultNotice | None = rows.filter(pk=key).first()
    return found


def notices_of(user: User, record: BuilderDefault) -> list[DefaultNotice]:
    """The notices of a default, the latest first, those taken back among them. One query."""
    rows = DefaultNotice.objects.for_user(user).filter(default=record)
    return list(rows.select_related("made_by").order_by("-issued_on", "-pk"))


@dataclass(frozen=True)
class Known:
    """What the register knows of a project: promised and found areas, the clock, the clauses."""

    project: Project
    on: date
    promised: Sizes
    found: Sizes
    moved_in_on: date | None
    due: date | None
    overdue_days: int
    is_overdue: bool
    due_clauses: tuple[Clause, ...]
    area_clauses: tuple[Clause, ...]
    handed_over_on: date | None

    @property
    def suggested(self) -> str:
        """The kind of default that the register suggests, '' where it suggests none."""
        if self.is_overdue:
            return DefaultKind.NOT_HANDED_OVER.value
        lacking = any(missing for _, missing in self.missing)
        return DefaultKind.NOT_BUILT.value if self.found.is_stated and lacking else ""

    @property
    def missing(self) -> list[tuple[str, Decimal]]:
        """What was measured less than promised, by part, in m²; nothing before it is measured."""
        if not self.found.is_stated:
            return []
        lacks = {part: area_of(self.promised, part) - area_of(self.found, part) for part in LABELS}
        return [(part, area) for part, area in lacks.items() if area > 0]

    def clauses(self, kind: str) -> tuple[Clause, ...]:
        """The clauses that a default of a kind breaks."""
        return self.area_clauses if kind == DefaultKind.NOT_BUILT else self.due_clauses

    def facts(self, kind: str) -> str:
        """The facts of a default in a sentence, as far as the register knows them."""
        one = self.project
        homes = f"规划{one.planned_households:,}户"
        said = [f"{one.developer}建设的{one.name}（{one.location}）{homes}"]
        if promised := in_words(self.promised):
            said.append(f"约定配建{promised}")
        if kind == DefaultKind.NOT_BUILT:
            said.append(self._not_built())
        elif kind == DefaultKind.SOLD:
            said.append(f"至{chinese(self.on)}，应移交的用房被擅自出售、出租或抵押")
        else:
            said += self._not_handed_over()
        return "，".join(said)

    def _not_built(self) -> str:
        if not self.found.is_stated:
            return f"至{chinese(self.on)}没有按约定配建"
        lacking = "、".join(f"{LABELS[part]}少{metres(area)}" for part, area in self.missing)
        found = in_words(self.found) or "没有社区用房"
        return f"实测{found}" + (f"，{lacking}" if lacking else "")

    def _not_handed_over(self) -> list[str]:
        said = []
        if self.moved_in_on:
            said.append(f"首批居民{chinese(self.moved_in_on)}入住")
        if self.due:
            said.append(f"移交期限是{chinese(self.due)}")
        late = f"，已逾期{self.overdue_days}天" if self.is_overdue else ""
        return [*said, f"至{chinese(self.on)}没有移交社区用房{late}"]


def known_of(project: Project, on: date) -> Known:
    """What the register and the texts in force say of a project on a day. A few queries."""
    needs = needs_of([project], on)[0]
    clock = clocks_of([project], on, {project.pk: needs})[project.pk]
    gates = gates_of([project.pk]).get(project.pk, [])
    # what was measured counts, also where the gate was refused for it
    measured = [size for gate in gates if (size := found_of(gate)).is_stated]
    areas: dict[str, Clause] = {}
    for need in needs.needs:
        areas |= {one.id: one for one in need.clauses}
    return Known(
        project,
        on,
        trail_of(gates).promised,
        measured[-1] if measured else Sizes(),
        project.first_move_in_on,
        clock.due,
        clock.overdue_days,
        clock.is_overdue,
        needs.due_clauses,
        tuple(areas.values()),
        clock.handed_over_on,
    )


def area_of(sizes: Sizes, part: str) -> Decimal:
    """The area of a part, 0 where none is stated."""
    return sizes.of((part,)) or Decimal()


def in_words(sizes: Sizes) -> str:
    """The areas that are stated, by part."""
    return "、".join(
        f"{name}{metres(area)}"
        for part, name in LABELS.items()
        if (area := sizes.of((part,))) is not None
    )


def chinese(day: date) -> str:
    """A day as letters write it."""
    return f"{day.year}年{day.month}月{day.day}日"
