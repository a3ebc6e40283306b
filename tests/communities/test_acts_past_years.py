"""Decisions that reach into confirmed years of before: named, ticked with a reason, kept."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from communities.models import AnnualFacts, ChangeAct, Community, Paper
from communities.services.locks import unlocked
from tests.act_steps import (
    DOC_NO,
    decided,
    decision_form,
    drafted,
    merge_form,
    passed,
    steps_of,
    submit,
    submitted,
    take,
    text,
)
from tests.change_acts import goes_on, merging
from tests.conftest import Browse
from tests.factories import make_facts

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 1)
SAID = "生效日期2025-06-01会更改2025年度已确认的数据"
TICK = "确认更改以前年度"


def merger_reviewed(
    clerk: User, officer: User, one: Community, other: Community, status: str = "confirmed"
) -> ChangeAct:
    """A merger that waits for its decision; both communities have facts of 2025."""
    for row, number in ((one, 2800), (other, 4000)):
        make_facts(row, 2025, households=number, status=status)
    plan = merging([one, other], goes_on(one), [2847, 4000])
    return passed(officer, submitted(clerk, drafted(clerk, plan, "merge")))


def test_decide_into_a_confirmed_year_without_a_reason_then_refused(
    clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    act = merger_reviewed(clerk, district_officer, gucheng, hunan)

    with pytest.raises(ValidationError) as raised:
        decided(district_officer, act, decided_on=DAY, effective_on=DAY)

    words = f"{SAID}；2026年度停用的社区和延续的社区都有数据，生效后两者相加"
    assert raised.value.message_dict == {
        "past_reason": [f"{words}。勾选“{TICK}”并写明理由，或改生效日期"]
    }
    act.refresh_from_db()
    assert (act.state, Paper.objects.count()) == ("reviewed", 0)
    assert AnnualFacts.objects.get(community=gucheng, year=2025).households == 2800


def test_decide_into_a_confirmed_year_with_a_reason_then_kept_in_the_step_and_the_history(
    clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    act = merger_reviewed(clerk, district_officer, gucheng, hunan)
    with unlocked():
        AnnualFacts.objects.filter(community=hunan, year=2026).update(year=2020)

    done = decided(
        district_officer, act, decided_on=DAY, effective_on=DAY, past_reason="去年批复，登记补办"
    )

    facts = AnnualFacts.objects.get(community=gucheng, year=2025)
    assert (done.state, facts.households) == ("applied", 6800)
    assert [comment for _, kind, comment in steps_of(done) if kind == "decide"] == [
        f"东昌府区人民政府{DOC_NO}，2025-06-01起生效，{TICK}（{SAID}），去年批复，登记补办"
    ]
    reason = facts.events.get(pgh_label="update").pgh_context.metadata["reason"]
    assert reason == f"古城社区更名（{DOC_NO}），更改以前年度：去年批复，登记补办"


def test_decide_into_a_year_that_is_not_confirmed_then_no_reason_is_asked(
    clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    act = merger_reviewed(clerk, district_officer, gucheng, hunan, status="submitted")
    with unlocked():
        AnnualFacts.objects.filter(year=2026).update(year=2020)

    done = decided(district_officer, act, decided_on=DAY, effective_on=DAY, past_reason="补办")

    assert done.state == "applied"
    assert "补办" not in str(steps_of(done))


def test_pages_name_confirmed_years_and_the_form_asks_for_the_tick(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    last = timezone.localdate().year - 1
    for year in (last - 1, last):
        make_facts(gucheng, year, status="confirmed")
    street, district = browse(clerk), browse(district_officer)
    words = (
        f"涉及的社区{last - 1}、{last}年度有已确认的数据。生效日期在{last}年或更早的，"
        "生效当年起的这些数据随变更更改"
    )
    preview = street.post("/communities/acts/new/merge/", merge_form(gucheng, hunan, do="preview"))
    assert words in text(preview)
    act = submit(street, gucheng, hunan)
    assert words in text(street.get(f"/communities/acts/{act.pk}/"))
    take(district, act, "pass")
    shown = text(district.get(f"/communities/acts/{act.pk}/decide/"))
    assert words in shown
    assert TICK in shown

    past = {"decided_on": f"{last}-05-01", "effective_on": f"{last}-05-01"}
    refused = text(take(district, act, "decide", **decision_form(**past)), 422)
    assert f"生效日期{last}-05-01会更改{last}年度已确认的数据" in refused
    assert "没有问题。改好别处，再选择一次这个文件" in refused
    ticked = {**past, "past_confirmed": "on"}
    silent = text(take(district, act, "decide", **decision_form(**ticked, past_reason=" ")), 422)
    assert "没有写更改以前年度的理由。写明为什么要更改" in silent
    act.refresh_from_db()
    assert (act.state, Paper.objects.count()) == ("reviewed", 0)

    ticked["past_reason"] = "登记补办"
    assert take(district, act, "decide", **decision_form(**ticked)).status_code == 302
    page = text(district.get(f"/communities/acts/{act.pk}/"))
    assert "登记补办" in page
    assert words not in page


def test_form_without_confirmed_years_then_no_tick(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    act = submit(browse(clerk), gucheng, hunan)
    district = browse(district_officer)
    take(district, act, "pass")

    shown = text(district.get(f"/communities/acts/{act.pk}/decide/"))
    wrong = text(take(district, act, "decide", **decision_form(doc_no="")), 422)

    assert TICK not in shown
    assert TICK not in wrong
