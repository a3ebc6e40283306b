"""Writes of plans and their measures; what changes an approved plan is an adjustment with a reason.

Every write locks the plan first, so that none comes between a look at it and its approval.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from accounts.scope import DISTRICT, give_reason
from communities.choices import DecisionState
from communities.models import Community
from communities.services.editing import StaleError, add, change
from facilities.choices import MeasureState
from facilities.models import Premises, SpaceMeasure, SpacePlan
from facilities.models.plans import PAYERS
from facilities.rules.areas import areas_on
from facilities.rules.money import fen, yuan
from facilities.selectors.areas import sites_of, square_metres
from facilities.selectors.plans import EDITABLE, totals_of, years_between
from facilities.selectors.pools import given_to

LOCKED = "计划已送批，不再修改。由批准人退回以后再改"
ADJUSTED = "计划已批准，写明调整的理由"
DONE_BY = ("state", "done_on", "done_area_m2", "premises_id")
DECIDER_ADJUSTS = "批准人不调整自己批准的计划，由拟订人或同事调整"


def locked_plan(key: int) -> SpacePlan:
    """A plan as it is now, held until the end of the transaction."""
    held: SpacePlan = SpacePlan.objects.select_for_update(of=("self",)).get(pk=key)
    return held


def touched(record: Any, by: User, at: datetime) -> None:
    """Note in a plan or pool that is held who wrote it; a draft's maker is whoever wrote last."""
    if record.state in EDITABLE:
        record.state, record.made_by, record.made_at = DecisionState.DRAFT, by, at
        record.decided_by = record.decided_at = None
    record.makers = sorted({*record.makers, by.pk})
    record.version += 1


@transaction.atomic
def save_plan(
    *, plan: SpacePlan, fields: Sequence[str], version: int, reason: str, by: User, at: datetime
) -> SpacePlan:
    """Store a new plan, or the fields of one that was opened at `version`; return it.

    Raises ValidationError in words for a plan that is proposed or approved, and for years outside
    which measures would lie; StaleError where it was changed since.
    """
    if plan._state.adding:
        plan.made_by, plan.made_at, plan.makers = by, at, [by.pk]
        return add(plan)
    values = {name: getattr(plan, name) for name in fields}
    held = locked_plan(plan.pk)
    if held.version != version:
        raise StaleError(held)
    if held.state not in EDITABLE:
        raise ValidationError(LOCKED)
    _check_years(held, values)
    for name, value in values.items():
        setattr(held, name, value)
    if reason:
        give_reason(reason)
    touched(held, by, at)
    held.save()
    return held


def _check_years(plan: SpacePlan, values: dict[str, Any]) -> None:
    first, last = years_between(plan)
    if first is None or last is None:
        return
    if values.get("first_year", plan.first_year) > first:
        raise ValidationError({"first_year": f"计划里有{first}年的项目，起始年度不能晚于{first}"})
    if values.get("last_year", plan.last_year) < last:
        raise ValidationError({"last_year": f"计划里有{last}年的项目，截止年度不能早于{last}"})


@transaction.atomic
def save_measure(
    *,
    measure: SpaceMeasure,
    fields: Sequence[str],
    version: int,
    reason: str,
    by: User,
    at: datetime,
) -> SpaceMeasure:
    """Store a new measure, or the fields of one that was opened at `version`; return it.

    In an approved plan it is an adjustment: it needs a reason, is not for whoever approved it, and
    may not raise the cost above the approved one. Raises ValidationError in words for these, for a
    plan that is proposed, a year outside it and a community of another district; StaleError where
    the measure was changed since.
    """
    plan = locked_plan(measure.plan_id)
    check_open(plan, reason, by)
    community = Community.objects.get(pk=measure.community_id)
    _check_measure(plan, measure, community)
    measure.code = community.code
    adjusts = plan.state == DecisionState.APPROVED
    if measure._state.adding:
        measure.adjusted_at = at if adjusts else None
        if reason:
            give_reason(reason)
        stored = add(measure)
    else:
        stored = _changed(measure, {*fields, "code"}, version, reason, at if adjusts else None)
    check_cost(plan)
    touched(plan, by, at)
    plan.save()
    return stored


