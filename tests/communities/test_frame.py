"""The frame of a page: year, years on offer, whose data, whom to ask."""

from datetime import date

import pytest
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries

from communities.selectors.frame import get_frame
from tests.factories import make_community
from tests.world import GUCHENG

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("code", "name", "city", "office"),
    [
        ("371502001", "古楼街道", "聊城市", "聊城市民政局"),
        ("371502", "东昌府区", "聊城市", "聊城市民政局"),
        ("37", "山东省", "山东省", "山东省民政局"),
        ("0", "全国", "", "民政局"),
    ],
)
def test_frame_then_names_the_division_and_the_office(
    code: str, name: str, city: str, office: str
) -> None:
    make_community()

    frame = get_frame(code, 2026, [2026, 2025], DAY)

    assert (frame.name, frame.city, frame.office) == (name, city, office)
    assert (frame.year, frame.years, frame.on) == (2026, [2026, 2025], DAY)


def test_frame_when_the_year_has_no_facts_then_it_is_on_offer_too() -> None:
    assert get_frame("0", 2014, [2026, 2025], DAY).years == [2026, 2025, 2014]


def test_frame_of_a_community_then_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_community()

    with django_assert_num_queries(1):
        frame = get_frame(GUCHENG, 2026, [], DAY)

    assert [place.name for place in frame.trail] == ["山东省", "聊城市", "东昌府区", "古楼街道"]


def test_office_when_the_bureau_is_named_otherwise_then_so() -> None:
    make_community()

    with override_settings(BUREAU_NAME="社会工作部"):
        assert get_frame("3715", 2026, [], DAY).office == "聊城市社会工作部"
