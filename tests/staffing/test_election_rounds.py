"""Rounds of elections: every committee is listed, progress adds up, streets are reminded once."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AccessLog, Message, User
from accounts.scope import scope
from communities.models import Community
from staffing.models import Election, ElectionRound
from staffing.selectors.election_rounds import Tally, get_election_round, progress_of
from tests.conftest import Browse
from tests.election_world import KEY
from tests.factories import make_community
from tests.files import xlsx_rows
from tests.queries import queries_of
from tests.staff_factories import make_election, make_election_round

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
TYPED = {
    "key": KEY,
    "title": "第八届社区居委会换届",
    "opens_on": "2026-09-01",
    "closes_on": "2027-12-31",
}
DONE: dict[str, Any] = {
    "state": "done",
    "mode": "direct",
    "held_on": date(2026, 11, 10),
    "term_from": date(2026, 11, 10),
}


def page(one: ElectionRound, name: str = "") -> str:
    return f"/elections/rounds/{one.pk}/{name}"


@pytest.fixture
def communities(db: None) -> list[Community]:
    """Two of one street, one of another, and one of another district."""
    codes = ("371502001001", "371502001002", "371502002001", "371521001001")
    return [make_community(code, f"社区{code[-4:]}居委会") for code in codes]


@pytest.fixture
def desk(browse: Browse, district_officer: User, communities: list[Community]) -> Client:
    return browse(district_officer)


def test_round_opened_then_every_residents_committee_is_listed_and_streets_are_told(
    desk: Client, clerk: User, communities: list[Community]
) -> None:
    make_community("371502001900", "王庄村委会")
    make_community("371502001003", "旧城社区居委会", valid_until=date(2026, 1, 1))

    first = desk.post("/elections/rounds/new/", TYPED)
    again = desk.post("/elections/rounds/new/", TYPED)

    one = ElectionRound.objects.get()
    assert (one.code, first["Location"], again["Location"]) == ("371502", page(one), page(one))
    assert list(Election.objects.order_by("code").values_list("code", "state", "round")) == [
        (community.code, "planned", one.pk) for community in communities[:3]
    ]
    assert [(note.to, note.text) for note in Message.objects.all()] == [
        (clerk, "第八届社区居委会换届已部署，2027-12-31前完成")
    ]


def test_round_opened_then_an_election_under_way_comes_along_and_another_rounds_stays_there(
    desk: Client, communities: list[Community]
) -> None:
    mine = make_election(communities[0], state="nominated")
    elsewhere = make_election(communities[1], round=make_election_round("3715", title="市换届"))

    desk.post("/elections/rounds/new/", TYPED)

    one = ElectionRound.objects.get(code="371502")
    found = Election.objects.filter(round=one).order_by("code")
    assert [(each.community_id, each.state) for each in found] == [
        (communities[0].pk, "nominated"),
        (communities[2].pk, "planned"),
    ]
    mine.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (mine.round_id, elsewhere.round_id == one.pk) == (one.pk, False)


def test_community_set_up_later_then_said_and_added_by_its_office(
    desk: Client, browse: Browse, clerk: User, communities: list[Community]
) -> None:
    one = make_election_round()
    for community in communities[:2]:
        make_election(community, round=one)

    shown = desk.get(page(one)).context["progress"].lacking
    refused = browse(clerk).post(page(one, "fill/"), {"key": KEY})
    desk.post(page(one, "fill/"), {"key": KEY})

    assert (shown, refused.status_code) == (1, 403)
    assert Election.objects.filter(round=one).count() == 3
    assert desk.get(page(one)).context["progress"].lacking == 0


def test_progress_then_steps_of_streets_add_up_and_shares_are_exact(
    desk: Client, district_officer: User, communities: list[Community]
) -> None:
    one = make_election_round(closes_on=date(2026, 10, 31))
    first, second, third, _ = communities
    make_election(first, round=one, electorate=1000, voted=821, **DONE)
    make_election(second, round=one, state="void", voided_on=TODAY, void_reason="人数不足")
    make_election(third, round=one, electorate=500, voted=400, **DONE | {"mode": "households"})

    progress = progress_of(district_officer, one, "371502", TODAY)

    assert [
        (line.code, line.tally.communities, line.tally.done, line.overdue)
        for line in progress.lines
    ] == [("371502001", 2, 1, True), ("371502002", 1, 1, False)]  # fmt: skip
    assert progress.total == sum((line.tally for line in progress.lines), start=Tally())
    assert progress.total.by_state == (0, 0, 0, 0, 0, 2, 1)
    assert (progress.total.direct, progress.total.waiting) == (1, 1)
    assert progress.total.share == Fraction(200, 3)
    assert progress.total.turnout == Fraction(122100, 1500)
    content = desk.get(page(one)).content.decode()
    assert "完成率66.7%，直接选举1个，投票率81.4%" in content


def test_progress_when_held_again_after_a_void_then_the_new_one_counts(
    district_officer: User, communities: list[Community]
) -> None:
    one = make_election_round()
    make_election(communities[0], round=one, state="void", voided_on=TODAY, void_reason="人数不足")
    make_election(communities[0], round=one, **DONE)

    total = progress_of(district_officer, one, "371502", TODAY).total

    assert (total.communities, total.done) == (1, 1)


def test_progress_when_a_community_has_ended_then_it_waits_no_more(
    district_officer: User, communities: list[Community]
) -> None:
    one = make_election_round()
    for community in communities[:2]:
        make_election(community, round=one)
    with scope("0"):
        Community.objects.filter(pk=communities[0].pk).update(valid_until=TODAY)

    assert progress_of(district_officer, one, "371502", TODAY).total.communities == 1


def test_round_of_a_city_then_by_district_and_down_to_communities(
    browse: Browse, city_officer: User, communities: list[Community]
) -> None:
    one = make_election_round("3715")
    for community in communities:
        make_election(community, round=one)
    desk = browse(city_officer)

    def codes(query: str) -> list[str]:
        return [line.code for line in desk.get(page(one) + query).context["progress"].lines]

    assert codes("") == ["371502", "371521"]
    assert codes("?division=371502") == ["371502001", "371502002"]
    rows = desk.get(page(one) + "?division=371502001").context["rows"]
    assert [row["one"].code for row in rows] == ["371502001001", "371502001002"]


def test_round_of_a_city_for_a_street_then_its_own_communities_only(
    browse: Browse, clerk: User, communities: list[Community]
) -> None:
    one = make_election_round("3715")
    for community in communities:
        make_election(community, round=one)
    desk = browse(clerk)

    for query in ("", "?division=371502002", "?division=3715"):
        rows = desk.get(page(one) + query).context["rows"]
        assert [row["one"].code for row in rows] == ["371502001001", "371502001002"]
    assert desk.get(page(one, "edit/")).status_code == 403


def test_round_of_another_district_then_unknown_to_its_neighbours(
    desk: Client, browse: Browse, clerk: User
) -> None:
    one = make_election_round("371521")

    for name in ("", "export.xlsx", "edit/"):
        assert desk.get(page(one, name)).status_code == 404
    assert desk.post(page(one, "close/"), {"key": KEY}).status_code == 404
    assert get_election_round(clerk, one.pk) is None


def test_reminder_then_streets_that_lag_are_told_once_a_day(
    desk: Client, clerk: User, clerk_elsewhere: User, communities: list[Community]
) -> None:
    one = make_election_round(closes_on=date(2099, 12, 31))
    make_election(communities[0], round=one)
    make_election(communities[1], round=one)
    make_election(communities[2], round=one, **DONE)

    first = desk.post(page(one, "remind/"), {"key": KEY})
    again = desk.post(page(one, "remind/"), {})

    assert (first.status_code, again.status_code) == (302, 409)
    assert [(note.to, note.text, note.url) for note in Message.objects.all()] == [
        (clerk, "第八届社区居委会换届2099-12-31前完成，2个社区还没有公布结果", page(one))
    ]
    one.refresh_from_db()
    at = timezone.localtime(one.reminded_at)
    assert f"今天{at:%H:%M}催办过，明天再催办" in again.content.decode()


def test_round_closed_then_nothing_is_filled_or_reminded_and_twice_is_once(
    desk: Client, communities: list[Community]
) -> None:
    one = make_election_round()
    make_election(communities[0], round=one)
    typed = {"key": KEY, "version": "1"}

    first, again = (desk.post(page(one, "close/"), typed) for _ in range(2))
    fill = desk.post(page(one, "fill/"), {})

    assert (first.status_code, again.status_code, fill.status_code) == (302, 302, 409)
    assert desk.get(page(one)).context["may_run"] is False


def test_round_closed_at_another_version_then_the_changes_are_seen_first(
    desk: Client, communities: list[Community]
) -> None:
    one = make_election_round(version=2)

    answer = desk.post(page(one, "close/"), {"key": KEY, "version": "1"})

    one.refresh_from_db()
    assert (answer.status_code, one.closed_at) == (409, None)


def test_round_as_a_file_then_figures_as_on_the_page_and_logged(
    desk: Client, communities: list[Community]
) -> None:
    one = make_election_round()
    make_election(communities[0], round=one, electorate=1000, voted=821, **DONE)
    make_election(communities[2], round=one)

    total = xlsx_rows(desk.get(page(one, "export.xlsx")).content)[-1]

    assert total[1:4] == ["合计", 2, 1]
    assert total[-5:] == ["50.0%", 1, 1000, 821, "82.1%"]
    assert AccessLog.objects.filter(act="export", target__startswith="换届进度-371502-").exists()


def test_round_with_many_streets_and_rounds_then_as_many_queries(
    desk: Client, district_officer: User, communities: list[Community]
) -> None:
    one = make_election_round()
    make_election(communities[0], round=one, **DONE)
    for path in (page(one), "/elections/"):
        desk.get(path)
    few = [queries_of(desk, path) for path in (page(one), "/elections/")]

    for number in range(30):
        code = f"371502{number + 100:03}001"
        make_election(make_community(code, f"新{number}社区居委会"), round=one, **DONE)
        make_election_round(title=f"第{number}届")
    many = [queries_of(desk, path) for path in (page(one), "/elections/")]

    assert many == few
