"""Money before and after: sums are compared only where they are sums of the same subjects."""

from decimal import Decimal

import pytest

from accounts.models import User
from collection.selectors.amounts import Amount, Side, effect_of, left_out, sums_of, year_end
from communities.selectors.assessment import get_assessment
from policy.engine import catalogue
from tests.collection.review_world import YEAR, make_waiting
from tests.world import DISTRICT, GUCHENG, HUNAN, load_texts

WORK, SERVICE = [key for key, one in catalogue().subjects.items() if one.group == "funding"][:2]
WHY = "缺少上年平均房价"
BOTH = Side({WORK: 6_000_000, SERVICE: 20_000_000}, {}, {"city": 26_000_000})
ONE = Side({WORK: 6_000_000}, {SERVICE: WHY}, {"city": 6_000_000})


@pytest.mark.parametrize(("before", "after"), [(BOTH, ONE), (ONE, BOTH)])
def test_effect_when_a_subject_is_known_on_one_side_only_then_sums_do_not_compare(
    before: Side, after: Side
) -> None:
    found = effect_of(before, after)

    assert (found.total.change, found.total.why_no_change) == (None, "不能比较")
    assert [(one.change, one.why_no_change) for one in found.payers] == [(None, "不能比较")]
    lines = {one.label: one.change for one in found.lines}
    assert lines[catalogue().subjects[WORK].label] == 0
    assert lines[catalogue().subjects[SERVICE].label] is None


def test_effect_when_the_same_subject_is_missing_on_both_sides_then_the_rest_compares() -> None:
    after = Side({WORK: 7_000_000}, {SERVICE: WHY}, {})

    total = effect_of(ONE, after).total

    assert (total.change, total.why_no_change) == (Decimal(10_000), "")
    assert total.after == Amount(Decimal(70_000), part=True)


def test_effect_when_a_subject_is_not_due_any_more_then_compared() -> None:
    total = effect_of(BOTH, Side({WORK: 6_000_000}, {}, {})).total

    assert total.change == Decimal(-200_000)
    assert total.after == Amount(Decimal(60_000))


@pytest.mark.django_db
def test_sums_when_a_fact_is_missing_this_year_then_part_and_not_compared(
    district_officer: User,
) -> None:
    load_texts()
    keys = [
        make_waiting(GUCHENG, central_urban=None).community_id,
        make_waiting(HUNAN).community_id,
    ]

    sums = sums_of(district_officer, DISTRICT, YEAR, keys)

    missing, whole = sums.at(0), sums.at(1)
    assert (missing.before.part, missing.after.part) == (False, True)
    assert (missing.change, missing.why_no_change) == (None, "不能比较")
    assert (whole.change, whole.why_no_change, whole.after.part) == (0, "", False)
    made = get_assessment(district_officer, DISTRICT, YEAR, year_end(YEAR))
    assert [bool(bits) for bits in left_out(made)] == [True, False]
