"""Who reads and runs which rounds, and whose communities they ask."""

from datetime import date

import pytest

from accounts.models import User
from accounts.scope import scope
from collection.selectors.rounds import (
    asked_communities,
    get_round,
    may_run,
    part_of,
    rounds_for,
)
from tests.factories import make_community, make_round, make_user

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 20)
GULOU = "371502001"


def test_rounds_are_read_by_those_whom_they_concern(
    clerk: User,
    clerk_elsewhere: User,
    district_officer: User,
    city_officer: User,
    auditor: User,
) -> None:
    make_round("3715", year=2025, title="市")
    make_round(title="区", street_codes=[GULOU])
    make_round(title="区草稿", state="draft")
    make_round("3715", year=2024, title="市草稿", state="draft")
    make_round("3302", title="别处")
    elsewhere = make_user("district_officer", "371521")

    found = {
        who: list(rounds_for(user).values_list("title", flat=True))
        for who, user in {
            "clerk": clerk,
            "clerk_elsewhere": clerk_elsewhere,
            "district": district_officer,
            "other district": elsewhere,
            "city": city_officer,
            "auditor": auditor,
        }.items()
    }

    assert found == {
        "clerk": ["区", "市"],
        "clerk_elsewhere": ["市"],
        "district": ["区", "区草稿", "市"],
        "other district": ["市"],
        "city": ["区", "区草稿", "市", "市草稿"],
        "auditor": ["区", "市"],
    }


def test_only_the_office_that_made_it_runs_a_round(
    district_officer: User, city_officer: User, clerk: User
) -> None:
    of_city, of_district = make_round("3715", year=2025), make_round()

    assert [may_run(district_officer, one) for one in (of_city, of_district)] == [False, True]
    assert [may_run(city_officer, one) for one in (of_city, of_district)] == [True, False]
    assert may_run(clerk, of_district) is False
    assert get_round(make_user("district_officer", "371521"), of_district.pk) is None


def test_part_of_a_round_is_the_narrower_of_round_and_scope(
    district_officer: User, city_officer: User, clerk: User
) -> None:
    of_city, of_district = make_round("3715", year=2025), make_round()

    assert [part_of(one, of_city) for one in (city_officer, district_officer, clerk)] == [
        "3715",
        "371502",
        GULOU,
    ]
    assert part_of(city_officer, of_district) == "371502"


def test_asked_communities_are_urban_and_exist_on_the_day() -> None:
    make_community()
    make_community("371502001201", "王庄村村委会", committee_kind="villagers")
    make_community("371502001002", "旧社区居委会", valid_until=ON)

    with scope("0"):
        found = list(asked_communities("371502", ON).values_list("code", flat=True))

    assert found == ["371502001001"]
