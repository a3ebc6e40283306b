"""Slow exact evaluator of one provision's value, written from docs/policy-format.md alone."""

import calendar
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

Table = Mapping[str, Any]
FEN = Fraction(1, 100)


class MissingError(Exception):
    """A fact, basis or index value that the rule needs is not there."""


class UnaskedError(Exception):
    """The provision asks nothing here."""


@dataclass(frozen=True)
class Band:
    """A value: its two ends, and what they were before the outermost clamp."""

    low: Fraction
    high: Fraction
    unclamped: "Band | None" = None


@dataclass(frozen=True)
class Place:
    """All that a value may depend on: one unit's facts, its code, the day, the options in force."""

    code: str
    on: date
    facts: Table
    options: Table = field(default_factory=dict)
    series: Sequence[Table] = ()
    catalogue: Table = field(default_factory=dict)
    provision: Callable[[str], Band] | None = None

    def fact(self, name: str) -> Any:
        value = self.facts.get(name)
        if value is None or value == "":
            raise MissingError(name)
        return value

    def amount(self, name: str) -> Fraction:
        return number(self.fact(name))

    def option(self, value: Any) -> Any:
        """The value itself, or what the option it names is set to."""
        if not (isinstance(value, str) and value.startswith("@")):
            return value
        if self.options.get(value[1:]) is None:
            raise MissingError(value)
        return self.options[value[1:]]

    def figure(self, name: str, year: int) -> Fraction:
        """The figure of the nearest division that has one: district, city, province, nation."""
        for length in [n for n in (6, 4, 2, 0) if n <= len(self.code)]:
            wanted = (name, self.code[:length], year)
            for row in self.series:
                if (row["series"], row["division"], row["year"]) == wanted:
                    units = self.catalogue["series"][name]["units"]
                    return number(row["value"]) * number(units[row["unit"]])
        raise MissingError(f"{name} {year}")


def number(value: Any) -> Fraction:
    """An exact number as the format writes it: 20000, "0.003", "3‰", "5%", "1/300"."""
    if isinstance(value, str):
        for sign, parts in (("%", 100), ("‰", 1000)):
            if value.endswith(sign):
                return Fraction(value[:-1]) / parts
    if isinstance(value, int | str | Decimal | Fraction):
        return Fraction(value)
    raise TypeError(value)


def rounded(x: Fraction, step: Fraction, mode: str) -> Fraction:
    """R(x, step, mode): x to a multiple of step; half_up goes away from zero."""
    if mode == "none":
        return x
    whole, rest = divmod(x / step, 1)
    up = {
        "floor": False,
        "ceil": rest > 0,
        "half_up": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and x > 0),
    }[mode]
    return (whole + up) * step


def by_unit(x: Fraction, unit: str) -> Fraction:
    """A final figure in its unit: heads and counts up, yuan and square metres half-up to 0.01."""
    if unit in ("person", "count", "household", "time"):
        return rounded(x, Fraction(1), "ceil")
    if unit in ("money", "area"):
        return rounded(x, FEN, "half_up")
    return x


def pair(value: Any, place: Place) -> tuple[Fraction, Fraction]:
    """The two ends of a number or of a [low, high] list."""
    value = place.option(value)
    ends = value if isinstance(value, list) else [value, value]
    return number(place.option(ends[0])), number(place.option(ends[1]))


def evaluate(value: Any, place: Place) -> Band:
    """The band of a value; raises MissingError or UnaskedError."""
    if not isinstance(value, Mapping):
        return Band(*pair(value, place))
    shape = next(name for name in SHAPES if name in value)
    return SHAPES[shape](value, place)


def const(value: Table, place: Place) -> Band:
    return Band(*pair(value["const"], place))


def fact(value: Table, place: Place) -> Band:
    x = place.amount(value["fact"])
    return Band(x, x)


