"""Which database, as which role, and how long a query may take."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import ConnectionHandler

from config.database import POOL, database
from config.embedded import Server

TIMEOUT = "-c statement_timeout=15s"


@pytest.fixture(autouse=True)
def no_database_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    server = Server(tmp_path / "postgres", durable=False)
    server.start()
    yield tmp_path
    server.leave()
    shutil.rmtree(server.folder, ignore_errors=True)


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "timeout"), [("app", "15s"), ("owner", "0")])
def test_embedded_server_is_used_when_no_database_is_given(
    var: Path, role: str, timeout: str
) -> None:
    connection = ConnectionHandler({"default": database(environ.Env(), role, var)})["default"]

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('statement_timeout')")
        row = cursor.fetchone()
    connection.close()
    connection.close_pool()

    assert row == (f"gov_{role}", timeout)


def test_given_database_is_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://gov_app:p%40ss@db:5433/gov?sslmode=verify-full")

    settings = database(environ.Env(), "app", tmp_path)

    assert {key: settings[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")} == {
        "USER": "gov_app",
        "PASSWORD": "p@ss",
        "HOST": "db",
        "PORT": 5433,
        "NAME": "gov",
    }
    assert settings["OPTIONS"] == {"sslmode": "verify-full", "options": TIMEOUT, "pool": POOL}


def test_unknown_role_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_ROLE=superuser: app or owner"):
        database(environ.Env(), "superuser", tmp_path)
