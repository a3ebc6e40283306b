"""Ages and years of service in whole years, bands of them, and the state of a certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# a certificate that ends within so many days is to be renewed
SOON = timedelta(days=90)
EXPIRED, EXPIRES_SOON, HOLDS = "expired", "soon", ""


@dataclass(frozen=True)
class Band:
    """Whole years from `first` to `last`, both included; None is open."""

    key: str
    label: str
    first: int | None
    last: int | None

    def holds(self, years: int) -> bool:
        return (self.first is None or self.first <= years) and (
            self.last is None or years <= self.last
        )


AGES = (
    Band("35", "35岁及以下", None, 35),
    Band("36", "36~45岁", 36, 45),
    Band("46", "46~55岁", 46, 55),
    Band("56", "56~60岁", 56, 60),
    Band("61", "61岁及以上", 61, None),
)
SERVICE = (
    Band("0", "不满3年", None, 2),
    Band("3", "3~5年", 3, 5),
    Band("6", "6~10年", 6, 10),
    Band("11", "11~20年", 11, 20),
    Band("21", "21年及以上", 21, None),
)


def whole_years(since: date, on: date) -> int:
    """Whole years from a day to another, never below 0."""
    short = (on.month, on.day) < (since.month, since.day)
    return max(0, on.year - since.year - short)


def age_on(born_in: date, on: date) -> int:
    """Whole years of age; of the day of birth only the month is known, its first day counts."""
    return whole_years(born_in, on)


def band_of(years: int | None, bands: Sequence[Band]) -> Band | None:
    """The band of a number of years, None where it is not known."""
    return None if years is None else next(band for band in bands if band.holds(years))


def since_bounds(band: Band, on: date) -> tuple[date | None, date | None]:
    """The first and the last day since which a band's years are reached on a day; None is open."""
    latest = None if band.first is None else _years_before(on, band.first)
    earliest = None
    if band.last is not None:
        earliest = _years_before(on, band.last + 1) + timedelta(days=1)
    return earliest, latest


def certificate_state(expires_on: date | None, on: date) -> str:
    """Whether a certificate has expired, ends soon, or holds; its last day is included."""
    if expires_on is None or expires_on > on + SOON:
        return HOLDS
    return EXPIRED if expires_on < on else EXPIRES_SOON


def _years_before(on: date, years: int) -> date:
    """The last day since which so many whole years have passed on a day."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February: nobody who began on the 1 March has reached them
        return date(on.year - years, 2, 28)
