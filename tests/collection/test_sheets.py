"""Reading tables: encodings, separators, headings wherever they stand, cells that say nothing."""

from datetime import date, datetime
from typing import Any

import pytest

from collection.services.sheets import FileError, Sheet, read_sheet
from tests.sheet_samples import HEADINGS, ROWS, csv_text, workbook

TEXTS = [["371502001001", "古城社区", "2847", "8012"], ["371502001002", "王口社区", "1685", "4100"]]


def read(content: bytes | str, name: str = "数据.xlsx", **more: Any) -> Sheet:
    body = content.encode() if isinstance(content, str) else content
    return read_sheet(name, body, **({"most_rows": 20_000, "most_bytes": 10 * 2**20} | more))


def refused(content: bytes | str, name: str = "数据.xlsx", **more: Any) -> str:
    with pytest.raises(FileError) as error:
        read(content, name, **more)
    return str(error.value)


def test_workbook_is_read_as_texts_with_its_row_numbers() -> None:
    assert read(workbook()) == Sheet("填报", list(HEADINGS), TEXTS, [2, 3])


@pytest.mark.parametrize(
    "body",
    [
        csv_text().encode(),
        b"\xef\xbb\xbf" + csv_text().encode(),
        csv_text().encode("gbk"),
        csv_text().encode("gb18030"),
        csv_text(sign="\t").encode("utf-16"),
        csv_text(sign="\t").encode(),
        csv_text(sign=";").encode(),
        csv_text(sign="，").encode(),
        ("sep=;\r\n" + csv_text(sign=";")).encode(),
        csv_text().replace("\r\n", "\n").encode(),
        csv_text().replace("\r\n", "\r").encode(),
    ],
    ids=["utf-8", "bom", "gbk", "gb18030", "utf-16", "tabs", "semicolons", "full-width commas",
         "sep line", "unix lines", "old mac lines"],
)  # fmt: skip
def test_text_file_is_read_whatever_its_encoding_and_separator(body: bytes) -> None:
    assert read(body, "数据.csv") == Sheet("", list(HEADINGS), TEXTS, [2, 3])


@pytest.mark.parametrize("sign", ["\t", ",", "  ", "　　", " "])
def test_pasted_block_is_read_whatever_stands_between_its_cells(sign: str) -> None:
    headings = ("社区代码", "社区", "户籍户数", "常住人口")
    pasted = "\n".join(sign.join(str(cell) for cell in row) for row in (headings, *ROWS))

    assert read(pasted, "") == Sheet("", list(headings), TEXTS, [2, 3])


def test_pasted_cells_with_line_breaks_and_quotes_are_one_cell_each() -> None:
    pasted = '社区代码\t"户籍\n户数"\t备注\n371502001001\t2847\t"含""新区""\n两个小区"\n'

    sheet = read(pasted, "")

    assert sheet.headings == ["社区代码", "户籍 户数", "备注"]
    assert sheet.rows == [["371502001001", "2847", '含"新区"\n两个小区']]
    assert sheet.numbers == [2]


def test_pasted_quote_that_is_no_quotation_stays_as_it_is() -> None:
    sheet = read('社区代码\t社区\n371502001001\t"古城"社区\n', "")

    assert sheet.rows == [["371502001001", '"古城"社区']]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (3000, "3000"),
        (3000.0, "3000"),
        (3000.5, "3000.5"),
        (0.1 + 0.2, "0.3"),
        (371502001001, "371502001001"),
        (110105194912310000, "1.1010519491231E+17"),
        (True, "TRUE"),
        (" 3000　", "3000"),
        ("３，０００", "３，０００"),
        ("=1+1", "=1+1"),
        ("'0635", "0635"),
        ("", ""),
    ],
)
def test_cell_is_the_text_that_excel_shows(raw: Any, text: str) -> None:
    def write(_book: Any, sheet: Any) -> None:
        put = sheet.write_string if isinstance(raw, str) else sheet.write
        put(1, 2, raw)

    rows = (HEADINGS, ("371502001001", "古城社区", None, 8012))

    assert read(workbook(rows, write)).rows[0][2] == text


def test_days_are_read_as_days_and_times_as_they_look() -> None:
    def write(book: Any, sheet: Any) -> None:
        day = book.add_format({"num_format": "yyyy年m月d日"})
        sheet.write_datetime(1, 2, date(2015, 1, 5), day)
        sheet.write_datetime(1, 3, datetime(2015, 1, 5, 8, 30), day)  # noqa: DTZ001

    row = read(workbook((HEADINGS, ("371502001001", "古城社区")), write)).rows[0]

    assert row[2:] == ["2015-01-05", "2015-01-05T08:30:00"]


def test_formula_counts_with_its_value_and_without_one_is_empty() -> None:
    def write(_book: Any, sheet: Any) -> None:
        sheet.write_formula(1, 2, "=1000+847", None, 1847)
        sheet.write_formula(1, 3, "=1+1", None, "")

    sheet = read(workbook((HEADINGS, ("371502001001", "古城社区")), write))

    assert (sheet.rows[0][2:], sheet.problems) == (["1847", ""], {})


def test_formula_error_is_named_with_its_cell() -> None:
    def write(_book: Any, sheet: Any) -> None:
        sheet.write_formula(1, 2, "=A9", None, "#REF!")
        sheet.write_formula(2, 3, "=1/0", None, "#DIV/0!")

    sheet = read(workbook((HEADINGS, *ROWS), write))

    assert [sheet.rows[0][2], sheet.rows[1][3]] == ["#REF!", "#DIV/0!"]
    assert sheet.problems == {
        (2, 2): "C2是#REF!，公式引用的单元格已不在。改成数值",
        (3, 3): "D3是#DIV/0!，公式除以了0。改成数值",
    }


