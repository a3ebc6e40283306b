"""Load demo facts and the demo register (docs/demo-data.md); may be run again."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.scope import scope
from communities.services import load_demo
from communities.services.demo_register import load_demo_register

YEARS = (2024, 2025, 2026)


class Command(BaseCommand):
    help = "Add demo facts to the urban communities in the database, marked as demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--years", nargs="+", type=int, default=YEARS)
        parser.add_argument(
            "--codes", type=Path, help="a file whose lines begin with the codes to take instead"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if min(options["years"]) < YEARS[0]:
            raise CommandError(f"demo facts begin with {YEARS[0]}")
        codes = None
        if options["codes"]:
            lines = options["codes"].read_text(encoding="utf-8").splitlines()
            codes = [line[:12] for line in lines if line[:12].isdigit()]
        with scope("0", command="load_demo"):
            number = load_demo(years=options["years"], codes=codes)
            registered = 0 if codes else load_demo_register(year=max(options["years"]))
        self.stdout.write(f"{number} rows of demo facts added")
        if not codes:
            self.stdout.write(f"{registered} demo communities registered with their parts")
