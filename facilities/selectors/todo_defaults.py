"""工作台: defaults of which no department was told, and notices that nobody answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import User
from accounts.scope import CITY
from collection.selectors.todo_lines import Todo
from facilities.choices import DefaultState
from facilities.models import BuilderDefault
from facilities.selectors.defaults import kept_notices

ISSUE = "facilities.issue_notice"
# no text sets a day for the answer: after a month somebody should ask
WAITED = timedelta(days=30)


def default_todos(user: User, on: date) -> Iterator[Todo]:
    """What open defaults ask of the offices that issue notices. Two queries at most."""
    if len(user.scope) < CITY or not user.has_perm(ISSUE):
        return
    still_open = BuilderDefault.objects.for_user(user).filter(state=DefaultState.OPEN)
    url = reverse("facilities:defaults")
    told = kept_notices().filter(default=OuterRef("pk"))
    if number := still_open.exclude(Exists(told)).count():
        hint = "发告知函，请主管部门暂停办理下一道手续"
        address = f"{url}?state={DefaultState.OPEN.value}"
        yield Todo(f"{number}件违约没有发告知函", address, hint, "未告知", "warn")
    waiting = kept_notices().filter(
        default__in=still_open, answered_on__isnull=True, issued_on__lt=on - WAITED
    )
    if number := waiting.count():
        hint = f"发出超过{WAITED.days}天，向主送部门催问"
        address = f"{url}?state=unanswered"
        yield Todo(f"{number}件告知函没有回复", address, hint, "未回复", "warn")
