"""Premises, projects and planned measures of communities that change go where they belong."""

from __future__ import annotations

from django.db.models import F

from accounts.scope import DISTRICT, STREET
from communities.choices import DecisionState
from communities.models import Community
from communities.services.succession import Succession
from facilities.choices import MeasureState
from facilities.models import Premises, Project, Share, SpaceMeasure, SpacePoolLine
from facilities.services.following_codes import move_projects
from facilities.services.following_shares import pass_records, pass_shares
from facilities.services.following_split import split_over_streets

OPEN = (MeasureState.PLANNED, MeasureState.UNDER_WAY)


def hand_over_premises(succession: Succession) -> None:
    """Let everything of the space register follow the communities of an act, from its day.

    Shares of communities that end go to their receivers; without one they end, and premises that
    nobody shares keep their rows. Records follow who keeps the premises. Premises whose sharers
    come to lie in several streets divide. What each day of before counted stays as it was, in the
    scope of every street.
    """
    touched = _touched(succession)
    pass_shares(succession)
    pass_records(succession)
    split_over_streets(touched, succession.on)
    _pass_measures(succession)
    _pass_projects(succession)


def _touched(succession: Succession) -> set[int]:
    """Premises that communities of the act keep or share, or did, by key. Two queries."""
    communities = succession.plan.communities
    shared = Share.objects.filter(community__in=communities).order_by()
    kept = Premises.objects.filter(community__in=communities).order_by()
    return {*shared.values_list("premises_id", flat=True), *kept.values_list("pk", flat=True)}


def _pass_measures(succession: Succession) -> None:
    """Planned measures go to who takes over in the same district; else they are dropped.

    They are dropped as well where the plan has the same means of the receiver in that year. In an
    approved plan that is an adjustment, for the reason of the act. Lines of pools have the present
    code of their measure's community.
    """
    rows = SpaceMeasure.objects.filter(community__in=succession.ending, state__in=OPEN)
    for measure in rows.order_by("pk").select_related("plan").select_for_update(of=("self",)):
        target = succession.receiver(measure.community_id)
        if target is None or not _fits(measure, target):
            measure.state = MeasureState.DROPPED
        else:
            measure.community, measure.code = target, target.code
        if measure.plan.state == DecisionState.APPROVED:
            measure.adjusted_at = succession.act.applied_at
        measure.version += 1
        measure.save(update_fields=["community", "code", "state", "adjusted_at", "version"])
    communities = {
        *succession.plan.communities,
        *(one.pk for one in succession.successors.values()),
    }
    lines = SpacePoolLine.objects.filter(measure__community__in=communities)
    for line in lines.exclude(code=F("measure__code")).select_related("measure"):
        if line.measure is not None:
            SpacePoolLine.objects.filter(pk=line.pk).update(code=line.measure.code)


def _fits(measure: SpaceMeasure, target: Community) -> bool:
    """Whether a measure can be the receiver's: in the district of its plan, and not there yet."""
    if target.code[:DISTRICT] != measure.plan.code:
        return False
    there = SpaceMeasure.objects.filter(
        plan=measure.plan, community=target, year=measure.year, means=measure.means
    )
    return not there.exists()


def _pass_projects(succession: Succession) -> None:
    """Projects of communities that end are for who takes over; they lie in that one's street.

    A project whose estate the plan gives to a community is for that one.
    """
    streets: dict[int, str] = {}
    rows = Project.objects.filter(community__in=succession.plan.communities)
    for project in rows.order_by("pk").select_for_update():
        target = _beneficiary(succession, project)
        if target is not None and target.pk != project.community_id:
            Project.objects.filter(pk=project.pk).update(community=target, version=F("version") + 1)
        elif target is None and project.community_id in succession.ending:
            Project.objects.filter(pk=project.pk).update(community=None, version=F("version") + 1)
        if target is not None and target.code[:STREET] != project.code:
            streets[project.pk] = target.code[:STREET]
    if streets:
        move_projects(streets)


def _beneficiary(succession: Succession, project: Project) -> Community | None:
    """Who gets the rooms of a project after the act; None: nobody yet."""
    named = succession.plan.estates
    if project.estate_id in named:
        return succession.successors[named[project.estate_id]]
    community = project.community_id or 0
    if community in succession.ending:
        return succession.receiver(community)
    going_on = succession.plan.continuing.get(community)
    return succession.successors[going_on.key] if going_on else None
