"""The database of benchmarks/pages.py: the urban communities, two people and their sessions."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import django  # noqa: E402 (the folder of the project comes first)

from benchmarks.peers.facts import FOLDER, named_codes  # noqa: E402
from config.embedded import Server  # noqa: E402

YEAR = 2026
PEOPLE = {"city": ("3715", "auditor"), "country": ("0", "administrator")}
CSV = FOLDER / "divisions.csv"
CODES = FOLDER / "codes.txt"


def server() -> Server:
    return Server(FOLDER / "postgres")


def environment(place: Server) -> dict[str, str]:
    """Both database roles on the benchmark's own server, through its socket."""
    host = quote(str(place.sockets))
    return os.environ | {
        "DATABASE_URL": f"postgres://gov_app@/gov?host={host}",
        "DATABASE_OWNER_URL": f"postgres://gov_owner@/gov?host={host}",
        "PYTHONPATH": str(ROOT),
        "WEB_CONCURRENCY": "1",
    }


def write_divisions() -> None:
    """The package's divisions and urban communities as one file for import_divisions."""
    with (FOLDER / "places.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("code", "name"))
        for name in ("provinces", "cities", "areas", "streets"):
            with (FOLDER / "package" / "dist" / f"{name}.csv").open(encoding="utf-8-sig") as lines:
                writer.writerows((row["code"], row["name"]) for row in csv.DictReader(lines))
        writer.writerows(named_codes(urban=True))
    (FOLDER / "places.csv").rename(CSV)
    CODES.write_text("".join(f"{code}\n" for code, _ in named_codes(urban=True)), "utf-8")


def manage(place: Server, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(place) | {"DATABASE_ROLE": "owner"},
        check=True,
    )


def prepare(place: Server) -> None:
    """Everything once; a second call finds it done."""
    if not CSV.exists():
        subprocess.run(
            ["tar", "xzf", "china-division-2.7.0.tgz", "--wildcards", "package/dist/*.csv"],
            cwd=FOLDER,
            check=True,
        )
        write_divisions()
    done = FOLDER / "site-ready"
    manage(place, "migrate", "--no-input", "--verbosity", "0")
    if done.exists():
        return
    manage(place, "load_roles")
    manage(place, "load_texts", "--demo")
    manage(place, "import_divisions", str(CSV))
    manage(place, "load_demo", "--years", "2025", "2026", "--codes", str(CODES))
    done.touch()


def inside(place: Server, what: str, *arguments: str) -> Any:
    """Runs one of the jobs below in a Django process and reads its JSON."""
    done = subprocess.run(
        [sys.executable, __file__, what, *arguments],
        cwd=ROOT,
        env=environment(place),
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def sessions() -> dict[str, str]:
    """A session of each person, made without a password."""
    from django.test import Client  # noqa: PLC0415 (needs django.setup first)
    from django.utils import timezone  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from accounts.scope import scope  # noqa: PLC0415

    cookies = {}
    for name, (prefix, role) in PEOPLE.items():
        with scope("0"):
            user = User.objects.filter(username=f"bench-{name}").first() or User.objects.create(
                username=f"bench-{name}",
                display_name="测速",
                office="测速",
                scope=prefix,
                role_id=role,
            )
            user.password_changed_at = timezone.now()
            user.save()
            client = Client()
            client.force_login(user, "accounts.backends.RoleBackend")
        cookies[name] = client.cookies["sessionid"].value
    return cookies


def queries(addresses: list[list[str]]) -> dict[str, int]:
    """How many queries each of our pages makes when everything is warm."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    counts = {}
    for address, cookie in addresses:
        client = Client(headers={"host": "localhost"})
        client.cookies["sessionid"] = cookie
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts[address] = len(captured)
    return counts


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    job = {"sessions": sessions, "queries": lambda: queries(json.loads(sys.argv[2]))}[sys.argv[1]]
    print(json.dumps(job()))
