"""Writes of papers of the space register: keeping an uploaded file, taking it down."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from accounts.models import User
from accounts.scope import give_reason
from communities.models.parts import Part
from communities.services.paper_files import CheckedFile
from communities.services.papers import checked
from communities.services.parts import ended_words
from facilities.choices import GateState, OrderState, PaperKind, Stage
from facilities.models import Project, SpacePaper, SpacePaperContent
from facilities.selectors.papers import OWNERS, of_office, owner_of
from facilities.selectors.project_gates import has_deed

# a handover in these states rests on its deed
DECIDED = (GateState.WAITING, GateState.PASSED)
# an order in these states is not gone into again
SETTLED = (OrderState.CLOSED, OrderState.CANCELLED)


@transaction.atomic
def add_paper(
    *,
    owner: str,
    record: Any,
    file: CheckedFile | File[Any],
    kind: str,
    by: User,
    at: datetime,
    on: date,
    title: str = "",
    item: str = "",
    taken_on: date | None = None,
) -> SpacePaper:
    """Keep a file as a paper of a record; return the paper. Its code is that of the record.

    owner: a key of OWNERS, what the record is. kind: of PaperKind; item: of Unified, for photos of
    a hall. on: today. Without a title it is called like the file. Raises ValidationError when the
    file is not what its name says, when the record has it already, or its community has ended.
    """
    wanted: type[Any] = OWNERS[owner].model
    if not isinstance(record, wanted):
        raise TypeError(f"{record!r} is no {owner}")
    _check_open(record, on)
    found = checked(file)
    if same := same_paper(owner, record, found):
        raise ValidationError(same_sentence(found, same))
    where = {"code": record.code, "community": record.community if _is_part(record) else None}
    paper: SpacePaper = SpacePaper.objects.create(
        **{owner: record},
        **where,
        kind=kind,
        item=item,
        title=(title or found.stem)[:100],
        taken_on=taken_on,
        file_name=found.name,
        content_type=found.content_type,
        size=len(found.content),
        sha256=found.sha256,
        uploaded_by=by,
        uploaded_at=at,
    )
    SpacePaperContent.objects.create(paper=paper, content=found.content, **where)
    return paper


def _is_part(record: Any) -> bool:
    """Whether a record belongs to a community; projects belong to a street."""
    return isinstance(record, Part)


def _check_open(record: Any, on: date) -> None:
    if not _is_part(record):
        return
    community = record.community
    if said := ended_words(community, community.short_name, on):
        raise ValidationError(f"{said}，资料只能查看，不再登记和修改")


def same_paper(owner: str, record: Any, file: CheckedFile) -> SpacePaper | None:
    """The paper of the same record with the same bytes, or None; one taken down does not count."""
    papers = SpacePaper.objects.filter(**{owner: record}, sha256=file.sha256, withdrawn_at=None)
    found: SpacePaper | None = papers.first()
    return found


def same_sentence(file: CheckedFile, same: SpacePaper) -> str:
    """Say which paper has the bytes of a file already."""
    return f"文件“{file.name}”和已有的“{same.title}”内容相同。打开已有的，或选择别的文件"


def _check_rests(paper: SpacePaper) -> None:
    project = paper.project or (paper.gate.project if paper.gate else None)
    if paper.kind != PaperKind.DEED or project is None or paper.withdrawn_at is not None:
        return
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    decided = project.gates.filter(stage=Stage.HANDOVER, state__in=DECIDED)
    if decided.exists() and not has_deed(project, but=paper):
        raise ValidationError("移交凭这份移交协议办理，没有别的。先上传更正的移交协议，再撤下这份")


@transaction.atomic
def withdraw_paper(
    *, paper: SpacePaper, reason: str, by: User, at: datetime, on: date
) -> SpacePaper:
    """Take a paper down with a reason, which stays with it and in its history; return it.

    The row and the bytes stay. A paper that is down already keeps its first reason. on: today.
    Raises ValidationError when its community has ended, and for the only deed of a handover that
    waits for its approval or is passed, for photos of an order that is settled, and for what a
    wider office uploaded.
    """
    _check_open(getattr(paper, owner_of(paper)), on)
    _check_rests(paper)
    if paper.order and paper.order.state in SETTLED:
        state = paper.order.get_state_display()
        raise ValidationError(f"整改通知{state}，材料留存，不再撤下")
    if not of_office(paper, by):
        raise ValidationError(
            f"“{paper.title}”由上级{paper.uploaded_by.display_name}上传，由上级撤下"
        )
    present: SpacePaper = SpacePaper.objects.select_for_update().get(pk=paper.pk)
    if present.withdrawn_at is None:
        give_reason(reason)
        present.withdrawn_at, present.withdrawn_because = at, reason
        present.save(update_fields=["withdrawn_at", "withdrawn_because"])
    return present
