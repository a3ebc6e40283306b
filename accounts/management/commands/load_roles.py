"""Load the roles and their permissions from accounts/roles.toml; may be run again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.services import load_roles


class Command(BaseCommand):
    help = "Make the roles those of accounts/roles.toml."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            number = load_roles()
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{number} roles")
