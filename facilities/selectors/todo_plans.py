"""Lines of the to-do list: plans and pools that wait for a decision, measures that are behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import User
from collection.selectors.todo_lines import Todo
from communities.choices import DecisionState
from facilities.choices import MeasureState
from facilities.models import SpaceMeasure, SpacePlan, SpacePool
from facilities.selectors.measures import SOON_DAYS

PROPOSE, DECIDE = "facilities.propose_spaceplan", "facilities.decide_spaceplan"
REPORT = "facilities.change_premises"
WAITING = (DecisionState.PROPOSED, DecisionState.RETURNED)
MOST_PLANS = 5


def plan_todos(user: User, on: date) -> Iterator[Todo]:
    """Plans and pools that wait for this person or were returned, and what is behind.

    Three queries at most.
    """
    if user.has_perm(PROPOSE) or user.has_perm(DECIDE):
        yield from _waiting(user, SpacePlan, "plan")
        yield from _waiting(user, SpacePool, "pool")
    if user.has_perm(REPORT) or user.has_perm(PROPOSE):
        yield from _behind(user, on)


def _waiting(user: User, model: type[SpacePlan] | type[SpacePool], name: str) -> Iterator[Todo]:
    rows: Any = model.objects.of_office(user).filter(state__in=WAITING)
    for record in rows.order_by("code", "pk"):
        url = reverse(f"facilities:{name}", args=[record.pk])
        wrote = user.pk == record.made_by_id or user.pk in record.makers
        mine = (wrote or record.code == user.scope) and record.decided_by_id != user.pk
        if record.state == DecisionState.RETURNED and mine and user.has_perm(PROPOSE):
            hint = f"退回：{record.decision}" if record.decision else "按退回意见修改，再送批"
            yield Todo(f"修改{record.title}", url, hint, "已退回", "bad")
        if record.state == DecisionState.PROPOSED and not wrote and user.has_perm(DECIDE):
            yield Todo(f"{record.title}待批准", url, "看过内容再批准或退回", "待批准", "warn")


def _behind(user: User, on: date) -> Iterator[Todo]:
    """A line for each approved plan with measures that should be done: over, begun, not begun."""
    ends = date(on.year, 12, 31)
    soon = (ends - on).days <= SOON_DAYS
    over, due = Q(year__lt=on.year), Q(year=on.year)
    rows = SpaceMeasure.objects.for_user(user).filter(
        over | due,
        plan__state=DecisionState.APPROVED,
        state__in=(MeasureState.PLANNED, MeasureState.UNDER_WAY),
    )
    found = (
        rows.order_by("plan_id")
        .values("plan_id", "plan__title")
        .annotate(
            over=Count("pk", filter=over),
            idle=Count("pk", filter=due & Q(state=MeasureState.PLANNED)),
            due=Count("pk", filter=due),
        )
    )
    for one in found[:MOST_PLANS]:
        url = reverse("facilities:plan", args=[one["plan_id"]])
        if one["over"]:
            hint = f"{one['plan__title']}：年度已过，没有完成"
            yield Todo(f"{one['over']}个达标项目逾期", f"{url}?state=late", hint, "逾期", "bad")
        elif one["idle"] or (soon and one["due"]):
            yield Todo(
                f"{one['due']}个达标项目年内要完成",
                f"{url}?year={on.year}",
                f"{one['plan__title']}：未开始{one['idle']}个",
                "未完成",
                "warn" if soon else "plain",
                ends,
                (ends - on).days,
            )
