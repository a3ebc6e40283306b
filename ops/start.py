"""./run: set up what is missing, serve until Ctrl-C, then stop all that was started."""

import argparse
import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import environ

from config.database import given
from config.embedded import Server
from config.programs import ServerError
from ops.backup import backup, refuse_damaged, restore
from ops.steps import ACCOUNTS, ROOT, STEPS, VAR, StepError, make_secrets, run_step

environ.Env.read_env(ROOT / ".env")
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
NEEDED_SPACE = 500 * 1024 * 1024  # bytes: the database with its write-ahead log, and static files
FULL = (
    "磁盘空间不足：在 {place} 所在磁盘清出 500 MB 以上再启动 · The disk is full: free at least "
    "500 MB on it and start again"
)


def main() -> None:
    arguments = parse()
    for number in STOPS:
        signal.signal(number, interrupt)
    try:
        if arguments.restore:
            refuse_damaged(Server(VAR / "postgres"), arguments.restore)
        if arguments.fresh:
            empty(sure=arguments.yes, restoring=arguments.restore is not None)
        if arguments.backup or arguments.restore:
            save(arguments)
        else:
            start(arguments.step)
    except KeyboardInterrupt:
        sys.exit(130)
    except (ServerError, StepError) as error:
        sys.exit(str(error))
    except OSError as error:
        if error.errno == errno.ENOSPC:
            sys.exit(FULL.format(place=VAR))
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            sys.exit(
                f"无权写 {error.filename}：用拥有此文件夹的用户运行 ./run · "
                "This user may not write there: run ./run as the folder's owner"
            )
        raise


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    """Begin to stop, once: a second Ctrl-C must not leave behind what the first is stopping."""
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./run",
        description="Start 社区保障管理系统 on HOST:PORT (127.0.0.1:8000); Ctrl-C stops it.",
    )
    parser.add_argument("--fresh", action="store_true", help="ask, delete all data in var/, begin")
    parser.add_argument("--yes", action="store_true", help="with --fresh: do not ask")
    parser.add_argument(
        "--step", action="append", choices=["install", *STEPS, "serve"],
        help="only this step; may be repeated, steps keep their order",
    )  # fmt: skip
    parser.add_argument("--backup", type=Path, metavar="FILE", help="dump all data, and end")
    parser.add_argument(
        "--restore", type=Path, metavar="FILE", help="with --fresh: fill the new database, and end"
    )
    return parser.parse_args()


def empty(*, sure: bool, restoring: bool = False) -> None:
    """Delete var/ after asking; without a terminal only with --yes.

    What is restored most often came from here: the key of its identity numbers is kept.
    """
    server = Server(VAR / "postgres")
    if server.running():
        raise StepError(
            "系统正在运行：先按 Ctrl-C 停止，再运行 ./run --fresh · It is running: stop it with "
            "Ctrl-C first, then run ./run --fresh"
        )
    if not sure:
        if not sys.stdin.isatty():
            raise StepError(
                "--fresh 会删除全部数据，没有终端可以确认：加上 --yes · "
                "--fresh deletes all data and there is no terminal to ask: add --yes"
            )
        answer = input(f"将删除 {VAR} 中的全部数据，输入 yes 继续 · Type yes to delete all data: ")
        if answer.strip() != "yes":
            raise StepError("未删除任何数据 · Nothing was deleted")
    key = VAR / "identity_key"
    kept = key.read_text() if restoring and key.exists() else ""
    for folder in (server.folder, VAR):
        if folder.exists():
            shutil.rmtree(folder)
    if kept:
        VAR.mkdir()
        key.touch(mode=0o600)
        key.write_text(kept)


def save(arguments: argparse.Namespace) -> None:
    """Dump the embedded server's data to a file, or fill an empty server from one."""
    VAR.mkdir(exist_ok=True)
    server = Server(VAR / "postgres")
    server.start()
    try:
        if arguments.backup:
            backup(server, arguments.backup)
        else:
            restore(server, arguments.restore)
    finally:
        server.leave()
    print("已完成 · Done")


def start(steps: list[str] | None) -> None:
    """Do the steps asked for, or all of them, and serve when that is among them."""
    wanted = steps or [*STEPS, "serve"]
    serving = "serve" in wanted
    if serving:
        refuse_taken_port()
    VAR.mkdir(exist_ok=True)
    if shutil.disk_usage(VAR).free < NEEDED_SPACE:
        raise StepError(FULL.format(place=VAR))
    make_secrets()
    server = None
    if not given() and set(wanted) - {"install", "static"}:
        server = Server(VAR / "postgres")
        server.start()
    try:
        for name in STEPS:
            # Demo data belongs to the embedded server; elsewhere it must be asked for.
            if name in wanted and (server or steps or name != "demo"):
                run_step(name, server)
        if serving:
            serve()
    finally:
        if server:
            server.leave()


def refuse_taken_port() -> None:
    family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(PORT)))
        except (OSError, ValueError, OverflowError) as error:
            taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
            why = ("已被占用", "is in use") if taken else ("不能使用", f"cannot be used ({error})")
            raise StepError(
                f"{HOST}:{PORT} {why[0]}：换一个端口，如 PORT=8001 ./run · "
                f"{HOST}:{PORT} {why[1]}: choose another port, as in PORT=8001 ./run"
            ) from error


def serve() -> None:
    """Run gunicorn until it ends or we are told to stop."""
    child = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_ROLE": "app"},
        start_new_session=True,  # Ctrl-C reaches us alone, and we stop it gracefully
    )
    try:
        if listening(child):
            announce()
        child.wait()
    except KeyboardInterrupt:
        print("\n正在停止 · Stopping", flush=True)
    else:
        raise StepError("服务意外停止，原因见上 · The server stopped by itself: see above")
    finally:
        child.terminate()
        child.wait()


def listening(child: subprocess.Popen[bytes]) -> bool:
    """Wait until the first worker answers; False when gunicorn ends before."""
    address = ({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(HOST, HOST), int(PORT))  # noqa: S104
    while child.poll() is None:
        try:
            with socket.create_connection(address, timeout=60) as client:
                client.sendall(b"GET /health/ HTTP/1.0\r\nHost: localhost\r\n\r\n")
                return bool(client.recv(1))
        except OSError:
            time.sleep(0.05)
    return False


def announce() -> None:
    host = f"[{HOST}]" if ":" in HOST else HOST
    print(f"\n社区保障管理系统 · http://{host}:{PORT}/")
    if ACCOUNTS.exists() and not given():
        print(f"\n演示账号 · demo accounts ({ACCOUNTS.relative_to(ROOT)})")
        print(ACCOUNTS.read_text().rstrip())
    print("\n按 Ctrl-C 停止 · Ctrl-C stops it", flush=True)


if __name__ == "__main__":
    main()
