"""The division scope of a request, and the row security in the database beneath it."""

import json
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.db import OperationalError, connection, transaction
from django.db.migrations import RunSQL
from django.http import HttpRequest, HttpResponse
from psycopg.errors import DeadlockDetected, SerializationFailure

WHOLE_COUNTRY: Final = "0"
# How many digits the code of each level has: code[:STREET] is the code of a community's street.
PROVINCE: Final = 2
CITY: Final = 4
DISTRICT: Final = 6
STREET: Final = 9
COMMUNITY: Final = 12
# in request.META, no header: whether the request may be run again
MAY_RETRY: Final = "MAY_RETRY"
# A length that is not a level of the code (3, 5, …) would let the range reach other divisions.
SHAPE: Final = re.compile(r"0|[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}")
# Old values first: a target list is evaluated from left to right.
SET_SCOPE: Final = """
    SELECT current_setting('app.scope_from', true), current_setting('app.scope_to', true),
           current_setting('pghistory.context_id', true),
           current_setting('pghistory.context_metadata', true),
           set_config('app.scope_from', %s, true), set_config('app.scope_to', %s, true),
           set_config('pghistory.context_id', %s, true),
           set_config('pghistory.context_metadata', %s, true)
"""
ADD_REASON: Final = """
    SELECT set_config('pghistory.context_metadata', (
        coalesce(nullif(current_setting('pghistory.context_metadata', true), ''), '{}')::jsonb
        || jsonb_build_object('reason', %s::text))::text, true)
"""


def bounds(prefix: str) -> tuple[str, str]:
    """Return the half-open range of codes under a scope; ('', '') means no rows.

    ':' is the byte after '9', so the range is only right on columns with COLLATE "C".
    Raises ValueError for anything that is neither empty, "0" nor a code of 2, 4, 6, 9 or 12 digits.
    """
    if prefix == "":
        return "", ""
    if not SHAPE.fullmatch(prefix):
        raise ValueError(f"not a scope: {prefix!r}; use 0 or a code of 2, 4, 6, 9 or 12 digits")
    return (prefix, ":") if prefix == WHOLE_COUNTRY else (prefix, f"{prefix}:")


def contains(prefix: str, code: str) -> bool:
    """Say whether a code (or a narrower scope) lies inside a scope."""
    low, high = bounds(prefix)
    return low != "" and low <= code < high


@contextmanager
def scope(prefix: str, **record: object) -> Iterator[None]:
    """Open a transaction in which row security shows the rows under `prefix` only.

    `record` (user, url, request, command …) is kept with every history event of the transaction.
    Inside an outer transaction the former scope is put back at the end.
    """
    low, high = bounds(prefix)
    context = (str(uuid.uuid4()), json.dumps(record, ensure_ascii=False, default=str))
    nested = connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(SET_SCOPE, (low, high, *context))
            before = tuple(value or "" for value in cursor.fetchone()[:4])
        yield
        # A rolled-back savepoint puts the settings back by itself, and takes no statements.
        if nested and not transaction.get_rollback():
            with connection.cursor() as cursor:
                cursor.execute(SET_SCOPE, before)


def give_reason(reason: str) -> None:
    """Keep the reason of a change with every history event of the present transaction."""
    with connection.cursor() as cursor:
        cursor.execute(ADD_REASON, (reason,))


def request_number(request: HttpRequest) -> str:
    """Return the number that names a request in logs and history: our proxy's, or a new one.

    REQUEST_NUMBER is no header: only config.middleware.ClientAddressMiddleware can have set it.
    """
    given = request.META.get("REQUEST_NUMBER", "")
    if not re.fullmatch(r"[A-Za-z0-9-]{1,64}", given):
        given = request.META["REQUEST_NUMBER"] = uuid.uuid4().hex
    return str(given)


class ScopeMiddleware:
    """Run each request in one transaction whose rows are those of the user's scope.

    Not ATOMIC_REQUESTS: that ends before a TemplateResponse is rendered. A streaming response is
    read after this middleware; its generator opens scope() itself. Where two requests wait for each
    other's rows PostgreSQL stops one of them: it is run again from its beginning.
    """

    TRIES = 3

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = request_number(request)
        user = request.user
        prefix = user.scope if user.is_authenticated else ""
        for left in reversed(range(self.TRIES)):
            with scope(prefix, user=user.pk, url=request.path, request=number):
                request.META[MAY_RETRY] = left > 0
                response = self.get_response(request)
            if not isinstance(response, RunAgain):
                return response
            begin_anew(request)
        raise AssertionError("the last try answers")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        # Exceptions become responses before they reach __call__: undo what the view wrote.
        transaction.set_rollback(True)
        if lost_a_race(exception) and request.META.get(MAY_RETRY):
            return RunAgain()
        return None


