"""Any register of premises under any kind of change: days of before stay, no area is lost.

Each community is read in the scope of its street, by areas_of and by the ledger of many.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from accounts.scope import scope
from communities.models import Community
from communities.services.plans import Plan
from facilities.selectors.areas import areas_of
from facilities.selectors.space_ledger import SpaceLedger
from tests.change_acts import EFFECTIVE, A, applied, begins, goes_on, make_plan, merging, pair
from tests.facilities.test_following import EVE, FAR, LATER, NEW, THIRD, strays, total
from tests.factories import make_community, make_divisions_above, make_user
from tests.space_factories import make_premises, make_room, make_share

pytestmark = pytest.mark.django_db
WORK = ("work",)


def test_ledger_of_one_of_two_who_shared_then_its_part_alone() -> None:
    one, other = pair()
    premises = make_premises(one)
    make_share(premises, other, valid_until=EVE)
    make_room(premises, "work", "100.00")
    officer = make_user("district_officer", "371502")

    ledger = SpaceLedger(officer, A, [one.pk])

    found = {day: int(ledger.on(day, [one.pk]).of(WORK)[0]) for day in (date(2026, 1, 1), EVE)}
    assert found == {date(2026, 1, 1): 5000, EVE: 10000}


days = st.sampled_from([date(2022, 1, 1), EFFECTIVE, LATER])
worlds = st.lists(
    st.tuples(
        # which of three communities has how many parts, from when, whether it left in between
        st.lists(st.tuples(st.integers(0, 2), st.integers(1, 5), days, st.booleans()),
            min_size=1, max_size=3, unique_by=lambda row: row[0]),
        st.integers(0, 1),  # parts that nobody has
        st.lists(st.tuples(st.integers(1, 99999), days), min_size=1, max_size=2),
    ),
    min_size=1,
    max_size=2,
)  # fmt: skip
KINDS = ("establish", "rename", "recode", "rescale", "transfer", "merge", "absorb", "split",
    "abolish", "reopen", "leave")  # fmt: skip


@given(worlds, st.sampled_from(KINDS))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_change_then_days_of_before_are_the_same_and_no_area_is_lost(
    world: Any, kind: str
) -> None:
    with transaction.atomic():
        changed(world, kind)
        transaction.set_rollback(True)


def changed(world: Any, kind: str) -> None:
    communities = [
        make_community(code, name)
        for code, name in ((A, "古城社区居委会"), ("371502001002", "湖南社区居委会"),
            (THIRD, "文轩社区居委会"))
    ]  # fmt: skip
    for number, (shared, rest, areas) in enumerate(world):
        whole = sum(row[1] for row in shared) + rest
        premises = make_premises(
            communities[shared[0][0]], f"用房{number}", parts=0, total_parts=whole,
            valid_from=date(2022, 1, 1),
        )  # fmt: skip
        for place, parts, since, left in shared:
            until = date(2025, 1, 1) if left and since.year == 2022 else None
            make_share(premises, communities[place], parts, valid_from=since, valid_until=until)
        for area, since in areas:
            square = Decimal(area).scaleb(-2)
            make_room(premises, "work", str(square), usable_m2=square, valid_from=since)
    make_divisions_above(FAR)
    officer = make_user("district_officer", "371502")
    past = [date(2022, 1, 1), date(2025, 6, 30), EVE]
    before = {day: each(day, officer) for day in past}
    expected = {day: total(day) for day in (EFFECTIVE, LATER)}

    act = KIND_PLANS[kind]
    applied(kind if kind not in ("absorb", "leave") else "merge", act(*communities))

    assert {day: each(day, officer) for day in past} == before
    assert {day: total(day) for day in (EFFECTIVE, LATER)} == expected
    assert strays() == []


def each(day: date, officer: User) -> dict[int, int]:
    """What every community has on a day as its street sees it, in hundredths; nothing left out."""
    found: dict[int, int] = {}
    for street in (A[:9], FAR[:9]):
        with scope(street):
            keys = list(Community.objects.under(street).order_by("pk").values_list("pk", flat=True))
            areas = areas_of(keys, day)
            by_sums = SpaceLedger(officer, street, keys).on(day, keys)
            alone = [int(SpaceLedger(officer, street, [key]).on(day, [key]).of(WORK)[0])
                for key in keys]  # fmt: skip
        expected = [areas[key].work if key in areas else 0 for key in keys]
        assert [*map(int, by_sums.of(WORK))] == alone == expected
        assert [*map(bool, by_sums.has)] == [key in areas for key in keys]
        found |= {key: one for key, one in zip(keys, expected, strict=True) if one}
    return found


def far() -> Community:
    """A community of another street."""
    known = Community.objects.filter(code=FAR).first()
    return known or make_community(FAR, "光岳社区居委会")


def reopening(one: Community, other: Community, third: Community) -> Plan:
    ended = make_community("371502001099", "老城社区居委会", valid_until=date(2025, 1, 1))
    return make_plan(
        [ended, one], [goes_on(one), begins("371502001098", "老城社区居委会")],
        {(one, f"c{one.pk}"): 1, (one, "s1"): 1},
    )  # fmt: skip


def rescaling(one: Community, other: Community, third: Community) -> Plan:
    flows = {(one, f"c{one.pk}"): 5, (one, f"c{other.pk}"): 5, (other, f"c{other.pk}"): 5}
    return make_plan([one, other], [goes_on(one), goes_on(other)], flows)


def splitting(one: Community, other: Community, third: Community) -> Plan:
    return make_plan(
        [one],
        [begins(NEW, "光岳社区居委会"), begins("371502001010", "湖畔社区居委会", key="s2")],
        {(one, "s1"): 10, (one, "s2"): 20},
    )


KIND_PLANS: dict[str, Any] = {
    "establish": lambda one, other, third: make_plan([], [begins(NEW, "光岳社区居委会")]),
    "rename": lambda one, other, third: make_plan([one], [goes_on(one, name="光岳社区居委会")]),
    "recode": lambda one, other, third: make_plan([one], [goes_on(one, code=NEW)]),
    "rescale": rescaling,
    "transfer": lambda one, other, third: make_plan([one], [goes_on(one, code=FAR)]),
    "merge": lambda one, other, third: merging([one, other], begins(NEW, "光岳社区居委会"), [1, 2]),
    "absorb": lambda one, other, third: merging([one, other], goes_on(other), [1, 2]),
    "split": splitting,
    "leave": lambda one, other, third: merging([one, far()], goes_on(far()), [1, 2]),
    "abolish": lambda one, other, third: make_plan(
        [one, third], [goes_on(third)], {(one, f"c{third.pk}"): 3, (third, f"c{third.pk}"): 3}
    ),
    "reopen": reopening,
}