def _held_measure(measure: SpaceMeasure) -> SpaceMeasure:
    """The stored measure, held: pools that are proposed meanwhile wait for what is saved now."""
    held: SpaceMeasure = SpaceMeasure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    return held


def _check_given(measure: SpaceMeasure) -> None:
    """Raise ValidationError where a measure that is held would cost less than pools give it."""
    given = given_to([measure.pk])[measure.pk]
    if not given:
        return
    said = f"这个项目已由用房补助资金安排{yuan(given):,}元"
    if measure.state == MeasureState.DROPPED:
        raise ValidationError({"state": f"{said}，不能取消。由批准人退回资金以后再取消"})
    cost = sum(fen(getattr(measure, f"{payer}_yuan")) for payer in PAYERS)
    if given > cost:
        raise ValidationError(
            f"{said}，费用合计{yuan(cost):,}元比它少。改大费用，或由批准人退回资金以后再改"
        )


def _changed(
    measure: SpaceMeasure, names: set[str], version: int, reason: str, adjusted: datetime | None
) -> SpaceMeasure:
    """The stored measure; one that says the same already is not adjusted."""
    present = _held_measure(measure)
    _check_given(measure)
    differs = any(getattr(present, name) != getattr(measure, name) for name in names)
    if adjusted and differs:
        measure.adjusted_at = adjusted
        names = {*names, "adjusted_at"}
    return change(measure, fields=names, version=version, reason=reason)


def check_open(plan: SpacePlan, reason: str, by: User) -> None:
    """Raise ValidationError where a person may not change a plan's measures as things are."""
    if plan.state == DecisionState.APPROVED:
        if plan.decided_by_id == by.pk:
            raise ValidationError(DECIDER_ADJUSTS)
        if not reason:
            raise ValidationError({"change_reason": ADJUSTED})
    elif plan.state not in EDITABLE:
        raise ValidationError(LOCKED)


def _check_measure(plan: SpacePlan, measure: SpaceMeasure, community: Community) -> None:
    if not plan.first_year <= measure.year <= plan.last_year:
        said = f"{measure.year}年不在计划的{plan.first_year}至{plan.last_year}年以内，改年度"
        raise ValidationError({"year": said})
    if community.code[:DISTRICT] != plan.code:
        raise ValidationError({"community": "这个社区不在计划的县（市、区），从列出的里面选"})


def check_cost(plan: SpacePlan) -> None:
    """Raise ValidationError where an approved plan's measures cost more than was approved."""
    if plan.state != DecisionState.APPROVED or plan.approved_yuan is None:
        return
    cost = yuan(totals_of(plan)[2])
    if cost > plan.approved_yuan:
        raise ValidationError(
            f"调整后费用合计{cost:,}元，比批准的{plan.approved_yuan:,}元多"
            f"{cost - plan.approved_yuan:,}元。改小费用，或由批准人退回计划后重新送批"
        )


@transaction.atomic
def delete_measure(*, measure: SpaceMeasure, version: int, by: User, at: datetime) -> None:
    """Take a measure out of a plan that is being drafted; its history stays.

    Raises ValidationError in another state and where money of a pool was given to it, StaleError
    where it was changed since `version`.
    """
    plan = locked_plan(measure.plan_id)
    if plan.state not in EDITABLE:
        raise ValidationError("只有起草中的计划能删去项目。已批准的在进度里改为已取消")
    held = _held_measure(measure)
    if held.version != version:
        raise StaleError(held)
    if held.pool_lines.exists():
        raise ValidationError("这个项目在用房补助资金的分配里，不能删去")
    held.delete()
    touched(plan, by, at)
    plan.save()


