"""Subsidies of a division: beside the year's facts, sums, scope, one set of rooms by year."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from communities.models import Community
from facilities.rules.areas import Part, divided
from facilities.selectors.subsidies import subsidies_of, subsidy_lines, years_of
from tests.facilities.subsidies_world import bought, opinions_in_force, rented
from tests.factories import make_community, make_facts
from tests.space_factories import make_premises, make_room, make_share
from tests.staffing.pay_world import index

YEAR, DAY = 2026, date(2026, 3, 1)
STREET = "371502001"


@pytest.fixture
def gucheng(db: None) -> Community:
    return make_community()


@pytest.fixture
def liuyuan(gucheng: Community) -> Community:
    return make_community("371502001002", "柳园社区居委会")


@pytest.fixture
def opinions(gucheng: Community) -> Community:
    opinions_in_force()
    return gucheng


# ── beside the year's facts ──


def test_facts_when_nothing_is_in_the_register_then_they_stand(
    opinions: Community, clerk: User
) -> None:
    make_facts(
        opinions, year=YEAR, premises_tenure="collective", premises_area_m2=Decimal("999.99")
    )

    made = subsidies_of(clerk, STREET, YEAR)

    [line] = made.lines
    assert (line.source, line.premises, line.fen, made.unknown) == ("facts", None, 50000_00, 0)


def test_facts_when_the_register_has_the_same_then_counted_once(
    opinions: Community, clerk: User
) -> None:
    bought(opinions)
    make_facts(
        opinions, year=YEAR, premises_tenure="bought", premises_area_m2=Decimal(400),
        contract_price_yuan=Decimal(9_999_999),
    )  # fmt: skip

    [line] = subsidy_lines(clerk, STREET, YEAR)

    assert (line.source, line.fen, line.from_facts, line.differs) == (
        "register", 1764000_00, 1680000_00, True
    )  # fmt: skip


def test_facts_when_a_line_cannot_be_computed_then_not_said_to_differ(
    opinions: Community, clerk: User
) -> None:
    make_room(make_premises(opinions, acquisition="bought", acquired_on=DAY), "work", "420")
    make_facts(
        opinions, year=YEAR, premises_tenure="bought", premises_area_m2=Decimal(400),
        contract_price_yuan=Decimal(9_999_999),
    )  # fmt: skip

    [line] = subsidy_lines(clerk, STREET, YEAR)

    assert (line.fen, line.from_facts, line.differs) == (None, 1680000_00, False)


def test_facts_when_the_register_says_otherwise_then_listed_with_nothing(
    opinions: Community, clerk: User
) -> None:
    make_room(make_premises(opinions), "work", "400")
    make_facts(opinions, year=YEAR, premises_tenure="collective", premises_area_m2=Decimal("1000"))

    [line] = subsidy_lines(clerk, STREET, YEAR)

    assert (line.source, line.fen, line.payers) == ("facts", 0, {})
    assert "按台账不补" in line.reason


def test_unknown_tenure_then_counted_not_listed(opinions: Community, clerk: User) -> None:
    made = subsidies_of(clerk, STREET, YEAR)

    assert (made.lines, made.unknown) == ([], 1)


def test_lines_when_no_text_speaks_of_it_then_none(gucheng: Community, clerk: User) -> None:
    bought(gucheng)

    made = subsidies_of(clerk, STREET, YEAR)

    assert (made.lines, made.subjects) == ([], [])


# ── sums, scope, one set of rooms ──


def test_sums_when_added_by_unit_then_those_of_the_lines(
    opinions: Community, liuyuan: Community, district_officer: User
) -> None:
    bought(opinions)
    rented(liuyuan)
    elsewhere = make_community("371502002001", "新区社区居委会")
    make_room(make_premises(elsewhere, acquisition="collective"), "work", "1000")

    made = subsidies_of(district_officer, "371502", YEAR)

    assert [(one.code, one.fen) for one in made.parts(9)] == [
        ("371502001", 1764000_00 + 37500_00), ("371502002", 100000_00)
    ]  # fmt: skip
    assert [(one.name, one.fen) for one in made.parts(12)] == [
        ("古城社区", 1764000_00), ("柳园社区", 37500_00), ("新区社区", 100000_00)
    ]  # fmt: skip
    total = made.sums()
    assert total.fen == sum(one.fen or 0 for one in made.lines) == 1901500_00
    assert total.payers == {"city": 950750_00, "district": 950750_00}
    assert sum(total.subjects.values()) == total.fen


def test_lines_when_of_another_street_then_not_in_them(opinions: Community, clerk: User) -> None:
    elsewhere = make_community("371502002001", "新区社区居委会")
    make_room(make_premises(elsewhere, acquisition="collective"), "work", "1000")

    assert subsidy_lines(clerk, STREET, YEAR) == []
    with pytest.raises(PermissionError):
        subsidy_lines(clerk, "371502002", YEAR)


def test_lines_of_one_community_when_another_keeps_the_record_then_its_own_part_only(
    opinions: Community, liuyuan: Community, clerk: User
) -> None:
    make_share(bought(opinions, "800", total_parts=2), liuyuan, 1)

    [line] = subsidy_lines(clerk, "371502001002", YEAR)

    assert (line.code, line.claim.area, line.fen) == ("371502001002", 400_00, 1680000_00)


def test_years_of_one_set_of_rooms_then_each_year_with_its_trace(
    opinions: Community, clerk: User
) -> None:
    premises = bought(opinions, signed_on=date(2025, 3, 1))
    index("average_sale_price", "4000", year=2024)

    found = years_of(clerk, premises, date(2026, 6, 1))

    assert [(one.year, [line.fen for line in one.lines]) for one in found] == [
        (2026, [0]), (2025, [1680000_00])
    ]  # fmt: skip
    need = found[1].computed.need(found[1].lines[0])
    assert need is not None
    assert (need.required, [one.amount for one in need.payers]) == (
        Decimal("1680000.00"), [Decimal("840000.00")] * 2
    )  # fmt: skip
    assert "C13-FND-1.once" in [one.id for one in need.options]


def test_lines_when_there_are_many_then_no_more_queries(opinions: Community, clerk: User) -> None:
    def asked() -> int:
        subsidy_lines(clerk, STREET, YEAR)
        with CaptureQueriesContext(connection) as caught:
            assert subsidy_lines(clerk, STREET, YEAR)
        return len(caught)

    bought(opinions)
    alone = asked()
    for number in range(2, 12):
        community = make_community(f"3715020010{number:02}", f"第{number}社区居委会")
        bought(community)
        rented(community, name="租房")

    assert asked() == alone


# ── properties ──


@settings(max_examples=200, deadline=None)
@given(
    fen=st.integers(0, 10**12),
    parts=st.lists(st.integers(1, 10**6), min_size=1, max_size=6),
)
def test_price_when_shared_wholly_then_the_parts_add_up(fen: int, parts: list[int]) -> None:
    sharers = [Part(key, f"{key:012}", one) for key, one in enumerate(parts)]

    found = divided(fen, sharers, sum(parts))

    assert sum(found) == fen
    assert all(
        abs(one * sum(parts) - fen * part) < sum(parts)
        for one, part in zip(found, parts, strict=True)
    )
