"""Looks for identity numbers, telephones and names where they may not be."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from django.db import connection
from django.http import HttpResponse

# a made-up place: the check character is right, the rest is nobody's
NUMBER, PHONE, NAME = "371502198506153823", "13806351234", "王小红"
TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public' ORDER BY 1
"""


def found_in(answer: HttpResponse, secrets: Sequence[str] = (NUMBER, PHONE)) -> list[str]:
    """What an answer tells that it may not: secrets anywhere, names in its headers."""
    headers = unquote(" ".join(f"{name}: {value}" for name, value in answer.headers.items()))
    said = [f"{one} in a header" for one in (*secrets, NAME) if one in headers]
    body = body_of(answer)
    return said + [f"{one} in the body" for one in secrets if one.encode() in body]


def body_of(answer: HttpResponse) -> bytes:
    """The bytes of an answer; of a workbook those of its parts."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not body.startswith(b"PK"):
        return bytes(body)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def tables_with(texts: Iterable[str]) -> dict[str, list[str]]:
    """The tables in which a text stands in any column, as text, JSON or bytes, by text."""
    wanted = list(texts)
    found: dict[str, list[str]] = {one: [] for one in wanted}
    with connection.cursor() as cursor:
        # the owner sees every table; the scope of the test is the whole country
        cursor.execute("RESET ROLE")
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            for one in wanted:
                cursor.execute(
                    f'SELECT EXISTS (SELECT FROM "{table}" AS row '  # noqa: S608 (names of tables)
                    "WHERE row::text LIKE %s OR row::text LIKE %s)",
                    (f"%{one}%", f"%{one.encode().hex()}%"),
                )
                if cursor.fetchone()[0]:
                    found[one].append(table)
        cursor.execute("SET LOCAL ROLE gov_app")
    return found
