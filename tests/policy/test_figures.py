"""One figure of a series: stored once, not over another's, and looked at beside the year before."""

from datetime import date
from decimal import Decimal
from threading import Barrier, Thread
from time import sleep
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from accounts.scope import scope
from policy.models import IndexValue
from policy.services import (
    StaleFigureError,
    StaleSeriesError,
    content_of,
    preview_rows,
    save_figure,
    unlikely,
)
from policy.services.figures import above_of
from policy.services.series import import_rows

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def figure(value: str = "6650", year: int = 2026, **more: Any) -> IndexValue:
    values = {"division_code": "3715", "series": "average_sale_price", "source": "年鉴"} | more
    return IndexValue(year=year, value=Decimal(value), **values)


def save(one: IndexValue, seen: str = "", **more: Any) -> IndexValue:
    values: dict[str, Any] = {"on": DAY, "within": "3715"} | more
    return save_figure(figure=one, seen=seen, **values)


def refused(one: IndexValue, **more: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        save(one, **more)
    return error.value.message_dict


def test_figure_when_stored_then_in_its_usual_unit() -> None:
    stored = save(figure())

    assert (stored.plain_value, stored.unit, IndexValue.objects.count()) == ("6650", "元/㎡", 1)


def test_figure_when_stored_twice_then_the_second_changes_nothing() -> None:
    first = save(figure())
    second = save(figure())

    assert (second.pk, IndexValue.objects.count()) == (first.pk, 1)
    assert first.events.count() == 1  # type: ignore[attr-defined]


def test_figure_when_another_stored_one_meanwhile_then_refused_with_theirs() -> None:
    save(figure("6600"))

    with pytest.raises(StaleFigureError) as stale:
        save(figure("6650"))

    assert stale.value.present.plain_value == "6600"
    assert save(figure("6650"), seen=content_of(stale.value.present)).plain_value == "6650"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": "-1"}, {"value": ["商品房平均销售价格“-1”应大于0"]}),
        ({"unit": "万元"}, "unit"),
        ({"year": 2027}, {"year": ["2027年还没有到。核对年度，最晚填2026年"]}),
        ({"source": ""}, "source"),
        (
            {"division_code": "3702"},
            {"division_code": ["区划代码“3702”不在你的辖区3715内。选辖区内的地方"]},
        ),
        (
            {"division_code": ""},
            {"division_code": ["区划代码“全国”不在你的辖区3715内。选辖区内的地方"]},
        ),
    ],
)
def test_figure_when_it_cannot_be_then_refused_at_its_field(
    change: dict[str, Any], said: dict[str, list[str]] | str
) -> None:
    told = refused(figure(**change))

    assert told == said if isinstance(said, dict) else list(told) == [said]
    assert IndexValue.objects.count() == 0


def test_growth_when_decided_ahead_then_the_next_year_is_taken() -> None:
    assert save(figure("3", 2027, series="natural_growth")).year == 2027
    assert refused(figure("3", 2028, series="natural_growth"))["year"] == [
        "2028年还没有到。核对年度，最晚填2027年"
    ]


def test_figure_when_ten_times_the_year_before_then_a_reason_is_asked_and_kept() -> None:
    save(figure("6650", 2025))

    assert refused(figure("66500")) == {
        "reason": [
            "商品房平均销售价格66500元/㎡是上年6650元/㎡的10倍。核对数值和单位，属实的写明原因"
        ]
    }
    with scope("3715", user=1):
        stored = save(figure("66500"), reason="口径改为新建住宅")
    event = stored.events.select_related("pgh_context").get()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["reason"] == "口径改为新建住宅"


@pytest.mark.parametrize(
    ("value", "asked"), [("13300", False), ("13300.01", True), ("3325", False), ("3324", True)]
)
def test_unlikely_of_a_first_figure_then_beyond_twice_or_half_of_the_level_above(
    value: str, asked: bool
) -> None:
    assert bool(unlikely(figure(value, division_code="371502"), None, figure("6650"))) is asked


def test_above_then_the_nearest_of_the_year_before_any_of_last_year() -> None:
    held = [figure("1", 2025), figure("2", division_code=""), figure("3", division_code="37")]
    known = {(one.division_code, one.series, one.year): one for one in held}

    first = figure(division_code="371502")

    assert above_of(first, known) is held[2]
    assert above_of(figure(year=2027, division_code="371502"), known) is held[2]
    assert above_of(first, {key: one for key, one in known.items() if one.year == 2025}) is held[0]
    assert above_of(figure(division_code=""), known) is None


def test_first_figure_when_ten_times_the_citys_then_both_are_said() -> None:
    save(figure("13.5", 2025, series="average_rent", unit="元/㎡/月"))
    rent = {"division_code": "371502", "series": "average_rent", "unit": "元/㎡/月"}

    assert refused(figure("135", **rent), within="371502") == {
        "reason": [
            "平均租金135元/㎡/月是上级2025年13.5元/㎡/月的10倍。核对数值和单位，属实的写明原因"
        ]
    }
    save(figure("135", **rent), within="371502", reason="只有门面房")
    # from then on it is compared with the year before
    assert (
        unlikely(figure("136", 2027, **rent), figure("135", **rent), figure("13.5", **rent)) == ""
    )


