"""Jobs of the day: each is done, whatever becomes of the others."""

import logging
from datetime import UTC, date, datetime

import pytest

from accounts import daily
from accounts.daily import add_daily_job, do_daily_jobs

ON, AT = date(2026, 11, 22), datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def test_job_that_fails_is_logged_and_hinders_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[object] = []

    def failing(on: date, at: datetime) -> None:
        raise ValueError(on)

    monkeypatch.setattr(daily, "_jobs", {})
    add_daily_job(failing, failed="the first could not be done")
    for _ in range(2):  # added twice, done once
        add_daily_job(lambda on, at: done.append((on, at)), failed="nor the second")

    with caplog.at_level(logging.ERROR):
        do_daily_jobs(on=ON, at=AT)

    assert done == [(ON, AT)]
    assert caplog.messages == ["the first could not be done"]
