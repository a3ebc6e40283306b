"""Appointments begin and end by acts; every way of changing a roster uses these writes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q

from accounts.models import User
from communities.models import Community
from communities.querysets import not_ended
from communities.services.parts import ended_words
from staffing.choices import SINGLE_POSTS, ActKind, Post
from staffing.models import Appointment, Election, Person, StaffAct


@transaction.atomic
def add_act(
    *,
    kind: ActKind,
    person: Person,
    community: Community,
    on: date,
    by: User,
    at: datetime,
    leave_reason: str = "",
    doc_no: str = "",
    note: str = "",
    election: Election | None = None,
) -> StaffAct:
    """Store an act under the community's code; what it begins and ends is added to it."""
    act: StaffAct = StaffAct.objects.create(
        kind=kind,
        person=person,
        community=community,
        code=community.code,
        on=on,
        leave_reason=leave_reason,
        doc_no=doc_no,
        note=note,
        election=election,
        made_by=by,
        made_at=at,
        is_demo=person.is_demo,
    )
    return act


@transaction.atomic
def begin_post(*, act: StaffAct, community: Community, post: str, **values: Any) -> Appointment:
    """Begin an appointment of the act's person from the act's day; return it.

    `values`: identity, pay_channel and what else the appointment has; `valid_until` for one that
    has ended already. Raises ValidationError in words when the community has ended by then, lies in
    another street than the person's file, the person has the post already, or a post that one
    person holds is taken on one of the days.
    """
    held = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    if said := ended_words(held, held.short_name, act.on):
        raise ValidationError(f"{said}，不再任职")
    person = act.person
    if not held.code.startswith(person.code):
        raise ValidationError(f"{person.name}的登记在另一个街道，由区民政局办理调动")
    made = Appointment(
        person=person, community=held, code=held.code, post=post, valid_from=act.on,
        begun_by=act, is_demo=act.is_demo, **values,
    )  # fmt: skip
    _check_free(made)
    made.full_clean(exclude=("election",))
    made.save(force_insert=True)
    return made


def _check_free(made: Appointment) -> None:
    """Refuse a second holding of one post at one time."""
    rows = Appointment.objects.filter(not_ended(made.valid_from), community=made.community)
    if made.valid_until is not None:
        rows = rows.filter(valid_from__lt=made.valid_until)
    holder = Q(person=made.person, post=made.post)
    if made.post in SINGLE_POSTS:
        holder |= Q(post=made.post)
    found = rows.filter(holder).exclude(pk=made.pk).select_related("person").first()
    if found is None:
        return
    label, since = Post(made.post).label, found.valid_from
    until = f"至{found.valid_until}" if found.valid_until else "至今"
    whose = "他" if found.person_id == made.person_id else found.person.name
    raise ValidationError(
        f"{whose}自{since}{until}任{label}。先登记离任，或改任职日期", code="taken"
    )


@transaction.atomic
def end_post(*, act: StaffAct, appointment: Appointment) -> Appointment:
    """End an appointment on the act's day, which no longer counts; return it.

    Raises ValidationError in words when it begins only then or later, or has ended before.
    """
    held: Appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if held.valid_until is not None and held.valid_until <= act.on:
        raise ValidationError(f"{held.get_post_display()}已于{held.valid_until}离任")
    if held.valid_from >= act.on:
        raise ValidationError(
            f"{held.get_post_display()}自{held.valid_from}任职，离任日期{act.on}应晚于这一天"
        )
    held.valid_until, held.ended_by = act.on, act
    held.version += 1
    held.save(update_fields=["valid_until", "ended_by", "version"])
    return held


@transaction.atomic
def check_act(*, act: StaffAct, by: User, at: datetime) -> StaffAct:
    """Keep that somebody else looked over an act; return it.

    Raises ValidationError for the person who registered it.
    """
    held: StaffAct = StaffAct.objects.select_for_update().get(pk=act.pk)
    if held.made_by_id == by.pk:
        raise ValidationError("登记的人不能核对自己的登记，由同事核对")
    if held.checked_by_id is None:
        StaffAct.objects.filter(pk=held.pk).update(
            checked_by=by, checked_at=at, version=F("version") + 1
        )
        held.refresh_from_db()
    return held
