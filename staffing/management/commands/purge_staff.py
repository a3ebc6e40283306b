"""Remove the personal data of staff who left STAFF_KEPT_YEARS ago; it is not to be had again."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from staffing.services.purging import purge_staff, years_before


class Command(BaseCommand):
    help = "Remove names, identity, telephones and papers of staff who left long ago."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--years", type=int, default=settings.STAFF_KEPT_YEARS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["years"] < 1:
            raise CommandError("personal data is kept for a year at least: --years 1")
        before = years_before(timezone.localdate(), options["years"])
        number = purge_staff(before=before, at=timezone.now())
        self.stdout.write(
            f"personal data of {number} persons removed, last in post before {before}"
        )
