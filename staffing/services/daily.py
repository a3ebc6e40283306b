"""What staffing does once a day: personal data of those who left long ago goes."""

from datetime import date, datetime
from typing import Final

from django.conf import settings

from staffing.services.purging import purge_staff, years_before

MOST_PERSONS: Final = 2_000  # in one request: some seconds


def forget_staff(on: date, at: datetime) -> None:
    """Remove the personal data of persons whose time of keeping is over, so many at most."""
    before = years_before(on, settings.STAFF_KEPT_YEARS)
    purge_staff(before=before, at=at, most=MOST_PERSONS)
