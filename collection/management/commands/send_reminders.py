"""Remind streets whose last day is near or over; the web process does it as well."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from collection.services.reminders import send_due_reminders


class Command(BaseCommand):
    help = "Remind streets whose closing day is near or just over; may be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        told = send_due_reminders(on=timezone.localdate(), at=timezone.now())
        self.stdout.write(f"streets reminded: {told}")
