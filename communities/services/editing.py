"""Saving one record: the version that was opened must still be the present one."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import F

from accounts.scope import give_reason

Record = TypeVar("Record", bound=models.Model)


class StaleError(Exception):
    """Somebody changed the record after it was opened; holds it as it is now."""

    def __init__(self, present: Any) -> None:
        self.present = present
        super().__init__(f"{present._meta.label} {present.pk} is at version {present.version}")


@transaction.atomic
def change(record: Record, *, fields: Iterable[str], version: int, reason: str = "") -> Record:
    """Store the given fields of a record that was opened at `version`; return it.

    The version goes up by one, and the reason is kept with the history event. A record that holds
    the same already is left as it is, whoever stored it. Raises StaleError when its version is
    another one.
    """
    rows = type(record)._default_manager.filter(pk=record.pk)
    values = {name: getattr(record, name) for name in fields}
    present: Any = rows.select_for_update().get()
    if all(getattr(present, name) == value for name, value in values.items()):
        record.refresh_from_db()
        return record
    if present.version != version:
        raise StaleError(present)
    if reason:
        give_reason(reason)
    rows.update(**values, version=F("version") + 1)
    record.refresh_from_db()
    return record


@transaction.atomic
def add(record: Record) -> Record:
    """Store a new record and return it. Raises IntegrityError for what a constraint refuses."""
    record.save(force_insert=True)
    return record
