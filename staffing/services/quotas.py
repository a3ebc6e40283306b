"""Writes of quotas: a plan with its lines, proposed, approved or returned by somebody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.messages import Note, notify_office, offices, send
from accounts.models import User
from accounts.scope import STREET
from communities.choices import DecisionState
from communities.models import Community
from communities.services.editing import StaleError
from staffing.models import QuotaLine, QuotaPlan
from staffing.selectors.quotas import EDITABLE, Place, QuotaRange, shares

# who reads at a street what was approved
READER, DECIDER = "staffing.propose_increase", "staffing.decide_quota"
LOCKED = "这一年的名额分配已送批或已批准，不再修改。由批准人退回以后再改"


@dataclass(frozen=True)
class Shift:
    """How many workers a community gets more (or less), and why."""

    number: int
    reason: str


def check_shifts(
    parts: Mapping[int, int], shifts: Mapping[int, Shift], names: Mapping[int, str]
) -> list[str]:
    """What is wrong with shifts, in sentences: they keep the total and leave nobody below 0."""
    said = []
    for key, shift in shifts.items():
        if shift.number and not shift.reason:
            said.append(f"{names[key]}调整了名额，写明理由")
        if parts[key] + shift.number < 0:
            said.append(f"{names[key]}按户数分到{parts[key]}人，不能调减{-shift.number}人")
    off = sum(shift.number for shift in shifts.values())
    if off:
        word = f"多{off}" if off > 0 else f"少{-off}"
        said.append(f"调增比调减{word}人。两边应相等，总量才不变")
    return said


@transaction.atomic
def save_plan(
    *,
    code: str,
    year: int,
    total: int,
    reason: str,
    allowed: QuotaRange,
    places: Sequence[Place],
    shifts: Mapping[int, Shift],
    version: int,
    by: User,
    at: datetime,
) -> QuotaPlan:
    """Make or change a district's plan of a year; return it.

    places: the communities with the year's households; shifts by key, those of 0 left out. The
    maker is whoever saved last. Raises ValidationError in words for a total outside the clause
    without a reason, households that are missing, shifts that change the total; StaleError when
    somebody saved since `version`.
    """
    plan = QuotaPlan.objects.select_for_update().filter(code=code, year=year).first()
    if plan is not None and plan.state not in EDITABLE:
        raise ValidationError(LOCKED)
    if (plan.version if plan else 0) != version:
        raise StaleError(plan)
    _check(total, reason, allowed, places)
    parts = shares(total, places)
    if said := check_shifts(parts, shifts, {one.key: one.name for one in places}):
        raise ValidationError(said)
    plan = plan or QuotaPlan(code=code, year=year, version=0)
    plan.total, plan.reason = total, reason
    plan.least, plan.most, plan.clause = allowed.least, allowed.most, allowed.clause
    plan.state, plan.made_by, plan.made_at = DecisionState.DRAFT, by, at
    plan.decided_by = plan.decided_at = None
    plan.version += 1
    _store(plan)
    _store_lines(plan, places, parts, shifts)
    return plan


def _store(plan: QuotaPlan) -> None:
    """Raises StaleError where somebody made the first plan of the year meanwhile."""
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError as clash:
        raise StaleError(plan) from clash


def _check(total: int, reason: str, allowed: QuotaRange, places: Sequence[Place]) -> None:
    if not places:
        raise ValidationError("还没有城市社区，不能分配名额")
    if allowed.unknown:
        raise ValidationError(f"{names_of(allowed.unknown)}没有户数，填报以后再分配")
    if not allowed.holds(total) and not reason:
        told = (
            f"总量{total}人不在{allowed.least}至{allowed.most}人之间，写明理由"
            if allowed.is_known
            else "执行的文件没有规定总量，写明总量的依据"
        )
        raise ValidationError({"reason": told})


def names_of(places: Sequence[Place]) -> str:
    """The first names and how many there are in all."""
    names = "、".join(one.name for one in places[:5])
    return f"{names}等{len(places)}个社区" if len(places) > 5 else names


def _store_lines(
    plan: QuotaPlan,
    places: Sequence[Place],
    parts: Mapping[int, int],
    shifts: Mapping[int, Shift],
) -> None:
    """Make the plan's lines those of its communities; those that say the same stay untouched."""
    held = {one.community_id: one for one in plan.lines.all()}
    present = dict(Community.objects.filter(pk__in=parts).values_list("pk", "code"))
    for key in held.keys() - parts.keys():
        held[key].delete()
    for place in places:
        shift = shifts.get(place.key, Shift(0, ""))
        values: dict[str, Any] = {
            "code": present.get(place.key, place.code),
            "households": place.households,
            "computed": parts[place.key],
            "shift": shift.number,
            "reason": shift.reason if shift.number else "",
        }
        line = held.get(place.key)
        if line is None:
            QuotaLine.objects.create(plan=plan, community_id=place.key, **values)
        elif any(getattr(line, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(line, name, value)
            line.save()


def _locked(plan: QuotaPlan, version: int) -> QuotaPlan:
    held: QuotaPlan = QuotaPlan.objects.select_for_update().get(pk=plan.pk)
    if held.version != version:
        raise StaleError(held)
    return held


@transaction.atomic
def propose_plan(*, plan: QuotaPlan, version: int, url: str, by: User, at: datetime) -> QuotaPlan:
    """Hand a plan over for approval and tell the colleagues who may decide; return it.

    Raises ValidationError when it is not a draft, or somebody else saved it last: who answers for
    a plan is the one who proposes it. Raises StaleError when it was changed since `version`.
    """
    held = _locked(plan, version)
    if held.state != DecisionState.DRAFT:
        raise ValidationError("只有起草中的名额分配才能送批。改好保存以后再送批")
    if held.made_by_id != by.pk:
        who = held.made_by.display_name
        raise ValidationError(f"最后由{who}修改，由他送批，或由你核对保存以后送批")
    held.state, held.decision = DecisionState.PROPOSED, ""
    held.version += 1
    held.save()
    text = f"{held.year}年名额分配待批准，总量{held.total}人"
    notify_office(code=held.code, permission=DECIDER, text=text, url=url, at=at, but=by)
    return held


@transaction.atomic
def approve_plan(
    *, plan: QuotaPlan, version: int, decision: str, doc_no: str, url: str, by: User, at: datetime
) -> QuotaPlan:
    """Approve a plan, which locks it, and tell its maker and its streets; return it.

    Raises ValidationError for its maker or when it is not proposed, StaleError as propose_plan.
    """
    held = _locked(plan, version)
    if held.state != DecisionState.PROPOSED:
        raise ValidationError("这份名额分配没有送批")
    _check_other(held, by)
    held.state, held.decided_by, held.decided_at = DecisionState.APPROVED, by, at
    held.decision, held.doc_no = decision, doc_no
    held.version += 1
    held.save()
    told = f"{held.year}年专职工作人员名额已批准，总量{held.total}人"
    notes = [Note(held.made_by, told, url)]
    notes += _to_streets(held, f"{held.year}年专职工作人员名额已下达", url)
    send(notes=notes, at=at)
    return held


@transaction.atomic
def return_plan(
    *, plan: QuotaPlan, version: int, decision: str, url: str, by: User, at: datetime
) -> QuotaPlan:
    """Give a proposed or approved plan back to be changed, with a reason; return it.

    Raises ValidationError for its maker or in another state, StaleError as propose_plan.
    """
    held = _locked(plan, version)
    if held.state not in (DecisionState.PROPOSED, DecisionState.APPROVED):
        raise ValidationError("只有待批准和已批准的名额分配才能退回")
    _check_other(held, by)
    was_approved = held.state == DecisionState.APPROVED
    held.state, held.decided_by, held.decided_at = DecisionState.RETURNED, by, at
    held.decision, held.doc_no = decision, ""
    held.version += 1
    held.save()
    notes = [Note(held.made_by, f"{held.year}年名额分配已退回：{decision}", url)]
    if was_approved:
        notes += _to_streets(held, f"{held.year}年名额分配退回重定，原名额暂停执行", url)
    send(notes=notes, at=at)
    return held


def _to_streets(plan: QuotaPlan, text: str, url: str) -> list[Note]:
    """The same words for the offices of every street that has a line."""
    streets = {code[:STREET] for code in plan.lines.values_list("code", flat=True)}
    found = offices(streets, READER).values()
    return [Note(reader, text, url) for readers in found for reader in readers]


def _check_other(plan: QuotaPlan, by: User) -> None:
    if plan.made_by_id == by.pk:
        raise ValidationError("提出的人不能批准自己提出的事项，由同事或上级办理")
