"""Steps of review: who may take them, what stops them, many at once, and taken back."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.models import Message, User
from accounts.scope import scope
from collection.models import FactsStep
from collection.services.facts import StepError, submit
from collection.services.reviewing import (
    CONFIRM,
    PASS,
    Done,
    advance,
    advance_many,
    send_back,
    unlock,
)
from communities.models import AnnualFacts
from tests.collection.form_world import open_round
from tests.collection.review_world import AT, YEAR, make_queue, make_waiting, second_officer
from tests.factories import make_correction
from tests.world import GUCHENG, HUNAN, LIUYUAN, load_texts, make_place

pytestmark = pytest.mark.django_db
URL = "/communities/371502001001/2026/edit/"


@pytest.fixture(autouse=True)
def texts(db: None) -> None:
    load_texts()


def steps(facts: AnnualFacts) -> list[tuple[str, int, dict[str, str], str]]:
    rows = FactsStep.objects.filter(facts=facts).order_by("pk")
    return [(one.kind, one.number, one.comments, one.by.username) for one in rows]


def state(facts: AnnualFacts) -> tuple[str, int]:
    facts.refresh_from_db()
    return facts.status, facts.version


def test_pass_then_waits_for_the_district(clerk: User, reviewer: User) -> None:
    facts = make_waiting(GUCHENG, "submitted", by=clerk)

    advance(stage=PASS, facts=facts, version=1, by=reviewer, at=AT)

    assert state(facts) == ("reviewed", 2)
    assert (facts.submitted_by, facts.reviewed_by) == (clerk, reviewer)
    assert steps(facts) == [("pass", 1, {}, reviewer.username)]


def test_confirm_then_locked_with_who_and_when(
    clerk: User, reviewer: User, district_officer: User
) -> None:
    facts = make_waiting(GUCHENG, by=clerk, reviewed_by=reviewer)

    advance(stage=CONFIRM, facts=facts, version=1, by=district_officer, at=AT)

    assert state(facts) == ("confirmed", 2)
    assert (facts.confirmed_by, facts.confirmed_at) == (district_officer, AT)
    assert steps(facts) == [("confirm", 1, {}, district_officer.username)]
    with pytest.raises(IntegrityError, match="are locked"), transaction.atomic():
        AnnualFacts.objects.filter(pk=facts.pk).update(households=1)


def test_confirm_of_own_work_then_refused(district_officer: User) -> None:
    facts = make_waiting(GUCHENG, by=district_officer)

    with pytest.raises(StepError, match="由你填写、提交或审核过，换一人办理"):
        advance(stage=CONFIRM, facts=facts, version=1, by=district_officer, at=AT)

    assert state(facts) == ("reviewed", 1)


def test_confirm_of_what_one_passed_then_refused(clerk: User, district_officer: User) -> None:
    facts = make_waiting(GUCHENG, by=clerk, reviewed_by=district_officer)

    with pytest.raises(StepError, match="由你填写、提交或审核过，换一人办理"):
        advance(stage=CONFIRM, facts=facts, version=1, by=district_officer, at=AT)


def test_confirm_of_own_work_by_a_query_then_refused_by_the_table(district_officer: User) -> None:
    facts = make_waiting(GUCHENG, by=district_officer)

    with (
        pytest.raises(IntegrityError, match="facts_submitted_not_confirmed_by_one"),
        transaction.atomic(),
    ):
        AnnualFacts.objects.filter(pk=facts.pk).update(
            status="confirmed", confirmed_by=district_officer
        )


def test_confirm_when_changed_meanwhile_then_refused(clerk: User, district_officer: User) -> None:
    facts = make_waiting(GUCHENG, by=clerk)

    with pytest.raises(StepError, match="有了新的变化"):
        advance(stage=CONFIRM, facts=facts, version=7, by=district_officer, at=AT)


@pytest.mark.parametrize("status", ["draft", "returned", "submitted", "confirmed"])
def test_confirm_from_another_state_then_refused(
    clerk: User, district_officer: User, status: str
) -> None:
    facts = make_waiting(GUCHENG, status, by=clerk)

    with pytest.raises(StepError, match="现在是"):
        advance(stage=CONFIRM, facts=facts, version=1, by=district_officer, at=AT)

    assert state(facts) == (status, 1)


def test_confirm_when_the_round_asks_more_since_then_refused(
    clerk: User, district_officer: User
) -> None:
    facts = make_waiting(GUCHENG, by=clerk)
    open_round(asked=["households_resident"])

    with pytest.raises(StepError, match=r"有1处要改：.*常住户数.*退回修改"):
        advance(stage=CONFIRM, facts=facts, version=1, by=district_officer, at=AT)


def test_confirm_when_unlikely_without_a_reason_then_only_with_a_note(
    clerk: User, district_officer: User
) -> None:
    facts = make_waiting(HUNAN, by=clerk, committee_members_in_post=5)

    with pytest.raises(StepError, match="有1处没有变动说明：居委会成员在岗比上年"):
        advance(stage=CONFIRM, facts=facts, version=1, by=district_officer, at=AT)
    advance(stage=CONFIRM, facts=facts, version=1, by=district_officer, at=AT, note="已电话核实")

    assert steps(facts) == [("confirm", 1, {"": "已电话核实"}, district_officer.username)]


def test_return_then_the_clerk_is_told_and_the_next_time_is_the_second(
    clerk: User, clerk_elsewhere: User, district_officer: User
) -> None:
    facts = make_waiting(GUCHENG, by=clerk)

    send_back(
        facts=facts,
        version=1,
        by=district_officer,
        at=AT,
        comments={"": "", "premises_area_m2": "附产权证"},
        state="reviewed",  # type: ignore[arg-type]
        url=URL,
    )

    assert state(facts) == ("returned", 2)
    assert steps(facts) == [
        ("return", 1, {"premises_area_m2": "附产权证"}, district_officer.username)
    ]
    sent = Message.objects.get()
    assert (sent.to, sent.url) == (clerk, URL)
    assert sent.text == "古城社区2026年度数据退回修改，意见1条"


def test_return_without_a_word_then_refused(clerk: User, district_officer: User) -> None:
    facts = make_waiting(GUCHENG, by=clerk)

    with pytest.raises(StepError, match="没有写退回意见"):
        send_back(
            facts=facts, version=1, by=district_officer, at=AT, comments={"": ""},
            state="reviewed", url=URL,  # type: ignore[arg-type]
        )  # fmt: skip

    assert state(facts) == ("reviewed", 1)


def test_many_then_the_clean_go_on_and_the_others_are_named(
    clerk: User, district_officer: User
) -> None:
    queue = make_queue(by=clerk)

    done = advance_many(
        stage=CONFIRM,
        versions={queue[GUCHENG].pk: 1, queue[HUNAN].pk: 1, queue[LIUYUAN].pk: 9},
        by=district_officer,
        at=AT,
    )

    assert done.count == 1
    assert [(code, name) for code, name, _ in done.left] == [
        (HUNAN, "湖南社区"),
        (LIUYUAN, "柳园社区"),
    ]
    assert done.left[0][2].startswith("有1处没有变动说明")
    assert done.left[1][2] == "打开以后有了新的变化"
    assert [state(queue[code]) for code in (GUCHENG, HUNAN, LIUYUAN)] == [
        ("confirmed", 2),
        ("reviewed", 1),
        ("reviewed", 1),
    ]
    assert steps(queue[GUCHENG]) == [("confirm", 1, {}, district_officer.username)]


def test_many_of_another_scope_or_the_own_work_then_untouched(
    clerk: User, district_officer: User, reviewer: User
) -> None:
    queue = make_queue(by=reviewer, status="submitted")
    versions = {queue[GUCHENG].pk: 1, queue[LIUYUAN].pk: 1}

    done = advance_many(stage=PASS, versions=versions, by=reviewer, at=AT)

    assert done == Done(0, ((GUCHENG, "古城社区", "由你填写、提交或审核过，换一人办理"),))
    assert state(queue[LIUYUAN]) == ("submitted", 1)


def test_many_then_history_has_every_row_with_the_person(
    clerk: User, district_officer: User
) -> None:
    queue = make_queue(by=clerk)
    versions = {queue[GUCHENG].pk: 1, queue[LIUYUAN].pk: 1}

    advance_many(stage=CONFIRM, versions=versions, by=district_officer, at=AT)

    for code in (GUCHENG, LIUYUAN):
        last = queue[code].events.order_by("pgh_id").last()
        assert (last.pgh_label, last.status, last.version) == ("update", "confirmed", 2)


def test_many_then_the_same_queries_for_two_and_for_thirty(
    clerk: User, district_officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def go(codes: list[str]) -> int:
        versions = {make_waiting(code, by=clerk, households=2000).pk: 1 for code in codes}
        with django_assert_max_num_queries(99) as asked:
            done = advance_many(stage=CONFIRM, versions=versions, by=district_officer, at=AT)
        assert done == Done(len(codes))
        return len(asked)

    go([GUCHENG])

    few, many = go([HUNAN, LIUYUAN]), go([f"3715020010{number}" for number in range(10, 40)])

    assert many == few


@pytest.fixture
def confirmed(clerk: User, district_officer: User) -> AnnualFacts:
    return make_waiting(
        GUCHENG, "confirmed", by=clerk, confirmed_by=district_officer, confirmed_at=AT
    )


def undo(facts: AnnualFacts, by: User, **changes: Any) -> AnnualFacts:
    given = {"facts": facts, "version": 1, "by": by, "at": AT, "reason": "漏报租金", "url": URL}
    return unlock(**(given | changes))


def test_unlock_then_returned_with_the_reason_in_step_and_history(
    confirmed: AnnualFacts, clerk: User, district_officer: User
) -> None:
    open_round()

    with scope("371502", user=district_officer.pk):
        undo(confirmed, district_officer)

    assert state(confirmed) == ("returned", 2)
    assert (confirmed.confirmed_by, confirmed.confirmed_at) == (None, None)
    assert steps(confirmed) == [("unlock", 1, {"": "漏报租金"}, district_officer.username)]
    reason = confirmed.events.order_by("pgh_id").last().pgh_context.metadata["reason"]
    assert reason == "撤销确认：漏报租金"
    assert [one.to for one in Message.objects.all()] == [clerk]


@pytest.mark.parametrize("state_of_round", [None, "closed"])
def test_unlock_when_no_round_goes_on_then_correction_is_named(
    confirmed: AnnualFacts, district_officer: User, state_of_round: str | None
) -> None:
    if state_of_round:
        open_round(state=state_of_round)

    with pytest.raises(StepError, match="2026年度没有进行中的填报任务，不能撤销确认，改走更正"):
        undo(confirmed, district_officer)

    assert state(confirmed) == ("confirmed", 1)


def test_unlock_while_a_correction_waits_then_refused(
    confirmed: AnnualFacts, clerk: User, district_officer: User
) -> None:
    open_round()
    make_correction(confirmed, clerk)

    with pytest.raises(StepError, match="有一件更正待批准"):
        undo(confirmed, district_officer)


def test_unlock_without_a_reason_then_refused(
    confirmed: AnnualFacts, district_officer: User
) -> None:
    open_round()

    with pytest.raises(StepError, match="没有写撤销原因"):
        undo(confirmed, district_officer, reason="")


def test_confirm_of_figures_one_brought_in_then_refused(
    clerk: User, district_officer: User
) -> None:
    facts = make_waiting(GUCHENG, by=clerk, makers=[clerk.pk, district_officer.pk])

    with pytest.raises(StepError, match="由你填写、提交或审核过，换一人办理"):
        advance(stage=CONFIRM, facts=facts, version=1, by=district_officer, at=AT)
    done = advance_many(stage=CONFIRM, versions={facts.pk: 1}, by=district_officer, at=AT)

    assert done.left == ((GUCHENG, "古城社区", "由你填写、提交或审核过，换一人办理"),)
    assert state(facts) == ("reviewed", 1)


def test_confirm_without_determined_households_then_refused_one_by_one_and_together(
    clerk: User, district_officer: User
) -> None:
    facts = make_waiting(GUCHENG, by=clerk, households=None)
    why = "没有核定户数，各项标准不能测算。退回补填户数"

    with pytest.raises(StepError, match=why):
        advance(stage=CONFIRM, facts=facts, version=1, by=district_officer, at=AT, note="已核实")
    done = advance_many(stage=CONFIRM, versions={facts.pk: 1}, by=district_officer, at=AT)

    assert done == Done(0, ((GUCHENG, "古城社区", why),))
    assert state(facts) == ("reviewed", 1)


def test_many_when_money_moves_or_nothing_compares_then_left_for_a_look(
    clerk: User, district_officer: User
) -> None:
    moved = make_waiting(GUCHENG, by=clerk, households=4300)
    make_place(LIUYUAN, YEAR, status="reviewed", submitted_by=clerk)
    first = AnnualFacts.objects.get(code=LIUYUAN)

    done = advance_many(
        stage=CONFIRM, versions={moved.pk: 1, first.pk: 1}, by=district_officer, at=AT
    )

    assert done == Done(
        0,
        (
            (GUCHENG, "古城社区", "金额变动10%以上，打开逐个办理"),
            (LIUYUAN, "柳园社区", "上年未确认，没有上年金额可比，打开逐个办理"),
        ),
    )


def test_many_when_more_than_a_list_holds_then_refused(district_officer: User) -> None:
    versions = dict.fromkeys(range(1, 5002), 2)

    with pytest.raises(StepError, match="一次最多办理5,000个社区，收到5,001个"):
        advance_many(stage=CONFIRM, versions=versions, by=district_officer, at=AT)


def test_unlock_then_the_next_time_is_the_second_one_by_one_and_together(
    confirmed: AnnualFacts, clerk: User, district_officer: User
) -> None:
    open_round(asked=["committee_members_in_post"])
    undo(confirmed, district_officer)
    confirmed.refresh_from_db()
    submit(facts=confirmed, version=2, by=clerk, at=AT, street_review=False)

    advance_many(stage=CONFIRM, versions={confirmed.pk: 3}, by=second_officer(), at=AT)

    assert [(kind, number) for kind, number, _, _ in steps(confirmed)] == [
        ("unlock", 1),
        ("submit", 2),
        ("confirm", 2),
    ]


def test_unlock_then_whoever_corrected_the_figures_cannot_confirm_them(
    confirmed: AnnualFacts, clerk: User, district_officer: User
) -> None:
    open_round()
    author = second_officer()
    make_correction(confirmed, author, state="applied", decided_by=district_officer, decided_at=AT)
    make_correction(confirmed, clerk, state="refused", decided_by=district_officer, decided_at=AT)

    undo(confirmed, district_officer)

    confirmed.refresh_from_db()
    assert confirmed.makers == [author.pk]
