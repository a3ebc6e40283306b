"""Writes of increases: asked for by a street, decided by its district, withdrawn by the maker."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.messages import notify, notify_office
from accounts.models import User
from accounts.scope import DISTRICT
from communities.choices import DecisionState
from communities.models import Community
from communities.services.editing import StaleError
from communities.services.parts import ended_words
from staffing.models import ExtraWorkers

DECIDER = "staffing.decide_quota"


@transaction.atomic
def propose_increase(
    *, record: ExtraWorkers, by: User, on: date, at: datetime, url: str
) -> ExtraWorkers:
    """Store an increase that waits for its district, and tell the district; return it.

    on: today. url: where the district finds what waits. Raises ValidationError in words when the
    community has ended, IntegrityError for a second one of its year.
    """
    community = Community.objects.select_for_update(no_key=True).get(pk=record.community_id)
    if said := ended_words(community, community.short_name, on):
        raise ValidationError(said)
    record.code, record.state = community.code, DecisionState.PROPOSED
    record.made_by, record.made_at, record.is_demo = by, at, community.is_demo
    record.save(force_insert=True)
    notify_office(
        code=community.code[:DISTRICT],
        permission=DECIDER,
        text=f"{community.short_name}申请{record.year}年增配{record.number}人",
        url=url,
        at=at,
        but=by,
    )
    return record


def _waiting(record: ExtraWorkers, version: int) -> ExtraWorkers:
    """The increase as it is now, locked; it must wait still, and be as it was seen."""
    held: ExtraWorkers = ExtraWorkers.objects.select_for_update().get(pk=record.pk)
    if held.version != version:
        raise StaleError(held)
    if held.state != DecisionState.PROPOSED:
        raise ValidationError(f"这件增配申请{held.get_state_display()}，不再办理")
    return held


@transaction.atomic
def decide_increase(
    *,
    record: ExtraWorkers,
    version: int,
    approved: bool,
    decision: str,
    doc_no: str,
    by: User,
    at: datetime,
    url: str,
) -> ExtraWorkers:
    """Approve or refuse an increase and tell the maker; return it.

    Raises ValidationError for its maker, for one that does not wait, for a refusal without a
    reason; StaleError when it was changed since `version`.
    """
    held = _waiting(record, version)
    if held.made_by_id == by.pk:
        raise ValidationError("提出的人不能批准自己提出的事项，由同事办理")
    if not approved and not decision:
        raise ValidationError("写明不予批准的理由")
    held.state = DecisionState.APPROVED if approved else DecisionState.REFUSED
    held.decision, held.doc_no = decision, doc_no if approved else ""
    held.decided_by, held.decided_at = by, at
    held.version += 1
    held.save()
    name = held.community.short_name
    told = f"批准{name}{held.year}年增配{held.number}人"
    refused = f"{name}{held.year}年增配申请不予批准：{decision}"
    notify(to=[held.made_by], text=told if approved else refused, url=url, at=at)
    return held


@transaction.atomic
def withdraw_increase(*, record: ExtraWorkers, version: int, by: User) -> ExtraWorkers:
    """Take back an increase that waits; return it. Errors as for decide_increase, and for others
    than the maker.
    """
    held = _waiting(record, version)
    if held.made_by_id != by.pk:
        raise ValidationError(f"由申请人{held.made_by.display_name}撤回")
    held.state = DecisionState.WITHDRAWN
    held.version += 1
    held.save()
    return held
