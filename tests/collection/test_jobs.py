"""Uploads in a process of their own: true progress, cancellation, and kill -9 at several points."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.scope import scope
from collection.choices import UploadState
from collection.models import FactsStep, Upload, UploadContent, UploadRow
from collection.selectors.upload_jobs import progress_of
from collection.services import jobs, uploads
from collection.services.jobs import Frame
from collection.services.uploads import UploadError, cancel, restart, start_upload, take
from communities.models import AnnualFacts, Community
from tests.factories import make_community, make_round, make_user

pytestmark = pytest.mark.django_db(transaction=True)
FRAME = Frame("/imports/new/", "r-1")
CODES = [f"371502001{number:03d}" for number in range(1, 7)]
# where a job waits while another connection holds what the statement locks
READS_FACTS = "LOCK TABLE communities_annualfacts IN ACCESS EXCLUSIVE MODE"
AFTER_INSERT = "SELECT stamp FROM communities_factsversion WHERE year = 2026 FOR UPDATE"
MARKS_ROWS = "SELECT id FROM collection_uploadrow FOR UPDATE"


@pytest.fixture
def officer(monkeypatch: pytest.MonkeyPatch) -> Iterator[User]:
    """A district's officer with six communities; every upload counts as a large one."""
    monkeypatch.setenv("DATABASE_URL", database_url(settings.APP_DATABASE))
    monkeypatch.setenv("DATABASE_OWNER_URL", database_url())
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings")
    large(monkeypatch)
    user = make_user("district_officer", "371502")
    for code in CODES:
        make_community(code, f"社区{code[-1]}居委会")
    today = timezone.localdate()
    make_round(
        opens_on=today, closes_on=today + timedelta(days=9), year=2026,
        reference_on=date(2026, 6, 30),
    )  # fmt: skip
    # a year without facts has no stamp yet that another connection could hold
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT bump_facts_version(ARRAY[2026]::smallint[])")
        cursor.execute("SET ROLE gov_app")
    yield user
    wait_for(lambda: not jobs_alive())


def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every upload counts as a large one."""
    monkeypatch.setattr(uploads, "SMALL_ROWS", 0)
    monkeypatch.setattr(uploads, "SMALL_BYTES", 0)


def database_url(account: dict[str, str] | None = None) -> str:
    """The tests' database, as its owner or as another account."""
    known = connection.settings_dict | (account or {})
    user, password = quote(known["USER"]), quote(known["PASSWORD"] or "", safe="")
    where = f"?host={quote(known['HOST'], safe='')}&port={known['PORT'] or 5432}"
    return f"postgres://{user}:{password}@/{known['NAME']}{where}"


