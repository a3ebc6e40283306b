"""Where a residents' committee must be set up and is not there."""

from datetime import date
from fractions import Fraction
from typing import Any

from accounts.models import User
from accounts.scope import scope
from communities.models import Community, Estate, Organisation
from communities.selectors.establishing import Due, get_due
from tests.factories import make_part
from tests.world import (
    GUCHENG,
    HUNAN,
    assessed,
    load_texts,
    make_place,
)

TODAY = date(2026, 11, 21)


def committee(community: Community) -> None:
    make_part(Organisation, community, kind="residents_committee", name="居民委员会")


def due(user: User) -> Due:
    with scope(user.scope):
        return get_due(user, assessed(user, user.scope), user.scope, TODAY)


NEW = {"area_kind": "new", "households": 3000, "completed_dwellings": 3000}


def test_due_when_a_new_community_of_the_size_has_no_committee_then_listed(
    district_officer: User,
) -> None:
    load_texts()
    place = make_place(HUNAN, **NEW, occupied_dwellings=1501, residents_committees=1)
    half = make_place(GUCHENG, **NEW, occupied_dwellings=1499)

    (row,) = due(district_officer).communities

    assert (row.code, row.households, row.occupancy) == (HUNAN, 3000, Fraction(1501, 30))
    assert [clause.id for clause in row.clauses] == ["LC-ORG-4"]
    assert half.code not in {row.code}
    committee(place)
    assert due(district_officer).communities == []


def test_due_when_none_is_reported_then_listed_whatever_is_registered(
    district_officer: User,
) -> None:
    load_texts()
    committee(make_place(HUNAN, **NEW, occupied_dwellings=1500, residents_committees=0))

    assert [row.code for row in due(district_officer).communities] == [HUNAN]


def test_due_when_data_are_missing_then_counted_with_the_reason(district_officer: User) -> None:
    load_texts()
    make_place(HUNAN, area_kind="new", households=3000)

    found = due(district_officer)

    assert (list(found.communities), found.unknown_communities) == ([], 1)
    assert found.reasons == [("缺少已入住住宅套数", 1), ("缺少已竣工住宅套数", 1)]


def estate(community: Community, name: str, **values: Any) -> Estate:
    figures = {"is_new": True, "households": 3000, "completed_dwellings": 3000}
    row: Estate = make_part(
        Estate, community, name=name, **(figures | {"occupied_dwellings": 1500} | values)
    )
    return row


def test_due_estates_meet_the_clause_with_their_own_figures(district_officer: User) -> None:
    load_texts()
    place = make_place(HUNAN)
    committee(place)
    met = estate(place, "新城", occupied_dwellings=1600)
    estate(place, "不到一半", occupied_dwellings=1499)
    estate(place, "差一户", households=2999)
    estate(place, "老区", is_new=False)
    estate(place, "不知新旧", is_new=None)

    found = due(district_officer)

    assert [(row.key, row.name, row.code) for row in found.estates] == [(met.pk, "新城", HUNAN)]
    assert found.estates[0].occupancy == Fraction(160, 3)
    assert found.unknown_estates == 1
    assert [clause.id for clause in found.estates[0].clauses] == ["LC-ORG-4"]


def test_due_estates_when_alone_in_its_community_then_not_listed(district_officer: User) -> None:
    load_texts()
    place = make_place(HUNAN)
    estate(place, "新城")
    assert due(district_officer).estates == []

    estate(place, "旧城", households=None)

    assert [row.name for row in due(district_officer).estates] == ["新城"]
