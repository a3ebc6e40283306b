"""工作台: corrections that are due or wait, stops without an order, halls not checked this year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse

from accounts.models import User
from accounts.scope import CITY
from collection.selectors.todo_lines import Todo
from facilities.choices import OrderState
from facilities.models import CorrectionOrder, Inspection
from facilities.selectors.halls import OVERDUE, halls_of, narrowed
from facilities.selectors.inspections import NO_ORDER, still_there, without_order

INSPECT, ORDER = "facilities.inspect_premises", "facilities.order_correction"
# a correction takes some days: that it is due is said two weeks before
SOON = timedelta(days=14)


def inspection_todos(user: User, on: date) -> Iterator[Todo]:
    """What inspections ask of a person. Three queries at most; none for offices above a city."""
    inspects, orders = user.has_perm(INSPECT), user.has_perm(ORDER)
    if len(user.scope) < CITY or not (inspects or orders):
        return
    yield from _order_todos(user, on, checks=orders)
    if orders:
        stops = Inspection.objects.for_user(user).filter(still_there(on))
        if number := without_order(stops).count():
            url = f"{reverse('facilities:inspections')}?state={NO_ORDER}"
            hint = "下达整改通知，写明责任单位和期限"
            yield Todo(f"{number}处停计没有整改通知", url, hint, "未下达", "warn")
    if inspects:
        halls = halls_of(user, division=user.scope, on=on)
        if number := narrowed(halls, OVERDUE, on).count():
            last = date(on.year, 12, 31)
            url = f"{reverse('facilities:halls')}?state={OVERDUE}"
            hint = "检查标识、窗口、制度、公开栏、门牌是否统一"
            words = f"{number}处服务大厅今年没有检查"
            yield Todo(words, url, hint, "未检查", "plain", last, (last - on).days)


def _order_todos(user: User, on: date, *, checks: bool) -> Iterator[Todo]:
    going_on = Q(state=OrderState.OPEN)
    late, soon = going_on & Q(deadline__lt=on), going_on & Q(deadline__range=(on, on + SOON))
    waits = Q(state=OrderState.REPORTED) & ~Q(reported_by=user)
    found = CorrectionOrder.objects.for_user(user).aggregate(
        late=Count("pk", filter=late),
        late_due=Min("deadline", filter=late),
        soon=Count("pk", filter=soon),
        soon_due=Min("deadline", filter=soon),
        waits=Count("pk", filter=waits),
    )
    url = reverse("facilities:orders")
    for key, words, hint, status, tag, query in (
        ("late", "已逾期", "督促整改，整改完报告", "已逾期", "bad", "late"),
        ("soon", "快到期限", "整改完报告，等待复查", "整改中", "warn", OrderState.OPEN.value),
    ):
        if number := found[key]:
            due = found[f"{key}_due"]
            name = f"{number}件整改通知{words}"
            yield Todo(name, f"{url}?state={query}", hint, status, tag, due, (due - on).days)
    if checks and (number := found["waits"]):
        hint = "到现场复查，合格的恢复计入面积"
        address = f"{url}?state={OrderState.REPORTED.value}"
        yield Todo(f"{number}件整改待复查", address, hint, "待复查", "warn")
