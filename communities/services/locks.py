"""Facts that were handed in are locked in the database; the few acts that may open it say so."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

SET = (
    "SELECT current_setting('app.facts_unlocked', true), set_config('app.facts_unlocked', %s, true)"
)


@contextmanager
def unlocked() -> Iterator[None]:
    """Open a transaction in which facts may change whatever their state.

    For change acts, approved corrections, demo rows and loads of an old system's figures. Whoever
    opens it has checked the right to and keeps the reason with the history
    (accounts.scope.give_reason).
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(SET, ("on",))
            (before, _) = cursor.fetchone()
        yield
        # A rolled-back savepoint puts the setting back by itself, and takes no statements.
        if not transaction.get_rollback():
            with connection.cursor() as cursor:
                cursor.execute(SET, (before or "",))
