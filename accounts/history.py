"""History by database triggers: one decorator for every business model."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
import pgtrigger
from django.db import models

ModelType = TypeVar("ModelType", bound=type[models.Model])


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[ModelType], ModelType]:
    """Record every insert, update and delete of a model, bulk and raw SQL included.

    Statement-level triggers write one event row per changed row into <table>event; the migration
    that creates it adds row_security() and append_only() of accounts.scope for that table.
    """
    track = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
        append_only=True,
        level=pghistory.Statement,
    )

    def decorate(model: ModelType) -> ModelType:
        # Statement-level triggers pair old and new rows by primary key.
        pgtrigger.register(pgtrigger.ReadOnly(name="key_is_fixed", fields=["id"]))(model)
        tracked_model: ModelType = track(model)
        return tracked_model

    return decorate
