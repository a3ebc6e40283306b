"""Divisions that change: their office keeps what it had, under the new code."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from accounts.models import User
from accounts.scope import scope
from communities.models import (
    ActStep,
    ChangeAct,
    Contact,
    Division,
    Paper,
    PaperContent,
)
from communities.selectors.act_page import get_act_page
from communities.services.division_codes import change_divisions
from communities.services.papers import move_act_papers
from communities.services.plans import DivisionChange
from tests.act_steps import drafted, rename, submitted
from tests.change_acts import AT, EFFECTIVE, applied, begins, goes_on, make_act, make_plan, now
from tests.factories import make_community, make_contact, make_division, make_paper
from tests.paper_samples import pdf

pytestmark = pytest.mark.django_db

A, NEW = "371502001001", "371502001009"
OLD, LATER, THIRD = "371502001", "371502015", "371502016"
PDFS = {name: pdf(name.encode()) for name in "abc"}


def test_divisions_end_and_begin_anew_with_accounts_and_contacts(clerk: User) -> None:
    one = make_community(A)
    make_contact(code="371502001", duty="包保责任人")
    plan = make_plan(
        [one],
        [goes_on(one, code="371502015001")],
        divisions=(DivisionChange("371502001", "371502015", "光岳街道"),),
    )

    applied("recode", plan)

    rows = Division.objects.filter(level="street").order_by("code")
    assert list(rows.values_list("code", "name", "valid_from", "valid_until")) == [
        ("371502001", "古楼街道", None, EFFECTIVE),
        ("371502015", "光岳街道", EFFECTIVE, None),
    ]
    assert now(one).code == "371502015001"
    assert User.objects.get(pk=clerk.pk).scope == "371502015"
    assert Contact.objects.get().code == "371502015"


def test_code_list_that_changes_a_street_alone_leaves_its_communities() -> None:
    one = make_community(A)
    change = DivisionChange("371502001", "371502001", "新古楼街道")

    applied("recode", make_plan([], [], divisions=(change,)))

    rows = (
        Division.objects.filter(code="371502001").order_by("pk").values_list("name", "valid_from")
    )
    assert list(rows) == [("古楼街道", None), ("新古楼街道", EFFECTIVE)]
    assert now(one).version == 1


def test_street_with_a_new_code_keeps_its_acts_with_steps_and_papers(clerk: User) -> None:
    one = make_community(A)
    act = submitted(clerk, drafted(clerk, rename(one)))
    with scope("0"):
        ChangeAct.objects.filter(pk=act.pk).update(state="withdrawn")
    paper = make_paper(act=act)
    draft = make_act("establish", make_plan([], [begins(NEW, "新社区居委会")]), "draft", code=OLD)
    of_district = make_act("rename", rename(one), "draft", code="371502")
    plan = make_plan(
        [one],
        [goes_on(one, code=f"{LATER}001")],
        divisions=(DivisionChange(OLD, LATER, "光岳街道"),),
    )

    applied("recode", plan, code="3715")

    clerk.refresh_from_db()
    with scope(clerk.scope):
        mine = ChangeAct.objects.for_user(clerk).order_by("pk")
        assert list(mine.values_list("pk", "code")) == [(act.pk, LATER), (draft.pk, LATER)]
        page = get_act_page(clerk, act.pk)
        assert page is not None
        assert [step.kind for step in page.steps] == ["submit"]
        assert Paper.objects.get(pk=paper.pk).code == LATER
        assert PaperContent.objects.get(sha256=paper.sha256).code == LATER
    assert set(ActStep.objects.filter(act=act).values_list("code", flat=True)) == {LATER}
    assert ChangeAct.objects.get(pk=of_district.pk).code == "371502"


def test_papers_of_acts_when_streets_pass_their_codes_on_then_each_finds_its_bytes() -> None:
    make_community(A)
    codes = (OLD, LATER, THIRD)
    acts = [make_act("establish", make_plan([], []), "draft", code=code) for code in codes]
    for act, names in zip(acts, ("ab", "ac", "b"), strict=True):
        for name in names:
            make_paper(act=act, title=name, content=PDFS[name])
    moved = {OLD: LATER, LATER: THIRD, THIRD: OLD}

    move_act_papers(moved)

    papers = Paper.objects.order_by("act_id", "title")
    assert list(papers.values_list("title", "code")) == [
        ("a", LATER),
        ("b", LATER),
        ("a", THIRD),
        ("c", THIRD),
        ("b", OLD),
    ]
    held = {(row.code, row.sha256): bytes(row.content) for row in PaperContent.objects.all()}
    assert [held[one.code, one.sha256] for one in papers] == [PDFS[one.title] for one in papers]


def test_steps_of_an_act_move_but_never_change() -> None:
    act = make_act("establish", make_plan([], []), "draft", code=OLD)
    ActStep.objects.create(act=act, code=OLD, round=1, kind="submit", at=AT, comment="甲")

    with pytest.raises(ProgrammingError), transaction.atomic():
        ActStep.objects.update(comment="乙")
    with pytest.raises(ProgrammingError), transaction.atomic():
        ActStep.objects.all().delete()
    assert ActStep.objects.update(code=LATER) == 1


def test_division_with_a_planned_end_keeps_it() -> None:
    end = date(2028, 1, 1)
    make_division(OLD, valid_until=end)

    change_divisions([DivisionChange(OLD, LATER, "光岳街道")], on=EFFECTIVE)

    rows = Division.objects.order_by("code").values_list("code", "valid_from", "valid_until")
    assert list(rows) == [(OLD, None, EFFECTIVE), (LATER, EFFECTIVE, end)]
