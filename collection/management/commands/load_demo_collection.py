"""Load the demo year's collection (docs/demo-data.md), after facts and accounts; may run again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse
from django.utils import timezone

from accounts.scope import scope
from collection.services.demo import load_demo_collection

LATEST_YEAR = 2026


class Command(BaseCommand):
    help = "Open the demo rounds and put the demo facts of their year on their way."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, default=LATEST_YEAR)

    def handle(self, *args: Any, **options: Any) -> None:
        with scope("0", command="load_demo_collection"):
            number = load_demo_collection(
                year=options["year"],
                at=timezone.now(),
                on=timezone.localdate(),
                corrections_url=reverse("collection:corrections"),
            )
        self.stdout.write(f"{number} demo rounds opened")
