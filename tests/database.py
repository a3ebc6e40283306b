"""The migrated database that every test database is copied from, kept until a migration changes."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

# What decides how a migrated database looks; tests/test_database.py holds migrations to it.
SOURCES = (
    "*/migrations/*.py",
    "accounts/scope.py",
    "communities/typed.py",
    "ops/roles.sql",
    "requirements.lock",
)
PREFIX = "migrated_"
LOCK = 7402


def sources() -> list[Path]:
    return sorted({path for one in SOURCES for path in settings.BASE_DIR.glob(one)})


def fingerprint() -> str:
    """Name the state of the sources, by their content."""
    digest = sha256()
    for path in sources():
        digest.update(f"{path.relative_to(settings.BASE_DIR)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def migrated(connection: BaseDatabaseWrapper) -> str:
    """The name of a database with all migrations and no rows besides; made where it is missing.

    Whichever process comes first makes it, under a name that nobody takes for it until it is whole.
    """
    name = PREFIX + fingerprint()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        known = {row[0] for row in cursor.fetchall()}
        if name not in known:
            for former in known:  # one that is copied at this moment would not go
                cursor.execute(f'DROP DATABASE "{former}" WITH (FORCE)')
            make(connection, half := f"{name}_half")
            cursor.execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')
    return name


def make(connection: BaseDatabaseWrapper, name: str) -> None:
    """Create a database and migrate it; the connection is as before."""
    known = connection.settings_dict["NAME"]
    wanted = connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        connection.settings_dict["TEST"]["NAME"] = wanted
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = known
