"""Every page of staffing fits a telephone and a desk, and nothing of it is out of reach."""

from typing import Any

import pytest

from tests.journeys.conftest import Person
from tests.journeys.staffing import opinions
from tests.journeys.walking import pages_of, walks
from tests.test_routes import places

__all__ = ["opinions", "places"]
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
    person.at(request.getfixturevalue(role))
    assert walks(person, pages_of("staffing", role, seen_by, SEEN, places), at) == {}
