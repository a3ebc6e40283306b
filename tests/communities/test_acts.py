"""The workflow of change acts: who does which step when, what it leaves behind, what is refused."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import User
from accounts.scope import scope
from communities.models import ChangeAct, Community, FormerDesignation, Paper
from communities.selectors.act_page import allowed, get_act_page, last_comments, makers, next_step
from communities.selectors.acts import list_acts_of
from communities.selectors.before_after import read_table
from communities.services import acts
from communities.services.acts import NotNowError
from communities.services.editing import StaleError
from communities.services.plan_checks import Mistake, MistakesError
from communities.services.plans import read_plan
from tests.act_steps import (
    AT,
    DOC_NO,
    decided,
    drafted,
    passed,
    rename,
    returned,
    steps_of,
    submitted,
)
from tests.change_acts import begins, make_plan
from tests.factories import make_community, make_user

pytestmark = pytest.mark.django_db


def test_propose_then_a_draft_in_the_scope_of_the_proposer(clerk: User, gucheng: Community) -> None:
    act = drafted(clerk, rename(gucheng), typed={"c1-name": "古城东"})

    assert (act.state, act.code, act.round, act.version) == ("draft", "371502001", 1, 1)
    assert act.proposed_by == clerk
    assert act.proposed_at == AT
    assert read_plan(act.plan) == rename(gucheng)
    assert act.plan["typed"] == {"c1-name": "古城东"}
    assert steps_of(act) == []


@pytest.mark.parametrize("person", ["district_finance", "auditor", "administrator"])
def test_propose_without_the_right_then_refused(
    person: str, gucheng: Community, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        drafted(request.getfixturevalue(person), rename(gucheng))

    assert not ChangeAct.objects.exists()


def test_submit_then_table_step_and_state(clerk: User, gucheng: Community) -> None:
    act = submitted(clerk, drafted(clerk, rename(gucheng)))

    table = read_table(act.table)
    assert act.state == "submitted"
    assert act.version == 2
    assert steps_of(act) == [(1, "submit", "")]
    assert [line.name for line in table.after] == ["古城东社区居委会"]
    assert table.total_before["households"] == table.total_after["households"]
    assert table.total_after["households"].value == 2847


def test_submit_with_mistakes_then_all_are_said_and_nothing_changes(
    clerk: User, gucheng: Community
) -> None:
    unread = [Mistake("successor:s1", "面积“一”不是平方公里数。写成1.25的样子，最多四位小数")]
    act = drafted(clerk, rename(gucheng, ""), reason=" ", unread=unread)

    with pytest.raises(MistakesError) as raised:
        submitted(clerk, act)

    assert [one.item for one in raised.value.mistakes] == [
        "reason",
        "successor:s1",
        f"successor:c{gucheng.pk}",
    ]
    assert raised.value.mistakes[0].message == "没有写理由。写明为什么要变更"
    act.refresh_from_db()
    assert (act.state, act.version, act.table, steps_of(act)) == ("draft", 1, {}, [])


def test_submit_by_a_colleague_then_the_colleague_proposes(
    clerk: User, reviewer: User, gucheng: Community
) -> None:
    act = submitted(reviewer, drafted(clerk, rename(gucheng)))

    assert act.proposed_by == reviewer
    assert makers(act) == {clerk.pk, reviewer.pk}


def test_draft_of_a_street_when_the_district_saves_then_refused(
    clerk: User, district_officer: User, gucheng: Community
) -> None:
    act = drafted(clerk, rename(gucheng))

    with pytest.raises(PermissionDenied):
        submitted(district_officer, act)


def test_step_with_an_old_version_then_stale(clerk: User, gucheng: Community) -> None:
    act = drafted(clerk, rename(gucheng))
    with scope(clerk.scope):
        acts.save_draft(
            act=act, by=clerk, at=AT, version=1, title="新", reason="新", plan=rename(gucheng)
        )

        with pytest.raises(StaleError) as raised:
            acts.withdraw(act=act, by=clerk, at=AT, version=1)

    assert raised.value.present.version == 2


def test_step_in_another_state_then_said(
    clerk: User, district_officer: User, gucheng: Community
) -> None:
    act = drafted(clerk, rename(gucheng))

    with pytest.raises(NotNowError, match="“古城社区更名”现在是起草中，这一步没有办理"):
        passed(district_officer, act)


def test_return_then_comments_per_item_and_the_next_round(
    clerk: User, district_officer: User, gucheng: Community
) -> None:
    act = submitted(clerk, drafted(clerk, rename(gucheng)))

    back = returned(district_officer, act, "", reason="写明居民意见", flows=" ")

    assert (back.state, back.round, back.reviewed_by) == ("returned", 1, None)
    page = get_act_page(clerk, act.pk)
    assert page is not None
    assert last_comments(page.steps) == {"": "", "reason": "写明居民意见"}
    assert page.allowed.submit is True
    again = submitted(clerk, back)
    assert (again.state, again.round) == ("submitted", 2)
    assert steps_of(again) == [(1, "submit", ""), (1, "return", ""), (2, "submit", "")]


def test_return_without_a_word_then_refused(
    clerk: User, district_officer: User, gucheng: Community
) -> None:
    act = submitted(clerk, drafted(clerk, rename(gucheng)))

    with pytest.raises(ValidationError, match="没有写退回意见"):
        returned(district_officer, act, "  ")


def test_maker_reviews_then_refused_in_words(district_officer: User, gucheng: Community) -> None:
    act = submitted(district_officer, drafted(district_officer, rename(gucheng)))

    with pytest.raises(NotNowError, match="你提出的变更由其他人审查"):
        passed(district_officer, act)
    assert allowed(district_officer, act).note == "你提出的变更由其他人审查"
    assert allowed(district_officer, act).review is False


def test_maker_of_an_earlier_version_then_neither_reviews_nor_decides(
    district_officer: User, gucheng: Community
) -> None:
    colleague = make_user("district_officer", "371502", username="colleague")
    third = make_user("district_officer", "371502", username="third")
    act = submitted(colleague, drafted(district_officer, rename(gucheng)))

    with pytest.raises(NotNowError, match="你提出的变更由其他人审查"):
        passed(district_officer, act)
    reviewed = passed(third, act)
    with pytest.raises(NotNowError, match="你提出的变更由其他人录入批复"):
        decided(district_officer, reviewed)


def test_maker_and_checker_then_kept_apart_by_the_database(clerk: User, gucheng: Community) -> None:
    act = submitted(clerk, drafted(clerk, rename(gucheng)))
    for column in ("reviewed_by", "decided_by"):
        with pytest.raises(IntegrityError), transaction.atomic():
            ChangeAct.objects.filter(pk=act.pk).update(**{column: clerk})


def test_state_then_only_by_its_steps_in_the_database(clerk: User, gucheng: Community) -> None:
    act = drafted(clerk, rename(gucheng))

    with pytest.raises(DatabaseError), transaction.atomic():
        ChangeAct.objects.filter(pk=act.pk).update(state="reviewed")


def test_clerk_reviews_then_refused(clerk: User, reviewer: User, gucheng: Community) -> None:
    act = submitted(clerk, drafted(clerk, rename(gucheng)))

    with pytest.raises(PermissionDenied):
        passed(reviewer, act)


def test_pass_then_waits_for_the_decision(
    clerk: User, district_officer: User, gucheng: Community
) -> None:
    act = passed(district_officer, submitted(clerk, drafted(clerk, rename(gucheng))))

    assert (act.state, act.reviewed_by) == ("reviewed", district_officer)
    assert steps_of(act)[-1] == (1, "pass", "情况属实")


def test_pass_when_the_name_was_given_meanwhile_then_mistakes(
    clerk: User, district_officer: User, gucheng: Community
) -> None:
    act = submitted(clerk, drafted(clerk, rename(gucheng)))
    make_community("371502001009", "古城东社区居委会")

    with pytest.raises(MistakesError):
        passed(district_officer, act)

    act.refresh_from_db()
    assert act.state == "submitted"


def test_decide_when_the_day_has_come_then_applied_at_once(
    clerk: User, district_officer: User, gucheng: Community
) -> None:
    act = passed(district_officer, submitted(clerk, drafted(clerk, rename(gucheng))))

    done = decided(district_officer, act)

    gucheng.refresh_from_db()
    assert done.state == "applied"
    assert gucheng.name == "古城东社区居委会"
    assert FormerDesignation.objects.get(community=gucheng).name == "古城社区居委会"
    assert steps_of(done)[-2:] == [
        (1, "decide", f"东昌府区人民政府{DOC_NO}，2026-11-21起生效"),
        (1, "apply", steps_of(done)[-1][2]),
    ]
    paper = Paper.objects.get(act=done)
    assert (paper.kind, paper.doc_no, paper.issued_on, paper.code) == (
        "decision",
        DOC_NO,
        date(2026, 11, 20),
        "371502001",
    )


def test_decide_for_a_later_day_then_nothing_is_changed_yet(
    clerk: User, district_officer: User, gucheng: Community
) -> None:
    act = passed(district_officer, submitted(clerk, drafted(clerk, rename(gucheng))))

    waiting = decided(district_officer, act, effective_on=date(2027, 1, 1))

    gucheng.refresh_from_db()
    assert (waiting.state, gucheng.name) == ("decided", "古城社区居委会")
    assert next_step(waiting, {}) == "到2027-01-01自动生效"


def test_decide_with_a_day_before_the_decision_then_refused(
    clerk: User, district_officer: User, gucheng: Community
) -> None:
    act = passed(district_officer, submitted(clerk, drafted(clerk, rename(gucheng))))

    with pytest.raises(ValidationError) as raised:
        decided(district_officer, act, effective_on=date(2026, 11, 19))

    assert raised.value.message_dict == {
        "effective_on": ["生效日期2026-11-19早于批复日期2026-11-20。改其中一个日期"]
    }
    assert not Paper.objects.exists()


def test_decided_act_returned_then_its_decision_is_taken_back_and_kept_in_the_steps(
    clerk: User, district_officer: User, gucheng: Community
) -> None:
    act = passed(district_officer, submitted(clerk, drafted(clerk, rename(gucheng))))
    act = decided(district_officer, act, effective_on=date(2027, 1, 1))

    back = returned(district_officer, act, "政府改了批复")

    assert (back.state, back.decision_doc_no, back.effective_on) == ("returned", "", None)
    assert [comment for _, kind, comment in steps_of(back) if kind == "decide"] == [
        f"东昌府区人民政府{DOC_NO}，2027-01-01起生效"
    ]


def test_refuse_then_the_document_and_the_reason_are_kept(
    clerk: User, district_officer: User, gucheng: Community
) -> None:
    act = passed(district_officer, submitted(clerk, drafted(clerk, rename(gucheng))))
    with scope("371502"):
        with pytest.raises(ValidationError, match="没有写理由"):
            acts.refuse(act=act, by=district_officer, at=AT, version=act.version, comment="")
        done = acts.refuse(
            act=act,
            by=district_officer,
            at=AT,
            version=act.version,
            comment="条件不成熟",
            doc_no=DOC_NO,
        )

    assert done.state == "refused"
    assert steps_of(done)[-1] == (1, "refuse", f"{DOC_NO}，条件不成熟")


@pytest.mark.parametrize("until", ["draft", "submitted", "returned"])
def test_withdraw_before_the_review_ends_then_it_stays_readable(
    until: str, clerk: User, district_officer: User, gucheng: Community
) -> None:
    act = drafted(clerk, rename(gucheng))
    if until != "draft":
        act = submitted(clerk, act)
    if until == "returned":
        act = returned(district_officer, act)

    with scope(clerk.scope):
        gone = acts.withdraw(act=act, by=clerk, at=AT, version=act.version)

    assert gone.state == "withdrawn"
    assert get_act_page(clerk, act.pk) is not None


def test_withdraw_after_the_review_then_too_late(
    clerk: User, district_officer: User, gucheng: Community
) -> None:
    act = passed(district_officer, submitted(clerk, drafted(clerk, rename(gucheng))))

    with scope(clerk.scope), pytest.raises(NotNowError, match="现在是待批复"):
        acts.withdraw(act=act, by=clerk, at=AT, version=act.version)


def test_establish_out_of_nothing_then_a_new_community_on_its_day(
    clerk: User, district_officer: User, gucheng: Community
) -> None:
    new = begins("371502001002", "新城社区居委会", households=800)
    act = submitted(clerk, drafted(clerk, make_plan([], [new]), "establish"))
    act = decided(district_officer, passed(district_officer, act))

    made = Community.objects.get(code="371502001002")
    assert act.state == "applied"
    assert (made.name, made.valid_from, made.set_up_doc_no) == (
        "新城社区居委会",
        date(2026, 11, 21),
        DOC_NO,
    )
    assert [one.pk for one in list_acts_of(clerk, made)] == [act.pk]
