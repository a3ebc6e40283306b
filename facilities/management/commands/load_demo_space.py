"""Load the demo of premises (docs/demo-data.md), after facts and accounts; may run again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.scope import scope
from facilities.services.demo import Addresses, load_demo_space

LATEST_YEAR = 2026
# of loaded tables the planner knows nothing until it is told, and plans as if they were empty
ANALYSE = (
    "ANALYZE facilities_premises, facilities_room, facilities_share, facilities_contract, "
    "facilities_inspection, facilities_hallcheck, facilities_project, facilities_gate, "
    "facilities_spacemeasure"
)


class Command(BaseCommand):
    help = "Fill the register of premises of the demo communities, and what goes with it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, default=LATEST_YEAR)

    def handle(self, *args: Any, **options: Any) -> None:
        with scope("0", command="load_demo_space"):
            number = load_demo_space(
                year=options["year"],
                on=timezone.localdate(),
                at=timezone.now(),
                addresses=Addresses(
                    inspections=reverse("facilities:inspections"),
                    orders=reverse("facilities:orders"),
                    plan=reverse("facilities:plans"),
                    pool=reverse("facilities:pools"),
                ),
            )
        if number:
            with connection.cursor() as cursor:
                cursor.execute(ANALYSE)
        self.stdout.write(f"{number} demo premises added")
