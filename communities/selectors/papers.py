"""What pages show of papers: those of a community with its archive entries and acts, one paper."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from communities.choices import FileType
from communities.models import ChangeAct, Community, FormerDesignation, Lineage, Paper, PaperContent

MEGABYTE = 1024 * 1024
# What browsers show by themselves; everything else is only downloaded.
SHOWN_BY_BROWSERS = {FileType.PDF, FileType.JPG, FileType.PNG}
READS_HISTORY = ("communities.register_community", "accounts.view_accesslog")


@dataclass(frozen=True)
class PaperRow:
    """A paper as lists show it; `act` and `entry` are (key, title) of what it belongs to.

    `withdrawable`: whether it may still be taken down, by somebody who may register. `readable`:
    whether this reader may open the file, also after it was taken down.
    """

    pk: int
    kind: str
    title: str
    doc_no: str
    issued_on: datetime.date | None
    file_name: str
    file_type: str
    size: int
    size_label: str
    sha256: str
    viewable: bool
    entry: tuple[int, str] | None
    act: tuple[int, str] | None
    uploaded_by: str
    uploaded_at: datetime.datetime
    withdrawn_at: datetime.datetime | None
    withdrawn_because: str
    withdrawable: bool
    readable: bool


def size_label(size: int) -> str:
    """A size in bytes as people write it, never rounded down to a limit: 20.1MB, 3KB."""
    if size < MEGABYTE:
        return f"{-(-size // 1024)}KB"
    tenths = -(-size * 10 // MEGABYTE)
    return f"{tenths // 10}.{tenths % 10}MB"


def reads_history(user: User) -> bool:
    """Whether a person may read papers that were taken down: who registers, and who audits."""
    return any(user.has_perm(right) for right in READS_HISTORY)


def act_keys_of(user: User, community: Community) -> list[int]:
    """The keys of acts in the user's scope that concern a community; shape: latest first.

    Those whose plan names it, that made it, or by which others became it. Three queries.
    """
    former = FormerDesignation.objects.filter(community=community).values_list("code", flat=True)
    kin = Lineage.objects.filter(community=community).values_list("act_id", flat=True)
    concerned = Q(plan__contains={"communities": [community.pk]}) | Q(pk__in=list(kin))
    for code in {community.code, *former}:
        made = {"successors": [{"code": code}]}
        concerned |= Q(plan__contains=made, effective_on=community.valid_from)
    acts = ChangeAct.objects.for_user(user).filter(concerned)
    return list(acts.order_by("-pk").values_list("pk", flat=True))


def papers_of(
    user: User, community: Community, *, kind: str = "", withdrawn: bool = False
) -> QuerySet[Paper]:
    """Papers of a community, of its archive entries and of acts that concern it, newest first.

    In the user's scope; of one kind, or of all for ''; with those taken down on request. The
    bytes are not among them. Three queries, and one when read.
    """
    acts = act_keys_of(user, community)
    papers: QuerySet[Paper] = (
        Paper.objects.for_user(user)
        .filter(Q(community=community) | Q(act_id__in=acts))
        .select_related("community", "uploaded_by", "archive_entry", "act")
        .defer("act__plan", "act__table")
    )
    if kind:
        papers = papers.filter(kind=kind)
    return papers if withdrawn else papers.filter(withdrawn_at=None)


def get_paper(user: User, pk: int) -> Paper | None:
    """A paper in the user's scope, or None; one that was taken down only for its history.

    Those of an act are for whom the act is. One query, for a paper of an act one more.
    """
    found: Paper | None = (
        Paper.objects.for_user(user)
        .select_related("community", "archive_entry", "act")
        .defer("act__plan", "act__table")
        .filter(pk=pk)
        .first()
    )
    if found is None or (found.withdrawn_at and not reads_history(user)):
        return None
    acts = ChangeAct.objects.for_user(user)
    if found.act_id is not None and not acts.filter(pk=found.act_id).exists():
        return None
    return found


def read_content(paper: Paper) -> bytes | None:
    """The bytes of a paper that get_paper gave, or None when they are not there. One query."""
    rows = PaperContent.objects.filter(code=paper.code, sha256=paper.sha256)
    found = rows.values_list("content", flat=True).first()
    return None if found is None else bytes(found)


def withdrawable(paper: Paper, on: datetime.date) -> bool:
    """Whether a paper may still be taken down on a day.

    Of an act: while the proposer still works at it; of a community: while it has not ended.
    """
    if paper.withdrawn_at:
        return False
    if paper.act:
        return paper.act.state in ("draft", "returned")
    until = paper.community.valid_until if paper.community else None
    return until is None or until > on


def paper_row(paper: Paper, *, user: User, on: datetime.date) -> PaperRow:
    """A paper as lists show it to a person on a day; no query when its relations are loaded."""
    kind = FileType(paper.content_type)
    return PaperRow(
        pk=paper.pk,
        kind=paper.get_kind_display(),
        title=paper.title,
        doc_no=paper.doc_no,
        issued_on=paper.issued_on,
        file_name=paper.file_name,
        file_type=kind.label,
        size=paper.size,
        size_label=size_label(paper.size),
        sha256=paper.sha256,
        viewable=kind in SHOWN_BY_BROWSERS,
        entry=(paper.archive_entry.pk, paper.archive_entry.title) if paper.archive_entry else None,
        act=(paper.act.pk, paper.act.title) if paper.act else None,
        uploaded_by=paper.uploaded_by.display_name,
        uploaded_at=paper.uploaded_at,
        withdrawn_at=paper.withdrawn_at,
        withdrawn_because=paper.withdrawn_because,
        withdrawable=withdrawable(paper, on),
        readable=paper.withdrawn_at is None or reads_history(user),
    )
