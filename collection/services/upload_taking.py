"""Taking the good rows of an upload: one office at a time, one transaction, and its record."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

from accounts.models import User
from collection.choices import UploadState
from collection.models import Upload
from collection.selectors.upload_jobs import OF_OFFICE
from collection.services.upload_kinds import Progress, Taken, kind_of, task_of
from collection.services.upload_rows import judge_again, recount

TRIES: Final = 3


class UploadError(Exception):
    """What cannot be done with an upload now; the message is for the user."""


class MovedError(Exception):
    """Somebody else wrote a record of the same kind while it was taken: look again."""


def take_rows(upload: Upload, *, by: User, at: datetime, progress: Progress) -> None:
    """Take the rows that are new or changed, in the caller's transaction, and write the record.

    Rows whose records changed since they were judged are judged anew and wait. Raises UploadError
    where another import of the office is being taken.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", (OF_OFFICE, upload.code)
        )
        if not cursor.fetchone()[0]:
            raise UploadError("本单位的另一份导入正在进行。等它结束再导入")
    task = task_of(upload, by, at)
    taken = _taken(upload, by, at, progress)
    if taken.stale:
        judge_again(task, taken.stale)
    counts = upload.counts
    for name, number in (("taken_new", taken.new), ("taken_changed", taken.changed)):
        counts[name] = counts.get(name, 0) + number
    upload.state, upload.stage, upload.moved_at = UploadState.READY, "", None
    upload.finished_by, upload.finished_at = by, at
    upload.message = _words(taken)[:500]
    upload.save()
    recount(upload)


def _taken(upload: Upload, by: User, at: datetime, progress: Progress) -> Taken:
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return kind_of(upload).take(task_of(upload, by, at), progress)
        except MovedError:
            if not left:
                raise UploadError("这些数据正被别人修改。稍后再导入") from None
        except OperationalError as error:
            # somebody holds what we wait for, and waits for what we hold: their turn
            if not left or not isinstance(error.__cause__, DeadlockDetected):
                raise
    raise AssertionError("every try returns or raises")


def _words(taken: Taken) -> str:
    """What was done, in one sentence."""
    parts = [f"导入{taken.new + taken.changed:,}行：新增{taken.new:,}，有变化{taken.changed:,}"]
    if taken.stale:
        parts.append(f"{len(taken.stale):,}行核对以后又有了变化，没有导入，重新核对后再导入")
    return "；".join([*parts, *taken.notes])