class RunAgain(HttpResponse):
    """In place of the answer of a request that is run again; nobody gets it."""


def lost_a_race(exception: BaseException) -> bool:
    """Whether PostgreSQL stopped a transaction in favour of another one."""
    lost = (DeadlockDetected, SerializationFailure)
    return isinstance(exception, OperationalError) and isinstance(exception.__cause__, lost)


def begin_anew(request: HttpRequest) -> None:
    """Forget what the view said, and rewind the files that it read."""
    if (told := getattr(request, "_messages", None)) is not None:
        told._queued_messages.clear()
    for name in request.FILES:
        for file in request.FILES.getlist(name):
            file.seek(0)


def quoted(name: str) -> str:
    """Return a table or column name ready for SQL; only names written in migrations come here."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ValueError(f"not a table or column name: {name!r}")
    return f'"{name}"'


def row_security(table: str, column: str = "code") -> RunSQL:
    """Return the migration operation that limits a table to the rows of the request's scope."""
    limit, unlimit = limits(table, column)
    return RunSQL(sql=limit, reverse_sql=unlimit)


def limits(table: str, column: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the statements that limit a table to the scope's rows, and those that undo it."""
    name, code = quoted(table), quoted(column)
    # NULLIF: after a transaction that set it, the setting is '' and not NULL, and '' <= every code.
    inside = (
        f"{code} >= NULLIF(current_setting('app.scope_from', true), '') "
        f"AND {code} < NULLIF(current_setting('app.scope_to', true), '')"
    )
    limit = (
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY division_scope ON {name} USING ({inside}) WITH CHECK ({inside})",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO gov_app",
    )
    unlimit = (
        f"DROP POLICY division_scope ON {name}",
        f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY",
    )
    return limit, unlimit


def append_only(table: str) -> RunSQL:
    """Return the migration operation that leaves the application only reading and adding rows."""
    name = quoted(table)
    return RunSQL(
        sql=f"REVOKE UPDATE, DELETE, TRUNCATE ON {name} FROM gov_app",
        reverse_sql=f"GRANT UPDATE, DELETE ON {name} TO gov_app",
    )


def no_delete(table: str) -> RunSQL:
    """Return the migration operation after which the application removes no rows of a table."""
    name = quoted(table)
    return RunSQL(
        sql=f"REVOKE DELETE, TRUNCATE ON {name} FROM gov_app",
        reverse_sql=f"GRANT DELETE ON {name} TO gov_app",
    )


def scoped_writes(table: str) -> RunSQL:
    """Return the operation for a public table: everybody reads it, each writes the own rows."""
    policy = f"POLICY public_reading ON {quoted(table)}"
    limit, unlimit = limits(table, "code")
    return RunSQL(
        sql=[*limit, f"CREATE {policy} FOR SELECT USING (true)"],
        reverse_sql=[f"DROP {policy}", *unlimit],
    )


# Gives rights to the functions by which the triggers of a table write its history.
HISTORY_FUNCTIONS: Final = """
DO $$
DECLARE
    one regprocedure;
BEGIN
    FOR one IN
        SELECT DISTINCT tgfoid::regprocedure FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE tgrelid = '<table>'::regclass AND strpos(prosrc, 'INSERT INTO "<table>event"') > 0
    LOOP
        EXECUTE format('ALTER FUNCTION %s <rights>', one);
    END LOOP;
END $$
"""
# pgtrigger asks it whether a session switched a trigger off: one that may changes rows untraced.
NEVER_IGNORE: Final = """
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean AS $$
BEGIN
    RETURN false;
END $$ LANGUAGE plpgsql
"""


def history_by_owner(table: str) -> RunSQL:
    """Return the operation after which the triggers of a table write its history, nobody else.

    pgtrigger makes its functions anew, with the rights of whoever calls, when a tracked model
    changes: that migration ends with this operation again (tests/test_architecture.py).
    """
    events = quoted(f"{table}event")
    functions = HISTORY_FUNCTIONS.replace("<table>", quoted(table).strip('"'))
    rights, back = "SECURITY DEFINER SET search_path = public", "SECURITY INVOKER RESET search_path"
    return RunSQL(
        sql=[
            functions.replace("<rights>", rights),
            NEVER_IGNORE,
            f"REVOKE INSERT ON {events} FROM gov_app",
        ],
        reverse_sql=[
            f"GRANT INSERT ON {events} TO gov_app",
            functions.replace("<rights>", back),
        ],
    )


def read_only(table: str) -> RunSQL:
    """Return the migration operation that leaves the application only reading a table."""
    name = quoted(table)
    return RunSQL(
        sql=f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {name} FROM gov_app",
        reverse_sql=f"GRANT INSERT, UPDATE, DELETE ON {name} TO gov_app",
    )
