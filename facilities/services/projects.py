"""Writes of development projects: registered, changed, the first move-in, cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from communities.services.editing import StaleError, change
from communities.services.parts import ended_words
from facilities.choices import STAGES, GateState, ProjectState, Stage
from facilities.models import Project

# what the areas that are asked of a project rest on
SIZES = {
    "area_kind": "住区类型",
    "planned_households": "规划户数",
    "gross_floor_area_m2": "总建筑面积",
}
# gates that should be passed before anybody moves in, in their order
BEFORE_MOVING = STAGES[: STAGES.index(Stage.HANDOVER)]


def running(key: int) -> Project:
    """A project held for a write. Raises ValidationError in words when it is done or cancelled."""
    held = Project.objects.select_for_update(no_key=True).filter(pk=key).first()
    if held is None:
        raise ValidationError("项目已划出你的辖区，由它现在的街道登记")
    project: Project = held
    if project.state != ProjectState.RUNNING:
        raise ValidationError(f"项目{project.get_state_display()}，只能查看")
    return project


@transaction.atomic
def add_project(*, record: Project, by: User, at: datetime, on: date) -> Project:
    """Store a new project of the street in its `code`; return it.

    on: today. Raises ValidationError in words when its community has ended, IntegrityError for a
    second one of its name.
    """
    _check_community(record, on)
    record.made_by, record.made_at = by, at
    record.save(force_insert=True)
    return record


@transaction.atomic
def change_project(
    *, record: Project, fields: Iterable[str], version: int, on: date, reason: str = ""
) -> Project:
    """Store the fields of a project that was opened at a version; return it.

    What is asked of it rests on its sizes: once a gate is passed a change of them needs a reason,
    once the acceptance is recorded they stay. Raises ValidationError for these, as `running` does
    and when its community has ended (on: today), StaleError as `change` does.
    """
    held = running(record.pk)
    _check_community(record, on)
    if held.version == version:
        _check_sizes(held, record, reason)
    # by key: the community that was chosen may have gone to another street, out of sight
    known = {field.name: field.attname for field in Project._meta.concrete_fields}
    columns = [known[name] for name in fields]
    return change(record, fields=columns, version=version, reason=reason)


def _check_sizes(held: Project, record: Project, reason: str) -> None:
    changed = [
        label for name, label in SIZES.items() if getattr(held, name) != getattr(record, name)
    ]
    if not changed:
        return
    begun = held.gates.exclude(state=GateState.REFUSED).order_by("pk")
    stages = dict(begun.values_list("stage", "decided_on"))
    labels = "、".join(changed)
    if Stage.ACCEPTANCE in stages:
        raise ValidationError(f"已经办理竣工验收，{labels}不再修改")
    if stages and not reason:
        label = Stage([*stages][-1]).label
        raise ValidationError({"change_reason": f"已经办理{label}，改{labels}要写明修改依据"})


def _check_community(record: Project, on: date) -> None:
    community = record.community
    if community is not None and (said := ended_words(community, community.short_name, on)):
        raise ValidationError({"community": f"{said}，选别的社区"})


@transaction.atomic
def move_in(*, record: Project, version: int, reason: str = "") -> Project:
    """Store the day on which the first residents moved in; return the project.

    The clock of the handover runs from it. A day before the acceptance and a correction need a
    reason. Raises ValidationError for these, as `running` does and once the handover is under way
    or passed, StaleError as `change` does.
    """
    held = running(record.pk)
    open_states = (GateState.PASSED, GateState.WAITING)
    if record.gates.filter(stage=Stage.HANDOVER, state__in=open_states).exists():
        raise ValidationError("已经办理移交，入住日不再修改")
    if held.version == version:
        _check_move_in(held, record.first_move_in_on, reason)
    return change(record, fields=("first_move_in_on",), version=version, reason=reason)


def _check_move_in(held: Project, day: date | None, reason: str) -> None:
    """A day before a gate that comes before moving in, and a correction, need a reason."""
    if day == held.first_move_in_on or reason:
        return
    if held.first_move_in_on is not None:
        said = f"入住日已登记为{held.first_move_in_on}，写明更正的依据"
        raise ValidationError({"change_reason": said})
    passed = held.gates.filter(state=GateState.PASSED).values_list("stage", "decided_on")
    gates = dict(passed)
    for stage in BEFORE_MOVING:
        if stage not in gates:
            said = f"{stage.label}还没有通过就有居民入住，核对日期，写明依据"
            raise ValidationError({"change_reason": said})
        if day is not None and day < gates[stage]:
            said = f"入住日{day}早于{stage.label}的{gates[stage]}，核对日期，写明依据"
            raise ValidationError({"change_reason": said})


@transaction.atomic
def cancel_project(*, project: Project, version: int, reason: str) -> Project:
    """Cancel a project for a reason; its gates stay. Return it.

    Raises ValidationError as `running` does, for an empty reason and while a gate waits for
    somebody; StaleError when it was changed since `version`.
    """
    held = running(project.pk)
    if held.version != version:
        raise StaleError(held)
    if not reason:
        raise ValidationError("写明取消原因")
    if held.gates.filter(state__in=(GateState.SIGNING, GateState.WAITING)).exists():
        raise ValidationError("有关口正在等待签署或批准，办完以后再取消")
    held.state, held.cancelled_because = ProjectState.CANCELLED, reason
    held.version += 1
    held.save(update_fields=["state", "cancelled_because", "version"])
    return held
