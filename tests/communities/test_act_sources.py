"""What the form of a change act chooses from."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from communities.models import Community
from communities.selectors.act_sources import (
    Part,
    choosable,
    estate_for,
    free_codes,
    read_sources,
)
from tests.change_acts import applied, begins, goes_on, make_act, make_plan
from tests.conftest import Browse
from tests.factories import make_community, make_estate, make_facts, make_former, make_grid
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
STREET = "371502001"


def test_sources_then_latest_facts_and_the_parts_of_the_day(
    clerk: User, gucheng: Community
) -> None:
    make_facts(gucheng, 2025, households=2800)
    make_facts(gucheng, 2027, households=3000)
    estate = make_estate(gucheng, "阳光花园", households=900)
    make_estate(gucheng, "旧院", valid_until=date(2020, 1, 1))
    later, earlier = (
        make_grid(gucheng, "第十网格", number="10"),
        make_grid(gucheng, "第二网格", number="02"),
    )

    [source] = read_sources(clerk, [gucheng.pk], TODAY)

    assert (source.households, source.year, source.area_km2) == (2847, 2026, Decimal("0.5694"))
    assert source.estates == (Part(estate.pk, "阳光花园", 900),)
    assert [one.pk for one in source.grids] == [earlier.pk, later.pk]


def test_sources_without_facts_then_unknown(clerk: User) -> None:
    [source] = read_sources(clerk, [make_community().pk], TODAY)

    assert (source.households, source.year) == (None, None)


def test_sources_of_another_street_then_none(clerk_elsewhere: User, gucheng: Community) -> None:
    assert read_sources(clerk_elsewhere, [gucheng.pk], TODAY) == ()


def test_choices_then_those_of_a_part_of_the_scope(
    district_officer: User, gucheng: Community, hunan: Community
) -> None:
    make_community("371502002001", "柳园社区居委会")

    found = choosable(
        district_officer,
        under=STREET,
        text="",
        villages=False,
        ended=False,
        chosen={hunan.pk},
        on=TODAY,
    )

    assert [(one.name, one.households, one.chosen) for one in found] == [
        ("湖南社区居委会", 4000, True),
        ("古城社区居委会", 2847, False),
    ]


def test_free_codes_then_after_the_last_and_never_one_that_somebody_had(clerk: User) -> None:
    community = make_community("371502001005", "甲社区居委会")
    make_community("371502001003", "乙社区居委会", valid_until=date(2020, 1, 1))
    make_community("371502001201", "大路村委会")
    make_former(community, date(2020, 1, 1), code="371502001006", name="甲社区居委会")

    assert free_codes(clerk, STREET, 3) == ["371502001007", "371502001008", "371502001009"]


def test_free_codes_then_none_that_an_act_under_way_is_to_give(clerk: User) -> None:
    make_community("371502001001")
    for place, state in enumerate(("submitted", "reviewed", "decided", "draft"), start=2):
        new = begins(f"37150200100{place}", f"第{place}社区居委会", households=5)
        make_act("establish", make_plan([], [new]), state, code="371502")

    assert free_codes(clerk, STREET, 2) == ["371502001005", "371502001006"]


def test_choices_to_give_back_then_those_that_got_households(
    clerk: User, gucheng: Community, hunan: Community
) -> None:
    ended = make_community("371502001009", "旧城社区居委会")
    make_community("371502001008", "文轩社区居委会")
    flows = {(ended, f"c{hunan.pk}"): 1, (hunan, f"c{hunan.pk}"): 4000}
    plan = make_plan([ended, hunan], [goes_on(hunan)], flows)
    applied("abolish", plan, date(2026, 1, 1))

    def offered(text: str = "", **more: Any) -> list[tuple[str, bool]]:
        asked: dict[str, Any] = {"under": STREET, "villages": False, "ended": False, "on": TODAY}
        found = choosable(clerk, text=text, **(asked | {"chosen": set()} | more))
        return [(one.name, one.chosen) for one in found]

    assert offered(heirs=True) == [("湖南社区居委会", False)]
    assert offered(heirs=True, chosen={gucheng.pk}) == [
        ("古城社区居委会", True),
        ("湖南社区居委会", False),
    ]


def test_sources_that_have_ended_then_since_when(clerk: User) -> None:
    days = (None, date(2026, 11, 21), date(2026, 11, 22))
    rows = [
        make_community(f"37150200100{place}", f"第{place}社区居委会", valid_until=day)
        for place, day in enumerate(days, start=1)
    ]

    found = read_sources(clerk, [one.pk for one in rows], TODAY)

    assert [one.ended_on for one in found] == [None, date(2026, 11, 21), None]


def test_free_codes_of_a_full_street_then_gaps(clerk: User) -> None:
    make_community("371502001002", "乙社区居委会")
    make_community("371502001199", "甲社区居委会")

    assert free_codes(clerk, STREET, 2) == ["371502001001", "371502001003"]


@pytest.mark.parametrize("street", ["", "371502"])
def test_free_codes_of_no_street_then_none(clerk: User, street: str) -> None:
    assert free_codes(clerk, street) == []


def test_estate_then_only_in_scope_and_while_it_stands(
    clerk: User, clerk_elsewhere: User, gucheng: Community
) -> None:
    estate = make_estate(gucheng)
    gone = make_estate(gucheng, "旧院", valid_until=date(2020, 1, 1))

    assert estate_for(clerk, estate.pk, TODAY) == estate
    assert estate_for(clerk, gone.pk, TODAY) is None
    assert estate_for(clerk_elsewhere, estate.pk, TODAY) is None


def test_form_then_the_same_queries_for_one_community_and_for_many(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    client = browse(clerk)
    path = f"/communities/acts/new/rescale/?plan=1&c={gucheng.pk}&c={hunan.pk}"
    choose = "/communities/acts/new/rescale/"
    client.get(path)
    few = queries_of(client, path), queries_of(client, choose)
    more = ""
    for number in range(3, 21):
        one = make_community(f"371502001{number:03d}", f"第{number}社区居委会")
        make_facts(one, 2026)
        make_estate(one)
        make_grid(one)
        more += f"&c={one.pk}"

    assert (queries_of(client, path + more), queries_of(client, choose)) == few
