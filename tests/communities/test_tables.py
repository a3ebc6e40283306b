"""Exports: columns, lines, and files that no spreadsheet takes for anything but data."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from communities.selectors.ledger import Ledger, Query, get_ledger
from communities.tables.files import CHUNK, Heading, csv_chunks, spreadsheet_safe, write_xlsx
from communities.tables.ledger import ledger_headings, ledger_lines
from tests.factories import make_community
from tests.files import csv_rows, xlsx_kinds, xlsx_rows
from tests.world import DISTRICT, GUCHENG, HUNAN, WENXUAN, assessed, make_place, make_world

HEADINGS = (Heading("代码"), Heading("户数", "count"), Heading("金额（元）", "amount"))
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a"]


def as_csv(lines: Sequence[Sequence[Any]]) -> list[list[str]]:
    return csv_rows("".join(csv_chunks(HEADINGS, lines)).encode())


def as_xlsx(lines: Sequence[Sequence[Any]], title: str = "表", notes: Sequence[str] = ()) -> bytes:
    out = io.BytesIO()
    write_xlsx(out, title, HEADINGS, lines, notes)
    return out.getvalue()


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_then_gets_an_apostrophe(text: str) -> None:
    assert spreadsheet_safe(text) == f"'{text}"
    assert as_csv([(text, 1, None)])[1] == [f"'{text}", "1", ""]
    content = as_xlsx([(text, 1, None)], title=text, notes=[text])
    safe = f"'{text}".replace("\r", "_x000D_")
    cells = [str(row[0]).replace("\r", "_x000D_") for row in xlsx_rows(content)]
    assert [cells[place] for place in (0, 1, 3)] == [safe] * 3


@pytest.mark.parametrize("text", ["", "古城社区", "1-2", "a=b", "371502001001", "'quoted"])
def test_text_that_does_not_then_stays(text: str) -> None:
    assert spreadsheet_safe(text) == text


def test_csv_then_every_cell_comes_back() -> None:
    lines = [('古城,"社区"\n甲', 2847, Decimal("260000.00")), ("", None, Decimal("-0.05"))]

    assert as_csv(lines) == [
        ["代码", "户数", "金额（元）"],
        ['古城,"社区"\n甲', "2847", "260000.00"],
        ["", "", "-0.05"],
    ]


@pytest.mark.parametrize("count", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1])
def test_csv_in_chunks_then_every_line_once(count: int) -> None:
    chunks = list(
        csv_chunks(HEADINGS, [(f"第{number}行", number, None) for number in range(count)])
    )

    assert [row[1] for row in csv_rows("".join(chunks).encode())[1:]] == [
        str(number) for number in range(count)
    ]
    assert len(chunks) == 2 + count // CHUNK


def test_xlsx_then_title_notes_headings_and_numbers_as_numbers() -> None:
    content = as_xlsx(
        [("371502001001", 2847, Decimal("999999999999.99")), ("007", None, Decimal(0))],
        title="聊城市2026年度汇总",
        notes=["甲", "乙"],
    )

    assert xlsx_rows(content) == [
        ["聊城市2026年度汇总", "", ""],
        ["甲", "", ""],
        ["乙", "", ""],
        ["代码", "户数", "金额（元）"],
        ["371502001001", 2847.0, 999999999999.99],
        ["007", "", 0.0],
    ]
    assert xlsx_kinds(content, 5) == ["s", "n", "n"]
    assert xlsx_kinds(content, 6) == ["s", "n"]


def test_xlsx_when_a_text_is_an_address_or_a_number_then_stays_text() -> None:
    content = as_xlsx([("https://example.org", 1, None), ("12", 2, None)])

    assert [row[0] for row in xlsx_rows(content)[2:]] == ["https://example.org", "12"]
    assert [xlsx_kinds(content, row)[0] for row in (3, 4)] == ["s", "s"]


def lines(user: User, **asked: Any) -> list[tuple[Any, ...]]:
    ledger: Ledger = get_ledger(assessed(user), Query(DISTRICT, **asked))
    return list(ledger_lines(ledger))


@pytest.mark.django_db
def test_ledger_line_then_as_its_headings_say(district_officer: User) -> None:
    make_world()

    assert [heading.label for heading in ledger_headings("居委会成员")] == [
        "社区代码",
        "社区",
        "街道",
        "核定户数（户）",
        "常住人口（人）",
        "类型",
        "居委会成员应配（人）",
        "居委会成员在岗（人）",
        "居委会成员差额（人）",
        "用房合计应有（㎡）",
        "用房现有（㎡）",
        "用房差额（㎡）",
        "年度经费测算（元）",
        "填报状态",
        "不能测算的原因",
    ]
    assert lines(district_officer)[:3] == [
        (
            GUCHENG,
            "古城社区",
            "古楼街道",
            2847,
            7000,
            "老城",
            9,
            7,
            -2,
            Decimal("854.10"),
            Decimal("128.00"),
            Decimal("-726.10"),
            Decimal("260000.00"),
            "已确认",
            "",
        ),
        (
            HUNAN,
            "湖南社区",
            "古楼街道",
            4000,
            9000,
            "新建",
            9,
            9,
            0,
            Decimal("1500.00"),
            Decimal("1900.00"),
            Decimal("400.00"),
            Decimal("280000.00"),
            "待审核",
            "",
        ),
        (
            WENXUAN,
            "文轩社区",
            "古楼街道",
            None,
            None,
            "老城",
            None,
            None,
            None,
            None,
            None,
            None,
            Decimal("200000.00"),
            "填报中",
            "缺少核定户数",
        ),
    ]


@pytest.mark.django_db
def test_ledger_lines_then_the_rows_of_the_page_in_its_order(district_officer: User) -> None:
    make_world()
    ledger = get_ledger(assessed(district_officer), Query(DISTRICT, sort="-households"))

    rows = ledger[0:50]

    assert list(ledger_lines(ledger)) == [
        (
            row.code,
            row.name,
            row.street_name,
            row.households,
            row.population,
            row.area_kind_label,
            *(row.staff.required, row.staff.actual, row.staff.gap),
            *(row.premises.required, row.premises.actual, row.premises.gap),
            row.funding.value,
            row.status,
            line[-1],
        )
        for row, line in zip(rows, ledger_lines(ledger), strict=True)
    ]


@pytest.mark.django_db
def test_ledger_lines_of_a_hundred_then_one_query(
    district_officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_world(GUCHENG)
    for number in range(2, 102):
        make_place(f"371502001{number:03}", households=number)
    ledger = get_ledger(assessed(district_officer), Query(DISTRICT))

    with django_assert_num_queries(1):
        made = list(ledger_lines(ledger))

    assert len(made) == 101


@pytest.mark.django_db
def test_ledger_line_when_a_name_is_a_formula_then_guarded_in_both_files(
    district_officer: User,
) -> None:
    make_community(name="=cmd|'/c calc'!A1社区")
    made = lines(district_officer)
    headings = ledger_headings("居委会成员")
    out = io.BytesIO()

    write_xlsx(out, "表", headings, made)

    assert csv_rows("".join(csv_chunks(headings, made)).encode())[1][1].startswith("'=cmd")
    assert str(xlsx_rows(out.getvalue())[2][1]).startswith("'=cmd")
