"""CPU per request of our pages against the stock Django admin on the same models and data."""

import argparse
import gzip
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import pages_database as database  # noqa: E402 (the folder of the project comes first)

PORTS = {"ours": 8171, "stock": 8172}
STREET = "371502001"
TICK = os.sysconf("SC_CLK_TCK")
FACTS = "/admin/communities/annualfacts/"


@dataclass(frozen=True)
class Job:
    """The same task in both products; None where the stock admin has nothing for it."""

    name: str
    person: str
    ours: str
    stock: str | None
    times: int = 20


JOBS = (
    Job("list of a street", "city", f"/communities/?street={STREET}&year={database.YEAR}",
        f"{FACTS}?street_code__exact={STREET}&year__exact={database.YEAR}"),
    Job("page 900 of everything, sorted, totals", "country",
        f"/communities/?sort=-households&page=900&year={database.YEAR}",
        f"{FACTS}?o=-5&p=900&year__exact={database.YEAR}", 10),
    Job("search two characters", "country", f"/communities/?q=古城&year={database.YEAR}",
        f"{FACTS}?q=古城&year__exact={database.YEAR}", 10),
    Job("search pinyin initials", "country", f"/communities/?q=gcsq&year={database.YEAR}",
        f"{FACTS}?q=gcsq&year__exact={database.YEAR}", 10),
    Job("search part of a code", "country", f"/communities/?q={STREET}&year={database.YEAR}",
        f"{FACTS}?q={STREET}&year__exact={database.YEAR}", 10),
    Job("open one community", "city", "/communities/{code}/", FACTS + "{id}/change/", 5),
    Job("district sheet", "city", f"/districts/371502/?year={database.YEAR}", None),
    Job("export everything, CSV", "country",
        f"/communities/export.csv?year={database.YEAR}", None, 1),
    Job("export everything, xlsx", "country",
        f"/communities/export.xlsx?year={database.YEAR}", None, 1),
)  # fmt: skip


def descendants(root: int) -> list[int]:
    """A process and all below it."""
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            waiting += [int(child) for child in task.read_text().split()]
    return found


def seconds(roots: Sequence[int]) -> float:
    """CPU seconds that the processes have used, with those of their children that ended."""
    ticks = 0
    for root in roots:
        for pid in descendants(root):
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            ticks += sum(map(int, fields[11:15]))
    return ticks / TICK


def resident(root: int) -> float:
    """Megabytes of a process and all below it, shared pages divided among their users."""
    total = 0
    for pid in descendants(root):
        for text in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if text.startswith("Pss:"):
                total += int(text.split()[1])
    return total / 1024


def postmaster() -> int:
    place = database.server()
    return int((place.data / "postmaster.pid").read_text().splitlines()[0])


@contextmanager
def served() -> Iterator[dict[str, int]]:
    """Both products under gunicorn with one process each; gives their process numbers."""
    place = database.server()
    programs = {"ours": "config.wsgi:application", "stock": "benchmarks.stock.wsgi:application"}
    settings = {
        "ours": {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_ROLE": "app"},
        "stock": {"DJANGO_SETTINGS_MODULE": "benchmarks.stock.settings", "DATABASE_ROLE": "owner"},
    }
    started = {
        name: subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py",
             "-b", f"127.0.0.1:{PORTS[name]}", program],
            cwd=ROOT,
            env=database.environment(place) | settings[name],
        )
        for name, program in programs.items()
    }  # fmt: skip
    try:
        yield {name: process.pid for name, process in started.items()}
    finally:
        for process in started.values():
            process.terminate()
            process.wait()


