"""Columns of the sheet's exports."""

from decimal import Decimal

import pytest

from accounts.models import User
from portal.selectors.sheet import Sheet
from portal.tables import sheet_headings, sheet_lines
from tests.world import DISTRICT, assessed, make_world

pytestmark = pytest.mark.django_db


def test_headings_then_with_units_and_those_who_pay() -> None:
    labels = [heading.label for heading in sheet_headings(["县（市、区）级", "未载明"])]

    assert labels == [
        "级别",
        "代码",
        "名称",
        "社区数（个）",
        "核定户数（户）",
        "居委会成员应配（人）",
        "居委会成员在岗（人）",
        "居委会成员缺额（人）",
        "专职工作人员应配（人）",
        "用房应有（㎡）",
        "用房现有（㎡）",
        "用房缺额（㎡）",
        "工作经费（元）",
        "服务群众专项经费（元）",
        "其他经费（元）",
        "经费合计（元）",
        "县（市、区）级承担（元）",
        "未载明承担（元）",
        "不能测算的社区（个）",
    ]


def test_lines_then_a_row_and_those_under_it(district_officer: User) -> None:
    make_world()
    made = Sheet(assessed(district_officer), DISTRICT)
    (code, rows), _ = made.parts(9)
    children = [
        made.row(made.assessment.register.codes[row], f"第{row}个", "", rows[row : row + 1])
        for row in rows
    ]

    lines = list(sheet_lines("街道", made.row(code, "古楼街道", "", rows, children=children)))

    assert [line[:3] for line in lines] == [
        ("街道", "371502001", "古楼街道"),
        ("社区", "371502001001", "第0个"),
        ("社区", "371502001002", "第1个"),
        ("社区", "371502001003", "第2个"),
    ]
    assert lines[0][3:] == (
        3,
        6847,
        *(18, 16, -2),
        None,
        *(Decimal("2354.10"), Decimal("2028.00"), Decimal("-726.10")),
        Decimal("140000.00"),
        Decimal("600000.00"),
        None,
        Decimal("740000.00"),
        Decimal("740000.00"),
        1,
    )
    assert {len(line) for line in lines} == {len(sheet_headings(made.payer_labels))}
