"""The ledger over columns: rows, filters, order, search, sums."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from communities.models import Community, Division
from communities.selectors.ledger import (
    SORTS,
    Cell,
    Cell3,
    Ledger,
    LedgerRow,
    Query,
    Totals,
    area_labels,
    get_ledger,
    reasoned_subjects,
    reasons_of,
    search_keys,
)
from tests.factories import make_community, make_former
from tests.world import (
    CHANGZHENG,
    DISTRICT,
    GUCHENG,
    HUNAN,
    LIUYUAN,
    STREET,
    STREET_ELSEWHERE,
    WENXUAN,
    assessed,
    make_world,
    set_facts,
)

pytestmark = pytest.mark.django_db
ALL = [GUCHENG, HUNAN, WENXUAN, LIUYUAN, CHANGZHENG]


@pytest.fixture
def world(db: None) -> None:
    make_world()


def ledger(user: User, prefix: str = DISTRICT, **asked: Any) -> Ledger:
    return get_ledger(assessed(user, prefix), Query(prefix, **asked))


@pytest.mark.parametrize(
    ("work", "actual", "gap", "least"),
    [
        ("800", "857.00", "-297.10", "1154.10"),
        ("1097.10", "1154.10", "0.00", "1154.10"),
        ("1143", "1200.00", "0.00", None),
        ("1200", "1257.00", "57.00", None),
    ],
)
def test_row_when_less_is_required_than_aimed_at_then_what_the_gap_is_counted_from(
    world: None, clerk: User, work: str, actual: str, gap: str, least: str | None
) -> None:
    set_facts(GUCHENG, area_kind="new", work_area_m2=work, service_area_m2=57)

    row = ledger(clerk, STREET)[0:1][0]

    assert row.premises == Cell3(
        Decimal("1200.00"), Decimal(actual), Decimal(gap), "", Decimal(least) if least else None
    )


def keys(*wanted: str) -> dict[int, str]:
    """What a search would find: the communities of some codes."""
    return dict.fromkeys(Community.objects.filter(code__in=wanted).values_list("pk", flat=True), "")


def codes(found: Ledger) -> list[str]:
    return [found.assessment.register.codes[row] for row in found.order]


def test_row_then_every_figure_exactly(world: None, clerk: User) -> None:
    rows = ledger(clerk, STREET)[0:10]

    assert rows[0] == LedgerRow(
        code=GUCHENG,
        name="古城社区",
        street_name="古楼街道",
        households=2847,
        population=7000,
        area_kind_label="老城",
        staff=Cell3(9, 7, -2),
        premises=Cell3(Decimal("854.10"), Decimal("128.00"), Decimal("-726.10")),
        funding=Cell(Decimal("260000.00")),
        status="已确认",
        status_tag="",
        url="/communities/371502001001/",
    )
    assert [row.code for row in rows] == [GUCHENG, HUNAN, WENXUAN]


def test_row_when_facts_are_missing_then_no_figure_and_the_reason(
    world: None, district_officer: User
) -> None:
    row = ledger(district_officer)[2:3][0]

    assert (row.households, row.population) == (None, None)
    assert row.staff == Cell3(None, None, None, "缺少核定户数")
    assert row.premises == Cell3(None, None, None, "缺少核定户数")
    # 服务群众 can be computed, 工作经费 cannot: the sum says what it leaves out
    assert row.funding == Cell(Decimal("200000.00"), "不含工作经费，缺少核定户数")
    assert (row.status, row.status_tag) == ("填报中", "warn")


def test_row_when_nothing_is_reported_then_dashes_all_over(
    world: None, district_officer: User
) -> None:
    make_community("371502001004", "光明社区居委会")

    row = ledger(district_officer)[3:4][0]

    assert row == LedgerRow(
        code="371502001004",
        name="光明社区",
        street_name="古楼街道",
        households=None,
        population=None,
        area_kind_label="—",
        staff=Cell3(None, None, None, "缺少核定户数"),
        premises=Cell3(None, None, None, row.premises.reason),
        funding=Cell(None, "不含工作经费，缺少核定户数；不含服务群众专项经费，缺少中心城区"),
        status="未填报",
        status_tag="plain",
        url="/communities/371502001004/",
    )
    assert row.premises.reason == "缺少住区类型；缺少核定户数"


def test_row_when_the_street_has_ended_then_its_last_name(
    world: None, district_officer: User
) -> None:
    Division.objects.filter(code=STREET).update(valid_until=date(2026, 6, 1))

    assert ledger(district_officer)[0:1][0].street_name == "古楼街道"


def test_rows_of_a_page_then_one_query(
    world: None, district_officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = ledger(district_officer)

    with django_assert_num_queries(1):
        rows = found[0:50]
    with django_assert_num_queries(0):
        found.totals()

    assert len(rows) == len(found) == 5


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [(DISTRICT, ALL), (STREET, ALL[:3]), (STREET_ELSEWHERE, ALL[3:]), (HUNAN, [HUNAN])],
)
def test_ledger_of_a_prefix_then_nothing_outside(
    world: None, district_officer: User, prefix: str, expected: list[str]
) -> None:
    assert codes(ledger(district_officer, prefix)) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"kind": "new"}, [HUNAN]),
        ({"kind": "built"}, [GUCHENG, WENXUAN, LIUYUAN, CHANGZHENG]),
        ({"status": "draft"}, [WENXUAN]),
        ({"status": "confirmed"}, [GUCHENG, LIUYUAN, CHANGZHENG]),
        ({"status": "not_reported"}, []),
        ({"status": "incomplete"}, [WENXUAN]),
        ({"gap": True}, [GUCHENG, LIUYUAN]),
        ({"gap": True, "kind": "new"}, []),
        ({"found": {}}, []),
    ],
)
def test_filter_then_only_what_meets_all_of_it(
    world: None, district_officer: User, asked: dict[str, Any], expected: list[str]
) -> None:
    assert codes(ledger(district_officer, **asked)) == expected


def test_found_outside_the_prefix_then_left_out(world: None, clerk: User) -> None:
    assert codes(ledger(clerk, STREET, found=keys(LIUYUAN, GUCHENG))) == [GUCHENG]


def test_found_then_only_those_that_meet_the_other_filters_too(
    world: None, district_officer: User
) -> None:
    found = keys(LIUYUAN, HUNAN, "371521001001")

    assert codes(ledger(district_officer, found=found)) == [HUNAN, LIUYUAN]
    assert codes(ledger(district_officer, found=found, status="draft")) == []


# in pinyin: 长征 (zh first under GB: 长 = cháng), 古城, 湖南, 柳园, 文轩
ORDERS = {
    "": ALL,
    "name": [CHANGZHENG, GUCHENG, HUNAN, LIUYUAN, WENXUAN],
    "-name": [WENXUAN, LIUYUAN, HUNAN, GUCHENG, CHANGZHENG],
    "households": [CHANGZHENG, LIUYUAN, GUCHENG, HUNAN, WENXUAN],
    "-households": [HUNAN, GUCHENG, LIUYUAN, CHANGZHENG, WENXUAN],
    "population": [LIUYUAN, GUCHENG, HUNAN, WENXUAN, CHANGZHENG],
    "-population": [HUNAN, GUCHENG, LIUYUAN, WENXUAN, CHANGZHENG],
    "staff_gap": [GUCHENG, LIUYUAN, HUNAN, CHANGZHENG, WENXUAN],
    "-staff_gap": [HUNAN, CHANGZHENG, LIUYUAN, GUCHENG, WENXUAN],
    "premises_gap": [GUCHENG, LIUYUAN, HUNAN, WENXUAN, CHANGZHENG],
    "-premises_gap": [HUNAN, LIUYUAN, GUCHENG, WENXUAN, CHANGZHENG],
    "funding": [WENXUAN, GUCHENG, LIUYUAN, CHANGZHENG, HUNAN],
    "-funding": [HUNAN, GUCHENG, LIUYUAN, CHANGZHENG, WENXUAN],
    "height": ALL,
}


@pytest.mark.parametrize("sort", ORDERS)
def test_order_then_rows_without_a_figure_come_last(
    world: None, district_officer: User, sort: str
) -> None:
    assert codes(ledger(district_officer, sort=sort)) == ORDERS[sort]


def test_every_order_on_offer_is_among_those_tested() -> None:
    assert {sign + key for key in SORTS for sign in ("", "-")} < set(ORDERS)


@pytest.mark.parametrize("sort", ["funding", "-funding"])
def test_order_by_money_when_there_is_none_then_last(
    world: None, district_officer: User, sort: str
) -> None:
    set_facts(GUCHENG, households=None, central_urban=None)

    assert codes(ledger(district_officer, sort=sort))[-1] == GUCHENG


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("古城", [GUCHENG]),
        ("社区", ALL),
        ("gcsq", [GUCHENG]),
        ("GC", [GUCHENG]),
        ("371502002", [LIUYUAN, CHANGZHENG]),
        (GUCHENG, [GUCHENG]),
        ("没有", []),
        ("%", []),
    ],
)
def test_search_then_by_part_of_name_initials_or_code(
    world: None, district_officer: User, text: str, expected: list[str]
) -> None:
    found = search_keys(district_officer, DISTRICT, text)

    assert codes(ledger(district_officer, found=found)) == expected


@pytest.mark.parametrize("text", ["柳园", "lysq", LIUYUAN, "371502002", "社区"])
def test_search_of_a_clerk_then_never_another_street(world: None, clerk: User, text: str) -> None:
    assert set(search_keys(clerk, STREET, text)) <= set(keys(GUCHENG, HUNAN, WENXUAN))


@pytest.mark.parametrize(
    ("text", "present", "former"),
    [
        ("老城", "曾用名老城社区", ""),
        ("371502001099", "曾用代码371502001099", ""),
        ("古城", "", ""),
        (GUCHENG, "", ""),
    ],
)
def test_search_by_a_former_name_or_code_then_found_and_said_which(
    world: None, district_officer: User, text: str, present: str, former: str
) -> None:
    community = Community.objects.get(code=GUCHENG)
    make_former(community, date(2026, 7, 1), code="371502001099", name="老城社区居委会")
    found = search_keys(district_officer, DISTRICT, text)

    row, past = (
        get_ledger(assessed(district_officer, year=year), Query(STREET, found=found))[0:1][0]
        for year in (2026, 2025)
    )
    assert (row.name, row.former) == ("古城社区", present)
    # in the year before the row bears that name and code itself
    assert (past.code, past.name, past.former) == ("371502001099", "老城社区", former)
    assert past.url == f"/communities/{GUCHENG}/?year=2025"


def test_page_of_a_row_when_its_present_code_is_another_scopes_then_under_the_code_of_then(
    world: None, clerk: User
) -> None:
    moved = make_community("371521001077", "古城社区居委会")
    make_former(moved, date(2026, 7, 1), code="371502001077")

    rows = get_ledger(assessed(clerk, STREET, 2025), Query(STREET, scope=STREET))[0:9]

    assert [row.url for row in rows if row.code == "371502001077"] == [
        "/communities/371502001077/?year=2025"
    ]


def test_totals_then_the_sums_of_the_lines(world: None, district_officer: User) -> None:
    assert ledger(district_officer).totals() == Totals(
        count=5,
        households=8448,
        population=18500,
        staff=Cell3(28, 25, -3),
        premises=Cell3(Decimal("2834.40"), Decimal("2388.00"), Decimal("-726.10")),
        funding=Decimal("1260000.00"),
        confirmed=3,
    )


def test_totals_of_a_filter_then_of_its_rows(world: None, district_officer: User) -> None:
    totals = ledger(district_officer, kind="new").totals()

    assert (totals.count, totals.households, totals.funding) == (1, 4000, Decimal("280000.00"))
    # 湖南 has more than it needs: a surplus is not a shortage
    assert totals.premises == Cell3(Decimal("1500.00"), Decimal("1900.00"), Decimal("0.00"))


def test_totals_when_no_row_has_a_figure_then_none_and_not_nought(
    world: None, district_officer: User
) -> None:
    make_community("371502001004", "光明社区居委会")

    totals = ledger(district_officer, status="not_reported").totals()

    assert totals == Totals(
        1, None, None, Cell3(None, None, None), Cell3(None, None, None), None, 0
    )


def test_totals_of_no_rows_then_none(world: None, district_officer: User) -> None:
    totals = ledger(district_officer, found={}).totals()

    assert (totals.count, totals.households, totals.funding) == (0, None, None)


def test_shortages_then_not_set_off_against_what_another_has_too_much(
    world: None, district_officer: User
) -> None:
    set_facts(HUNAN, committee_members_in_post=20)

    assert ledger(district_officer).totals().staff == Cell3(28, 36, -3)


def test_reasons_then_counted_most_frequent_first(world: None, district_officer: User) -> None:
    make_community("371502001004", "光明社区居委会")
    make_community("371502001005", "东关社区居委会")

    assert reasons_of(ledger(district_officer)[0:50]) == [
        ("缺少核定户数", 3),
        ("缺少住区类型；缺少核定户数", 2),
        ("不含工作经费，缺少核定户数；不含服务群众专项经费，缺少中心城区", 2),
        ("不含工作经费，缺少核定户数", 1),
    ]


def test_reasons_are_of_what_the_ledger_shows(world: None, district_officer: User) -> None:
    assert reasoned_subjects(assessed(district_officer)) == [
        "committee_members",
        "combined_premises_area",
        "work_premises_area",
        "service_area",
        "premises_area",
        "work_funding",
        "service_the_masses_fund",
    ]


def test_area_label_then_a_dash_where_it_is_not_reported(
    world: None, district_officer: User
) -> None:
    set_facts(GUCHENG, area_kind="")

    assert area_labels(assessed(district_officer), [0, 1, 2]) == ["—", "新建", "老城"]


def test_pages_of_the_ledger_then_follow_each_other(world: None, district_officer: User) -> None:
    found = ledger(district_officer, sort="name")

    assert [row.code for row in found[0:2]] + [row.code for row in found[2:9]] == ORDERS["name"]
    assert replace(found, order=found.order[:0])[0:50] == []
