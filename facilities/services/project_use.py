"""What follows from the last gate: the rooms of a project are premises of its community."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from accounts.scope import STREET
from communities.choices import Tenure
from communities.models import Community
from communities.querysets import not_ended
from facilities.choices import GateState, ProjectState, Stage
from facilities.models import Gate, HandoverItem, Premises, Project, Room
from facilities.services.premises import add_premises

COPIED = ("name", "use", "building_m2", "usable_m2", "above_ground_m2")


def put_in_use(*, project: Project, day: date, on: date) -> Premises:
    """Register what was handed over as premises of the project's community; the project is done.

    day: from which the rooms count. on: today. The project is locked by the caller. Returns the
    premises, with a room for each line of the list. Raises ValidationError in
    words when the project has no community of its street or that has ended.
    """
    community = Community.objects.filter(projects=project).first()
    if community is None or community.code[:STREET] != project.code:
        raise ValidationError("受益社区不在项目的街道，先在“修改项目”里选择")
    passed = Gate.objects.filter(project=project, state=GateState.PASSED)
    gates = {one.stage: one for one in passed}
    title = gates[Stage.TITLE]
    estate = project.estate
    record = Premises(
        community=community,
        name=_free_name(project),
        address=project.location,
        estate=estate if estate and estate.community_id == community.pk else None,
        project=project,
        acquisition=Tenure.HANDED_OVER,
        acquired_on=gates[Stage.HANDOVER].decided_on,
        title_no=title.doc_no,
        titled_on=title.decided_on,
        valid_from=day,
        is_demo=project.is_demo,
    )
    items = HandoverItem.objects.filter(project=project)
    rooms = [Room(**{name: getattr(one, name) for name in COPIED}) for one in items]
    made = add_premises(record=record, rooms=rooms, on=on)
    project.state = ProjectState.DONE
    project.version += 1
    project.save(update_fields=["state", "version"])
    return made


def _free_name(project: Project) -> str:
    """A name that no other premises of the community have."""
    name = f"{project.name[:58]}配建用房"
    known = Premises.objects.filter(not_ended(date.max), community=project.community_id, name=name)
    return f"{name[:50]}（{project.pk}）" if known.exists() else name
