"""What is impossible, unlikely or worth a look: one case for every rule, and what passes."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from collection.rules.checks import (
    LOOK,
    UNLIKELY,
    WRONG,
    Elsewhere,
    Finding,
    Known,
    check,
    examine,
)
from collection.rules.fields import FIELDS, SECTIONS, typed
from collection.rules.findings import apart
from collection.rules.limits import LIMITS

GOOD: dict[str, Any] = {
    "households_registered": 3000,
    "households_resident": 2900,
    "households_occupied": 2800,
    "households_recorded": 3100,
    "new_households": 60,
    "population_registered": 9000,
    "population_resident": 8000,
    "dwellings": 3200,
    "completed_dwellings": 3200,
    "occupied_dwellings": 2800,
    "area_kind": "built",
    "poor_county": False,
    "gross_floor_area_m2": Decimal(320_000),
    "first_move_in_on": None,
    "grids": 8,
    "premises_tenure": "reallocated",
    "premises_area_m2": Decimal("128.00"),
    "premises_usable_area_m2": Decimal(100),
    "premises_above_ground_area_m2": Decimal(128),
    "work_area_m2": Decimal(88),
    "service_area_m2": Decimal(40),
    "property_area_m2": Decimal(0),
    "service_halls": 1,
    "residents_committees": 1,
    "committee_members_in_post": 7,
    "resident_members": 7,
    "party_members_in_post": 5,
    "community_workers_in_post": 9,
    "extra_workers": 0,
    "social_organisations": 4,
    "social_insurance_yuan": Decimal(12_000),
    "received_yuan": Decimal(60_000),
}
ALL = frozenset(FIELDS)
MEASURE = "households_registered"
KNOWN = Known(last=GOOD, asked=ALL, measure=MEASURE, reference_on=date(2027, 6, 30))


def found(known: Known = KNOWN, **changes: Any) -> list[tuple[str, str, str]]:
    return [(one.name, one.grade, one.message) for one in check({**GOOD, **changes}, known)]


def first_year(**changes: Any) -> list[tuple[str, str, str]]:
    return found(Known(asked=ALL, measure=MEASURE, reference_on=date(2027, 6, 30)), **changes)


def test_check_when_all_is_as_last_year_then_nothing_is_found() -> None:
    assert found() == []
    assert first_year() == []


def test_limits_when_listed_then_every_number_has_its_own() -> None:
    assert set(LIMITS) == {name for name, field in FIELDS.items() if field.is_number}


def test_fields_when_listed_then_each_stands_in_a_section() -> None:
    assert {field.section for field in FIELDS.values()} == set(SECTIONS)
    assert "central_urban" not in [one.name for one in typed(list(FIELDS))]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("premises_area_m2", "填写用房建筑面积。没有用房的填0"),
        ("households_registered", "填写户籍户数"),
        ("area_kind", "选择住区类型"),
        ("new_households", "填写当年新管户数。没有新管户的填0"),
        ("extra_workers", "填写核定增配人数。没有核定的填0"),
        ("received_yuan", "填写上年到位经费。没有到位的填0"),
    ],
)
def test_check_when_an_asked_fact_is_empty_then_it_is_wrong(name: str, message: str) -> None:
    assert found(**{name: None}) == [(name, WRONG, message)]


def test_check_when_an_empty_fact_is_not_asked_then_nothing_is_found() -> None:
    known = Known(asked=frozenset({"households_registered"}), measure=MEASURE)

    assert check({"households_registered": 3000}, known) == []


@pytest.mark.parametrize(
    ("tenure", "empty"),
    [
        ("reallocated", []),
        ("bought", ["contract_price_yuan"]),
        ("rented", ["contract_rent_yuan", "rented_months"]),
    ],
)
def test_check_when_a_contract_is_empty_then_it_is_asked_of_its_tenure_only(
    tenure: str, empty: list[str]
) -> None:
    wrong = [name for name, grade, _ in found(premises_tenure=tenure) if grade == WRONG]

    assert wrong == empty


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"occupied_dwellings": 3300},
            ("occupied_dwellings", WRONG,
             "已入住住宅套数3,300套多于已竣工住宅套数3,200套。改其中一个"),
        ),
        (
            {"completed_dwellings": 3201},
            ("completed_dwellings", WRONG,
             "已竣工住宅套数3,201套多于住宅套数3,200套。改其中一个"),
        ),
        (
            {"resident_members": 8},
            ("resident_members", WRONG,
             "居住在本社区的居委会成员8人多于居委会成员在岗7人。改其中一个"),
        ),
        (
            {"premises_usable_area_m2": Decimal("128.01")},
            ("premises_usable_area_m2", WRONG,
             "用房使用面积128.01㎡多于用房建筑面积128㎡。改其中一个"),
        ),
        (
            {"work_area_m2": Decimal(90)},
            ("service_area_m2", UNLIKELY,
             "工作用房和服务设施合计130㎡，多于用房建筑面积128㎡。核对，写明原因"),
        ),
        (
            {"premises_tenure": "none"},
            ("premises_area_m2", WRONG,
             "取得方式是“没有用房”，用房建筑面积128㎡。改取得方式，或改填0"),
        ),
        (
            {"contract_price_yuan": Decimal(900_000)},
            ("contract_price_yuan", WRONG,
             "取得方式是“整合调剂”，不填购房合同总价。删去900,000，或改取得方式"),
        ),
        (
            {"new_households": 3001},
            ("new_households", WRONG, "当年新管户数3,001户多于户籍户数3,000户。改其中一个"),
        ),
        (
            {"first_move_in_on": date(2027, 7, 1)},
            ("first_move_in_on", WRONG,
             "首批居民入住日2027-07-01晚于统计时点2027-06-30。还没有入住的留空"),
        ),
        (
            {"population_resident": 2000},
            ("population_resident", UNLIKELY,
             "常住人口2,000人，常住户数2,900户，每户0.7人。核对，写明原因"),
        ),
        (
            {"households_occupied": 3101, "dwellings": 3300},
            ("households_occupied", UNLIKELY,
             "实际居住户数3,101户多于实有户数3,100户。核对，写明原因"),
        ),
        (
            {"residents_committees": 0},
            ("residents_committees", UNLIKELY,
             "居委会个数是0，却有成员7人。核对，写明原因"),
        ),
        (
            {"committee_members_in_post": 10, "resident_members": 7},
            ("committee_members_in_post", LOOK, "居委会由5~9人组成，在岗10人，核对"),
        ),
        (
            {"social_insurance_yuan": Decimal(900)},
            ("social_insurance_yuan", UNLIKELY,
             "单位缴纳社会保险每人每年只有900元。核对是不是按月的数，写明原因"),
        ),
        (
            {"grids": 1},
            ("grids", LOOK, "平均每个网格3,000户，核对"),
        ),
        (
            {"gross_floor_area_m2": Decimal(32_000)},
            ("gross_floor_area_m2", UNLIKELY,
             "小区总建筑面积按住宅套数3,200套算，每套10㎡。核对单位"),
        ),
        (
            {"area_kind": "new"},
            ("first_move_in_on", LOOK, "新建住宅区填首批居民入住日，还没有入住的留空"),
        ),
        (
            {"premises_area_m2": Decimal(20_001), "premises_tenure": "lent"},
            ("premises_area_m2", UNLIKELY,
             "用房建筑面积20,001比一般社区大得多。核对是否多输一位"),
        ),
    ],
)  # fmt: skip
def test_check_across_fields(changes: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert expected in first_year(**changes)


def test_check_of_rent_when_it_is_in_another_unit_then_it_is_unlikely() -> None:
    rented = {"premises_tenure": "rented", "rented_months": 12}

    assert first_year(**rented, contract_rent_yuan=Decimal(30_000)) == []
    assert first_year(**rented, contract_rent_yuan=Decimal(30)) == [
        ("contract_rent_yuan", UNLIKELY,
         "租金按128㎡、12个月算，每㎡每月0.02元。核对单位是不是元"),
    ]  # fmt: skip
    assert first_year(**{**rented, "rented_months": 0}, contract_rent_yuan=Decimal(30_000)) == [
        ("rented_months", WRONG, "当年实付租金30,000元，租用月数却是0。填租用的月数"),
    ]


def test_check_of_a_price_when_it_is_in_ten_thousands_then_it_is_unlikely() -> None:
    bought = {"premises_tenure": "bought"}

    assert first_year(**bought, contract_price_yuan=Decimal(640_000)) == []
    assert first_year(**bought, contract_price_yuan=Decimal(64)) == [
        ("contract_price_yuan", UNLIKELY,
         "购房合同总价按128㎡算，每㎡0.50元。核对单位是不是元"),
    ]  # fmt: skip


def test_check_when_there_are_no_rooms_then_a_tenure_or_a_hall_is_asked_about() -> None:
    none = dict.fromkeys(
        ("premises_area_m2", "premises_usable_area_m2", "premises_above_ground_area_m2",
         "work_area_m2", "service_area_m2"), Decimal(0),
    )  # fmt: skip

    assert first_year(**none, premises_tenure="none", service_halls=0) == []
    assert first_year(**none, premises_tenure="lent", service_halls=0) == [
        ("premises_tenure", WRONG, "用房建筑面积填了0，取得方式是“借用”。改选“没有用房”，或改面积"),
    ]
    assert first_year(**none, premises_tenure="none", service_halls=1) == [
        ("service_halls", UNLIKELY, "没有用房，却有一站式服务大厅1个。核对，写明原因"),
    ]


@pytest.mark.parametrize(
    ("last", "value", "grade", "message"),
    [
        (3545, 36_320, UNLIKELY, "户籍户数36,320是上年的10.2倍。核对是否多输一位"),
        (36_320, 3545, UNLIKELY, "户籍户数3,545只有上年36,320的9.8%。核对是否少输一位"),
        (3000, 3300, UNLIKELY, "户籍户数比上年增加10.0%，写明原因"),
        (3000, 2700, UNLIKELY, "户籍户数比上年减少10.0%，写明原因"),
        (3000, 0, UNLIKELY, "户籍户数上年是3,000户，本年是0，写明原因"),
        (0, 3000, UNLIKELY, "户籍户数上年是0，本年是3,000户，写明原因"),
    ],
)
def test_check_against_last_year(last: int, value: int, grade: str, message: str) -> None:
    name = "households_registered"
    known = Known(last={name: last}, measure=name)

    assert check({name: value}, known) == [Finding(name, grade, message)]


@pytest.mark.parametrize(("last", "value"), [(3000, 3299), (3000, 2701), (100, 119), (3000, 3000)])
def test_check_against_last_year_when_the_change_is_small_then_nothing(
    last: int, value: int
) -> None:
    name = "households_registered"

    assert check({name: value}, Known(last={name: last}, measure=name)) == []


def test_check_of_staff_when_one_more_then_no_reason_is_asked() -> None:
    assert found(committee_members_in_post=8) == []
    assert found(community_workers_in_post=11)[0][1] == UNLIKELY


def test_check_of_new_households_when_there_were_none_then_it_is_only_shown() -> None:
    known = Known(last={"new_households": 0})

    assert check({"new_households": 87}, known) == [
        Finding("new_households", LOOK, "当年新管户数上年是0，本年是87户，核对")
    ]


def test_check_when_the_kind_of_area_changed_then_a_reason_is_asked() -> None:
    assert found(area_kind="new", first_move_in_on=date(2020, 1, 1)) == [
        ("area_kind", UNLIKELY, "住区类型上年是“老城区、已建成”，写明原因")
    ]


def test_check_when_the_register_says_otherwise_then_both_figures_are_named() -> None:
    known = Known(elsewhere={"grids": Elsewhere(8, "网格台账", "communities:grids")})

    assert check({"grids": 8}, known) == []
    assert check({"grids": 9}, known) == [
        Finding("grids", LOOK, "网格数与网格台账的8不一致，核对哪一个对")
    ]
    assert check({"grids": 10}, known) == [
        Finding("grids", UNLIKELY, "网格数与网格台账的8不一致，写明原因，或先改网格台账")
    ]


def test_check_when_a_figure_stands_at_a_boundary_then_it_is_shown() -> None:
    known = Known(measure=MEASURE, boundaries={MEASURE: frozenset({3000})})

    assert check({MEASURE: 3000}, known) == [
        Finding(MEASURE, LOOK, "户籍户数正好3,000户，是政策分档的界线，核对")
    ]
    assert check({MEASURE: 3001}, known) == []


def test_check_when_a_field_is_wrong_then_nothing_else_is_said_of_it() -> None:
    assert [one for one in found(resident_members=90) if one[0] == "resident_members"] == [
        ("resident_members", WRONG, "居住在本社区的居委会成员90人多于居委会成员在岗7人。改其中一个")
    ]


def test_check_when_nobody_can_mend_it_then_it_is_not_said() -> None:
    known = Known(asked=frozenset({"households_registered"}), measure=MEASURE)
    stored = {"resident_members": 9, "committee_members_in_post": 7, MEASURE: 3000}

    assert check(stored, known) == []


def test_check_when_a_figure_is_not_asked_then_nothing_is_said_of_it() -> None:
    name = "social_organisations"
    known = Known(
        last={name: 12, "area_kind": "built"},
        elsewhere={name: Elsewhere(1, "组织台账")},
        asked=frozenset({MEASURE}),
        measure=MEASURE,
        boundaries={"dwellings": frozenset({3000})},
    )
    values = {MEASURE: 3000, name: 7, "area_kind": "new", "service_halls": 9, "dwellings": 3000}

    assert check(values, known) == []
    assert check(values, known, frozenset({name})) == [
        Finding(name, UNLIKELY, "备案社区社会组织比上年减少41.7%，写明原因"),
        Finding(name, UNLIKELY, "备案社区社会组织与组织台账的1不一致，写明原因，或先改组织台账"),
    ]


def test_check_when_the_other_figure_is_not_asked_then_it_is_not_refused() -> None:
    area, usable = "premises_area_m2", "premises_usable_area_m2"
    values = {area: Decimal(100), usable: Decimal("588.54")}
    said = "用房使用面积588.54㎡多于用房建筑面积100㎡。"

    assert check(values, Known(asked=frozenset({area}))) == [
        Finding(area, UNLIKELY, f"{said}这次不填报用房使用面积，核对，写明原因")
    ]
    assert check(values, Known(asked=frozenset({area})), frozenset({usable})) == [
        Finding(usable, WRONG, f"{said}改其中一个")
    ]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("“-1”小于0，核对符号", "社区党组织成员在岗：“-1”小于0，核对符号"),
        ("社区党组织成员在岗比上年增加50.0%，写明原因",) * 2,
    ],
)
def test_apart_when_the_sentence_leaves_the_field_out_then_it_is_named(
    message: str, expected: str
) -> None:
    assert apart(Finding("party_members_in_post", WRONG, message)) == expected


def test_examine_when_a_cell_cannot_be_read_then_only_that_is_said_of_it() -> None:
    known = Known(asked=frozenset({"grids", "dwellings"}))

    made = examine({"grids": "约8个", "dwellings": "３，２００"}, known)

    assert made.values == {"dwellings": 3200}
    assert made.unreadable == {"grids"}
    assert [(one.name, one.grade) for one in made.findings] == [("grids", WRONG)]


def test_examine_when_other_fields_are_stored_then_they_are_checked_together() -> None:
    made = examine({"resident_members": "8"}, Known(), {"committee_members_in_post": 7})

    assert [(one.name, one.grade) for one in made.findings] == [("resident_members", WRONG)]
