"""Writes of defaults of builders: found, and put right as another person sees it."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.messages import notify, notify_office
from accounts.models import User
from communities.services.editing import StaleError
from facilities.choices import DefaultState, ProjectState
from facilities.models import BuilderDefault, Project
from facilities.services.inspections import check_not_to_come

ARRANGE = "facilities.change_project"


@transaction.atomic
def record_default(
    *, record: BuilderDefault, by: User, on: date, at: datetime, url: str = ""
) -> BuilderDefault:
    """Store a default of the builder of its project, and tell the street; return it.

    on: today. url: the page with the defaults. While it is open the project passes no gate but
    those that cure it. Raises ValidationError for a project that was cancelled, a day to come, and
    where the same is open already.
    """
    project = Project.objects.select_for_update(no_key=True).get(pk=record.project_id)
    if project.state == ProjectState.CANCELLED:
        raise ValidationError(f"“{project.name}”已取消，不再认定违约")
    check_not_to_come("found_on", record.found_on, on)
    same = project.defaults.filter(kind=record.kind, state=DefaultState.OPEN).first()
    if same is not None:
        said = f"{same.found_on}已认定{same.get_kind_display()}，还没有纠正。打开已有的"
        raise ValidationError({"kind": said})
    record.project, record.code = project, project.code
    record.state, record.made_by, record.made_at = DefaultState.OPEN, by, at
    record.is_demo = project.is_demo
    record.save(force_insert=True)
    notify_office(
        code=project.code,
        permission=ARRANGE,
        text=f"{project.name}认定违约：{record.get_kind_display()}",
        url=url,
        at=at,
        but=by,
    )
    return record


@transaction.atomic
def remedy_default(
    *,
    record: BuilderDefault,
    version: int,
    remedied_on: date,
    remedy: str,
    by: User,
    on: date,
    at: datetime,
    url: str,
) -> BuilderDefault:
    """Close a default that was put right on a day, and tell who found it; return it.

    on: today. Raises ValidationError for who found it, for one that is closed, and at remedied_on
    for a day that does not fit; StaleError when it was changed since `version`.
    """
    rows = BuilderDefault.objects.select_for_update(of=("self",)).select_related("project")
    held: BuilderDefault = rows.get(pk=record.pk)
    if held.state != DefaultState.OPEN:
        raise ValidationError(f"这件违约已于{held.remedied_on}纠正，不再办理")
    if held.version != version:
        raise StaleError(held)
    if held.made_by_id == by.pk:
        raise ValidationError("认定的人不能核销自己认定的违约，由同事或上级办理")
    check_not_to_come("remedied_on", remedied_on, on)
    if remedied_on < held.found_on:
        said = f"纠正日期{remedied_on}早于认定日期{held.found_on}，核对日期"
        raise ValidationError({"remedied_on": said})
    held.state, held.remedied_on, held.remedy = DefaultState.REMEDIED, remedied_on, remedy
    held.closed_by, held.closed_at = by, at
    held.version += 1
    held.save()
    text = f"{held.project.name}{held.get_kind_display()}已纠正"
    notify(to=[held.made_by], text=text, url=url, at=at)
    return held
