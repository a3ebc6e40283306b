"""The register as columns: what it holds, for whom it is read, and that it is never stale."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.scope import scope
from communities.models import AnnualFacts, Community, Division
from communities.selectors import register as module
from communities.selectors.register import (
    Register,
    facts_version,
    get_register,
    read_versions,
    reading,
    unit_of,
)
from tests.factories import as_owner, make_community, make_facts
from tests.world import (
    CHANGZHENG,
    DISTRICT,
    FACTS,
    GUCHENG,
    HUNAN,
    LIUYUAN,
    STREET,
    WENXUAN,
    YANGGU,
    make_place,
    set_facts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(db: None) -> None:
    for code in FACTS:
        make_place(code)


def households(register: Register) -> dict[str, int | None]:
    column = register.facts.get("households")
    cells = [column.at(row) for row in range(len(register))]
    return {
        code: None if cell.missing else cell.num
        for code, cell in zip(register.codes, cells, strict=True)
    }


def test_register_when_read_then_holds_the_facts_in_whole_units(places: None) -> None:
    register = get_register(DISTRICT, 2026)

    assert register.codes == [GUCHENG, HUNAN, WENXUAN, LIUYUAN, CHANGZHENG]
    assert register.names.tolist() == ["古城社区", "湖南社区", "文轩社区", "柳园社区", "长征社区"]
    assert register.statuses.tolist() == [
        "confirmed",
        "submitted",
        "draft",
        "confirmed",
        "confirmed",
    ]
    assert households(register) == {
        GUCHENG: 2847,
        HUNAN: 4000,
        WENXUAN: None,
        LIUYUAN: 1000,
        CHANGZHENG: 601,
    }
    assert register.extra["population_resident"].tolist() == [7000, 9000, -1, 2500, -1]
    assert register.extra["work_area_m2"].tolist() == [8800, 40000, -1, 16000, -1]
    assert register.is_demo is False


def test_register_when_areas_and_money_then_exact_to_the_cent() -> None:
    make_facts(
        make_community(),
        premises_area_m2=Decimal("1234567890.12"),
        contract_price_yuan=Decimal("999999999999.99"),
    )

    register = get_register(DISTRICT, 2026)

    assert register.facts.get("premises_area").at(0).num == 123456789012
    assert register.facts.get("contract_price").at(0).num == 99999999999999


def test_register_when_one_row_is_demo_then_says_so() -> None:
    make_place(GUCHENG)
    make_place(HUNAN, is_demo=True)

    assert get_register(DISTRICT, 2026).is_demo is True
    assert get_register("371521", 2026).is_demo is False


def test_register_when_facts_are_not_there_then_lists_the_community_without_figures() -> None:
    make_community()

    register = get_register(DISTRICT, 2026)

    assert register.codes == [GUCHENG]
    assert register.statuses.tolist() == ["not_reported"]
    assert households(register) == {GUCHENG: None}


def test_register_when_a_village_or_ended_or_not_begun_then_left_out() -> None:
    make_community("371502001010", "新村村民委员会")
    make_community("371502001011", "旧一社区", valid_until=date(2026, 12, 31))
    make_community("371502001012", "旧二社区", valid_until=date(2027, 1, 1))
    make_community("371502001013", "新一社区", valid_from=date(2026, 12, 31))
    make_community("371502001014", "新二社区", valid_from=date(2027, 1, 1))

    assert get_register(DISTRICT, 2026).codes == ["371502001012", "371502001013"]


@pytest.mark.parametrize(
    ("prefix", "codes"),
    [
        ("0", [GUCHENG, HUNAN, WENXUAN, LIUYUAN, CHANGZHENG, YANGGU]),
        ("37", [GUCHENG, HUNAN, WENXUAN, LIUYUAN, CHANGZHENG, YANGGU]),
        ("3715", [GUCHENG, HUNAN, WENXUAN, LIUYUAN, CHANGZHENG, YANGGU]),
        (DISTRICT, [GUCHENG, HUNAN, WENXUAN, LIUYUAN, CHANGZHENG]),
        (STREET, [GUCHENG, HUNAN, WENXUAN]),
        (HUNAN, [HUNAN]),
        ("371503", []),
        ("33", []),
    ],
)
def test_under_a_division_then_its_rows_only(places: None, prefix: str, codes: list[str]) -> None:
    register = get_register("0", 2026)

    assert register.codes[register.under(prefix)] == codes


def test_place_of_a_code_then_its_row_or_none(places: None) -> None:
    register = get_register(DISTRICT, 2026)

    assert [register.place(code) for code in (GUCHENG, WENXUAN, CHANGZHENG)] == [0, 2, 4]
    assert [register.place(code) for code in ("371502001000", "371502001004", YANGGU)] == [
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("prefix", "unit"),
    [("0", "0"), ("37", "37"), ("3715", "3715"), (DISTRICT, DISTRICT), (STREET, DISTRICT)],
)
def test_unit_of_a_prefix_is_at_most_a_district(prefix: str, unit: str) -> None:
    assert unit_of(prefix) == unit
    assert unit_of(GUCHENG) == DISTRICT


def test_register_when_nothing_changed_then_the_same_for_one_query(
    places: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        first = get_register(DISTRICT, 2026)
    with django_assert_num_queries(1):
        second = get_register(DISTRICT, 2026)

    assert second is first


def change_figure() -> None:
    set_facts(GUCHENG, households=3000)


def add_facts() -> None:
    make_facts(Community.objects.get(code=LIUYUAN))


def remove_facts() -> None:
    with as_owner():
        AnnualFacts.objects.filter(code=GUCHENG).delete()


def rename_community() -> None:
    Community.objects.filter(code=GUCHENG).update(short_name="老城社区")


def end_community() -> None:
    Community.objects.filter(code=GUCHENG).update(valid_until=date(2026, 6, 1))


def add_community() -> None:
    make_community(HUNAN, "湖南社区居委会")


def rename_street() -> None:
    Division.objects.filter(code=STREET).update(name="新楼街道")


CHANGES: list[Callable[[], None]] = [
    change_figure,
    add_facts,
    remove_facts,
    rename_community,
    end_community,
    add_community,
    rename_street,
]


def seen(register: Register) -> list[tuple[object, ...]]:
    return [
        (code, name, status, households(register)[code])
        for code, name, status in zip(
            register.codes, register.names, register.statuses, strict=True
        )
    ]


EXPECTED = {
    "change_figure": [
        (GUCHENG, "古城社区", "confirmed", 3000),
        (LIUYUAN, "柳园社区", "not_reported", None),
    ],
    "add_facts": [
        (GUCHENG, "古城社区", "confirmed", 2847),
        (LIUYUAN, "柳园社区", "confirmed", 2847),
    ],
    "remove_facts": [
        (GUCHENG, "古城社区", "not_reported", None),
        (LIUYUAN, "柳园社区", "not_reported", None),
    ],
    "rename_community": [
        (GUCHENG, "老城社区", "confirmed", 2847),
        (LIUYUAN, "柳园社区", "not_reported", None),
    ],
    "end_community": [(LIUYUAN, "柳园社区", "not_reported", None)],
    "add_community": [
        (GUCHENG, "古城社区", "confirmed", 2847),
        (HUNAN, "湖南社区", "not_reported", None),
        (LIUYUAN, "柳园社区", "not_reported", None),
    ],
    "rename_street": [
        (GUCHENG, "古城社区", "confirmed", 2847),
        (LIUYUAN, "柳园社区", "not_reported", None),
    ],
}


@pytest.mark.parametrize("change", CHANGES)
def test_register_when_something_changes_then_read_again(change: Callable[[], None]) -> None:
    make_place(GUCHENG)
    make_community(LIUYUAN, "柳园社区居委会")
    before = get_register(DISTRICT, 2026)

    change()

    after = get_register(DISTRICT, 2026)
    assert after is not before
    assert seen(after) == EXPECTED[change.__name__]


@pytest.mark.parametrize("change", CHANGES)
def test_register_when_a_change_is_rolled_back_then_as_it_was(change: Callable[[], None]) -> None:
    make_place(GUCHENG)
    make_community(LIUYUAN, "柳园社区居委会")
    before = seen(get_register(DISTRICT, 2026))

    with transaction.atomic():
        change()
        within = seen(get_register(DISTRICT, 2026))
        transaction.set_rollback(True)

    assert within == EXPECTED[change.__name__]
    assert seen(get_register(DISTRICT, 2026)) == before


def test_register_when_another_year_changes_then_stays(places: None) -> None:
    make_place(GUCHENG, 2025)
    kept, other = get_register(DISTRICT, 2026), get_register(DISTRICT, 2025)

    set_facts(GUCHENG, 2025, households=1)

    assert get_register(DISTRICT, 2026) is kept
    assert get_register(DISTRICT, 2025) is not other


def test_registers_when_more_rows_than_a_process_keeps_then_the_oldest_go(
    places: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 6)
    country, district = get_register("0", 2026), get_register(DISTRICT, 2026)

    assert get_register(DISTRICT, 2026) is district
    assert get_register("0", 2026) is not country


def test_version_when_nothing_is_there_then_empty() -> None:
    version = facts_version(2026)

    assert (version.stamps, version.changed_at) == ((), None)
    assert read_versions().years == []


def test_version_when_facts_change_then_says_when(places: None) -> None:
    assert facts_version(2026).changed_at is not None
    assert facts_version(2026).changed_at <= timezone.now()
    assert len(facts_version(2026).stamps) == 2
    assert len(facts_version(2025).stamps) == 1


def test_years_with_facts_then_latest_first() -> None:
    for year in (2024, 2026, 2025):
        make_place(GUCHENG, year)

    assert read_versions().years == [2026, 2025, 2024]


def codes_seen() -> list[str]:
    return sorted(Community.objects.values_list("code", flat=True))


def test_reading_as_a_clerk_then_the_district_is_seen_and_the_street_again_afterwards(
    places: None, clerk: User
) -> None:
    with scope(clerk.scope):
        with reading(clerk, STREET):
            within = codes_seen()
        after = codes_seen()

    assert within == [GUCHENG, HUNAN, WENXUAN, LIUYUAN, CHANGZHENG]
    assert after == [GUCHENG, HUNAN, WENXUAN]


def test_reading_when_it_breaks_off_then_the_street_again_afterwards(
    places: None, clerk: User
) -> None:
    with scope(clerk.scope):
        with pytest.raises(RuntimeError), reading(clerk, STREET):
            raise RuntimeError
        assert codes_seen() == [GUCHENG, HUNAN, WENXUAN]


@pytest.mark.parametrize("prefix", ["371502002", LIUYUAN, DISTRICT, "3715", "37", "0"])
def test_reading_outside_the_scope_then_refused(clerk: User, prefix: str) -> None:
    with pytest.raises(PermissionError, match=f"{prefix} is outside 371502001"):
        reading(clerk, prefix)
