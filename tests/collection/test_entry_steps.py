"""After the form: handed in, taken back, the receipt, 无变化 and 零报告, the list of a street."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Message, User
from accounts.scope import scope
from collection.models import FactsDraft, FactsStep, Round
from collection.services.reviewing import PASS, advance
from communities.models import AnnualFacts, Community
from tests.collection.form_world import (
    FORM,
    GOOD,
    LAST,
    YEAR,
    autosave,
    base_of,
    hand_in,
    make_street,
    post,
    returned,
)
from tests.conftest import Browse
from tests.factories import make_facts, make_round, make_user
from tests.world import GUCHENG, HUNAN


@pytest.fixture
def gucheng(db: None) -> Community:
    return make_street()


@pytest.fixture
def asked(gucheng: Community, clerk: User, browse: Browse) -> Client:
    """The clerk of the street at the form."""
    return browse(clerk)


def test_submit_when_sent_twice_then_it_is_done_once(asked: Client, clerk: User) -> None:
    assert post(asked, "check", **GOOD).status_code == 302
    version = str(AnnualFacts.objects.get(year=YEAR).version)
    sent = {"key": "0b7a2f5e-64f5-4c0e-9f0b-8d4f0c0a0001", "version": version}

    first = asked.post(f"{FORM}submit/", sent)
    second = asked.post(f"{FORM}submit/", sent)

    facts = AnnualFacts.objects.get(year=YEAR)
    assert first["Location"] == second["Location"] == f"{FORM}done/"
    assert (facts.status, facts.submitted_by) == ("submitted", clerk)
    assert [one.kind for one in FactsStep.objects.all()] == ["submit"]


@pytest.mark.parametrize(("step", "lands"), [("submit", "done"), ("withdraw", "edit")])
def test_step_when_clicked_again_then_it_is_said(asked: Client, step: str, lands: str) -> None:
    assert post(asked, "check", **GOOD).status_code == 302
    if step == "withdraw":
        hand_in(asked)
    version = str(AnnualFacts.objects.get(year=YEAR).version)
    sent = {"key": "0b7a2f5e-64f5-4c0e-9f0b-8d4f0c0a0001", "version": version}

    pages = []
    for _ in range(2):
        answer = asked.post(f"{FORM}{step}/", sent)
        assert answer["Location"] == f"{FORM}{lands}/"
        pages.append(asked.get(answer["Location"]).content.decode())

    assert ["这一步先前办过，没有再办" in page for page in pages] == [False, True]
    assert FactsStep.objects.filter(kind=step).count() == 1


def test_submit_without_street_review_then_the_district_has_it(asked: Client) -> None:
    Round.objects.update(street_review=False)
    hand_in(asked)

    assert AnnualFacts.objects.get(year=YEAR).status == "reviewed"


def test_done_when_handed_in_then_number_and_next_are_named(asked: Client) -> None:
    hand_in(asked)
    page = asked.get(f"{FORM}done/").content.decode()

    assert f"编号{GUCHENG}-{YEAR}-1" in page
    assert "填报下一个：湖南社区" in page
    assert f"/communities/{HUNAN}/{YEAR}/edit/" in page


def test_withdraw_when_not_confirmed_then_the_form_is_open_again(asked: Client) -> None:
    hand_in(asked)
    version = str(AnnualFacts.objects.get(year=YEAR).version)

    answer = asked.post(f"{FORM}withdraw/", {"version": version})

    assert answer["Location"] == f"{FORM}edit/"
    assert AnnualFacts.objects.get(year=YEAR).status == "draft"
    assert 'value="2900"' in asked.get(f"{FORM}edit/").content.decode()


def test_withdraw_when_passed_on_then_a_reason_is_asked_for_and_the_reviewer_told(
    asked: Client, reviewer: User
) -> None:
    hand_in(asked)
    facts = AnnualFacts.objects.get(year=YEAR)
    with scope("371502001"):
        advance(
            stage=PASS,
            facts=facts,
            version=facts.version,
            by=reviewer,
            at=timezone.now(),
            note="核",
        )
    version = str(AnnualFacts.objects.get(year=YEAR).version)

    asked.post(f"{FORM}withdraw/", {"version": version})
    status = AnnualFacts.objects.get(year=YEAR).status
    asked.post(f"{FORM}withdraw/", {"version": version, "reason": "常住户数算重了"})

    facts = AnnualFacts.objects.get(year=YEAR)
    assert status == "reviewed"
    assert (facts.status, facts.reviewed_by, facts.submitted_by) == ("draft", None, None)
    assert FactsStep.objects.order_by("pk").values_list("kind", "comments").last() == (
        "withdraw",
        {"": "常住户数算重了"},
    )
    told = Message.objects.get(to=reviewer, url=f"/reviews/?year={YEAR}")
    assert told.text.startswith("古城社区2026年度数据已由")
    assert told.text.endswith("撤回修改，再提交后重新审核：常住户数算重了")


def test_withdraw_of_what_the_district_handed_in_then_it_is_refused(
    asked: Client, gucheng: Community, district_officer: User
) -> None:
    facts = make_facts(gucheng, YEAR, **LAST, status="reviewed", submitted_by=district_officer)

    answer = asked.post(f"{FORM}withdraw/", {"version": facts.version})

    page = asked.get(answer["Location"]).content.decode()
    assert f"由{district_officer.office}报送，不能撤回" in page
    assert AnnualFacts.objects.get(pk=facts.pk).status == "reviewed"


def test_withdraw_after_a_return_then_what_was_said_still_stands(
    asked: Client, reviewer: User
) -> None:
    hand_in(asked)
    returned(reviewer)
    hand_in(asked)
    version = str(AnnualFacts.objects.get(year=YEAR).version)

    asked.post(f"{FORM}withdraw/", {"version": version})

    assert AnnualFacts.objects.get(year=YEAR).status == "returned"
    assert "再核一遍" in asked.get(f"{FORM}edit/").content.decode()


def test_withdraw_with_a_key_of_another_page_then_both_are_done(asked: Client) -> None:
    post(asked, "check", **GOOD)
    key = "0b7a2f5e-64f5-4c0e-9f0b-8d4f0c0a0001"
    for step, kind in (("submit", "submit"), ("withdraw", "withdraw")):
        version = str(AnnualFacts.objects.get(year=YEAR).version)
        asked.post(f"{FORM}{step}/", {"key": key, "version": version})

        assert [one.kind for one in FactsStep.objects.order_by("pk")][-1] == kind


def test_returned_after_the_last_day_then_it_may_be_handed_in_while_the_round_goes_on(
    asked: Client, reviewer: User
) -> None:
    hand_in(asked)
    Round.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    returned(reviewer)

    open_page = asked.get(f"{FORM}edit/").content.decode()
    answer = hand_in(asked)

    assert "先申请延期" not in open_page
    assert answer["Location"] == f"{FORM}done/"
    assert AnnualFacts.objects.get(year=YEAR).status == "submitted"
    assert (
        "填报已截止或结束，不能撤回。要改由街道审核人退回"
        in asked.get(f"{FORM}done/").content.decode()
    )


def test_returned_after_the_round_has_ended_then_it_is_refused(
    asked: Client, reviewer: User
) -> None:
    hand_in(asked)
    returned(reviewer)
    Round.objects.update(state="closed")

    answer = post(asked, "check", base=base_of(asked), new_households="67")

    assert answer.status_code == 409
    assert "已结束，不能再提交" in answer.content.decode()


def test_unchanged_when_confirmed_then_last_years_figures_are_stored_and_it_is_recorded(
    asked: Client,
) -> None:
    page = asked.get(f"{FORM}unchanged/").content.decode()
    answer = asked.post(f"{FORM}unchanged/", {"seen": "0-0"})

    facts = AnnualFacts.objects.get(year=YEAR)
    assert "各项无变化，按上年数填报" in page
    assert answer["Location"] == f"{FORM}check/"
    assert (facts.households, facts.declared) == (2847, {"unchanged": True})


def test_unchanged_when_a_colleague_typed_meanwhile_then_nothing_is_overwritten(
    asked: Client, browse: Browse
) -> None:
    page = asked.get(f"{FORM}unchanged/").content.decode()
    seen = re.findall(r'name="seen" value="([^"]*)"', page)
    other = browse(make_user("street_clerk", "371502001", username="zhao", display_name="赵静"))
    autosave(other, {}, households_resident="2900", remarks="整理中")

    answer = asked.post(f"{FORM}unchanged/", {"seen": seen[0]})
    told = answer.content.decode()

    assert seen == ["0-0"]
    assert answer.status_code == 409
    assert "打开以后由赵静改过。看过现在的内容，再选一次" in told
    assert "常住户数已经填了别的数" in told
    assert FactsDraft.objects.get().cells == {"households_resident": "2900", "remarks": "整理中"}
    assert not AnnualFacts.objects.filter(year=YEAR).exists()


def test_unchanged_when_last_year_needed_no_contract_then_none_is_asked_for(
    asked: Client,
) -> None:
    Round.objects.update(asked=["households_resident", "premises_tenure", "contract_price_yuan"])

    page = asked.get(f"{FORM}unchanged/").content.decode()

    assert "上年没有数，下一步补填" not in page


def test_nothing_to_report_when_ticked_then_the_figures_are_0_and_it_is_recorded(
    asked: Client,
) -> None:
    none = {**GOOD, "premises_tenure": "", "premises_area_m2": "", "none-premises": "1"}
    reasons = {"reason-premises_area_m2": "原用房已拆除"}
    answer = post(asked, "check", **none, **reasons, offered="premises")

    facts = AnnualFacts.objects.get(year=YEAR)
    assert answer["Location"] == f"{FORM}check/"
    assert (facts.premises_tenure, facts.premises_area_m2) == ("none", 0)
    assert facts.declared == {"none": ["premises"]}


def test_nothing_to_report_when_taken_back_then_its_figures_go(asked: Client) -> None:
    ticked = autosave(asked, {}, **{"none-premises": "1"}, offered="premises")
    base = {"none-premises": "1", **ticked["texts"]}
    back = autosave(asked, base, offered="premises")

    assert ticked["texts"]["premises_area_m2"] == "0"
    assert ticked["texts"]["premises_tenure"] == "没有用房"
    assert back["texts"]["premises_area_m2"] == back["texts"]["premises_tenure"] == ""
    assert FactsDraft.objects.get().cells == {"none-premises": ""}


def test_nothing_to_report_when_taken_back_after_it_was_stored_then_its_figures_go(
    asked: Client,
) -> None:
    none = {**GOOD, "premises_tenure": "", "premises_area_m2": "", "none-premises": "1"}
    reasons = {"reason-premises_area_m2": "原用房已拆除"}
    post(asked, "check", **none, **reasons, offered="premises")
    base = base_of(asked)

    back = autosave(asked, base, offered="premises")

    assert base["premises_area_m2"] == "0"
    assert back["texts"]["premises_area_m2"] == ""
    assert AnnualFacts.objects.get(year=YEAR).premises_area_m2 == 0


def test_nothing_to_report_when_a_figure_is_typed_over_its_0_then_it_is_kept(
    asked: Client,
) -> None:
    ticked = autosave(asked, {}, **{"none-premises": "1"}, offered="premises")

    answer = autosave(
        asked, {"none-premises": "1", **ticked["texts"]}, premises_area_m2="20",
        **{"none-premises": "1"},
    )  # fmt: skip

    assert answer["clashes"] == {}
    assert FactsDraft.objects.get().cells == {"none-premises": "1", "premises_area_m2": "20"}


def test_nothing_to_report_when_figures_say_otherwise_then_it_is_refused(asked: Client) -> None:
    answer = post(asked, "check", **GOOD, **{"none-social": "1"}, offered="social")

    said = "勾了“没有备案的社会组织”，这里填了3。改填0，或去掉勾选"
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_preview_when_typed_then_the_requirements_follow_and_nothing_is_stored(
    asked: Client,
) -> None:
    answer = asked.post(f"{FORM}preview/", {"households_resident": "2500", "base": "{}"})
    page = answer.content.decode()

    # one member for 300 households begun: 2,500 needs 9
    assert '<dt>应配居委会成员</dt><dd class="right">9人</dd>' in page
    assert not FactsDraft.objects.exists()


def test_preview_when_a_figure_is_a_likely_slip_then_last_years_stands(asked: Client) -> None:
    page = asked.post(f"{FORM}preview/", {"households_resident": "28470"}).content.decode()

    assert "7项还没有填或待核对，暂按上年数测算" in page


def test_collect_when_opened_then_states_and_progress_are_listed(asked: Client) -> None:
    post(asked, "save", households_resident="2900")
    make_round("371502", 2031)
    page = asked.get(f"/collect/?year={YEAR}").content.decode()

    assert "继续填报：古城社区" in page
    assert '<td class="num">1/7</td>' in page
    assert "2个社区，已提交0个" in page


def test_collect_when_all_that_is_ready_is_handed_in_then_the_rest_stays(
    asked: Client,
) -> None:
    post(asked, "save", **GOOD)
    asked.post(f"/communities/{HUNAN}/{YEAR}/draft/", {"new_households": "1"})

    page = asked.get(f"/collect/?year={YEAR}").content.decode()
    listed = asked.get(f"/collect/submit/?year={YEAR}&division=371502001").content.decode()
    seen = re.findall(r'name="form" value="([^"]*)"', listed)
    sent = {"year": YEAR, "division": "371502001", "form": seen}
    answer = asked.post("/collect/submit/", sent)

    assert "提交1个社区" in listed
    assert [one.partition(":")[0] for one in seen] == [GUCHENG]
    assert "提交全部已填好的1个" in page
    assert answer["Location"] == f"/collect/?year={YEAR}&division=371502001"
    assert [one.code for one in AnnualFacts.objects.filter(year=YEAR, status="submitted")] == [
        GUCHENG
    ]
    assert "已提交1个社区" in asked.get(answer["Location"]).content.decode()


def test_collect_when_a_listed_form_was_changed_meanwhile_then_it_stays(asked: Client) -> None:
    post(asked, "save", **GOOD)
    listed = asked.get(f"/collect/submit/?year={YEAR}").content.decode()
    seen = re.findall(r'name="form" value="([^"]*)"', listed)
    autosave(asked, {**GOOD}, committee_members_in_post="6")

    answer = asked.post("/collect/submit/", {"year": YEAR, "form": seen})

    page = asked.get(answer["Location"]).content.decode()
    assert "1个社区在你打开以后改过，没有提交。看过再提交" in page
    assert not AnnualFacts.objects.filter(year=YEAR).exists()


def test_collect_when_returned_then_it_is_not_handed_in_with_others(
    asked: Client, reviewer: User
) -> None:
    hand_in(asked)
    returned(reviewer)

    page = asked.get(f"/collect/?year={YEAR}").content.decode()
    answer = asked.get(f"/collect/submit/?year={YEAR}")

    assert "提交全部已填好的" not in page
    assert answer["Location"] == f"/collect/?year={YEAR}&division=371502001"


def test_collect_of_a_district_then_streets_are_listed(
    gucheng: Community, district_officer: User, browse: Browse
) -> None:
    client = browse(district_officer)
    page = client.get(f"/collect/?year={YEAR}").content.decode()

    assert "古楼街道" in page
    assert "division=371502001" in page
    assert client.get(f"/collect/?year={YEAR}&division=371502001").status_code == 200
    assert client.get(f"/collect/?year={YEAR}&division=330206").status_code == 404


def test_collect_without_a_round_then_it_says_so(clerk: User, browse: Browse) -> None:
    page = browse(clerk).get("/collect/?year=2031").content.decode()

    assert "2031年度还没有下达填报任务" in page
