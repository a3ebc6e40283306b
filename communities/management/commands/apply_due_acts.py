"""Let decided acts whose effective day has come take effect; the web process does it as well."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from communities.services.due import apply_due_acts


class Command(BaseCommand):
    help = "Let decided change acts take effect whose day has come; may be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = apply_due_acts(on=timezone.localdate(), at=timezone.now())
        for one in outcomes:
            self.stdout.write(f"{one.act} {one.title}: {one.failure or 'in effect'}")
        if failed := sum(bool(one.failure) for one in outcomes):
            raise CommandError(f"{failed} of {len(outcomes)} acts could not take effect")