def per(value: Table, place: Place) -> Band:
    amount, every = pair(value["amount"], place), pair(value["every"], place)
    mode = place.option(value.get("block", "none"))
    q = place.amount(value["per"])
    few, many = (rounded(q / n, Fraction(1), mode) for n in (every[1], every[0]))
    return Band(amount[0] * few, amount[1] * many)


def inside(x: Fraction, interval: str) -> bool:
    """Whether x lies in "[a,b)": square brackets include the end, an empty end is open."""
    low, high = (end.strip() for end in interval[1:-1].split(","))
    if low and (x < number(low) or (interval[0] == "(" and x == number(low))):
        return False
    return not high or x < number(high) or (interval[-1] == "]" and x == number(high))


def table(value: Table, place: Place) -> Band:
    x = place.amount(value["table"])
    row = next(row for row in value["rows"] if inside(x, place.option(row["range"])))
    return evaluate(row["value"], place)


def index(value: Table, place: Place) -> Band:
    year = place.on.year - int(place.option(value.get("lag", 0)))
    x = number(place.option(value.get("factor", 1))) * place.figure(value["index"], year)
    return Band(x, x)


def grow(value: Table, place: Place) -> Band:
    base = evaluate(value["grow"], place)
    start = int(place.option(value["from"]))
    rates = [yearly_rate(value, place, y) for y in range(start + 1, place.on.year + 1)]
    mode = place.option(value.get("mode", "compound"))
    step = place.option(value.get("round_each_year", "none"))

    def grown(x: Fraction) -> Fraction:
        first = x
        for rate in rates:
            x = x * (1 + rate) if mode == "compound" else x + first * rate
            x = x if step == "none" else rounded(x, number(step), "half_up")
        return x

    return Band(grown(base.low), grown(base.high))


def yearly_rate(value: Table, place: Place, year: int) -> Fraction:
    if "rate" in value:
        return number(place.option(value["rate"]))
    try:
        return place.figure(value["series"], year)
    except MissingError:  # a year without a decision counts as none
        return Fraction(0)


def fold(name: str, join: Callable[[list[Fraction]], Fraction]) -> Callable[[Table, Place], Band]:
    """A shape that joins its parts end by end."""

    def shape(value: Table, place: Place) -> Band:
        parts = [evaluate(part, place) for part in value[name]]
        return Band(join([p.low for p in parts]), join([p.high for p in parts]))

    return shape


def product_of(numbers: list[Fraction]) -> Fraction:
    x = Fraction(1)
    for n in numbers:
        x *= n
    return x


def clamp(value: Table, place: Place) -> Band:
    inner = evaluate(value["clamp"], place)
    low, high = inner.low, inner.high
    if "low" in value:
        bound = evaluate(place.option(value["low"]), place)
        low, high = max(low, bound.low), max(high, bound.high)
    if "high" in value:
        bound = evaluate(place.option(value["high"]), place)
        low, high = min(low, bound.low), min(high, bound.high)
    return Band(low, high, inner)


def when(value: Table, place: Place) -> Band:
    return evaluate(chosen(value["when"], place), place)


def chosen(branches: Sequence[Table], place: Place) -> Any:
    """The first branch whose condition is true; unknown before it means that a fact is missing."""
    for branch in branches:
        if "otherwise" in branch:
            return branch["otherwise"]
        truth = holds(branch["if"], place)
        if truth is None:
            raise MissingError("condition")
        if truth:
            return branch["then"]
    raise UnaskedError


def round_shape(value: Table, place: Place) -> Band:
    inner = evaluate(value["round"], place)
    modes = place.option(value.get("mode", "half_up"))
    step = number(place.option(value.get("step", 1)))
    low, high = modes if isinstance(modes, list) else (modes, modes)
    before = inner.unclamped and Band(
        rounded(inner.unclamped.low, step, low), rounded(inner.unclamped.high, step, high)
    )
    return Band(rounded(inner.low, step, low), rounded(inner.high, step, high), before)


