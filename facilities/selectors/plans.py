"""达标计划: plans that a person reads, what one comes to, and what was done with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Min, Q, Sum

from accounts.models import User
from accounts.scope import contains
from communities.choices import DecisionState
from communities.selectors.assessment import Present
from facilities.choices import MeasureState
from facilities.models import SpaceMeasure, SpacePlan
from facilities.models.plans import PAYERS
from facilities.rules.money import fen
from facilities.selectors.measures import Line, Outlook, Sums, lines_of, outlooks, sums_of
from facilities.selectors.plans_standing import Standings, get_standings

EDITABLE = (DecisionState.DRAFT, DecisionState.RETURNED)
KEPT = Q(measures__state__in=[one for one in MeasureState if one != MeasureState.DROPPED])


def readable(rows: Any, user: User) -> Any:
    """Rows of plans or pools that a person reads: all of the own scope, above it the approved."""
    own = rows.model.objects.of_office(user).values("pk")
    return rows.filter(Q(state=DecisionState.APPROVED) | Q(pk__in=own))


def plans_for(user: User) -> Any:
    """The plans that a person may read, the latest first, with their makers and deciders."""
    rows = readable(SpacePlan.objects.for_user(user), user)
    return rows.select_related("made_by", "decided_by").order_by("-first_year", "code")


def with_sums(rows: Any) -> Any:
    """Plans with `number`, `area` and `cost` of the measures that the person sees."""
    cost = sum(
        (F(f"measures__{name}_yuan") for name in PAYERS[1:]), F(f"measures__{PAYERS[0]}_yuan")
    )
    return rows.annotate(
        number=Count("measures", filter=KEPT),
        area=Sum("measures__area_m2", filter=KEPT),
        cost=Sum(cost, filter=KEPT),
    )


def find_plan(user: User, key: int) -> SpacePlan | None:
    """A plan that this person may read, or None. One query."""
    found: SpacePlan | None = plans_for(user).filter(pk=key).first()
    return found


def prefix_of(user: User, plan: SpacePlan) -> str:
    """The part of a plan's district that a person sees: all of it, or the own street."""
    return plan.code if contains(user.scope, plan.code) else user.scope


@dataclass(frozen=True)
class PlanView:
    """A plan as a person sees it; `whole`: all of its district, not one street of it."""

    plan: SpacePlan
    whole: bool
    lines: list[Line]
    standings: Standings
    outlooks: list[Outlook]
    years: list[Sums]
    total: Sums

    @property
    def will_reach(self) -> list[Outlook]:
        return [one for one in self.outlooks if one.will_reach]

    @property
    def left_short(self) -> list[Outlook]:
        return [one for one in self.outlooks if one.is_left_short]

    @property
    def without(self) -> list[Outlook]:
        """Communities that lack area without a measure, those that lack most first."""
        found = [one for one in self.outlooks if one.is_without]
        return sorted(found, key=lambda one: (-(one.standing.gap or 0), one.standing.code))

    @property
    def unknown(self) -> list[Outlook]:
        return [one for one in self.outlooks if one.standing.gap is None]

    @property
    def gone(self) -> list[Line]:
        """Measures of communities that are not in the district any more."""
        by_key = self.standings.by_key
        return [
            one
            for one in self.lines
            if one.record.community_id not in by_key and not one.is_dropped
        ]

    @property
    def late(self) -> list[Line]:
        return [one for one in self.lines if one.late]


def view_plan(user: User, plan: SpacePlan, on: date, present: Present | None = None) -> PlanView:
    """A plan with its measures, its sums by year and what it brings. Six queries and those of
    the assessment."""
    prefix = prefix_of(user, plan)
    lines = lines_of(user, plan, on)
    standings = get_standings(user, prefix, on, present)
    found = outlooks(lines, standings.by_key.values())
    reached = Counter(one.reached_in for one in found if one.reached_in is not None)
    years = sorted({*range(plan.first_year, plan.last_year + 1), *_years(lines)})
    return PlanView(
        plan,
        prefix == plan.code,
        lines,
        standings,
        found,
        [sums_of(lines, year, reached[year]) for year in years],
        sums_of(lines, None, reached.total()),
    )


def _years(lines: Sequence[Line]) -> set[int]:
    return {one.record.year for one in lines}


@dataclass(frozen=True)
class Step:
    """What was done with a plan or a pool: when, in words, by whom, why."""

    at: datetime
    act: str
    by: str
    said: str


