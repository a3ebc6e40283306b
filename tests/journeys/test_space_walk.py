"""Every page of facilities fits a telephone and a desk, and nothing of it is out of reach."""

from typing import Any

import pytest

from accounts.scope import scope
from policy import services
from policy.engine import load_shipped
from tests.journeys.conftest import Person
from tests.journeys.walking import pages_of, walks
from tests.test_routes import places
from tests.world import PUBLISHED

__all__ = ["places"]
# the other journeys look at these at both sizes, with the rows of a whole task
SEEN = {
    f"facilities:{name}"
    for name in (
        *("projects", "project", "gate_new", "gate", "handover_print", "notice_print"),
        *("community_premises", "space", "premises_list", "premises", "order", "order_print"),
        *("plan", "ranking"),
    )
}


@pytest.fixture
def bureau(transactional_db: None, live_server: Any) -> str:
    """The address of a running system; `places` puts one row of each kind there."""
    return str(live_server.url)


@pytest.fixture
def province(bureau: str) -> None:
    """The province's text is in force: pages say what is asked; `places` has one of the city."""
    with scope("0"):
        draft = services.draft(load_shipped("shandong-2018").source, by=None)
        services.publish(draft, by=None, on=PUBLISHED)


# the rules are asked where each sits: a clerk with a telephone, an officer at a desk
@pytest.mark.parametrize(
    ("role", "at", "seen_by"), [("clerk", "phone", ""), ("district_officer", "desk", "clerk")]
)
def test_pages_fit_both_screens_and_break_no_rule(
    role: str,
    at: str,
    seen_by: str,
    person: Person,
    province: None,
    places: dict[str, Any],
    request: pytest.FixtureRequest,
) -> None:
    person.at(request.getfixturevalue(role))
    assert walks(person, pages_of("facilities", role, seen_by, SEEN, places), at) == {}
