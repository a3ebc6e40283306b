"""Yearly figures: the nearest division answers, wrong rows are refused."""

from fractions import Fraction

import numpy as np
import pytest

from policy.engine import Series, SeriesError

PRICE = {"series": "average_sale_price", "year": 2017}
CODES = ["371502001001", "371503001001", "330206001001", "371502"]


def price(division, value, **more):
    return {**PRICE, "division": division, "value": value, **more}


def nested():
    return Series.from_rows([
        price("371502", "4300"), price("3715", 4200), price("37", "4100.5"), price("", "4000"),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("code", "division", "value"),
    [
        ("371502001001", "371502", "4300"),
        ("371503001001", "3715", "4200"),
        ("370101001001", "37", "4100.5"),
        ("330206001001", "", "4000"),
        ("3715", "3715", "4200"),
    ],
)
def test_figure_when_several_divisions_have_one_is_the_nearest(code, division, value):
    found = nested().find("average_sale_price", code, 2017)

    assert (found.division, found.year, found.value) == (division, 2017, Fraction(value))


def test_figure_when_no_division_or_year_has_one_is_none():
    series = Series.from_rows([price("3715", "4200")])

    assert series.find("average_sale_price", "330206001001", 2017) is None
    assert series.find("average_sale_price", "371502001001", 2016) is None
    assert series.find("average_rent", "371502001001", 2017) is None


def test_column_when_asked_for_many_codes_equals_find_for_each():
    series = Series.from_rows([price("371502", "1/3"), price("3715", "-2"), price("33", "5%")])
    numbers = np.array([int(code.ljust(12, "0")) for code in CODES])

    column, missing = series.column("average_sale_price", numbers, 2017)

    found = [series.find("average_sale_price", code, 2017) for code in CODES]
    assert missing.tolist() == [one is None for one in found]
    assert [column.at(row) for row in range(4)] == [one.value if one else 0 for one in found]


def test_column_when_a_figure_passes_int64_is_wide():
    series = Series.from_rows([price("3715", "9" * 20), price("37", "1/7")])

    column, _ = series.column("average_sale_price", np.array([371502001001, 370101001001]), 2017)

    assert [column.at(0), column.at(1)] == [10**20 - 1, Fraction(1, 7)]


def test_column_when_there_is_no_figure_is_missing_everywhere():
    column, missing = Series({}).column("average_rent", np.array([371502001001]), 2017)

    assert (column.at(0), missing.tolist()) == (0, [True])


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ({"series": "average_rent", "unit": "元/㎡·年", "value": "120"}, Fraction(10)),
        ({"series": "average_rent", "unit": "", "value": "10"}, Fraction(10)),
        ({"series": "平均租金", "unit": "yuan/m2/month", "value": "10"}, Fraction(10)),
        ({"series": "rent", "value": "10"}, Fraction(10)),
        ({"series": "average_wage", "unit": "元/月", "value": "5000"}, Fraction(60000)),
        ({"series": "natural_growth", "unit": "%", "value": "3"}, Fraction(3, 100)),
        ({"series": "natural_growth", "unit": "", "value": "3"}, Fraction(3, 100)),
        ({"series": "natural_growth", "unit": "ratio", "value": "3%"}, Fraction(3, 100)),
        ({"series": "disposable_income", "unit": "yuan", "value": " 30000.5 "}, Fraction(60001, 2)),
    ],
)
def test_unit_when_known_is_turned_into_the_catalogues(row, value):
    series = Series.from_rows([{"division": "3715", "year": " 2017 ", **row}])

    [kind] = [key for key, _ in series._figures]
    assert series.find(kind, "371502001001", 2017).value == value


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            price("3715", "1", series="rents"),
            "序列第2行：没有名为“rents”的序列，可用：average_sale_price",
        ),
        (price("371", "1"), "序列第2行：区划代码“371”应为2、4或6位数字，全国留空"),
        (price("371502001", "1"), "序列第2行：区划代码“371502001”应为2、4或6位数字，全国留空"),
        (price("聊城", "1"), "序列第2行：区划代码“聊城”应为2、4或6位数字，全国留空"),
        (price("٣٧", "1"), "序列第2行：区划代码“٣٧”应为2、4或6位数字，全国留空"),
        (price("3715", "1e3"), "序列第2行：年份“2017”或数值“1e3”不是数字"),
        (price("3715", ""), "序列第2行：年份“2017”或数值“”不是数字"),
        (price("3715", "1", year="去年"), "序列第2行：年份“去年”或数值“1”不是数字"),
        (price("3715", "1", year="2_017"), "序列第2行：年份“2_017”或数值“1”不是数字"),
        (
            price("3715", "1", unit="万元"),
            "序列第2行：“商品房平均销售价格”的单位“万元”不认识，可用：元/㎡、",
        ),
        (
            price("37", "4101"),
            "序列第2行：37 2017年的“average_sale_price”出现两个不同的数，删去一行",
        ),
    ],
)
def test_row_when_wrong_is_refused_with_its_number(row, message):
    with pytest.raises(SeriesError) as refused:
        Series.from_rows([price("37", "4100"), row])

    assert str(refused.value).startswith(message)


def test_row_when_the_same_figure_is_given_twice_is_taken_once():
    series = Series.from_rows([price("37", "4100"), price("37", "4100.00")])

    assert series.find("average_sale_price", "37", 2017).value == 4100
