"""Lines of the to-do list: handovers that are due, gates that wait for this person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import User
from collection.selectors.todo_lines import Todo
from facilities.choices import GateState, ProjectState, Stage
from facilities.models import Gate, Project
from facilities.selectors.project_clock import clock_of
from facilities.selectors.project_needs import needs_of

CHANGE, SIGN, APPROVE = (
    "facilities.change_project",
    "facilities.sign_acceptance",
    "facilities.approve_gate",
)
# how long before its deadline a handover is called to mind
SOON = timedelta(days=30)
# lines for single projects; the rest is counted
MOST_LINES = 8


def project_todos(user: User, on: date) -> Iterator[Todo]:
    """What a person has to do with projects on a day. Five queries at most."""
    yield from handover_todos(user, on)
    yield from waiting_todos(user)


def handover_todos(user: User, on: date) -> Iterator[Todo]:
    """Handovers that are overdue or due within 30 days, the earliest first. Two queries."""
    if not user.has_perm(CHANGE):
        return
    handed_over = Gate.objects.filter(
        project=OuterRef("pk"), stage=Stage.HANDOVER, state=GateState.PASSED
    )
    rows: Any = Project.objects.for_user(user).filter(
        ~Exists(handed_over), state=ProjectState.RUNNING, first_move_in_on__isnull=False
    )
    projects = list(rows)
    clocks = [
        (clock_of(one, needs, None, on), one)
        for one, needs in zip(projects, needs_of(projects, on), strict=True)
    ]
    found = sorted(
        (
            (clock.due, one.pk, clock, one)
            for clock, one in clocks
            if clock.due is not None and clock.due - on <= SOON
        ),
        key=lambda row: row[:2],
    )
    for due, _, clock, one in found[:MOST_LINES]:
        yield Todo(
            f"办理{one.name}移交",
            reverse("facilities:project", args=[one.pk]),
            f"首批居民{one.first_move_in_on}入住（{clock.clause}）",
            f"逾期{clock.overdue_days}天" if clock.is_overdue else "待移交",
            "bad" if clock.is_overdue else "warn",
            due,
            clock.left_days,
            rank=1,
        )
    if len(found) > MOST_LINES:
        url = f"{reverse('facilities:projects')}?overdue=1"
        yield Todo(f"其余{len(found) - MOST_LINES}个项目的移交", url, "在开发项目里看", "", "")


def waiting_todos(user: User) -> Iterator[Todo]:
    """Acceptances that wait for this person's signature, exceptions for the approval. One query."""
    rights = {
        state: right
        for state, right in ((GateState.SIGNING, SIGN), (GateState.WAITING, APPROVE))
        if user.has_perm(right)
    }
    if not rights:
        return
    rows: Any = Gate.objects.for_user(user).filter(state__in=rights).exclude(made_by=user)
    rows = rows.filter(project__state=ProjectState.RUNNING).select_related("project")
    for one in rows.order_by("made_at")[:MOST_LINES]:
        signing = one.state == GateState.SIGNING
        yield Todo(
            f"{'签署' if signing else '批准'}{one.project.name}{one.get_stage_display()}",
            reverse("facilities:gate", args=[one.pk]),
            "看实测面积，再签署验收意见" if signing else f"例外通过：{one.exception}",
            "待签署" if signing else "待批准",
            "warn",
        )
