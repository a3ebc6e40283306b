"""Import of index series: what a file would change, its mistakes row by row, demo figures."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from policy import services
from policy.models import IndexValue

pytestmark = pytest.mark.django_db
HEADER = "division,series,year,value,unit,source,document\n"
GOOD = (
    HEADER
    + "3715,average_sale_price,2025,6720.50,元/㎡,年鉴,第3页\n,社会平均工资,2025,90000,,公报,\n"
)


def mistakes(text: str, within: str = "0") -> list[tuple[int, str]]:
    return [(one.number, one.message) for one in services.preview_series(text, within=within).wrong]


def test_series_when_imported_twice_then_nothing_changes() -> None:
    first, second = services.import_series(GOOD), services.import_series(GOOD)

    assert (len(first.new), len(second.new), second.unchanged) == (2, 0, 2)
    assert [(one.division_code, one.series, one.plain_value, one.unit) for one in stored()] == [
        ("3715", "average_sale_price", "6720.5", "元/㎡"),
        ("", "average_wage", "90000", "元/年"),
    ]


def stored() -> list[IndexValue]:
    return list(IndexValue.objects.order_by("series"))


def test_series_when_figures_differ_then_shown_and_changed() -> None:
    services.import_series(GOOD)

    done = services.import_series(GOOD.replace("6720.50", "6800"))

    assert [(str(one.figure), one.before) for one in done.changed] == [
        ("3715 2025年商品房平均销售价格", "6720.5元/㎡（年鉴）")
    ]
    assert stored()[0].plain_value == "6800"


def test_series_when_previewed_then_nothing_is_written() -> None:
    preview = services.preview_series(GOOD)

    assert (len(preview.new), preview.can_import, IndexValue.objects.count()) == (2, True, 0)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("3715,rainfall,2025,1,,年鉴,", "没有名为“rainfall”的序列。可用：商品房平均销售价格、"),
        ("3715,average_rent,25,1,,年鉴,", "年度“25”不是四位年份"),
        ('3715,average_rent,2025,"6,720",,年鉴,', "数值“6,720”不是数字。写成4200或4200.5，"),
        ("3715,average_rent,2025,NaN,,年鉴,", "数值“NaN”不是数字"),
        ("3715,average_rent,2025,１２,,年鉴,", "数值“１２”不是数字"),
        ("3715,average_rent,2025,-3,,年鉴,", "平均租金“-3”应大于0"),
        ("37150,average_rent,2025,1,,年鉴,", "“37150”不是区划代码。填2、4或6位数字，全国留空"),
        ("3715,average_rent,2025,1,美元,年鉴,", "“平均租金”的单位“美元”不认识，可用：元/㎡·月、"),
        ("3715,average_rent,2025,1,,,", "来源：此字段不能为空。"),
        (
            "3715,average_rent,2199,1,,年鉴\n3715,平均租金,2199,2,,年鉴",
            "与第2行是同一个地方、年度和序列",
        ),
    ],
)
def test_series_when_a_row_is_mistaken_then_its_value_is_named(row: str, said: str) -> None:
    ((number, message),) = mistakes(HEADER + row)

    assert message.startswith(said)
    assert number == (3 if "\n" in row else 2)


def test_series_when_one_row_is_mistaken_then_none_is_written() -> None:
    services.import_series(GOOD + "3715,rainfall,2025,1,,年鉴,\n")

    assert IndexValue.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "表头没有“区划代码、序列、年度、数值、来源”列"),
        (
            "区划代码,序列,年度,数值\n",
            "表头没有“来源”列。表头写成：division,series,year,value,unit,",
        ),
        (HEADER + '3715,"average_rent,2025,1,,年鉴,\n', "引号没有配对"),
    ],
)
def test_series_when_the_file_cannot_be_read_then_said(text: str, said: str) -> None:
    ((_, message),) = mistakes(text)

    assert message.startswith(said)


def test_series_when_the_file_is_too_long_then_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policy.services.series.MOST_ROWS", 2)

    assert mistakes(GOOD)[-1] == (3, "文件超过2行。分成几个文件导入")


def test_series_when_headings_are_chinese_then_read() -> None:
    text = "年度,区划代码,指数,数值,来源\n2025,3715,平均租金,13.5,年鉴\n\n"

    preview = services.preview_series(text)

    assert [str(one) for one in preview.new] == ["3715 2025年平均租金"]


def test_series_when_outside_the_scope_then_refused() -> None:
    said = "区划代码“全国”不在你的辖区3715内。删去这一行，或由上级导入"

    assert mistakes(GOOD, within="3715") == [(3, said)]


def test_command_when_files_are_good_and_bad_then_counts_and_rows(tmp_path: Path) -> None:
    good, bad, out = tmp_path / "good.csv", tmp_path / "bad.csv", StringIO()
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(HEADER + "3715,rainfall,2025,1,,年鉴,\n" * 30, encoding="utf-8")

    call_command("import_series", good, "--preview", stdout=out)
    assert IndexValue.objects.count() == 0
    call_command("import_series", good, stdout=out)
    good.write_text(GOOD.replace("90000", "91000"), encoding="utf-8")
    call_command("import_series", good, stdout=out)
    with pytest.raises(CommandError, match=r"(?s)bad.csv: nothing imported\n  第2行：.*… 10 more"):
        call_command("import_series", bad, stdout=out)
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_series", tmp_path / "none.csv", stdout=out)

    assert out.getvalue().splitlines() == [
        "good.csv: 2 new, 0 changed, 0 unchanged, 0 wrong",
        "good.csv: 2 new, 0 changed, 0 unchanged, 0 wrong",
        "good.csv: 0 new, 1 changed, 1 unchanged, 0 wrong",
        "  全国 2025年社会平均工资: 90000元/年（公报） → 91000元/年",
        "bad.csv: 0 new, 0 changed, 0 unchanged, 30 wrong",
    ]


def test_load_texts_when_demo_then_figures_of_both_places_marked_as_demo() -> None:
    out = StringIO()

    call_command("load_texts", "--demo", stdout=out)
    call_command("load_texts", "--demo", stdout=out)

    call_command("load_texts", stdout=StringIO())
    assert out.getvalue().splitlines()[-4:] == [
        "5 new texts", "32 new figures, 0 unchanged", "0 new texts", "0 new figures, 32 unchanged",
    ]  # fmt: skip
    assert set(IndexValue.objects.values_list("division_code", "source")) == {
        ("3715", "演示数据"),
        ("330206", "演示数据"),
    }
