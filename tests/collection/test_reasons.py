"""Reasons of several figures in one cell."""

import pytest

from collection.rules.reasons import Reasons, read_reasons, write_reasons


@pytest.mark.parametrize(
    ("text", "named", "others"),
    [
        ("", {}, ""),
        ("拆迁", {}, "拆迁"),
        ("拆迁；会议纪要", {}, "拆迁；会议纪要"),
        ("常住户数：拆迁", {"households_resident": "拆迁"}, ""),
        ("常住户数（户）: 拆迁;网格数：合并",
         {"households_resident": "拆迁", "grids": "合并"}, ""),
        ("常住户数：拆迁；会议纪要3号；网格数：合并",
         {"households_resident": "拆迁；会议纪要3号", "grids": "合并"}, ""),
        ("都核对过\n网格数：合并", {"grids": "合并"}, "都核对过"),
        ("说明：拆迁", {}, "说明：拆迁"),
        ("网格数：", {}, "网格数："),
        ("网格数：" + "长" * 300, {"grids": "长" * 200}, ""),
    ],
)  # fmt: skip
def test_reasons_of_a_cell(text: str, named: dict[str, str], others: str) -> None:
    assert read_reasons(text) == Reasons(named, others)


def test_written_reasons_are_read_again() -> None:
    reasons = {"grids": "合并；会议纪要", "households_resident": "拆\n迁", "dwellings": " "}

    text = write_reasons(reasons)

    assert text == "常住户数：拆 迁；网格数：合并；会议纪要"
    assert read_reasons(text).named == {
        "grids": "合并；会议纪要", "households_resident": "拆 迁",
    }  # fmt: skip