ACTS: Mapping[str, str] = {
    DecisionState.PROPOSED: "送批",
    DecisionState.APPROVED: "批准",
    DecisionState.RETURNED: "退回",
}


def steps_of(record: Any) -> list[Step]:
    """What was done with a plan or a pool, the latest first, from its history. Two queries."""
    events = list(record.events.select_related("pgh_context").order_by("-pgh_id"))
    told = [one.pgh_context.metadata if one.pgh_context else {} for one in events]
    names = _names({one["user"] for one in told if one.get("user")})
    steps: list[Step] = []
    for place, (event, context) in enumerate(zip(events, told, strict=True)):
        before = events[place + 1] if place + 1 < len(events) else None
        act = "拟订" if before is None else "修改"
        if before is not None and before.state != event.state:
            act = ACTS.get(event.state, "修改")
        said = event.decision if act in ("批准", "退回") else context.get("reason", "")
        step = Step(event.pgh_created_at, act, names.get(context.get("user", 0), "系统"), said)
        if not (steps and _repeats(steps[-1], step)):
            steps.append(step)
    return steps


def _repeats(later: Step, earlier: Step) -> bool:
    """Whether two changes are one person's work of one day: the list tells of it once."""
    same = (later.act, later.by, later.said) == (earlier.act, earlier.by, earlier.said)
    return same and later.act == "修改" and later.at.date() == earlier.at.date()


def _names(keys: set[int]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "display_name"))


@dataclass(frozen=True)
class Adjustment:
    """A change of a measure after the plan was approved, with its figures before and after."""

    at: datetime
    by: str
    community: str
    means: str
    reason: str
    before: tuple[Decimal, Decimal] | None
    after: tuple[Decimal, Decimal] | None
    dropped: bool


def adjustments_of(plan: SpacePlan, lines: Sequence[Line]) -> list[Adjustment]:
    """What was changed after approval, the latest first, from history. Two queries.

    Reports on progress are none. Nothing for a plan that is not approved.
    """
    if plan.state != DecisionState.APPROVED or plan.decided_at is None:
        return []
    events = _events_of(lines)
    names = _names({user for one in events if (user := _context(one).get("user"))})
    shown = {one.record.pk: one.record for one in lines}
    last: dict[int, Any] = {}
    found = []
    for event in events:
        before = last.get(event.pgh_obj_id)
        last[event.pgh_obj_id] = event
        if _adjusts(before, event, plan.decided_at):
            by = names.get(_context(event).get("user", 0), "系统")
            found.append(_adjustment(shown[event.pgh_obj_id], by, before, event))
    return sorted(found, key=lambda one: one.at, reverse=True)


def _adjusts(before: Any, event: Any, since: datetime) -> bool:
    """Whether an event is an adjustment of what was approved on a day."""
    at = event.adjusted_at
    return at is not None and at >= since and (before is None or before.adjusted_at != at)


def _adjustment(record: SpaceMeasure, by: str, before: Any, event: Any) -> Adjustment:
    return Adjustment(
        event.adjusted_at,
        by,
        record.community.short_name,
        record.get_means_display(),
        _context(event).get("reason", ""),
        _figures(before),
        _figures(event),
        event.state == MeasureState.DROPPED,
    )


def _events_of(lines: Sequence[Line]) -> list[Any]:
    if not lines:
        return []
    model = lines[0].record.events.model  # type: ignore[attr-defined]
    rows = model.objects.filter(pgh_obj__in=[one.record.pk for one in lines])
    return list(rows.select_related("pgh_context").order_by("pgh_id"))


def _context(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}


def _figures(event: Any) -> tuple[Decimal, Decimal] | None:
    """Area and cost of a measure as an event has them."""
    if event is None:
        return None
    cost = sum((getattr(event, f"{name}_yuan") for name in PAYERS), Decimal(0))
    return event.area_m2, cost


def years_between(plan: SpacePlan) -> tuple[int | None, int | None]:
    """The first and the last year of a plan's measures, None without any. One query."""
    found = plan.measures.aggregate(first=Min("year"), last=Max("year"))
    return found["first"], found["last"]


def totals_of(plan: SpacePlan) -> tuple[int, Decimal, int]:
    """Number, area and fen of all measures of a plan that are not dropped. One query."""
    rows = plan.measures.exclude(state=MeasureState.DROPPED)
    listed = list(rows.values_list("area_m2", *(f"{name}_yuan" for name in PAYERS)))
    area = sum((one[0] for one in listed), Decimal(0))
    return len(listed), area, sum(fen(part) for one in listed for part in one[1:])
