"""Large uploads in a process of their own: started after the commit, true to the row, cancellable.

The web worker keeps its memory and its interpreter; whichever of the two is killed, the work is one
transaction and leaves nothing half done.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import QueryCanceled

from accounts.models import User
from accounts.scope import bounds, scope
from collection.choices import UploadState
from collection.models import Upload, UploadContent, UploadSecret
from collection.selectors.upload_jobs import AT_WORK, OF_UPLOAD, holder_of

logger = logging.getLogger(__name__)
SAYS_EVERY: Final = 0.3  # seconds
MOVE: Final = """
    UPDATE collection_upload SET stage = %s, done_rows = %s, total_rows = %s,
        moved_at = clock_timestamp() WHERE id = %s RETURNING cancel_asked
"""


class CancelledError(Exception):
    """Somebody asked for the work to stop."""


@dataclass(frozen=True)
class Frame:
    """The request that asked for the work, kept with the history of what it changes."""

    url: str
    request: str


class Quiet:
    """Progress of what is done within a request: nobody looks at it."""

    def step(self, stage: str, done: int, total: int) -> None:
        """Say nothing."""


class Loud:
    """Progress on a connection beside the transaction: seen at once, and hears of a cancellation.

    The rows that it names are done, although they are seen by others only with the commit.
    """

    def __init__(self, upload: Upload, beside: BaseDatabaseWrapper) -> None:
        self.upload, self.beside = upload, beside
        self.stage, self.said_at = "", 0.0

    def step(self, stage: str, done: int, total: int) -> None:
        """Say how far a stage is. Raises CancelledError where the work is to stop."""
        now = time.monotonic()
        if stage == self.stage and done < total and now - self.said_at < SAYS_EVERY:
            return
        self.stage, self.said_at = stage, now
        with self.beside.cursor() as cursor:
            cursor.execute(MOVE, (stage, done, total, self.upload.pk))
            row = cursor.fetchone()
        if row is None or row[0]:
            raise CancelledError


@contextmanager
def beside(prefix: str) -> Iterator[BaseDatabaseWrapper]:
    """A second connection that commits each statement and sees the rows of a scope."""
    second = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with second.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('app.scope_from', %s, false), "
                "set_config('app.scope_to', %s, false)",
                bounds(prefix),
            )
        yield second
    finally:
        second.close()


def hold(upload: Upload) -> bool:
    """Become the one who works on an upload until the transaction ends; False: somebody else is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (OF_UPLOAD, upload.pk))
        return bool(cursor.fetchone()[0])


def launch(upload: Upload, *, by: User, frame: Frame) -> None:
    """Start the work on an upload in a process of its own when the transaction has committed."""
    transaction.on_commit(lambda: _spawn(upload, by, frame))


def _spawn(upload: Upload, by: User, frame: Frame) -> None:
    process = subprocess.Popen(  # noqa: S603 (our own command; numbers and our own words only)
        [
            sys.executable,
            str(settings.BASE_DIR / "manage.py"),
            "run_upload",
            str(upload.pk),
            str(by.pk),
            json.dumps(asdict(frame)),
        ],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_ROLE": "app"},
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C in the server's terminal lets it finish
    )
    threading.Thread(target=_see_off, args=(process, upload), daemon=True).start()


def _see_off(process: subprocess.Popen[bytes], upload: Upload) -> None:
    """Wait for a job, so that nothing is left of it; say at once where it was killed."""
    if process.wait() == 0:
        return
    try:
        set_aside(upload)
    finally:
        connection.close()


def set_aside(upload: Upload, **values: Any) -> None:
    """Say of an upload at work that nobody works on it any more; `values`: more of its columns."""
    with scope(upload.code):
        rows = Upload.objects.filter(pk=upload.pk, state__in=AT_WORK)
        rows.update(**({"moved_at": None} | values))


def stop(upload: Upload) -> None:
    """Interrupt the statement of whoever works on an upload, when the transaction has committed."""

    def interrupt() -> None:
        pid = holder_of(upload)
        if pid is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_cancel_backend(%s)", (pid,))

    transaction.on_commit(interrupt)


def run(
    upload: Upload, *, by: User, frame: Frame, work: Callable[[Upload, User, Loud], None]
) -> None:
    """Do the work on an upload in one transaction; called in the job's own process.

    Cancelled: everything is as before the work. Other errors are raised after the upload is marked
    as interrupted.
    """
    record = {"user": by.pk, "url": frame.url, "request": frame.request}
    try:
        with beside(upload.code) as second, scope(upload.code, **record):
            _without_time_limit()
            if not hold(upload):
                return
            present = Upload.objects.get(pk=upload.pk)
            if present.state not in AT_WORK:
                return
            work(present, by, Loud(present, second))
    except CancelledError:
        after_cancelling(upload)
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled) or not _cancel_asked(upload):
            set_aside(upload)
            raise
        after_cancelling(upload)
    except BaseException:
        set_aside(upload)
        raise


def after_cancelling(upload: Upload) -> None:
    """Where an upload stands when the work on it was cancelled: not read, or not taken."""
    with scope(upload.code):
        rows = Upload.objects.filter(pk=upload.pk)
        back = {"stage": "", "moved_at": None, "done_rows": 0, "cancel_asked": False}
        rows.filter(state=UploadState.TAKING).update(
            **back, state=UploadState.READY, message="已取消这次导入，数据没有改变"
        )
        unread = rows.filter(state=UploadState.READING)
        if unread.update(**back, state=UploadState.CANCELLED, message="读取时取消，数据没有改变"):
            UploadContent.objects.filter(upload=upload).delete()
            UploadSecret.objects.filter(upload=upload).delete()


def _cancel_asked(upload: Upload) -> bool:
    with scope(upload.code):
        return Upload.objects.filter(pk=upload.pk, cancel_asked=True).exists()


def _without_time_limit() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        # a killed job is noticed in the middle of a long statement
        cursor.execute("SET LOCAL client_connection_check_interval = 1000")
