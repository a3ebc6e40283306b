"""Elections of one community: opened, changed, void; their candidates and votes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.scope import give_reason
from communities.models import Community
from communities.services.editing import StaleError
from communities.services.parts import ended_words
from staffing.choices import COMMITTEE_POSTS, ElectionKind, ElectionState, Post
from staffing.models import Candidate, Election, ElectionRound, Person
from staffing.selectors.elections import STEPS, unfinished_whole

# the steps whose days are typed before the vote
BEFORE_THE_VOTE = STEPS[:3]


@dataclass(frozen=True)
class Vote:
    """What was counted for a candidate, and what an appointment would take over."""

    candidate: int
    votes: int | None
    elected: bool
    lives_here: bool | None
    pay_channel: str


@transaction.atomic
def add_election(*, election: Election, by: User, on: date, at: datetime) -> Election:
    """Store a new election of the community that it names, at the step that its days say.

    Raises ValidationError in words for an ended community, for a second unfinished election of the
    whole committee, and for a round that is closed or has an election of the community already.
    """
    community = open_community(election, on)
    if election.kind == ElectionKind.TERM and unfinished_whole(community).exists():
        raise ValidationError("这个社区有正在进行的换届选举。打开它继续登记")
    if election.round_id is not None:
        one = ElectionRound.objects.get(pk=election.round_id)
        if one.closed_at is not None:
            raise ValidationError(f"“{one.title}”已结束，不再列入选举")
    election.code, election.is_demo = community.code, community.is_demo
    election.made_by, election.made_at = by, at
    election.state = step_of(election)
    election.save(force_insert=True)
    return election


def step_of(election: Election) -> ElectionState:
    """The step that the days of an election say; after the vote it stays what it is.

    Raises ValidationError for a day without that of the step before, or earlier than it, and for a
    missing or later day once the vote was recorded.
    """
    voted = election.state == ElectionState.HELD
    state = ElectionState.PLANNED
    errors: dict[str, str] = {}
    before: tuple[date, str] | None = None
    missing = ""
    for reached, name, label in BEFORE_THE_VOTE:
        day = getattr(election, name)
        if day is None:
            missing = missing or label
            if voted:
                errors[name] = f"已登记投票，“{label}”的日期不能空着"
            continue
        if missing:
            errors[name] = f"还没有填“{missing}”的日期。按顺序填写"
        elif before is not None and day < before[0]:
            errors[name] = f"{label}{day}早于{before[1]}{before[0]}。改其中一个日期"
        elif voted and election.held_on is not None and day > election.held_on:
            errors[name] = f"{label}{day}晚于投票{election.held_on}。改其中一个日期"
        before, state = (day, label), reached
    if errors:
        raise ValidationError(errors)
    return ElectionState.HELD if voted else state


@transaction.atomic
def change_election(
    *, election: Election, fields: Iterable[str], version: int, on: date, reason: str = ""
) -> Election:
    """Store the given columns of an election that was opened at a version; its step follows.

    Raises StaleError, and ValidationError in words for an announced or void election.
    """
    open_community(election, on)
    present = held(election, version)
    _refuse_ended(present)
    election.state = step_of(election)
    return _store(election, (*fields, "state"), reason)


@transaction.atomic
def record_votes(
    *,
    election: Election,
    fields: Iterable[str],
    votes: Iterable[Vote],
    version: int,
    on: date,
    reason: str = "",
) -> Election:
    """Store the figures of the vote and what each candidate got; the election is held then.

    Raises StaleError, and ValidationError in words for an announced or void election, or one
    whose candidates are not nominated yet.
    """
    open_community(election, on)
    present = held(election, version)
    _refuse_ended(present)
    if present.state not in (ElectionState.NOMINATED, ElectionState.HELD):
        raise ValidationError("还没有填提名候选人的日期。先在“修改”里按顺序填写各步日期")
    listed = {one.pk: one for one in Candidate.objects.filter(election=present)}
    election.state = ElectionState.HELD
    stored = _store(election, (*fields, "state"), reason)
    for vote in votes:
        one = listed[vote.candidate]
        one.votes, one.elected = vote.votes, vote.elected
        one.lives_here, one.pay_channel = vote.lives_here, vote.pay_channel
        one.save(update_fields=["votes", "elected", "lives_here", "pay_channel"])
    return stored


@transaction.atomic
def declare_void(
    *, election: Election, voided_on: date, reason: str, version: int, on: date
) -> Election:
    """End an election without a result; a new one may follow. Raises as change_election does."""
    open_community(election, on)
    present = held(election, version)
    _refuse_ended(present)
    present.state, present.voided_on, present.void_reason = ElectionState.VOID, voided_on, reason
    return _store(present, ("state", "voided_on", "void_reason"), reason)


@transaction.atomic
def add_candidate(
    *, election: Election, person: Person, post: str, lives_here: bool | None = None, on: date
) -> Candidate:
    """Let a person of the community's street stand for a post of the committee; return it.

    lives_here: as it is known. Raises ValidationError in words where it cannot be.
    """
    community = open_community(election, on)
    present = held(election)
    _refuse_ended(present)
    if post not in COMMITTEE_POSTS:
        raise ValidationError(f"{Post(post).label}不由居委会选举产生")
    if person.code != community.code[:9] or person.purged_at is not None:
        raise ValidationError(f"{person.name}的登记不在本街道。先办理调动，或登记新人员")
    made = Candidate(
        election=present,
        community=community,
        code=community.code,
        person=person,
        post=post,
        lives_here=lives_here,
    )
    made.full_clean()
    made.save(force_insert=True)
    _touch(present)
    return made


@transaction.atomic
def remove_candidate(*, candidate: Candidate, on: date) -> None:
    """Strike a candidate from the list; the history keeps that he stood on it."""
    election = candidate.election
    open_community(election, on)
    present = held(election)
    _refuse_ended(present)
    candidate.delete()
    _touch(present)


def held(election: Election, version: int | None = None) -> Election:
    """The election as it is stored, locked; raises StaleError where it is at another version."""
    present: Election = Election.objects.select_for_update(of=("self",)).get(pk=election.pk)
    if version is not None and present.version != version:
        raise StaleError(present)
    return present


def _refuse_ended(present: Election) -> None:
    if present.state == ElectionState.DONE:
        raise ValidationError("结果已经公布，不再修改。要更正，先撤回结果")
    if present.state == ElectionState.VOID:
        raise ValidationError("这次选举已登记为选举未成，不再修改。重新选举另行登记")


def _store(election: Election, fields: Iterable[str], reason: str) -> Election:
    """Write columns of a locked election; its version goes up, whether they differ or not."""
    values: Mapping[str, Any] = {name: getattr(election, name) for name in fields}
    if reason:
        give_reason(reason)
    Election.objects.filter(pk=election.pk).update(**values, version=F("version") + 1)
    election.refresh_from_db()
    return election


def _touch(present: Election) -> None:
    """Let forms of votes that were opened with other candidates be stale."""
    Election.objects.filter(pk=present.pk).update(version=F("version") + 1)


def open_community(election: Election, on: date) -> Community:
    """The community, held against acts that end or re-code it meanwhile."""
    found: Community = Community.objects.select_for_update(no_key=True).get(
        pk=election.community_id
    )
    if said := ended_words(found, found.short_name, on):
        raise ValidationError(f"{said}，选举只能查看，不再登记")
    return found
