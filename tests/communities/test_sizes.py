"""Sizes of communities against the clauses in force."""

from datetime import date

from accounts.models import User
from communities.selectors.sizes import size_checks
from tests.world import (
    CHANGZHENG,
    DISTRICT,
    GUCHENG,
    HUNAN,
    LIUYUAN,
    STREET,
    assessed,
    load_texts,
    make_place,
    make_world,
)


def test_size_checks_when_texts_give_a_range_and_a_number_then_by_each(
    district_officer: User,
) -> None:
    make_world()

    found = {one.clause.id: one for one in size_checks(assessed(district_officer), DISTRICT)}

    assert set(found) == {"LC-ORG-1", "OL-ORG-1"}
    ranged, about = found["OL-ORG-1"], found["LC-ORG-1"]
    assert [(row.code, row.households, row.bound, row.off) for row in ranged.sides["small"]] == [
        (CHANGZHENG, 601, 1000, -399)
    ]
    assert [(row.code, row.bound, row.off) for row in ranged.sides["large"]] == [
        (HUNAN, 3000, 1000)
    ]
    assert [(row.code, row.off) for row in about.sides["off"]] == [
        (CHANGZHENG, -2399),
        (LIUYUAN, -2000),
        (HUNAN, 1000),
        (GUCHENG, -153),
    ]
    assert (ranged.unknown, about.unknown) == (1, 1)
    assert about.clause.article == "第三条"


def test_size_checks_of_a_street_hold_its_own_rows_only(clerk: User) -> None:
    make_world()

    for check in size_checks(assessed(clerk, STREET), STREET):
        for rows in check.sides.values():
            assert {row.code[:9] for row in rows} <= {STREET}


def test_size_checks_before_the_law_know_its_range_not(district_officer: User) -> None:
    load_texts()
    make_place(HUNAN, 2020)

    checks = size_checks(assessed(district_officer, year=2020, on=date(2020, 12, 31)), DISTRICT)

    assert [one.clause.id for one in checks] == ["LC-ORG-1"]
