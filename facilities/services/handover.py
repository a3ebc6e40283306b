"""Writes of the list of handover: lines added, changed, removed until the handover is decided."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from communities.services.editing import StaleError, change
from facilities.choices import GateState, Stage
from facilities.models import Gate, HandoverItem, Project
from facilities.services.projects import running

LOCKED = "移交已经办理，移交清单不再修改"


def open_list(key: int) -> Project:
    """The project of a list that may be changed, locked.

    Raises ValidationError in words once its handover waits or is passed, and as `running` does.
    """
    project = running(key)
    if is_decided(project):
        raise ValidationError(LOCKED)
    return project


def is_decided(project: Project) -> bool:
    """Whether the handover of a project waits for its approval or is passed. One query."""
    states = (GateState.PASSED, GateState.WAITING)
    rows = Gate.objects.filter(project=project, stage=Stage.HANDOVER, state__in=states)
    return bool(rows.exists())


@transaction.atomic
def add_item(*, record: HandoverItem) -> HandoverItem:
    """Store a new line of the list of the project that it names; return it."""
    project = open_list(record.project_id)
    record.code, record.is_demo = project.code, project.is_demo
    record.save(force_insert=True)
    return record


@transaction.atomic
def change_item(
    *, record: HandoverItem, fields: Iterable[str], version: int, reason: str = ""
) -> HandoverItem:
    """Store the fields of a line that was opened at a version. Errors as open_list and change."""
    open_list(record.project_id)
    return change(record, fields=fields, version=version, reason=reason)


@transaction.atomic
def remove_item(*, record: HandoverItem, version: int) -> None:
    """Take a line off the list; its history stays.

    Raises ValidationError as open_list does, StaleError when it was changed since `version`.
    """
    open_list(record.project_id)
    held = HandoverItem.objects.select_for_update().filter(pk=record.pk).first()
    if held is None:
        return
    if held.version != version:
        raise StaleError(held)
    held.delete()
