"""Demo inspections with their correction orders, and checks of service halls, in two streets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from accounts.models import User
from communities.services.demo import Draw
from facilities.choices import Finding, RoomUse, Unified
from facilities.models import CorrectionOrder, HallCheck, Inspection, Premises, Room
from facilities.services.demo_premises import CENTRE, STREETS
from facilities.services.inspections import record_inspection
from facilities.services.orders import close_order, issue_order, report_order

CLERK, REVIEWER, OFFICER = "gulou", "gulou-shenhe", "dongchangfu"
ELSEWHERE: Final = "liuyuan"
NOTES: Final = {
    Finding.IN_ORDER: "演示：各房间照常使用",
    Finding.OCCUPIED: "演示：活动室被一家培训公司占用，存放桌椅",
    Finding.MISUSED: "演示：活动室改作仓库",
    Finding.UNUSABLE: "演示：屋顶漏水，活动室停用",
}


@dataclass(frozen=True)
class Desk:
    """Who looks at premises, and when."""

    people: Mapping[str, User]
    on: date
    at: datetime
    inspections_url: str
    orders_url: str

    def day(self, ago: int) -> date:
        return self.on - timedelta(days=ago)

    def moment(self, ago: int) -> datetime:
        return self.at - timedelta(days=ago)

    def inspect(
        self, by: str, premises: Premises, finding: Finding, ago: int, stops: int = 0
    ) -> Inspection:
        """An inspection some days ago; of the activity room where it stops counting."""
        stopping = bool(stops)
        rooms = Room.objects.filter(premises=premises, valid_until=None)
        room = rooms.filter(use=RoomUse.ACTIVITY).first() if stopping else None
        return record_inspection(
            record=Inspection(
                premises=premises,
                room=room,
                inspected_on=self.day(ago),
                finding=finding,
                note=NOTES[finding],
                stops_from=self.day(stops) if stopping else None,
            ),
            by=self.people[by],
            on=self.day(ago),
            at=self.moment(ago),
            url=self.inspections_url,
        )

    def order(self, inspection: Inspection, ago: int, within: int, number: int) -> CorrectionOrder:
        """An order some days ago, to be done within so many days."""
        return issue_order(
            record=CorrectionOrder(
                inspection=inspection,
                doc_no=f"演示整改〔{self.on.year}〕{number}号",
                addressed_to=f"{inspection.community.short_name}居委会",
                demand="演示：腾出活动室，恢复居民活动",
                issued_on=self.day(ago),
                deadline=self.day(ago) + timedelta(days=within),
            ),
            by=self.people[REVIEWER],
            on=self.day(ago),
            at=self.moment(ago),
            url=self.orders_url,
        )


def load_checks(desk: Desk) -> int:
    """Record inspections of 古楼街道, with an order that is overdue; the number of inspections."""
    if not {CLERK, REVIEWER, OFFICER} <= desk.people.keys():
        return 0
    rows = Premises.objects.under(STREETS[0]).filter(name=CENTRE, is_demo=True)
    active = rows.filter(rooms__use=RoomUse.ACTIVITY, valid_from__lt=desk.day(200))
    chosen = list(active.order_by("code").distinct()[1:7])
    if len(chosen) < 6:
        return 0
    quiet, overdue, reported, unordered, closed, broken = chosen
    desk.inspect(CLERK, quiet, Finding.IN_ORDER, 31)
    first = desk.inspect(CLERK, overdue, Finding.OCCUPIED, 48, 60)
    desk.order(first, 45, 33, 3)
    second = desk.inspect(CLERK, reported, Finding.MISUSED, 40, 40)
    _report(desk, desk.order(second, 37, 60, 4), 5)
    desk.inspect(CLERK, unordered, Finding.OCCUPIED, 6, 9)
    fourth = desk.inspect(CLERK, closed, Finding.OCCUPIED, 150, 160)
    order = _report(desk, desk.order(fourth, 147, 30, 1), 120)
    close_order(
        order=order, version=order.version, outcome="演示：复查属实，恢复使用",
        by=desk.people[OFFICER], at=desk.moment(112), url=desk.orders_url,
    )  # fmt: skip
    fifth = desk.inspect(CLERK, broken, Finding.UNUSABLE, 20, 20)
    desk.order(fifth, 18, 60, 5)
    return 6


def _report(desk: Desk, order: CorrectionOrder, ago: int) -> CorrectionOrder:
    return report_order(
        order=order, version=order.version, put_right_on=desk.day(ago + 1),
        report="演示：已经腾出，恢复活动", by=desk.people[CLERK], on=desk.day(ago),
        at=desk.moment(ago), url=desk.orders_url,
    )  # fmt: skip


def load_halls(desk: Desk) -> int:
    """Check halls of two streets this year, a few with something that fails; others are due."""
    makers = {STREETS[0]: desk.people.get(CLERK), STREETS[1]: desk.people.get(ELSEWHERE)}
    made: list[HallCheck] = []
    for street, maker in makers.items():
        if maker is None:
            continue
        rows = Premises.objects.under(street).filter(name=CENTRE, is_demo=True, valid_until=None)
        halls = rows.filter(rooms__use=RoomUse.HALL, valid_from__lt=desk.day(90))
        for one in halls.order_by("code").distinct()[:9]:
            made.append(_hall_check(one, maker, desk))
    return len(HallCheck.objects.bulk_create(made))


def _hall_check(one: Premises, maker: User, desk: Desk) -> HallCheck:
    draw, ago = Draw(f"{one.code} hall"), 10
    ago += draw.whole(0, 0, 70)
    failing = [item for place, item in enumerate(Unified, start=1) if draw.part(place) > 0.9]
    values: dict[str, Any] = {item.value: item not in failing for item in Unified}
    note = f"演示：{'、'.join(item.label for item in failing)}还没有统一" if failing else ""
    return HallCheck(
        premises=one, community_id=one.community_id, code=one.code, checked_on=desk.day(ago),
        note=note, made_by=maker, made_at=desk.moment(ago), is_demo=True, **values,
    )  # fmt: skip
