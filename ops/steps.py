"""The steps between an installed environment and a serving application, each skipped when done."""

import hashlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from config.embedded import Server

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
SECRETS = ("SECRET_KEY", "IDENTITY_KEY")
ACCOUNTS = VAR / "demo-accounts.txt"


class StepError(Exception):
    """A step did not end well; the text is one sentence that says what to do."""


@dataclass(frozen=True)
class Step:
    """One step: what it does, and the files whose change makes it necessary again."""

    title: str
    run: Callable[[], None]
    files: tuple[str, ...]
    in_database: bool = True  # what it did lies in the database, and is forgotten with it


def manage(*commands: tuple[object, ...]) -> None:
    """Run Django's commands as the schema's owner, until one fails."""
    words = [[str(word) for word in command] for command in commands]
    environment = os.environ | {
        "DATABASE_ROLE": "owner",
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "ops.commands", json.dumps(words)],
        cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    if done.returncode:
        place = done.returncode - 1 if 0 < done.returncode <= len(words) else 0
        failed = words[place][0]
        raise StepError(
            f"步骤 manage.py {failed} 未完成，按上面的说明处理后再运行 · manage.py "
            f"{failed} did not complete: see above, then run this again"
        )


def make_secrets() -> None:
    """Keep one key of each kind per installation, unless the environment brings its own."""
    for name in SECRETS:
        file = VAR / name.lower()
        if os.environ.get(name) or os.environ.get(f"{name}_FILE") or file.exists():
            continue
        VAR.mkdir(exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50) + "\n")


def migrate() -> None:
    manage(("migrate", "--no-input", "--verbosity", "0"))


def load() -> None:
    manage(
        ("load_roles",),
        ("load_texts",),
        ("import_divisions", *sorted((ROOT / "data").glob("divisions-*.csv"))),
    )


def demo() -> None:
    manage(
        ("load_texts", "--demo"),
        ("load_demo",),
        ("load_demo_accounts",),
        ("load_demo_collection",),
        ("load_demo_staff",),
        ("load_demo_space",),
    )


def static() -> None:
    manage(("collectstatic", "--no-input", "--verbosity", "0"))


LOADERS = (
    "data/**/*",
    "policy/texts/*",
    "policy/shipped.toml",
    "accounts/roles.toml",
    "*/management/commands/*.py",
)
STEPS = {
    "migrate": Step(
        "数据库结构 · database schema", migrate, ("*/migrations/*.py", "requirements.lock")
    ),
    "load": Step("政策文本和区划 · policy texts and divisions", load, LOADERS),
    "demo": Step("演示数据和账号 · demo data and accounts", demo, LOADERS),
    "static": Step(
        "静态文件 · static files", static, ("static/**/*", "requirements.lock"), in_database=False
    ),
}


def fingerprint(patterns: Iterable[str]) -> str:
    """Name the state of files by path, size and time of change, without reading them."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        if path.is_file():
            stat = path.stat()
            digest.update(f"{path.relative_to(ROOT)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def run_step(name: str, server: Server | None) -> None:
    """Run a step unless its files are as they were; with a database of one's own, always run it."""
    step = STEPS[name]
    if step.in_database and server is None:
        _do(step)
        return
    folder = server.folder if server and step.in_database else VAR
    record = folder / "steps.json"
    done = json.loads(record.read_text()) if record.exists() else {}
    now = fingerprint(step.files)
    if done.get(name) == now:
        return
    _do(step)
    record.write_text(json.dumps(done | {name: now}))


def _do(step: Step) -> None:
    print(f"--- {step.title}", flush=True)
    step.run()
