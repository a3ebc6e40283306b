"""整改通知: what was done with one, step by step, from its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from facilities.choices import OrderState
from facilities.models import CorrectionOrder


@dataclass(frozen=True)
class Step:
    """A step of an order: when, by whom, what, and what was said."""

    at: datetime
    by: str
    words: str
    said: str = ""


def steps_of(order: CorrectionOrder) -> list[Step]:
    """What happened to an order, the first step first. Two queries."""
    found: list[tuple[datetime, int | None, str, str]] = []
    before = ""
    for event in order.events.order_by("pgh_id"):  # type: ignore[attr-defined]
        if event.state == before:
            continue
        if event.state == OrderState.REPORTED:
            words = f"报告整改，自{event.put_right_on}起恢复使用"
            step = (event.reported_at, event.reported_by_id, words, event.report)
        elif not before:
            words = f"下达整改通知，期限{event.deadline}"
            step = (event.made_at, event.made_by_id, words, event.demand)
        else:
            words = {OrderState.OPEN: "退回，继续整改", OrderState.CLOSED: "复查合格"}.get(
                event.state, "撤销整改通知"
            )
            step = (event.closed_at, event.closed_by_id, words, event.outcome)
        found.append(step)
        before = event.state
    people = dict(
        User.objects.filter(pk__in={by for _, by, _, _ in found if by}).values_list(
            "pk", "display_name"
        )
    )
    return [Step(at, people.get(by or 0, "系统"), words, said) for at, by, words, said in found]
