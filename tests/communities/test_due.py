"""Acts take effect by themselves on their day: once, whoever comes first, and one by one."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from threading import Barrier, Event
from time import monotonic
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.scope import scope
from communities.models import ActStep, ChangeAct, Community, Lineage
from communities.services.due import ELSEWHERE, LOCK, Outcome, apply_due_acts
from communities.services.plans import DivisionChange
from config.middleware import DailyJobsMiddleware
from tests.change_acts import AT, EFFECTIVE, begins, goes_on, make_act, make_plan, merging
from tests.factories import as_owner, make_community

A, B, NEW = "371502001001", "371502001002", "371502001009"


def renaming(code: str = A, name: str = "古楼社区居委会", **overrides: Any) -> ChangeAct:
    one = make_community(code, f"{code[9:]}社区居委会")
    plan = make_plan([one], [goes_on(one, name=name)])
    return make_act("rename", plan, title=f"{code}更名", **overrides)


@pytest.mark.django_db
def test_due_acts_take_effect_in_the_order_of_their_days() -> None:
    second = renaming()
    first = renaming(B, "新湖社区居委会", effective_on=EFFECTIVE - timedelta(days=1))
    renaming(NEW, effective_on=EFFECTIVE + timedelta(days=1))
    make_act("rename", make_plan([], []), "reviewed")

    assert apply_due_acts(on=EFFECTIVE, at=AT) == [
        Outcome(first.pk, f"{B}更名", ""),
        Outcome(second.pk, f"{A}更名", ""),
    ]
    assert apply_due_acts(on=EFFECTIVE, at=AT) == []
    steps = ActStep.objects.order_by("id").values_list("act", "kind", "by", "at")
    assert list(steps) == [(first.pk, "apply", None, AT), (second.pk, "apply", None, AT)]


@pytest.mark.django_db
def test_failed_act_says_why_once_and_does_not_stop_the_others() -> None:
    one, other = make_community(A), make_community(B, "湖南社区居委会")
    plan = merging([one, other], begins(NEW, "光岳社区居委会"), [5, 5])
    failing = make_act("merge", plan, title="合并")
    make_community(NEW, "后来的社区居委会")
    good = renaming("371502001020", effective_on=EFFECTIVE + timedelta(days=1))
    reason = f"代码{NEW}已由后来的社区使用。换一个没有用过的代码"

    outcomes = apply_due_acts(on=EFFECTIVE + timedelta(days=1), at=AT)
    again = apply_due_acts(on=EFFECTIVE + timedelta(days=2), at=AT)

    assert outcomes == [
        Outcome(failing.pk, "合并", reason),
        Outcome(good.pk, "371502001020更名", ""),
    ]
    assert again == outcomes[:1]
    failing.refresh_from_db()
    assert (failing.state, failing.failure) == ("decided", reason)
    steps = ActStep.objects.filter(act=failing).values_list("kind", "comment", "by")
    assert list(steps) == [("fail", reason, None)]
    assert Community.objects.get(pk=one.pk).valid_until is None


@pytest.mark.django_db
def test_act_mended_after_a_failure_takes_effect_and_drops_it() -> None:
    act = renaming()
    blocker = make_community("371502001030", "古楼社区居委会")
    apply_due_acts(on=EFFECTIVE, at=AT)
    Community.objects.filter(pk=blocker.pk).update(name="另一社区居委会")

    assert apply_due_acts(on=EFFECTIVE, at=AT) == [Outcome(act.pk, act.title, "")]

    act.refresh_from_db()
    assert (act.state, act.failure) == ("applied", "")


@pytest.mark.django_db
def test_fault_of_the_program_is_kept_in_plain_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    act = renaming()
    act.plan.pop("successors")
    with scope("0"):
        ChangeAct.objects.filter(pk=act.pk).update(plan=act.plan)

    assert apply_due_acts(on=EFFECTIVE, at=AT) == [
        Outcome(act.pk, act.title, "系统出错，已记入日志。告知管理员")
    ]
    assert [record.exc_info[0] for record in caplog.records] == [KeyError]


@pytest.mark.django_db
def test_command_says_what_became_of_each_act() -> None:
    act = renaming()
    out = StringIO()
    with time_machine.travel(EFFECTIVE):
        call_command("apply_due_acts", stdout=out)

    assert out.getvalue() == f"{act.pk} {A}更名: in effect\n"


@pytest.mark.django_db
def test_command_fails_when_an_act_could_not_take_effect() -> None:
    renaming(name="另一社区居委会")
    make_community("371502001030", "另一社区居委会")

    with (
        time_machine.travel(EFFECTIVE),
        pytest.raises(CommandError, match="1 of 1 acts could not take effect"),
    ):
        call_command("apply_due_acts", stdout=StringIO())


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_midnight_apply_an_act_once() -> None:
    one, other = make_community(A), make_community(B, "湖南社区居委会")
    act = make_act("merge", merging([one, other], begins(NEW, "光岳社区居委会"), [5, 5]))
    barrier = Barrier(4)

    def work(_: int) -> list[Outcome]:
        try:
            barrier.wait()
            return apply_due_acts(on=EFFECTIVE, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        outcomes = [one for found in pool.map(work, range(4)) for one in found]

    assert {one.failure for one in outcomes} <= {"", ELSEWHERE}
    assert "" in {one.failure for one in outcomes}
    with scope("0"):
        assert ActStep.objects.filter(act=act, kind="apply").count() == 1
        assert Lineage.objects.count() == 4
        assert Community.objects.filter(code=NEW).count() == 1


@contextmanager
def meanwhile(hold: Callable[[Any], object]) -> Iterator[None]:
    """While another process holds what `hold` takes with its cursor."""
    held, done = Event(), Event()

    def work() -> None:
        try:
            with scope("0"), connection.cursor() as cursor:
                hold(cursor)
                held.set()
                done.wait(20)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(work)
        try:
            assert held.wait(10)
            yield
        finally:
            done.set()
        other.result()


def hold_lock(cursor: Any) -> None:
    cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", LOCK)


def hold_rows(cursor: Any) -> None:
    cursor.execute("SELECT id FROM communities_community FOR UPDATE")


@pytest.mark.django_db(transaction=True)
def test_other_processes_go_on_at_once_while_one_applies_acts() -> None:
    act = renaming()
    second = renaming(B, "新湖社区居委会")

    with meanwhile(hold_lock):
        start = monotonic()
        assert apply_due_acts(on=EFFECTIVE, at=AT) == [
            Outcome(act.pk, act.title, "另一个进程正在办理，不用重做", busy=True)
        ]
        assert monotonic() - start < 2

    assert [one.act for one in apply_due_acts(on=EFFECTIVE, at=AT)] == [act.pk, second.pk]


@pytest.mark.django_db(transaction=True)
def test_act_stopped_by_a_lock_or_time_limit_has_not_failed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    act = renaming()

    with meanwhile(hold_rows), short_limit():
        outcomes = apply_due_acts(on=EFFECTIVE, at=AT)

    assert outcomes == [Outcome(act.pk, act.title, "数据库正忙，稍后自动重试", busy=True)]
    assert [record.getMessage() for record in caplog.records] == [
        f"act {act.pk} waits: the database is busy"
    ]
    with scope("0"):
        act.refresh_from_db()
        assert (act.state, act.failure, act.steps.count()) == ("decided", "", 0)
    assert apply_due_acts(on=EFFECTIVE, at=AT) == [Outcome(act.pk, act.title, "")]


@contextmanager
def short_limit() -> Iterator[None]:
    """Statements of this connection that take longer than a moment are stopped."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '300ms'")
    try:
        yield
    finally:
        connection.close()


