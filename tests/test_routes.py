"""Who gets what: every route of the house, asked by every kind of person (tests/routes.py).

A route that is not listed fails the first test.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.choices import AccessAct
from accounts.models import User
from accounts.services import record_access
from communities.models import Division, PendingImport
from communities.services.acts import propose
from communities.services.plans import Plan
from policy.models import Exemption, IndexValue
from tests.conftest import Browse
from tests.election_world import stand, voted
from tests.factories import (
    CHANGED_AT,
    make_building,
    make_community,
    make_contact,
    make_correction,
    make_entry,
    make_estate,
    make_facts,
    make_grid,
    make_meeting,
    make_organisation,
    make_paper,
    make_round,
    make_upload,
)
from tests.personal_data import NAME, NUMBER, PHONE, found_in
from tests.policy.samples import published
from tests.route_words import PEOPLE
from tests.routes import ROUTES
from tests.space_factories import (
    make_contract,
    make_default,
    make_gate,
    make_hall_check,
    make_inspection,
    make_item,
    make_measure,
    make_notice,
    make_order,
    make_plan,
    make_pool,
    make_premises,
    make_project,
    make_room,
    make_space_paper,
)
from tests.staff_factories import (
    make_act,
    make_appointment,
    make_attendance,
    make_award,
    make_certificate,
    make_course,
    make_election_round,
    make_extra_workers,
    make_pay_record,
    make_person,
    make_staff_paper,
)


def routes(
    patterns: list[URLPattern | URLResolver], before: str = "", space: str = ""
) -> Iterator[str]:
    """The name of every route, or its pattern where it has none."""
    for pattern in patterns:
        whole = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern.url_patterns, whole, inner)
        else:
            yield f"{space}{pattern.name}" if pattern.name else whole


def test_every_route_is_listed() -> None:
    assert set(routes(get_resolver().url_patterns)) == set(ROUTES)


@pytest.fixture
def places(clerk: User, clerk_elsewhere: User) -> dict[str, Any]:
    """One row behind every placeholder of a path; all of them in Liaocheng."""
    community = make_community()
    estate = make_estate(community)
    decided = {"state": "approved", "decided_by": clerk_elsewhere, "decided_at": CHANGED_AT}
    person = make_person("371502001", NAME, identity_number=NUMBER, phone=PHONE)
    make_appointment(community, "director", person)
    return {
        "community": community.pk,
        "round": make_round().pk,
        "upload": make_upload(clerk).pk,
        "content_type": ContentType.objects.get_for_model(community).pk,
        "division": Division.objects.get(code="371502001").pk,
        "annualfacts": (facts := make_facts(community)).pk,
        "correction": make_correction(facts, clerk).pk,
        "contact": make_contact(community).pk,
        "division_contact": make_contact(code="371502").pk,
        "act": propose(
            by=clerk,
            at=CHANGED_AT,
            kind="rename",
            title="更名",
            reason="地名",
            plan=Plan(),
            typed={"to": "371502001"},
        ).pk,
        "estate": estate.pk,
        "building": make_building(estate).pk,
        "meeting": make_meeting(estate, date(2026, 5, 1)).pk,
        "grid": make_grid(community).pk,
        "organisation": make_organisation(community).pk,
        "extra": make_extra_workers(community).pk,
        "entry": make_entry(community).pk,
        "paper": make_paper(community).pk,
        "person": person.pk,
        "certificate": make_certificate(person).pk,
        "pay_record": make_pay_record(person, community).pk,
        "award": make_award(person, community).pk,
        "course": (course := make_course()).pk,
        "attendance": make_attendance(course, person, certificate_no="2026-1").pk,
        "plan": (plan := make_plan(by=clerk, **decided)).pk,
        "measure": make_measure(plan, community).pk,
        "draft_plan": (draft := make_plan(by=clerk, first_year=2029, last_year=2031)).pk,
        "draft_measure": make_measure(draft, community).pk,
        "pool": make_pool(by=clerk, **decided).pk,
        "draft_pool": make_pool(by=clerk, title="起草中的资金").pk,
        "premises": (premises := make_premises(community)).pk,
        "room": make_room(premises).pk,
        "contract": make_contract(premises).pk,
        "space_paper": make_space_paper(premises).pk,
        "inspection": (seen := make_inspection(premises, "misused")).pk,
        "vacant": make_inspection(premises, "vacant").pk,
        "order": make_order(seen).pk,
        "hall_check": make_hall_check(premises).pk,
        "project": (project := make_project()).pk,
        "gate": make_gate(project).pk,
        "handover_item": make_item(project).pk,
        "default": (default := make_default(project)).pk,
        "notice": make_notice(default).pk,
        "staff_act": (staff_act := make_act(person, community)).pk,
        "staff_paper": make_staff_paper(staff_act).pk,
        "user": clerk_elsewhere.pk,
        "role": "street_clerk",
        "accesslog": record_access(
            act=AccessAct.LOGIN, at=datetime(2026, 11, 21, tzinfo=UTC), user=clerk
        ).pk,
        "pending": PendingImport.objects.create(made_by=clerk, file_name="a.csv", text="").pk,
        "policytext": published(jurisdiction="3715").pk,
        "indexvalue": IndexValue.objects.create(
            division_code="3715", series="average_rent", year=2025, value=Decimal(12)
        ).pk,
        "election_round": make_election_round().pk,
        "election": (election := voted(community)).pk,
        "candidate": stand(election, make_person()).pk,
        "exemption": Exemption.objects.create(
            code=community.code,
            provision="A-1",
            reason="甲",
            approver="乙",
            valid_from=date(2026, 1, 1),
        ).pk,
    }


@pytest.mark.parametrize("person", PEOPLE)
def test_routes_of(
    person: str, places: dict[str, Any], browse: Browse, request: pytest.FixtureRequest
) -> None:
    client = browse(request.getfixturevalue(person))

    answers = {name: client.get(route.path.format(**places)) for name, route in ROUTES.items()}
    told = {name: said for name, answer in answers.items() if (said := found_in(answer))}
    for answer in answers.values():
        answer.close()  # files that nobody reads to the end

    assert told == {}
    found = {name: answer.status_code for name, answer in answers.items()}
    assert found == {name: route.statuses[person] for name, route in ROUTES.items()}
    assert [name for name, answer in answers.items() if unprotected(answer, person)] == []
    if person == "visitor":
        assert {a["Location"].split("?")[0] for a in answers.values() if a.status_code == 302} == {
            "/account/login/"
        }


def unprotected(answer: HttpResponse, person: str) -> bool:
    """Whether a header is missing: own framing and content only, nothing private kept."""
    return (
        "frame-ancestors 'none'" not in answer.get("Content-Security-Policy", "")
        or answer.get("X-Content-Type-Options") != "nosniff"
        or (person != "visitor" and answer.get("Cache-Control") != "no-store")
    )
