"""Corrections: proposed like a form, decided by another person, with what they do to money."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Message, User
from accounts.scope import scope
from collection.models import Correction, FactsStep
from collection.selectors.corrections import (
    CorrectionQuery,
    correction_rows,
    count_waiting,
    kept_money,
    list_corrections,
    steps_for,
)
from collection.services.correcting import consequence_of, read_proposal
from collection.services.corrections import (
    Grounds,
    ProposalError,
    apply,
    propose,
    refuse,
    withdraw,
)
from collection.services.facts import StepError
from communities.models import AnnualFacts
from tests.collection.form_world import open_round
from tests.collection.review_world import AT, NEW, OLD, make_waiting, second_officer
from tests.factories import make_correction
from tests.world import GUCHENG, load_texts, set_facts

pytestmark = pytest.mark.django_db
GROUNDS = Grounds("漏登二期", "核查表2027-03-02", date(2026, 11, 19))


@pytest.fixture
def facts(clerk: User, district_officer: User) -> AnnualFacts:
    load_texts()
    return make_waiting(GUCHENG, "confirmed", by=clerk, confirmed_by=district_officer)


def ask(facts: AnnualFacts, by: User, **texts: str) -> Correction:
    return propose(
        facts=facts,
        version=facts.version,
        texts=texts or {"households": "4,000"},
        grounds=GROUNDS,
        by=by,
        at=AT,
        url="/corrections/",
    )


def decide(act: Any, correction: Correction, by: User, **more: Any) -> Correction:
    given = {"correction": correction, "version": 1, "by": by, "at": AT, "note": "", "url": ""}
    done: Correction = act(**(given | more))
    return done


def test_propose_then_kept_with_money_and_the_facts_stay(
    facts: AnnualFacts, clerk: User, district_officer: User
) -> None:
    correction = ask(facts, clerk)

    assert correction.changes == {"households": ["2847", "4000"]}
    assert sum(before for before, _ in correction.money.values()) == OLD
    assert sum(after for _, after in correction.money.values()) == NEW
    facts.refresh_from_db()
    assert (facts.households, facts.version) == (2847, 1)
    assert [(one.to, one.text) for one in Message.objects.all()] == [
        (district_officer, "古城社区2026年度数据申请更正，待批准")
    ]


def test_propose_twice_then_one_at_a_time(facts: AnnualFacts, clerk: User) -> None:
    ask(facts, clerk)

    with pytest.raises(StepError, match="有一件更正待批准"):
        ask(facts, clerk, households="5000")

    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("texts", "errors"),
    [
        ({"households": "2847"}, {"": "没有改动任何一项。改好要更正的数再提出"}),
        ({"premises_area_m2": "一百"}, {"premises_area_m2"}),
        ({"work_area_m2": "-5"}, {"work_area_m2"}),
    ],
)
def test_propose_what_cannot_be_then_said_by_field(
    facts: AnnualFacts, clerk: User, texts: dict[str, str], errors: Any
) -> None:
    with pytest.raises(ProposalError) as refused:
        ask(facts, clerk, **texts)

    assert set(refused.value.errors) == set(errors)
    assert Correction.objects.count() == 0


def test_propose_something_impossible_then_refused_but_old_mistakes_do_not_stop_it(
    facts: AnnualFacts,
) -> None:
    set_facts(GUCHENG, premises_usable_area_m2="900")  # more than the building: an old mistake
    facts.refresh_from_db()

    good = read_proposal(facts, {"households": "4000"})
    bad = read_proposal(facts, {"resident_members": "8"})  # of 7 members in post

    assert good.errors == {}
    assert list(bad.errors.values()) == [bad.errors[next(iter(bad.errors))]]
    assert "8" in str(bad.errors)


@pytest.mark.parametrize("status", ["draft", "submitted", "reviewed", "returned"])
def test_propose_for_facts_that_are_not_confirmed_then_refused(clerk: User, status: str) -> None:
    load_texts()
    facts = make_waiting(GUCHENG, status, by=clerk)

    with pytest.raises(StepError, match="还没有确认，直接修改数据"):
        ask(facts, clerk)


def test_apply_then_facts_step_history_and_money(
    facts: AnnualFacts, clerk: User, district_officer: User
) -> None:
    correction = ask(facts, clerk)

    with scope("371502", user=district_officer.pk):
        done = decide(apply, correction, district_officer, note="属实", url="/corrections/1/")

    facts.refresh_from_db()
    assert (facts.households, facts.status, facts.version) == (4000, "confirmed", 2)
    assert (done.state, done.decided_by, done.decision_note) == (
        "applied",
        district_officer,
        "属实",
    )
    assert kept_money(done)[1].change == (NEW - OLD) / 100  # type: ignore[union-attr]
    step = FactsStep.objects.get(facts=facts)
    assert (step.kind, step.comments) == (
        "correct",
        {"": "漏登二期", "households": "2847改为4000"},
    )
    last = facts.events.order_by("pgh_id").last()
    assert last.pgh_context.metadata["reason"] == "更正：漏登二期（核查表2027-03-02）"
    assert Message.objects.filter(to=clerk).get().text == "古城社区2026年度数据已更正"


def test_apply_when_a_round_names_the_measure_then_households_follow(
    facts: AnnualFacts, clerk: User, district_officer: User
) -> None:
    set_facts(GUCHENG, households_resident=2847)
    facts.refresh_from_db()
    open_round(asked=["households_resident"])
    correction = ask(facts, clerk, households_resident="4000", households="9")

    decide(apply, correction, district_officer)

    facts.refresh_from_db()
    assert correction.changes == {"households_resident": ["2847", "4000"]}
    assert (facts.households_resident, facts.households) == (4000, 4000)
    assert facts.reasons == {"households_resident": "漏登二期"}


def test_apply_by_the_proposer_then_refused_by_service_and_table(
    facts: AnnualFacts, district_officer: User
) -> None:
    correction = ask(facts, district_officer)

    with pytest.raises(StepError, match="更正由你提出，换一人批准"):
        decide(apply, correction, district_officer)
    with (
        pytest.raises(IntegrityError, match="correction_maker_is_not_checker"),
        transaction.atomic(),
    ):
        Correction.objects.filter(pk=correction.pk).update(
            state="applied", decided_by=district_officer
        )


def test_apply_when_the_facts_changed_since_then_said_and_nothing_changes(
    facts: AnnualFacts, clerk: User, district_officer: User
) -> None:
    correction = ask(facts, clerk)
    set_facts(GUCHENG, households=3100)

    with pytest.raises(StepError, match="提出以后数据变了：核定户数提出时是2847，现在是3100"):
        decide(apply, correction, district_officer)

    facts.refresh_from_db()
    assert facts.households == 3100


@pytest.mark.parametrize("first", [apply, refuse])
def test_decide_twice_then_the_second_time_is_refused(
    facts: AnnualFacts, clerk: User, district_officer: User, first: Any
) -> None:
    correction = ask(facts, clerk)
    decide(first, correction, district_officer, note="看过")

    for again in (apply, refuse):
        with pytest.raises(StepError, match="这件更正先前办过，现在是"):
            decide(again, correction, second_officer(username=f"o{again.__name__}"), note="再办")


def test_refuse_then_facts_stay_and_the_proposer_is_told(
    facts: AnnualFacts, clerk: User, district_officer: User
) -> None:
    correction = ask(facts, clerk)

    with pytest.raises(StepError, match="没有写不予更正的理由"):
        decide(refuse, correction, district_officer)
    done = decide(refuse, correction, district_officer, note="证据不足")

    facts.refresh_from_db()
    assert (done.state, facts.households) == ("refused", 2847)
    assert Message.objects.filter(to=clerk).get().text == "古城社区2026年度数据申请的更正不予更正"


def test_withdraw_by_the_proposer_only(
    facts: AnnualFacts, clerk: User, district_officer: User
) -> None:
    correction = ask(facts, clerk)

    with pytest.raises(StepError, match="由提出人撤回"):
        withdraw(correction=correction, version=1, by=district_officer, at=AT)
    assert withdraw(correction=correction, version=1, by=clerk, at=AT).state == "withdrawn"
    assert ask(facts, clerk).state == "proposed"


def test_consequence_then_others_of_the_district_get_what_is_shared_out(
    facts: AnnualFacts, clerk: User
) -> None:
    found = consequence_of(clerk, facts, {"households": 4000})

    assert found.effect.total.change == (NEW - OLD) / 100
    assert found.others == 0
    assert [(one.label, one.change) for one in found.effect.lines if one.change] == [
        ("工作经费", 20_000)
    ]


def test_correction_of_a_community_whose_code_changed_since_then_still_works(
    facts: AnnualFacts, clerk: User, district_officer: User
) -> None:
    correction = ask(facts, clerk)
    community = facts.community
    with scope("0"):
        type(community).objects.filter(pk=community.pk).update(code="371502001009")

    decide(apply, correction, district_officer)

    facts.refresh_from_db()
    assert (facts.households, facts.code) == (4000, GUCHENG)
    (row,) = correction_rows(district_officer, [correction])
    assert (row.code, row.name) == ("371502001009", "古城社区")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (CorrectionQuery(), 1),
        (CorrectionQuery(state="proposed", year=2026, text="古城"), 1),
        (CorrectionQuery(text="371502001"), 1),
        (CorrectionQuery(text="湖南"), 0),
        (CorrectionQuery(state="applied"), 0),
        (CorrectionQuery(year=2025), 0),
    ],
)
def test_list_then_by_state_year_and_community(
    facts: AnnualFacts, clerk: User, query: CorrectionQuery, found: int
) -> None:
    make_correction(facts, clerk)

    assert len(list_corrections(clerk, query)) == found


def test_list_and_steps_then_by_scope_and_person(
    facts: AnnualFacts, clerk: User, clerk_elsewhere: User, district_officer: User, auditor: User
) -> None:
    correction = make_correction(facts, clerk)

    assert len(list_corrections(clerk_elsewhere, CorrectionQuery())) == 0
    assert count_waiting(district_officer) == 1
    assert count_waiting(clerk) == 0
    assert [
        (steps_for(user, correction).decide, steps_for(user, correction).withdraw)
        for user in (clerk, district_officer, auditor)
    ] == [(False, True), (True, False), (False, False)]


def test_consequence_when_a_subject_cannot_be_computed_after_then_not_compared(
    facts: AnnualFacts, clerk: User
) -> None:
    found = consequence_of(clerk, facts, {"central_urban": None})

    assert (found.effect.total.change, found.effect.total.why_no_change) == (None, "不能比较")
    assert found.others == 0  # what the others get is the same
    assert [sides for sides in found.money.values() if None in sides] != []
    kept = make_correction(facts, clerk, money=found.money)
    lines, total = kept_money(kept)
    assert total is not None
    assert (total.change, total.after.part) == (None, True)
    assert any(one.after.reason == "不能测算" for one in lines)


def test_consequence_then_the_determined_households_before_and_after(
    facts: AnnualFacts, clerk: User
) -> None:
    assert consequence_of(clerk, facts, {"households": 4000}).households == (2847, 4000)
    assert consequence_of(clerk, facts, {"grids": 4}).households == (2847, 2847)
