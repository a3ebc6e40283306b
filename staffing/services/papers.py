"""Papers of acts: the file is kept under a number, its own name is not, it may name the person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from accounts.models import User
from communities.choices import FileType
from communities.services.paper_files import (
    CheckedFile,
    check_file,
    check_size,
    clean_name,
    extension_of,
)
from staffing.choices import PaperKind
from staffing.models import StaffAct, StaffPaper, StaffPaperContent

TAKEN = {FileType.PDF: "pdf", FileType.JPG: "jpg", FileType.PNG: "png"}
ACCEPTED = "PDF、JPG、PNG"
ACCEPT = ".pdf,.jpg,.jpeg,.png"


@dataclass(frozen=True)
class Given:
    """A checked file with what it is (a value of PaperKind)."""

    kind: str
    file: CheckedFile


def checked(file: File[Any], kind: str) -> CheckedFile:
    """An uploaded PDF or picture whose content is what its name says, under the name of its kind.

    Raises ValidationError with a sentence for the user, which does not repeat the file's own name.
    """
    extension = extension_of(clean_name(file.name or ""))
    name = f"{PaperKind(kind).label}.{extension}" if extension else PaperKind(kind).label
    check_size(name, file.size, limit=settings.PAPER_SIZE_LIMIT)
    file.seek(0)
    found = check_file(name, file.read(), limit=settings.PAPER_SIZE_LIMIT)
    if found.content_type not in set(TAKEN):
        raise ValidationError(f"{PaperKind(kind).label}只收{ACCEPTED}。扫描或导出成PDF再选择")
    return found


@transaction.atomic
def add_papers(
    *, act: StaffAct, papers: Iterable[Given], by: User, at: datetime
) -> list[StaffPaper]:
    """Keep files as papers of an act; one that the act has already is left out. Return the new."""
    made = []
    held = set(StaffPaper.objects.filter(act=act).values_list("sha256", flat=True))
    for one in papers:
        if one.file.sha256 in held:
            continue
        held.add(one.file.sha256)
        where = {"community_id": act.community_id, "code": act.code}
        paper: StaffPaper = StaffPaper.objects.create(
            act=act,
            kind=one.kind,
            content_type=one.file.content_type,
            size=len(one.file.content),
            sha256=one.file.sha256,
            uploaded_by=by,
            uploaded_at=at,
            **where,
        )
        StaffPaperContent.objects.create(paper=paper, content=one.file.content, **where)
        made.append(paper)
    return made


def read_content(paper: StaffPaper) -> bytes | None:
    """The bytes of a paper; None where they were removed, or are not what was stored."""
    row = StaffPaperContent.objects.filter(paper=paper).first()
    content = bytes(row.content) if row else None
    return content if content and sha256(content).hexdigest() == paper.sha256 else None


def download_name(paper: StaffPaper) -> str:
    """The name under which a paper is downloaded: its number, nobody's name."""
    return f"材料-{paper.pk}.{TAKEN[FileType(paper.content_type)]}"
