"""Candidates and votes of an election: who stands, what was counted, who was elected."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import User
from communities.models import Community
from staffing.models import Candidate, Person
from tests.conftest import Browse
from tests.election_world import KEY, nominated, page, said, stand
from tests.factories import make_community
from tests.staff_factories import (
    IDENTITY_NUMBERS,
    make_appointment,
    make_election,
    make_person,
)

pytestmark = pytest.mark.django_db
NUMBER = IDENTITY_NUMBERS[0]
# a new candidate as the form has it
PERSON = {
    "name": "周洁",
    "sex": "female",
    "born_in": "1990-05",
    "ethnicity": "汉族",
    "leads_collective": "unknown",
    "post": "member",
    "lives_here": "true",
}


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def desk(browse: Browse, clerk: User, community: Community) -> Client:
    return browse(clerk)


# candidates


def test_candidate_of_the_community_then_with_the_residence_of_the_post(
    desk: Client, community: Community
) -> None:
    election = nominated(community)
    held = make_appointment(community, "member", lives_here=False)

    answer = desk.post(
        page(election, "candidates/"), {"post": "director", "person": held.person_id}
    )

    assert answer.status_code == 302
    assert list(Candidate.objects.values_list("person", "post", "lives_here")) == [
        (held.person_id, "director", False)
    ]


def test_candidate_by_name_then_found_in_the_street_and_nowhere_else(
    desk: Client, community: Community
) -> None:
    election = nominated(community)
    inside = make_person(name="孙涛")
    make_person("371502002", name="周洁")

    found = desk.post(page(election, "candidates/"), {"post": "member", "name": "孙涛"})
    unknown = desk.post(page(election, "candidates/"), {"post": "member", "name": "周洁"})

    assert (found.status_code, unknown.status_code) == (302, 422)
    assert said(unknown) == ["本街道没有登记“周洁”。核对姓名，或登记新人员"]
    assert list(Candidate.objects.values_list("person", flat=True)) == [inside.pk]


def test_candidate_by_a_name_that_two_have_then_one_is_chosen_by_month_of_birth(
    desk: Client, community: Community
) -> None:
    election = nominated(community)
    make_person(name="孙涛", born_in=date(1985, 3, 1))
    make_person(name="孙涛", born_in=date(1991, 7, 1))

    answer = desk.post(page(election, "candidates/"), {"post": "member", "name": "孙涛"})

    assert said(answer) == ["有2个同名的人。按出生年月和职务选择一个"]
    labels = [label for _, label in answer.context["form"].fields["person"].choices]
    assert labels == ["选择", "孙涛（1985-03）", "孙涛（1991-07）"]


def test_candidate_who_is_new_then_filed_with_the_candidacy_and_only_once(
    desk: Client, community: Community
) -> None:
    election = nominated(community)
    typed = PERSON | {"key": KEY, "identity_number": NUMBER, "born_in": "", "sex": ""}

    first = desk.post(page(election, "candidates/new/"), typed)
    again = desk.post(page(election, "candidates/new/"), typed)

    assert (first.status_code, again.status_code) == (302, 302)
    one = Person.objects.get()
    assert (one.code, one.name, one.born_in) == ("371502001", "周洁", date(1985, 6, 1))
    assert list(Candidate.objects.values_list("person", "post", "lives_here")) == [
        (one.pk, "member", True)
    ]


def test_candidate_who_is_new_with_a_filed_number_then_the_file_is_used(
    desk: Client, community: Community
) -> None:
    election = nominated(community)
    known = make_person(identity_number=NUMBER, born_in=date(1985, 6, 1))

    desk.post(
        page(election, "candidates/new/"),
        PERSON | {"identity_number": NUMBER, "born_in": "", "sex": ""},
    )

    assert list(Candidate.objects.values_list("person", flat=True)) == [known.pk]
    assert Person.objects.count() == 1


def test_candidate_removed_then_gone_and_votes_opened_before_are_stale(
    desk: Client, community: Community
) -> None:
    election = nominated(community)
    one, other = (stand(election, make_person(name=name)) for name in ("孙涛", "周洁"))

    answer = desk.post(page(election, f"candidates/{one.pk}/remove/"), {"key": KEY})
    again = desk.post(page(election, f"candidates/{one.pk}/remove/"), {"key": KEY})
    votes = desk.post(page(election, "votes/"), counted() | of(other))

    assert (answer.status_code, again.status_code, votes.status_code) == (302, 302, 409)
    assert list(Candidate.objects.values_list("pk", flat=True)) == [other.pk]


# votes


def counted(**overrides: str) -> dict[str, str]:
    return {
        "version": "1",
        "held_on": "2026-11-10",
        "mode": "direct",
        "seats": "3",
        "electorate": "1000",
        "voted": "820",
        "valid_votes": "800",
    } | overrides


def of(one: Candidate, votes: str = "500", elected: bool = True) -> dict[str, str]:
    values = {f"votes_{one.pk}": votes, f"lives_{one.pk}": "true", f"pay_{one.pk}": "funded"}
    return values | ({f"elected_{one.pk}": "on"} if elected else {})


def test_votes_then_held_with_figures_and_what_each_candidate_got(
    desk: Client, community: Community
) -> None:
    election = nominated(community)
    one, other = (stand(election, make_person(name=name)) for name in ("孙涛", "周洁"))

    answer = desk.post(page(election, "votes/"), counted() | of(one) | of(other, "99", False))

    assert answer.status_code == 302
    election.refresh_from_db()
    assert (election.state, election.voted, election.held_on) == ("held", 820, date(2026, 11, 10))
    assert list(Candidate.objects.order_by("pk").values_list("votes", "elected")) == [
        (500, True),
        (99, False),
    ]


@pytest.mark.parametrize(
    ("typed", "votes", "words"),
    [
        ({"voted": "1001"}, "500", "实际投票人数1,001多于应投票人数1,000。改其中一个"),
        ({"valid_votes": "821"}, "500", "有效票821多于实际投票人数820。改其中一个"),
        ({}, "801", "孙涛得票801多于有效票800。改其中一个"),
        ({"held_on": "2026-10-29"}, "500",
         "投票日期2026-10-29早于提名候选人日期2026-10-30。改其中一个日期"),
        ({"seats": "0"}, "500", "当选1人，多于应选0人。改当选人，或改应选人数"),
    ],
)  # fmt: skip
def test_votes_that_cannot_be_then_refused_with_the_figures(
    desk: Client, community: Community, typed: dict[str, str], votes: str, words: str
) -> None:
    election = nominated(community)
    one = stand(election, make_person(name="孙涛"))

    answer = desk.post(page(election, "votes/"), counted(**typed) | of(one, votes))

    assert (answer.status_code, said(answer)) == (422, [words])


@pytest.mark.parametrize(
    ("typed", "first", "second", "words"),
    [
        ({"voted": "499", "valid_votes": "499"}, "400", "10",
         "实际投票499人，不到应投票1,000人的一半。核对票数，确实如此的在这里写明原因"),
        ({}, "10", "390",
         "孙涛得票10当选，周洁得票390没有当选。核对票数，确实如此的在这里写明原因"),
    ],
)  # fmt: skip
def test_votes_that_are_unlikely_then_asked_why(
    desk: Client, community: Community, typed: dict[str, str], first: str, second: str, words: str
) -> None:
    election = nominated(community)
    one, other = (stand(election, make_person(name=name)) for name in ("孙涛", "周洁"))
    sent = counted(**typed) | of(one, first) | of(other, second, False)

    asked = desk.post(page(election, "votes/"), sent)
    told = desk.post(page(election, "votes/"), sent | {"change_reason": "周洁放弃当选"})

    assert (asked.status_code, said(asked), told.status_code) == (422, [words], 302)


def test_votes_before_candidates_are_nominated_then_led_back(
    desk: Client, community: Community
) -> None:
    election = make_election(community)

    answer = desk.get(page(election, "votes/"))

    assert (answer.status_code, answer["Location"]) == (302, page(election))
