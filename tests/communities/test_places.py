"""Names of places on a day, the way up, and what a person may open."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.scope import scope
from communities.models import Community
from communities.selectors.places import (
    FormerHolder,
    Found,
    Place,
    division_names,
    find_community,
    get_community,
    get_division,
    streets_under,
    trail_to,
)
from tests.factories import make_community, make_division, make_former
from tests.world import GUCHENG, HUNAN, LIUYUAN, YANGGU

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 31)


def test_names_on_a_day_then_of_that_day_and_unknown_ones_left_out() -> None:
    make_division("371502001", name="旧楼街道", valid_until=date(2020, 1, 1))
    make_division("371502001", name="古楼街道", valid_from=date(2020, 1, 1))

    assert division_names({"371502001", "371502009"}, date(2019, 12, 31)) == {
        "371502001": "旧楼街道"
    }
    assert division_names({"371502001", "371502009"}, DAY) == {"371502001": "古楼街道"}


def test_trail_then_widest_first_with_the_code_where_no_name_is_known(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_division("37", name="山东省")
    make_division("371502001")

    with django_assert_num_queries(1):
        trail = trail_to(GUCHENG, DAY)

    assert trail == [
        Place("37", "山东省"),
        Place("3715", "3715"),
        Place("371502", "371502"),
        Place("371502001", "古楼街道"),
    ]
    assert [place.code for place in trail_to("3715", DAY)] == ["37", "3715"]


def test_division_then_only_inside_the_scope_and_on_a_day_it_is_there(
    clerk: User, district_officer: User
) -> None:
    make_community()
    make_community(LIUYUAN)
    make_division("371502003", valid_until=date(2025, 1, 1))

    found = get_division(district_officer, "371502001", DAY)

    assert found is not None
    assert found.name == "古楼街道"
    assert get_division(clerk, "371502001", DAY) == found
    assert get_division(clerk, "371502002", DAY) is None
    assert get_division(clerk, "371502", DAY) is None
    assert get_division(district_officer, "371502003", DAY) is None
    assert get_division(district_officer, "371502003", date(2024, 12, 31)) is not None
    assert get_division(district_officer, "371502099", DAY) is None


def test_community_then_the_one_of_the_day_else_the_latest(clerk: User) -> None:
    make_community(name="旧城社区居委会", valid_until=date(2020, 1, 1))
    make_community(name="古城社区居委会", valid_from=date(2020, 1, 1), valid_until=date(2026, 1, 1))

    names = {
        day: found.short_name
        for day in (date(2019, 6, 1), date(2025, 6, 1), DAY)
        if (found := get_community(clerk, GUCHENG, day))
    }

    assert names == {
        date(2019, 6, 1): "旧城社区",
        date(2025, 6, 1): "古城社区",
        DAY: "古城社区",
    }


def test_community_outside_the_scope_then_none(clerk: User) -> None:
    make_community(LIUYUAN)

    assert get_community(clerk, LIUYUAN, DAY) is None
    assert get_community(clerk, GUCHENG, DAY) is None


def test_streets_under_a_division_then_those_of_the_day_by_code(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for code in (YANGGU, LIUYUAN, GUCHENG):
        make_community(code)
    make_division("371502009", valid_until=date(2026, 12, 31))

    with django_assert_num_queries(1):
        streets = streets_under("371502", DAY)

    assert streets == [Place("371502001", "古楼街道"), Place("371502002", "柳园街道")]
    assert [place.code for place in streets_under("3715", DAY)] == [
        "371502001",
        "371502002",
        "371521001",
    ]
    assert [place.code for place in streets_under("371502001", DAY)] == ["371502001"]


# ── codes through time ──


def found(user: User, code: str, on: date = DAY) -> Found:
    with scope(user.scope):
        return find_community(user, code, on)


def test_names_of_a_division_that_has_ended_then_its_last(clerk: User) -> None:
    make_division("371502001", name="旧楼街道", valid_until=date(2020, 1, 1))
    make_division("371502001", name="古楼街道", valid_from=date(2020, 1, 1), valid_until=DAY)

    assert division_names({"371502001"}, date(2027, 6, 1)) == {"371502001": "古楼街道"}
    assert division_names({"371502001"}, date(2019, 6, 1)) == {"371502001": "旧楼街道"}


def test_found_by_its_present_code_then_nobody_else(clerk: User) -> None:
    community = make_community()

    assert found(clerk, GUCHENG) == Found(community)


def test_found_by_a_code_that_nobody_has_now_then_leads_to_the_present_one(clerk: User) -> None:
    community = make_community("371502001009")
    make_former(community, DAY, code=GUCHENG, name="老城社区居委会")

    assert found(clerk, GUCHENG) == Found(
        None,
        "371502001009",
        (FormerHolder(community.pk, "371502001009", "老城社区", DAY, True),),
    )


def test_found_by_a_code_that_two_had_then_leads_to_the_last(clerk: User) -> None:
    first, second = make_community("371502001008"), make_community("371502001009")
    make_former(first, date(2020, 1, 1), code=GUCHENG)
    make_former(second, DAY, code=GUCHENG, valid_from=date(2020, 1, 1))

    here = found(clerk, GUCHENG)

    assert here.redirect_to == "371502001009"
    assert [one.key for one in here.former_holders] == [second.pk, first.pk]


def test_found_by_a_code_given_to_another_then_its_holder_and_the_former(clerk: User) -> None:
    former = make_community("371502001009")
    make_former(former, DAY, code=GUCHENG)
    holder = make_community(GUCHENG, "湖南社区居委会", designated_from=DAY)

    here = found(clerk, GUCHENG)

    assert (here.community, here.redirect_to) == (holder, "")
    assert [one.key for one in here.former_holders] == [former.pk]


def test_found_when_only_renamed_then_no_former_holder(clerk: User) -> None:
    community = make_community()
    make_former(community, DAY, name="老城社区居委会")

    assert found(clerk, GUCHENG) == Found(Community.objects.get(pk=community.pk))


def test_found_when_moved_out_of_the_scope_then_known_but_not_led_to(
    clerk: User,
) -> None:
    community = make_community("371502002009")
    make_former(community, DAY, code=GUCHENG)

    here = found(clerk, GUCHENG)

    assert (here.community, here.redirect_to) == (None, "")
    assert [(one.code, one.reachable) for one in here.former_holders] == [("371502002009", False)]
    assert found(clerk, "371502002009") == Found(None)


def test_found_when_moved_into_the_scope_then_the_old_code_leads_to_it(
    clerk_elsewhere: User,
) -> None:
    community = make_community("371502002009")
    make_former(community, DAY, code=GUCHENG)

    assert found(clerk_elsewhere, GUCHENG).redirect_to == "371502002009"
    assert found(clerk_elsewhere, HUNAN) == Found(None)


def test_found_when_a_code_was_given_to_another_then_each_on_its_days(clerk: User) -> None:
    ended = make_community(valid_until=date(2020, 1, 1))
    later = make_community(GUCHENG, "湖南社区居委会", designated_from=DAY)

    assert found(clerk, GUCHENG, date(2019, 1, 1)).community == ended
    assert found(clerk, GUCHENG, DAY).community == later
    assert found(clerk, GUCHENG, date(2022, 1, 1)).community == later
