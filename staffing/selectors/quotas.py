"""名额分配: what a district's total may be, its parts by households, and the plans of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from accounts.models import User
from accounts.scope import DISTRICT
from communities.choices import DecisionState
from communities.selectors.assessment import Assessment
from communities.selectors.columns import spread
from policy.engine import distribute
from policy.engine.exact import as_array, some
from staffing.models import QuotaLine, QuotaPlan
from staffing.selectors.establishment_columns import WORKERS, outcomes_of

EDITABLE = (DecisionState.DRAFT, DecisionState.RETURNED)
OF_COMMUNITIES = "各社区标准合计"


@dataclass(frozen=True)
class Place:
    """A community with the households of the year by which a total is divided."""

    key: int
    code: str
    name: str
    households: int | None


@dataclass(frozen=True)
class QuotaRange:
    """What a district's total may be; least and most None where no clause says.

    `clause` is its id, `told` how it is quoted. `unknown`: communities without households, without
    which nothing can be divided. `reason`: why else nothing can be computed.
    """

    least: int | None
    most: int | None
    clause: str
    told: str
    unknown: tuple[Place, ...]
    reason: str = ""

    @property
    def is_known(self) -> bool:
        return self.least is not None

    def holds(self, total: int) -> bool:
        """Whether a total lies inside; none does where no clause says what it may be."""
        if self.least is None or self.most is None:
            return False
        return self.least <= total <= self.most


@dataclass(frozen=True)
class Line:
    """A community of a plan: its part, what was shifted, and its households then and now."""

    place: Place
    computed: int
    shift: int = 0
    reason: str = ""
    planned_households: int | None = None

    @property
    def number(self) -> int:
        return self.computed + self.shift

    @property
    def changed(self) -> bool:
        """Whether its households changed since the plan was made."""
        known = self.planned_households
        return known is not None and known != self.place.households


def places_of(assessment: Assessment, prefix: str) -> list[Place]:
    """The communities under a division with the year's households, by code; no query."""
    register = assessment.register
    column = register.facts.get("households")
    missing = np.broadcast_to(column.missing, len(register))
    rows = range(*register.under(prefix).indices(len(register)))
    return [
        Place(
            int(register.keys[row]),
            register.codes[row],
            str(register.names[row]),
            None if missing[row] else int(column.num[row]),
        )
        for row in rows
    ]


def quota_range(assessment: Assessment, district: str) -> QuotaRange:
    """What the texts in force allow as a district's total of full-time workers; no query.

    The rule that is stated for the district where there is one, on the district's households; else
    the sum of what is asked of its communities.
    """
    unknown = tuple(one for one in places_of(assessment, district) if one.households is None)
    rows = assessment.register.under(district)
    stated = [
        (outcome, group)
        for outcome, group in outcomes_of(assessment, WORKERS)
        if outcome.rule.provision.distribute
    ]
    if not stated:
        return _of_communities(assessment, rows, unknown)
    rule = stated[0][0].rule
    told = f"《{rule.text.title}》{rule.provision.article}（{rule.id}）"
    same = [(outcome, group) for outcome, group in stated if outcome.rule.id == rule.id]
    if unknown or any(some(outcome.sit.blocked) for outcome, _ in same):
        reason = "" if unknown else _why(assessment, rows)
        return QuotaRange(None, None, rule.id, told, unknown, reason)
    low, high = _full(assessment, same)
    return QuotaRange(int(low[rows].sum()), int(high[rows].sum()), rule.id, told, unknown)


def _full(assessment: Assessment, same: Sequence[tuple[Any, Any]]) -> tuple[Any, Any]:
    """Both ends of one rule over the whole register."""
    size = len(assessment.register)
    low, high = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for outcome, group in same:
        held = len(outcome.sit.facts)
        low[group], high[group] = as_array(outcome.lo, held), as_array(outcome.hi, held)
    return low, high


def _why(assessment: Assessment, rows: slice) -> str:
    blocked = np.flatnonzero(assessment.column(WORKERS).blocked[rows])
    return assessment.reason([WORKERS], rows.start + int(blocked[0])) if len(blocked) else ""


