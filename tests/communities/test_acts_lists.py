"""Lists of change acts: whose they are, what waits for whom, those of a community."""

import pytest

from accounts.models import User
from accounts.scope import scope
from communities.models import ChangeAct, Community
from communities.selectors.act_page import get_act_page
from communities.selectors.acts import (
    ActQuery,
    Waiting,
    get_waiting,
    list_acts,
    list_acts_of,
    list_lineage,
)
from tests.act_steps import decided, drafted, passed, rename, submitted
from tests.change_acts import begins, merging

pytestmark = pytest.mark.django_db


def test_act_of_another_street_then_nobody_finds_it(
    clerk: User, clerk_elsewhere: User, gucheng: Community
) -> None:
    act = drafted(clerk, rename(gucheng))

    assert get_act_page(clerk_elsewhere, act.pk) is None
    assert list(list_acts(clerk_elsewhere, ActQuery())) == []
    with scope(clerk_elsewhere.scope):
        assert ChangeAct.objects.count() == 0


def test_waiting_then_each_person_s_own(
    clerk: User,
    district_officer: User,
    city_officer: User,
    auditor: User,
    gucheng: Community,
    hunan: Community,
) -> None:
    drafted(clerk, rename(hunan, "湖南东社区居委会"))
    submitted(clerk, drafted(clerk, rename(gucheng)))
    own = submitted(district_officer, drafted(district_officer, rename(hunan)))

    assert get_waiting(clerk) == Waiting(drafts=1)
    assert get_waiting(district_officer) == Waiting(review=1)
    # a city reviews what districts propose; the streets are theirs
    assert get_waiting(city_officer) == Waiting(review=1)
    assert get_waiting(auditor) == Waiting()
    assert [act.pk for act in list_acts(city_officer, ActQuery(mine=True))] == [own.pk]


def test_list_then_what_waits_comes_first(
    clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    first = submitted(clerk, drafted(clerk, rename(gucheng)))
    second = drafted(clerk, rename(hunan, "湖南东社区居委会"), title="湖南社区更名")

    assert [act.pk for act in list_acts(district_officer, ActQuery())] == [first.pk, second.pk]
    assert [act.pk for act in list_acts(clerk, ActQuery())] == [second.pk, first.pk]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (ActQuery(state="draft"), ["湖南社区更名"]),
        (ActQuery(kind="merge"), []),
        (ActQuery(text="湖南"), ["湖南社区更名"]),
        (ActQuery(text="没有"), []),
        (ActQuery(state="nonsense"), ["湖南社区更名", "古城社区更名"]),
    ],
)
def test_list_when_filtered_then_its_rows(
    query: ActQuery, found: list[str], clerk: User, gucheng: Community, hunan: Community
) -> None:
    submitted(clerk, drafted(clerk, rename(gucheng)))
    drafted(clerk, rename(hunan), title="湖南社区更名")

    assert [act.title for act in list_acts(clerk, query)] == found


def test_acts_of_a_community_then_those_that_concern_or_made_it(
    clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    into = begins("371502001003", "新城社区居委会")
    act = drafted(clerk, merging([gucheng, hunan], into, [2847, 4000]), "merge")
    act = decided(district_officer, passed(district_officer, submitted(clerk, act)))

    with scope("371502001"):
        new = Community.objects.get(code="371502001003")
        assert [one.pk for one in list_acts_of(clerk, gucheng)] == [act.pk]
        assert [one.pk for one in list_acts_of(clerk, new)] == [act.pk]
        assert [
            (row.get_relation_display(), row.other_name, row.households)
            for row in list_lineage(clerk, new)
        ] == [("来自", "古城社区居委会", 2847), ("来自", "湖南社区居委会", 4000)]
