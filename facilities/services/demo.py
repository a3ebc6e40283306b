"""The demo of premises: the register, inspections, halls, projects, a plan and a pool.

docs/demo-data.md describes the generator. Every row that can carries is_demo.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Max

from accounts.models import Message, User
from facilities.models import Premises
from facilities.services.demo_checks import Desk, load_checks, load_halls
from facilities.services.demo_plans import load_plan, load_pool
from facilities.services.demo_premises import load_register
from facilities.services.demo_projects import load_projects

# what was told earlier has been read
UNREAD: Final = timedelta(days=14)
DEMO_USERS: Final = ("gulou", "gulou-shenhe", "liuyuan", "dongchangfu", "liaocheng")


@dataclass(frozen=True)
class Addresses:
    """Where messages of the demo lead; a service knows no routes."""

    inspections: str
    orders: str
    plan: str
    pool: str


@transaction.atomic
def load_demo_space(*, year: int, on: date, at: datetime, addresses: Addresses) -> int:
    """Fill the demo register and what goes with it; return the premises added.

    Needs the demo accounts for everything but the register. Where demo premises stand nothing is
    added, so running it again changes nothing. on: today, from which days of the present are taken.
    """
    if Premises.objects.filter(is_demo=True).exists():
        return 0
    rows = User.objects.filter(username__in=DEMO_USERS).select_related("role")
    people = {one.username: one for one in rows}
    number = load_register(year=year, on=on)
    desk = Desk(people, on, at, addresses.inspections, addresses.orders)
    last = Message.objects.aggregate(last=Max("pk"))["last"] or 0
    load_checks(desk)
    load_halls(desk)
    load_projects(people, on=on, at=at)
    load_plan(people, year=year, on=on, at=at, url=addresses.plan)
    load_pool(people, year=year, on=on, at=at, url=addresses.pool)
    told = Message.objects.filter(pk__gt=last, at__lt=at - UNREAD)
    told.update(read_at=F("at"))
    return number
