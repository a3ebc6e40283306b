"""manage.py purge_uploads: remove the rows of imports that ended long ago; the records stay."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from collection.services.purging import purge_uploads


class Command(BaseCommand):
    help = "清除早已结束的导入的行（记录保留） · Remove rows of imports that ended; records stay"

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        before = at - timedelta(days=settings.UPLOAD_KEEP_DAYS)
        number = purge_uploads(before=before, at=at)
        self.stdout.write(f"已清除{number:,}行 · Removed {number:,} rows")
