"""Streets are reminded by hand, not twice in a day, and by the calendar, once for every day."""

import logging
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from accounts.models import Message, User
from collection.models import Extension, Reminder, Round
from collection.services import reminders
from collection.services.reminders import remind, send_due_reminders
from collection.services.rounds import RoundError
from config.middleware import DailyJobsMiddleware
from tests.factories import make_community, make_facts, make_round

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
ON = date(2026, 11, 20)
GULOU, LIUYUAN = "371502001", "371502002"


@pytest.fixture
def three() -> None:
    """Two communities of 古楼, one confirmed, and one of 柳园."""
    make_facts(make_community(), status="confirmed")
    make_community("371502001002", "柳湖社区居委会")
    make_community("371502002001", "柳园社区居委会")


def told(user: User) -> list[str]:
    return list(Message.objects.for_user(user).order_by("pk").values_list("text", flat=True))


def by_hand(one: Round, by: User, *streets: str, at: datetime = AT) -> tuple[list[str], list[str]]:
    done = remind(one=one, prefix=one.code, streets=streets, by=by, on=at.date(), at=at)
    return [line.code for line in done.told], [line.code for line in done.rested]


# by hand


@pytest.mark.usefixtures("three")
def test_remind_all_then_late_streets_are_told_and_it_is_kept(
    clerk: User, reviewer: User, clerk_elsewhere: User, district_officer: User
) -> None:
    make_facts(make_community("371502003001", "全交社区居委会"), status="submitted")

    assert by_hand(make_round(), district_officer) == ([GULOU, LIUYUAN], [])

    text = "2026年度社区数据填报还剩10天，2026-11-30截止，1个社区还没有提交"
    assert [told(one) for one in (clerk, clerk_elsewhere, reviewer)] == [[text], [text], []]
    assert list(Reminder.objects.values_list("code", "unfinished", "by", "at")) == [
        (GULOU, 1, district_officer.pk, AT),
        (LIUYUAN, 1, district_officer.pk, AT),
    ]


@pytest.mark.usefixtures("three")
def test_remind_again_within_24_hours_leaves_the_street_out(
    clerk: User, district_officer: User
) -> None:
    one = make_round()
    by_hand(one, district_officer, GULOU)

    later = AT + timedelta(hours=23, minutes=59)
    assert by_hand(one, district_officer, at=later) == ([LIUYUAN], [GULOU])
    assert len(told(clerk)) == 1
    assert by_hand(one, district_officer, GULOU, at=AT + timedelta(hours=24)) == ([GULOU], [])


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_remind_of_a_round_that_is_not_open_is_refused(district_officer: User, state: str) -> None:
    with pytest.raises(RoundError, match="不用催办"):
        by_hand(make_round(state=state), district_officer)


# by the calendar


def days_told(one: Round, days: list[str]) -> list[str]:
    found = []
    for day in days:
        on = date.fromisoformat(day)
        at = datetime(on.year, on.month, on.day, 1, tzinfo=UTC)
        if send_due_reminders(on=on, at=at):
            found.append(day)
    return found


@pytest.mark.usefixtures("three")
def test_calendar_reminds_7_3_and_1_days_before_and_on_the_day_after() -> None:
    one = make_round()
    days = [f"2026-11-{day}" for day in range(20, 31)] + ["2026-12-01", "2026-12-02"]

    assert days_told(one, days) == ["2026-11-23", "2026-11-27", "2026-11-29", "2026-12-01"]
    assert set(Reminder.objects.values_list("by", flat=True)) == {None}


@pytest.mark.usefixtures("three")
def test_calendar_on_the_same_day_again_tells_nobody(clerk: User) -> None:
    make_round(closes_on=date(2026, 11, 23))

    assert [send_due_reminders(on=ON, at=AT + timedelta(hours=hour)) for hour in (0, 5)] == [2, 0]
    assert told(clerk) == ["2026年度社区数据填报还剩3天，2026-11-23截止，1个社区还没有提交"]


