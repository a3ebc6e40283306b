"""Import index series from CSV files; may be run again."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.scope import scope
from accounts.typed import decode
from policy.services import SeriesPreview, import_series, preview_series

SHOWN = 20


class Command(BaseCommand):
    help = "Import CSV files with the columns division,series,year,value,unit,source,document."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--preview", action="store_true", help="say what would change, only")

    def handle(self, *args: Any, **options: Any) -> None:
        act = preview_series if options["preview"] else import_series
        for file in options["files"]:
            try:
                text = decode(file.read_bytes())
            except (OSError, ValueError) as error:
                raise CommandError(f"{file}: {error}") from error
            with scope("0", command=f"import_series {file.name}"):
                self.report(file.name, act(text))

    def report(self, name: str, done: SeriesPreview) -> None:
        self.stdout.write(
            f"{name}: {len(done.new)} new, {len(done.changed)} changed, "
            f"{done.unchanged} unchanged, {len(done.wrong)} wrong"
        )
        for change in done.changed[:SHOWN]:
            figure = change.figure
            self.stdout.write(f"  {figure}: {change.before} → {figure.plain_value}{figure.unit}")
        if done.wrong:
            lines = [f"  第{error.number}行：{error.message}" for error in done.wrong[:SHOWN]]
            rest = len(done.wrong) - SHOWN
            lines += [f"  … {rest} more"] if rest > 0 else []
            raise CommandError("\n".join([f"{name}: nothing imported", *lines]))
