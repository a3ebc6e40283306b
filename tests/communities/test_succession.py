"""Who gets the parts of a community: rules for names that clash and for days."""

from datetime import date, timedelta

import pytest

from communities.models import Community, Grid, Organisation
from communities.services.succession import FOLLOWERS, Succession, end_parts, free_name
from tests.change_acts import EFFECTIVE, applied, begins, goes_on, merging
from tests.factories import make_community

A, B, NEW = "371502001001", "371502001002", "371502001009"


@pytest.mark.parametrize(
    ("name", "taken", "limit", "found"),
    [
        ("第一网格", set(), 32, "第一网格"),
        ("第一网格", {"第一网格"}, 32, "第一网格（原古城社区）"),
        ("第一网格", {"第一网格", "第一网格（原古城社区）"}, 32, "第一网格（原古城社区2）"),
        ("东西南北中" * 6, {"东西南北中" * 6}, 32, "东西南北中" * 5 + "（原古城社区）"),
    ],
)
def test_free_name(name: str, taken: set[str], limit: int, found: str) -> None:
    assert free_name(name, "古城社区", taken, limit) == found
    assert len(found) <= limit


def test_free_name_of_a_community_with_a_long_name_fits() -> None:
    found = free_name("第一网格", "长" * 60, {"第一网格"}, 32)

    assert (len(found), found[:4]) == (20, "第一网格")


@pytest.mark.django_db
def test_three_with_the_same_grids_merge_under_three_names() -> None:
    rows = [make_community(code, "古城社区居委会") for code in (A, B)]
    rows.append(make_community(NEW, "湖南社区居委会"))
    for row in rows:
        Grid.objects.create(community=row, code=row.code, name="第一网格")

    applied("merge", merging(rows, goes_on(rows[2]), [1, 1, 1]))

    assert list(Grid.objects.order_by("pk").values_list("name", "code")) == [
        ("第一网格（原古城社区）", NEW),
        ("第一网格（原古城社区2）", NEW),
        ("第一网格", NEW),
    ]


@pytest.mark.django_db
def test_part_that_begins_on_the_day_or_later_lasts_one_day() -> None:
    one = make_community(A)
    for kind, since in (("party", None), ("mediation", EFFECTIVE), ("security", date(2027, 5, 1))):
        Organisation.objects.create(community=one, code=A, kind=kind, name=kind, valid_from=since)

    end_parts(Organisation.objects.filter(community=one), EFFECTIVE)

    days = Organisation.objects.order_by("pk").values_list("valid_until", "version")
    assert list(days) == [
        (EFFECTIVE, 2),
        (EFFECTIVE + timedelta(days=1), 2),
        (date(2027, 5, 2), 2),
    ]


@pytest.mark.django_db
def test_followers_of_other_apps_are_called_when_the_communities_stand() -> None:
    seen: list[tuple[Succession, list[str]]] = []

    def follow(succession: Succession) -> None:
        seen.append((succession, sorted(Community.objects.values_list("code", flat=True))))

    rows = [make_community(A), make_community(B, "湖南社区居委会")]

    FOLLOWERS.append(follow)
    try:
        act = applied("merge", merging(rows, begins(NEW, "光岳社区居委会"), [1, 2]))
    finally:
        FOLLOWERS.remove(follow)

    [(succession, codes)] = seen
    assert (succession.act.pk, succession.on, codes) == (act.pk, EFFECTIVE, [A, B, NEW])
    assert succession.ending == (rows[0].pk, rows[1].pk)
    assert [succession.receiver(row.pk).code for row in rows] == [NEW, NEW]
