"""What recurs: the next due day of calendar years, fixed blocks of years and rolling months."""

import datetime
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.engine import Facts, Stack, cadence_of, load_text, next_due, whole_months, whole_years
from policy.engine.dated import Recurrence
from tests.policy.engine.writing import CODE, ON, provision, source

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
years = st.integers(1, 10)
ONE = Fraction(1)


def calendar(count, start=None, times=ONE):
    return Recurrence(times, 12 * count, calendar=True, start=start)


@given(days, days, years)
def test_calendar_years_when_done_in_a_year_then_due_at_the_end_of_so_many_later(last, since, n):
    last = max(last, since)

    assert next_due(calendar(n), last, since) == date(last.year + n, 12, 31)


@given(days, years)
def test_calendar_years_when_never_done_then_due_at_the_end_of_the_period_begun(since, n):
    assert next_due(calendar(n), None, since) == date(since.year + n - 1, 12, 31)


@given(days, days, years, st.integers(1990, 2030))
def test_fixed_years_when_done_then_due_at_the_end_of_the_next_block(last, since, n, start):
    last = max(last, since)
    block = [y for y in range(start - 200, start + 200) if (y - start) // n ==
             (last.year - start) // n]  # fmt: skip

    due = next_due(calendar(n, start), last, since)

    assert due == date(block[-1] + n, 12, 31)
    assert (due.year - start + 1) % n == 0


@given(days, years, st.integers(1990, 2030))
def test_fixed_years_when_never_done_then_due_at_the_end_of_the_block_begun(since, n, start):
    due = next_due(calendar(n, start), None, since)

    assert (due.year - start) // n == (since.year - start) // n
    assert (due.year + 1 - start) % n == 0


@given(days, st.none() | days, st.integers(1, 120))
def test_rolling_months_when_due_then_so_many_months_after_the_last_or_the_beginning(
    since, last, months
):
    due = next_due(Recurrence(ONE, months), last, since)

    begun = max(since, last or since)
    assert whole_months(begun, due) == months
    assert whole_months(begun, due - datetime.timedelta(1)) == months - 1


@given(
    days,
    st.none() | days,
    st.one_of(
        st.builds(calendar, years),
        st.builds(calendar, years, st.integers(1990, 2030)),
        st.builds(lambda n: Recurrence(ONE, n), st.integers(1, 120)),
    ),
)
def test_any_cadence_when_kept_on_the_due_day_then_the_next_is_later_and_never_before_the_post(
    since, last, recurrence
):
    due = next_due(recurrence, last, since)

    assert due >= since
    assert next_due(recurrence, due, since) > due


def test_cadence_when_nothing_is_asked_then_never_due():
    assert next_due(calendar(1, times=Fraction(0)), None, ON) is None


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2025, 1, 31), date(2025, 2, 27), 0),
        (date(2025, 1, 31), date(2025, 2, 28), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2025, 3, 15), date(2025, 3, 14), 0),
        (date(2025, 3, 15), date(2026, 3, 14), 11),
    ],
)
def test_whole_months_when_counted_then_by_the_day(first, last, months):
    assert whole_months(first, last) == months


def test_whole_years_when_the_birthday_is_today_then_counted():
    born = date(1990, 11, 22)

    assert [whole_years(born, date(2026, 11, day)) for day in (21, 22)] == [35, 36]


def recurring(value, name="A-1", more="", **head):
    return source(
        provision(value, subject="director_training", binding="recurrence", name=name, more=more),
        **head,
    )


def test_clause_when_several_texts_speak_then_the_nearest_that_asks_something():
    city = recurring("{ recurrence = 1, every_years = 1 }", "C")
    province = recurring("{ recurrence = 1, every_months = 24 }", "P", jurisdiction="37")
    texts = [load_text(province.replace("own-2016", "province")), load_text(city)]

    found = [
        cadence_of(Stack.of(texts, ON, exemptions=lifted), "director_training", code)
        for code, lifted in (
            (CODE, {}), (CODE, {CODE: ["C"]}), ("370102001001", {}), ("330206001001", {})
        )
    ]  # fmt: skip

    assert [one and (one.provision.id, one.recurrence) for one in found] == [
        ("C", calendar(1)),
        ("P", Recurrence(ONE, 24)),
        ("P", Recurrence(ONE, 24)),
        None,
    ]
    assert found[0].next_due(date(2018, 1, 1), date(2010, 1, 1)) == date(2019, 12, 31)


def test_clause_when_it_has_a_condition_then_only_where_it_is_known_to_hold():
    when = 'when = { fact = "post", is = "director" }'
    cases = (
        '{ when = [ { if = { fact = "age", below = 30 }, then = { recurrence = 1, every_years = 1 }'
        " }, { otherwise = { recurrence = 1, every_years = 3 } } ] }"
    )
    stack = Stack.of([load_text(recurring(cases, more=when))], ON)

    def months(**facts):
        rows = Facts.from_rows([{"code": CODE, **facts}]).one(0)
        found = cadence_of(stack, "director_training", CODE, rows)
        return found and found.recurrence.months

    assert [months(), months(post="member"), months(post="director", age=29)] == [None, None, 12]
    assert months(post="director", age=30) == 36
