"""Lines of the to-do list: what somebody proposed or entered and this person decides or checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from collection.selectors.todo_lines import Todo
from communities.choices import DecisionState
from staffing.models import Award, ExtraWorkers, QuotaPlan, StaffAct
from staffing.selectors.acts import MINE

CHECK, DECIDE, AWARD = (
    "staffing.check_staffact",
    "staffing.decide_quota",
    "staffing.decide_award",
)


def unchecked_todos(user: User, on: date) -> Iterator[Todo]:
    """Acts that nobody has looked over and this person may look over. One query."""
    if not user.has_perm(CHECK):
        return
    rows = StaffAct.objects.for_user(user).unchecked_by_others(user).order_by()
    found = rows.aggregate(number=Count("pk"), first=Min("made_at"))
    if found["number"]:
        days = (on - timezone.localtime(found["first"]).date()).days
        yield Todo(
            f"{found['number']}件人员变动待核对",
            f"{reverse('staffing:acts')}?state={MINE}",
            f"最早一件登记了{days}天，对照材料核对" if days else "今天登记的，对照材料核对",
            "待核对",
            "bad" if days > 30 else "warn",
        )


def quota_todos(user: User) -> Iterator[Todo]:
    """Plans of the scope's districts that wait for this person, or were returned. One query."""
    decides, makes = user.has_perm(DECIDE), user.has_perm("staffing.propose_quota")
    if not (decides or makes):
        return
    rows: Any = QuotaPlan.objects.of_office(user)
    waiting = (DecisionState.PROPOSED, DecisionState.RETURNED)
    for plan in rows.filter(state__in=waiting).order_by("code", "-year"):
        url = reverse("staffing:quota", args=[plan.code, plan.year])
        name = f"{plan.year}年名额分配"
        if plan.state == DecisionState.RETURNED and makes:
            hint = f"退回：{plan.decision}" if plan.decision else "按退回意见修改，再送批"
            yield Todo(f"修改{name}", url, hint, "已退回", "bad")
        if plan.state == DecisionState.PROPOSED and decides and plan.made_by_id != user.pk:
            yield Todo(f"{name}待批准", url, f"总量{plan.total}人", "待批准", "warn")


def extra_todos(user: User) -> Iterator[Todo]:
    """Increases that wait for this person's decision. One query."""
    if not user.has_perm(DECIDE):
        return
    rows = ExtraWorkers.objects.for_user(user).filter(state=DecisionState.PROPOSED)
    if number := rows.exclude(made_by=user).count():
        url = f"{reverse('staffing:extra_workers')}?state={DecisionState.PROPOSED}"
        hint = "看户数和核定人数，再批准或不予批准"
        yield Todo(f"{number}件增配申请待批准", url, hint, "待批准", "warn")


def award_todos(user: User) -> Iterator[Todo]:
    """Awards that wait for this person's decision. One query."""
    if not user.has_perm(AWARD):
        return
    rows = Award.objects.for_user(user).filter(state=DecisionState.PROPOSED)
    if number := rows.exclude(made_by=user).count():
        url = f"{reverse('staffing:awards')}?state={DecisionState.PROPOSED}"
        yield Todo(f"{number}项奖励待批准", url, "看条款和金额，再批准或不予批准", "待批准", "warn")
