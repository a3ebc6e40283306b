"""The same policies through policy.engine: each text adopted by the whole country."""

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from benchmarks.peers.facts import LEVELS, POSTS, START_YEAR, TENURES, YEAR, Columns, series_rows
from policy.engine import (
    Facts,
    Requirements,
    Rollup,
    Series,
    Stack,
    assess,
    explain_all,
    load_shipped,
    rollup,
)

TEXTS = {
    "A": "liaocheng-2015",
    "B": "city-opinions-2013",
    "C": "beilun",
    "D": "shandong-2018",
}
HUNDREDTHS = (
    "premises_area", "contract_price", "contract_rent", "gross_floor_area", "social_insurance",
    "mean_yearly_income",
)  # fmt: skip
WORDS = {
    "area_kind": ("new", "built"),
    "street_tier": ("better", "weaker"),
    "premises_tenure": TENURES,
    "post": POSTS,
    "central_urban": (False, True),
}
SERIES = ("sale_price", "rent", "disposable_income", "average_wage")
SAMPLE = 13
Answers = dict[str, tuple[Requirements, dict[str, Rollup]]]
ON = date(YEAR, 12, 31)


def reported(f: Columns) -> Facts:
    """The facts as a program hands them over: numbers, words and dates by name."""
    columns: dict[str, Any] = {}
    for name, column in f.items():
        if name == "code" or name in SERIES:
            continue
        numbers = column.tolist()
        if name in HUNDREDTHS:
            columns[name] = [Decimal(n).scaleb(-2) for n in numbers]
        elif name in WORDS:
            columns[name] = [WORDS[name][n] for n in numbers]
        elif name == "first_move_in_on":
            columns[name] = column.view("datetime64[D]").tolist()
        else:
            columns[name] = numbers
    return Facts.from_columns([f"{code:012d}" for code in f["code"].tolist()], columns)


class Peer:
    """Facts, series and one stack for each policy."""

    def __init__(self, f: Columns) -> None:
        self.facts = reported(f)
        self.series = Series.from_rows(series_rows(f))
        options = {"BL-FND-2.start_year": str(START_YEAR)}
        self.stacks = {
            letter: Stack.of(
                [load_shipped(name).adopted(jurisdiction="")], ON, options if letter == "C" else {}
            )
            for letter, name in TEXTS.items()
        }

    def run(self) -> Answers:
        """Requirements of every policy, and their four roll-ups."""
        self.facts.cache.clear()
        answers: Answers = {}
        for letter, stack in self.stacks.items():
            result = assess(self.facts, stack, self.series)
            answers[letter] = (result, {level: rollup(result, level) for level in LEVELS})
        return answers

    def explain(self, row: int) -> list[Any]:
        """Every figure of one community with its full trace, under all policies."""
        one = self.facts.one(row)
        return [explain_all(assess(one, stack, self.series), 0) for stack in self.stacks.values()]


def figures(answers: Answers, names: list[str], size: int) -> Columns:
    """The engine's figures of every SAMPLE-th community in the integers of the other peers."""
    numbers = range(0, size, SAMPLE)
    columns = {name: np.zeros(len(numbers), np.int64) for name in names}
    for name, column in columns.items():
        letter, subject, *field = name.split(".")
        result = answers[letter][0]
        for place, number in enumerate(numbers):
            row = result.row(subject, number)
            column[place] = whole(figure_of(row, field[0] if field else "required"), row.unit)
    return columns


def sums(answers: Answers, names: list[str]) -> Columns:
    """The engine's sums of every street in the integers of the other peers, by figure."""
    columns: Columns = {}
    for name in names:
        letter, subject, *field = name.split(".")
        added = answers[letter][1]["street"].subjects.get(subject)
        kind = field[0] if field else "required"
        if added is not None and kind != "unclamped":
            ends = {"low": added.low, "high": added.high, "required": added.required}
            columns[name] = ends[kind] if kind in ends else added.payers[kind]
    return columns


def figure_of(row: Any, field: str) -> Any:
    if field in ("low", "high", "required", "unclamped"):
        return getattr(row, field)
    return row.payers.get(field)


def whole(figure: Any, unit: str) -> int:
    if figure is None:
        return 0
    if isinstance(figure, date):
        return (figure - date(1970, 1, 1)).days
    return int(figure * 100) if unit in ("yuan", "m2") else int(figure)
