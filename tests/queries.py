"""How many queries a page asks."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# what opens and ends transactions and sets the scope of row security: part of every request
FRAME = ("SAVEPOINT", "RELEASE", "SELECT current_setting")


def queries_of(client: Client, path: str, *, status: int = 200) -> int:
    """The queries for rows that an answer takes: session, user and rights are among them."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code == status
    return sum(not one["sql"].strip().startswith(FRAME) for one in asked.captured_queries)
