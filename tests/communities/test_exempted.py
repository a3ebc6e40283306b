"""An exemption lifts a provision for whoever had its code on the day that a page asks about."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from communities.models import Community
from communities.selectors.assessment import get_assessment, read_present
from communities.selectors.exempted import with_exemptions_of_the_day
from communities.selectors.register import get_register
from policy.models import Exemption
from policy.selectors import policy_for
from tests.change_acts import applied, begins, goes_on, make_plan, merging
from tests.factories import make_community, make_facts
from tests.policy.samples import published

pytestmark = pytest.mark.django_db

A, B, NEW = "371502001001", "371502001002", "371502001009"
BEFORE, EFFECTIVE, AFTER = date(2027, 2, 1), date(2027, 3, 1), date(2027, 12, 31)


def exempted(user: User, on: date, year: int = 2027) -> dict[str, set[str]]:
    found = get_assessment(user, "371502", year, on, read_present()).policy.stack.exemptions
    return {code: set(provisions) for code, provisions in found.items()}


def place(code: str, name: str = "古城社区居委会", **facts: Any) -> Community:
    community = make_community(code, name)
    for year in (2026, 2027):
        make_facts(community, year, **facts)
    return community


def exempt(code: str) -> Exemption:
    return Exemption.objects.create(
        code=code, provision="A-1", reason="偏远", approver="区民政局", valid_from=date(2026, 1, 1)
    )


@pytest.fixture(autouse=True)
def text() -> None:
    published()


def test_day_before_a_recode_then_the_exemption_holds_under_the_later_code(
    district_officer: User,
) -> None:
    one = place(A)
    exempt(A)
    applied("recode", make_plan([one], [goes_on(one, code=NEW)]), EFFECTIVE)

    assert exempted(district_officer, BEFORE) == {NEW: {"A-1"}}
    assert exempted(district_officer, AFTER) == {NEW: {"A-1"}}


def test_day_after_a_recode_for_the_year_before_then_it_holds_under_the_earlier_code(
    district_officer: User,
) -> None:
    one = place(A)
    exempt(A)
    applied("recode", make_plan([one], [goes_on(one, code=NEW)]), EFFECTIVE)

    assert exempted(district_officer, AFTER, 2026) == {A: {"A-1"}}


def test_codes_swapped_then_it_holds_for_the_same_community_on_every_day(
    district_officer: User,
) -> None:
    one, other = place(A), place(B, "湖南社区居委会")
    exempt(A)
    swap = make_plan([one, other], [goes_on(one, code=B), goes_on(other, code=A)])
    applied("recode", swap, EFFECTIVE)

    assert exempted(district_officer, BEFORE) == {B: {"A-1"}}
    assert exempted(district_officer, AFTER) == {B: {"A-1"}}
    assert exempted(district_officer, BEFORE, 2026) == {A: {"A-1"}}


def test_code_of_an_ended_community_given_anew_then_its_exemption_lifts_nothing(
    district_officer: User,
) -> None:
    one, other = place(A), place(B, "湖南社区居委会")
    exempt(B)
    applied("merge", merging([one, other], begins(B, "光岳社区居委会"), [10, 20]), EFFECTIVE)

    assert exempted(district_officer, BEFORE) == {}
    assert exempted(district_officer, AFTER) == {}
    assert exempted(district_officer, BEFORE, 2026) == {B: {"A-1"}}


def test_community_that_begins_after_the_day_then_its_own_exemption_stays(
    district_officer: User,
) -> None:
    place(A)
    applied("establish", make_plan([], [begins(NEW, "光岳社区居委会")]), EFFECTIVE)
    exempt(NEW)

    assert exempted(district_officer, BEFORE) == {NEW: {"A-1"}}


def test_queries_do_not_grow_with_exemptions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    codes = [f"371502001{number:03}" for number in range(1, 31)]
    for code in codes:
        place(code, f"第{code[9:]}社区居委会")
    register = get_register("371502", 2027)
    for number in (0, 1, 30):
        for code in codes[Exemption.objects.count() : number]:
            exempt(code)
        policy = policy_for("371502", AFTER)
        with django_assert_num_queries(2 if number else 0):
            found = with_exemptions_of_the_day(policy, register, AFTER)
        assert list(found.stack.exemptions) == codes[:number]
