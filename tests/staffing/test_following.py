"""Who works in a community goes where it goes: merged, split, transferred, re-coded."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities.models import Community
from staffing.models import (
    Appointment,
    Attendance,
    Certificate,
    Person,
    PersonPhone,
    StaffAct,
)
from staffing.selectors.heads import heads_of
from tests.change_acts import (
    AT,
    DOC_NO,
    EFFECTIVE,
    A,
    applied,
    begins,
    goes_on,
    make_plan,
    merging,
    pair,
)
from tests.factories import make_community
from tests.staff_factories import (
    IDENTITY_NUMBERS,
    make_act,
    make_appointment,
    make_attendance,
    make_certificate,
    make_course,
    make_election,
    make_person,
)
from tests.staffing.act_desk import posts, strays

pytestmark = pytest.mark.django_db
NEW = "371502001009"
ELSEWHERE = "371502002001"
EVE = EFFECTIVE - timedelta(days=1)


def heads(*communities: Community, on: date = EFFECTIVE) -> set[str]:
    found = heads_of([one.pk for one in communities], on)
    return {who for one in found.values() for who in one.workers}


def test_merge_then_elected_posts_end_and_workers_go_on() -> None:
    one, other = pair()
    director = make_appointment(one, "director").person
    worker = make_appointment(one, "worker", grade=3, basis="东政字〔2022〕3号").person
    before = heads(one, other)

    act = applied("merge", merging([one, other], begins(NEW, "光岳社区居委会"), [1, 2]))

    assert posts(director) == [(A, "director", date(2022, 1, 10), EFFECTIVE)]
    assert posts(worker) == [
        (A, "worker", date(2022, 1, 10), EFFECTIVE),
        (NEW, "worker", EFFECTIVE, None),
    ]
    begun = Appointment.objects.get(person=worker, valid_until=None)
    assert (begun.identity, begun.pay_channel, begun.grade, begun.basis) == (
        "recruited", "funded", 3, "东政字〔2022〕3号",
    )  # fmt: skip
    follow = StaffAct.objects.get(person=worker)
    assert (follow.kind, follow.code, follow.note, follow.doc_no) == (
        "follow", NEW, "社区撤销", DOC_NO,
    )  # fmt: skip
    assert (follow.made_by_id, follow.made_at, begun.begun_by_id) == (
        act.decided_by_id, AT, follow.pk,
    )  # fmt: skip
    assert StaffAct.objects.get(person=director).code == A
    new = Community.objects.get(code=NEW)
    assert heads(one, other, new) == before == heads(one, other, on=EVE)


def test_merge_of_two_posts_of_one_worker_then_one_post() -> None:
    one, other = pair()
    worker = make_appointment(one, "worker").person
    make_appointment(other, "worker", worker)

    applied("merge", merging([one, other], begins(NEW, "光岳社区居委会"), [1, 2]))

    running = Appointment.objects.filter(person=worker, valid_until=None)
    assert [row.code for row in running] == [NEW]


def test_merge_into_one_that_goes_on_then_its_posts_stay() -> None:
    one, other = pair()
    stays = make_appointment(one, "director")
    moves = make_appointment(other, "grid_worker").person
    both = make_appointment(one, "worker").person
    make_appointment(other, "worker", both)

    applied("merge", merging([one, other], goes_on(one), [1, 2]))

    stays.refresh_from_db()
    assert (stays.valid_until, stays.version) == (None, 1)
    assert posts(moves)[-1] == (A, "grid_worker", EFFECTIVE, None)
    assert [row[0] for row in posts(both) if row[3] is None] == [A]


def test_abolish_without_receiver_then_everybody_leaves() -> None:
    one = make_community(A)
    worker = make_appointment(one, "worker").person

    applied("abolish", make_plan([one], []))

    assert posts(worker) == [(A, "worker", date(2022, 1, 10), EFFECTIVE)]
    assert StaffAct.objects.get().code == A


def test_split_then_workers_go_where_most_households_go() -> None:
    one = make_community(A)
    worker = make_appointment(one, "worker").person
    plan = make_plan(
        [one],
        [begins(NEW, "光岳社区居委会"), begins("371502001010", "湖畔社区居委会", key="s2")],
        {(one, "s1"): 10, (one, "s2"): 20},
    )

    applied("split", plan)

    assert posts(worker)[-1] == ("371502001010", "worker", EFFECTIVE, None)


def test_posts_that_end_or_begin_later_then_as_they_would_have() -> None:
    one, other = pair()
    until, later = date(2027, 6, 1), date(2027, 5, 1)
    leaver = make_appointment(one, "worker", valid_until=until).person
    left = make_act(leaver, one, "leave", on=until)
    Appointment.objects.filter(person=leaver).update(ended_by=left)
    comer = make_appointment(one, "worker", valid_from=later).person
    elect = make_appointment(one, "director", valid_from=later).person
    gone = make_appointment(one, "worker", valid_until=date(2026, 1, 1)).person

    applied("merge", merging([one, other], begins(NEW, "光岳社区居委会"), [1, 2]))

    assert posts(leaver)[-1] == (NEW, "worker", EFFECTIVE, until)
    assert Appointment.objects.get(person=leaver, valid_until=until).ended_by_id == left.pk
    assert posts(comer) == [(NEW, "worker", later, None)]
    assert posts(elect) == [(A, "director", later, later + timedelta(days=1))]
    assert posts(gone) == [(A, "worker", date(2022, 1, 10), date(2026, 1, 1))]


def test_merge_over_streets_then_the_file_is_copied_with_certificates_and_phone() -> None:
    one, far = make_community(A), make_community(ELSEWHERE, "柳园社区居委会")
    person = make_person(identity_number=IDENTITY_NUMBERS[0], phone="13812345678")
    make_appointment(one, "worker", person)
    make_certificate(person)
    make_attendance(make_course(), person)

    applied("merge", merging([one, far], goes_on(far), [1, 2]))

    file = Person.objects.get(code="371502002")
    assert (file.name, file.identity_hmac) == (person.name, person.identity_hmac)
    assert posts(person) == [(A, "worker", date(2022, 1, 10), EFFECTIVE)]
    assert posts(file) == [(ELSEWHERE, "worker", EFFECTIVE, None)]
    assert PersonPhone.objects.get(person=file).number == "13812345678"
    assert Certificate.objects.get(person=file).registration_no == "鲁2021001"
    # the courses go where the person works now
    assert (Attendance.objects.get().person_id, Attendance.objects.get().code) == (
        file.pk, "371502002",
    )  # fmt: skip
    assert [act.code for act in StaffAct.objects.order_by("pk")] == [A, ELSEWHERE]
    assert heads(one, far) == {person.identity_hmac}
    assert strays() == []


def test_past_rosters_after_a_transfer_and_a_merge_are_the_same() -> None:
    one, other = pair()
    for community in (one, other):
        make_appointment(community, "director")
        make_appointment(community, "worker")
    columns = ("person__name", "community", "post", "valid_from")
    before = list(Appointment.objects.as_of(EVE).order_by("pk").values_list(*columns))

    applied("merge", merging([one, other], begins(NEW, "光岳社区居委会"), [1, 2]))

    assert list(Appointment.objects.as_of(EVE).order_by("pk").values_list(*columns)) == before


def test_community_that_ends_then_terms_end_and_elections_are_void() -> None:
    one = make_community(A)
    done = make_election(
        one, state="done", mode="direct", held_on=date(2026, 1, 5), term_from=date(2026, 1, 10),
        term_until=date(2031, 1, 10),
    )  # fmt: skip
    planned = make_election(one, state="registered")

    applied("abolish", make_plan([one], []))

    done.refresh_from_db()
    planned.refresh_from_db()
    assert done.term_until == EFFECTIVE
    assert (planned.state, planned.voided_on, planned.void_reason) == (
        "void", EFFECTIVE, "社区撤销",
    )  # fmt: skip


worlds = st.lists(
    st.tuples(
        st.integers(0, 3),  # who
        st.integers(0, 1),  # in which of the two communities
        st.sampled_from(["worker", "grid_worker", "director", "welfare_post"]),
        st.sampled_from([date(2022, 1, 10), EFFECTIVE, date(2027, 6, 1)]),
    ),
    max_size=6,
    unique_by=lambda row: row[:3],
)


@given(worlds, st.sampled_from(["new", "first", "far"]))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_workers_after_any_merge_are_those_of_before(rows: Any, into: str) -> None:
    with transaction.atomic():
        merged(rows, into)
        transaction.set_rollback(True)


def merged(rows: Any, into: str) -> None:
    pool = [make_person(name=f"张{number}", identity_number="") for number in range(4)]
    numbers = [f"{number:064x}" for number in range(1, 5)]
    for person, number in zip(pool, numbers, strict=True):
        Person.objects.filter(pk=person.pk).update(identity_hmac=number)
    one, other = pair()
    target = {
        "new": lambda: begins(NEW, "光岳社区居委会"),
        "first": lambda: goes_on(one),
        "far": lambda: goes_on(make_community(ELSEWHERE, "柳园社区居委会")),
    }[into]()
    single = set()
    for who, place, post, since in rows:
        if post == "director" and (place in single or single.add(place)):
            continue
        make_appointment((one, other)[place], post, pool[who], valid_from=since)
    keys = [one.pk, other.pk]
    before = {day: roll(keys, day) for day in (EVE, EFFECTIVE, date(2027, 7, 1))}
    listed = [one, other] if into != "far" else [one, other, Community.objects.get(code=ELSEWHERE)]

    applied("merge", merging(listed, target, [1] * len(listed)))

    keys += list(Community.objects.filter(code__in=[NEW, ELSEWHERE]).values_list("pk", flat=True))
    assert roll(keys, EVE) == before[EVE]
    for day in (EFFECTIVE, date(2027, 7, 1)):
        assert set(roll(keys, day)) == set(before[day])
    # a post that would have begun twice in the successor lasts one day where it began
    assert max(roll(keys, date(2027, 7, 1)).values(), default=1) == 1
    assert strays() == []


def roll(communities: list[int], on: date) -> Counter[tuple[str, str]]:
    """Who has which post that goes on with the residents."""
    rows = Appointment.objects.filter(community__in=communities).as_of(on)
    rows = rows.exclude(post="director")
    return Counter(rows.values_list("person__identity_hmac", "post"))
