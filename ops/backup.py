"""Dump and restore of the embedded server's database, as its owner."""

import os
import subprocess
from pathlib import Path

from config.embedded import Server
from ops.steps import StepError

# Row security binds the owner too: without the whole country's scope a dump would hold no rows.
WHOLE_COUNTRY = "-c app.scope_from=0 -c app.scope_to=:"


def backup(server: Server, file: Path) -> None:
    """Write a dump of all data; it holds personal data, so only its owner may read it."""
    file.touch(mode=0o600)
    # Extensions are the superuser's: roles.sql makes them before a restore.
    _run(
        server, "pg_dump", "--format=custom", "--enable-row-security", "--exclude-extension=*",
        f"--file={file}", "gov",
    )  # fmt: skip


def restore(server: Server, file: Path) -> None:
    """Fill an empty database from a dump, wholly or not at all."""
    _run(server, "pg_restore", "--single-transaction", "--no-owner", "--dbname=gov", str(file))


def refuse_damaged(server: Server, file: Path) -> None:
    """Read a dump's table of contents, before anything is deleted for its sake."""
    done = subprocess.run(
        [server.place.programs / "pg_restore", "--list", str(file)],
        stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise StepError(
            f"{file} 不是完整的备份文件，未删除任何数据 · "
            "it is no whole dump, and nothing was deleted"
        )


def _run(server: Server, program: str, *arguments: str) -> None:
    place = [f"--host={server.sockets}", "--username=gov_owner", "--no-password"]
    done = subprocess.run(
        [server.place.programs / program, *place, *arguments],
        env=os.environ | {"PGOPTIONS": WHOLE_COUNTRY},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    if done.returncode:
        raise StepError(
            f"{program} 未完成，数据库没有变动，按上面的说明处理 · "
            f"{program} did not complete and changed nothing in the database: see above"
        )
