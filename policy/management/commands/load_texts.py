"""Load the texts that ship, and with --demo the demo series; may be run again."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.scope import scope
from policy.services import import_series, import_texts

DEMO_SERIES = Path(settings.BASE_DIR) / "data" / "demo-series.csv"


class Command(BaseCommand):
    help = "Load the policy texts that ship; --demo adds the demo index series."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="also load data/demo-series.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        with scope("0", command="load_texts"):
            texts = import_texts(on=timezone.localdate())
            for text in texts:
                self.stdout.write(f"  {text} {text.get_status_display()}")
            self.stdout.write(f"{len(texts)} new texts")
            if options["demo"]:
                done = import_series(DEMO_SERIES.read_text(encoding="utf-8"))
                if done.wrong:
                    raise CommandError(f"{DEMO_SERIES.name}: {done.wrong[0].message}")
                self.stdout.write(f"{len(done.new)} new figures, {done.unchanged} unchanged")
