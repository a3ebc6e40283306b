"""The lock files and the list of environment variables say all, and only, what is used."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
READERS = ["config/settings.py", "config/gunicorn.py", "config/database.py", "ops/start.py"]
SHELL = ["run", "check", "ops/install.sh", "docker-compose.yml", "Caddyfile"]


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[~=]", line)[0] for line in requirements}


def pinned(lock: str) -> dict[str, str]:
    """Give each package's block of the lock file: its line and its hashes."""
    blocks = re.split(r"\n(?=[a-z])", (ROOT / lock).read_text().strip())
    return {re.split("==", block)[0]: block for block in blocks}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_pins_each_package_by_hash_and_names_no_host(lock: str) -> None:
    packages = pinned(lock)

    assert [name for name, block in packages.items() if "--hash=sha256:" not in block] == []
    assert not re.search(r"://|--index|--find-links|file:", (ROOT / lock).read_text())


def test_locks_hold_what_the_project_asks_for() -> None:
    run = names(PROJECT["project"]["dependencies"])
    dev = names(PROJECT["dependency-groups"]["dev"])

    assert run - set(pinned("requirements.lock")) == set()
    assert (run | dev) - set(pinned("requirements-dev.lock")) == set()


def test_development_lock_pins_the_same_versions() -> None:
    dev = pinned("requirements-dev.lock")

    assert [name for name, block in pinned("requirements.lock").items() if dev[name] != block] == []


def test_each_dependency_has_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()

    asked = [line for line in lines if re.match(r'    "[a-z][\w\[\],-]*~=', line)]

    assert len(asked) == len(names(PROJECT["project"]["dependencies"])) + len(
        names(PROJECT["dependency-groups"]["dev"])
    )
    assert [line for line in asked if " # " not in line] == []


def test_example_environment_lists_every_variable_that_is_read() -> None:
    python = "".join((ROOT / path).read_text() for path in READERS)
    shell = "".join((ROOT / path).read_text() for path in SHELL)
    read = set(re.findall(r"env(?:\.\w+|iron\.get)\(\s*[\"']([A-Z_]+)", python))
    read |= set(re.findall(r"\"(DATABASE_(?:OWNER_)?URL)\"", python))
    read |= set(re.findall(r"\$\{?([A-Z_]{4,})(?=[:}])", shell)) - {"PATH"}
    example = (ROOT / ".env.example").read_text()

    listed = re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)

    assert sorted(listed) == sorted(read)
