"""人员统计: tables whose lines add up to the heads, shares, parts, coverage, and the file."""

from datetime import date
from fractions import Fraction
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from accounts.models import AccessLog, User
from communities.models import Community
from staffing.selectors.statistics import PartLine, Statistics, get_statistics
from staffing.tables.statistics import percent
from staffing.templatetags.bars import head_bars
from tests.conftest import Browse
from tests.factories import make_community, make_user
from tests.files import xlsx_rows
from tests.queries import queries_of
from tests.staff_factories import (
    IDENTITY_NUMBERS,
    make_appointment,
    make_certificate,
    make_person,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
DISTRICT = "371502"


@pytest.fixture
def gucheng() -> Community:
    """古城社区 with three heads: a secretary and director, a member, a worker."""
    community = make_community()
    wang = make_person(name="王小红", born_in=date(1990, 5, 1), highest_education="bachelor")
    li = make_person(
        name="李建国",
        sex="male",
        born_in=date(1960, 1, 1),
        political_status="none",
        full_time_education="senior_high",
        highest_education="junior_college",
        highest_education_on=date(2026, 11, 23),
        joined_on=None,
    )
    zhang = make_person(
        name="张敏",
        born_in=date(1981, 11, 1),
        political_status="",
        full_time_education="",
        highest_education="",
        highest_education_on=None,
        joined_on=date(2005, 11, 22),
    )
    for post in ("director", "secretary"):
        make_appointment(community, post, wang)
    make_appointment(community, "member", li)
    make_appointment(community, "worker", zhang)
    make_certificate(wang)
    make_certificate(wang, "intermediate")
    make_certificate(li, "senior", expires_on=date(2026, 11, 21))
    return community


def lines(found: Statistics) -> dict[str, dict[str, int]]:
    """The heads of each table by class, without empty ones."""
    return {
        table.title: {line.label: line.heads for line in table.lines if line.heads}
        for table in found.tables
    }


def test_statistics_of_a_street_by_hand(clerk: User, gucheng: Community) -> None:
    make_community("371502001002", "湖南社区居委会")
    make_community("371502001201", "某村", committee_kind="villagers")

    found = get_statistics(clerk, "371502001", ON)

    assert lines(found) == {
        "最高学历": {"高中、中专": 1, "本科": 1, "未登记": 1},
        "年龄": {"36~45岁": 2, "61岁及以上": 1},
        "性别": {"女": 2, "男": 1},
        "政治面貌": {"中共党员": 1, "群众": 1, "未登记": 1},
        "身份": {"选举产生": 2, "招聘": 1},
        "社会工作者证书": {"社会工作师": 1, "没有证书": 2},
        "社区工作年限": {"6~10年": 1, "21年及以上": 1, "未登记": 1},
    }
    assert (found.heads, found.college, found.college_share) == (3, 1, Fraction(100, 3))
    assert (found.covered, found.communities, found.covered_share) == (1, 2, Fraction(50))
    assert found.parts == (
        PartLine("371502001001", "古城社区", 3, 1, Fraction(100, 3)),
        PartLine("371502001002", "湖南社区", 0, 0, None),
    )


def test_statistics_on_the_day_of_a_diploma_then_it_counts(clerk: User, gucheng: Community) -> None:
    found = get_statistics(clerk, "371502001", date(2026, 11, 23))

    assert lines(found)["最高学历"] == {"大专": 1, "本科": 1, "未登记": 1}
    assert (found.college, percent(found.college_share)) == (2, "66.7")


def test_statistics_of_a_district_when_somebody_works_in_two_streets_then_one_head(
    district_officer: User, gucheng: Community
) -> None:
    liuyuan = make_community("371502002001", "柳园社区居委会")
    number = IDENTITY_NUMBERS[0]
    make_appointment(gucheng, "worker", make_person(identity_number=number))
    make_appointment(liuyuan, "director", make_person("371502002", identity_number=number))
    make_appointment(liuyuan, "member", make_person("371502002"), identity="seconded")

    found = get_statistics(district_officer, DISTRICT, ON)

    assert found.heads == 5
    assert lines(found)["身份"] == {"选举产生": 3, "招聘": 1, "下派": 1}
    assert [(part.name, part.heads, part.college) for part in found.parts] == [
        ("古楼街道", 3, 1),
        ("柳园街道", 2, 2),
    ]
    assert found.covered == 2


@pytest.mark.parametrize("group", ["", "committee", "workers", "supervision"])
def test_tables_of_any_posts_then_lines_and_parts_add_up_to_the_heads(
    group: str, clerk: User, gucheng: Community
) -> None:
    found = get_statistics(clerk, "371502001", ON, group)

    sums = {sum(line.heads for line in table.lines) for table in found.tables}
    assert sums == {found.heads}
    assert sum(part.heads for part in found.parts) == found.heads
    assert sum(part.college for part in found.parts) == found.college
    assert found.heads == {"": 3, "committee": 2, "workers": 1, "supervision": 0}[group]


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(655, 1000, "65.5"), (1, 16, "6.3"), (1, 3, "33.3"), (1, 1, "100.0")],
)
def test_percent_then_one_decimal_half_up(part: int, whole: int, words: str) -> None:
    assert percent(Fraction(100 * part, whole)) == words