def jobs_alive() -> list[int]:
    """Database processes of jobs that have not gone yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = 7401 "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return [pid for (pid,) in cursor.fetchall()]


def wait_for(there: Callable[[], Any], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The processes that were started, in order."""
    started: list[Any] = []
    popen = jobs.subprocess.Popen

    def start(*arguments: Any, **options: Any) -> Any:
        started.append(popen(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(jobs.subprocess, "Popen", start)
    return started


@contextmanager
def held(statement: str) -> Iterator[None]:
    """Another connection holds what the statement locks, so that a job waits there."""
    with psycopg.connect(database_url()) as other:
        other.execute(statement)
        yield
        other.rollback()


def begun(by: User) -> Upload:
    rows = [f"{code},{2000 + place},300" for place, code in enumerate(CODES)]
    content = "\n".join(["社区代码,常住户数,用房建筑面积", *rows])
    return start_upload(
        by=by, year=2026, source="file", name="数据.csv", content=content.encode(), options={},
        at=timezone.now(), frame=FRAME,
    )  # fmt: skip


def present(upload: Upload) -> Upload:
    return Upload.objects.get(pk=upload.pk)


def state_of(upload: Upload) -> str:
    return present(upload).state


def read(by: User) -> Upload:
    """An upload that was read in the request, as small ones are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uploads, "SMALL_ROWS", 100)
        patch.setattr(uploads, "SMALL_BYTES", 10_000)
        return begun(by)


def start_take(upload: Upload, by: User) -> None:
    take(upload=upload, by=by, at=timezone.now(), frame=FRAME)


def waits_for_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def counts() -> tuple[int, int, int, int]:
    """Facts, their history, steps, and rows that were taken."""
    return (
        AnnualFacts.objects.count(),
        AnnualFacts.pgh_event_model.objects.count(),
        FactsStep.objects.count(),
        UploadRow.objects.filter(state="taken").count(),
    )


def interrupted(upload: Upload) -> bool:
    return progress_of(present(upload), at=timezone.now()).interrupted


def test_large_upload_is_read_and_taken_by_a_process_of_its_own(
    officer: User, children: list[Any]
) -> None:
    upload = begun(officer)
    assert (upload.state, upload.counts) == (UploadState.READING, {})
    wait_for(lambda: state_of(upload) != UploadState.READING)

    upload = present(upload)
    assert (upload.state, upload.counts["new"], upload.stage) == (UploadState.READY, 6, "")
    assert not UploadContent.objects.exists()
    start_take(upload, officer)
    assert state_of(upload) == UploadState.TAKING
    with pytest.raises(UploadError, match="这份文件正在导入中"):
        start_take(upload, officer)
    wait_for(lambda: state_of(upload) != UploadState.TAKING)

    assert state_of(upload) == UploadState.DONE
    assert present(upload).finished_by == officer
    assert counts() == (6, 6, 6, 6)
    event = AnnualFacts.objects.get(code=CODES[0]).events.select_related("pgh_context").get()
    assert event.pgh_context.metadata == {"user": officer.pk, "url": FRAME.url, "request": "r-1"}
    assert [one.wait() for one in children] == [0, 0]


def test_job_killed_while_it_reads_leaves_nothing_and_begins_anew(
    officer: User, children: list[Any]
) -> None:
    with held(READS_FACTS):
        upload = begun(officer)
        wait_for(waits_for_lock)
        assert progress_of(present(upload), at=timezone.now()).running
        assert (present(upload).stage, present(upload).total_rows) == ("核对", 6)
        children[0].send_signal(signal.SIGKILL)
        children[0].wait()
    wait_for(lambda: interrupted(upload))

    assert UploadRow.objects.count() == 0
    restart(upload=upload, by=officer, at=timezone.now(), frame=FRAME)
    wait_for(lambda: state_of(upload) == UploadState.READY)
    assert UploadRow.objects.filter(state="new").count() == 6


@pytest.mark.parametrize("point", [READS_FACTS, AFTER_INSERT, MARKS_ROWS])
def test_job_killed_while_it_takes_leaves_nothing_half_done_and_begins_anew(
    officer: User, children: list[Any], point: str
) -> None:
    upload = read(officer)
    with held(point):
        start_take(upload, officer)
        wait_for(waits_for_lock)
        children[0].send_signal(signal.SIGKILL)
        children[0].wait()
    wait_for(lambda: interrupted(upload))

    assert counts() == (0, 0, 0, 0)
    assert UploadRow.objects.filter(state="new").count() == 6
    restart(upload=upload, by=officer, at=timezone.now(), frame=FRAME)
    wait_for(lambda: state_of(upload) == UploadState.DONE)
    assert counts() == (6, 6, 6, 6)


def test_database_process_killed_while_a_job_takes_leaves_nothing_half_done(
    officer: User, children: list[Any]
) -> None:
    upload = read(officer)
    with held(AFTER_INSERT):
        start_take(upload, officer)
        wait_for(waits_for_lock)
        (pid,) = jobs_alive()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", (pid,))
        assert children[0].wait() != 0
    wait_for(lambda: interrupted(upload))

    assert counts() == (0, 0, 0, 0)


@pytest.mark.parametrize("point", [AFTER_INSERT, MARKS_ROWS])
def test_job_cancelled_in_the_middle_of_a_statement_undoes_all(
    officer: User, children: list[Any], point: str
) -> None:
    upload = read(officer)
    with held(point):
        start_take(upload, officer)
        wait_for(waits_for_lock)
        cancel(upload=upload, by=officer, at=timezone.now())
        assert children[0].wait() == 0

    assert (state_of(upload), present(upload).message) == (
        UploadState.READY, "已取消这次导入，数据没有改变",
    )  # fmt: skip
    assert counts() == (0, 0, 0, 0)
    start_take(upload, officer)
    wait_for(lambda: state_of(upload) == UploadState.DONE)


def test_two_imports_of_an_office_are_not_taken_at_once(officer: User, children: list[Any]) -> None:
    first, second = read(officer), read(officer)
    with held(AFTER_INSERT):
        start_take(first, officer)
        wait_for(waits_for_lock)
        with pytest.raises(UploadError, match="本单位的另一份导入正在进行"):
            start_take(second, officer)
    wait_for(lambda: state_of(first) == UploadState.DONE)

    start_take(second, officer)
    wait_for(lambda: state_of(second) != UploadState.TAKING)
    assert counts() == (6, 6, 6, 6)
    assert UploadRow.objects.filter(upload=second, state="unchanged").count() == 6


def test_file_that_a_job_cannot_read_says_why(officer: User, children: list[Any]) -> None:
    upload = start_upload(
        by=officer, year=2026, source="file", name="数据.csv", content="甲,乙\n1,2\n".encode(),
        options={}, at=timezone.now(), frame=FRAME,
    )  # fmt: skip
    wait_for(lambda: state_of(upload) != UploadState.READING)

    assert state_of(upload) == UploadState.FAILED
    assert present(upload).message != ""
    assert not UploadContent.objects.exists()


def test_progress_is_seen_by_others_before_the_commit(officer: User, children: list[Any]) -> None:
    upload = read(officer)
    with held(MARKS_ROWS):
        start_take(upload, officer)
        wait_for(waits_for_lock)
        seen = progress_of(present(upload), at=timezone.now())
        assert (seen.stage, seen.running, seen.percent) == ("记录", True, 85)
        assert AnnualFacts.objects.count() == 0
    wait_for(lambda: state_of(upload) == UploadState.DONE)
    assert Community.objects.count() == 6


def test_job_of_nobody_is_interrupted_after_its_time_to_start(officer: User) -> None:
    with scope("0"):
        upload = Upload.objects.create(
            code="371502", year=2026, source="file", sha256="0" * 64, size=1, made_by=officer,
            made_at=timezone.now(), moved_at=timezone.now(), state="taking",
        )  # fmt: skip
    later = timezone.now() + timedelta(seconds=31)

    assert progress_of(upload, at=timezone.now()).running
    assert progress_of(upload, at=later).interrupted
    cancel(upload=upload, by=officer, at=later)
    assert state_of(upload) == UploadState.READY
