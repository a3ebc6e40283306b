"""Computes the Chinese formulas of an explanation again, knowing nothing of the engine."""

import re
from fractions import Fraction
from math import ceil, floor

_TOKEN = re.compile(
    r"\s*(?:(?P<number>-?\d[\d,]*(?:\.\d+)?(?:/\d+)?)(?P<scale>[%‰]?)(?P<unit>[^\s+−×÷^（），%‰]*)"
    r"|(?P<word>取高|取低|进位|舍去|四舍五入)(?:到(?P<step>[\d.]+))?"
    r"|(?P<sign>[+−×÷^（），]))"
)
_SCALE = {"": 1, "%": 100, "‰": 1000}


def compute(formula: str) -> Fraction:
    """The exact value of a formula; raises ValueError for what a reader could not compute."""
    reader = _Reader(formula)
    value = reader.sum()
    if reader.place != len(reader.tokens):
        raise ValueError(f"{formula}: left over from {reader.tokens[reader.place]}")
    return value


def figure(shown: str) -> Fraction:
    """A figure as displayed: 60,000.00元, 9人, 100%."""
    return compute(shown)


class _Reader:
    def __init__(self, formula: str) -> None:
        self.tokens: list[re.Match[str]] = []
        self.place = 0
        at = 0
        while at < len(formula):
            found = _TOKEN.match(formula, at)
            if not found:
                raise ValueError(f"{formula}: cannot read {formula[at:]!r}")
            self.tokens.append(found)
            at = found.end()

    def sum(self) -> Fraction:
        value = self.product()
        while sign := self.takes("+", "−"):
            part = self.product()
            value = value + part if sign == "+" else value - part
        return value

    def product(self) -> Fraction:
        value = self.power()
        while sign := self.takes("×", "÷"):
            part = self.power()
            value = value * part if sign == "×" else value / part
        return value

    def power(self) -> Fraction:
        value = self.atom()
        return value ** int(self.atom()) if self.takes("^") else value

    def atom(self) -> Fraction:
        token = self.tokens[self.place]
        self.place += 1
        if token["number"]:
            return Fraction(token["number"].replace(",", "")) / _SCALE[token["scale"]]
        if token["word"]:
            return _applied(token["word"], Fraction(token["step"] or 1), self.bracket())
        self.place -= 1
        [value] = self.bracket()
        return value

    def bracket(self) -> list[Fraction]:
        if not self.takes("（"):
            raise ValueError("a bracket should open")
        values = [self.sum()]
        while self.takes("，"):
            values.append(self.sum())
        if not self.takes("）"):
            raise ValueError("a bracket should close")
        return values

    def takes(self, *signs: str) -> str:
        if self.place < len(self.tokens) and self.tokens[self.place]["sign"] in signs:
            self.place += 1
            return self.tokens[self.place - 1]["sign"]
        return ""


def _applied(word: str, step: Fraction, values: list[Fraction]) -> Fraction:
    if word in ("取高", "取低"):
        return max(values) if word == "取高" else min(values)
    [value] = values
    steps = value / step
    if word == "四舍五入":
        away = floor(abs(steps) + Fraction(1, 2))
        return (away if steps >= 0 else -away) * step
    return (ceil(steps) if word == "进位" else floor(steps)) * step
