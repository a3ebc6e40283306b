"""Imports of the country's 129,587 communities: ours against a tuned django-import-export."""
# ruff: noqa: N999 (run by its path)

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402 (the folder of the project comes first)

from benchmarks import pages_database as database  # noqa: E402
from benchmarks.import_files import YEAR  # noqa: E402
from benchmarks.peers.facts import FOLDER  # noqa: E402
from config.embedded import Server  # noqa: E402

PACKAGES = ("django-import-export[xlsx]~=4.3",)
PEER = FOLDER / "import-export"
FORMATS = ("csv", "xlsx")
TABLES = ("collection_uploadrow", "collection_uploadcontent", "collection_factsstep")


def prepare(place: Server) -> None:
    """The communities with last year's facts, both files, and the peer's packages."""
    database.prepare(place)
    database.inside(place, "sessions")  # makes the person
    if not (FOLDER / "import.xlsx").exists():
        run(place, "owner", "benchmarks.import_files", str(FOLDER))
    if not PEER.exists():
        half = PEER.with_suffix(".new")
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--target", half, *PACKAGES],
            check=True,
        )
        # Django and what it needs are the project's own
        for found in half.glob("[dD]jango"):
            subprocess.run(["rm", "-r", found], check=True)
        half.rename(PEER)


def run(place: Server, role: str, module: str, *arguments: str) -> str:
    """A module in a process of its own; what it printed."""
    environment = database.environment(place) | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_ROLE": role,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{PEER}",
    }
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return done.stdout


def clear(place: Server) -> None:
    """The year without facts again, its history too, and the tables as after a vacuum."""
    address = f"host={place.sockets} dbname=gov user=gov_owner"
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("SET app.scope_from = '0'")
        owner.execute("SET app.scope_to = ':'")
        owner.execute(f"TRUNCATE {', '.join(TABLES)}, collection_upload CASCADE")
        for table in ("communities_annualfactsevent", "communities_annualfacts"):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            owner.execute(f"DELETE FROM {table} WHERE year = {YEAR}")  # noqa: S608
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            owner.execute(f"VACUUM (ANALYZE) {table}")


def measure(place: Server, peer: str, form: str) -> dict[str, Any]:
    module, role = {
        "ours": ("benchmarks.peers.import_ours", "app"),
        "peer": ("benchmarks.peers.import_export_peer", "owner"),
    }[peer]
    clear(place)
    path = str(FOLDER / f"import.{form}")
    if peer == "ours":  # the web server keeps the file, another process does the work
        run(place, role, module, "upload", path)
    found: dict[str, Any] = json.loads(
        run(place, role, module, *(["work"] if peer == "ours" else [path])).splitlines()[-1]
    )
    print(f"  {form:<5} {peer:<5} {found}", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=["ours", "peer"])
    arguments = parser.parse_args()
    peers = [arguments.only] if arguments.only else ["ours", "peer"]
    place = database.server()
    place.start()
    try:
        prepare(place)
        found: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for number in range(arguments.rounds):
            order = peers if number % 2 else peers[::-1]
            for form in FORMATS:
                for peer in order:
                    found.setdefault((form, peer), []).append(measure(place, peer, form))
    finally:
        place.leave()
    print("\nseconds: median (min-max); megabytes of the process, most:")
    for (form, peer), runs in sorted(found.items()):
        times = [one["seconds"] for one in runs]
        print(
            f"  {form:<5} {peer:<5} {statistics.median(times):7.1f} "
            f"({min(times):.1f}-{max(times):.1f})  {max(one['megabytes'] for one in runs):.0f} MB"
        )
    for form in FORMATS:
        if len(peers) == 2:
            ours, peer = (
                statistics.median(one["seconds"] for one in found[form, name]) for name in peers
            )
            alone = statistics.median(one["take"] for one in found[form, "peer"])
            print(
                f"  {form}: {ours / peer:.3f} of the peer ({ours / alone:.3f} without its preview)"
            )


if __name__ == "__main__":
    main()
