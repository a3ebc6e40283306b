"""Acts whose effective day has come take effect, each by itself."""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass

from django.db import OperationalError, connection

from accounts.scope import WHOLE_COUNTRY, scope
from communities.choices import ActState, StepKind
from communities.models import ActStep, ChangeAct
from communities.services.applying import apply_act
from communities.services.plan_case import MistakesError

logger = logging.getLogger(__name__)
# pg_try_advisory_xact_lock(class, key): acts that take effect by themselves
LOCK = (0x6163, 0)
FAILURE_LIMIT = 500
UNEXPECTED = "系统出错，已记入日志。告知管理员"
BUSY = "数据库正忙，稍后自动重试"
ELSEWHERE = "另一个进程正在办理，不用重做"


@dataclass(frozen=True)
class Outcome:
    """What became of a due act; failure is '' when it took effect.

    `busy`: another process is at it, or the database did not let it (a lock, a time limit); that
    says nothing of the act, and whoever asks looks again later.
    """

    act: int
    title: str
    failure: str
    busy: bool = False


def apply_due_acts(*, on: datetime.date, at: datetime.datetime) -> list[Outcome]:
    """Let decided acts whose effective day has come take effect; return what became of each.

    Opens its own transactions, one for each act, in the order of their effective days; call it
    outside of one. What hinders an act is kept with it (failure, and a step when it is news), and
    the others go on. One process at a time is at it: where another one is, this one waits for
    nothing and leaves the rest to it; the first that it leaves is busy. So is an act that a lock
    or a time limit stopped: nothing is kept with it.
    """
    with scope(WHOLE_COUNTRY):
        due = list(ChangeAct.objects.due(on).values_list("pk", "title"))
    outcomes = []
    for pk, title in due:
        failure = _apply(pk, on, at)
        outcomes.append(Outcome(pk, title, failure, busy=failure in (BUSY, ELSEWHERE)))
        if failure == ELSEWHERE:
            break
    return outcomes


def _apply(pk: int, on: datetime.date, at: datetime.datetime) -> str:
    """Let one act take effect; return what hindered it, or ''."""
    try:
        with scope(WHOLE_COUNTRY, act=pk):
            act = _hold(pk)
            if act is None:
                return ELSEWHERE
            if act.state == ActState.DECIDED:
                apply_act(act=act, on=on, at=at)
            return ""
    except MistakesError as mistakes:
        failure = str(mistakes)
    except OperationalError:
        logger.exception("act %s waits: the database is busy", pk)
        return BUSY
    except Exception:
        logger.exception("act %s could not take effect", pk)
        failure = UNEXPECTED
    try:
        _keep_failure(pk, failure[:FAILURE_LIMIT], at)
    except OperationalError:
        logger.exception("why act %s could not take effect was not kept", pk)
    return failure


def _hold(pk: int) -> ChangeAct | None:
    """The act, at which no other process works until the transaction ends; None: one does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK)
        (mine,) = cursor.fetchone()
    return ChangeAct.objects.get(pk=pk) if mine else None


def _keep_failure(pk: int, failure: str, at: datetime.datetime) -> None:
    with scope(WHOLE_COUNTRY, act=pk):
        act = _hold(pk)
        if act is None or act.state != ActState.DECIDED or act.failure == failure:
            return
        ChangeAct.objects.filter(pk=pk).update(failure=failure)
        ActStep.objects.create(
            act=act, code=act.code, round=act.round, kind=StepKind.FAIL, at=at, comment=failure
        )
