"""Times policy.engine against numpy, OpenFisca, zen and Decimal on the same rules and codes."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402 (the folder of the project comes first)

from benchmarks.peers.facts import FOLDER, load  # noqa: E402

VENV = FOLDER / "venv"
PACKAGES = ("OpenFisca-core==46.0.1", "zen-engine==2.1.3", "numpy~=2.4")
THERE = ("openfisca", "zen")  # peers that live in the virtual environment of the benchmark
ZEN_ROWS = 5_000
SAMPLE = 13  # the engine's rows are compared one in thirteen, its street sums all


def prepare() -> None:
    """The peers' own virtual environment, and the facts of both sizes."""
    if not (VENV / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        subprocess.run([VENV / "bin" / "pip", "install", "--quiet", *PACKAGES], check=True)
    for size in ("urban", "all"):
        load(size)


class Worker:
    """A peer in its own process."""

    def __init__(self, name: str, size: str) -> None:
        python = VENV / "bin" / "python" if name in THERE else sys.executable
        self.name = name
        self.process = subprocess.Popen(
            [str(python), "-m", "benchmarks.peers.worker", name, size],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.read()

    def read(self) -> Any:
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise SystemExit(f"{self.name} stopped")
        return json.loads(line)

    def ask(self, command: str) -> Any:
        if self.process.stdin is None:
            raise SystemExit(f"{self.name} has no input")
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.read()

    def stop(self) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()


def interleaved(workers: Sequence[Worker], rounds: int) -> dict[str, list[float]]:
    """Every peer once per round after one warm-up; the first of a round changes."""
    for worker in workers:
        worker.ask("run")
    times: dict[str, list[float]] = {worker.name: [] for worker in workers}
    for number in range(rounds):
        shift = number % len(workers)
        for worker in [*workers[shift:], *workers[:shift]]:
            times[worker.name].append(worker.ask("run"))
    return times


def line(name: str, seconds: Sequence[float], base: float) -> None:
    middle = statistics.median(seconds)
    print(
        f"  {name:<12} {middle / base:8.2f} × numpy   median {middle * 1000:10.1f} ms"
        f"   ({min(seconds) * 1000:.1f}-{max(seconds) * 1000:.1f})"
    )


def compare(peers: Sequence[str]) -> None:
    """Figures that differ from numpy's by a fen or more, peer by peer."""
    for peer in peers:
        step = SAMPLE if peer == "engine" else 1
        differing("figures", peer, "communities", step)
    differing("sums", "engine", "streets", 1)


def differing(kind: str, peer: str, units: str, step: int) -> None:
    wrong: dict[str, tuple[int, int]] = {}
    with (
        np.load(FOLDER / f"{kind}-numpy.npz") as floor,
        np.load(FOLDER / f"{kind}-{peer}.npz") as got,
    ):
        shared = [name for name in floor.files if name in got.files]
        for name in shared:
            apart = np.abs(floor[name][::step][: len(got[name])] - got[name])
            if apart.any():
                wrong[name] = (int((apart > 0).sum()), int(apart.max()))
        rows = len(got[shared[0]])
    total = sum(count for count, _ in wrong.values())
    print(f"  {peer:<12} {len(shared)} figures × {rows} {units}: {total} differ")
    for name, (count, most) in wrong.items():
        print(f"      {name}: {count}, at most {most} (fen, 0.01㎡ or persons)")


def compute(rounds: int) -> None:
    workers = [Worker(name, "urban") for name in ("numpy", "engine", "openfisca")]
    slow = [Worker(name, "urban") for name in ("zen", "decimal")]
    rows = len(load("urban")["code"])
    memory = {worker.name: worker.ask("memory") / rows for worker in workers}
    print(f"\n{rows} urban communities, policies A-D, all figures, four roll-ups:")
    times = interleaved(workers, rounds)
    base = statistics.median(times["numpy"])
    for name, seconds in times.items():
        line(name, seconds, base)
    for worker in slow:
        seconds = [worker.ask("run") for _ in range(rounds + 1)][1:]
        scale = rows / ZEN_ROWS if worker.name == "zen" else 1
        line(worker.name, [s * scale for s in seconds], base)
    print(f"  (zen: {ZEN_ROWS} communities in batches, scaled, without districts and roll-ups)")
    print("\ncompared with numpy to the fen:")
    for worker in [*workers, *slow]:
        worker.ask("save")
    compare(["engine", "openfisca", "zen", "decimal"])
    print("\none community with its full trace, p50:")
    for worker in [*workers, *slow]:
        print(f"  {worker.name:<12} {worker.ask('one') * 1000:.3f} ms")
    print("\nmemory of the first run above the facts, at its peak:")
    for name, size in memory.items():
        print(f"  {name:<12} {size:.0f} bytes per community")
    for worker in [*workers, *slow]:
        worker.stop()


def growth(rounds: int) -> None:
    """The same on every community of the country, and how the time grows."""
    print("\nsizes in turn:")
    medians = {}
    for name in ("numpy", "engine"):
        pair = [Worker(name, "urban"), Worker(name, "all")]
        for worker, size in zip(pair, ("urban", "all"), strict=True):
            worker.name = size
        most = pair[1].ask("memory") / len(load("all")["code"])
        times = interleaved(pair, rounds)
        medians[name] = [statistics.median(times[size]) for size in ("urban", "all")]
        small, large = medians[name]
        print(
            f"  {name:<12} 129,587: {small * 1000:.1f} ms   620,573: {large * 1000:.1f} ms"
            f"   ratio {large / small:.2f}   {most:.0f} bytes per community"
        )
        for worker in pair:
            worker.stop()
    print(f"  engine / numpy at 620,573: {medians['engine'][1] / medians['numpy'][1]:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    prepare()
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    print(f"version {packages}, {os.cpu_count()} cores, {rounds} interleaved runs after a warm-up")
    compute(rounds)
    growth(rounds)


if __name__ == "__main__":
    main()
