"""Pages of parts as readers get them: whose parts, which buttons, what has ended, history."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.scope import scope
from communities.models import Community, Grid
from tests.conftest import Browse
from tests.factories import (
    make_building,
    make_community,
    make_entry,
    make_estate,
    make_former,
    make_grid,
    make_meeting,
    make_organisation,
)

pytestmark = pytest.mark.django_db
PAGE = "/communities/371502001001/"


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def desk(browse: Browse, clerk: User, community: Community) -> Client:
    return browse(clerk)


def end_community(community: Community) -> None:
    with scope("0"):
        Community.objects.filter(pk=community.pk).update(valid_until=date(2026, 3, 1))


def said(answer: Any) -> list[str]:
    return [str(one) for one in answer.context["messages"]]


@pytest.mark.parametrize(
    "path",
    ["estates/{estate}/", "estates/{estate}/edit/", "estates/{estate}/end/",
     "estates/{estate}/buildings/add/", "buildings/{building}/edit/", "meetings/{meeting}/edit/",
     "grids/{grid}/edit/", "organisations/{organisation}/end/", "archive/{entry}/"],
)  # fmt: skip
def test_part_of_another_community_then_not_found(
    desk: Client, community: Community, path: str
) -> None:
    beside = make_community("371502001002", "湖南社区居委会")
    estate = make_estate(beside)
    keys = {
        "estate": estate.pk,
        "building": make_building(estate).pk,
        "meeting": make_meeting(estate, date(2026, 5, 1)).pk,
        "grid": make_grid(beside).pk,
        "organisation": make_organisation(beside).pk,
        "entry": make_entry(beside).pk,
    }

    address = path.format(**keys)

    assert desk.get(f"/communities/371502001002/{address}").status_code == 200
    assert desk.get(PAGE + address).status_code == 404
    assert desk.post(PAGE + address).status_code in (404, 405)


def test_pages_of_an_ended_community_then_shown_without_buttons_and_nothing_is_taken(
    desk: Client, community: Community
) -> None:
    estate = make_estate(community)
    end_community(community)

    for path in ("estates/", f"estates/{estate.pk}/", "grids/", "organisations/", "archive/"):
        page = desk.get(PAGE + path).content.decode()
        assert "古城社区已于2026-03-01撤销</strong>，资料只能查看" in page
        assert "登记小区</a>" not in page
        assert "/edit/" not in page
        assert "/add/" not in page
    answer = desk.post(f"{PAGE}grids/add/", {"name": "第一网格"}, follow=True)
    assert said(answer) == ["古城社区已于2026-03-01撤销，登记内容不再修改"]
    assert Grid.objects.count() == 0


@pytest.mark.parametrize("reader", ["auditor", "district_finance"])
def test_pages_when_reader_may_not_register_then_without_buttons(
    browse: Browse, community: Community, reader: str, request: pytest.FixtureRequest
) -> None:
    estate = make_estate(community)
    make_building(estate)
    make_grid(community)
    make_organisation(community)
    entry = make_entry(community)
    client = browse(request.getfixturevalue(reader))

    for path in (
        "estates/",
        f"estates/{estate.pk}/",
        "grids/",
        "organisations/",
        "archive/",
        f"archive/{entry.pk}/",
    ):
        page = client.get(PAGE + path).content.decode()
        assert "/edit/" not in page
        assert "/add/" not in page
        assert "/end/" not in page


def test_pages_when_parts_have_ended_then_behind_a_link(desk: Client, community: Community) -> None:
    make_grid(community, "甲网格")
    make_grid(community, "乙网格", valid_until=date(2026, 5, 1))

    plain = desk.get(f"{PAGE}grids/").content.decode()
    whole = desk.get(f"{PAGE}grids/?ended=1").content.decode()

    assert "乙网格" not in plain
    assert '<a href="?ended=1">显示已注销的1个网格</a>' in plain
    assert "2026-05-01注销" in whole
    assert "合计1个" in whole
    assert "不显示已注销的网格" in whole


def test_pages_then_the_history_of_each_part_is_one_click_away(
    browse: Browse, auditor: User, community: Community
) -> None:
    estate = make_estate(community)
    pages = {
        f"estates/{estate.pk}/": [
            f"estate-{estate.pk}",
            f"building-{make_building(estate).pk}",
            f"meeting-{make_meeting(estate, date(2026, 5, 1)).pk}",
        ],
        "grids/": [f"grid-{make_grid(community).pk}"],
        "organisations/": [f"organisation-{make_organisation(community).pk}"],
        f"archive/{(entry := make_entry(community)).pk}/": [f"archive-{entry.pk}"],
    }
    client = browse(auditor)

    for path, records in pages.items():
        page = client.get(PAGE + path).content.decode()
        for record in records:
            assert f'href="{PAGE}history/?record={record}"' in page
            history = client.get(f"{PAGE}history/?record={record}")
            assert (history.status_code, history.content.decode().count("已不按它筛选")) == (200, 0)


@pytest.mark.parametrize("path", ["estates/{estate}/", "estates/{estate}/edit/", "grids/add/"])
def test_pages_when_code_is_a_former_one_then_on_to_the_present_one(
    desk: Client, community: Community, path: str
) -> None:
    make_former(community, date(2026, 1, 1), code="371502001777")
    address = path.format(estate=make_estate(community).pk)

    answer = desk.get(f"/communities/371502001777/{address}")

    assert (answer.status_code, answer["Location"]) == (302, PAGE + address)
