"""Index figures that the policies look up and do not find, and what cannot be computed without."""

import pytest

from accounts.models import User
from collection.selectors.missing import Gap, may_enter, missing_indices
from policy.models import IndexValue
from tests.policy.samples import published, rule
from tests.world import DISTRICT, GUCHENG, STREET, assessed, make_place, make_world

pytestmark = pytest.mark.django_db
RENT = """[[provision]]
id = "RENT-1"
article = "第三条"
summary = "按上年平均租金补助"
subject = "premises_rent_subsidy"
binding = "exact"
value = { index = "average_rent", factor = 1, lag = 1 }
"""


def growth(user: User, prefix: str = DISTRICT) -> list[Gap]:
    return [one for one in missing_indices(assessed(user, prefix), prefix) if not one.blocks]


def blocking(user: User, prefix: str = DISTRICT) -> list[Gap]:
    return [one for one in missing_indices(assessed(user, prefix), prefix) if one.blocks]


def add(division: str, series: str, year: int, value: str = "10") -> None:
    IndexValue.objects.create(
        division_code=division, series=series, year=year, value=value, source="公报"
    )


def test_missing_when_no_growth_was_decided_then_said_and_nothing_is_blocked(
    district_officer: User,
) -> None:
    make_world()

    (gap,) = growth(district_officer)

    assert (gap.series, gap.division, gap.subjects) == ("natural_growth", "3715", ("工作经费",))
    assert (gap.span, gap.year, gap.communities) == ("2016~2026年", 2026, 5)
    assert blocking(district_officer) == []


def test_missing_when_some_years_were_decided_then_the_others(district_officer: User) -> None:
    make_world(GUCHENG)
    add("3715", "natural_growth", 2017)
    add("371502", "natural_growth", 2026)

    (gap,) = growth(district_officer)

    assert gap.span == "2016、2018、2019、2020、2021、2022、2023、2024、2025年"


def test_missing_when_a_rule_needs_last_years_figure_then_what_it_blocks(
    district_officer: User,
) -> None:
    make_world()
    published("rent-2020", (RENT,))

    (gap,) = blocking(district_officer)

    assert (gap.label, gap.division, gap.years, gap.communities) == (
        "平均租金", "3715", (2025,), 5,
    )  # fmt: skip
    assert gap.clauses == ("《办法rent-2020》第三条：按上年平均租金补助",)


@pytest.mark.parametrize("division", ["371502", "3715", "37", ""])
def test_missing_when_a_division_above_has_the_figure_then_nothing_is(
    district_officer: User, division: str
) -> None:
    make_world(GUCHENG)
    published("rent-2020", (RENT,))

    add(division, "average_rent", 2025)

    assert blocking(district_officer) == []


def test_missing_when_another_district_has_the_figure_then_it_does_not_help(
    city_officer: User,
) -> None:
    make_world()
    published("rent-2020", (RENT,))
    add("371521", "average_rent", 2025)

    (gap,) = blocking(city_officer, "3715")

    assert gap.communities == 5  # those of 371502; 371521 has its own


def test_missing_of_a_text_of_one_district_then_the_district_enters_it(
    district_officer: User,
) -> None:
    make_world(GUCHENG)
    published("rent-2020", (RENT,), jurisdiction="371502")

    assert [one.division for one in blocking(district_officer)] == ["371502"]


def test_missing_of_a_street_then_only_its_own_communities(clerk: User) -> None:
    make_world()
    published("rent-2020", (RENT,))

    assert [one.communities for one in blocking(clerk, STREET)] == [3]


def test_missing_when_no_policy_needs_a_series_then_nothing(district_officer: User) -> None:
    make_place(GUCHENG)
    published("halls-2020", (rule(),))

    assert missing_indices(assessed(district_officer, DISTRICT), DISTRICT) == []


def test_missing_without_communities_then_nothing(district_officer: User) -> None:
    published("rent-2020", (RENT,))

    assert missing_indices(assessed(district_officer, DISTRICT), DISTRICT) == []


@pytest.mark.parametrize(
    ("scope", "division", "may"),
    [
        ("0", "", True),
        ("0", "37", True),
        ("3715", "", False),
        ("3715", "37", False),
        ("3715", "3715", True),
        ("3715", "371502", True),
        ("371502", "3715", False),
    ],
)
def test_may_enter_only_inside_the_scope(scope: str, division: str, may: bool) -> None:
    assert may_enter(scope, division) is may
