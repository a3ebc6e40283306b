"""数据填报 by division: the communities that are asked, each once, in the state of their facts."""

from datetime import date

from accounts.models import User
from accounts.scope import scope
from collection.models import FactsDraft
from collection.selectors.collect import parts_of
from collection.selectors.round_page import Counts, counts_by_street
from communities.models import Community
from tests.factories import make_community, make_facts
from tests.world import GUCHENG, HUNAN, WENXUAN, make_place

DAY = date(2026, 11, 22)


def test_parts_when_a_village_and_an_ended_community_have_facts_then_they_are_not_counted(
    city_officer: User,
) -> None:
    make_place(GUCHENG, 2026, status="confirmed")
    make_community(HUNAN, "湖南社区居委会")
    village = make_community("371502001203", "李庄村委会", committee_kind="villagers")
    make_facts(village, 2026, status="confirmed")
    ended = make_community(WENXUAN, "文轩社区居委会", valid_until=date(2026, 3, 1))
    make_facts(ended, 2026, status="confirmed")

    with scope("3715"):
        parts = parts_of(city_officer, "371502", 2026, DAY)
        by_street = counts_by_street(2026, "371502", DAY)

    assert [(one.code, one.counts) for one in parts] == [("371502001", Counts(none=1, confirmed=1))]
    assert by_street == {"371502001": Counts(none=1, confirmed=1)}


def test_parts_when_only_typed_then_it_counts_as_under_way(clerk: User) -> None:
    community: Community = make_community()
    FactsDraft.objects.create(
        community=community,
        year=2026,
        code=community.code,
        cells={"grids": "8"},
        changed_by=clerk,
        changed_at="2026-11-20T02:00:00Z",
    )

    (part,) = parts_of(clerk, "371502", 2026, DAY)

    assert part.cells == [0, 1, 0, 0, 0, 0]
    assert (part.communities, part.finished) == (1, 0)
