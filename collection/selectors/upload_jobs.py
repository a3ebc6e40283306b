"""Whether somebody works on an upload now: who does holds the advisory lock of its number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from collection.choices import UploadState
from collection.models import Upload

# First of the two numbers of an advisory lock: of an upload, of an office that takes one.
OF_UPLOAD: Final = 7_401
OF_OFFICE: Final = 7_402
# A job of its own process needs some seconds until it holds the lock.
STARTS_WITHIN: Final = timedelta(seconds=30)
AT_WORK: Final = (UploadState.READING, UploadState.TAKING)
# The part of the whole work that each stage is, in percent: as measured with a country's file.
# What follows the last row (the records, the commit) keeps the rest.
SHARES: Final = {
    "读取文件": (0, 25), "核对": (25, 98),
    "整理": (0, 40), "写入": (40, 85), "记录": (85, 98),
}  # fmt: skip
HOLDER: Final = """
    SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND classid = %s AND objid = %s AND objsubid = 2
"""


@dataclass(frozen=True)
class Progress:
    """How far the work on an upload is: done of total rows of a stage; 0 where nothing is known."""

    stage: str = ""
    done: int = 0
    total: int = 0
    running: bool = False
    interrupted: bool = False

    @property
    def percent(self) -> int:
        """Whole percents of all stages that are done; never 100 before all is committed."""
        first, last = SHARES.get(self.stage, (0, 98))
        return first + (last - first) * min(self.done, self.total) // (self.total or 1)


def holder_of(upload: Upload) -> int | None:
    """The database process that works on an upload, None where nobody does. One query."""
    with connection.cursor() as cursor:
        cursor.execute(HOLDER, (OF_UPLOAD, upload.pk))
        row = cursor.fetchone()
    return row[0] if row else None


def progress_of(upload: Upload, *, at: datetime) -> Progress:
    """How far the work is, and whether it was interrupted. One query while there is work."""
    if upload.state not in AT_WORK:
        return Progress()
    starting = upload.moved_at is not None and at - upload.moved_at < STARTS_WITHIN
    running = holder_of(upload) is not None or starting
    return Progress(
        stage=upload.stage,
        done=upload.done_rows,
        total=upload.total_rows,
        running=running,
        interrupted=not running,
    )
