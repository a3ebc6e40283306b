"""The community page's facts and its years side by side."""

from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from communities.models import Community
from communities.selectors.assessment import read_present
from communities.selectors.designations import Designation, get_designations
from portal.selectors.community import MOST_YEARS, YearLine, fact_groups, history
from tests.factories import make_community
from tests.world import GUCHENG, STREET, WENXUAN, assessed, make_place, make_world

pytestmark = pytest.mark.django_db


def named(user: User, community: Community) -> Designation:
    return get_designations(community.pk, community)[0]


def years_of(user: User, code: str) -> list[YearLine]:
    community = Community.objects.get(code=code)
    known = get_designations(community.pk, community)
    return history(user, community.pk, known, read_present(), 2026)


def facts(user: User, code: str) -> dict[str, dict[str, tuple[Any, str]]]:
    assessment = assessed(user, STREET)
    community = Community.objects.get(code=code)
    return {
        group.label: {line.label: (line.value, line.unit) for line in group.facts}
        for group in fact_groups(
            named(user, community), assessment, assessment.register.place(code)
        )
    }


def test_facts_then_with_their_units(clerk: User) -> None:
    make_world(GUCHENG)

    found = facts(clerk, GUCHENG)

    assert found["基本情况"] == {
        "社区代码": (GUCHENG, ""),
        "全称": ("古城社区居委会", ""),
        "组织类型": ("居民委员会", ""),
        "住区类型": ("老城区、已建成", ""),
        "中心城区": ("是", ""),
        "街道财力": (None, ""),
    }
    assert found["户数和人口"]["核定户数"] == (2847, "户")
    assert found["户数和人口"]["常住人口"] == (7000, "人")
    assert found["户数和人口"]["户籍户数"] == (None, "")
    assert found["人员"]["居委会成员在岗"] == (7, "人")
    assert found["用房"]["用房取得方式"] == ("整合调剂", "")
    assert found["用房"]["工作用房"] == (Decimal("88.00"), "㎡")
    assert found["用房"]["物业服务用房"] == (None, "㎡")


def test_facts_when_not_reported_then_none_and_never_nought(clerk: User) -> None:
    make_world(GUCHENG)
    make_community(WENXUAN, "文轩社区居委会")

    values = [
        value
        for label, lines in facts(clerk, WENXUAN).items()
        for value, _ in lines.values()
        if label != "基本情况"
    ]

    assert values == [None] * len(values)
    assert len(values) == 20


def test_facts_of_a_community_outside_the_register_then_only_its_name(clerk: User) -> None:
    make_world(GUCHENG)
    village = make_community("371502001099", "新村村民委员会")

    groups = fact_groups(named(clerk, village), assessed(clerk, STREET), None)

    assert [(line.label, line.value) for line in groups[0].facts] == [
        ("社区代码", "371502001099"),
        ("全称", "新村村民委员会"),
        ("组织类型", "村民委员会"),
    ]
    assert len(groups) == 1


def test_history_then_each_year_under_the_policies_of_its_last_day(clerk: User) -> None:
    make_world(GUCHENG)
    make_place(GUCHENG, 2017, households=4000, committee_members_in_post=None)

    lines = years_of(clerk, GUCHENG)

    assert lines == [
        YearLine(
            year=2026,
            label="2026",
            url="",
            households=2847,
            committee_required=9,
            committee_actual=7,
            premises_required=Decimal("854.10"),
            premises_actual=Decimal("128.00"),
            funding=Decimal("260000.00"),
        ),
        # before the province's standard: 80,000 by the households, 150 m2, no 服务群众
        YearLine(
            year=2017,
            label="2017",
            url="?year=2017",
            households=4000,
            committee_required=9,
            committee_actual=None,
            premises_required=Decimal("150.00"),
            premises_actual=Decimal("128.00"),
            funding=Decimal("80000.00"),
        ),
    ]


def test_history_then_at_most_five_years(clerk: User) -> None:
    years = list(range(2026, 2019, -1))
    for year in years:
        make_place(GUCHENG, year)

    lines = years_of(clerk, GUCHENG)

    assert [line.year for line in lines] == years[:MOST_YEARS]


def test_history_when_the_community_is_newer_then_only_its_years(clerk: User) -> None:
    make_world(GUCHENG)
    make_place(GUCHENG, 2025)
    Community.objects.filter(code=GUCHENG).update(valid_from="2026-01-01")

    assert [line.year for line in years_of(clerk, GUCHENG)] == [2026]


def test_history_when_a_figure_is_missing_then_the_sum_says_so(clerk: User) -> None:
    make_world(WENXUAN)

    (line,) = years_of(clerk, WENXUAN)

    assert (line.households, line.committee_required) == (None, None)
    assert (line.funding, line.partial) == (Decimal("200000.00"), True)
