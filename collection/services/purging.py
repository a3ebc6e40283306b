"""Rows of imports that ended long ago go; the records of the imports stay."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from accounts.scope import WHOLE_COUNTRY, scope
from collection.choices import UploadState
from collection.models import Upload, UploadContent, UploadRow

ENDED = (UploadState.DONE, UploadState.CANCELLED, UploadState.FAILED)


def purge_uploads(*, before: datetime) -> int:
    """Remove the rows of uploads that ended, or were left alone, before a moment; return how many.

    Those left alone are given up: what they did not take is not taken any more.
    """
    with scope(WHOLE_COUNTRY, command="purge_uploads"):
        left = Upload.objects.filter(made_at__lt=before).exclude(state__in=ENDED)
        left = left.filter(Q(moved_at__isnull=True) | Q(moved_at__lt=before))
        left.filter(finished_at__isnull=False).update(state=UploadState.DONE, moved_at=None)
        left.update(state=UploadState.CANCELLED, moved_at=None, message="放置太久，没有导入")
        old = Upload.objects.filter(made_at__lt=before, state__in=ENDED).values("pk")
        UploadContent.objects.filter(upload__in=old).delete()
        removed, _ = UploadRow.objects.filter(upload__in=old).delete()
    return removed
