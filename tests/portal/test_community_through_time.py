"""The page of a community whose code or name has changed, that was merged, or that moved away."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from communities.models import ChangeAct, Community, Lineage
from tests.conftest import Browse
from tests.factories import make_community, make_facts, make_former
from tests.portal.test_views import text, words
from tests.queries import queries_of
from tests.world import GUCHENG, HUNAN, load_texts, make_place

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)
NEW = "371502001011"
ELSEWHERE = "371502002009"


def recoded(until: date = NEW_YEAR, code: str = NEW, **former: Any) -> Community:
    """古城社区, which had the code GUCHENG until a day, with facts of 2026 and 2027."""
    load_texts()
    community = make_community(code, "古城社区居委会")
    make_former(community, until, code=GUCHENG, **former)
    for year in (2026, 2027):
        day = date(year, 12, 31)
        make_facts(community, year, code=code if day >= until else GUCHENG, households=1000 + year)
    return community


@pytest.fixture
def clerks(browse: Browse, clerk: User) -> Client:
    return browse(clerk)


def test_old_code_then_redirects_to_the_present_one_with_the_year(clerks: Client) -> None:
    recoded()

    answer = clerks.get(f"/communities/{GUCHENG}/?year=2026")

    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/communities/{NEW}/?year=2026&former={GUCHENG}",
    )
    page = words(text(clerks, answer["Location"]))
    assert f"原代码{GUCHENG}，2027-01-01起改为{NEW}" in page
    assert f"2026年代码为{GUCHENG}" in page


@pytest.mark.parametrize("former", ["371502001099", "<b>", NEW, ""])
def test_former_code_that_it_never_had_then_nothing_is_said(clerks: Client, former: str) -> None:
    recoded()

    page = words(text(clerks, f"/communities/{NEW}/?former={former}"))

    assert "原代码" not in page
    assert "<b>" not in page


def test_year_before_then_the_row_of_that_year_under_its_code_and_name(clerks: Client) -> None:
    recoded(name="老城社区居委会")

    past, present = (
        words(text(clerks, f"/communities/{NEW}/?year={year}")) for year in (2026, 2027)
    )

    assert "古城社区2026年度·已确认" in past
    assert f"2026年代码为{GUCHENG}" in past
    assert "2026年名称为老城社区居委会" in past
    assert f"社区代码{GUCHENG}全称老城社区居委会" in past
    assert "核定户数3,026户" in past
    assert "年代码为" not in present
    assert f"社区代码{NEW}全称古城社区居委会" in present
    assert "核定户数3,027户" in present


def test_years_then_side_by_side_whatever_the_code_was(clerks: Client) -> None:
    recoded()

    history = words(text(clerks, f"/communities/{NEW}/").split("历年情况", 1)[1])

    assert "3,027" in history
    assert "3,026" in history


def test_lineage_then_says_what_changed_and_when(clerks: Client) -> None:
    recoded(name="老城社区居委会")

    page = words(text(clerks, f"/communities/{NEW}/"))

    assert (
        f"沿革2027-01-01代码由{GUCHENG}改为{NEW}，名称由“老城社区居委会”改为“古城社区居委会”"
    ) in page


def test_code_given_to_another_then_its_holder_is_shown_with_a_link_to_the_former(
    clerks: Client,
) -> None:
    recoded()
    second = make_community(GUCHENG, "湖南社区居委会", designated_from=NEW_YEAR)
    make_facts(second, 2027, households=9)

    page = text(clerks, f"/communities/{GUCHENG}/")

    assert "湖南社区2027年度" in words(page)
    assert f"代码{GUCHENG}在2027-01-01以前是古城社区的" in words(page)
    assert f'href="/communities/{NEW}/?year=2026"' in page


def test_code_given_to_another_when_the_former_moved_away_then_no_link(clerks: Client) -> None:
    recoded(code=ELSEWHERE)
    make_community(GUCHENG, "湖南社区居委会", designated_from=NEW_YEAR)

    page = text(clerks, f"/communities/{GUCHENG}/")

    assert f"代码{GUCHENG}在2027-01-01以前是古城社区的" in words(page)
    assert ELSEWHERE not in page


# ── scope ──


def test_moved_away_then_the_old_street_reads_its_years_only(clerks: Client) -> None:
    recoded(code=ELSEWHERE)

    page = text(clerks, f"/communities/{GUCHENG}/")

    assert "古城社区2026年度·已确认" in words(page)
    assert f"2027-01-01起改为{ELSEWHERE}，不在你的辖区，这里只有以前年度的数据" in words(page)
    assert "核定户数3,026户" in words(page)
    assert "3,027" not in words(page)
    assert 'class="tabs"' not in page
    later = words(text(clerks, f"/communities/{GUCHENG}/?year=2027"))
    assert "2027年它不在你的辖区，不显示那一年的数据" in later
    assert "3,027" not in later
    assert clerks.get(f"/communities/{ELSEWHERE}/").status_code == 404


def test_moved_in_then_the_new_street_reads_its_own_years_only(
    browse: Browse, clerk_elsewhere: User
) -> None:
    recoded(code=ELSEWHERE)
    client = browse(clerk_elsewhere)

    present = words(text(client, f"/communities/{ELSEWHERE}/"))
    past = words(text(client, f"/communities/{ELSEWHERE}/?year=2026"))

    assert "古城社区2027年度·已确认" in present
    assert "核定户数3,027户" in present
    assert "2026年它不在你的辖区，不显示那一年的数据" in past
    assert "古城社区2026年度·不在你的辖区" in past
    assert ("3,026" in past, "3,026" in present) == (False, False)
    assert f"2027-01-01代码由{GUCHENG}改为{ELSEWHERE}" in present
    old = client.get(f"/communities/{GUCHENG}/")
    assert old["Location"] == f"/communities/{ELSEWHERE}/?former={GUCHENG}"
    profile = words(text(client, f"/communities/{ELSEWHERE}/profile/"))
    assert f"古城社区居委会{GUCHENG}·2027-01-01止" in profile


def test_moved_away_then_the_old_card_leads_to_the_years_of_before(clerks: Client) -> None:
    recoded(code=ELSEWHERE)

    answer = clerks.get(f"/communities/{GUCHENG}/profile/")

    assert (answer.status_code, answer["Location"]) == (302, f"/communities/{GUCHENG}/")
    assert clerks.get(f"/communities/{ELSEWHERE}/profile/").status_code == 404


def test_moved_to_another_district_then_the_old_officer_reads_the_past_year(
    browse: Browse, district_officer: User
) -> None:
    recoded(code="371521001009")
    client = browse(district_officer)

    page = words(text(client, f"/communities/{GUCHENG}/?year=2026"))

    assert "核定户数3,026户" in page
    assert client.get("/communities/371521001009/").status_code == 404


def test_moved_within_the_scope_then_both_years(browse: Browse, city_officer: User) -> None:
    recoded(code="371521001009")
    client = browse(city_officer)

    assert "核定户数3,026户" in words(text(client, "/communities/371521001009/?year=2026"))
    assert "核定户数3,027户" in words(text(client, "/communities/371521001009/?year=2027"))


# ── ended ──


def merged(by: User) -> tuple[Community, Community]:
    """湖南社区 goes into 古城社区 on 2027-03-01."""
    load_texts()
    goes, stays = make_place(HUNAN), make_place(GUCHENG)
    make_facts(stays, 2027)
    Community.objects.filter(pk=goes.pk).update(valid_until=date(2027, 3, 1))
    act = ChangeAct.objects.create(
        kind="merge",
        code=by.scope,
        title="合并",
        reason="规模",
        proposed_by=by,
        proposed_at=datetime(2027, 1, 1, tzinfo=UTC),
    )
    for one, other, relation in ((goes, stays, "successor"), (stays, goes, "predecessor")):
        Lineage.objects.create(
            community=one,
            code=one.code,
            relation=relation,
            other=other,
            other_code=other.code,
            other_name=other.short_name,
            act=act,
            kind="merge",
            doc_no="聊东政字〔2027〕3号",
            effective_on=date(2027, 3, 1),
            households=4000,
        )
    return goes, stays


def test_merged_then_says_into_which_with_a_link_and_shows_its_last_year(
    clerks: Client, clerk: User
) -> None:
    merged(clerk)

    page = text(clerks, f"/communities/{HUNAN}/")

    assert "已于2027-03-01并入古城社区（聊东政字〔2027〕3号）" in words(page)
    assert "湖南社区2026年度·待审核" in words(page)
    assert "核定户数4,000户" in words(page)
    assert f'去向<a href="/communities/{GUCHENG}/">古城社区</a>4,000户' in page


def test_merged_in_a_year_after_then_no_figures(clerks: Client, clerk: User) -> None:
    merged(clerk)

    page = words(text(clerks, f"/communities/{HUNAN}/?year=2027"))

    assert "湖南社区2027年度·已撤并" in page
    assert "已于2027-03-01并入古城社区" in page
    assert "不在你的辖区" not in page


def test_successor_then_names_where_it_came_from(clerks: Client, clerk: User) -> None:
    merged(clerk)

    page = text(clerks, f"/communities/{GUCHENG}/")

    assert f'来自<a href="/communities/{HUNAN}/">湖南社区</a>4,000户' in page
    assert "已于" not in page


def test_ended_without_an_act_then_only_that_it_ended(clerks: Client) -> None:
    make_community(HUNAN, "湖南社区居委会", valid_until=date(2020, 1, 1))

    assert "已于2020-01-01撤销" in words(text(clerks, f"/communities/{HUNAN}/"))


def test_end_that_is_to_come_then_said_as_such(clerks: Client) -> None:
    make_community(HUNAN, "湖南社区居委会", valid_until=date(2190, 1, 1))

    page = words(text(clerks, f"/communities/{HUNAN}/"))

    assert "将于2190-01-01停用" in page
    assert "撤销" not in page


def test_page_then_the_same_queries_for_one_former_code_and_for_many(
    browse: Browse, district_officer: User
) -> None:
    recoded()
    path, client = f"/communities/{NEW}/", browse(district_officer)
    client.get(path)
    one = queries_of(client, path)
    community = Community.objects.get(code=NEW)
    for year in range(2000, 2020):
        make_former(
            community,
            date(year, 1, 1),
            code=f"37150200{year}",
            valid_from=date(year - 1, 1, 1),
        )
    Community.objects.update(designated_from=NEW_YEAR)
    client.get(path)

    assert queries_of(client, path) == one
