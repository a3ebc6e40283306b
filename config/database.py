"""Which database: DATABASE_URL and DATABASE_OWNER_URL, or the embedded server in var/."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from config.embedded import Server

URL_OF_ROLE = {"app": "DATABASE_URL", "owner": "DATABASE_OWNER_URL"}
STATEMENT_TIMEOUT = "15s"  # a request's query that runs longer is a fault: 503, not a hang
POOL = {"min_size": 1, "max_size": 8, "timeout": 10}


def database(env: environ.Env, role: str, var: Path) -> dict[str, Any]:
    """Give the connection settings of `role`, app (serves requests) or owner (migrates, loads)."""
    if role not in URL_OF_ROLE:
        raise ImproperlyConfigured(f"DATABASE_ROLE={role}: app or owner")
    if given():
        name = URL_OF_ROLE[role]
        if not env(name, default=""):
            raise ImproperlyConfigured(f"DATABASE_ROLE={role} needs {name}")
        config: dict[str, Any] = env.db_url(name, engine="django.db.backends.postgresql")
        config.setdefault("OPTIONS", {})
    else:
        config = embedded_database(Server(var / "postgres"), role)
    if role == "app":
        config["OPTIONS"] |= {"options": f"-c statement_timeout={STATEMENT_TIMEOUT}", "pool": POOL}
    return config


def embedded_database(server: Server, role: str) -> dict[str, Any]:
    """Give the connection settings of `role` on an embedded server, which need not run yet."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "gov",
        "USER": f"gov_{role}",
        "HOST": str(server.sockets),
        "PORT": "5432",
        "OPTIONS": {},
    }


def given() -> bool:
    """Say whether the environment names a database, so that no server is to be started."""
    env = environ.FileAwareEnv()
    return any(env(name, default="") for name in URL_OF_ROLE.values())


def start_unless_given(var: Path) -> None:
    """Start the embedded server, or join it; do nothing where the environment names a database."""
    if not given():
        var.mkdir(exist_ok=True)
        Server(var / "postgres").start()