def test_empty_part_of_a_merged_cell_is_named_and_not_filled() -> None:
    def write(_book: Any, sheet: Any) -> None:
        sheet.merge_range(1, 2, 2, 2, 2847)

    sheet = read(workbook((HEADINGS, *ROWS), write))

    assert [row[2] for row in sheet.rows] == ["2847", ""]
    assert sheet.problems == {
        (3, 2): "C3在合并单元格C2:C3里，没有自己的数。在这里填写，或取消合并后重新上传"
    }


def test_first_visible_sheet_is_read_and_the_others_are_named() -> None:
    def write(book: Any, sheet: Any) -> None:
        other = book.add_worksheet("第二张")
        other.write_row(0, 0, HEADINGS)
        other.write_row(1, 0, ROWS[1])
        book.add_worksheet("第三张")
        sheet.hide()
        other.set_first_sheet()
        other.activate()

    sheet = read(workbook(change=write))

    assert (sheet.sheet_name, sheet.rows) == ("第二张", TEXTS[1:])
    assert sheet.notes == ["只读了第一个可见的工作表“第二张”，没有读“第三张”"]


def test_hidden_rows_and_columns_are_read_and_named() -> None:
    def write(_book: Any, sheet: Any) -> None:
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})

    sheet = read(workbook(change=write))

    assert sheet.rows == TEXTS
    assert sheet.notes == ["第3行在Excel里是隐藏的，也读了", "Excel里隐藏的列也读了"]


def test_title_above_blank_rows_and_feet_are_no_rows() -> None:
    rows = (
        ("古楼街道2027年度社区数据",),
        (),
        HEADINGS,
        ROWS[0],
        (),
        ROWS[1],
        (),
        ("填表人：李敏", None, "审核人：王芳"),
        ("注：户数为常住户数",),
    )

    sheet = read(workbook(rows))

    assert (sheet.headings, sheet.rows, list(sheet.numbers)) == (list(HEADINGS), TEXTS, [4, 6])
    assert sheet.notes == ["第8、9行是表尾的说明，没有读"]


def test_two_rows_of_headings_are_one() -> None:
    def write(_book: Any, sheet: Any) -> None:
        sheet.merge_range(0, 2, 0, 3, "户数（户）")

    upper = ("社区代码", "社区", None, None, "人口（人）", "应配人员")
    lower = (None, None, "户籍", "常住", "常住", "居委会成员")
    row = ("371502001001", "古城社区", 2847, 2900, 8012, 7)

    sheet = read(workbook((upper, lower, row), write))

    assert sheet.headings == [
        "社区代码", "社区", "户籍户数（户）", "常住户数（户）", "常住人口（人）",
        "应配人员 居委会成员",
    ]  # fmt: skip
    assert sheet.rows == [["371502001001", "古城社区", "2847", "2900", "8012", "7"]]
    assert list(sheet.numbers) == [3]


def test_row_with_more_cells_than_headings_is_named() -> None:
    body = "社区代码,社区,户籍户数\n371502001001,古城社区,2,847\n"

    sheet = read(body, "数据.csv")

    assert sheet.rows == [["371502001001", "古城社区", "2"]]
    assert sheet.problems == {(2, 0): "这一行有4格，表头只有3列。核对数字里是否有多出的逗号"}


def test_code_kept_from_excel_by_a_formula_is_the_code() -> None:
    body = '社区代码,社区\n"=""371502001001""",古城社区\n\'371502001002,王口社区\n'

    assert read(body, "数据.csv").rows == [
        ["371502001001", "古城社区"],
        ["371502001002", "王口社区"],
    ]


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("", "没有识别到数据。复制时包含表头"),
        (" \n ", "没有识别到数据。复制时包含表头"),
        ("2847\t8012\n1685\t4100", "没有识别到表头。复制时包含表头，表头里要有“社区代码”或“社区”"),
        ("社区代码\t户籍户数\n", "表头下面没有数据。复制时包含数据行"),
    ],
)
def test_paste_without_heading_or_rows_is_refused(pasted: str, said: str) -> None:
    assert refused(pasted, "") == said


def test_unmatched_quote_is_refused_with_its_line() -> None:
    body = '社区代码,社区,备注\n371502001001,古城社区,好\n371502001002,"王口社区,好\n'

    assert refused(body, "数据.csv") == "第3行：引号没有配对。补上或删去引号"


def test_rows_up_to_the_limit_are_read_and_one_more_is_refused() -> None:
    rows = [("371502001001", "古城社区", 1, 2)] * 20_001

    assert len(read(csv_text([HEADINGS, *rows[:-1]]), "数据.csv").rows) == 20_000
    assert refused(csv_text([HEADINGS, *rows]), "数据.csv") == (
        "表里超过20,000行。分成几个文件，每个不超过20,000行"
    )


def test_file_over_the_size_is_refused_before_it_is_read() -> None:
    assert refused(b"x" * 11 * 2**20) == (
        "文件有11.0MB，最多10MB。只留要导入的行和列，另存后再上传"
    )


def test_equal_texts_are_one_object() -> None:
    sheet = read(csv_text([HEADINGS, *[ROWS[0]] * 3]), "数据.csv")

    assert len({id(row[1]) for row in sheet.rows}) == 1


def test_row_of_units_below_the_headings_belongs_to_them() -> None:
    rows = (("社区代码", "社区", "户籍户数", "上年到位经费"), (None, None, "户", "万元"))

    sheet = read(workbook((*rows, ROWS[0])))

    assert sheet.headings == ["社区代码", "社区", "户籍户数（户）", "上年到位经费（万元）"]
    assert sheet.rows == TEXTS[:1]
