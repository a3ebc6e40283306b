"""What the collection does once a day: reminding streets, clearing old imports."""

from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings

from collection.services.purging import purge_uploads
from collection.services.reminders import send_due_reminders

MOST_ROWS: Final = 200_000  # of old imports in one request: some seconds


def remind_streets(on: date, at: datetime) -> None:
    """Remind streets of what they have to hand in."""
    send_due_reminders(on=on, at=at)


def tidy_uploads(_: date, at: datetime) -> None:
    """Remove rows of imports that ended long ago, so many at most."""
    before = at - timedelta(days=settings.UPLOAD_KEEP_DAYS)
    purge_uploads(before=before, at=at, most=MOST_ROWS)
