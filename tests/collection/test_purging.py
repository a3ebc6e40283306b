"""Rows of imports that ended long ago go; the records stay."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from accounts.daily import do_daily_jobs
from accounts.models import Message, User
from collection.models import Upload, UploadContent, UploadRow
from collection.services.purging import purge_uploads

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 10, 2, 0, tzinfo=UTC)
NOW = AT + timedelta(days=90)


def make(by: User, state: str, made_at: datetime = AT, **overrides: Any) -> Upload:
    upload = Upload.objects.create(
        code="371502001", year=2026, source="paste", sha256="0" * 64, size=1, made_by=by,
        made_at=made_at, state=state, counts={"taken": 1}, **overrides,
    )  # fmt: skip
    UploadContent.objects.create(upload=upload, code="371502001", content=b"x")
    UploadRow.objects.create(upload=upload, code="371502001", number=2, state="taken")
    return upload


def test_rows_of_old_uploads_go_and_their_records_stay(clerk: User) -> None:
    old = make(clerk, "done")
    new = make(clerk, "done", AT + timedelta(days=2))

    assert purge_uploads(before=AT + timedelta(days=1), at=NOW) == 1

    assert list(UploadRow.objects.values_list("upload", flat=True)) == [new.pk]
    assert list(UploadContent.objects.values_list("upload", flat=True)) == [new.pk]
    old.refresh_from_db()
    assert (old.state, old.counts) == ("done", {"taken": 1})


@pytest.mark.parametrize(
    ("state", "finished_at", "after"),
    [("ready", None, "cancelled"), ("ready", AT, "done"), ("reading", None, "cancelled")],
)
def test_uploads_that_were_left_alone_are_given_up_a_week_after_their_owner_was_told(
    clerk: User, state: str, finished_at: datetime | None, after: str
) -> None:
    upload = make(clerk, state, finished_at=finished_at)

    purge_uploads(before=AT + timedelta(days=1), at=NOW)

    upload.refresh_from_db()
    assert (upload.state, UploadRow.objects.count()) == (state, 1)
    assert list(Message.objects.values_list("to", "text", "url")) == [
        (clerk.pk, f"导入“{upload}”还有没处理的行，7天后清除。处理完或取消这次导入",
         f"/imports/{upload.pk}/")
    ]  # fmt: skip

    purge_uploads(before=AT + timedelta(days=7), at=NOW + timedelta(days=6))

    assert (UploadRow.objects.count(), Message.objects.count()) == (1, 1)

    purge_uploads(before=AT + timedelta(days=8), at=NOW + timedelta(days=7))

    upload.refresh_from_db()
    assert upload.state == after
    assert not UploadRow.objects.exists()
    assert Message.objects.latest("pk").text == f"导入“{upload}”没处理的行已清除，数据没有改变"


def test_no_further_upload_is_begun_after_so_many_rows(clerk: User) -> None:
    for _ in range(3):
        make(clerk, "done")

    assert purge_uploads(before=AT + timedelta(days=1), at=NOW, most=2) == 2
    assert purge_uploads(before=AT + timedelta(days=1), at=NOW, most=2) == 1


def test_first_request_of_a_day_tidies_up(clerk: User) -> None:
    make(clerk, "done", datetime(2020, 1, 1, tzinfo=UTC))

    do_daily_jobs(on=NOW.date(), at=NOW)

    assert not UploadRow.objects.exists()


def test_command_says_how_many_rows_it_removed(clerk: User, capsys: Any) -> None:
    make(clerk, "done", datetime(2020, 1, 1, tzinfo=UTC))

    call_command("purge_uploads")

    assert capsys.readouterr().out == "已清除1行 · Removed 1 rows\n"
