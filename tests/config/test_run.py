"""./run from a fresh copy of the project: it starts, serves, starts again, and leaves nothing."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded import Server

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds, for the first start on a busy machine


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What a clone holds, without what ./run makes."""
    folder = tmp_path_factory.mktemp("clone") / "house"
    left_out = shutil.ignore_patterns(".*", "var", "node_modules", "__pycache__", "tests", "docs")
    shutil.copytree(ROOT, folder, ignore=left_out)
    yield folder
    shutil.rmtree(Server(folder / "var" / "postgres").folder, ignore_errors=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def start_and_stop(house: Path, stop_with: signal.Signals) -> tuple[str, str]:
    """Run the house until its login page is there, stop it; give the page and what was printed."""
    port = free_port()
    own = {"VENV": str(ROOT / ".venv"), "PORT": str(port), "SECRET_KEY": "", "IDENTITY_KEY": ""}
    names = ("PATH", "HOME", "LANG")
    environment = {name: os.environ[name] for name in names if name in os.environ} | own
    log = house.parent / "printed.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            ["./run"], cwd=house, env=environment, stdin=subprocess.DEVNULL,
            stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    page = ""
    try:
        # The last line it prints, and not the first answer: the worker answers before it is said.
        if says(log, process, "Ctrl-C stops it"):
            page = login_page(port)
    finally:
        process.send_signal(stop_with)
        process.wait(timeout=60)
    printed = log.read_text()
    assert process.returncode == 0, printed
    return page, printed


def says(log: Path, process: subprocess.Popen[bytes], words: str) -> bool:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        if words in log.read_text():
            return True
        time.sleep(0.1)
    return False


def login_page(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=60) as answer:
        return str(answer.read().decode())


def test_run_starts_serves_and_stops_and_starts_again(house: Path) -> None:
    page, printed = start_and_stop(house, signal.SIGTERM)

    assert "登录" in page
    assert "社区保障管理系统 · http://127.0.0.1:" in printed
    assert "street_clerk" in printed
    accounts = house / "var" / "demo-accounts.txt"
    passwords = accounts.read_text()
    assert accounts.stat().st_mode & 0o777 == 0o600
    assert not Server(house / "var" / "postgres").running()

    page, printed = start_and_stop(house, signal.SIGINT)

    assert "登录" in page
    assert accounts.read_text() == passwords
    assert not Server(house / "var" / "postgres").running()
