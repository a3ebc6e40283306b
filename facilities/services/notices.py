"""Writes of notices on defaults: issued to a department, answered, taken back."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from communities.services.editing import StaleError
from facilities.choices import GRANTED_AT, DefaultState, GateState, Permit
from facilities.models import BuilderDefault, DefaultNotice, Project
from facilities.services.inspections import check_not_to_come
from facilities.services.withdrawn import held_to_take_back, take_back

ISSUE = "facilities.issue_notice"


def granted_words(project: Project, permit: str) -> str:
    """That a permit was given to a project, with the day; '' while it may be withheld. One query.

    permit: of Permit.
    """
    stage = GRANTED_AT.get(Permit(permit))
    gate = project.gates.filter(stage=stage, state=GateState.PASSED).first() if stage else None
    if gate is None:
        return ""
    return f"{Permit(permit).label}已于{gate.decided_on}办理，不能再暂停。选择下一道手续"


@transaction.atomic
def issue_notice(*, record: DefaultNotice, by: User, on: date, at: datetime) -> DefaultNotice:
    """Store a notice on its default; return it. Several departments may get one each.

    on: today. Raises ValidationError where the default was put right, for a number that is there
    already, at permit for one that was given already, at issued_on for a day that does not fit.
    """
    held = BuilderDefault.objects.select_for_update(no_key=True).get(pk=record.default_id)
    if held.state != DefaultState.OPEN:
        raise ValidationError(f"这件违约已于{held.remedied_on}纠正，不再发告知函")
    if said := granted_words(held.project, record.permit):
        raise ValidationError({"permit": said})
    check_not_to_come("issued_on", record.issued_on, on)
    if record.issued_on < held.found_on:
        said = f"成文日期{record.issued_on}早于认定日期{held.found_on}，核对日期"
        raise ValidationError({"issued_on": said})
    record.default, record.code, record.is_demo = held, held.code, held.is_demo
    record.made_by, record.made_at = by, at
    record.save(force_insert=True)
    return record


@transaction.atomic
def answer_notice(
    *, record: DefaultNotice, version: int, answered_on: date, answer: str, on: date
) -> DefaultNotice:
    """Record what a department answered; return the notice. A wrong answer may be written anew.

    on: today. Raises ValidationError where the notice was taken back, and at answered_on for a day
    that does not fit; StaleError when it was changed since `version`.
    """
    held: DefaultNotice = DefaultNotice.objects.select_for_update().get(pk=record.pk)
    if held.withdrawn_at is not None:
        raise ValidationError("这件告知函已经撤回，不再登记回复")
    if held.version != version:
        raise StaleError(held)
    check_not_to_come("answered_on", answered_on, on)
    if answered_on < held.issued_on:
        said = f"回复日期{answered_on}早于成文日期{held.issued_on}，核对日期"
        raise ValidationError({"answered_on": said})
    held.answered_on, held.answer = answered_on, answer
    held.version += 1
    held.save()
    return held


@transaction.atomic
def withdraw_notice(
    *, record: DefaultNotice, version: int, reason: str, by: User, at: datetime
) -> DefaultNotice:
    """Take back a notice that was typed by mistake; return it. Its number is free again.

    Raises ValidationError for others than its maker and wider offices; StaleError.
    """
    held = held_to_take_back(record, version=version, right=ISSUE, by=by)
    return take_back(held, reason=reason, by=by, at=at)
