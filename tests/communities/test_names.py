"""What follows from a community's official name."""

import pytest

from communities.models import Community
from communities.services import committee_kind, describe, initials, search_grams, short_name


@pytest.mark.parametrize(
    ("name", "short", "kind", "letters"),
    [
        ("古城社区居委会", "古城社区", "residents", "gcsq"),
        ("光岳社区居民委员会", "光岳社区", "residents", "gysq"),
        ("香江虚拟社区", "香江虚拟社区", "residents", "xjxnsq"),
        ("海湾居委会", "海湾", "residents", "hw"),
        ("大路村委会", "大路村", "villagers", "dlc"),
        ("河西新村村民委员会", "河西新村", "villagers", "hxxc"),
        ("陈化屯村委会", "陈化屯村", "villagers", "chtc"),
        ("安洲新村村民委员", "安洲新村", "villagers", "azxc"),
        ("五里后村委", "五里后村", "villagers", "wlhc"),
        ("南湖社区村委会", "南湖社区村", "villagers", "nhsqc"),
        ("大学城新村", "大学城新村", "villagers", "dxcxc"),
        ("居委会", "居委会", "residents", "jwh"),
        ("重庆路A1社区", "重庆路A1社区", "residents", "cqla1sq"),
    ],
)
def test_name_gives_short_name_kind_and_initials(
    name: str, short: str, kind: str, letters: str
) -> None:
    assert short_name(name) == short
    assert committee_kind(name) == kind
    assert initials(short) == letters


def test_search_grams_are_pairs_of_name_and_initials() -> None:
    assert search_grams("古城社区", "gcsq") == ["cs", "gc", "sq", "古城", "城社", "社区"]


def test_describe_sets_all_that_follows() -> None:
    community = Community()

    describe(community, "古城社区居委会")

    assert (community.name, community.short_name) == ("古城社区居委会", "古城社区")
    assert (community.initials, community.committee_kind) == ("gcsq", "residents")
    assert community.search_grams == ["cs", "gc", "sq", "古城", "城社", "社区"]
