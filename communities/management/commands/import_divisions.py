"""Import divisions and communities from CSV files (code, name); may be run again."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.scope import scope
from accounts.typed import decode
from communities.services import ImportPreview, import_divisions, preview_divisions

SHOWN = 20


class Command(BaseCommand):
    help = "Import divisions and communities from CSV files with the columns code and name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--preview", action="store_true", help="say what would change, only")
        parser.add_argument("--from", type=date.fromisoformat, dest="valid_from", help="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        on = timezone.localdate()
        for file in options["files"]:
            try:
                text = decode(file.read_bytes())
            except (OSError, ValueError) as error:
                raise CommandError(f"{file}: {error}") from error
            with scope("0", command=f"import_divisions {file.name}"):
                if options["preview"]:
                    done = preview_divisions(text, on=on, valid_from=options["valid_from"])
                else:
                    done = import_divisions(text, on=on, valid_from=options["valid_from"])
            self.report(file.name, done)

    def report(self, name: str, done: ImportPreview) -> None:
        self.stdout.write(
            f"{name}: {len(done.new)} new, {len(done.changed)} changed, "
            f"{done.unchanged} unchanged, {len(done.wrong)} wrong"
            + (f", {len(done.ended)} ended and left so" if done.ended else "")
            + (f", {len(done.decided)} named by a decision and left so" if done.decided else "")
        )
        for change in done.changed[:SHOWN]:
            self.stdout.write(f"  {change.row.code}: {change.before} → {change.row.name}")
        if done.wrong:
            lines = [f"  第{error.number}行：{error.message}" for error in done.wrong[:SHOWN]]
            rest = len(done.wrong) - SHOWN
            lines += [f"  … {rest} more"] if rest > 0 else []
            raise CommandError("\n".join([f"{name}: nothing imported", *lines]))