@transaction.atomic
def report_progress(
    *,
    measure: SpaceMeasure,
    fields: Sequence[str],
    version: int,
    reason: str,
    wide: bool,
    by: User,
    at: datetime,
) -> SpaceMeasure:
    """Store how far a measure of an approved plan is; return it.

    wide: by the district's office, which alone corrects what is done and drops measures, both with
    a reason. Raises ValidationError in words, StaleError where it was changed since `version`.
    """
    # a street reads its district's plan, and cannot hold it
    plan = locked_plan(measure.plan_id) if wide else SpacePlan.objects.get(pk=measure.plan_id)
    if plan.state != DecisionState.APPROVED:
        raise ValidationError("计划批准以后才登记进度")
    before = _held_measure(measure)
    drops = MeasureState.DROPPED in (measure.state, before.state)
    drops = drops and measure.state != before.state
    _check_progress(measure, before, reason, wide=wide, drops=drops)
    _check_done(plan, measure, before, reason, at)
    if drops:
        _check_given(measure)
    if drops and plan.decided_by_id == by.pk:
        raise ValidationError(DECIDER_ADJUSTS)
    names = {*fields}
    if drops:
        measure.adjusted_at = at
        names.add("adjusted_at")
    stored = change(measure, fields=names, version=version, reason=reason)
    if drops:
        check_cost(plan)
        touched(plan, by, at)
        plan.save()
    return stored


def _check_progress(
    measure: SpaceMeasure, before: SpaceMeasure, reason: str, *, wide: bool, drops: bool
) -> None:
    corrects = before.state == MeasureState.DONE
    if not wide and (corrects or drops or before.state == MeasureState.DROPPED):
        raise ValidationError("已完成和已取消的项目由县（市、区）民政局更正")
    if drops and not reason:
        raise ValidationError({"change_reason": "写明取消或恢复项目的理由"})
    if corrects and not reason:
        raise ValidationError({"change_reason": "更正已完成的项目，写明依据"})


def _check_done(
    plan: SpacePlan, measure: SpaceMeasure, before: SpaceMeasure, reason: str, at: datetime
) -> None:
    """Raise ValidationError for a day before the plan, and for more area than its premises have."""
    done_on, area = measure.done_on, measure.done_area_m2
    same = all(getattr(measure, name) == getattr(before, name) for name in DONE_BY)
    if measure.state != MeasureState.DONE or done_on is None or area is None or same:
        return
    if done_on.year < plan.first_year:
        said = f"{done_on}早于计划的起始年度{plan.first_year}年，核对完成日期"
        raise ValidationError({"done_on": said})
    if measure.premises is not None:
        _check_room(measure, measure.premises.pk, area, {done_on, timezone.localtime(at).date()})
    elif area > measure.area_m2 and not reason:
        said = f"实际新增{area:,}㎡，比计划的{measure.area_m2:,}㎡多。选对应用房，或写明依据"
        raise ValidationError({"done_area_m2": said})


def _check_room(measure: SpaceMeasure, key: int, area: Decimal, days: Iterable[date]) -> None:
    """Raise ValidationError where the premises have less for the community than measures added.

    They are held, so that two measures are not done by the same rooms at once.
    """
    premises = Premises.objects.select_for_update(of=("self",)).get(pk=key)
    site = sites_of([premises.pk])[premises.pk]
    found = [areas_on(site, day).get(measure.community_id) for day in days]
    there = square_metres(max(0 if one is None else one.premises for one in found))
    others = SpaceMeasure.objects.filter(
        premises=premises, community=measure.community_id, state=MeasureState.DONE
    ).exclude(pk=measure.pk)
    taken = others.aggregate(area=Sum("done_area_m2"))["area"] or Decimal(0)
    if area + taken > there:
        beside = f"，其中{taken:,}㎡是其他项目新增的" if taken else ""
        raise ValidationError({"done_area_m2": (
            f"{premises.name}计入这个社区的工作和服务用房有{there:,}㎡{beside}，"
            f"比实际新增{area:,}㎡少。核对面积和对应用房，或先在用房台账登记房间"
        )})  # fmt: skip
