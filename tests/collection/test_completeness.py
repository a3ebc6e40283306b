"""How many communities have all that is asked of a section."""

from decimal import Decimal

import pytest

from accounts.models import User
from collection.selectors.completeness import Section, sections_of, sections_of_street
from collection.selectors.todo import get_board
from tests.collection.test_todo import TODAY, collect, draft, place
from tests.factories import make_community, make_facts

pytestmark = pytest.mark.django_db


def test_sections_of_a_street_then_as_typed(clerk: User) -> None:
    one = collect()
    place(1, "名人苑")
    facts = place(2, "铁西", status="draft", population_resident=None)
    assert facts
    place(3, "古城", premises_tenure="rented")
    draft(facts, clerk, population_resident="6100")

    board = get_board(clerk, TODAY)

    assert sections_of_street(board.entries[one.pk]) == [
        Section("户数和人口", 2, 3),
        Section("用房", 1, 3),  # the rented one lacks its rent
    ]


def test_sections_of_a_district_then_as_stored(district_officer: User) -> None:
    one = collect()
    place(1, "名人苑")
    place(2, "铁西", status="draft", population_resident=None)
    place(3, "古城", premises_tenure="rented")
    place(4, "湖南", premises_tenure="rented", contract_rent_yuan=Decimal(9000))
    elsewhere = make_community("371521001001", "谷山社区居委会")
    make_facts(elsewhere, households_resident=1, population_resident=1)

    board = get_board(district_officer, TODAY)
    totals = {one.pk: board.counts[one.pk].communities}

    assert sections_of(district_officer, board.calls, totals) == [
        Section("户数和人口", 2, 4),
        Section("用房", 2, 4),
    ]


def test_section_is_low_below_nine_of_ten() -> None:
    assert [Section("用房", done, 20).low for done in (17, 18, 20)] == [True, False, False]
