"""Photos and papers of the space register: those of a record, one paper, its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models

from accounts.models import User
from communities.choices import FileType
from communities.models.parts import Part
from communities.selectors.papers import SHOWN_BY_BROWSERS, reads_history, size_label
from facilities.models import (
    BuilderDefault,
    CorrectionOrder,
    Gate,
    HallCheck,
    Inspection,
    Premises,
    Project,
    SpacePaper,
    SpacePaperContent,
)

VIEW_PREMISES, VIEW_PROJECT = "facilities.view_premises", "facilities.view_project"
INSPECT, ARRANGE = "facilities.inspect_premises", "facilities.change_project"


@dataclass(frozen=True)
class Owner:
    """A kind of record that papers belong to: who reads them, who adds and withdraws them.

    route: the name of the record's page, under facilities:
    """

    model: type[models.Model]
    reads: str
    writes: str
    route: str


# by the column of SpacePaper
OWNERS = {
    "premises": Owner(Premises, VIEW_PREMISES, "facilities.change_premises", "premises"),
    "inspection": Owner(Inspection, VIEW_PREMISES, INSPECT, "inspection"),
    "order": Owner(CorrectionOrder, VIEW_PREMISES, INSPECT, "order"),
    "hall_check": Owner(HallCheck, VIEW_PREMISES, INSPECT, "hall_check"),
    "project": Owner(Project, VIEW_PROJECT, ARRANGE, "project"),
    "gate": Owner(Gate, VIEW_PROJECT, ARRANGE, "gate"),
    "default": Owner(BuilderDefault, VIEW_PROJECT, "facilities.issue_notice", "builder_default"),
}


@dataclass(frozen=True)
class SpacePaperRow:
    """A paper as lists show it.

    viewable: whether a browser shows it by itself; removable: whether the reader's office may take
    it down, where it has the right to.
    """

    pk: int
    kind: str
    item: str
    title: str
    taken_on: date | None
    file_type: str
    size_label: str
    viewable: bool
    uploaded_by: str
    uploaded_at: datetime
    withdrawn_at: datetime | None
    withdrawn_because: str
    removable: bool


def owner_of(paper: SpacePaper) -> str:
    """The kind of record that a paper belongs to: a key of OWNERS."""
    return next(name for name in OWNERS if getattr(paper, f"{name}_id") is not None)


def find_owner(user: User, owner: str, pk: int) -> Any | None:
    """A record that papers may belong to, in the user's scope; None for others. One query.

    owner: a key of OWNERS.
    """
    rows: Any = OWNERS[owner].model._default_manager
    found = rows.for_user(user).filter(pk=pk)
    if issubclass(OWNERS[owner].model, Part):
        found = found.select_related("community")
    return found.first()


def papers_of(user: User, owner: str, record: Any) -> list[SpacePaperRow]:
    """The papers of a record, newest first; those taken down only for who reads their history.

    owner: a key of OWNERS. One query.
    """
    papers = SpacePaper.objects.for_user(user).filter(**{owner: record})
    if not reads_history(user):
        papers = papers.filter(withdrawn_at=None)
    return [_row(one, user) for one in papers.select_related("uploaded_by")]


def of_office(paper: SpacePaper, user: User) -> bool:
    """Whether a paper was uploaded by a user, or by an office that is not wider than the user's."""
    uploader: User = paper.uploaded_by
    return uploader.pk == user.pk or len(user.scope) <= len(uploader.scope)


def _row(paper: SpacePaper, user: User) -> SpacePaperRow:
    kind = FileType(paper.content_type)
    return SpacePaperRow(
        pk=paper.pk,
        kind=paper.get_kind_display(),
        item=paper.get_item_display() if paper.item else "",
        title=paper.title,
        taken_on=paper.taken_on,
        file_type=kind.label,
        size_label=size_label(paper.size),
        viewable=kind in SHOWN_BY_BROWSERS,
        uploaded_by=paper.uploaded_by.display_name,
        uploaded_at=paper.uploaded_at,
        withdrawn_at=paper.withdrawn_at,
        withdrawn_because=paper.withdrawn_because,
        removable=paper.withdrawn_at is None and of_office(paper, user),
    )


def find_paper(user: User, pk: int) -> SpacePaper | None:
    """A paper in the user's scope whose record the user may read; None for others.

    One that was taken down is found only for who reads its history. One query, and those for the
    user's rights.
    """
    found: SpacePaper | None = (
        SpacePaper.objects.for_user(user).select_related("community", *OWNERS).filter(pk=pk).first()
    )
    if found is None or not user.has_perm(OWNERS[owner_of(found)].reads):
        return None
    return None if found.withdrawn_at and not reads_history(user) else found


def read_content(paper: SpacePaper) -> bytes | None:
    """The bytes of a paper that find_paper gave, or None when they are not there. One query."""
    rows = SpacePaperContent.objects.filter(paper=paper)
    found = rows.values_list("content", flat=True).first()
    return None if found is None else bytes(found)
