"""Steps of plans and pools: proposed by who wrote last, approved or returned by nobody of those."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.messages import Note, notify_office, offices, send
from accounts.models import User
from accounts.scope import CITY, DISTRICT, STREET
from communities.choices import DecisionState
from communities.services.editing import StaleError
from facilities.models import SpacePlan, SpacePool
from facilities.rules.money import yuan
from facilities.selectors.plans import totals_of
from facilities.services.pools import check_parts, hold_measures

DECIDER, PROPOSER = "facilities.decide_spaceplan", "facilities.propose_spaceplan"
REPORTER = "facilities.change_premises"
ONE_OF_THE_MAKERS = "拟订和修改过的人不能批准或退回，由同事或上级办理"

Record = TypeVar("Record", SpacePlan, SpacePool)


def _held(record: Record, version: int) -> Record:
    """The record as it is now, held; raises StaleError where it was changed since `version`."""
    held: Record = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    if held.version != version:
        raise StaleError(held)
    return held


@transaction.atomic
def propose(
    *,
    record: Record,
    version: int,
    url: str,
    by: User,
    at: datetime,
    freeze: Callable[[Record], None] | None = None,
) -> Record:
    """Hand a plan or pool over for approval and tell who may decide; return it.

    freeze: what is stored with the proposal. Raises ValidationError when it is not a draft, when
    there is nothing in it, or when somebody else wrote last; StaleError when it was changed.
    """
    held = _held(record, version)
    if held.state != DecisionState.DRAFT:
        raise ValidationError("只有起草中的才能送批。改好保存以后再送批")
    if held.made_by_id != by.pk:
        who = held.made_by.display_name
        raise ValidationError(f"最后由{who}修改，由他送批，或由你核对保存以后送批")
    if isinstance(held, SpacePlan) and not totals_of(held)[0]:
        raise ValidationError("计划里还没有项目，加入项目以后再送批")
    if isinstance(held, SpacePool):
        hold_measures(held)
    if freeze is not None:
        freeze(held)
    held.state, held.decision = DecisionState.PROPOSED, ""
    held.version += 1
    held.save()
    text = f"{held.title}待批准"
    told = notify_office(code=held.code, permission=DECIDER, text=text, url=url, at=at, but=by)
    if not told and len(held.code) == DISTRICT:
        # an office of one person: its superior decides
        notify_office(code=held.code[:CITY], permission=DECIDER, text=text, url=url, at=at)
    return held


@transaction.atomic
def approve(
    *, record: Record, version: int, decision: str, doc_no: str, url: str, by: User, at: datetime
) -> Record:
    """Approve a plan or pool, which locks it, and tell its maker and whom it concerns; return it.

    Raises ValidationError for one of its makers, when it is not proposed, and for a pool that pays
    a measure that was dropped, or more than it costs; StaleError as propose.
    """
    held = _held(record, version)
    if held.state != DecisionState.PROPOSED:
        raise ValidationError("没有送批，不能批准。看过最新情况再办理")
    _check_other(held, by)
    if isinstance(held, SpacePool):
        hold_measures(held)
        check_parts(held)
    held.state, held.decided_by, held.decided_at = DecisionState.APPROVED, by, at
    held.decision, held.doc_no = decision, doc_no
    if isinstance(held, SpacePlan):
        number, area, fen = totals_of(held)
        held.approved_count, held.approved_m2, held.approved_yuan = number, area, yuan(fen)
    held.version += 1
    held.save()
    send(notes=[Note(held.made_by, f"{held.title}已批准", url)], at=at)
    _tell(held, f"{held.title}已批准", url, at)
    return held


@transaction.atomic
def give_back(
    *, record: Record, version: int, decision: str, url: str, by: User, at: datetime
) -> Record:
    """Return a proposed or approved plan or pool to be changed, with a reason; return it.

    Raises ValidationError for one of its makers or in another state, StaleError as propose.
    """
    held = _held(record, version)
    if held.state not in (DecisionState.PROPOSED, DecisionState.APPROVED):
        raise ValidationError("只有待批准和已批准的才能退回。看过最新情况再办理")
    _check_other(held, by)
    was_approved = held.state == DecisionState.APPROVED
    held.state, held.decided_by, held.decided_at = DecisionState.RETURNED, by, at
    held.decision, held.doc_no = decision, ""
    if isinstance(held, SpacePlan):
        held.approved_count = held.approved_m2 = held.approved_yuan = None
    held.version += 1
    held.save()
    send(notes=[Note(held.made_by, f"{held.title}已退回：{decision}", url)], at=at)
    if was_approved:
        _tell(held, f"{held.title}退回重定，原批准暂停执行", url, at)
    return held


def _check_other(record: Record, by: User) -> None:
    if by.pk == record.made_by_id or by.pk in record.makers:
        raise ValidationError(ONE_OF_THE_MAKERS)


def _tell(record: Record, text: str, url: str, at: datetime) -> None:
    """Tell the offices beneath whom a plan or pool concerns."""
    if isinstance(record, SpacePlan):
        codes = record.measures.values_list("code", flat=True)
        _tell_offices({code[:STREET] for code in codes}, REPORTER, text, url, at)
        return
    codes = {code[:DISTRICT] for code in record.lines.values_list("code", flat=True)}
    _tell_offices(codes, PROPOSER, text, url, at)


def _tell_offices(codes: Iterable[str], permission: str, text: str, url: str, at: datetime) -> None:
    found = offices(codes, permission).values()
    send(notes=[Note(reader, text, url) for readers in found for reader in readers], at=at)
