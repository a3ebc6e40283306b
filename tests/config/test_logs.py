"""Log lines of database errors keep what broke and lose what was stored."""

import logging
import sys

import pytest
from django.db import DatabaseError, connection, transaction

from config.logs import ImpersonalFormatter


@pytest.mark.django_db
def test_logged_database_error_does_not_repeat_the_values() -> None:
    formatter = ImpersonalFormatter("%(levelname)s %(message)s")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE people (phone text UNIQUE)")
        try:
            with transaction.atomic():
                cursor.execute("INSERT INTO people VALUES ('13800001111'), ('13800001111')")
        except DatabaseError:
            caught = sys.exc_info()

    line = formatter.format(
        logging.LogRecord("x", logging.ERROR, __file__, 1, "saving broke", None, caught)
    )

    assert line.startswith("ERROR saving broke\n")
    assert 'duplicate key value violates unique constraint "people_phone_key"' in line
    assert "already exists" not in line
