"""Writes of awards: proposed by one person, decided by another."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.messages import notify, notify_office
from accounts.models import User
from accounts.scope import DISTRICT
from communities.choices import DecisionState
from communities.models import Community
from communities.querysets import not_ended
from communities.services.editing import StaleError
from staffing.models import Appointment, Award

DECIDER = "staffing.decide_award"


@transaction.atomic
def propose_award(*, award: Award, by: User, at: datetime, url: str) -> Award:
    """Store an award that waits for its district, and tell the district; return it.

    url: where the district finds what waits. Raises ValidationError in words where the person
    holds no post in the community on the first day, IntegrityError for a second one of its kind
    and year.
    """
    award.code = Community.objects.get(pk=award.community_id).code
    _check_post(award, award.starts_on)
    award.state, award.made_by, award.made_at = DecisionState.PROPOSED, by, at
    award.is_demo = award.person.is_demo
    award.save(force_insert=True)
    notify_office(
        code=award.code[:DISTRICT],
        permission=DECIDER,
        text=f"{award.community.short_name}申报{award.year}年{award.get_kind_display()}1人",
        url=url,
        at=at,
        but=by,
    )
    return award


def _check_post(award: Award, on: date) -> None:
    held = Appointment.objects.filter(
        Q(valid_from__lte=on), not_ended(on), person=award.person_id, community=award.community_id
    )
    if not held.exists():
        said = f"{on}这个人在本社区没有任职，核对社区和起始日期"
        raise ValidationError({"starts_on": said})


@transaction.atomic
def decide_award(
    *,
    award: Award,
    version: int,
    approved: bool,
    decision: str,
    by: User,
    at: datetime,
    url: str,
) -> Award:
    """Approve or refuse an award and tell who proposed it; return it.

    Raises ValidationError for its maker, for one that does not wait, for a refusal without a
    reason; StaleError when it was changed since `version`.
    """
    held: Award = Award.objects.select_for_update().get(pk=award.pk)
    if held.version != version:
        raise StaleError(held)
    if held.state != DecisionState.PROPOSED:
        raise ValidationError(f"这件奖励{held.get_state_display()}，不再办理")
    if held.made_by_id == by.pk:
        raise ValidationError("申报的人不能批准自己申报的奖励，由同事办理")
    if not approved and not decision:
        raise ValidationError("写明不予批准的理由")
    held.state = DecisionState.APPROVED if approved else DecisionState.REFUSED
    held.decision, held.decided_by, held.decided_at = decision, by, at
    held.version += 1
    held.save()
    what = f"{held.community.short_name}{held.year}年{held.get_kind_display()}"
    told = f"已批准{what}" if approved else f"{what}不予批准：{decision}"
    notify(to=[held.made_by], text=told, url=url, at=at)
    return held
