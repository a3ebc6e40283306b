#!/usr/bin/env python
"""The operator's tool: Django's commands as the schema's owner, runserver as the served role."""

import os
import secrets
import sys
from pathlib import Path

import environ
from django.core.management import execute_from_command_line

from config.database import start_unless_given
from config.programs import ServerError

FILES_ONLY = {"assess", "export_text_schema"}  # need neither database nor secret
WITHOUT_DATABASE = {*FILES_ONLY, "check", "collectstatic", "diffsettings", "help"}


ROOT = Path(__file__).resolve().parent


def main() -> None:
    environ.Env.read_env(ROOT / ".env")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DATABASE_ROLE", "app" if command == "runserver" else "owner")
    if command in FILES_ONLY:
        for key in ("SECRET_KEY", "IDENTITY_KEY"):
            os.environ.setdefault(key, secrets.token_urlsafe(50))
    ours = os.environ["DJANGO_SETTINGS_MODULE"] == "config.settings"  # the tests' start their own
    if ours and command not in WITHOUT_DATABASE:
        try:
            start_unless_given(ROOT / "var")
        except ServerError as error:
            sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
