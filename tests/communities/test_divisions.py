"""Import of division files: reading, mistakes, preview, one transaction, the command."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from communities.models import Community, Division
from communities.services import import_divisions, preview_divisions
from communities.services.rows import read_rows
from tests.factories import make_community, make_division, make_former

ON = date(2026, 11, 21)
DATA = sorted((Path(settings.BASE_DIR) / "data").glob("divisions-*.csv"))
SMALL = """code,name,level
37,山东省,province
3715,聊城市,city
371502,东昌府区,district
371502001,古楼街道,street
371502001001,古城社区居委会,community
371502001200,大路村委会,community
"""


def mistakes(text: str) -> list[tuple[int, str]]:
    return [(error.number, error.message) for error in read_rows(text)[1]]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("3715020010,甲", "代码“3715020010”是10位。应为2、4、6、9或12位"),
        ("37150200100,甲", "代码“37150200100”是11位。应为2、4、6、9或12位"),
        ("3715020010011,甲", "代码“3715020010011”是13位。应为2、4、6、9或12位"),
        ("371,甲", "代码“371”是3位。应为2、4、6、9或12位"),
        (
            "3.71502001001E+11,甲",
            "代码“3.71502001001E+11”成了科学记数。代码列应设为文本格式，再填一次",
        ),
        ("37150200100A,甲", "代码“37150200100A”不全是数字。合计行删去，其他的改成区划代码"),
        ("合计,278", "代码“合计”不全是数字。合计行删去，其他的改成区划代码"),
        (",甲", "没有代码。填写2、4、6、9或12位代码"),
        ("371502001001,", "没有名称。填写全称"),
        ("371502001001", "没有名称。填写全称"),
        ("371502001001,古城\u200b社区", "名称“古城社区”里有不可见字符。重新键入名称"),
        ("371502001001,古城\u202e社区", "名称“古城社区”里有不可见字符。重新键入名称"),
        ('371502001001,"古城\n社区"', "名称“古城社区”里有不可见字符。重新键入名称"),
        (f"371502001001,{'长' * 65}", "名称有65个字。缩短到64个字以内"),
    ],
)
def test_mistake_names_row_value_and_remedy(row: str, message: str) -> None:
    assert mistakes(f"代码,名称\n{row}\n") == [(2, message)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("名称\n古城\n", [(1, "表头没有“代码”列。表头写成：代码,名称")]),
        ("code,代码,name\n", [(1, "表头有几个“代码”列。表头写成：代码,名称")]),
        ("", [(1, "表头没有“代码”列。表头写成：代码,名称")]),
        ('code,name\n37,"山东省\n', [(2, "引号没有配对。补上或删去引号")]),
        (
            "code,name\n37,山东省\n37,山东省\n",
            [(3, "代码37与第2行重复。删去一行")],
        ),
    ],
)
def test_file_that_is_not_understood_says_why(text: str, expected: list[tuple[int, str]]) -> None:
    assert mistakes(text) == expected


def test_full_width_digits_blanks_and_empty_lines_are_cleaned() -> None:
    rows, errors = read_rows("名称,代码,备注\n　山东省 ,３７,x\n\n,,\n聊城市,3715\n")

    assert errors == []
    assert [(row.number, row.code, row.name) for row in rows] == [
        (2, "37", "山东省"),
        (5, "3715", "聊城市"),
    ]


def test_preview_writes_nothing(db: None) -> None:
    preview = preview_divisions(SMALL, on=ON)

    assert (len(preview.new), preview.changed, preview.unchanged, preview.wrong) == (6, [], 0, [])
    assert preview.can_import
    assert Division.objects.count() == 0


def test_import_adds_divisions_and_communities_with_what_follows_from_names(db: None) -> None:
    import_divisions(SMALL, on=ON, valid_from=date(2023, 6, 30))

    assert list(Division.objects.values_list("code", "level")) == [
        ("37", "province"),
        ("3715", "city"),
        ("371502", "district"),
        ("371502001", "street"),
    ]
    assert list(
        Community.objects.values_list(
            "code", "short_name", "initials", "committee_kind", "valid_from"
        )
    ) == [
        ("371502001001", "古城社区", "gcsq", "residents", date(2023, 6, 30)),
        ("371502001200", "大路村", "dlc", "villagers", date(2023, 6, 30)),
    ]


def test_import_again_changes_nothing(db: None) -> None:
    import_divisions(SMALL, on=ON)

    again = import_divisions(SMALL, on=ON)

    assert (again.new, again.changed, again.unchanged) == ([], [], 6)
    assert not again.can_import


def test_import_with_another_name_changes_it_and_what_follows(db: None) -> None:
    import_divisions(SMALL, on=ON)
    renamed = SMALL.replace("古城社区居委会", "新城社区居委会").replace("古楼街道", "鼓楼街道")

    done = import_divisions(renamed, on=ON)

    assert [(change.row.code, change.before, change.row.name) for change in done.changed] == [
        ("371502001", "古楼街道", "鼓楼街道"),
        ("371502001001", "古城社区居委会", "新城社区居委会"),
    ]
    community = Community.objects.get(code="371502001001")
    assert (community.short_name, community.initials) == ("新城社区", "xcsq")
    assert Community.objects.matching("新城").get() == community
    assert Division.objects.get(code="371502001").name == "鼓楼街道"
    assert labels(community) == ["insert", "update"]


def labels(community: Community) -> list[str]:
    return list(community.events.order_by("pgh_id").values_list("pgh_label", flat=True))


def test_import_with_one_mistake_writes_nothing(db: None) -> None:
    done = import_divisions(SMALL + "371503001001,别处社区,\n", on=ON)

    assert [(error.number, error.message) for error in done.wrong] == [
        (8, "上级371503001不在文件里，库里也没有。先导入上级，或改正代码371503001001")
    ]
    assert (Division.objects.count(), Community.objects.count()) == (0, 0)


def test_row_outside_the_scope_is_a_mistake(db: None) -> None:
    make_community()

    done = preview_divisions(
        "code,name\n371502001002,湖南社区\n330206002002,杜鹃社区\n", on=ON, within="3715"
    )

    assert [row.code for row in done.new] == ["371502001002"]
    assert [(error.number, error.message) for error in done.wrong] == [
        (3, "代码330206002002不在你的辖区3715内。删去这一行，或由上级导入")
    ]


def test_rows_of_a_higher_level_that_are_as_they_are_do_no_harm(db: None) -> None:
    make_community()

    done = preview_divisions(SMALL, on=ON, within="371502")

    assert done.wrong == []
    assert done.unchanged == 5


def test_cancelled_code_can_be_issued_again(db: None) -> None:
    make_community(valid_until=date(2024, 1, 1))

    done = import_divisions(SMALL, on=ON, valid_from=date(2024, 1, 1))

    assert [row.code for row in done.new] == ["371502001001", "371502001200"]
    assert Community.objects.filter(code="371502001001").count() == 2


@pytest.mark.parametrize("valid_from", [None, date(2023, 12, 31)])
def test_code_that_has_ended_stays_as_it_is(db: None, valid_from: date | None) -> None:
    make_community(valid_until=date(2024, 1, 1))

    done = import_divisions(SMALL, on=ON, valid_from=valid_from)

    assert [row.code for row in done.ended] == ["371502001001"]
    assert [row.code for row in done.new] == ["371502001200"]
    assert done.wrong == []
    assert Community.objects.get(code="371502001001").valid_until == date(2024, 1, 1)


def test_former_code_of_a_community_is_not_new_before_the_day_it_was_given_up(db: None) -> None:
    community = make_community("371502001009")
    make_former(community, date(2026, 7, 1), code="371502001001")

    early = preview_divisions(SMALL, on=ON)
    late = preview_divisions(SMALL, on=ON, valid_from=date(2026, 7, 1))

    assert [row.code for row in early.ended] == ["371502001001"]
    assert [row.code for row in early.new] == ["371502001200"]
    assert [row.code for row in late.new] == ["371502001001", "371502001200"]


def test_name_that_a_change_act_gave_stays_as_it_is(db: None) -> None:
    community = make_community(name="新城社区居委会")
    make_former(community, date(2026, 7, 1), name="古城社区居委会")
    Division.objects.filter(code="371502001").update(valid_until=date(2026, 7, 1))
    make_division("371502001", name="新楼街道", valid_from=date(2026, 7, 1))
    make_division("371502009", name="某街道", valid_from=date(2020, 1, 1))
    text = SMALL + "371502009,另街道,street\n"

    done = import_divisions(text, on=ON)

    assert [(one.row.code, one.before, one.row.name) for one in done.decided] == [
        ("371502001", "新楼街道", "古楼街道"),
        ("371502001001", "新城社区居委会", "古城社区居委会"),
    ]
    # one that merely began on a day is corrected as ever
    assert [one.row.code for one in done.changed] == ["371502009"]
    community.refresh_from_db()
    assert community.name == "新城社区居委会"
    assert Division.objects.get(code="371502001", valid_until=None).name == "新楼街道"


def test_code_that_begins_later_stays_as_it_is(db: None) -> None:
    make_community(valid_from=date(2027, 1, 1))

    done = import_divisions(SMALL, on=ON)

    assert [row.code for row in done.ended] == ["371502001001"]
    assert Community.objects.filter(code="371502001001").count() == 1


def test_row_below_a_division_that_has_ended_is_a_mistake(db: None) -> None:
    make_community()
    Division.objects.filter(code="371502001").update(valid_until=date(2024, 1, 1))

    done = import_divisions(SMALL, on=ON)

    assert [row.code for row in done.ended] == ["371502001"]
    assert [(error.number, error.message) for error in done.wrong] == [
        (7, "上级371502001已停用。改成现在的上级的代码，或删去这一行")
    ]


def run(*arguments: object, **options: object) -> str:
    connection.cursor().execute("RESET ROLE")
    out = io.StringIO()
    call_command("import_divisions", *arguments, stdout=out, **options)
    return out.getvalue()


def test_command_imports_the_files_that_ship_and_again_changes_nothing(db: None) -> None:
    first, second = run(*DATA), run(*DATA)

    assert first == (
        "divisions-330206-beilun.csv: 247 new, 0 changed, 0 unchanged, 0 wrong\n"
        "divisions-3715-liaocheng.csv: 2554 new, 0 changed, 0 unchanged, 0 wrong\n"
    )
    assert second == (
        "divisions-330206-beilun.csv: 0 new, 0 changed, 247 unchanged, 0 wrong\n"
        "divisions-3715-liaocheng.csv: 0 new, 0 changed, 2554 unchanged, 0 wrong\n"
    )
    assert Community.objects.filter(committee_kind="residents").count() == 323


def test_command_preview_writes_nothing(db: None, tmp_path: Path) -> None:
    file = tmp_path / "small.csv"
    file.write_text(SMALL, encoding="utf-8")

    assert run(file, preview=True) == "small.csv: 6 new, 0 changed, 0 unchanged, 0 wrong\n"
    assert Division.objects.count() == 0


def test_command_with_a_code_that_has_ended_says_so(db: None, tmp_path: Path) -> None:
    make_community(valid_until=date(2024, 1, 1))
    file = tmp_path / "small.csv"
    file.write_text(SMALL, encoding="utf-8")

    assert run(file) == ("small.csv: 1 new, 0 changed, 4 unchanged, 0 wrong, 1 ended and left so\n")


def test_command_with_mistakes_lists_them_and_fails(db: None, tmp_path: Path) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text(SMALL + "合计,6\n", encoding="utf-8")

    with pytest.raises(CommandError, match="nothing imported\n  第8行：代码“合计”"):
        run(file)


def test_command_without_the_file_says_so(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"missing\.csv"):
        run(tmp_path / "missing.csv")


@pytest.mark.parametrize(("rows", "told"), [(1003, True), (903, False)])
def test_large_import_then_the_database_knows_how_many_there_are(
    db: None, rows: int, told: bool
) -> None:
    lines = [f"{371502002000 + number},甲{number}社区居委会" for number in range(rows - 4)]
    above = ["37,山东省", "3715,聊城市", "371502,东昌府区", "371502002,柳园街道"]
    import_divisions("\n".join(["code,name", *above, *lines]), on=ON)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples FROM pg_class WHERE oid = 'communities_community'::regclass"
        )
        [known] = cursor.fetchone() or [None]
    assert (known == rows - 4) is told
