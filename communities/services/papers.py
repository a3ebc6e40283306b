"""Writes of papers: keeping an uploaded file, taking it down, moving it with its community."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from accounts.models import User
from accounts.scope import give_reason
from communities.choices import ActState
from communities.models import ArchiveEntry, ChangeAct, Community, Paper, PaperContent
from communities.services.paper_files import CheckedFile, check_file, check_size, clean_name
from communities.typed import check_no_identity_number


def checked(file: CheckedFile | File[Any]) -> CheckedFile:
    """Return an uploaded file whose content is what its name says.

    Raises ValidationError with a sentence for the user, also for a name with an identity number.
    """
    if isinstance(file, CheckedFile):
        return file
    limit = settings.PAPER_SIZE_LIMIT
    name = file.name or ""
    _check_name(name)
    check_size(clean_name(name), file.size, limit=limit)  # before its bytes are read
    file.seek(0)
    return check_file(name, file.read(), limit=limit)


def _check_name(name: str) -> None:
    try:
        check_no_identity_number(name)
    except ValidationError as wrong:
        raise ValidationError(f"文件名{wrong.messages[0]}") from wrong


@transaction.atomic
def add_paper(
    *,
    by: User,
    at: datetime.datetime,
    file: CheckedFile | File[Any],
    kind: str,
    title: str = "",
    doc_no: str = "",
    issued_on: datetime.date | None = None,
    community: Community | None = None,
    archive_entry: ArchiveEntry | None = None,
    act: ChangeAct | None = None,
) -> Paper:
    """Keep a file as a paper of a community, of an archive entry or of an act; return the paper.

    Its code is that of the community or act; without a title it is called like the file. The bytes
    are stored once for a code and hash. Raises ValidationError when the file is not what its name
    says. A file that is there already is a second paper: PaperForm asks same_paper first.
    """
    found = checked(file)
    owner = _owner(archive_entry.community if archive_entry else community, act)
    keep_content(code=owner.code, file=found)
    paper: Paper = Paper.objects.create(
        code=owner.code,
        community=owner if isinstance(owner, Community) else None,
        archive_entry=archive_entry,
        act=act,
        kind=kind,
        title=(title or found.stem)[:100],
        doc_no=doc_no,
        issued_on=issued_on,
        file_name=found.name,
        content_type=found.content_type,
        size=len(found.content),
        sha256=found.sha256,
        uploaded_by=by,
        uploaded_at=at,
    )
    return paper


def _owner(community: Community | None, act: ChangeAct | None) -> Community | ChangeAct:
    owners = [one for one in (community, act) if one is not None]
    if len(owners) != 1:
        raise ValueError("a paper belongs to one community (or its archive entry) or to one act")
    return owners[0]


def same_paper(
    file: CheckedFile,
    *,
    community: Community | None = None,
    archive_entry: ArchiveEntry | None = None,
    act: ChangeAct | None = None,
) -> Paper | None:
    """The paper of the same community, archive entry or act with the same bytes, or None.

    One that was taken down does not count; another entry or act may have the same file.
    """
    papers = Paper.objects.filter(sha256=file.sha256, withdrawn_at=None)
    if act is not None:
        found: Paper | None = papers.filter(act=act).first()
    else:
        found = papers.filter(community=community, archive_entry=archive_entry).first()
    return found


def same_sentence(file: CheckedFile, same: Paper) -> str:
    """Say which paper has the bytes of a file already."""
    return (
        f"文件“{file.name}”和已有的材料“{same.title}”（{same.file_name}）内容相同。"
        "打开已有的，或选择别的文件"
    )


def keep_content(*, code: str, file: CheckedFile) -> None:
    """Store the bytes of a file once for a code; two at one time store one row."""
    PaperContent.objects.bulk_create(
        [PaperContent(code=code, sha256=file.sha256, content=file.content)], ignore_conflicts=True
    )


@transaction.atomic
def withdraw_paper(*, paper: Paper, at: datetime.datetime, reason: str) -> Paper:
    """Take a paper down with a reason, which stays with it and in its history; return it.

    The row and the bytes stay. A paper that is down already keeps its first reason. Raises
    ValidationError for one of an act that is no longer with its proposer: others look at it now.
    """
    if paper.act_id is not None:
        act: ChangeAct = ChangeAct.objects.select_for_update().get(pk=paper.act_id)
        if act.state not in (ActState.DRAFT, ActState.RETURNED):
            raise ValidationError(f"“{act.title}”现在是{act.get_state_display()}，材料没有撤下")
    present: Paper = Paper.objects.select_for_update().get(pk=paper.pk)
    if present.withdrawn_at is None:
        give_reason(reason)
        present.withdrawn_at, present.withdrawn_because = at, reason
        present.save(update_fields=["withdrawn_at", "withdrawn_because"])
    return present


@transaction.atomic
def move_papers(*, community: Community, code: str) -> int:
    """Give the papers of a community another code, with the bytes behind; return their number.

    Called inside the transaction that re-codes the community, whose scope holds both codes; it
    does not matter whether `community.code` is the old or the new one. Bytes that the new code
    has already, or that papers of another community under the old code need too, stay there.
    """
    papers = Paper.objects.filter(community=community).exclude(code=code)
    wanted = set(papers.values_list("code", "sha256"))
    hashes = {one for _, one in wanted}
    olds = {old for old, _ in wanted}
    present = set(
        PaperContent.objects.filter(code=code, sha256__in=hashes).values_list("sha256", flat=True)
    )
    others = Paper.objects.filter(code__in=olds, sha256__in=hashes).exclude(community=community)
    needed = set(others.values_list("code", "sha256"))
    for old, one in sorted(wanted):
        if one in present:
            continue
        row = PaperContent.objects.filter(code=old, sha256=one)
        if (old, one) in needed:
            PaperContent.objects.create(code=code, sha256=one, content=row.get().content)
        else:
            row.update(code=code)
        present.add(one)
    return papers.update(code=code)


@transaction.atomic
def move_act_papers(moved: Mapping[str, str]) -> None:
    """Give the papers of acts under division codes the divisions' new codes, with the bytes behind.

    `moved` leads from old codes to new ones, which may be old ones of others. Called inside the
    transaction that re-codes the divisions, whose scope holds all of these codes.
    """
    papers = list(Paper.objects.filter(act__isnull=False, code__in=moved))
    wanted = {(moved[one.code], one.sha256): one.code for one in papers}
    codes = {*moved, *moved.values()}
    contents = PaperContent.objects.filter(code__in=codes, sha256__in={one for _, one in wanted})
    present = set(contents.values_list("code", "sha256"))
    for (code, one), old in wanted.items():
        if (code, one) in present:
            continue
        row = contents.filter(code=old, sha256=one)
        if (old, one) in wanted:
            PaperContent.objects.create(code=code, sha256=one, content=row.get().content)
        else:
            row.update(code=code)
    for paper in papers:
        paper.code = moved[paper.code]
    Paper.objects.bulk_update(papers, ["code"], batch_size=2000)
