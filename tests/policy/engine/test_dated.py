"""Days and growth of one row alone and of many rows at once are the same."""

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.engine import Facts, Series
from policy.engine.dated import Deadline, Grow, growth_factor
from policy.engine.expressions import Const
from policy.engine.situation import Situation
from tests.policy.engine.writing import CODE, ON

days = st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 12, 31))
spans = st.one_of(
    st.builds(dict, months=st.integers(1, 1200)),
    st.builds(dict, days=st.integers(1, 36_500)),
    st.builds(dict, working_days=st.integers(1, 300)),
)


def situation(facts: Facts) -> Situation:
    return Situation(facts, ON, Series({}))


@given(st.lists(days, min_size=1, max_size=4), spans)
def test_deadline_when_many_events_are_asked_equals_each_alone(events, span):
    facts = Facts.from_rows([
        {"code": CODE, "first_move_in_on": day} for day in events
    ])  # fmt: skip
    node = Deadline("first_move_in_on", **span)

    together = node.evaluate(situation(facts), True).lo

    alone = [node.evaluate(situation(facts.one(row)), True).lo for row in range(len(events))]
    assert [together.at(row) for row in range(len(events))] == [one.at(0) for one in alone]


@given(days, st.integers(1, 1200))
def test_deadline_in_months_when_due_keeps_the_day_or_the_months_last(day, months):
    due = datetime.date.fromordinal(
        Deadline("first_move_in_on", months=months).due(day.toordinal())
    )

    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
    assert due.day == day.day or (due + datetime.timedelta(1)).day == 1
    assert due.day <= day.day


@pytest.mark.parametrize("span", [{"months": 1}, {"days": 31}, {"working_days": 25}])
def test_deadline_when_it_passes_the_last_day_there_is_stays_there(span):
    last = datetime.date.max

    assert Deadline("first_move_in_on", **span).due(last.toordinal() - 9) == last.toordinal()


@given(days, st.integers(1, 60))
def test_deadline_in_working_days_when_counted_one_by_one_is_the_same(day, count):
    due = Deadline("first_move_in_on", working_days=count).due(day.toordinal())

    inside = [datetime.date.fromordinal(one) for one in range(day.toordinal() + 1, due + 1)]
    assert sum(one.weekday() < 5 for one in inside) == count
    assert inside[-1].weekday() < 5


@pytest.mark.parametrize(
    ("mode", "years", "wanted"),
    [("compound", 0, "1"), ("compound", 2, "1.1025"), ("simple", 2, "1.1"), ("simple", 0, "1")],
)
def test_growth_factor_when_worked_by_hand_is_exact(mode, years, wanted):
    assert growth_factor(Fraction(1, 20), years, mode) == Fraction(wanted)


def test_growth_when_thirty_years_pass_is_exact():
    node = Grow(
        Const(Fraction(15000), Fraction(15000)), 1988, Fraction(1, 20), "", "compound", None
    )

    grown = node.evaluate(situation(Facts.from_rows([{"code": CODE}])), True)

    assert grown.lo.at(0) == 15000 * Fraction(21, 20) ** 30
