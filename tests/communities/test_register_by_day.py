"""The register of past years: each community under the code and name of the year's last day."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.scope import scope
from communities.models import AnnualFacts, Community, Division, FormerDesignation
from communities.selectors.assessment import Assessment, get_assessment
from communities.selectors.register import get_register, reading
from communities.services import describe
from tests.factories import make_community, make_facts, make_former
from tests.world import (
    CHANGZHENG,
    DISTRICT,
    GUCHENG,
    HUNAN,
    LIUYUAN,
    STREET,
    WENXUAN,
    YANGGU,
    load_texts,
    make_place,
)

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)
NEW_CODE = "371502001011"
OTHER_DISTRICT = "371521"


def listed(unit: str, year: int) -> list[tuple[str, str, int | None]]:
    """Code, name and households of every row of a register."""
    register = get_register(unit, year)
    column = register.facts.get("households")
    cells = [column.at(row) for row in range(len(register))]
    return [
        (code, name, None if cell.missing else cell.num)
        for code, name, cell in zip(register.codes, register.names, cells, strict=True)
    ]


def redesignate(community: Community, *, code: str = "", name: str = "", on: date) -> None:
    """What applying an act does to the code and name of one community."""
    with scope("0"):
        FormerDesignation.objects.create(
            community=community,
            code=community.code,
            name=community.name,
            short_name=community.short_name,
            committee_kind=community.committee_kind,
            valid_from=community.designated_from or community.valid_from,
            valid_until=on,
            present_code=code or community.code,
        )
        if name:
            describe(community, name)
        community.code = code or community.code
        community.designated_from = on
        community.save()
        FormerDesignation.objects.filter(community=community).update(present_code=community.code)


def test_register_when_renamed_then_past_years_keep_the_name() -> None:
    community = make_place(GUCHENG, 2025)
    make_place(GUCHENG, 2026)

    redesignate(community, name="老城社区居委会", on=date(2026, 12, 31))

    assert listed(DISTRICT, 2025) == [(GUCHENG, "古城社区", 2847)]
    assert listed(DISTRICT, 2026) == [(GUCHENG, "老城社区", 2847)]


def test_register_when_recoded_then_past_years_keep_the_code() -> None:
    community = make_place(GUCHENG, 2026)
    make_facts(community, 2027, code=NEW_CODE, households=3000)
    make_place(HUNAN, 2026)

    redesignate(community, code=NEW_CODE, on=NEW_YEAR)

    past = get_register(DISTRICT, 2026)
    assert listed(DISTRICT, 2026) == [(GUCHENG, "古城社区", 2847), (HUNAN, "湖南社区", 4000)]
    assert (past.present, past.keys.tolist()[0]) == ([NEW_CODE, HUNAN], community.pk)
    assert [past.place_of(community.pk), past.place(NEW_CODE), past.place_of(0)] == [0, None, None]
    assert listed(DISTRICT, 2027) == [(HUNAN, "湖南社区", None), (NEW_CODE, "古城社区", 3000)]


def test_register_when_recoded_twice_then_each_year_its_own_code() -> None:
    community = make_place(GUCHENG, 2025)
    make_facts(community, 2026, code=NEW_CODE, households=2)
    make_facts(community, 2027, code="371502001012", households=3)

    redesignate(community, code=NEW_CODE, on=date(2026, 7, 1))
    redesignate(community, code="371502001012", on=NEW_YEAR)

    assert [listed(DISTRICT, year) for year in (2025, 2026, 2027)] == [
        [(GUCHENG, "古城社区", 2847)],
        [(NEW_CODE, "古城社区", 2)],
        [("371502001012", "古城社区", 3)],
    ]
    assert get_register(DISTRICT, 2025).present == ["371502001012"]


def test_register_when_moved_to_another_district_then_each_district_has_its_years() -> None:
    community = make_place(GUCHENG, 2026)
    make_facts(community, 2027, code="371521001009", households=5)

    redesignate(community, code="371521001009", on=NEW_YEAR)

    assert listed(DISTRICT, 2026) == [(GUCHENG, "古城社区", 2847)]
    assert listed(DISTRICT, 2027) == []
    assert listed(OTHER_DISTRICT, 2026) == []
    assert listed(OTHER_DISTRICT, 2027) == [("371521001009", "古城社区", 5)]


def test_register_when_a_code_is_given_to_another_then_each_year_its_holder() -> None:
    first = make_place(GUCHENG, 2026)
    redesignate(first, code=NEW_CODE, on=NEW_YEAR)
    second = make_place(HUNAN, 2026)

    redesignate(second, code=GUCHENG, on=NEW_YEAR)

    assert listed(DISTRICT, 2026) == [(GUCHENG, "古城社区", 2847), (HUNAN, "湖南社区", 4000)]
    assert [row[:2] for row in listed(DISTRICT, 2027)] == [
        (GUCHENG, "湖南社区"),
        (NEW_CODE, "古城社区"),
    ]


def test_register_when_two_codes_change_places_then_each_year_its_holder() -> None:
    first, second = make_place(GUCHENG, 2026), make_place(HUNAN, 2026)
    connection.cursor().execute("SET CONSTRAINTS community_code_once_a_day DEFERRED")

    redesignate(first, code=HUNAN, on=NEW_YEAR)
    redesignate(second, code=GUCHENG, on=NEW_YEAR)

    connection.cursor().execute("SET CONSTRAINTS community_code_once_a_day IMMEDIATE")
    assert listed(DISTRICT, 2026) == [(GUCHENG, "古城社区", 2847), (HUNAN, "湖南社区", 4000)]
    assert listed(DISTRICT, 2027) == [(GUCHENG, "湖南社区", None), (HUNAN, "古城社区", None)]


def test_register_when_merged_then_past_years_list_both() -> None:
    make_place(GUCHENG, 2026)
    make_place(HUNAN, 2026)

    Community.objects.filter(code=HUNAN).update(valid_until=NEW_YEAR)

    assert [row[0] for row in listed(DISTRICT, 2026)] == [GUCHENG, HUNAN]
    assert [row[0] for row in listed(DISTRICT, 2027)] == [GUCHENG]


def test_register_when_a_village_became_urban_then_only_since() -> None:
    community = make_community(GUCHENG, "古城村村民委员会")

    redesignate(community, name="古城社区居委会", on=NEW_YEAR)

    assert listed(DISTRICT, 2026) == []
    assert [row[:2] for row in listed(DISTRICT, 2027)] == [(GUCHENG, "古城社区")]


def test_register_when_facts_lie_outside_the_unit_then_the_same_for_every_reader(
    district_officer: User, city_officer: User
) -> None:
    community = make_place(GUCHENG, 2026)
    AnnualFacts.objects.filter(community=community).update(
        code="371521001009", street_code="371521001", district_code="371521"
    )

    seen = []
    for user in (city_officer, district_officer):
        Division.objects.filter(code=STREET).update(name=f"街道{user.pk}")  # nothing is kept
        with scope(user.scope), reading(user, DISTRICT):
            seen.append(listed(DISTRICT, 2026))

    assert seen == [[(GUCHENG, "古城社区", None)]] * 2


def test_register_then_one_query_more_for_former_codes_however_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(1, 31):
        community = make_community(f"3715020010{number:02d}", f"第{number}社区居委会")
        if number > 1:
            redesignate(community, code=f"3715020011{number:02d}", on=NEW_YEAR)
    with django_assert_num_queries(3):
        after = get_register(DISTRICT, 2027)
    with django_assert_num_queries(4):
        before = get_register(DISTRICT, 2026)

    assert (len(after), len(before)) == (30, 30)


# ── the whole assessment of a past year, before and after ──


def columns(assessment: Assessment) -> list[Any]:
    """Every figure of an assessment, so that two can be compared to the fen."""
    register = assessment.register
    found: list[Any] = [register.codes, register.names.tolist(), register.statuses.tolist()]
    found += [column.tolist() for column in register.extra.values()]
    found += [np.asarray(register.facts.get("households").num).tolist()]
    for key in [*assessment.subjects, "premises", "funding"]:
        measure = assessment.measure(key)
        parts = (measure.required, measure.low, measure.actual, measure.gap, measure.blocked)
        found += [(key, *(np.asarray(part).tolist() for part in parts))]
    for subject in assessment.subjects:
        payers = assessment.payers(subject)
        found += [(subject, {payer: sums.tolist() for payer, sums in payers.items()})]
    return found


def test_assessment_of_a_past_year_when_codes_and_names_change_then_the_same_to_the_fen(
    city_officer: User,
) -> None:
    load_texts()
    world = {code: make_place(code) for code in (GUCHENG, HUNAN, WENXUAN, LIUYUAN, CHANGZHENG)}
    make_place(YANGGU)

    def figures() -> list[Any]:
        day = date(2026, 12, 31)
        return [
            columns(get_assessment(city_officer, unit, 2026, day))
            for unit in (DISTRICT, OTHER_DISTRICT, "3715")
        ]

    before = figures()
    assert before[0][0] == sorted(world)
    with transaction.atomic():
        connection.cursor().execute("SET CONSTRAINTS community_code_once_a_day DEFERRED")
        redesignate(world[GUCHENG], code=HUNAN, on=NEW_YEAR)
        redesignate(world[HUNAN], code=GUCHENG, name="湖西社区居委会", on=NEW_YEAR)
        redesignate(world[LIUYUAN], code="371521001009", on=NEW_YEAR)
        redesignate(world[CHANGZHENG], code="371502001019", on=date(2027, 6, 1))
        Community.objects.filter(code=WENXUAN).update(valid_until=NEW_YEAR)
        connection.cursor().execute("SET CONSTRAINTS community_code_once_a_day IMMEDIATE")

    assert figures() == before
    assert get_register(DISTRICT, 2027).codes == [GUCHENG, HUNAN, "371502001019"]


# ── scope ──


def test_officer_of_the_old_district_then_still_reads_the_past_year(
    district_officer: User,
) -> None:
    community = make_place(GUCHENG, 2026)
    redesignate(community, code="371521001009", on=NEW_YEAR)

    with scope(district_officer.scope):
        assert not Community.objects.exists()
        assert listed(DISTRICT, 2026) == [(GUCHENG, "古城社区", 2847)]
        assert listed(DISTRICT, 2027) == []


def test_make_former_then_what_applying_an_act_would_leave() -> None:
    community = make_place(NEW_CODE, 2027)
    make_former(community, NEW_YEAR, code=GUCHENG, name="古城社区居委会")
    make_facts(community, 2026, code=GUCHENG)

    assert listed(DISTRICT, 2026) == [(GUCHENG, "古城社区", 2847)]
    assert listed(DISTRICT, 2027)[0][0] == NEW_CODE
