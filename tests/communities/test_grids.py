"""网格: what is asked by the policies in force, each grid's size, sums beside the facts."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from communities.models import Community
from communities.selectors.assessment import get_assessment
from communities.selectors.grids import GridNeed, GridSize, grid_need, size_words
from communities.selectors.parts import Check
from communities.views.grids import grid_gap
from policy import services
from policy.models import PolicyText
from tests.conftest import Browse
from tests.factories import make_community, make_facts, make_grid
from tests.policy.samples import ON
from tests.queries import queries_of
from tests.world import load_texts

pytestmark = pytest.mark.django_db
PAGE = "/communities/371502001001/grids/"
DAY = date(2026, 11, 21)


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def desk(browse: Browse, clerk: User, community: Community) -> Client:
    return browse(clerk)


@pytest.fixture
def adopted() -> None:
    """The city has adopted the text that asks for grids of 400 to 500 households."""
    load_texts()
    shipped = PolicyText.objects.get(text_id="city-opinions-2013")
    draft = services.adopt(shipped, jurisdiction="3715", by=None, effective_from=date(2026, 1, 1))
    services.publish(draft, by=None, on=ON, supersede=True)


def need_of(user: User, community: Community, year: int = 2026) -> GridNeed:
    return grid_need(get_assessment(user, community.code, year, DAY), community)


def figures(need: GridNeed) -> tuple[Any, ...]:
    return need.asked, need.low, need.high, need.households


@pytest.mark.parametrize(
    ("households", "low", "high", "misfit"),
    [
        (2030, 5, 5, ""),
        (2847, 6, 7, ""),
        (799, 2, 2, "799户分不成每格400~500户的整数个网格"),
        (1599, 4, 4, "1,599户分不成每格400~500户的整数个网格"),
    ],
)
def test_need_then_from_the_provision_in_force(
    adopted: None, clerk: User, community: Community, households: int, low: int, high: int,
    misfit: str,
) -> None:  # fmt: skip
    make_facts(community, households=households)

    need = need_of(clerk, community)

    [size] = need.sizes
    assert figures(need) == (True, low, high, households)
    assert size.misfit == misfit
    assert (size.band, size.title, size.article) == (
        "400~500",
        "城乡社区建设工作意见",
        "五、（四）",
    )
    assert need.conflict == ""


def test_need_when_no_text_speaks_of_grids_then_not_asked(
    clerk: User, community: Community
) -> None:
    load_texts()
    make_facts(community)

    assert need_of(clerk, community) == GridNeed(asked=False)


def test_need_when_community_is_a_village_then_not_asked(adopted: None, clerk: User) -> None:
    village = make_community("371502001200", "大路村委会")
    make_facts(village)

    assert need_of(clerk, village) == GridNeed(asked=False)


def test_need_when_community_was_not_there_that_year_then_says_so(
    adopted: None, clerk: User, community: Community
) -> None:
    make_facts(community)
    later = make_community("371502001002", "湖南社区居委会", valid_from=date(2027, 1, 1))

    assert need_of(clerk, later).blocked == "没有这个社区2026年的数据"


def test_need_when_households_are_missing_then_says_so(
    adopted: None, clerk: User, community: Community
) -> None:
    make_facts(community, households=None)

    need = need_of(clerk, community)

    assert (need.asked, need.low, need.sizes) == (True, None, ())
    assert need.blocked == "缺少核定户数"


@pytest.mark.parametrize(
    ("households", "words"),
    [(399, "少于400户"), (400, ""), (500, ""), (501, "多于500户"), (None, "")],
)
def test_size_then_said_where_it_is_outside(households: int | None, words: str) -> None:
    sizes = (GridSize(Fraction(400), Fraction(500), "甲", "一", "", ""),)

    assert size_words(households, sizes) == words
    assert size_words(households, ()) == ""


@pytest.mark.parametrize(
    ("low", "high", "held", "gap"),
    [
        (None, None, 3, None),
        (5, 6, 4, -1),
        (5, 6, 5, 0),
        (5, 6, 6, 0),
        (5, 6, 8, 2),
        (5, None, 9, 0),
        (2, 1, 2, 0),
        (2, 1, 3, 1),
    ],
)
def test_gap_then_below_the_fewest_or_above_the_most(
    low: int | None, high: int | None, held: int, gap: int | None
) -> None:
    assert grid_gap(GridNeed(asked=True, low=low, high=high), held) == gap


def test_page_then_each_grid_its_size_and_the_sum_beside_the_facts(
    adopted: None, desk: Client, community: Community
) -> None:
    make_facts(community, timezone.localdate().year, households=1000, grids=3)
    make_grid(community, "第一网格", number="01", households=399)
    make_grid(community, "第二网格", number="02", households=500)
    make_grid(community, "第三网格", number="03")

    answer = desk.get(PAGE)
    page = answer.content.decode()

    assert [(row.name, row.size) for row in answer.context["page"]] == [
        ("第一网格", "少于400户"),
        ("第二网格", ""),
        ("第三网格", ""),
    ]
    assert answer.context["checks"] == [
        Check(
            False, "户数", "各网格合计", 899, f"{timezone.localdate().year}年核定户数", 1000, "户",
            101,
        ),
        Check(
            True, "网格数", "已登记", 3, f"{timezone.localdate().year}年填报", 3, "个", 0
        ),
    ]  # fmt: skip
    assert "400~500户<small>《城乡社区建设工作意见》五、（四）：社区内按400至500户划分网格" in page
    assert '<dd><span class="gap">多1个</span></dd>' in page
    assert "1个没有填户数" in page


def test_page_when_no_whole_number_fits_then_warned(
    adopted: None, desk: Client, community: Community
) -> None:
    make_facts(community, timezone.localdate().year, households=799)

    page = desk.get(PAGE).content.decode()

    assert "<strong>799户分不成每格400~500户的整数个网格</strong>" in page


def test_page_when_nothing_is_known_then_says_so(desk: Client) -> None:
    page = desk.get(PAGE).content.decode()

    assert "还没有登记网格" in page
    assert "现行文件没有规定网格的个数和规模" in page


def test_page_then_the_same_queries_for_1_and_30_rows(
    adopted: None, desk: Client, community: Community
) -> None:
    make_facts(community, timezone.localdate().year)
    make_grid(community, "0")
    desk.get(PAGE)
    one = queries_of(desk, PAGE)
    for number in range(1, 30):
        make_grid(community, str(number))

    assert queries_of(desk, PAGE) == one
