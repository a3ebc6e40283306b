"""Cells become whole numbers of every kind, or are refused with what to do."""

import datetime
from decimal import Decimal

import numpy as np
import pytest

from policy.engine import FactError, Facts, catalogue
from policy.engine.facts import read_fact, split_levels

DAY = datetime.date(2018, 3, 31)


def read(name, value):
    return read_fact(catalogue().facts[name], value)


@pytest.mark.parametrize(
    ("name", "value", "held"),
    [
        ("households", "2847", 2847),
        ("households", 2847, 2847),
        ("households", "0", 0),
        ("households", "2847.0", 2847),
        ("households", " 12 ", 12),
        ("households", "1/1", 1),
        ("households", Decimal("3.00"), 3),
        ("households", "1" * 40, int("1" * 40)),
        ("premises_area", "33333.34", 3333334),
        ("premises_area", "0.5", 50),
        ("premises_area", "12.50", 1250),
        ("premises_area", "12.500", 1250),
        ("premises_area", "1/4", 25),
        ("contract_price", Decimal("99.9"), 9990),
        ("rented_months", "12", 12),
        ("area_kind", "new", 0),
        ("area_kind", " built ", 1),
        ("area_kind", "老城", 1),
        ("area_kind", "old", 1),
        ("premises_tenure", "租赁", 1),
        ("post", "副主任", 4),
        ("central_urban", "true", 1),
        ("central_urban", "TRUE", 1),
        ("central_urban", True, 1),
        ("central_urban", 1, 1),
        ("central_urban", "是", 1),
        ("central_urban", "no", 0),
        ("central_urban", False, 0),
        ("central_urban", "0", 0),
        ("first_move_in_on", "2018-03-31", DAY.toordinal()),
        ("first_move_in_on", DAY, DAY.toordinal()),
        ("households", "", None),
        ("central_urban", None, None),
        ("first_move_in_on", "", None),
    ],
)
def test_cell_when_it_is_of_its_kind_is_held_as_a_whole_number(name, value, held):
    assert read(name, value) == held


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("households", "-1", "核定户数“-1”小于0，核对符号"),
        ("households", "1,200", "核定户数“1,200”不是确切的数字，改成阿拉伯数字"),
        ("households", "1_200", "核定户数“1_200”不是确切的数字，改成阿拉伯数字"),
        ("households", "1e3", "核定户数“1e3”不是确切的数字，改成阿拉伯数字"),
        ("households", "１２", "核定户数“１２”不是确切的数字，改成阿拉伯数字"),
        ("households", "٣", "核定户数“٣”不是确切的数字，改成阿拉伯数字"),
        ("households", "nan", "核定户数“nan”不是确切的数字，改成阿拉伯数字"),
        ("households", Decimal("NaN"), "核定户数“NaN”不是确切的数字，改成阿拉伯数字"),
        ("households", Decimal("Infinity"), "核定户数“Infinity”不是确切的数字，改成阿拉伯数字"),
        ("households", "三千", "核定户数“三千”不是确切的数字，改成阿拉伯数字"),
        ("households", True, "核定户数“True”不是确切的数字，改成阿拉伯数字"),
        ("households", "1" * 41, f"核定户数“{'1' * 41}”不是确切的数字，改成阿拉伯数字"),
        ("households", "12.5", "核定户数“12.5”的小数太多，最多0位小数"),
        ("premises_area", "1.005", "用房面积（建筑面积）“1.005”的小数太多，最多2位小数"),
        ("premises_area", "1/3", "用房面积（建筑面积）“1/3”的小数太多，最多2位小数"),
        ("rented_months", "13", "当年租用月数“13”大于12，核对数字"),
        ("street_tier", "strong",
         "街道财力“strong”不在可选项里，可填：better（较强）、weaker（较弱）"),
        ("central_urban", "maybe", "中心城区“maybe”应填true或false"),
        ("first_move_in_on", "2018-02-30",
         "首批居民入住日“2018-02-30”不是日期，写成2026-01-31的样子"),
        ("first_move_in_on", "2018/3/1", "首批居民入住日“2018/3/1”不是日期，写成2026-01-31的样子"),
        ("first_move_in_on", "9999-12-31",
         "首批居民入住日“9999-12-31”不在1900到2200年之间，核对年份"),
    ],
)  # fmt: skip
def test_cell_when_it_is_not_of_its_kind_says_how_to_mend_it(name, value, message):
    with pytest.raises(FactError) as refused:
        read(name, value)

    assert str(refused.value) == message


