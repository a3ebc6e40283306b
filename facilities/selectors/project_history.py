"""修改记录 of projects: every change of them, their gates and their lists of handover."""

from __future__ import annotations

from dataclasses import replace

from accounts.models import User
from communities.selectors.history import Change, Source
from facilities.choices import DefaultKind, Stage
from facilities.models import BuilderDefault, Gate, HandoverItem, Project
from facilities.selectors.premises_history import changes_of

SOURCES = (
    Source("project", Project, ("name",)),
    Source("gate", Gate, ("stage",)),
    Source("handover_item", HandoverItem, ("name",)),
    Source("default", BuilderDefault, ("kind",)),
)


# what a gate and a default are called
LABELS = dict([*Stage.choices, *DefaultKind.choices])


def history_of(user: User, project: Project) -> list[Change]:
    """Every change of a project and what belongs to it, newest first. Five queries."""
    changes = changes_of(user, project, "project_id", SOURCES)
    return [replace(one, what=LABELS.get(one.what, one.what)) for one in changes]
