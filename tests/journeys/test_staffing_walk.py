"""Every page of staffing fits a telephone and a desk, and nothing of it is out of reach."""

from typing import Any

import pytest

from tests.journeys.conftest import SIZES, Person
from tests.journeys.staffing import opinions
from tests.routes import ROUTES
from tests.test_routes import places
from tests.ui.axe import violations

__all__ = ["opinions", "places"]
FILES = ("xlsx", "_template", "staffing:paper")
# the other journeys look at these at both sizes, with the rows of a whole task
SEEN = {
    f"staffing:{name}"
    for name in (
        *("roster", "person", "community_staff", "enter", "act", "acts", "quota", "quota_edit"),
        *("elections", "election_round", "election", "candidates"),
        *("election_votes", "election_result"),
        *("training_due", "course", "attendance", "attendance_marks"),
    )
}


@pytest.fixture
def bureau(transactional_db: None, live_server: Any) -> str:
    """The address of a running system; `places` puts one row of each kind there."""
    return str(live_server.url)


def pages_of(role: str, seen_by: str, places: dict[str, Any]) -> list[str]:
    """The other pages that a role may open; of those that another role sees too, only lists."""
    return [
        route.path.format(**places)
        for name, route in ROUTES.items()
        if name.startswith("staffing:")
        and name not in SEEN
        and route.statuses[role] == 200
        and not name.endswith(FILES)
        and not (seen_by and "{" in route.path and route.statuses[seen_by] == 200)
    ]


# the rules are asked where each sits: a clerk with a telephone, an officer at a desk
@pytest.mark.parametrize(
    ("role", "at", "seen_by"), [("clerk", "phone", ""), ("district_officer", "desk", "clerk")]
)
def test_pages_fit_both_screens_and_break_no_rule(
    role: str,
    at: str,
    seen_by: str,
    person: Person,
    opinions: None,
    places: dict[str, Any],
    request: pytest.FixtureRequest,
) -> None:
    page = person.at(request.getfixturevalue(role))
    found = {}
    for path in pages_of(role, seen_by, places):
        person.opens(path)
        for name, size in SIZES.items():
            page.set_viewport_size(size)
            width = page.evaluate("document.documentElement.scrollWidth")
            wrong = violations(page) if name == at else []
            if wrong or width != size["width"]:
                found[path, name] = (width, wrong)
    assert found == {}
