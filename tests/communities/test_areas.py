"""Areas that are divided by change acts: they come to what was there."""

from decimal import Decimal

import pytest

from accounts.models import User
from communities.models import Community
from communities.services.plans import Plan, Successor
from tests.change_acts import applied, begins, goes_on, make_plan, merging, mistakes
from tests.factories import make_community

pytestmark = pytest.mark.django_db

A, B, C, NEW = "371502001001", "371502001002", "371502001003", "371502001009"
TIEXI = Decimal("3.4956")
TO_MEND = "改面积，使两者相等，只空一个的，空的得其余面积"


def tiexi() -> Community:
    return make_community(A, "铁西社区居委会", area_km2=TIEXI)


def splitting(one: Community, new: str | None, old: str | None) -> Plan:
    """A split with the areas of both as they are written."""
    pieces = [
        begins(NEW, "东城社区居委会", area_km2=new and Decimal(new)),
        goes_on(one, area_km2=old and Decimal(old)),
    ]
    return make_plan([one], pieces, {(one, "s1"): 1, (one, f"c{one.pk}"): 1})


def areas() -> dict[str, Decimal | None]:
    rows = Community.objects.filter(valid_until=None)
    return dict(rows.values_list("code", "area_km2"))


@pytest.mark.parametrize(("new", "old"), [("1.5", None), (None, "1.9956"), ("1.5", "1.9956")])
def test_split_then_the_one_left_open_gets_the_rest(
    new: str | None, old: str | None, district_officer: User
) -> None:
    plan = splitting(tiexi(), new, old)
    assert mistakes(district_officer, "split", plan) == []

    applied("split", plan)

    assert areas() == {A: Decimal("1.9956"), NEW: Decimal("1.5000")}


@pytest.mark.parametrize(
    ("new", "old", "message"),
    [
        (
            "1.5",
            "3.4956",
            f"变更后面积合计4.9956平方公里，变更前3.4956平方公里，多1.5平方公里。{TO_MEND}",
        ),
        (
            "1.5",
            "1",
            f"变更后面积合计2.5平方公里，变更前3.4956平方公里，少0.9956平方公里。{TO_MEND}",
        ),
        (
            "4",
            None,
            f"变更后面积合计7.4956平方公里，变更前3.4956平方公里，多4平方公里。{TO_MEND}",
        ),
        (
            None,
            None,
            "东城社区居委会没有写面积，变更前面积合计3.4956平方公里。"
            "逐一写明，可以空一个，空的得其余面积",
        ),
    ],
)
def test_split_whose_areas_do_not_come_to_the_whole_then_said(
    new: str | None, old: str | None, message: str, district_officer: User
) -> None:
    plan = splitting(tiexi(), new, old)

    assert mistakes(district_officer, "split", plan) == [("successor:s1", message)]


def test_split_of_an_unknown_area_then_any(district_officer: User) -> None:
    plan = splitting(make_community(A, "铁西社区居委会"), "1.5", None)

    assert mistakes(district_officer, "split", plan) == []
    applied("split", plan)
    assert areas() == {A: None, NEW: Decimal("1.5000")}


def abolishing(*receivers: Successor, communities: list[Community]) -> Plan:
    flows = {(one, receivers[0].key): 1 for one in communities}
    return make_plan(communities, list(receivers), flows)


def test_abolition_then_the_land_goes_to_the_receiver(district_officer: User) -> None:
    ended, one = tiexi(), make_community(B, "望湖社区居委会", area_km2=Decimal("1"))
    plan = abolishing(goes_on(one), communities=[ended, one])
    assert mistakes(district_officer, "abolish", plan) == []

    applied("abolish", plan)

    assert areas() == {B: Decimal("4.4956")}


def test_abolition_with_two_receivers_left_open_then_said(district_officer: User) -> None:
    ended, one = tiexi(), make_community(B, "望湖社区居委会", area_km2=Decimal("1"))
    other = make_community(C, "汇金社区居委会", area_km2=Decimal("2"))
    plan = abolishing(goes_on(one), goes_on(other), communities=[ended, one, other])

    assert mistakes(district_officer, "abolish", plan) == [
        (
            f"successor:c{one.pk}",
            f"变更后面积合计3平方公里，变更前6.4956平方公里，少3.4956平方公里。{TO_MEND}",
        )
    ]


def test_rescale_as_it_is_or_with_one_written_then_the_other_gets_the_rest(
    district_officer: User,
) -> None:
    one, other = tiexi(), make_community(B, "望湖社区居委会", area_km2=Decimal("1"))
    flows = {(one, f"c{one.pk}"): 1, (other, f"c{other.pk}"): 1}
    same = make_plan([one, other], [goes_on(one), goes_on(other)], flows)
    moved = make_plan([one, other], [goes_on(one, area_km2=Decimal("3")), goes_on(other)], flows)

    assert mistakes(district_officer, "rescale", same) == []
    assert mistakes(district_officer, "rescale", moved) == []
    applied("rescale", moved)
    assert areas() == {A: Decimal("3.0000"), B: Decimal("1.4956")}


def test_merger_with_another_area_than_the_sum_then_said(district_officer: User) -> None:
    one, other = tiexi(), make_community(B, "望湖社区居委会", area_km2=Decimal("1"))
    new = begins(NEW, "光岳社区居委会", area_km2=Decimal("5"))

    assert mistakes(district_officer, "merge", merging([one, other], new, [1, 1])) == [
        (
            "successor:s1",
            f"变更后面积合计5平方公里，变更前4.4956平方公里，多0.5044平方公里。{TO_MEND}",
        )
    ]
