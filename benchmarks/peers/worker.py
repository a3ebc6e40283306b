"""One peer in a process of its own: takes commands on standard input, answers in JSON lines."""

import gc
import importlib
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers.facts import FOLDER, load

ZEN_ROWS = 5_000
ONE_ROUNDS = 300
WITH_SUMS = ("numpy", "engine")  # their street sums are compared too


def resident(field: str) -> int:
    """VmRSS or VmHWM of this process in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    return 0


class Numpy:
    """Hand-written numpy."""

    def __init__(self, size: str) -> None:
        self.rules = importlib.import_module("benchmarks.peers.rules_numpy")
        self.facts = load(size)

    def run(self) -> Any:
        return self.rules.run(self.facts)

    def columns(self, answer: Any) -> Any:
        return answer[0]

    def sums(self, answer: Any) -> Any:
        return answer[1]["street"]

    def one(self) -> Callable[[], Any]:
        first = {name: column[:1].copy() for name, column in self.facts.items()}
        return lambda: [policy(first) for policy in self.rules.POLICIES.values()]


class Loop(Numpy):
    """A Decimal loop."""

    def __init__(self, size: str) -> None:
        self.rules = importlib.import_module("benchmarks.peers.rules_decimal")
        self.facts = self.rules.rows(load(size))

    def columns(self, answer: Any) -> Any:
        return self.rules.as_columns(answer[0])

    def one(self) -> Callable[[], Any]:
        return lambda: self.rules.run(self.facts[:1])


class Engine:
    """policy.engine."""

    def __init__(self, size: str) -> None:
        self.rules = importlib.import_module("benchmarks.peers.rules_engine")
        facts = load(size)
        self.size = len(facts["code"])
        self.peer = self.rules.Peer(facts)

    def run(self) -> Any:
        return self.peer.run()

    def columns(self, answer: Any) -> Any:
        with np.load(FOLDER / "figures-numpy.npz") as names:
            return self.rules.figures(answer, names.files, self.size)

    def sums(self, answer: Any) -> Any:
        with np.load(FOLDER / "figures-numpy.npz") as names:
            return self.rules.sums(answer, names.files)

    def one(self) -> Callable[[], Any]:
        return lambda: self.peer.explain(0)


class OpenFisca:
    """OpenFisca-core 46."""

    def __init__(self, size: str) -> None:
        self.rules = importlib.import_module("benchmarks.peers.rules_openfisca")
        self.facts = load(size)
        self.peer = self.rules.Peer(self.facts)

    def run(self) -> Any:
        return self.peer.run()

    def columns(self, answer: Any) -> Any:
        return self.peer.as_columns(answer[0])

    def one(self) -> Callable[[], Any]:
        first = {name: column[:1].copy() for name, column in self.facts.items()}
        return self.rules.Peer(first).explain  # type: ignore[no-any-return]


class Zen:
    """zen-engine 2.1 on a sample."""

    def __init__(self, size: str) -> None:
        self.rules = importlib.import_module("benchmarks.peers.rules_zen")
        sample = {name: column[:ZEN_ROWS] for name, column in load(size).items()}
        self.peer = self.rules.Peer(sample)

    def run(self) -> Any:
        return self.peer.run()

    def columns(self, answer: Any) -> Any:
        words = ("area", "funding", "subsidy", "allow", "insur", "pay", "award", "masses")
        with np.load(FOLDER / "figures-numpy.npz") as names:
            hundredths = {name for name in names.files if any(word in name for word in words)}
        return self.peer.as_columns(answer, hundredths)

    def one(self) -> Callable[[], Any]:
        return self.peer.explain  # type: ignore[no-any-return]


PEERS: dict[str, Callable[[str], Any]] = {
    "numpy": Numpy,
    "engine": Engine,
    "openfisca": OpenFisca,
    "zen": Zen,
    "decimal": Loop,
}


def timed(job: Callable[[], Any]) -> float:
    gc.collect()
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def memory(peer: Any) -> int:
    """The most that one run holds above what the process held before it, in bytes."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")
    before = resident("VmRSS")
    peer.run()
    return resident("VmHWM") - before


def answer(command: str, peer: Any, name: str) -> Any:
    if command == "run":
        return timed(peer.run)
    if command == "memory":
        return memory(peer)
    if command == "save":
        given = peer.run()
        np.savez(FOLDER / f"figures-{name}.npz", **peer.columns(given))
        if name in WITH_SUMS:
            np.savez(FOLDER / f"sums-{name}.npz", **peer.sums(given))
        return f"figures-{name}.npz"
    one = peer.one()
    one()
    return statistics.median(timed(one) for _ in range(ONE_ROUNDS))


def main() -> None:
    name, size = sys.argv[1:3]
    peer = PEERS[name](size)
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(line.strip(), peer, name)), flush=True)


if __name__ == "__main__":
    main()
