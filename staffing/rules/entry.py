"""What a person was on the day of entry: the education by then, the age in whole years."""

from __future__ import annotations

import calendar
from datetime import date

from staffing.rules.spans import whole_years


def education_on(full_time: str, highest: str, highest_on: date | None, on: date) -> str:
    """The highest education that somebody had by a day; '' where none is registered."""
    return highest if highest and (highest_on is None or highest_on <= on) else full_time


def age_at_entry(born_in: date, on: date, born_on: date | None = None) -> int:
    """Whole years of age on a day.

    Of the day of birth only the month is kept (`born_in`, its first day): where the age depends on
    the day, the younger one counts, unless `born_on` is known.
    """
    last = calendar.monthrange(born_in.year, born_in.month)[1]
    return whole_years(born_on or born_in.replace(day=last), on)