@pytest.mark.parametrize("heading", ["premises_area", "premises_area_m2", "用房面积（建筑面积）"])
def test_heading_when_key_column_or_label_names_the_fact(heading):
    facts = Facts.from_columns(["371502001001"], {heading: ["420"]})

    assert list(facts.columns) == ["premises_area"]


def test_heading_when_unknown_is_refused_with_the_known_ones():
    with pytest.raises(FactError, match="没有名为“户数”的事实，可用：households、"):
        Facts.from_columns(["371502001001"], {"户数": ["1"]})


def test_heading_when_one_fact_is_given_twice_is_refused():
    with pytest.raises(FactError, match="“核定户数”和另一列是同一个事实“核定户数”，删去一列"):
        Facts.from_columns(["371502001001"], {"households": ["1"], "核定户数": ["2"]})


def test_rows_when_some_lack_a_fact_mark_it_missing_there():
    facts = Facts.from_rows([{"code": "1", "households": 5}, {"code": "2"}])

    assert facts.get("households").num.tolist() == [5, 0]
    assert facts.get("households").missing.tolist() == [False, True]


def test_fact_when_never_given_is_missing_everywhere():
    facts = Facts.from_rows([{"code": "371502001001"}, {"code": "371502001002"}])

    assert facts.get("dwellings").missing.tolist() == [True, True]
    assert facts.one(1).get("dwellings").missing is True


def test_single_row_when_taken_equals_its_place_in_the_columns():
    facts = Facts.from_rows([
        {"code": "371502001001", "households": 5, "premises_area": "1.5"},
        {"code": "371502001002", "premises_area": "2.25"},
    ])  # fmt: skip

    for row, alone in ((0, facts.one(0)), (1, facts.one(1))):
        assert alone.codes == [facts.codes[row]]
        for name in ("households", "premises_area"):
            column, single = facts.get(name), alone.get(name)
            held = column.missing is not False and bool(column.missing[row])
            assert (single.num, single.missing) == (int(column.num[row]), held)
            assert single.column().at(0) == column.column().at(row)


def test_rows_when_taken_keep_their_codes_and_figures():
    facts = Facts.from_rows([{"code": f"37150200100{n}", "households": n} for n in range(4)])

    part = facts.take(np.array([3, 1]))

    assert list(part.codes) == ["371502001003", "371502001001"]
    assert part.get("households").num.tolist() == [3, 1]
    assert part.numbers.tolist() == [371502001003, 371502001001]


def test_counts_when_given_as_integers_are_held_without_reading():
    facts = Facts.from_columns(["1", "2"], {"households": np.array([7, 9], dtype=np.int32)})

    column = facts.get("households")
    assert (column.num.tolist(), column.missing, column.bound) == ([7, 9], False, 9)


def test_counts_when_integers_are_below_zero_are_refused():
    with pytest.raises(FactError, match="核定户数“-1”小于0，核对符号"):
        Facts.from_columns(["1"], {"households": np.array([-1])})


def test_counts_when_there_are_no_rows_are_empty():
    facts = Facts.from_columns([], {"households": np.array([], dtype=np.int64), "dwellings": []})

    assert (len(facts), len(facts.get("households").num), len(facts.get("dwellings").num)) == (
        0,
        0,
        0,
    )


def test_codes_when_read_as_numbers_are_padded_and_estates_stand_with_their_community():
    facts = Facts.from_rows([{"code": code} for code in ("3715", "371502001001", "371502001001-2")])

    assert facts.numbers.tolist() == [371500000000, 371502001001, 371502001001]
    assert facts.prefixes(6).tolist() == [371500, 371502, 371502]


def test_levels_when_codes_differ_in_length_are_told_apart():
    codes = ["371502001001", "3715", "371502001001-1", "371502", "37", "371502001"]
    facts = Facts.from_rows([{"code": code} for code in codes])

    levels = {level: rows.tolist() for level, rows in split_levels(facts).items()}
    assert levels == {
        "community": [0], "estate": [2], "city": [1], "district": [3], "province": [4],
        "street": [5],
    }  # fmt: skip


def test_levels_when_asked_again_are_the_same():
    facts = Facts.from_rows([{"code": "371502001001"}, {"code": "3715"}])

    assert split_levels(facts) is split_levels(facts)


def test_levels_when_a_code_has_another_length_say_so():
    facts = Facts.from_rows([{"code": "37150"}])

    with pytest.raises(ValueError, match="代码“37150”有5位，应为2、4、6、9或12位"):
        split_levels(facts)
