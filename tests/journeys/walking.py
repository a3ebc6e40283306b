"""A walk through the pages of one app: none wider than a screen, nothing of them out of reach."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from tests.journeys.conftest import SIZES, Person
from tests.routes import ROUTES
from tests.ui.axe import violations

FILES = ("xlsx", "_template", ":paper")


def pages_of(
    app: str, role: str, seen_by: str, seen: Collection[str], places: dict[str, Any]
) -> list[str]:
    """The other pages of an app that a role may open; of those of another role too, only lists.

    seen: names of routes that other tasks look at.
    """
    return [
        route.path.format(**places)
        for name, route in ROUTES.items()
        if name.startswith(f"{app}:")
        and name not in seen
        and route.statuses[role] == 200
        and not name.endswith(FILES)
        and not (seen_by and "{" in route.path and route.statuses[seen_by] == 200)
    ]


def walks(person: Person, paths: Iterable[str], at: str) -> dict[tuple[str, str], Any]:
    """What is wrong with pages, by path and size: their width at both, the rules at one."""
    page, found = person.page, {}
    for path in paths:
        person.opens(path)
        for name, size in SIZES.items():
            page.set_viewport_size(size)
            width = page.evaluate("document.documentElement.scrollWidth")
            wrong = violations(page) if name == at else []
            if wrong or width != size["width"]:
                found[path, name] = (width, wrong)
    return found
