"""An election on its way to a result: its candidates, its votes, its announcement."""

from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from accounts.scope import scope
from communities.models import Community
from staffing.models import Appointment, Candidate, Election, Person
from staffing.selectors.election_results import preview
from staffing.selectors.elections import get_election
from staffing.services.election_results import Announcement, announce
from tests.staff_factories import make_election

TODAY = date(2026, 11, 22)
HELD = date(2026, 11, 10)
KEY = "0b6f3b3e-6b0e-4b53-9c4e-0d7f7f0f4c11"
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
DAYS: dict[str, Any] = {
    "committee_on": date(2026, 10, 1),
    "registered_on": date(2026, 10, 15),
    "nominated_on": date(2026, 10, 30),
}


def nominated(community: Community, **overrides: Any) -> Election:
    """An election whose candidates are nominated."""
    return make_election(community, **({"state": "nominated", "mode": "direct"} | DAYS | overrides))


def voted(community: Community, *elected: tuple[Person, str], **overrides: Any) -> Election:
    """An election that was held, with those who were elected into which posts."""
    values: dict[str, Any] = {
        "state": "held",
        "held_on": HELD,
        "seats": max(1, len(elected)),
        "electorate": 1000,
        "voted": 820,
        "valid_votes": 800,
    }
    election = nominated(community, **(values | overrides))
    for person, post in elected:
        stand(election, person, post, elected=True, votes=500)
    return election


def stand(election: Election, person: Person, post: str = "member", **overrides: Any) -> Candidate:
    with scope("0"):
        return Candidate.objects.create(
            election=election,
            community=election.community,
            code=election.code,
            person=person,
            post=post,
            **({"lives_here": True} | overrides),
        )


def announced(election: Election, by: User, day: date = HELD, **overrides: Any) -> Election:
    """The election with its result announced as a clerk would, with a term from a day."""
    seen = preview(by, election, day).plan.fingerprint
    said: dict[str, Any] = {
        "announced_on": day,
        "term_from": day,
        "doc_no": "",
        "note": "缺额另行补选",
        "seen": seen,
    }
    found = get_election(by, election.pk)
    assert found is not None
    return announce(
        election=found,
        said=Announcement(**(said | overrides)),
        version=election.version,
        by=by,
        on=TODAY,
        at=AT,
    )


def posts_on(community: Community, day: date) -> list[tuple[str, str]]:
    """Who holds which post of a community on a day, by name."""
    rows = Appointment.objects.filter(community=community).as_of(day)
    return sorted(rows.values_list("person__name", "post"))


def page(election: Election, name: str = "") -> str:
    """The address of an election, or of one of its pages."""
    return f"/elections/{election.pk}/{name}"


def said(answer: Any) -> list[str]:
    """What a form says is wrong."""
    return [error for errors in answer.context["form"].errors.values() for error in errors]
