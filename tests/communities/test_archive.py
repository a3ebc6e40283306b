"""电子档案: found by kind, year and title, page by page, with its papers."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from accounts.models import User
from communities.models import ArchiveEntry, Community, Paper
from communities.selectors.archive import EntryRow, archive_entries, archive_years
from tests.conftest import Browse
from tests.factories import make_community, make_entry, make_paper
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
PAGE = "/communities/371502001001/archive/"


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def desk(browse: Browse, clerk: User, community: Community) -> Client:
    return browse(clerk)


@pytest.fixture
def entries(community: Community) -> None:
    make_entry(community, "邻里节", happened_on=date(2026, 5, 1), attendance=120)
    make_entry(community, "居民代表会议", kind="meeting", happened_on=date(2025, 12, 31))
    make_entry(community, "合唱团汇演", kind="social_organisation", happened_on=date(2025, 1, 1))
    make_entry(make_community("371502001002", "湖南社区居委会"), "别处的活动")


def titles(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return [row.title for row in answer.context["page"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["邻里节", "居民代表会议", "合唱团汇演"]),
        ("?kind=meeting", ["居民代表会议"]),
        ("?year=2025", ["居民代表会议", "合唱团汇演"]),
        ("?q=节", ["邻里节"]),
        ("?q=%25", []),
        ("?year=2025&q=会&kind=meeting", ["居民代表会议"]),
        ("?year=2024", []),
    ],
)
def test_list_then_newest_first_as_filtered(
    desk: Client, entries: None, query: str, found: list[str]
) -> None:
    assert titles(desk, query) == found


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?kind=party", "没有“party”这个类别，已不按它筛选"),
        ("?year=abc", "没有“abc”这个年份，已不按它筛选"),
        ("?year=99999", "没有“99999”这个年份，已不按它筛选"),
        (f"?q={'长' * 41}", "查找的文字超过40个字，或有不能查找的字符，已不按文字筛选"),
        ("?q=%00", "查找的文字超过40个字，或有不能查找的字符，已不按文字筛选"),
    ],
)
def test_list_when_a_filter_is_unknown_then_ignored_and_said(
    desk: Client, entries: None, query: str, said: str
) -> None:
    assert desk.get(f"{PAGE}{query}").context["ignored"] == [said]
    assert len(titles(desk, query)) == 3


def test_list_when_nothing_is_found_then_offers_to_clear(desk: Client, entries: None) -> None:
    page = desk.get(f"{PAGE}?q=没有").content.decode()

    assert "没有符合条件的档案" in page
    assert f'<a href="{PAGE}">清空条件</a>' in page


def test_list_when_empty_then_says_what_can_be_kept(desk: Client) -> None:
    assert "还没有登记电子档案" in desk.get(PAGE).content.decode()


def test_years_then_those_of_entries_latest_first(
    entries: None, clerk: User, community: Community
) -> None:
    assert archive_years(clerk, community) == [2026, 2025]


def test_rows_then_count_the_papers_that_were_not_withdrawn(
    clerk: User, community: Community
) -> None:
    entry = make_entry(community, organiser="社区居委会", attendance=0)
    make_paper(community, "签到表.pdf", archive_entry=entry)
    gone = make_paper(community, "照片.pdf", archive_entry=entry)
    Paper.objects.filter(pk=gone.pk).update(
        withdrawn_at=datetime(2026, 5, 2, tzinfo=UTC), withdrawn_because="传错"
    )

    assert list(archive_entries(clerk, community)) == [
        EntryRow(entry.pk, "社区活动", "邻里节", date(2026, 5, 1), "社区居委会", 0, 1)
    ]


def test_list_then_the_same_queries_for_1_and_30_rows(desk: Client, community: Community) -> None:
    make_entry(community)
    desk.get(PAGE)
    one = queries_of(desk, PAGE)
    for number in range(1, 30):
        make_entry(community, f"第{number}次")

    assert queries_of(desk, PAGE) == one


def test_list_then_50_rows_a_page(desk: Client, community: Community) -> None:
    ArchiveEntry.objects.bulk_create(
        ArchiveEntry(
            community=community, code=community.code, kind="other", title=f"{number:03}",
            happened_on=date(2026, 5, 1),
        )
        for number in range(51)
    )  # fmt: skip

    assert titles(desk, "?page=2") == ["000"]


def test_entry_then_its_text_and_papers(desk: Client, community: Community) -> None:
    entry = make_entry(community, text="第一段\n第二段<script>")
    paper = make_paper(community, "签到表.pdf", archive_entry=entry)

    page = desk.get(f"{PAGE}{entry.pk}/").content.decode()

    assert "第一段<br>第二段&lt;script&gt;" in page
    assert paper.title in page
