"""Headings as people write them, and what a code is told."""

import pytest

from collection.rules.fields import FIELDS, Field
from collection.services.matching import code_mistake, match_headings, match_notes, plain_code
from collection.services.sheets import FileError

TYPED = {name: field for name, field in FIELDS.items() if not field.from_division}


@pytest.mark.parametrize("field", TYPED.values(), ids=lambda field: field.name)
def test_label_heading_and_column_of_every_fact_are_matched(field: Field) -> None:
    for heading in (field.label, field.heading, field.name):
        assert match_headings([heading], TYPED) == [field.name]


@pytest.mark.parametrize("field", TYPED.values(), ids=lambda field: field.name)
def test_other_names_of_every_fact_are_matched(field: Field) -> None:
    assert [match_headings([alias], TYPED)[0] for alias in field.aliases] == [
        field.name for _ in field.aliases
    ]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("户籍户数", "households_registered"),
        (" 户籍\n户数 （户） ", "households_registered"),
        ("户籍户数(户)*", "households_registered"),
        ("＊户籍户数【户】", "households_registered"),
        ("户籍户数（必填）", "households_registered"),
        ("2026年户籍户数", "households_registered"),
        ("2026年度户籍户数（户）", "households_registered"),
        ("用房建筑面积（平方米）", "premises_area_m2"),
        ("用房建筑面积（m²）", "premises_area_m2"),
        ("用房建筑面积(M2)", "premises_area_m2"),
        ("上年到位经费（单位：元）", "received_yuan"),
        ("社区代码", "code"),
        ("统计用区划代码（12位）", "code"),
        ("社区（村）", "name"),
        ("社区名称", "name"),
        ("变动原因", "reason"),
        ("序号", ""),
        ("结果", ""),
        ("街道", ""),
        ("", ""),
        ("负责人", ""),
        ("应配居委会成员", ""),
        ("用房差额（㎡）", ""),
        ("核定户数（户）", ""),
    ],
)
def test_heading_is_matched_whatever_stands_around_it(heading: str, name: str) -> None:
    assert match_headings([heading], TYPED) == [name]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("上年到位经费（万元）", "列“上年到位经费（万元）”没有读，单位应为元，换算后再导入"),
        ("用房建筑面积（亩）", "列“用房建筑面积（亩）”没有读，单位应为㎡，换算后再导入"),
        ("户籍户数（人）", "列“户籍户数（人）”没有读，单位应为户，换算后再导入"),
        ("户籍户数（百户）", "列“户籍户数（百户）”没有读，单位应为户，换算后再导入"),
    ],
)
def test_column_of_another_unit_is_never_read(heading: str, said: str) -> None:
    assert match_headings([heading], TYPED) == [""]
    assert match_notes([heading, "社区代码", "", "我的备忘"], TYPED) == [said]


def test_two_columns_of_one_fact_are_refused_with_their_letters() -> None:
    with pytest.raises(FileError) as error:
        match_headings(["社区代码", "户籍户数", "社区", "户籍户数（户）"], TYPED)

    assert str(error.value) == "B列“户籍户数”和D列“户籍户数（户）”是同一项。删去一列再上传"


def test_label_comes_before_a_word_like_it() -> None:
    found = match_headings(["户数", "常住户数"], TYPED)

    assert found == ["", "households_resident"]


def test_two_unknown_columns_of_one_name_are_no_matter() -> None:
    assert match_headings(["社区代码", "备忘", "备忘", "", ""], TYPED) == ["code", "", "", "", ""]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("371502001001", ""),
        ("３７１５０２００１００１", ""),
        (" 371502 001001　", ""),
        ("3715", "代码“3715”是4位，应为12位"),
        ("37150200100", "代码“37150200100”是11位，应为12位"),
        ("3715020010011", "代码“3715020010011”是13位，应为12位"),
        (
            "3.71502001001E+11",
            "代码“3.71502001001E+11”成了科学记数，代码列应设为文本格式后重新填写",
        ),
        ("37150200100A", "代码“37150200100A”不全是数字，应为12位数字"),
        ("٣٧١٥٠٢٠٠١٠٠١", "代码“٣٧١٥٠٢٠٠١٠٠١”不全是数字，应为12位数字"),
        ("合计", "“合计”是合计行，删去此行"),
        ("", "没有代码，填写12位代码"),
    ],
)
def test_code_is_told_what_is_wrong_with_it(code: str, said: str) -> None:
    assert code_mistake(code) == said


def test_plain_code_has_plain_digits() -> None:
    assert plain_code("３７１５０２ 001001") == "371502001001"
