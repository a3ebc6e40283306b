"""巡查: the inspections of a scope, one of them, and the orders that hang on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from accounts.scope import STREET
from communities.selectors.places import division_names
from facilities.choices import OrderState
from facilities.models import CorrectionOrder, Inspection, Premises
from facilities.selectors.areas import sites_of
from facilities.selectors.inspections_areas import lost_by, square_metres_of

STOPPED, NO_ORDER, RESUMED, WITHDRAWN = "stopped", "no_order", "resumed", "withdrawn"
# what a list of inspections may be narrowed to
STATES = {
    STOPPED: "停计中",
    NO_ORDER: "未下达整改通知",
    "open": "整改中",
    "reported": "待复查",
    RESUMED: "已恢复计入",
    WITHDRAWN: "已撤回",
}
NO_ORDER_WORDS = STATES[NO_ORDER]
WHOLE = "全部房间"


@dataclass(frozen=True)
class InspectionLine:
    """An inspection as a list shows it; `stopped` is the hundredths of m² that it takes away.

    `tone` and `state` say how far the correction is; `late` how many days it is overdue.
    """

    record: Inspection
    street: str
    room: str
    stopped: int
    order: CorrectionOrder | None
    state: str
    tone: str
    late: int

    @property
    def stopped_m2(self) -> str:
        return square_metres_of(self.stopped) if self.stopped else ""


def still_there(on: date, before: str = "") -> Q:
    """The condition that premises, and the room if one is named, have not ended by a day.

    before: the way from the rows to the inspection, as “inspection__”.
    """
    found = Q()
    for name in ("premises", "room"):
        until = f"{before}{name}__valid_until"
        found &= Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": on})
    return found


def live_orders() -> QuerySet[CorrectionOrder]:
    """The orders that were not cancelled: at most one of an inspection."""
    found: QuerySet[CorrectionOrder] = CorrectionOrder.objects.exclude(state=OrderState.CANCELLED)
    return found


def without_order(rows: Any) -> Any:
    """Of inspections those with a stop that nobody was told to end."""
    ordered = live_orders().filter(inspection=OuterRef("pk"))
    return rows.filter(stops_from__isnull=False, resumes_on__isnull=True).exclude(Exists(ordered))


def inspections_of(
    user: User, *, division: str, state: str, finding: str, on: date, text: str = ""
) -> Any:
    """The inspections under a division of the scope, the latest first; '' for all.

    state: a key of STATES; finding: of Finding; text: a part of the name of premises. Those that
    were taken back are listed only by their own state.
    """
    rows = Inspection.objects.for_user(user).under(division)
    rows = rows.filter(withdrawn_at__isnull=state != WITHDRAWN)
    if state == STOPPED:
        going_on = Q(resumes_on__isnull=True) | Q(resumes_on__gt=on)
        rows = rows.filter(going_on, still_there(on), stops_from__lte=on)
    elif state == NO_ORDER:
        rows = without_order(rows.filter(still_there(on)))
    elif state == RESUMED:
        rows = rows.filter(resumes_on__lte=on)
    elif state in (OrderState.OPEN, OrderState.REPORTED):
        rows = rows.filter(Exists(CorrectionOrder.objects.filter(
            inspection=OuterRef("pk"), state=state
        )))  # fmt: skip
    if finding:
        rows = rows.filter(finding=finding)
    if text:
        rows = rows.filter(premises__name__icontains=text)
    rows = rows.select_related("community", "premises", "room", "made_by")
    rows = rows.prefetch_related(Prefetch("orders", live_orders(), to_attr="live"))
    return rows.order_by("-inspected_on", "-pk")


def inspection_lines(rows: list[Inspection], on: date) -> list[InspectionLine]:
    """Inspections with what they take away and how far the correction is. Five queries."""
    sites = sites_of({one.premises_id for one in rows if one.stops_from})
    streets = division_names({one.code[:STREET] for one in rows}, on)
    found = []
    for one in rows:
        site = sites.get(one.premises_id)
        order = live_order(one)
        state, tone, late = state_of(one, order, on)
        found.append(
            InspectionLine(
                one,
                streets.get(one.code[:STREET], one.code[:STREET]),
                one.room.name if one.room else WHOLE,
                sum(lost_by(site, one).values()) if site else 0,
                order,
                state,
                tone,
                late,
            )
        )
    return found


def state_of(record: Inspection, order: CorrectionOrder | None, on: date) -> tuple[str, str, int]:
    """How far the correction is: the words, their tone, and by how many days it is overdue."""
    if record.withdrawn_at is not None:
        return STATES[WITHDRAWN], "", 0
    if order is not None:
        return order_state(order, on)
    if record.stops_from is not None and record.resumes_on is None:
        return NO_ORDER_WORDS, "warn", 0
    return "", "", 0


def order_state(order: CorrectionOrder, on: date) -> tuple[str, str, int]:
    """The state of an order in words, its tone, and by how many days it is overdue."""
    label = str(OrderState(order.state).label)
    if order.state == OrderState.OPEN:
        late = max((on - order.deadline).days, 0)
        return (f"逾期{late}天", "bad", late) if late else (label, "warn", 0)
    if order.state == OrderState.REPORTED:
        return label, "info", 0
    return label, "ok" if order.state == OrderState.CLOSED else "", 0


def find_premises(user: User, key: int) -> Premises | None:
    """Premises inside the scope, or None. One query."""
    rows = Premises.objects.for_user(user).select_related("community", "estate")
    found: Premises | None = rows.filter(pk=key).first()
    return found


def find_inspection(user: User, key: int) -> Inspection | None:
    """An inspection inside the scope, or None, with its orders as `live`. Two queries."""
    rows = Inspection.objects.for_user(user).filter(pk=key)
    rows = rows.select_related("community", "premises", "room", "made_by", "withdrawn_by")
    found: Inspection | None = rows.prefetch_related(
        Prefetch("orders", live_orders(), to_attr="live")
    ).first()
    return found


def live_order(record: Inspection) -> CorrectionOrder | None:
    """The order of an inspection that was read with them, None without one; no query."""
    return next(iter(getattr(record, "live", ())), None)


def orders_of(user: User, *, division: str, state: str, on: date) -> Any:
    """The orders under a division of the scope; state: of OrderState, 'late' or '' for all.

    Those that go on come first, the nearest deadline first.
    """
    rows = CorrectionOrder.objects.for_user(user).under(division)
    if state == "late":
        rows = rows.filter(state=OrderState.OPEN, deadline__lt=on)
    elif state:
        rows = rows.filter(state=state)
    going_on = Q(state__in=[OrderState.OPEN, OrderState.REPORTED])
    rows = rows.select_related("community", "inspection__premises", "inspection__room", "made_by")
    return rows.annotate(goes_on=going_on).order_by(F("goes_on").desc(), "deadline", "pk")


def find_order(user: User, key: int) -> CorrectionOrder | None:
    """An order inside the scope, or None. One query."""
    rows = CorrectionOrder.objects.for_user(user).select_related(
        "community", "inspection__premises", "inspection__room", "made_by", "reported_by",
        "closed_by",
    )  # fmt: skip
    found: CorrectionOrder | None = rows.filter(pk=key).first()
    return found
