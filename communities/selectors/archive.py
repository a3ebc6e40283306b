"""电子档案 of a community: activities, meetings and deeds, found by kind, year and title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, overload

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from communities.models import ArchiveEntry, Community, Paper


@dataclass(frozen=True)
class EntryRow:
    """An entry of the archive and how many papers stand behind it."""

    id: int
    kind: str
    title: str
    happened_on: date
    organiser: str
    attendance: int | None
    papers: int


@dataclass(frozen=True)
class EntryPaper:
    """A paper of an entry."""

    id: int
    kind: str
    title: str
    file_name: str
    size: int
    uploaded_at: datetime


class Entries(Sequence[EntryRow]):
    """Rows of a search, read page by page: one query for the number, one for each slice."""

    def __init__(self, found: QuerySet[ArchiveEntry]) -> None:
        self.found = found
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            self._count = self.found.count()
        return self._count

    @overload
    def __getitem__(self, place: int) -> EntryRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[EntryRow]: ...
    def __getitem__(self, place: int | slice) -> EntryRow | list[EntryRow]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        counted = Count("papers", filter=Q(papers__withdrawn_at=None))
        return [_row(one) for one in self.found.annotate(paper_count=counted)[place]]


def archive_entries(
    user: User, community: Community, *, kind: str = "", year: int | None = None, text: str = ""
) -> Entries:
    """The entries of a community, newest first; '' and None do not filter."""
    found = ArchiveEntry.objects.for_user(user).filter(community=community)
    if kind:
        found = found.filter(kind=kind)
    if year:
        found = found.filter(happened_on__year=year)
    if text:
        found = found.filter(title__icontains=text)
    return Entries(found.order_by("-happened_on", "-id"))


def archive_years(user: User, community: Community) -> list[int]:
    """The years of a community's entries, latest first. One query."""
    found = ArchiveEntry.objects.for_user(user).filter(community=community)
    return [one.year for one in found.dates("happened_on", "year", order="DESC")]


def entry_papers(user: User, entry: ArchiveEntry) -> list[EntryPaper]:
    """The papers of an entry that were not withdrawn, newest first. One query."""
    found = Paper.objects.for_user(user).filter(archive_entry=entry, withdrawn_at=None)
    return [
        EntryPaper(
            one.pk, one.get_kind_display(), one.title, one.file_name, one.size, one.uploaded_at
        )
        for one in found.order_by("-uploaded_at", "-id")
    ]


def _row(one: Any) -> EntryRow:
    return EntryRow(
        one.pk,
        one.get_kind_display(),
        one.title,
        one.happened_on,
        one.organiser,
        one.attendance,
        one.paper_count,
    )
