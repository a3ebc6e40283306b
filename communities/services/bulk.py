"""Large loads: COPY into a temporary table, then one INSERT or UPDATE.

PostgreSQL refuses COPY FROM on a table with row security; the second statement passes its policy
and fires the history triggers once.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from typing import Any

from django.db import connection, models
from psycopg import sql

STAGING = sql.Identifier("incoming")
MANY_ROWS = 1000


def stage(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Put rows into the temporary table `incoming`, which has these columns of the model's table.

    The table goes with the transaction; calling again in one transaction starts it anew.
    """
    start_staging(model, columns)
    stage_more(columns, rows)
    run(sql.SQL("ANALYZE {}").format(STAGING))


def start_staging(
    model: type[models.Model], columns: Sequence[str], beside: Mapping[str, str] | None = None
) -> None:
    """Make the temporary table `incoming` with columns of the model's table, empty.

    `beside`: further columns with their types, which no table has.
    """
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    run(sql.SQL("DROP TABLE IF EXISTS pg_temp.{}").format(STAGING))
    run(
        sql.SQL(
            "CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA"
        ).format(STAGING, names, sql.Identifier(model._meta.db_table))
    )
    for name, kind in (beside or {}).items():
        run(
            sql.SQL("ALTER TABLE {} ADD COLUMN {} {}").format(
                STAGING, sql.Identifier(name), sql.SQL(kind)
            )
        )


def stage_more(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Add rows to the temporary table; the caller analyses it when it is full.

    `rows` may not ask the database anything: the connection is busy until they end.
    """
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(STAGING, names)
    with closing(connection.cursor()) as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def insert_staged(
    model: type[models.Model], columns: Sequence[str], *, unless_present: Sequence[str] = ()
) -> int:
    """Insert the staged rows but those that match a row in `unless_present`; return how many.

    Those are taken out of the staged rows first: a query that looks for them in the table it is
    filling reads all its new rows again and again.
    """
    table = sql.Identifier(model._meta.db_table)
    if unless_present:
        run(
            sql.SQL("DELETE FROM {staging} AS new USING {table} AS old WHERE {same}").format(
                staging=STAGING, table=table, same=pairs(" AND ", unless_present)
            )
        )
    return run(
        sql.SQL("INSERT INTO {table} ({names}) SELECT {names} FROM {staging}").format(
            table=table,
            names=sql.SQL(", ").join(map(sql.Identifier, columns)),
            staging=STAGING,
        )
    )


def update_staged(model: type[models.Model], columns: Sequence[str], *, key: Sequence[str]) -> int:
    """Change rows to the staged columns of the same key where they differ; return how many."""
    return run(
        sql.SQL(
            "UPDATE {table} AS old SET {assign} FROM {staging} AS new WHERE {same} "
            "AND ({olds}) IS DISTINCT FROM ({news})"
        ).format(
            table=sql.Identifier(model._meta.db_table),
            assign=sql.SQL(", ").join(
                sql.SQL("{0} = new.{0}").format(sql.Identifier(name)) for name in columns
            ),
            staging=STAGING,
            same=pairs(" AND ", key),
            olds=listed("old", columns),
            news=listed("new", columns),
        )
    )


def analyse_after(rows: int) -> None:
    """Tell the database what its tables hold after a load of so many rows; of a few it need not.

    Until it is told it plans queries as if the tables were still empty, and takes minutes.
    """
    if rows >= MANY_ROWS:
        run(sql.SQL("SELECT analyse_register()"))


def run(statement: sql.SQL | sql.Composed, values: Sequence[Any] = ()) -> int:
    """Execute a statement and return the number of rows it touched."""
    with closing(connection.cursor()) as cursor:
        cursor.execute(statement, values or None)
        return int(cursor.rowcount)


def pairs(between: str, columns: Sequence[str]) -> sql.Composed:
    """Return old.a = new.a, joined."""
    return sql.SQL(between).join(
        sql.SQL("old.{0} = new.{0}").format(sql.Identifier(name)) for name in columns
    )


def listed(alias: str, columns: Sequence[str]) -> sql.Composed:
    """Return alias.a, alias.b, …."""
    return sql.SQL(", ").join(
        sql.SQL("{}.{}").format(sql.Identifier(alias), sql.Identifier(name)) for name in columns
    )
