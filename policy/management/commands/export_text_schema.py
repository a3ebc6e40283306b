"""Write the JSON schema of policy texts for editors; needs no database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from policy.engine.schema import schema

TARGET = Path(settings.BASE_DIR) / "docs" / "policy-text.schema.json"


class Command(BaseCommand):
    help = "Write docs/policy-text.schema.json (or FILE) from the engine's lists."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=TARGET)

    def handle(self, *args: Any, **options: Any) -> None:
        written = json.dumps(schema(), ensure_ascii=False, indent=2)
        options["file"].write_text(f"{written}\n", encoding="utf-8")
        self.stdout.write(str(options["file"]))
