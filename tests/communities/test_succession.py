"""Who gets the parts of a community: rules for names that clash and for days."""

from datetime import date, timedelta

import pytest

from communities.models import Building, Community, Estate, Grid, Organisation
from communities.services.parts import end_parts
from communities.services.succession import FOLLOWERS, Succession, free_name
from tests.change_acts import EFFECTIVE, applied, begins, goes_on, make_plan, merging
from tests.factories import (
    make_building,
    make_community,
    make_estate,
    make_grid,
    make_organisation,
)

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


@pytest.mark.django_db
@pytest.mark.parametrize("since", [EFFECTIVE, date(2027, 5, 1)])
def test_bodies_that_begin_on_the_day_or_later_end_with_their_community(since: date) -> None:
    rows = [make_community(A), make_community(B, "湖南社区居委会")]
    body = make_organisation(rows[1], valid_from=since)
    group = make_organisation(rows[1], "residents_group", valid_from=since)

    applied("merge", merging(rows, goes_on(rows[0]), [1, 1]))

    for one in (body, group):
        one.refresh_from_db()
    assert (body.community_id, body.valid_until) == (rows[1].pk, since + timedelta(days=1))
    assert (group.community_id, group.valid_until) == (rows[0].pk, None)


@pytest.mark.django_db
def test_buildings_end_with_the_estates_of_an_abolished_community() -> None:
    one = make_community(A)
    estate = make_estate(one)
    late = make_estate(one, "月光花园", valid_from=EFFECTIVE)
    gone = make_estate(one, "星光花园", valid_until=date(2026, 1, 1))
    for name, of, until in (
        ("1号楼", estate, None),
        ("2号楼", estate, date(2020, 1, 1)),
        ("3号楼", estate, date(2030, 1, 1)),
        ("4号楼", late, None),
        ("5号楼", gone, None),
    ):
        make_building(of, name, valid_until=until)

    applied("abolish", make_plan([one], []))

    assert dict(Estate.objects.values_list("name", "valid_until")) == {
        "阳光花园": EFFECTIVE,
        "月光花园": EFFECTIVE + timedelta(days=1),
        "星光花园": date(2026, 1, 1),
    }
    assert list(Building.objects.order_by("name").values_list("valid_until", "version")) == [
        (EFFECTIVE, 2),
        (date(2020, 1, 1), 1),
        (EFFECTIVE, 2),
        (EFFECTIVE, 2),
        (None, 1),
    ]


def changing_places(grids: dict[Grid, Community]) -> None:
    """Grids go to the communities beside them; all communities go on, without flows between."""
    rows = sorted({*grids.values(), *(grid.community for grid in grids)}, key=lambda row: row.pk)
    flows = {(one, f"c{other.pk}"): int(one == other) for one in rows for other in rows}
    to = {grid.pk: f"c{target.pk}" for grid, target in grids.items()}
    applied("rescale", make_plan(rows, [goes_on(row) for row in rows], flows, grids=to))


@pytest.mark.django_db
def test_grids_of_one_name_that_change_places_keep_it() -> None:
    one, other = make_community(A), make_community(B, "湖南社区居委会")
    first, second = make_grid(one), make_grid(other)
    staying = make_grid(other, "第二网格")

    changing_places({first: other, second: one})

    names = Grid.objects.order_by("pk").values_list("pk", "name", "code", "version")
    assert list(names) == [
        (first.pk, "第一网格", B, 2),
        (second.pk, "第一网格", A, 2),
        (staying.pk, "第二网格", B, 1),
    ]


@pytest.mark.django_db
def test_grids_that_follow_each_other_keep_their_name_and_one_that_stays_keeps_its_own() -> None:
    rows = [make_community(A), make_community(B, "湖南社区居委会"), make_community(NEW, "光岳社区")]
    first, second, third = (make_grid(row) for row in rows)

    changing_places({first: rows[1], second: rows[2]})

    assert list(Grid.objects.order_by("pk").values_list("name", "code")) == [
        ("第一网格", B),
        ("第一网格（原湖南社区）", NEW),
        ("第一网格", NEW),
    ]
    assert third.version == 1