def _of_communities(assessment: Assessment, rows: slice, unknown: tuple[Place, ...]) -> QuotaRange:
    low = spread(assessment, WORKERS, lambda one: one.low)
    high = spread(assessment, WORKERS, lambda one: one.high)
    required = spread(assessment, WORKERS, lambda one: one.required)
    if not required.has[rows].any() or unknown:
        return QuotaRange(None, None, "", "", unknown)
    clauses = "、".join(
        dict.fromkeys(outcome.rule.id for outcome, _ in outcomes_of(assessment, WORKERS))
    )
    most = np.where(high.has, high.num, required.num)
    told = f"{OF_COMMUNITIES}（{clauses}）"
    return QuotaRange(
        int(low.num[rows].sum()), int(most[rows].sum()), OF_COMMUNITIES, told, unknown
    )


def shares(total: int, places: Sequence[Place]) -> dict[int, int]:
    """The parts of a total by key: largest remainder over households, ties by code.

    Raises ValueError where a community has no households reported, or there is none at all.
    """
    if any(one.households is None for one in places):
        raise ValueError("a community without households cannot be given its part")
    weights = [one.households or 0 for one in places]
    parts = distribute(total, weights, [one.code for one in places])
    return {one.key: part for one, part in zip(places, parts, strict=True)}


def plans_for(user: User) -> Any:
    """The plans that a person may read, the latest year first: of the scope and of its district.

    A street reads what has been approved.
    """
    wide = QuotaPlan.objects.for_user(user)
    if len(user.scope) > DISTRICT:
        wide = wide.filter(state=DecisionState.APPROVED)
    return wide.select_related("made_by", "decided_by").order_by("-year", "code")


def get_plan(user: User, district: str, year: int) -> QuotaPlan | None:
    """A district's plan of a year, if it is there and this person may read it. One query."""
    found: QuotaPlan | None = plans_for(user).filter(code=district, year=year).first()
    return found


def lines_of(user: User, plan: QuotaPlan, places: Mapping[int, Place]) -> list[Line]:
    """A plan's lines that lie in the person's scope, by code. One query.

    `places`: the year's communities as they are now, by key.
    """
    rows = QuotaLine.objects.for_user(user).filter(plan=plan).select_related("community")
    return [
        Line(
            places.get(
                one.community_id,
                Place(one.community_id, one.code, one.community.short_name, None),
            ),
            one.computed,
            one.shift,
            one.reason,
            one.households,
        )
        for one in rows.order_by("code")
    ]


@dataclass(frozen=True)
class Step:
    """What was done with a plan: when, in words, by whom, why."""

    at: datetime
    act: str
    by: str
    total: int
    said: str


def steps_of(plan: QuotaPlan) -> list[Step]:
    """What was done with a plan, the latest first, from its history. Two queries."""
    events = list(plan.events.select_related("pgh_context").order_by("-pgh_id"))  # type: ignore[attr-defined]
    told = [event.pgh_context.metadata if event.pgh_context else {} for event in events]
    keys = {one["user"] for one in told if one.get("user")}
    names = dict(User.objects.filter(pk__in=keys).values_list("pk", "display_name"))
    return [
        Step(
            event.pgh_created_at,
            _act(event, events[place + 1] if place + 1 < len(events) else None),
            names.get(context.get("user"), "系统"),
            event.total,
            event.decision if event.state != DecisionState.PROPOSED else "",
        )
        for place, (event, context) in enumerate(zip(events, told, strict=True))
    ]


def _act(event: Any, before: Any) -> str:
    if before is None:
        return "拟订"
    if event.state == before.state:
        return "修改"
    return {
        DecisionState.PROPOSED: "送批",
        DecisionState.APPROVED: "批准",
        DecisionState.RETURNED: "退回",
    }.get(event.state, "修改")


def is_district(code: str) -> bool:
    """Whether a code is one of the divisions that have a quota."""
    return len(code) == DISTRICT