def choose(value: Table, place: Place) -> Band:
    return evaluate(value["cases"][place.option("@" + value["choose"].lstrip("@"))], place)


def quota(value: Table, place: Place) -> Band:
    x = rounded(
        place.amount(value["quota"]) * number(place.option(value["share"])), Fraction(1), "ceil"
    )
    return Band(x, x)


def deadline(value: Table, place: Place) -> Band:
    day = place.fact(value["deadline"])
    if "months" in value:
        years, month = divmod(day.month - 1 + int(place.option(value["months"])), 12)
        year = day.year + years
        last = calendar.monthrange(year, month + 1)[1]
        day = date(year, month + 1, min(day.day, last))
    if "days" in value:
        day += timedelta(days=int(place.option(value["days"])))
    left = int(place.option(value.get("working_days", 0)))
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    x = Fraction(day.toordinal())
    return Band(x, x)


def recurrence(value: Table, place: Place) -> Band:
    return Band(*pair(value["recurrence"], place))


def assessed(value: Table, place: Place) -> Band:
    x = place.amount(value["assessed"])
    return Band(x, x)


def share_of(value: Table, place: Place) -> Band:
    if place.provision is None:
        raise MissingError(value["share_of"])
    other = place.provision(value["share_of"])
    if other.unclamped is None:
        return Band(Fraction(0), Fraction(0))
    low, high = other.unclamped.low - other.low, other.unclamped.high - other.high
    return Band(max(low, Fraction(0)), max(high, Fraction(0)))


SHAPES: dict[str, Callable[[Table, Place], Band]] = {
    "share_of": share_of,
    "assessed": assessed,
    "recurrence": recurrence,
    "deadline": deadline,
    "quota": quota,
    "choose": choose,
    "round": round_shape,
    "when": when,
    "clamp": clamp,
    "sum": fold("sum", sum),
    "product": fold("product", product_of),
    "max": fold("max", max),
    "min": fold("min", min),
    "grow": grow,
    "index": index,
    "table": table,
    "per": per,
    "fact": fact,
    "const": const,
}


def holds(condition: Table, place: Place) -> bool | None:
    """True, false, or None where a fact that decides it is not reported."""
    if "all" in condition:
        truths = [holds(part, place) for part in condition["all"]]
        return False if False in truths else None if None in truths else True
    if "any" in condition:
        truths = [holds(part, place) for part in condition["any"]]
        return True if True in truths else None if None in truths else False
    if "not" in condition:
        truth = holds(condition["not"], place)
        return None if truth is None else not truth
    if "year" in condition:
        return compared(Fraction(place.on.year), condition["year"], place)
    try:
        return known(condition, place)
    except MissingError:
        return None


def known(condition: Table, place: Place) -> bool:
    """A condition on facts; raises MissingError."""
    if "ratio" in condition:
        part, whole = (place.amount(name) for name in condition["ratio"])
        if whole == 0:  # a share of nothing is not reached
            return False
        scaled = {k: number(place.option(v)) * whole for k, v in condition.items() if k != "ratio"}
        return compared(part, scaled, place)
    reported = place.fact(place.option(condition["fact"]))
    if "in" in condition:
        return reported in condition["in"]
    if "is" in condition:
        expected = place.option(condition["is"])
        if isinstance(reported, bool) or isinstance(expected, bool):
            return reported is expected
        if isinstance(expected, str) and isinstance(reported, str):
            return reported == expected
        return number(reported) == number(expected)
    return compared(number(reported), {k: v for k, v in condition.items() if k != "fact"}, place)


def compared(x: Fraction, bounds: Table, place: Place) -> bool:
    """Whether x meets every bound: at_least, above, at_most, below, is."""
    tests = {
        "at_least": lambda b: x >= b,
        "above": lambda b: x > b,
        "at_most": lambda b: x <= b,
        "below": lambda b: x < b,
        "is": lambda b: x == b,
    }
    return all(tests[name](number(place.option(bound))) for name, bound in bounds.items())
