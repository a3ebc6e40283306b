"""One change act for its page: steps, papers, lineage, what happens next, who may do what."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from communities.choices import ActState
from communities.models import ActStep, ChangeAct, Community, Estate, Grid, Lineage, Paper

# of a new year's code list, which may concern a whole city; pages show no more
MOST_NAMED = 100


@dataclass(frozen=True)
class Steps:
    """What a person may do with an act now; `note` says why not where that is worth a word."""

    edit: bool = False
    submit: bool = False
    withdraw: bool = False
    review: bool = False
    send_back: bool = False
    decide: bool = False
    add_paper: bool = False
    note: str = ""


@dataclass(frozen=True)
class ActPage:
    """One act with everything that its page shows."""

    act: ChangeAct
    steps: list[ActStep]
    papers: list[Paper]
    lineage: list[Lineage]
    communities: dict[int, Community]
    estates: dict[int, str]
    grids: dict[int, str]
    allowed: Steps


def makers(act: ChangeAct) -> set[int]:
    """Keys of everybody who wrote a version of the act; none of them reviews or decides it."""
    written = act.events.values_list("proposed_by_id", flat=True)  # type: ignore[attr-defined]
    return {*written, act.proposed_by_id}


def get_act_page(user: User, pk: int) -> ActPage | None:
    """An act of the scope with its steps, papers, lineage and communities, or None.

    At most nine queries, however many there are of each.
    """
    people = ("proposed_by", "reviewed_by", "decided_by")
    act = ChangeAct.objects.for_user(user).select_related(*people).filter(pk=pk).first()
    if act is None:
        return None
    lineage = list(Lineage.objects.for_user(user).filter(act=act).order_by("id")[:MOST_NAMED])
    keys = {*act.plan.get("communities", ())[:MOST_NAMED]}
    return ActPage(
        act,
        list(act.steps.select_related("by").order_by("id")),
        list(act.papers.select_related("uploaded_by").order_by("uploaded_at", "id")),
        lineage,
        Community.objects.for_user(user).in_bulk(keys),
        _names(Estate.objects.for_user(user), act.plan.get("estates", ())),
        _names(Grid.objects.for_user(user), act.plan.get("grids", ())),
        allowed(user, act),
    )


def _names(rows: QuerySet[Any], keys: Iterable[str]) -> dict[int, str]:
    return dict(rows.filter(pk__in=[int(key) for key in keys]).values_list("pk", "name"))


def allowed(user: User, act: ChangeAct) -> Steps:
    """What a person may do with an act in its state. One query for people who review or decide."""
    may = {
        name: user.has_perm(f"communities.{name}_changeact")
        for name in ("propose", "review", "decide")
    }
    ours = may["propose"] and user.scope == act.code
    if act.state in (ActState.DRAFT, ActState.RETURNED):
        return Steps(
            edit=ours and "typed" in act.plan,
            submit=ours,
            withdraw=ours,
            add_paper=ours,
        )
    if act.state not in (ActState.SUBMITTED, ActState.REVIEWED, ActState.DECIDED):
        return Steps()
    word = "review" if act.state == ActState.SUBMITTED else "decide"
    own = may[word] and user.pk in makers(act)
    checks = may[word] and not own
    note = {"review": "你提出的变更由其他人审查", "decide": "你提出的变更由其他人录入批复"}[word]
    return Steps(
        withdraw=ours and act.state == ActState.SUBMITTED,
        review=checks and act.state == ActState.SUBMITTED,
        send_back=checks,
        decide=checks and act.state == ActState.REVIEWED,
        add_paper=checks or (ours and act.state == ActState.SUBMITTED),
        note=note if own and act.state != ActState.DECIDED else "",
    )


def next_step(act: ChangeAct, offices: dict[str, str]) -> str:
    """What happens next with an act, and who does it; `offices` names those by division code."""
    above = offices.get(act.code[: 6 if len(act.code) > 6 else 4], "上级民政部门")
    ours = act.proposed_by.office
    return {
        ActState.DRAFT: f"由{ours}填好后提交审查",
        ActState.SUBMITTED: f"由{above}审查",
        ActState.RETURNED: f"由{ours}按意见修改后再提交",
        ActState.REVIEWED: f"等政府批复，由{above}录入批复",
        ActState.DECIDED: f"到{_day(act.effective_on)}自动生效",
        ActState.APPLIED: f"已按批复于{_day(act.effective_on)}生效",
        ActState.REFUSED: "政府不予批准，办理结束",
        ActState.WITHDRAWN: f"由{ours}撤回，办理结束",
    }[ActState(act.state)]


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def last_comments(steps: list[ActStep]) -> dict[str, Any]:
    """What the last return said: comments by item, and '' for the whole; empty before any."""
    returns = [step for step in steps if step.kind == "return"]
    return {"": returns[-1].comment, **returns[-1].items} if returns else {}


def typed_at(act: ChangeAct, version: int) -> dict[str, str] | None:
    """What the form of an act held in a version, its reason as "reason"; None if unknown."""
    events = act.events.filter(version=version)  # type: ignore[attr-defined]
    held = events.order_by("-pgh_id").values_list("plan", "reason").first()
    return None if held is None else held[0].get("typed", {}) | {"reason": held[1]}


def without_changes(
    mine: dict[str, str], opened: dict[str, str], theirs: dict[str, str]
) -> dict[str, str]:
    """What I typed, with theirs where I changed nothing since the form was opened."""
    same = {
        name
        for name in {*mine, *opened, *theirs}
        if mine.get(name, "").strip() == opened.get(name, "").strip()
    }
    return {
        name: theirs.get(name, "") if name in same else mine.get(name, "")
        for name in {*mine, *theirs}
    }