NAME = "config.middleware.DailyJobsMiddleware"


@pytest.fixture
def started(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has just started, with the middleware that the tests else do without."""
    settings.MIDDLEWARE = [NAME, *settings.MIDDLEWARE]
    monkeypatch.setattr(DailyJobsMiddleware, "looked_on", None)
    monkeypatch.setattr(DailyJobsMiddleware, "rests_until", None)


def ask(moment: str) -> int:
    """The queries of a request at a moment that concern acts."""
    with time_machine.travel(moment, tick=False), CaptureQueriesContext(connection) as asked:
        assert Client().get(reverse("accounts:login")).status_code == 200
    return sum("communities_changeact" in one["sql"] for one in asked.captured_queries)


@pytest.mark.django_db
@pytest.mark.usefixtures("started")
def test_process_looks_at_its_first_request_of_each_day_in_china() -> None:
    act = renaming()

    looked = [
        bool(ask(moment))
        for moment in (
            "2027-02-28 15:58:00+00:00",
            "2027-02-28 15:59:59+00:00",
            "2027-02-28 16:00:01+00:00",
            "2027-03-01 15:59:59+00:00",
        )
    ]

    assert looked == [True, False, True, False]
    act.refresh_from_db()
    assert act.state == "applied"
    assert act.applied_at == datetime(2027, 2, 28, 16, 0, 1, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.usefixtures("started")
def test_request_is_answered_and_the_next_one_looks_again_where_the_look_failed() -> None:
    act = renaming()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("REVOKE SELECT ON communities_changeact FROM gov_app")
    ask("2027-03-01 01:00:00+00:00")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("GRANT SELECT ON communities_changeact TO gov_app")

    ask("2027-03-01 01:00:01+00:00")

    act.refresh_from_db()
    assert act.state == "applied"


@pytest.mark.django_db
@pytest.mark.usefixtures("started")
def test_act_has_taken_effect_for_the_request_that_finds_it(browse: Any, clerk: User) -> None:
    one = make_community(A)
    division = DivisionChange("371502001", "371502015", "光岳街道")
    plan = make_plan([one], [goes_on(one, code="371502015001")], divisions=(division,))
    make_act("recode", plan)

    with time_machine.travel(datetime(2027, 3, 1, 9, 0, tzinfo=UTC), tick=False):
        page = browse(clerk).get("/communities/")

    assert "371502015001" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("started")
def test_second_thread_goes_on_while_one_looks() -> None:
    act = renaming()

    with DailyJobsMiddleware.lock:
        assert ask("2027-03-01 01:00:00+00:00") == 0
    assert ask("2027-03-01 01:00:01+00:00") > 0

    act.refresh_from_db()
    assert act.state == "applied"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("started")
def test_process_looks_again_after_a_pause_where_the_database_was_too_busy() -> None:
    act = renaming()

    with meanwhile(hold_rows), short_limit():
        looked = [
            bool(ask(moment))
            for moment in (
                "2027-03-01 01:00:00+00:00",
                "2027-03-01 01:04:59+00:00",
            )
        ]
    looked.append(bool(ask("2027-03-01 01:05:00+00:00")))
    looked.append(bool(ask("2027-03-01 01:05:01+00:00")))

    assert looked == [True, False, True, False]
    with scope("0"):
        act.refresh_from_db()
    assert act.state == "applied"
