"""Pages of index series: figures by division and year, entry, import, export."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accounts.models import AccessLog, User
from accounts.scope import scope
from policy.models import IndexValue
from policy.services import content_of
from tests.conftest import Browse
from tests.factories import make_user
from tests.files import csv_rows, xlsx_rows
from tests.queries import queries_of
from tests.world import make_world

pytestmark = pytest.mark.django_db
PRICE = {"series": "average_sale_price", "unit": "元/㎡", "source": "聊城市统计年鉴"}
HEAD = "区划代码\t序列\t年度\t数值\t单位\t来源\t文件\n"


@pytest.fixture
def city(browse: Browse, city_officer: User) -> Client:
    make_world()
    return browse(city_officer)


@pytest.fixture
def district(browse: Browse, district_officer: User) -> Client:
    make_world()
    return browse(district_officer)


def add(division: str, value: str, year: int = 2026, **more: Any) -> IndexValue:
    values = {"division_code": division, "year": year, "value": value} | PRICE | more
    with scope("0"):
        figure = IndexValue.objects.create(**values)
        figure.refresh_from_db()
        return figure


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def row(answer: HttpResponse, series: str = "average_sale_price") -> Any:
    return next(one for one in answer.context["lines"] if one.series == series)


def entry(**more: Any) -> dict[str, Any]:
    values = {
        "division_code": "3715",
        "series": "average_sale_price",
        "year": "2025",
        "value": "6,720.50",
        "unit": "",
        "source": "聊城市统计年鉴",
        "document": "",
        "reason": "",
        "key": "0b9c1a57-8f61-4f9e-8f0f-000000000001",
        "seen": "",
    }
    return values | more


# ── looking ──


def test_page_then_every_series_with_last_year_and_who_entered_it(
    city: Client, city_officer: User
) -> None:
    add("3715", "6650")
    with scope("3715", user=city_officer.pk):
        IndexValue.objects.filter(year=2026).update(value="7000")
    add("3715", "6250", 2025)

    answer = city.get("/indices/?year=2026")
    line = row(answer)

    assert [one.label for one in answer.context["lines"]] == [
        "商品房平均销售价格",
        "平均租金",
        "城镇居民人均可支配收入",
        "社会平均工资",
        "社区工作者人均年收入",
        "工作经费自然增长率",
    ]
    assert (line.own.plain_value, line.last.plain_value, line.change) == ("7000", "6250", 12)
    assert line.entered.by == city_officer.display_name
    assert "+12.0%" in text(answer)


def test_page_then_figures_with_all_their_digits(city: Client) -> None:
    add("3715", "1234567.256789")
    add("3715", "-3.5", series="natural_growth", unit="%")

    lines = city.get("/indices/?year=2026").context["lines"]

    assert [one.text for one in lines] == ["1,234,567.256789", "", "", "", "", "−3.5"]


def test_page_of_a_district_without_its_own_then_the_citys_answers(district: Client) -> None:
    add("3715", "6650")
    add("", "11000")

    line = row(district.get("/indices/?year=2026"))

    assert (line.own, line.above.plain_value, line.above_name) == (None, "6650", "聊城市")


def test_page_above_the_scope_then_only_to_be_read(district: Client) -> None:
    add("3715", "6650")

    page = text(district.get("/indices/?division=3715&year=2026"))

    assert "6,650" in page
    assert "只能查看" in page
    assert "修改<" not in page


@pytest.mark.parametrize("division", ["371503", "3702", "33", "371502001", "abc", "37150"])
def test_page_outside_the_scope_then_not_there(district: Client, division: str) -> None:
    assert district.get(f"/indices/?division={division}").status_code == 404
    assert district.get(f"/indices/new/?division={division}").status_code == 404


def test_page_of_a_reader_then_no_button_that_is_dead(
    browse: Browse, clerk: User, city_finance: User
) -> None:
    make_world()
    add("3715", "6650")

    for user in (clerk, city_finance):
        page = text(browse(user).get("/indices/?year=2026"))
        assert "/indices/new/" not in page
        assert "/edit/" not in page
        assert "/indices/import/" not in page


def test_page_then_what_is_missing_with_the_way_to_enter_it(city: Client) -> None:
    page = text(city.get("/indices/?year=2026"))

    assert "缺少的指数1项" in page
    assert "6个社区的工作经费按不增长计" in page
    assert "/indices/new/?division=3715&amp;series=natural_growth&amp;year=2026" in page


def test_page_when_a_series_is_opened_then_its_changes_with_reasons(city: Client) -> None:
    city.post("/indices/new/", entry())
    figure = IndexValue.objects.get()
    city.post(
        f"/indices/{figure.pk}/edit/",
        entry(value="67205", reason="口径变了", seen=content_of(figure)),
    )

    history = city.get("/indices/?year=2025&series=average_sale_price").context["history"]

    assert [(one.act, one.said, one.reason, one.year) for one in history] == [
        ("修改", "67205元/㎡", "口径变了", 2025),
        ("录入", "6720.5元/㎡", "", 2025),
    ]


def test_page_asks_as_often_for_one_figure_as_for_many(city: Client) -> None:
    add("371502", "6650")
    city.get("/indices/?year=2026")  # what is kept in memory is there now
    few = queries_of(city, "/indices/?year=2026")
    for number in range(3, 33):
        add(f"3715{number:02}", "6650")
    city.get("/indices/?year=2026")

    assert queries_of(city, "/indices/?year=2026") == few


# ── entering ──


def test_figure_when_entered_then_stored_and_shown(city: Client) -> None:
    answer = city.post("/indices/new/", entry())

    assert answer.url == "/indices/?division=3715&year=2025&series=average_sale_price"  # type: ignore[attr-defined]
    assert "已保存2025年商品房平均销售价格" in text(city.get(answer.url))  # type: ignore[attr-defined]
    assert IndexValue.objects.get().plain_value == "6720.5"


def test_figure_when_sent_twice_then_once(city: Client) -> None:
    first, second = city.post("/indices/new/", entry()), city.post("/indices/new/", entry())

    assert (second.status_code, second.url) == (302, first.url)  # type: ignore[attr-defined]
    assert IndexValue.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": "-5"}, "“-5”应大于0"),
        ({"value": "六千"}, "不是数字"),
        ({"year": "2050"}, "2050年还没有到"),
        ({"unit": "万元"}, "单位“万元”不认识"),
        ({"division_code": "3702"}, "没有“3702”这一项"),
        ({"source": ""}, "填写来源"),
    ],
)
def test_figure_when_wrong_then_said_and_nothing_typed_is_lost(
    city: Client, change: dict[str, str], said: str
) -> None:
    answer = city.post("/indices/new/", entry(document="第35页", **change))

    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="第35页"' in text(answer)
    assert IndexValue.objects.count() == 0


def test_figure_when_ten_times_last_years_then_the_reason_is_asked(city: Client) -> None:
    add("3715", "670", 2024)

    answer = city.post("/indices/new/", entry())

    assert answer.status_code == 422
    assert answer.context["form"].errors["reason"] == [
        "商品房平均销售价格6720.5元/㎡是上年670元/㎡的10倍。核对数值和单位，属实的写明原因"
    ]
    assert city.post("/indices/new/", entry(reason="新区开盘")).status_code == 302


def test_figure_when_changed_by_another_meanwhile_then_both_are_seen(city: Client) -> None:
    figure = add("3715", "6600", 2025)
    path, seen = f"/indices/{figure.pk}/edit/", content_of(figure)
    IndexValue.objects.update(value="6700")

    answer = city.post(path, entry(seen=seen))

    assert answer.status_code == 409
    assert "已经有人存为6700元/㎡（聊城市统计年鉴）" in text(answer)
    assert 'value="6,720.50"' in text(answer)
    again = answer.context["form"]["seen"].value()
    assert city.post(path, entry(seen=again)).status_code == 302
    assert IndexValue.objects.get().plain_value == "6720.5"


def test_figure_of_a_division_above_then_not_there(district: Client) -> None:
    figure = add("3715", "6650")

    assert district.get(f"/indices/{figure.pk}/edit/").status_code == 404
    assert district.post(f"/indices/{figure.pk}/edit/", entry()).status_code == 404


def test_figure_when_entered_for_a_division_outside_by_hand_then_refused(
    district: Client,
) -> None:
    assert district.post("/indices/new/", entry(division_code="3715")).status_code == 422
    assert district.post("/indices/new/", entry(division_code="")).status_code == 422
    assert IndexValue.objects.count() == 0


# ── many at once ──


def test_block_when_looked_at_then_nothing_is_stored_before_it_is_taken(city: Client) -> None:
    add("3715", "6650")
    block = (
        HEAD + "3715\t平均租金\t2026\t13.5\t\t公报\t\n3715\t平均房价\t2026\t６，８００\t\t公报\t\n"
    )

    seen = city.post("/indices/import/", {"block": block})
    preview = seen.context["preview"]

    assert (len(preview.new), len(preview.changed), preview.unchanged) == (1, 1, 0)
    assert IndexValue.objects.count() == 1
    form = {"block": seen.context["form"]["block"].value(), "take": "1", "key": KEY}
    assert city.post("/indices/import/", form).status_code == 302
    assert city.post("/indices/import/", form).status_code == 302
    assert sorted(one.plain_value for one in IndexValue.objects.all()) == ["13.5", "6800"]
    assert AccessLog.objects.filter(act="import").count() == 1


def test_block_when_a_figure_changed_since_it_was_looked_at_then_looked_at_again(
    city: Client,
) -> None:
    block = HEAD + "3715\t平均租金\t2026\t13.5\t\t公报\t\n"
    seen = city.post("/indices/import/", {"block": block}).context["preview"].digest
    add("3715", "13.1", series="average_rent")
    form = {"block": block, "take": "1", "key": KEY, "shown": seen}

    answer = city.post("/indices/import/", form)

    assert answer.status_code == 409
    assert "要导入的和你看过的不同：框里改过，或有人改了指数。核对后再导入" in text(answer)
    now = answer.context["preview"]
    assert [one.before for one in now.changed] == ["13.1元/㎡（聊城市统计年鉴）"]
    form["shown"] = now.digest
    assert city.post("/indices/import/", form).status_code == 302
    assert [one.plain_value for one in IndexValue.objects.all()] == ["13.5"]


KEY = "0b9c1a57-8f61-4f9e-8f0f-000000000002"


def test_block_when_a_row_is_wrong_then_mended_in_place(city: Client) -> None:
    block = HEAD + "3702\t平均租金\t2026\t13.5\t\t公报\t\n"

    answer = city.post("/indices/import/", {"block": block, "take": "1"})

    assert answer.status_code == 422
    assert "第2行：区划代码“3702”不在你的辖区3715内" in text(answer)
    assert answer.context["form"]["block"].value() == block
    assert IndexValue.objects.count() == 0


def test_block_when_a_figure_is_unlikely_then_the_reason_is_asked(city: Client) -> None:
    add("3715", "665", 2025)
    block = HEAD + "3715\t平均房价\t2026\t6650\t\t公报\t\n"

    answer = city.post("/indices/import/", {"block": block, "take": "1", "key": KEY})

    assert answer.status_code == 422
    assert "核对后写明原因，或改正" in text(answer)
    assert (
        answer.context["form"]["block"].value().endswith("3715\t平均房价\t2026\t6650\t\t公报\t\n")
    )
    given = {"block": block, "take": "1", "key": KEY, "reason": "属实"}
    assert city.post("/indices/import/", given).status_code == 302
    assert IndexValue.objects.filter(year=2026).count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"block": ""}, "粘贴表格或选择文件"),
        ({"block": "地方\t数\n聊城\t1\n"}, "表头没有“区划代码、序列、年度、数值、来源”列"),
        ({"file": SimpleUploadedFile("a.csv", b"%PDF-1.7")}, "这是PDF文件"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "文件是空的"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04nothing")}, "损坏"),
        ({"file": SimpleUploadedFile("a.csv", b"x" * 1_100_000)}, "文件有1.0MB"),
    ],
)
def test_import_when_it_cannot_be_read_then_said(
    city: Client, data: dict[str, Any], said: str
) -> None:
    answer = city.post("/indices/import/", data)

    assert answer.status_code == 422
    assert said in text(answer)


def test_export_when_imported_again_then_nothing_changes(city: Client) -> None:
    add("3715", "6650")
    add("371502", "7100.25", document="=1+1")
    book = city.get("/indices/export.xlsx").content

    answer = city.post("/indices/import/", {"file": SimpleUploadedFile("指数.xlsx", book)})

    preview = answer.context["preview"]
    assert (preview.wrong, preview.new, preview.changed, preview.unchanged) == ([], [], [], 2)
    assert "和已录入的一样，没有要导入的" in text(answer)


def test_export_then_the_scopes_figures_and_a_line_in_the_log(city: Client) -> None:
    add("3715", "6650")
    add("3302", "16000")

    rows = csv_rows(city.get("/indices/export.csv").content)

    assert rows == [
        ["区划代码", "区划名称", "序列", "年度", "数值", "单位", "来源", "文件"],
        ["3715", "聊城市", "商品房平均销售价格", "2026", "6650", "元/㎡", "聊城市统计年鉴", ""],
    ]
    assert AccessLog.objects.get(act="export").target == "聊城市指数.csv"
    assert len(xlsx_rows(BytesIO(city.get("/indices/export.xlsx").content).getvalue())) >= 2


def test_import_when_of_the_whole_country_then_the_nations_figures_too(
    browse: Browse, administrator: User
) -> None:
    client = browse(administrator)
    block = HEAD + "\t平均租金\t2026\t13.5\t\t公报\t\n"

    answer = client.post("/indices/import/", {"block": block, "take": "1", "key": KEY})

    assert answer.status_code == 302
    assert IndexValue.objects.get().division_code == ""
    elsewhere = browse(make_user("city_officer", "3302")).post("/indices/import/", {"block": block})
    assert "区划代码“全国”不在你的辖区3302内" in text(elsewhere)
