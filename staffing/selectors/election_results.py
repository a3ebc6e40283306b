"""What announcing a result will do, and what stands against taking an announced one back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from communities.choices import DecisionState, OrganisationKind
from communities.models import Community, Organisation
from policy.selectors import policy_for
from staffing.choices import COMMITTEE_POSTS, ActKind, ElectionKind
from staffing.models import Appointment, Award, Election, PayRecord, StaffAct
from staffing.rules.elections import ResultPlan, plan_result
from staffing.selectors.election_terms import (
    RESIDENTS,
    Asked,
    Term,
    asked,
    new_term,
    running_term,
    whole_elections,
)
from staffing.selectors.elections import candidates_of, chosen_of, sitting_of


@dataclass(frozen=True)
class ResultPreview:
    """What happens when the result is announced with a term from a day.

    residents: those of the new committee who live in the community, beside the clause; None where
    the residence of a member is not known. organisation: the registered body, None where there is
    none.
    """

    plan: ResultPlan
    term: Term
    residents: Asked | None
    organisation: Organisation | None


def preview(user: User, election: Election, day: date) -> ResultPreview:
    """What a result does with a term from a day. Six queries, or few more."""
    community = election.community
    whole = election.kind == ElectionKind.TERM
    plan = plan_result(
        whole=whole,
        day=day,
        sitting=sitting_of(community, day),
        chosen=chosen_of(candidates_of(user, election)),
        seats=election.seats,
    )
    if not whole:
        plan = replace(plan, mistakes=(*plan.mistakes, *_of_an_earlier_term(community, day)))
    recorded_on = timezone.localdate(election.made_at)
    term = new_term(community.code, day, recorded_on) if whole else running_term(community, day)
    return ResultPreview(plan, term, residents_of(community, plan, day), organisation_of(community))


def _of_an_earlier_term(community: Community, day: date) -> Iterable[str]:
    """A by-election of a term that has ended seats nobody in the present committee."""
    last = whole_elections(community).first()
    if last is not None and last.term_from is not None and day < last.term_from:
        said = f"任期开始日期{day}早于本届任期{last.term_from}"
        yield f"{said}，往届的补选不再公布结果。改任期开始日期"


def residents_of(community: Community, plan: ResultPlan, day: date) -> Asked | None:
    """The share of the new committee that lives in the community, by the clause of the day."""
    if plan.unknown or not plan.heads:
        return None
    return asked(
        policy_for(community.code, day),
        community.code,
        RESIDENTS,
        ("members_in_post", plan.heads),
        actual=plan.residents,
    )


def organisation_of(community: Community) -> Organisation | None:
    """The residents' committee in the register of organisations, or None. One query."""
    rows = Organisation.objects.filter(community=community, valid_until=None)
    found: Organisation | None = rows.filter(kind=OrganisationKind.RESIDENTS_COMMITTEE).first()
    return found


@dataclass(frozen=True)
class Undoing:
    """What taking a result back removes and revives; `hindrances` say why it cannot be."""

    begun: list[Appointment]
    linked: list[Appointment]
    ended: list[Appointment]
    hindrances: list[str]

    @property
    def people(self) -> list[int]:
        """The persons whose posts change, each once."""
        found = dict.fromkeys(one.person_id for one in (*self.begun, *self.ended))
        return list(found)


def undoing_of(election: Election) -> Undoing:
    """What taking back an announced result means. Six queries.

    It may be taken back as long as nothing else has happened to the committee since.
    """
    mine = Q(election=election)
    rows = Appointment.objects.select_related("person", "begun_by").filter(
        community=election.community
    )
    of_it = list(rows.filter(mine).order_by("pk"))
    begun = [one for one in of_it if one.begun_by and one.begun_by.election_id == election.pk]
    ended = list(rows.filter(ended_by__election=election).order_by("pk"))
    known = [one.pk for one in (*of_it, *ended)]
    since = rows.filter(post__in=COMMITTEE_POSTS).exclude(pk__in=known)
    if election.term_from:
        since = since.filter(
            Q(valid_from__gte=election.term_from) | Q(valid_until__gt=election.term_from)
        )
    hindrances = [*_ended_since(of_it), *_happened(since)] if known else []
    hindrances += _relied_on(election, begun, ended)
    linked = [one for one in of_it if one not in begun]
    return Undoing(begun, linked, ended, hindrances)


def _ended_since(rows: Iterable[Appointment]) -> Iterable[str]:
    for one in rows:
        if one.valid_until is not None:
            yield f"{one.person.name}的{one.get_post_display()}已于{one.valid_until}离任"


def _relied_on(
    election: Election, begun: Iterable[Appointment], ended: Iterable[Appointment]
) -> Iterable[str]:
    """Acts that somebody has checked, and money for posts that would be gone. Three queries."""
    acts = StaffAct.objects.filter(election=election).exclude(checked_by=None)
    for name in acts.exclude(kind=ActKind.CORRECT).values_list("person__name", flat=True):
        yield f"{name}的人员变动已核对"
    since = election.term_from
    if since is None:
        return
    new = {one.person_id for one in begun} - {one.person_id for one in ended}
    money = Q(year__gt=since.year) | Q(year=since.year, last_month__gte=since.month)
    place = {"community": election.community, "person__in": new}
    for name in PayRecord.objects.filter(money, **place).values_list("person__name", flat=True):
        yield f"{name}已登记实发报酬"
    awards = Award.objects.filter(
        starts_on__gte=since, state__in=[DecisionState.PROPOSED, DecisionState.APPROVED], **place
    )
    for name in awards.values_list("person__name", flat=True):
        yield f"{name}已申报奖励"


def _happened(rows: Iterable[Appointment]) -> Iterable[str]:
    for one in rows:
        label = one.get_post_display()
        if one.valid_until is not None:
            yield f"{one.person.name}的{label}已于{one.valid_until}离任"
        else:
            yield f"{one.person.name}自{one.valid_from}任{label}"
