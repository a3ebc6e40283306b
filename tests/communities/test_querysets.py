"""Scope, day, prefix and search of the querysets."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from communities.models import AnnualFacts, Community, Division
from communities.querysets import grams
from tests.factories import make_community, make_facts

GUCHENG, HUNAN, DUJUAN = "371502001001", "371502001002", "330206002002"


@pytest.fixture
def places(db: None) -> None:
    make_facts(make_community(GUCHENG, "古城社区居委会"))
    make_facts(make_community(HUNAN, "湖南社区居委会"), year=2025)
    make_facts(make_community(DUJUAN, "杜鹃社区"))
    make_community("371502002001", "新古城村村民委员会")


def codes(found: object) -> list[str]:
    return sorted(found.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("371502001", [GUCHENG, HUNAN]),
        (GUCHENG, [GUCHENG]),
        ("3302", [DUJUAN]),
        ("0", [DUJUAN, GUCHENG, HUNAN, "371502002001"]),
        ("", []),
    ],
)
def test_under_a_division(places: None, prefix: str, expected: list[str]) -> None:
    assert codes(Community.objects.under(prefix)) == expected


def test_for_user_is_the_users_scope(places: None, clerk: User, district_officer: User) -> None:
    assert codes(Community.objects.for_user(clerk)) == [GUCHENG, HUNAN]
    assert codes(AnnualFacts.objects.for_user(clerk)) == [GUCHENG, HUNAN]
    assert codes(Division.objects.for_user(district_officer)) == [
        "371502",
        "371502001",
        "371502002",
    ]
    assert codes(Community.objects.for_user(AnonymousUser())) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("古城", [GUCHENG, "371502002001"]),
        (" 古 城 ", [GUCHENG, "371502002001"]),
        ("古城社区", [GUCHENG]),
        ("社区", [DUJUAN, GUCHENG, HUNAN]),
        ("城古", []),
        ("gcsq", [GUCHENG]),
        ("GCS", [GUCHENG]),
        ("gc", [GUCHENG, "371502002001"]),
        ("古", [GUCHENG, "371502002001"]),
        ("g", [GUCHENG, "371502002001"]),
        ("371502001", [GUCHENG, HUNAN]),
        (GUCHENG, [GUCHENG]),
        ("2002", [DUJUAN, "371502002001"]),
        ("３７１５０２００１００１", [GUCHENG]),
        ("3715020010010", []),
        ("%", []),
        ("", [DUJUAN, GUCHENG, HUNAN, "371502002001"]),
    ],
)
def test_matching_part_of_name_initials_or_code(
    places: None, text: str, expected: list[str]
) -> None:
    assert codes(Community.objects.matching(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", []), ("古", ["古"]), ("古城社区", ["古城", "城社", "社区"]), ("AA aa", ["aa"])],
)
def test_grams_are_pairs(text: str, expected: list[str]) -> None:
    assert grams(text) == expected


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (date(2019, 12, 31), False),
        (date(2020, 1, 1), True),
        (date(2023, 12, 31), True),
        (date(2024, 1, 1), False),
    ],
)
def test_as_of_holds_from_a_day_until_before_another(db: None, day: date, there: bool) -> None:
    make_community(valid_from=date(2020, 1, 1), valid_until=date(2024, 1, 1))

    assert Community.objects.as_of(day).exists() is there


def test_as_of_without_days_always_holds(db: None) -> None:
    make_community()

    assert Community.objects.as_of(date(1950, 1, 1)).exists()


def test_facts_of_a_year(places: None) -> None:
    assert codes(AnnualFacts.objects.of_year(2025)) == [HUNAN]