def test_rows_when_the_first_of_a_place_is_far_from_the_level_above_then_unlikely() -> None:
    save(figure("6650"))
    rows = [
        ["区划代码", "序列", "年度", "数值", "来源"],
        ["371502", "平均房价", "2026", "66500", "年鉴"],
        ["371521", "平均房价", "2026", "6000", "年鉴"],
    ]

    assert [one.number for one in preview_rows(rows, within="3715", on=DAY).unlikely] == [2]


@pytest.mark.parametrize(
    ("value", "unit", "last", "asked"),
    [
        ("150", "元/年", "100", False),
        ("150.01", "元/年", "100", True),
        ("66.67", "元/年", "100", False),
        ("66.66", "元/年", "100", True),
        ("10", "元/月", "120", False),
    ],
)
def test_unlikely_then_by_half_more_or_a_third_less_in_one_unit(
    value: str, unit: str, last: str, asked: bool
) -> None:
    wage = {"series": "average_wage"}
    before = figure(last, 2025, unit="元/年", **wage)

    assert bool(unlikely(figure(value, unit=unit, **wage), before)) is asked


@pytest.mark.parametrize(
    ("value", "unit", "asked"), [("20", "%", 0), ("20.1", "%", 1), ("5", "ratio", 1)]
)
def test_unlikely_of_a_rate_then_above_a_fifth(value: str, unit: str, asked: int) -> None:
    assert bool(unlikely(figure(value, series="natural_growth", unit=unit), None)) == asked


def test_rows_when_one_is_unlikely_then_nothing_without_a_reason() -> None:
    save(figure("100", 2025))
    rows = [
        ["区划代码", "序列", "年度", "数值", "来源"],
        ["3715", "平均房价", "2026", "1000", "年鉴"],
        ["3715", "average_rent", "2026", "13", "年鉴"],
    ]

    assert [one.number for one in preview_rows(rows, within="3715", on=DAY).unlikely] == [2]
    import_rows(rows, within="3715", on=DAY)
    assert IndexValue.objects.count() == 1
    import_rows(rows, within="3715", on=DAY, reason="属实")
    assert IndexValue.objects.count() == 3


def test_rows_when_a_year_is_to_come_then_a_mistake_of_the_row() -> None:
    rows = [["区划代码", "序列", "年度", "数值", "来源"], ["3715", "平均租金", "2027", "1", "年鉴"]]

    wrong = preview_rows(rows, on=DAY).wrong

    assert [(one.number, one.message) for one in wrong] == [
        (2, "2027年还没有到。核对年度，最晚填2026年")
    ]


@pytest.mark.django_db(transaction=True)
def test_figure_when_two_offices_store_the_same_new_one_then_the_second_is_told() -> None:
    both, said = Barrier(2), []

    def go(value: str) -> None:
        try:
            with scope("3715"):
                both.wait(10)
                save(figure(value))
                sleep(0.3)  # the other one waits for the end of this transaction
            said.append("stored")
        except StaleFigureError as stale:
            said.append(f"told {stale.present.plain_value}")
        finally:
            connections.close_all()

    threads = [Thread(target=go, args=(value,)) for value in ("6650", "6600")]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)

    with scope("3715"):
        (stored,) = IndexValue.objects.all()
    assert sorted(said) == ["stored", f"told {stored.plain_value}"]


def block(*lines: str) -> list[list[str]]:
    head = ["区划代码", "序列", "年度", "数值", "单位", "来源"]
    return [head, *(line.split(",") for line in lines)]


def test_import_when_others_changed_a_figure_since_it_was_looked_at_then_refused() -> None:
    rows = block("3715,平均房价,2026,6650,,年鉴", "3715,平均租金,2026,13.5,,年鉴")
    seen = preview_rows(rows, within="3715", on=DAY).digest
    save(figure("6600"))

    with pytest.raises(StaleSeriesError) as stale:
        import_rows(rows, within="3715", on=DAY, seen=seen)

    assert [one.before for one in stale.value.preview.changed] == ["6600元/㎡（年鉴）"]
    assert [one.plain_value for one in IndexValue.objects.all()] == ["6600"]
    import_rows(rows, within="3715", on=DAY, seen=stale.value.preview.digest)
    assert sorted(one.plain_value for one in IndexValue.objects.all()) == ["13.5", "6650"]


def test_preview_then_only_figures_of_the_places_in_the_file_are_read() -> None:
    save(figure("6600"))
    save(figure("41000", division_code="370102"), within="0")

    with CaptureQueriesContext(connection) as asked:
        preview_rows(block("3715,平均房价,2026,6650,,年鉴"), within="3715", on=DAY)

    (read,) = [one["sql"] for one in asked if "policy_indexvalue" in one["sql"]]
    assert "'3715'" in read
    assert "average_sale_price" in read