def get(product: str, address: str, cookie: str, encoding: str = "identity") -> bytes:
    """One request; anything but 200 ends the measurement."""
    connection = http.client.HTTPConnection("127.0.0.1", PORTS[product], timeout=300)
    headers = {"Cookie": f"sessionid={cookie}", "Accept-Encoding": encoding}
    connection.request("GET", database.quote(address, safe="/?=&%-"), headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{product} {address}: {answer.status}")
    return body


def wait_until_up(cookies: dict[str, str]) -> None:
    for product, address in (("ours", "/communities/"), ("stock", FACTS)):
        for _ in range(120):
            try:
                get(product, address, cookies["country"])
                break
            except ConnectionError:
                time.sleep(0.5)


def cpu(product: str, roots: Sequence[int], address: str, cookie: str, times: int) -> float:
    """Milliseconds of server and database per request."""
    before = seconds(roots)
    for _ in range(times):
        get(product, address, cookie)
    return (seconds(roots) - before) * 1000 / times


def addresses(job: Job, cookie: str) -> dict[str, str]:
    """The job's addresses; the record is the first of the street's list in either product."""
    found = {"ours": job.ours}
    if job.stock:
        found["stock"] = job.stock
    if "{code}" in job.ours:
        listed = get("stock", JOBS[0].stock or "", cookie).decode()
        records = re.search(r"annualfacts/(\d+)/change/[^>]*>(\d{12})<", listed)
        if not records:
            raise SystemExit("the stock admin lists nothing for the street")
        found = {
            "ours": job.ours.format(code=records[2]),
            "stock": (job.stock or "").format(id=records[1]),
        }
    return found


def measure(job: Job, pids: dict[str, int], cookies: dict[str, str], rounds: int) -> None:
    cookie = cookies[job.person]
    where = addresses(job, cookie)
    postgres = postmaster()
    figures: dict[str, list[float]] = {product: [] for product in where}
    for product, address in where.items():
        get(product, address, cookie)
    for number in range(rounds):
        for product in list(where)[:: 1 if number % 2 else -1]:
            roots = (pids[product], postgres)
            figures[product].append(cpu(product, roots, where[product], cookie, job.times))
    ours = statistics.median(figures["ours"])
    text = (
        f"  {job.name:<40} ours {ours:8.1f} ({min(figures['ours']):.1f}-{max(figures['ours']):.1f})"
    )
    if "stock" in figures:
        stock = statistics.median(figures["stock"])
        text += f"   stock {stock:8.1f} ({min(figures['stock']):.1f}-{max(figures['stock']):.1f})"
        text += f"   ratio {ours / stock:.3f}"
    print(text, flush=True)


def weights(cookies: dict[str, str]) -> None:
    """Compressed sizes: each page's HTML, and all that a first visit of the list fetches."""
    print("\nHTML compressed (gzip 6), bytes:")
    for job in JOBS[:7]:
        body = get("ours", addresses(job, cookies[job.person])["ours"], cookies[job.person])
        print(f"  {job.name:<40} {len(gzip.compress(body, 6)):8d}  (plain {len(body)})")
    page = get("ours", JOBS[0].ours, cookies["city"])
    links = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode()))
    files = {link: len(get("ours", link, cookies["city"], "br, gzip")) for link in links}
    total = len(gzip.compress(page, 6)) + sum(files.values())
    print(f"  first visit of a street's list: {total} bytes with {len(files)} static files")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    place = database.server()
    place.start()
    try:
        database.prepare(place)
        cookies = database.inside(place, "sessions")
        with served() as pids:
            wait_until_up(cookies)
            print(f"CPU ms per request, server and database; median of {rounds} rounds (min-max):")
            for job in JOBS:
                measure(job, pids, cookies, rounds)
            weights(cookies)
            print("\nmemory after that, MB (proportional):")
            for name, pid in pids.items():
                print(f"  {name:<6} {resident(pid):.0f}")
            pages = [[addresses(j, cookies[j.person])["ours"], cookies[j.person]] for j in JOBS[:7]]
            counts = database.inside(place, "queries", json.dumps(pages))
            print("\nqueries of our pages:")
            for address, number in counts.items():
                print(f"  {address:<60} {number}")
    finally:
        place.leave()


if __name__ == "__main__":
    main()