def test_bars_then_from_nought_to_the_most_in_words_too(clerk: User, gucheng: Community) -> None:
    table = get_statistics(clerk, "371502001", ON).tables[1]

    chart = head_bars(table.title, table.lines)

    assert chart is not None
    assert [(bar.label, bar.width) for bar in chart.bars] == [
        ("35岁及以下", 0),
        ("36~45岁", 220),
        ("46~55岁", 0),
        ("56~60岁", 0),
        ("61岁及以上", 110),
    ]
    assert chart.label == "年龄：35岁及以下0人，36~45岁2人，46~55岁0人，56~60岁0人，61岁及以上1人"
    assert head_bars("性别", table.lines[:3]) is None


def test_page_then_tables_bars_and_shares(browse: Browse, clerk: User, gucheng: Community) -> None:
    page = browse(clerk).get("/staff/statistics/?on=2026-11-23").content.decode()

    assert "人员统计<small>古楼街道 · 2026-11-23在岗 · 3人</small>" in page
    assert "2人，占66.7%" in page
    assert "1/1个，占100.0%" in page
    assert page.count('role="img"') == 6
    assert 'aria-label="最高学历：小学及以下0人' in page


def test_page_of_more_than_a_city_then_a_place_to_choose(
    browse: Browse, gucheng: Community
) -> None:
    client: Client = browse(make_user("auditor", "37"))

    page = client.get("/staff/statistics/").content.decode()

    assert '<a href="?street=3715">聊城市</a>' in page
    assert "<svg" not in page
    assert client.get("/staff/statistics/export.xlsx").status_code == 302


def test_page_when_rows_grow_then_as_many_queries(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    client = browse(clerk)
    client.get("/staff/statistics/")
    few = queries_of(client, "/staff/statistics/")
    for _ in range(27):
        make_certificate(make_appointment(gucheng, "member").person)

    assert queries_of(client, "/staff/statistics/") == few


def test_export_then_every_class_and_a_record(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    answer = browse(clerk).get("/staff/statistics/export.xlsx?on=2026-11-23")

    rows: list[list[Any]] = xlsx_rows(answer.content)
    name = "人员统计-371502001-2026-11-23.xlsx"
    assert unquote(answer.headers["Content-Disposition"]).endswith(name)
    assert AccessLog.objects.get(act="export").target == name
    assert rows[1][0] == "古楼街道　　2026-11-23在岗人员，全部职务，一个人只算一次"
    assert rows[4:6] == [
        ["合计", "全部人员", 3, "100.0"],
        ["最高学历", "大专及以上", 2, "66.7"],
    ]
    assert ["性别", "男", 1, "33.3"] in rows
    assert ["分地区人数", "古城社区", 3, ""] in rows
