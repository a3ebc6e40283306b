"""Results of elections: who begins, goes on and ends; what cannot be; taking a result back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.utils import DatabaseError

from accounts.models import User
from accounts.scope import scope
from communities.models import Community, Organisation
from communities.services.editing import StaleError
from policy import services as policy
from policy.engine import load_shipped
from staffing.models import Appointment, Election, Person, StaffAct
from staffing.selectors.election_results import preview
from staffing.selectors.elections import events_of
from staffing.services.election_results import MovedError, take_back
from tests.election_world import (
    AT,
    HELD,
    TODAY,
    announced,
    posts_on,
    stand,
    voted,
)
from tests.factories import make_community, make_organisation
from tests.staff_factories import make_appointment, make_person

BEFORE = HELD - timedelta(days=1)


def people(*names: str) -> list[Person]:
    return [make_person(name=name, joined_on=None) for name in names]


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def term_of_five_years(db: None) -> None:
    """The organic law, published for the whole country."""
    text = load_shipped("organic-law-2026")
    policy.publish(policy.draft(text.source, by=None), by=None, on=date(2026, 1, 1))


def sitting(community: Community, *held: tuple[Person, str], **overrides: Any) -> None:
    for person, post in held:
        make_appointment(community, post, person, **({"grade": 9} | overrides))


@pytest.mark.django_db
def test_result_then_new_ones_begin_old_ones_end_and_the_re_elected_go_on_without_a_gap(
    clerk: User, community: Community, term_of_five_years: None
) -> None:
    director, deputy, leaving, fresh = people("王建国", "李静", "赵敏", "孙涛")
    sitting(community, (director, "director"), (deputy, "member"), (leaving, "member"))
    make_appointment(community, "secretary", leaving)
    body = make_organisation(community, leader="王建国", members=3)
    election = voted(
        community, (director, "director"), (deputy, "deputy"), (fresh, "member"), seats=3
    )

    done = announced(election, clerk, doc_no="古办〔2026〕12号", note="")

    assert posts_on(community, BEFORE) == [
        ("李静", "member"), ("王建国", "director"), ("赵敏", "member"), ("赵敏", "secretary")
    ]  # fmt: skip
    assert posts_on(community, HELD) == [
        ("孙涛", "member"), ("李静", "deputy"), ("王建国", "director"), ("赵敏", "secretary")
    ]  # fmt: skip
    assert [
        (act.person.name, act.kind, act.leave_reason, act.on, act.doc_no)
        for act in StaffAct.objects.filter(election=election).order_by("pk")
    ] == [
        ("王建国", "elect", "", HELD, "古办〔2026〕12号"),
        ("李静", "elect", "", HELD, "古办〔2026〕12号"),
        ("孙涛", "elect", "", HELD, "古办〔2026〕12号"),
        ("赵敏", "leave", "term", HELD, "古办〔2026〕12号"),
    ]
    begun = Appointment.objects.get(person=director, valid_from=HELD)
    assert (begun.identity, begun.grade, begun.basis, begun.election_id) == (
        "elected", 9, "古办〔2026〕12号", election.pk,
    )  # fmt: skip
    assert (done.state, done.term_from, done.term_until, done.term_clause) == (
        "done", HELD, date(2031, 11, 10), "OL-ELE-1",
    )  # fmt: skip
    body.refresh_from_db()
    assert (body.leader, body.members, body.term_ends_on) == ("王建国", 3, date(2031, 11, 10))


@pytest.mark.django_db
def test_result_with_a_note_then_it_is_the_reason_in_the_record(
    clerk: User, community: Community
) -> None:
    """The register of organisations is written last and must not put its own words there."""
    (fresh,) = people("孙涛")
    make_organisation(community)
    election = voted(community, (fresh, "director"), seats=5)

    with scope(clerk.scope, user=clerk.pk):
        announced(election, clerk, note="缺额另行补选")

    assert [event.reason for event in events_of(election)] == ["缺额另行补选", ""]


@pytest.mark.django_db
def test_result_where_no_text_gives_a_term_then_the_end_is_unknown(
    clerk: User, community: Community
) -> None:
    (fresh,) = people("孙涛")

    done = announced(voted(community, (fresh, "director")), clerk)

    assert (done.term_from, done.term_until, done.term_clause) == (HELD, None, "")


@pytest.mark.django_db
def test_result_of_before_the_law_then_its_term_is_counted_by_the_law_of_the_record(
    clerk: User, community: Community, term_of_five_years: None
) -> None:
    (fresh,) = people("孙涛")
    held = date(2021, 12, 10)
    election = voted(community, (fresh, "director"), held_on=held)

    done = announced(election, clerk, held)

    assert (done.term_from, done.term_until, done.term_clause) == (
        held, date(2026, 12, 10), "OL-ELE-1"
    )  # fmt: skip


@pytest.mark.django_db
def test_result_where_no_body_is_registered_then_it_is_registered_under_the_name_given(
    clerk: User, community: Community
) -> None:
    (fresh,) = people("孙涛")

    announced(voted(community, (fresh, "director")), clerk, register_as="古城社区居委会")

    assert list(Organisation.objects.values_list("kind", "name", "leader", "members")) == [
        ("residents_committee", "古城社区居委会", "孙涛", 1)
    ]


@pytest.mark.django_db
def test_by_election_then_others_stay_and_the_term_is_not_restarted(
    clerk: User, community: Community, term_of_five_years: None
) -> None:
    director, member, fresh = people("王建国", "李静", "孙涛")
    whole = voted(
        community, (director, "director"), (member, "member"),
        held_on=date(2026, 2, 1), nominated_on=date(2026, 1, 20), registered_on=None,
        committee_on=None,
    )  # fmt: skip
    announced(whole, clerk, day=date(2026, 2, 1))
    by = voted(community, (fresh, "member"), kind="by", seats=1)

    done = announced(by, clerk)

    assert posts_on(community, HELD) == [
        ("孙涛", "member"), ("李静", "member"), ("王建国", "director")
    ]  # fmt: skip
    assert (done.term_from, done.term_until, done.term_clause) == (HELD, date(2031, 2, 1), "")


@pytest.mark.django_db
def test_by_election_into_a_post_of_one_person_that_is_held_then_refused_with_who_holds_it(
    clerk: User, community: Community
) -> None:
    director, fresh = people("王建国", "孙涛")
    sitting(community, (director, "director"))

    with pytest.raises(ValidationError) as wrong:
        announced(voted(community, (fresh, "director"), kind="by"), clerk)

    assert wrong.value.messages == ["王建国自2022-01-10任居委会主任。先登记他离任，再登记补选结果"]
    assert posts_on(community, HELD) == [("王建国", "director")]


@pytest.mark.django_db
def test_result_of_posts_that_the_roster_has_from_that_day_then_they_are_linked_not_doubled(
    clerk: User, community: Community
) -> None:
    (director,) = people("王建国")
    sitting(community, (director, "director"), valid_from=HELD)
    election = voted(community, (director, "director"))

    announced(election, clerk)

    assert list(Appointment.objects.values_list("post", "valid_from", "election_id")) == [
        ("director", HELD, election.pk)
    ]
    assert StaffAct.objects.count() == 0


@pytest.mark.django_db
def test_result_of_a_past_election_then_only_recorded_where_that_is_said_and_why(
    clerk: User, community: Community
) -> None:
    """The roster has the director since 2022; the election of 2021 is recorded afterwards."""
    director, other = people("王建国", "孙涛")
    sitting(community, (director, "director"))
    past = date(2021, 1, 15)
    election = voted(
        community, (other, "director"), held_on=past,
        committee_on=None, registered_on=None, nominated_on=None,
    )  # fmt: skip

    with pytest.raises(ValidationError) as wrong:
        announced(election, clerk, day=past)
    with pytest.raises(ValidationError) as silent:
        announced(election, clerk, day=past, roster_stays=True, note="")
    done = announced(election, clerk, day=past, roster_stays=True, note="补记上届选举")

    assert wrong.value.messages == [
        "王建国自2022-01-10任居委会主任，不早于任期开始日期2021-01-15。改任期开始日期，或先更正任职"
    ]
    assert silent.value.message_dict == {"note": ["花名册不变，写明原因"]}
    assert (done.state, posts_on(community, HELD)) == ("done", [("王建国", "director")])


@pytest.mark.django_db
def test_result_with_fewer_than_the_seats_then_a_reason_is_asked(
    clerk: User, community: Community
) -> None:
    (fresh,) = people("孙涛")
    election = voted(community, (fresh, "director"), seats=5)

    with pytest.raises(ValidationError) as wrong:
        announced(election, clerk, note="")

    assert wrong.value.message_dict == {"note": ["少选4人，写明原因"]}
    assert announced(election, clerk).state == "done"


@pytest.mark.django_db
def test_result_when_the_roster_moved_since_it_was_shown_then_nothing_is_done(
    clerk: User, community: Community
) -> None:
    member, fresh = people("李静", "孙涛")
    election = voted(community, (fresh, "director"))
    seen = preview(clerk, election, HELD).plan.fingerprint
    sitting(community, (member, "member"))

    with pytest.raises(MovedError):
        announced(election, clerk, seen=seen)

    assert posts_on(community, HELD) == [("李静", "member")]


@pytest.mark.django_db
def test_result_of_an_election_that_changed_since_then_stale(
    clerk: User, community: Community
) -> None:
    (fresh,) = people("孙涛")
    election = voted(community, (fresh, "director"))
    Election.objects.filter(pk=election.pk).update(version=2)

    with pytest.raises(StaleError):
        announced(election, clerk)


# taking back


def back(election: Election, by: User) -> Election:
    election.refresh_from_db()
    return take_back(
        election=election, reason="候选人勾错", version=election.version, by=by, on=TODAY, at=AT
    )


@pytest.mark.django_db
def test_result_taken_back_then_the_roster_is_as_before_and_each_person_has_a_correction(
    clerk: User, community: Community, term_of_five_years: None
) -> None:
    director, fresh = people("王建国", "孙涛")
    sitting(community, (director, "director"))
    body = make_organisation(community, leader="王建国", members=1)
    election = voted(community, (fresh, "director"))
    announced(election, clerk)
    wrong = Appointment.objects.get(person=fresh)

    again = back(election, clerk)

    for day in (BEFORE, HELD, TODAY):
        assert posts_on(community, day) == [("王建国", "director")]
    assert (again.state, again.term_from, again.term_until) == ("held", None, None)
    corrections = StaffAct.objects.filter(kind="correct").order_by("pk")
    assert [(act.person.name, act.on, act.note) for act in corrections] == [
        ("王建国", TODAY, "撤回2026-11-10的换届选举结果：候选人勾错"),
        ("孙涛", TODAY, "撤回2026-11-10的换届选举结果：候选人勾错"),
    ]
    history = Appointment.pgh_event_model.objects.filter(pgh_obj_id=wrong.pk)  # type: ignore[attr-defined]
    assert list(history.order_by("pgh_id").values_list("pgh_label", flat=True)) == [
        "insert",
        "delete",
    ]
    body.refresh_from_db()
    assert (body.leader, body.members, body.term_ends_on) == ("王建国", 1, None)


@pytest.mark.django_db
def test_result_taken_back_and_announced_right_then_the_right_one_holds_the_post(
    clerk: User, community: Community
) -> None:
    wrong, right = people("孙涛", "李静")
    election = voted(community, (wrong, "director"))
    stand(election, right, "director", votes=600)
    announced(election, clerk)
    again = back(election, clerk)
    for one in again.candidates.all():
        one.elected = one.person_id == right.pk
        one.save()

    announced(again, clerk)

    assert posts_on(community, HELD) == [("李静", "director")]


@pytest.mark.django_db
def test_result_after_somebody_left_since_then_it_cannot_be_taken_back(
    clerk: User, community: Community
) -> None:
    (fresh,) = people("孙涛")
    election = voted(community, (fresh, "director"))
    announced(election, clerk)
    Appointment.objects.filter(person=fresh).update(valid_until=date(2026, 11, 20))

    with pytest.raises(ValidationError) as wrong:
        back(election, clerk)

    assert wrong.value.messages == [
        "结果公布以后孙涛的居委会主任已于2026-11-20离任。结果不能撤回，用人员变动更正"
    ]


@pytest.mark.django_db
def test_appointment_that_rests_on_no_election_then_the_database_removes_it_for_nobody(
    community: Community,
) -> None:
    post = make_appointment(community, "worker")

    with pytest.raises(DatabaseError, match="ended, not removed"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM staffing_appointment WHERE id = %s", [post.pk])


@pytest.mark.django_db
def test_result_in_the_database_then_every_day_has_one_director_and_the_heads_that_were_elected(
    clerk: User, community: Community
) -> None:
    """What the plan says is what the roster shows, on the day before, the day and later."""
    first, second, third = people("甲", "乙", "丙")
    sitting(community, (first, "director"), (second, "member"))

    announced(voted(community, (second, "director"), (third, "member")), clerk)

    for day, expected in (
        (BEFORE, [("乙", "member"), ("甲", "director")]),
        (HELD, [("丙", "member"), ("乙", "director")]),
        (TODAY, [("丙", "member"), ("乙", "director")]),
    ):
        assert posts_on(community, day) == expected
