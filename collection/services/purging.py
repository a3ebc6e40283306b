"""Rows of imports that ended long ago go; the records of the imports stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.messages import Note, send
from accounts.scope import WHOLE_COUNTRY, scope
from collection.choices import UploadState
from collection.models import Upload, UploadContent, UploadRow, UploadSecret

ENDED: Final = (UploadState.DONE, UploadState.CANCELLED, UploadState.FAILED)
# Whoever left an import waiting hears so many days before its rows go; kept in its options.
NOTICE: Final = timedelta(days=7)
WARNED: Final = "warned"


def purge_uploads(*, before: datetime, at: datetime, most: int | None = None) -> int:
    """Remove the rows of uploads made before a moment that ended; return how many.

    Those that wait are given up, 7 days or more after whoever uploaded them was told: what they did
    not take is not taken any more. `most`: begin with no further upload after so many rows.
    """
    removed = 0
    with scope(WHOLE_COUNTRY, command="purge_uploads"):
        _warn(before + NOTICE, at)
        _give_up(before, at)
        old = Upload.objects.filter(made_at__lt=before, state__in=ENDED)
        UploadContent.objects.filter(upload__in=old).delete()
        UploadSecret.objects.filter(upload__in=old).delete()
        held = UploadRow.objects.filter(upload__in=old).order_by("upload").distinct("upload")
        for pk in held.values_list("upload", flat=True):
            if most is not None and removed >= most:
                break
            removed += UploadRow.objects.filter(upload=pk).delete()[0]
    return removed


def _left(before: datetime) -> QuerySet[Upload]:
    """The uploads that wait since before a moment, locked; nobody works on them."""
    rows = Upload.objects.filter(made_at__lt=before).exclude(state__in=ENDED)
    idle = rows.filter(Q(moved_at__isnull=True) | Q(moved_at__lt=before))
    return idle.select_for_update(of=("self",)).select_related("made_by").order_by("pk")


@transaction.atomic
def _warn(before: datetime, at: datetime) -> None:
    notes = []
    for one in _left(before):
        if WARNED in one.options:
            continue
        one.options = {**one.options, WARNED: at.isoformat()}
        one.save(update_fields=["options"])
        address = reverse("collection:upload", args=[one.pk])
        said = f"导入“{one}”还有没处理的行，{NOTICE.days}天后清除。处理完或取消这次导入"
        notes.append(Note(one.made_by, said, address))
    send(notes=notes, at=at)


@transaction.atomic
def _give_up(before: datetime, at: datetime) -> None:
    notes = []
    for one in _left(before):
        if datetime.fromisoformat(one.options[WARNED]) > at - NOTICE:
            continue
        taken = one.finished_at is not None
        one.state = UploadState.DONE if taken else UploadState.CANCELLED
        one.message = one.message if taken else "放置太久，没有导入"
        one.moved_at = None
        one.save(update_fields=["state", "message", "moved_at"])
        address = reverse("collection:upload", args=[one.pk])
        notes.append(Note(one.made_by, f"导入“{one}”没处理的行已清除，数据没有改变", address))
    send(notes=notes, at=at)
