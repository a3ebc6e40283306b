"""工作台: what premises, projects and plans ask of a person, in one line for each thing to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import Count, Min
from django.urls import reverse

from accounts.models import User
from accounts.scope import CITY
from collection.selectors.todo_lines import Todo
from facilities.selectors.premises import LEASE_DAYS, ending_leases
from facilities.selectors.todo_defaults import default_todos
from facilities.selectors.todo_inspections import inspection_todos
from facilities.selectors.todo_plans import plan_todos
from facilities.selectors.todo_projects import project_todos

CHANGE: Final = "facilities.change_premises"


def space_todos(user: User, on: date) -> list[Todo]:
    """What waits for a person on a day, only what the person may do.

    A fixed number of queries. None for offices wider than a city's: their cities look after their
    premises.
    """
    if len(user.scope) < CITY:
        return []
    return [
        *inspection_todos(user, on),
        *project_todos(user, on),
        *default_todos(user, on),
        *plan_todos(user, on),
        *lease_todos(user, on),
    ]


def lease_todos(user: User, on: date) -> Iterator[Todo]:
    """Leases that end soon, as the register's filter lists them, in one line. One query."""
    if not user.has_perm(CHANGE):
        return
    rows = ending_leases(on).for_user(user)
    found = rows.order_by().aggregate(number=Count("pk"), first=Min("valid_until"))
    if found["number"]:
        yield Todo(
            f"{found['number']}份用房租赁合同{LEASE_DAYS}天内到期",
            f"{reverse('facilities:premises_list')}?flaw=lease",
            "续租的登记新合同，不再租用的登记终止",
            "将到期",
            "warn",
            found["first"],
            (found["first"] - on).days,
        )
