"""Elections of a community as offices get them: opened, their steps, candidates, votes, result."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from communities.models import Community
from staffing.models import Appointment, Candidate, Election
from tests.conftest import Browse
from tests.election_world import KEY, page, said, stand, voted
from tests.factories import make_community
from tests.queries import queries_of
from tests.staff_factories import make_appointment, make_election, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def desk(browse: Browse, clerk: User, community: Community) -> Client:
    return browse(clerk)


def test_election_new_then_at_the_step_of_its_days(desk: Client, community: Community) -> None:
    answer = desk.post(
        f"/communities/{community.code}/elections/new/",
        {"key": KEY, "kind": "term", "mode": "direct", "seats": "5", "committee_on": "2026-10-01"},
    )

    made = Election.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, page(made))
    assert (made.state, made.kind, made.seats, made.code) == (
        "committee", "term", 5, community.code,
    )  # fmt: skip


def test_election_new_twice_then_one_and_a_second_whole_one_is_refused(
    desk: Client, community: Community
) -> None:
    address, typed = f"/communities/{community.code}/elections/new/", {"key": KEY, "kind": "term"}

    desk.post(address, typed)
    again = desk.post(address, typed)
    other = desk.post(address, {"kind": "term", "mode": "direct"})
    by = desk.post(address, {"kind": "by"})

    assert (again.status_code, other.status_code, by.status_code) == (302, 422, 302)
    assert said(other) == ["这个社区有正在进行的换届选举。打开它继续登记"]
    assert list(Election.objects.order_by("pk").values_list("kind", flat=True)) == ["term", "by"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"registered_on": "2026-10-05"}, "还没有填“推选选举委员会”的日期。按顺序填写"),
        (
            {"committee_on": "2026-10-05", "registered_on": "2026-10-01"},
            "登记选民2026-10-01早于推选选举委员会2026-10-05。改其中一个日期",
        ),
    ],
)
def test_steps_out_of_order_then_refused(
    desk: Client, community: Community, days: dict[str, str], words: str
) -> None:
    election = make_election(community)

    answer = desk.post(page(election, "edit/"), {"version": "1"} | days)

    assert (answer.status_code, said(answer)) == (422, [words])


def test_steps_then_each_with_its_day_and_note_in_the_record(
    desk: Client, community: Community
) -> None:
    election = make_election(community)

    desk.post(
        page(election, "edit/"),
        {"version": "1", "committee_on": "2026-10-01", "change_reason": "居民会议推选7人"},
    )
    answer = desk.get(page(election))

    assert [
        (event.label, event.day, event.reason) for event in answer.context["view"].events
    ] == [
        ("已推选选举委员会", date(2026, 10, 1), "居民会议推选7人"),
        ("未开始", None, ""),
    ]  # fmt: skip
    assert [step.label for step in answer.context["view"].steps if step.next] == ["登记选民"]


def test_election_changed_by_two_then_the_second_sees_both_versions(
    desk: Client, community: Community
) -> None:
    election = make_election(community, seats=5)
    desk.post(page(election, "edit/"), {"version": "1", "seats": "7"})

    answer = desk.post(page(election, "edit/"), {"version": "1", "seats": "9"})

    assert answer.status_code == 409
    assert [(row.mine, row.theirs) for row in answer.context["differences"]] == [("9", "7")]


# the check page and the result


def result_form(answer: Any, **overrides: str) -> dict[str, str]:
    """What the check page would post."""
    form = answer.context["form"]
    names = ("key", "version", "seen", "term_from", "announced_on")
    return {name: str(form[name].value()) for name in names} | {"note": "缺额补选"} | overrides


def test_result_then_shown_before_it_is_done_and_done_once(
    desk: Client, community: Community
) -> None:
    old, fresh = make_person(name="王建国"), make_person(name="孙涛")
    make_appointment(community, "director", old)
    election = voted(community, (fresh, "director"))

    shown = desk.get(page(election, "result/"))
    before = Appointment.objects.count()
    typed = result_form(shown, register_as="古城社区居委会")
    first, again = (desk.post(page(election, "result/"), typed) for _ in range(2))

    changes = [(one.name, one.label) for one in shown.context["plan"].changes]
    assert (before, changes) == (1, [("孙涛", "新任"), ("王建国", "届满")])
    assert (first["Location"], again["Location"]) == (page(election), page(election))
    assert Appointment.objects.count() == 2
    assert "文件未载明任期" in desk.get(page(election)).content.decode()


def test_result_with_a_term_from_another_day_then_shown_for_that_day(
    desk: Client, community: Community
) -> None:
    election = voted(community, (make_person(name="孙涛"), "director"))

    shown = desk.get(page(election, "result/"), {"term_from": "2026-11-20"})

    assert shown.context["plan"].day == date(2026, 11, 20)
    assert shown.context["form"]["term_from"].value() == date(2026, 11, 20)


def test_result_after_the_roster_moved_then_shown_anew_and_not_done(
    desk: Client, community: Community
) -> None:
    election = voted(community, (make_person(name="孙涛"), "director"))
    typed = result_form(desk.get(page(election, "result/")))
    make_appointment(community, "member", make_person(name="李静"))

    answer = desk.post(page(election, "result/"), typed)

    assert answer.status_code == 409
    assert "花名册或候选人有变动" in answer.content.decode()
    assert [one.name for one in answer.context["plan"].changes] == ["孙涛", "李静"]
    election.refresh_from_db()
    assert election.state == "held"


def test_result_taken_back_by_the_page_then_held_again(desk: Client, community: Community) -> None:
    election = voted(community, (make_person(name="孙涛"), "director"))
    desk.post(page(election, "result/"), result_form(desk.get(page(election, "result/"))))
    form = desk.get(page(election, "reopen/")).context["form"]
    typed = {"key": KEY, "version": str(form["version"].value()), "reason": "候选人勾错"}

    first, again = (desk.post(page(election, "reopen/"), typed) for _ in range(2))

    election.refresh_from_db()
    assert (first.status_code, again["Location"]) == (302, page(election))
    assert (election.state, Appointment.objects.count()) == ("held", 0)


def test_election_void_then_another_may_follow_in_its_round(
    desk: Client, community: Community
) -> None:
    election = make_election(community)

    desk.post(
        page(election, "void/"),
        {"version": "1", "voided_on": "2026-11-11", "reason": "投票人数不足"},
    )
    shown = desk.get(page(election))
    again = desk.post(f"/communities/{community.code}/elections/new/", {"kind": "term"})

    assert "投票人数不足" in shown.content.decode()
    assert (shown.context["may_repeat"], again.status_code) == (True, 302)


# who sees what


@pytest.mark.parametrize(
    "name", ["", "edit/", "void/", "candidates/", "candidates/new/", "votes/", "result/", "reopen/"]
)
def test_election_of_another_street_then_not_found(
    browse: Browse, clerk_elsewhere: User, community: Community, name: str
) -> None:
    election = voted(community, (make_person(), "director"))

    assert browse(clerk_elsewhere).get(page(election, name)).status_code == 404
    assert browse(clerk_elsewhere).post(page(election, name)).status_code in (404, 405)


def test_election_for_who_only_reads_then_no_buttons_and_nothing_taken(
    browse: Browse, reviewer: User, district_finance: User, community: Community
) -> None:
    election = voted(community, (make_person(), "director"))

    shown = browse(reviewer).get(page(election)).content.decode()

    assert not re.search("登记投票|核对并公布结果|登记进度|选举未成</a>", shown)
    assert browse(reviewer).post(page(election, "result/")).status_code == 403
    assert browse(reviewer).post(page(election, "candidates/"), {}).status_code == 302
    assert Candidate.objects.count() == 1
    assert browse(district_finance).get(page(election)).status_code == 403


def test_election_page_with_many_candidates_then_as_many_queries(
    desk: Client, community: Community
) -> None:
    election = voted(community, (make_person(), "director"), seats=30)
    names = ("", "candidates/", "result/")
    for name in names:  # what the process keeps of policies is read once
        desk.get(page(election, name))
    few = [queries_of(desk, page(election, name)) for name in names]

    for number in range(29):
        stand(election, make_person(name=f"甲{number}"), elected=True)
        make_election(community, kind="by")
    many = [queries_of(desk, page(election, name)) for name in names]

    assert many == few
