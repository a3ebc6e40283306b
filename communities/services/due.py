"""Acts whose effective day has come take effect, each by itself."""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass

from django.db import connection

from accounts.scope import WHOLE_COUNTRY, scope
from communities.choices import ActState, StepKind
from communities.models import ActStep, ChangeAct
from communities.services.applying import apply_act
from communities.services.plan_case import MistakesError

logger = logging.getLogger(__name__)
# pg_advisory_xact_lock(class, key): acts that take effect by themselves
LOCK_CLASS = 0x6163
FAILURE_LIMIT = 500
UNEXPECTED = "系统出错，已记入日志。告知管理员"


@dataclass(frozen=True)
class Outcome:
    """What became of a due act; failure is '' when it took effect."""

    act: int
    title: str
    failure: str


def apply_due_acts(*, on: datetime.date, at: datetime.datetime) -> list[Outcome]:
    """Let decided acts whose effective day has come take effect; return what became of each.

    Opens its own transactions, one for each act, in the order of their effective days; call it
    outside of one. What hinders an act is kept with it (failure, and a step when it is news), and
    the others go on. At most one process at a time works at an act.
    """
    with scope(WHOLE_COUNTRY):
        due = list(ChangeAct.objects.due(on).values_list("pk", "title"))
    return [Outcome(pk, title, _apply(pk, on, at)) for pk, title in due]


def _apply(pk: int, on: datetime.date, at: datetime.datetime) -> str:
    """Let one act take effect; return what hindered it, or ''."""
    try:
        with scope(WHOLE_COUNTRY, act=pk):
            act = _hold(pk)
            if act.state == ActState.DECIDED:
                apply_act(act=act, on=on, at=at)
            return ""
    except MistakesError as mistakes:
        failure = str(mistakes)
    except Exception:
        logger.exception("act %s could not take effect", pk)
        failure = UNEXPECTED
    _keep_failure(pk, failure[:FAILURE_LIMIT], at)
    return failure


def _hold(pk: int) -> ChangeAct:
    """The act, at which no other process works until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", (LOCK_CLASS, pk % 2**31))
    act: ChangeAct = ChangeAct.objects.get(pk=pk)
    return act


def _keep_failure(pk: int, failure: str, at: datetime.datetime) -> None:
    with scope(WHOLE_COUNTRY, act=pk):
        act = _hold(pk)
        if act.state != ActState.DECIDED or act.failure == failure:
            return
        ChangeAct.objects.filter(pk=pk).update(failure=failure)
        ActStep.objects.create(
            act=act, code=act.code, round=act.round, kind=StepKind.FAIL, at=at, comment=failure
        )