@pytest.mark.usefixtures("three")
def test_calendar_counts_a_street_s_own_last_day(district_officer: User) -> None:
    one = make_round(closes_on=date(2026, 11, 23))
    Extension.objects.create(
        round=one, code=GULOU, closes_on=date(2026, 11, 30), reason="甲", by=district_officer, at=AT
    )

    assert send_due_reminders(on=ON, at=AT) == 1
    assert list(Reminder.objects.values_list("code", flat=True)) == [LIUYUAN]


@pytest.mark.usefixtures("three")
def test_calendar_finds_an_extended_street_after_the_round_s_own_last_day(
    district_officer: User,
) -> None:
    one = make_round(closes_on=date(2026, 11, 10))
    Extension.objects.create(
        round=one, code=GULOU, closes_on=date(2026, 11, 23), reason="甲", by=district_officer, at=AT
    )

    assert send_due_reminders(on=ON, at=AT) == 1
    assert list(Reminder.objects.values_list("code", flat=True)) == [GULOU]


@pytest.mark.parametrize(
    "values",
    [
        {"state": "draft"},
        {"state": "closed"},
        {"opens_on": date(2026, 11, 21)},
        {"street_codes": ["371502003"]},
    ],
)
@pytest.mark.usefixtures("three")
def test_calendar_leaves_rounds_alone_that_nobody_fills_in(values: dict[str, Any]) -> None:
    make_round(**({"closes_on": date(2026, 11, 23)} | values))

    assert send_due_reminders(on=ON, at=AT) == 0


def test_calendar_leaves_a_street_alone_that_is_through(clerk: User) -> None:
    make_facts(make_community(), status="confirmed")
    make_round(closes_on=date(2026, 11, 23))

    assert send_due_reminders(on=ON, at=AT) == 0


def test_calendar_tells_each_what_waits_for_them(
    clerk: User, reviewer: User, district_officer: User, clerk_elsewhere: User
) -> None:
    make_facts(make_community(), status="submitted")
    make_facts(make_community("371502001002", "甲社区居委会"), status="reviewed")
    make_facts(make_community("371502002001", "乙社区居委会"), status="reviewed")
    make_facts(make_community("371502002002", "丙社区居委会"), status="returned")
    make_round(closes_on=date(2026, 11, 19))

    assert send_due_reminders(on=ON, at=AT) == 2

    head = "2026年度社区数据填报"
    assert told(clerk) == []
    assert told(clerk_elsewhere) == [f"{head}已于2026-11-19截止，1个社区还没有提交"]
    assert told(reviewer) == [f"{head}已于2026-11-19截止，1个社区待审核"]
    assert told(district_officer) == [f"{head}，东昌府区古楼街道等2个街道2个社区待复核"]


@pytest.mark.usefixtures("three")
def test_command_reminds_too(capsys: pytest.CaptureFixture[str]) -> None:
    make_round(closes_on=date(2026, 11, 23))

    with time_machine.travel(AT, tick=False):
        call_command("send_reminders")
        call_command("send_reminders")

    assert capsys.readouterr().out == "streets reminded: 2\nstreets reminded: 0\n"


@pytest.fixture
def started(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has just started, with the middleware that the tests else do without."""
    settings.MIDDLEWARE = ["config.middleware.DailyJobsMiddleware", *settings.MIDDLEWARE]
    monkeypatch.setattr(DailyJobsMiddleware, "looked_on", None)
    monkeypatch.setattr(DailyJobsMiddleware, "rests_until", None)


@pytest.mark.usefixtures("three", "started")
@pytest.mark.parametrize("path", ["/account/login/", "/health/"])
def test_first_request_of_a_day_reminds(clerk: User, path: str) -> None:
    make_round(closes_on=date(2026, 11, 23))

    with time_machine.travel(AT, tick=False):
        for _ in range(2):
            assert Client().get(path).status_code == 200

    assert len(told(clerk)) == 1


@pytest.mark.usefixtures("three", "started")
def test_request_is_answered_where_reminding_fails(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_round(closes_on=date(2026, 11, 23))
    # a table that is not there: what any failure of the database looks like
    monkeypatch.setattr(reminders, "REMINDING", "not a number")

    with time_machine.travel(AT, tick=False), caplog.at_level(logging.ERROR):
        assert Client().get("/account/login/").status_code == 200

    assert "streets could not be reminded" in caplog.messages
