"""Load the demo rosters (docs/demo-data.md), after facts and accounts; may run again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.scope import scope
from staffing.services.demo import Addresses, load_demo_staff

LATEST_YEAR = 2026
# of loaded tables the planner knows nothing until it is told, and plans as if they were empty
ANALYSE = "ANALYZE staffing_person, staffing_appointment, staffing_attendance, staffing_payrecord"


class Command(BaseCommand):
    help = "Fill the rosters of the demo communities with people who do not exist."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, default=LATEST_YEAR)

    def handle(self, *args: Any, **options: Any) -> None:
        year = options["year"]
        with scope("0", command="load_demo_staff"):
            number = load_demo_staff(
                year=year,
                on=timezone.localdate(),
                at=timezone.now(),
                addresses=Addresses(
                    quota=reverse("staffing:quotas"), extra=reverse("staffing:extra_workers")
                ),
            )
        if number:
            with connection.cursor() as cursor:
                cursor.execute(ANALYSE)
        self.stdout.write(f"{number} demo persons added")
