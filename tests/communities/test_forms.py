"""What is typed into an address: used where it can be, else ignored and said."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import timezone

from communities.forms.ledger import LedgerForm, PeriodForm

CHOICES = {
    "street": {"371502001": "古楼街道"},
    "type": {"new": "新建", "built": "老城"},
    "status": {"draft": "填报中"},
    "sort": {"name": "", "-name": ""},
}


def period(query: str, years: list[int] | None = None) -> PeriodForm:
    return PeriodForm(QueryDict(query), [2026, 2025] if years is None else years)


@pytest.mark.parametrize(
    ("query", "year", "on"),
    [
        ("", 2026, date(2026, 12, 31)),
        ("year=2025", 2025, date(2025, 12, 31)),
        ("year=2014", 2014, date(2014, 12, 31)),
        ("year=2025&on=2018-07-24", 2025, date(2018, 7, 24)),
        ("on=2018-07-24", 2026, date(2018, 7, 24)),
        ("year=&on=", 2026, date(2026, 12, 31)),
        ("year=1949&on=1949-01-01", 1949, date(1949, 1, 1)),
        ("year=2199&on=2199-12-31", 2199, date(2199, 12, 31)),
    ],
)
def test_period_then_the_year_and_the_day(query: str, year: int, on: date) -> None:
    form = period(query)

    assert (form.chosen_year, form.chosen_on, form.ignored) == (year, on, [])


def test_period_without_facts_then_the_present_year() -> None:
    assert period("", []).chosen_year == timezone.localdate().year


@pytest.mark.parametrize("year", ["abc", "-1", "1948", "2200", "2026.5", "９" * 30, "\x00", "1e3"])
def test_period_when_the_year_is_none_then_the_latest_and_said(year: str) -> None:
    form = PeriodForm({"year": year}, [2026, 2025])

    assert (form.chosen_year, form.chosen_on) == (2026, date(2026, 12, 31))
    assert form.ignored == [f"“{year[:20]}”不是年度，已改看2026年"]


@pytest.mark.parametrize(
    "on", ["2018-02-30", "abc", "2018/01/01", "1948-12-31", "2200-01-01", "9999-12-31", "\x00"]
)
def test_period_when_the_day_is_none_then_the_last_of_the_year_and_said(on: str) -> None:
    form = PeriodForm({"year": "2025", "on": on}, [2026, 2025])

    assert (form.chosen_year, form.chosen_on) == (2025, date(2025, 12, 31))
    assert form.ignored == [
        f"“{on}”不是日期，写成2018-12-31的样子，已按2025-12-31的政策",
    ]


def test_filters_when_known_then_chosen() -> None:
    form = LedgerForm(
        QueryDict("q=古城&street=371502001&type=new&status=draft&gap=1&sort=-name"), CHOICES
    )

    assert [form.chosen(name) for name in CHOICES] == ["371502001", "new", "draft", "-name"]
    assert (form.cleaned_data["q"], form.cleaned_data["gap"], form.ignored) == ("古城", True, [])


def test_filters_when_unknown_then_ignored_and_said_once() -> None:
    form = LedgerForm(
        QueryDict("street=371502009&type=old&status=done&sort=height&gap=&q="), CHOICES
    )

    for _ in range(2):
        assert [form.chosen(name) for name in CHOICES] == ["", "", "", ""]
    assert form.ignored == [
        "没有“371502009”这个街道，已不按它筛选",
        "没有“old”这个类型，已不按它筛选",
        "没有“done”这个填报状态，已不按它筛选",
        "没有“height”这个排序，已不按它筛选",
    ]
    assert form.cleaned_data["gap"] is False


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("古" * 40, []),
        ("古" * 41, ["查找的文字超过40个字，已不按文字筛选"]),
        ("古\x00城", ["查找的文字里有不能查找的字符，已不按文字筛选"]),
    ],
)
def test_text_when_it_cannot_be_sought_then_ignored_and_said(text: str, said: list[str]) -> None:
    assert LedgerForm({"q": text}, CHOICES).ignored == said
