"""The form over HTTP: typed, saved, checked; two people at once; nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from collection.models import FactsDraft, FactsStep, Round
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
)
from tests.conftest import Browse
from tests.factories import make_facts, make_grid, make_user
from tests.queries import queries_of
from tests.world import GUCHENG


@pytest.fixture
def gucheng(db: None) -> Community:
    return make_street()


@pytest.fixture
def asked(gucheng: Community, clerk: User, browse: Browse) -> Client:
    """The clerk of the street at the form."""
    return browse(clerk)


def test_entry_when_opened_then_last_year_stands_beside_each_field(asked: Client) -> None:
    page = asked.get(f"{FORM}edit/").content.decode()

    assert "填报古城社区" in page
    assert page.count('data-l="上年">2,847</td>') == 1
    assert 'data-l="上年">整合调剂</td>' in page
    assert "填写常住户数" not in page  # what is empty is not scolded before it is handed in


def test_entry_when_saved_then_texts_stay_as_they_were_typed(asked: Client) -> None:
    answer = post(asked, "save", households_resident="２，９００ ", remarks="第一行\r\n第二行")

    draft = FactsDraft.objects.get()
    assert answer["Location"] == f"{FORM}edit/"
    assert draft.cells["households_resident"] == "２，９００"
    assert draft.cells["remarks"] == "第一行\n第二行"
    assert not AnnualFacts.objects.filter(year=YEAR).exists()


def test_entry_when_all_is_good_then_it_is_stored_and_the_draft_goes(asked: Client) -> None:
    answer = post(asked, "check", **GOOD)

    facts = AnnualFacts.objects.get(year=YEAR)
    assert answer["Location"] == f"{FORM}check/"
    assert (facts.households, facts.households_resident) == (2900, 2900)
    assert (facts.premises_tenure, facts.status) == ("reallocated", "draft")
    assert not FactsDraft.objects.exists()


def test_entry_with_a_slip_when_checked_then_it_is_said_and_mended(asked: Client) -> None:
    slip = {**GOOD, "households_resident": "29000", "premises_area_m2": ""}
    answer = post(asked, "check", **slip)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert page.count("常住户数29,000是上年的10.2倍。核对是否多输一位") == 2  # summary and field
    assert page.count("填写用房建筑面积。没有用房的填0") == 2
    assert 'value="29000"' in page
    assert "<title>有错误：填报古城社区" in page

    mended = post(asked, "check", base={**slip}, **GOOD)
    assert mended["Location"] == f"{FORM}check/"


def test_entry_with_two_findings_in_a_cell_then_the_summary_counts_the_cell_once(
    asked: Client,
) -> None:
    page = post(asked, "check", **{**GOOD, "population_resident": "71000"}).content.decode()

    assert "有1处要改，改好后再提交" in page
    assert re.findall(r'<li><a href="#f-reason-population_resident">([^<]*)</a>', page) == [
        "常住人口71,000是上年的10.1倍。核对是否多输一位；"
        "常住人口71,000人，常住户数2,900户，每户24.5人。核对，写明原因"
    ]


def test_entry_of_confirmed_facts_when_a_second_window_saves_then_the_way_is_a_correction(
    gucheng: Community, asked: Client, district_officer: User
) -> None:
    make_facts(
        gucheng,
        YEAR,
        **LAST,
        status="confirmed",
        confirmed_by=district_officer,
        confirmed_at=timezone.now(),
    )
    answer = autosave(asked, {}, remarks="补充")
    page = asked.get(f"{FORM}edit/").content.decode()

    who = f"由{district_officer.display_name}于{timezone.localdate()}确认"
    assert answer["notice"] == (
        f"这一年的数据已{who}，作为测算依据。你填的存为草稿，没有进入这份数据。"
        "要改走“更正”，由东昌府区民政局批准"
    )
    assert who in page
    assert f'href="{FORM}correct/"' in page
    assert "先撤回" not in page


def test_autosave_when_an_identity_number_is_typed_then_it_is_not_kept(asked: Client) -> None:
    number = "11010519491231002X"
    answer = autosave(
        asked, {}, remarks=f"张三{number}", households_resident="2900",
        **{"reason-households_resident": number},
    )  # fmt: skip

    draft = FactsDraft.objects.get()
    assert (draft.cells, draft.reasons) == ({"households_resident": "2900"}, {})
    assert answer["refused"] == ["remarks", "reason-households_resident"]
    assert answer["notice"] == (
        "备注：没有保存：里面有居民身份证号（11…2X）。删去，本系统不登记居民个人信息；"
        "常住户数：没有保存：里面有居民身份证号（11…2X）。删去，本系统不登记居民个人信息"
    )


def test_entry_when_an_identity_number_is_typed_then_the_form_holds_it_and_says_so(
    asked: Client,
) -> None:
    answer = post(asked, "save", remarks="张三11010519491231002X", new_households="66")
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "张三11010519491231002X</textarea>" in page
    assert "没有保存：里面有居民身份证号（11…2X）" in page
    assert FactsDraft.objects.get().cells == {"new_households": "66"}


def test_entry_when_an_import_changed_the_facts_under_a_draft_then_the_figures_are_named(
    gucheng: Community, asked: Client
) -> None:
    facts = make_facts(gucheng, YEAR, **LAST, status="draft")
    autosave(asked, {"new_households": "64"}, new_households="70")
    AnnualFacts.objects.filter(pk=facts.pk).update(new_households=47, version=facts.version + 1)

    page = asked.get(f"{FORM}edit/").content.decode()

    assert "已存的数据有过更新：当年新管户数已存47。表里是草稿的数" in page


def test_entry_with_an_unlikely_figure_when_a_reason_is_given_then_it_is_stored(
    asked: Client,
) -> None:
    unlikely = {**GOOD, "new_households": "87"}
    assert post(asked, "check", **unlikely).status_code == 422

    answer = post(asked, "check", **unlikely, **{"reason-new_households": "滨河小区二期交付"})

    assert answer.status_code == 302
    assert AnnualFacts.objects.get(year=YEAR).reasons == {"new_households": "滨河小区二期交付"}
    assert "滨河小区二期交付" in asked.get(f"{FORM}check/").content.decode()


def test_entry_of_confirmed_facts_when_opened_then_the_receipt_is_shown(
    gucheng: Community, asked: Client
) -> None:
    make_facts(gucheng, YEAR, status="confirmed")

    assert asked.get(f"{FORM}edit/")["Location"] == f"{FORM}done/"


def test_entry_of_returned_facts_when_opened_then_comments_stand_at_the_fields(
    gucheng: Community, asked: Client, reviewer: User
) -> None:
    facts = make_facts(gucheng, YEAR, **{**LAST, "status": "returned"})
    FactsStep.objects.create(
        facts=facts,
        code=facts.code,
        kind="return",
        comments={"": "再核一遍", "new_households": "与小区交付数不符"},
        by=reviewer,
        at=timezone.now(),
    )
    page = asked.get(f"{FORM}edit/").content.decode()

    assert "“与小区交付数不符”" in page
    assert "再核一遍" in page


def test_autosave_when_two_type_different_cells_then_both_are_kept(
    asked: Client, browse: Browse
) -> None:
    other = browse(make_user("street_clerk", "371502001", username="zhao", display_name="赵静"))
    opened = base_of(asked)
    autosave(other, opened, new_households="70")

    answer = autosave(asked, opened, households_resident="2900")

    assert answer["clashes"] == {}
    assert answer["texts"] == {"households_resident": "2900", "new_households": "70"}
    assert FactsDraft.objects.get().cells == {"households_resident": "2900", "new_households": "70"}


def test_autosave_when_two_type_the_same_cell_then_both_versions_are_shown(
    asked: Client, browse: Browse
) -> None:
    other = browse(make_user("street_clerk", "371502001", username="zhao", display_name="赵静"))
    opened = base_of(asked)
    autosave(other, opened, households_resident="2910")

    answer = autosave(asked, opened, households_resident="2900")

    said = answer["clashes"]["households_resident"]
    assert said["theirs"] == "2910"
    assert re.fullmatch(r"赵静\d\d:\d\d填了2,910，你填的是2,900", said["said"])
    assert FactsDraft.objects.get().cells == {"households_resident": "2910"}


def test_autosave_when_both_mean_the_same_then_there_is_no_conflict(asked: Client) -> None:
    opened = base_of(asked)
    autosave(asked, opened, households_resident="2910")

    answer = autosave(asked, opened, households_resident="２,910")

    assert answer["clashes"] == {}


def test_entry_with_a_conflict_when_saved_without_script_then_mine_stays_in_the_form(
    asked: Client,
) -> None:
    opened = base_of(asked)
    autosave(asked, opened, households_resident="2910")

    answer = post(asked, "save", base=opened, households_resident="2900")
    page = answer.content.decode()

    assert answer.status_code == 409
    assert 'name="households_resident" value="2900"' in page
    assert "你在另一个窗口" in page

    post(asked, "save", base={**opened, "households_resident": "2910"}, households_resident="2900")
    assert FactsDraft.objects.get().cells["households_resident"] == "2900"


def test_entry_when_handed_in_meanwhile_then_what_was_typed_is_kept_and_the_way_said(
    asked: Client,
) -> None:
    opened = base_of(asked)
    hand_in(asked)

    typed = {**GOOD, "new_households": "68", "remarks": "补充说明"}
    answer = post(asked, "check", base=opened, **typed)
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "提交，现在是“待审核”</strong>。这里的内容存为草稿" in page
    assert "要改先撤回" in page
    assert "表里现在是66，你填的是68" in page
    assert FactsDraft.objects.get().cells == {"remarks": "补充说明"}
    assert AnnualFacts.objects.get(year=YEAR).new_households == 66


def test_entry_when_the_round_has_closed_then_typing_is_kept_and_handing_in_refused(
    asked: Client,
) -> None:
    Round.objects.update(closes_on=timezone.localdate() - timedelta(days=1))

    answer = post(asked, "check", **GOOD)

    assert answer.status_code == 409
    assert "先申请延期再提交" in answer.content.decode()
    assert FactsDraft.objects.get().cells["new_households"] == "66"
    assert not AnnualFacts.objects.filter(year=YEAR).exists()


def test_entry_when_last_years_figures_are_taken_then_only_empty_cells_are_filled(
    asked: Client,
) -> None:
    post(asked, "last", households_resident="2900")

    cells = FactsDraft.objects.get().cells
    assert cells["households_resident"] == "2900"
    assert cells["population_resident"] == "7000"
    assert cells["premises_tenure"] == "整合调剂"


def test_entry_when_a_figure_is_kept_elsewhere_then_it_is_filled_in_and_named(
    gucheng: Community, asked: Client
) -> None:
    Round.objects.update(asked=["grids"])
    make_grid(gucheng)
    make_grid(gucheng, "第二网格")
    page = asked.get(f"{FORM}edit/").content.decode()

    assert 'name="grids" value="2"' in page
    assert "网格台账2，" in page
    assert f"/communities/{GUCHENG}/grids/" in page
    assert not FactsDraft.objects.exists()


def test_entry_without_a_round_then_the_page_says_so(gucheng: Community, asked: Client) -> None:
    answer = asked.get(f"/communities/{GUCHENG}/2031/edit/")

    assert "2031年度还没有下达填报任务" in answer.content.decode()


@pytest.mark.parametrize("year", [0, 1948, 2200, 99999999999])
def test_entry_of_a_year_that_cannot_be_then_404(asked: Client, year: int) -> None:
    assert asked.get(f"/communities/{GUCHENG}/{year}/edit/").status_code == 404


def test_entry_when_somebody_may_not_enter_then_403_and_nothing_is_stored(
    gucheng: Community, reviewer: User, clerk_elsewhere: User, browse: Browse
) -> None:
    assert post(browse(reviewer), **GOOD).status_code == 403
    assert post(browse(clerk_elsewhere), **GOOD).status_code == 404
    assert not FactsDraft.objects.exists()


def test_entry_with_hostile_texts_then_they_are_kept_and_shown_escaped(asked: Client) -> None:
    answer = post(asked, "check", **{**GOOD, "households_resident": "<b>3</b>\x00", "code": "1"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "&lt;b&gt;3&lt;/b&gt;" in page
    assert "<b>3</b>" not in page
    assert "code" not in FactsDraft.objects.get().cells


@pytest.mark.parametrize("base", ["", "[]", "{", '{"households_resident": 3}', "[" * 100_000])
def test_entry_with_a_damaged_base_then_it_counts_as_empty(asked: Client, base: str) -> None:
    answer = asked.post(f"{FORM}edit/", {"new_households": "70", "base": base, "action": "save"})

    assert answer.status_code == 302
    assert FactsDraft.objects.get().cells == {"new_households": "70"}


def test_entry_when_opened_then_queries_stay_few(asked: Client, gucheng: Community) -> None:
    asked.get(f"{FORM}edit/")
    few = queries_of(asked, f"{FORM}edit/")
    for number in range(30):
        make_grid(gucheng, f"第{number}网格")

    assert queries_of(asked, f"{FORM}edit/") == few
    assert few <= 22
