"""Announcing a result: posts begin and end by acts, the register follows; taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.scope import give_reason
from communities.choices import OrganisationKind
from communities.models import Community, Organisation
from communities.services.parts import add_part, change_part
from staffing.choices import ActKind, ElectionKind, ElectionState, Identity, LeaveReason
from staffing.models import Appointment, Election, Person, StaffAct
from staffing.rules.elections import ENDS, LINKED, Change
from staffing.selectors.election_results import (
    ResultPreview,
    organisation_of,
    preview,
    undoing_of,
)
from staffing.selectors.election_terms import whole_elections
from staffing.selectors.elections import sitting_of
from staffing.services.elections import held, open_community
from staffing.services.posts import add_act, begin_post, end_post

BASIS = 100


class MovedError(Exception):
    """The roster or the candidates changed after the check page was shown."""


@dataclass(frozen=True)
class Announcement:
    """What is typed on the check page. seen: the fingerprint of the plan that was shown.

    roster_stays: the result is only recorded, because later posts stand in the roster already.
    register_as: the name under which the committee is registered where it is not yet; '' not.
    """

    announced_on: date
    term_from: date
    doc_no: str
    note: str
    seen: str
    roster_stays: bool = False
    register_as: str = ""


@transaction.atomic
def announce(
    *, election: Election, said: Announcement, version: int, by: User, on: date, at: datetime
) -> Election:
    """Announce the result of an election that was held: posts begin and end on the first day.

    on: today. Raises StaleError, MovedError, and ValidationError in words for a result that cannot
    be.
    """
    community = open_community(election, on)
    present = held(election, version)
    if present.state != ElectionState.HELD:
        raise ValidationError(f"选举现在是“{present.get_state_display()}”，不能公布结果")
    shown = preview(by, present, said.term_from)
    if shown.plan.fingerprint != said.seen:
        raise MovedError
    _check(present, shown, said)
    _keep(present, shown, said)
    if not said.roster_stays:
        _appoint(present, community, shown, by=by, at=at)
        _register(present, community, shown, said, on)
    return present


def _check(election: Election, shown: ResultPreview, said: Announcement) -> None:
    plan = shown.plan
    mistakes = list(plan.mistakes)
    if said.roster_stays:
        if not plan.later:
            raise ValidationError("花名册里没有更晚的任职，不用只记选举")
        mistakes = []
    if mistakes:
        raise ValidationError(mistakes)
    if (plan.missing or said.roster_stays) and not said.note:
        why = "花名册不变" if said.roster_stays else f"少选{plan.missing}人"
        raise ValidationError({"note": f"{why}，写明原因"})


def _keep(election: Election, shown: ResultPreview, said: Announcement) -> None:
    give_reason(_reason(election, said))
    clause = shown.term.clause
    Election.objects.filter(pk=election.pk).update(
        state=ElectionState.DONE,
        announced_on=said.announced_on,
        term_from=said.term_from,
        term_until=shown.term.until,
        term_clause=clause.id if clause else "",
        doc_no=said.doc_no,
        note=said.note or election.note,
        version=F("version") + 1,
    )
    election.refresh_from_db()


def _appoint(
    election: Election, community: Community, shown: ResultPreview, *, by: User, at: datetime
) -> None:
    """All posts end before any begins: a post of one person is free then."""
    people = Person.objects.in_bulk([one.person for one in shown.plan.changes])
    posts = Appointment.objects.in_bulk(
        [each.appointment for one in shown.plan.changes for each in one.ends]
    )
    acts: list[tuple[Change, StaffAct]] = []
    for change in shown.plan.changes:
        if change.kind == LINKED and not change.ends:
            continue
        leaves = change.kind == ENDS
        act = add_act(
            kind=ActKind.LEAVE if leaves else ActKind.ELECT,
            person=people[change.person],
            community=community,
            on=shown.plan.day,
            by=by,
            at=at,
            leave_reason=LeaveReason.TERM if leaves else "",
            doc_no=election.doc_no,
            note=f"{election.get_kind_display()}{change.label}",
            election=election,
        )
        acts.append((change, act))
        for each in change.ends:
            end_post(act=act, appointment=posts[each.appointment])
    for change, act in acts:
        if change.chosen is not None and change.kind != LINKED:
            begin_post(
                act=act,
                community=community,
                post=change.chosen.post,
                identity=Identity.ELECTED,
                pay_channel=change.chosen.pay_channel,
                lives_here=change.chosen.lives_here,
                grade=change.grade,
                basis=(election.doc_no or f"{election.held_on}选举")[:BASIS],
                election=election,
            )
    for change in shown.plan.changes:
        if change.kind == LINKED and change.chosen is not None:
            Appointment.objects.filter(
                community=community,
                person=change.person,
                post=change.chosen.post,
                valid_from=shown.plan.day,
            ).update(election=election, version=F("version") + 1)


def _reason(election: Election, said: Announcement) -> str:
    """One transaction has one reason in the history: that of its last write."""
    return said.note or f"{election.held_on}{election.get_kind_display()}结果"


def _register(
    election: Election, community: Community, shown: ResultPreview, said: Announcement, on: date
) -> None:
    """The body in the register of organisations has the leader, members and term of the result."""
    plan, until = shown.plan, shown.term.until
    reason = _reason(election, said)
    if shown.organisation is not None:
        _follow(shown.organisation, plan.director, plan.heads, until, on, reason)
    elif said.register_as:
        record = Organisation(
            community=community,
            code=community.code,
            kind=OrganisationKind.RESIDENTS_COMMITTEE,
            name=said.register_as,
            leader=plan.director,
            members=plan.heads,
            term_ends_on=until,
        )
        record.full_clean(exclude=("community",))
        add_part(record=record, on=on, reason=reason)


def _follow(
    body: Organisation, leader: str, members: int, until: date | None, on: date, reason: str
) -> None:
    version = body.version
    body.leader, body.members, body.term_ends_on = leader, members, until
    fields = ("leader", "members", "term_ends_on")
    change_part(record=body, fields=fields, version=version, on=on, reason=reason)


@transaction.atomic
def take_back(
    *, election: Election, reason: str, version: int, by: User, on: date, at: datetime
) -> Election:
    """Take back a mistaken result before anything else happened on its posts; it is held again.

    The posts that it began are removed, those that it ended run on, and an act of correction says
    so for each person; the history keeps everything. Raises StaleError, and ValidationError in
    words with what has happened since.
    """
    community = open_community(election, on)
    present = held(election, version)
    if present.state != ElectionState.DONE:
        raise ValidationError(f"选举现在是“{present.get_state_display()}”，没有结果可以撤回")
    undoing = undoing_of(present)
    if undoing.hindrances:
        raise ValidationError(
            f"结果公布以后{'；'.join(undoing.hindrances)}。结果不能撤回，用人员变动更正"
        )
    give_reason(reason)
    day = present.term_from
    for person in Person.objects.filter(pk__in=undoing.people).order_by("pk"):
        add_act(
            kind=ActKind.CORRECT,
            person=person,
            community=community,
            on=on,
            by=by,
            at=at,
            note=f"撤回{day}的{present.get_kind_display()}结果：{reason}"[:500],
            election=present,
        )
    Appointment.objects.filter(pk__in=[one.pk for one in undoing.begun]).delete()
    Appointment.objects.filter(pk__in=[one.pk for one in undoing.linked]).update(
        election=None, version=F("version") + 1
    )
    Appointment.objects.filter(pk__in=[one.pk for one in undoing.ended]).update(
        valid_until=None, ended_by=None, version=F("version") + 1
    )
    Election.objects.filter(pk=present.pk).update(
        state=ElectionState.HELD,
        announced_on=None,
        term_from=None,
        term_until=None,
        term_clause="",
        version=F("version") + 1,
    )
    present.refresh_from_db()
    if undoing.people:
        _restore(community, present, on, reason)
    return present


def _restore(community: Community, election: Election, on: date, reason: str) -> None:
    """The register says again who leads the committee, and until when as far as it is known."""
    body = organisation_of(community)
    if body is None:
        return
    members = sitting_of(community, on)
    last = whole_elections(community).first()
    until = last.term_until if last else None
    leader = next((one.name for one in members if one.post == "director"), "")
    number = len({one.person for one in members})
    if election.kind == ElectionKind.BY and last is None:
        until = body.term_ends_on
    _follow(body, leader, number, until, on, reason)
