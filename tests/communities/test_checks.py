"""What the register lacks, holds twice, and adds up differently."""

from datetime import date

from accounts.models import User
from accounts.scope import scope
from communities.models import Community, Contact, Estate, Grid, Organisation
from communities.selectors.checks import (
    Difference,
    get_differences,
    get_duplicates,
    get_lacking,
)
from tests.factories import make_community, make_facts, make_part

TODAY = date(2026, 11, 21)


def committee(community: Community) -> None:
    make_part(Organisation, community, kind="residents_committee", name="居民委员会")


# ── what is missing ──


def lacking(user: User, what: str) -> list[str]:
    with scope(user.scope):
        return [row.code for row in get_lacking(user, user.scope, what, 2026, TODAY)[0:50]]


def test_lacking_names_the_communities_without_each_thing(clerk: User) -> None:
    full = make_community("371502001001", "甲社区居委会", credit_code="A")
    bare = make_community("371502001002", "乙社区居委会")
    make_community("371502001003", "旧社区居委会", valid_until=date(2026, 1, 1))
    make_community("371502001200", "某村委会")
    committee(full)
    make_part(Grid, full, name="第一网格")
    make_part(Estate, full, name="甲苑")
    with scope("0"):
        Contact.objects.create(code=full.code, duty="书记", name="甲")

    for what in ("committee", "grid", "estate", "contact", "credit_code"):
        assert lacking(clerk, what) == [bare.code], what


def test_lacking_takes_what_has_ended_as_not_there(clerk: User) -> None:
    place = make_community()
    make_part(Grid, place, name="第一网格", valid_until=TODAY)
    with scope("0"):
        Contact.objects.create(code=place.code, duty="书记", name="甲", valid_until=TODAY)

    assert lacking(clerk, "grid") == [place.code]
    assert lacking(clerk, "contact") == [place.code]


# ── what is there twice ──


def duplicates(user: User, what: str) -> list[tuple[str, str]]:
    with scope(user.scope):
        return [(row.value, row.code) for row in get_duplicates(user, user.scope, what, TODAY)]


def test_duplicates_of_estates_are_found_within_a_district(city_officer: User) -> None:
    one = make_community("371502001001", "甲社区居委会")
    two = make_community("371502002001", "乙社区居委会")
    far = make_community("371521001001", "丙社区居委会")
    for place in (one, two, far):
        make_part(Estate, place, name="湖滨花园")
    make_part(Estate, one, name="只有一个")
    make_part(Estate, two, name="旧的", valid_until=date(2020, 1, 1))
    make_part(Estate, one, name="旧的")

    assert duplicates(city_officer, "estate") == [
        ("湖滨花园", one.code),
        ("湖滨花园", two.code),
    ]


def test_duplicates_of_codes_names_and_grid_numbers(city_officer: User) -> None:
    one = make_community("371502001001", "甲社区居委会", credit_code="X")
    two = make_community("371502001002", "甲社区居民委员会", credit_code="Y")
    far = make_community("371521001001", "甲社区居委会", credit_code="X")
    make_part(Grid, one, name="一", number="001")
    make_part(Grid, one, name="二", number="001")
    make_part(Grid, two, name="三", number="")
    make_part(Grid, far, name="四", number="001")

    assert duplicates(city_officer, "credit_code") == [("X", one.code), ("X", far.code)]
    assert duplicates(city_officer, "community") == [("甲社区", one.code), ("甲社区", two.code)]
    assert duplicates(city_officer, "grid_number") == [("001", one.code), ("001", one.code)]


def test_duplicates_of_empty_values_are_none(clerk: User) -> None:
    make_community("371502001001", "甲社区居委会")
    make_community("371502001002", "乙社区居委会")

    assert duplicates(clerk, "credit_code") == []


# ── sums that disagree ──


def test_differences_compare_facts_estates_and_grids_widest_first(clerk: User) -> None:
    far = make_community("371502001001", "甲社区居委会")
    near = make_community("371502001002", "乙社区居委会")
    same = make_community("371502001003", "丙社区居委会")
    partial = make_community("371502001004", "丁社区居委会")
    for place in (far, near, same, partial):
        make_facts(place, households=1000)
    make_part(Estate, far, name="一", households=700)
    make_part(Estate, far, name="二", households=200)
    make_part(Grid, far, name="一", households=1050)
    make_part(Grid, near, name="一", households=999)
    make_part(Estate, same, name="一", households=1000)
    make_part(Estate, partial, name="一", households=5)
    make_part(Estate, partial, name="二", households=None)

    with scope(clerk.scope):
        found = get_differences(clerk, clerk.scope, 2026, TODAY)

    assert found.rows == [
        Difference(far.code, "甲社区", "古楼街道", 1000, 900, 1050),
        Difference(near.code, "乙社区", "古楼街道", 1000, None, 999),
    ]
    assert [row.off for row in found.rows] == [150, 1]
    assert found.partial == 1
