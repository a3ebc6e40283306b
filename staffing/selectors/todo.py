"""工作台: what staff asks of a person, in one line for each thing to do."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from accounts.scope import CITY
from collection.selectors.todo_lines import Todo
from staffing.selectors.checks_ground import Ground
from staffing.selectors.todo_decisions import (
    award_todos,
    extra_todos,
    quota_todos,
    unchecked_todos,
)
from staffing.selectors.todo_roster import (
    certificate_todos,
    check_todos,
    election_todos,
    training_todos,
)


def staff_todos(user: User, on: date) -> list[Todo]:
    """What waits for a person on a day, only what the person may do; money first.

    A fixed number of queries. None for offices wider than a city's: their cities look after their
    people.
    """
    if len(user.scope) < CITY:
        return []
    ground = Ground(user, user.scope, on, on.year)
    return [
        *check_todos(user, ground),
        *election_todos(user, on),
        *unchecked_todos(user, on),
        *quota_todos(user),
        *extra_todos(user),
        *award_todos(user),
        *training_todos(user, on),
        *certificate_todos(user, ground),
    ]
