"""After the form: handed in, taken back, the receipt, 无变化 and 零报告, the list of a street."""

import pytest
from django.test import Client

from accounts.models import User
from collection.models import FactsDraft, FactsStep, Round
from communities.models import AnnualFacts, Community
from tests.collection.form_world import (
    FORM,
    GOOD,
    YEAR,
    hand_in,
    make_street,
    post,
)
from tests.conftest import Browse
from tests.factories import make_round
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


def test_unchanged_when_confirmed_then_last_years_figures_are_stored_and_it_is_recorded(
    asked: Client,
) -> None:
    page = asked.get(f"{FORM}unchanged/").content.decode()
    answer = asked.post(f"{FORM}unchanged/")

    facts = AnnualFacts.objects.get(year=YEAR)
    assert "各项无变化，按上年数填报" in page
    assert answer["Location"] == f"{FORM}check/"
    assert (facts.households, facts.declared) == (2847, {"unchanged": True})


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
    answer = asked.post("/collect/submit/", {"year": YEAR, "division": "371502001"})

    assert "提交全部已填好的1个" in page
    assert answer["Location"] == f"/collect/?year={YEAR}&division=371502001"
    assert [one.code for one in AnnualFacts.objects.filter(year=YEAR, status="submitted")] == [
        GUCHENG
    ]
    listed = asked.get(answer["Location"]).content.decode()
    assert "已提交1个社区" in listed
    assert "湖南社区：" in listed


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
