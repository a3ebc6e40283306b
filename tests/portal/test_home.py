"""工作台 while a year's facts are collected: what is due, and only what the person may do."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.messages import notify
from accounts.models import User
from collection.models import Round
from collection.selectors.todo import Board, Node, get_board
from collection.selectors.todo_lines import Todo
from communities.models import Community
from policy.models import IndexValue
from portal.selectors.workbench import index_tasks, nothing_to_do, sections, tasks
from tests.collection.test_missing import RENT
from tests.collection.test_todo import collect
from tests.conftest import Browse
from tests.factories import CHANGED_AT
from tests.policy.samples import published
from tests.queries import queries_of
from tests.staff_factories import make_appointment, make_election
from tests.world import (
    DISTRICT,
    GUCHENG,
    HUNAN,
    WENXUAN,
    assessed,
    make_place,
    make_world,
    set_facts,
)

pytestmark = pytest.mark.django_db


def open_round(**overrides: Any) -> Round:
    today = timezone.localdate()
    days = {"opens_on": today - timedelta(days=60), "closes_on": today + timedelta(days=9)}
    return collect(**(days | overrides))


def page(client: Client) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def test_home_of_a_clerk_then_what_is_due_and_by_when(browse: Browse, clerk: User) -> None:
    make_world()
    one = open_round()

    html = page(browse(clerk))

    assert f"2026年度数据填报还剩9天，{one.closes_on.month}月{one.closes_on.day}日截止" in words(
        html
    )
    assert "3个社区中1个已确认，1个待审核，还有1个没有提交" in words(html)
    assert 'href="/collect/?year=2026">继续填报</a>' in html
    assert f'href="/communities/{WENXUAN}/2026/edit/">继续填报文轩社区</a>' in html
    assert "填报完整度" in html
    assert "关键节点" in html
    # its lacking households are the form's to say
    assert "补齐文轩社区的数据" not in html


@pytest.mark.parametrize("person", ["district_finance", "auditor", "city_finance"])
def test_home_of_a_reader_then_no_button_that_is_dead(
    browse: Browse, person: str, request: pytest.FixtureRequest
) -> None:
    make_world()
    open_round(code="3715")
    client = browse(request.getfixturevalue(person))

    html = page(client)

    links = {one for one in re.findall(r'<a[^>]* href="(/[^"#]*)"', html) if "/admin/" not in one}
    assert {link: client.get(link.replace("&amp;", "&")).status_code for link in links} == (
        dict.fromkeys(links, 200)
    )
    assert "/edit/" not in html
    assert "查看进度" in html


def test_home_then_the_newest_messages(browse: Browse, clerk: User) -> None:
    for number in range(1, 5):
        notify(to=[clerk], text=f"第{number}条消息", url="/collect/", at=CHANGED_AT)

    html = page(browse(clerk))

    assert [f"第{number}条消息" in html for number in (1, 2, 3, 4)] == [False, True, True, True]


def test_home_without_a_round_then_no_banner_and_no_calendar(browse: Browse, clerk: User) -> None:
    make_world()

    html = page(browse(clerk))

    assert "banner" not in html
    assert "关键节点" not in html
    assert "填报完整度" not in html


def test_home_then_what_staff_asks_stands_among_what_is_due_first(
    browse: Browse, clerk: User
) -> None:
    make_world(GUCHENG)
    open_round()
    soon = timezone.localdate() + timedelta(days=3)
    community = Community.objects.get(code=GUCHENG)
    make_election(
        community, state="done", mode="direct", held_on=date(2021, 12, 10),
        term_from=date(2021, 12, 10), term_until=soon,
    )  # fmt: skip
    make_appointment(community, "worker")

    html = page(browse(clerk))

    names = re.findall(r"<li><a[^>]*>([^<]+)</a><p>", html)
    assert names[0] == "1个居委会一年内届满"
    assert names.index("1名在岗人员没有证件号码") > 0


@pytest.mark.parametrize("count", [1, 30])
def test_home_while_collecting_then_the_same_queries_for_one_community_and_for_thirty(
    browse: Browse, clerk: User, count: int
) -> None:
    make_world(GUCHENG)
    for number in range(2, count + 1):
        make_place(f"371502001{number:03}", households=number, status="draft")
    open_round()
    client = browse(clerk)
    client.get("/")

    assert queries_of(client, "/") == 39


# ── the parts ──


def test_tasks_while_collecting_then_only_of_what_was_handed_in(district_officer: User) -> None:
    make_world()
    set_facts(HUNAN, households=None)

    found = tasks(assessed(district_officer), DISTRICT, collecting=True)

    assert [one.name for one in found] == ["补齐湖南社区的数据"]


def test_tasks_while_collecting_then_a_few_and_the_rest_counted(district_officer: User) -> None:
    make_world(GUCHENG)
    for number in range(11, 16):
        make_place(f"371502001{number:03}", households=None)

    found = tasks(assessed(district_officer), DISTRICT, collecting=True)

    assert [one.name for one in found[3:]] == ["其余2个社区"]


def test_index_tasks_then_one_line_with_what_cannot_be_computed(city_officer: User) -> None:
    make_world()
    published("rent-2020", (RENT,))

    assert index_tasks(city_officer, assessed(city_officer, "3715")) == [
        Todo(
            "缺1项指数",
            "/indices/?year=2026",
            "6个社区的租房补助不能测算",
            "未录入",
            "bad",
        )
    ]


def test_index_tasks_when_entered_or_not_ones_to_enter_then_none(
    city_officer: User, district_officer: User, city_finance: User
) -> None:
    make_world()
    published("rent-2020", (RENT,))

    # the city's text: its figure is the city's to enter
    assert index_tasks(district_officer, assessed(district_officer)) == []
    assert index_tasks(city_finance, assessed(city_finance, "3715")) == []
    IndexValue.objects.create(
        division_code="3715", series="average_rent", year=2025, value=1, source="公报"
    )
    assert index_tasks(city_officer, assessed(city_officer, "3715")) == []


def test_sections_then_of_the_page_s_year_or_else_of_the_nearest_round(clerk: User) -> None:
    make_world(GUCHENG)
    open_round()
    board = get_board(clerk, timezone.localdate())

    for year in (2026, 2025):
        found = sections(clerk, board, year)
        assert found
        assert (found.year, found.percent) == (2026, 50)
    assert sections(clerk, Board(), 2026) is None


def test_nothing_to_do_then_the_next_day_of_the_calendar() -> None:
    day = date(2026, 11, 30)

    assert nothing_to_do(Board(calendar=[Node(day, "填报截止", 9)])) == (
        "今天没有待办。下一节点：11-30填报截止"
    )
    past = Board(calendar=[Node(day, "填报截止", None)])
    assert nothing_to_do(past) == "今天没有待办，辖区内社区的数据都齐了"
