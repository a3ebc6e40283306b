"""./run: what it refuses, in one sentence, and which steps it does again."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ops import start as starting
from ops import steps
from ops.steps import Step, StepError, run_step

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of what ./run needs before it does anything."""
    for folder in ("config", "ops"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def start(house: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ops.start", *arguments],
        cwd=house, env=os.environ | environment, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_taken_port_is_refused_with_what_to_do(house: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = start(house, PORT=port)

    assert done.returncode == 1
    assert done.stderr == (
        f"127.0.0.1:{port} 已被占用：换一个端口，如 PORT=8001 ./run · "
        f"127.0.0.1:{port} is in use: choose another port, as in PORT=8001 ./run\n"
    )
    assert not (house / "var").exists()


def test_port_that_is_no_number_is_refused_with_what_to_do(house: Path) -> None:
    done = start(house, PORT="八千")

    assert done.returncode == 1
    assert "127.0.0.1:八千 不能使用：换一个端口" in done.stderr


def test_fresh_start_without_a_terminal_deletes_nothing(house: Path) -> None:
    (house / "var").mkdir()
    (house / "var" / "kept").touch()

    done = start(house, "--fresh")

    assert done.returncode == 1
    assert "没有终端可以确认：加上 --yes" in done.stderr
    assert (house / "var" / "kept").exists()


def test_fresh_start_that_is_sure_empties_the_folder(house: Path) -> None:
    (house / "var").mkdir()
    (house / "var" / "gone").touch()

    done = start(house, "--fresh", "--yes", "--step", "install", SECRET_KEY="", IDENTITY_KEY="")

    assert done.returncode == 0
    assert {path.name for path in (house / "var").iterdir()} == {"secret_key", "identity_key"}


@pytest.mark.parametrize(("restoring", "left"), [(True, ["identity_key"]), (False, None)])
def test_folder_when_emptied_then_the_key_of_identities_stays_for_a_restore(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, restoring: bool, left: list[str] | None
) -> None:
    var = tmp_path / "var"
    var.mkdir()
    (var / "secret_key").write_text("s" * 50)
    (var / "identity_key").write_text("i" * 50)
    monkeypatch.setattr(starting, "VAR", var)

    starting.empty(sure=True, restoring=restoring)

    assert ([one.name for one in var.iterdir()] if var.exists() else None) == left
    if restoring:
        assert (var / "identity_key").read_text() == "i" * 50
        assert (var / "identity_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["SECRET_KEY", "IDENTITY_KEY"])
def test_key_is_made_once_and_for_its_owner_only(house: Path, name: str) -> None:
    environment = {"SECRET_KEY": "", "IDENTITY_KEY": ""}
    start(house, "--step", "install", **environment)
    key = house / "var" / name.lower()
    made = key.read_text()

    start(house, "--step", "install", **environment)

    assert len(made.strip()) >= 50
    assert key.read_text() == made
    assert key.stat().st_mode & 0o777 == 0o600


def test_missing_python_is_refused_with_what_to_do(house: Path) -> None:
    shutil.copy(ROOT / "requirements.lock", house)

    done = subprocess.run(
        ["ops/install.sh", ".venv", "requirements.lock"],
        cwd=house, env=os.environ | {"PYTHON": "no-such-python"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert done.stderr.startswith("需要 Python 3.11 或更新的版本，安装后再运行 · ")
    assert done.stderr.count("\n") == 1


def test_step_is_done_again_only_when_its_files_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    step = Step("static", lambda: done.append("static"), ("static/*",), in_database=False)
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    monkeypatch.setattr(steps, "VAR", tmp_path)
    monkeypatch.setitem(steps.STEPS, "static", step)
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "app.css").write_text("a")

    run_step("static", None)
    run_step("static", None)
    assert done == ["static"]

    (tmp_path / "static" / "app.css").write_text("ab")
    run_step("static", None)
    assert done == ["static", "static"]


def test_step_in_a_database_of_one_s_own_is_always_done(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setitem(steps.STEPS, "load", Step("load", lambda: done.append("load"), ()))

    run_step("load", None)
    run_step("load", None)

    assert done == ["load", "load"]


def test_missing_venv_is_refused_with_what_to_do(house: Path) -> None:
    shutil.copy(ROOT / "requirements.lock", house)
    python = house / "python-of-debian"
    python.write_text('#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\n')
    python.chmod(0o755)
    tools = house / "tools"  # a PATH without uv
    tools.mkdir()
    for name in ("sh", "cksum", "grep", "rm", "env", "df", "awk"):
        (tools / name).symlink_to(str(shutil.which(name)))

    done = subprocess.run(
        ["ops/install.sh", ".venv", "requirements.lock"],
        cwd=house, env={"PATH": str(tools), "PYTHON": str(python)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert done.stderr.startswith("缺少 Python 的 venv 组件，运行 apt install python3-venv 后再试")
    assert done.stderr.count("\n") == 1


def test_command_that_fails_is_named_and_ends_the_step(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StepError, match=r"步骤 manage\.py no_such_thing 未完成，按上面的说明处理"):
        steps.manage(("load_roles", "--help"), ("no_such_thing",), ("load_texts", "--help"))

    said = capfd.readouterr()
    assert "Unknown command: 'no_such_thing'" in said.err
    assert "manage.py load_roles" in said.out
    assert "load_texts" not in said.out
