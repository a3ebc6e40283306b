"""The embedded PostgreSQL server: initialise, start, join and stop it."""

import atexit
import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from config.programs import Place, ServerError, make_account, short_hash

VERSION = "18"
ROLES = Path(__file__).resolve().parent.parent / "ops" / "roles.sql"
SOCKET_LIMIT = 100  # bytes the kernel allows for a socket's path, less a margin

OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    # Statements and details hold what people typed: they stay out of the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "timezone": "Asia/Shanghai",
}
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Server:
    """One data folder and the server on it; `durable=False` trades safety for speed in tests."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.asked = folder
        self.durable = durable
        self._joined: IO[str] | None = None
        self._find_place()

    def _find_place(self) -> None:
        self.place = Place.find(self.asked)
        self.folder = self.place.folder
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.sockets = self._socket_folder()

    def running(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(str(self.sockets / ".s.PGSQL.5432"))
            except OSError:
                return False
        return True

    def start(self) -> None:
        """Start the server, or join it where it runs; initialise it where nothing is there.

        The server is stopped when the last process that joined it has left or ended.
        """
        make_account()
        self._find_place()
        for folder in (self.folder, self.sockets):
            self._private(folder)
        with self._lock():
            if self._joined is None:
                self._joined = (self.folder / "users").open("w")
                fcntl.flock(self._joined, fcntl.LOCK_SH)
                atexit.register(self.leave)
            if self.running():
                return
            self._initialise()
            self._forget_dead_server()
            self._start()
            self._make_roles()

    def leave(self) -> None:
        """Stop the server unless another process uses it."""
        if self._joined is None:
            return
        with self._lock(), self._joined as joined, contextlib.suppress(BlockingIOError):
            fcntl.flock(joined, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if self.running():
                self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-t", "60", "stop")
        self._joined = None

    def _initialise(self) -> None:
        """Make the data folder in one rename: a half-made one is never taken for whole."""
        if (self.data / "PG_VERSION").exists() and (self.data / "global" / "pg_control").exists():
            found = (self.data / "PG_VERSION").read_text().strip()
            if found != VERSION:
                raise ServerError(
                    f"{self.data} 是 PostgreSQL {found} 的数据，需先按 docs/operations.md 转换 · "
                    f"it holds data of PostgreSQL {found}: convert it as docs/operations.md says"
                )
            return
        if self.data.exists():
            raise ServerError(
                f"{self.data} 不完整：从备份恢复，或运行 ./run --fresh 清空后重建 · "
                "it is incomplete: restore a backup, or begin again with ./run --fresh"
            )
        half = self.folder / "data.new"
        shutil.rmtree(half, ignore_errors=True)
        self._run(
            "initdb", "-D", half, "-U", "postgres", "--auth=peer", "--encoding=UTF8",
            "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
            *([] if self.durable else ["--no-sync"]),
        )  # fmt: skip
        (half / "pg_hba.conf").write_text("local all all peer map=gov\n")
        people = {pwd.getpwuid(uid).pw_name for uid in (os.geteuid(), self.place.uid)}
        (half / "pg_ident.conf").write_text("".join(f"gov {name} all\n" for name in people))
        half.rename(self.data)

    def _forget_dead_server(self) -> None:
        """Free the lock files of a killed server whose number another program has by now.

        PostgreSQL takes the number of pg_ctl's parent, us, for its own past. The other lines stay:
        by them it sees whether processes of the killed server still use the data.
        """
        for left in self.sockets.glob(".s.PGSQL.*"):
            left.unlink()
        pid_file = self.data / "postmaster.pid"
        with contextlib.suppress(OSError, IndexError):
            pid, *others = pid_file.read_text().splitlines()
            if b"postgres" not in Path(f"/proc/{pid}/cmdline").read_bytes():
                pid_file.write_text("\n".join([str(os.getpid()), *others]) + "\n")

    def _start(self) -> None:
        options = OPTIONS | ({} if self.durable else THROWAWAY)
        options["unix_socket_directories"] = str(self.sockets)
        words = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        arguments = ("-D", self.data, "-l", self.log, "-o", words, "-w", "-t", "120", "start")
        for wait in (0.2, 1, 3):
            try:
                self._run("pg_ctl", *arguments)
            except ServerError:
                # Processes of a killed server need a moment to notice and end.
                if "shared memory block" not in self._end_of_log():
                    raise
                time.sleep(wait)
            else:
                return
        self._run("pg_ctl", *arguments)

    def _make_roles(self) -> None:
        """Make the roles and their rights, and again after ops/roles.sql has changed."""
        record, text = self.folder / "roles", ROLES.read_text()
        digest = hashlib.sha256(text.encode()).hexdigest()
        if record.exists() and record.read_text() == digest:
            return
        self._run(
            "psql", "-X", "-q", "-h", self.sockets, "-U", "postgres", "-d", "postgres", "-f", "-",
            text=text,
        )  # fmt: skip
        record.write_text(digest)

    def _run(self, program: str, *arguments: object, text: str = "") -> None:
        """Run one of PostgreSQL's programs as the server's account; its words go into our error."""
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                [self.place.programs / program, *map(str, arguments)],
                input=text, stdout=said, stderr=said, text=True, cwd="/", **self.place.identity(),
            )  # fmt: skip
            said.seek(0)
            words = said.read().strip()
        if done.returncode:
            logged = self._end_of_log()
            if "No space left" in words + logged:
                raise ServerError(
                    f"磁盘已满：在 {self.folder} 所在磁盘清出 1 GB 以上再启动 · the disk is full: "
                    "free at least 1 GB on it and start again"
                )
            last = (words or logged).splitlines()[-1:] or [f"{program}: {done.returncode}"]
            raise ServerError(
                f"PostgreSQL 未能启动，按 {self.log} 末尾的说明处理 · "
                f"PostgreSQL did not start, see the end of that log: {last[0]}"
            )

    def _end_of_log(self) -> str:
        return self.log.read_text(errors="replace")[-1000:] if self.log.exists() else ""

    def _private(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid not in {os.geteuid(), self.place.uid}:
            raise ServerError(
                f"{folder} 属于另一用户：用该用户运行，或换一个文件夹 · "
                "it belongs to another user: run this as that user, or use another folder"
            )
        if os.geteuid() == 0:
            os.chown(folder, self.place.uid, -1)
        folder.chmod(0o700)

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _socket_folder(self) -> Path:
        """Beside the data, or in the temporary folder where the path is too long."""
        beside = self.folder / "run"
        if len(str(beside)) <= SOCKET_LIMIT - len("/.s.PGSQL.5432"):
            return beside
        return Path(tempfile.gettempdir()) / f"gov-{os.geteuid()}-{short_hash(self.folder)}"
