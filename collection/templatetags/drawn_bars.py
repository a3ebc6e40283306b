"""Horizontal bars drawn by the server: one rectangle for each line of a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

# in the units of the picture: how long labels and the longest bar are together, a line's height
ACROSS, STEP, THICK = 340, 26, 14
LEAST_BARS: Final = 4


class Bar(NamedTuple):
    """A bar with its words: label to the left, figure to the right of its end."""

    label: str
    number: int
    y: int
    text_y: int
    width: int
    end: int


class Bars(NamedTuple):
    """A picture: its bars, its size, and what it says to whoever cannot see it."""

    bars: list[Bar]
    left: int
    label_end: int
    thick: int
    width: int
    height: int
    label: str


def draw_bars(title: str, lines: Sequence[tuple[str, int]], unit: str, left: int) -> Bars | None:
    """The bars of labels and numbers; they begin at 0, the longest is of the highest number.

    left: where they begin, the room of the labels. None for so few that the table says as much.
    Widths are rounded down to whole units, so a bar is never longer than its figure says.
    """
    if len(lines) < LEAST_BARS:
        return None
    most, longest = max(number for _, number in lines) or 1, ACROSS - left
    bars = []
    for place, (label, number) in enumerate(lines):
        width = longest * number // most
        y = place * STEP + (STEP - THICK) // 2
        bars.append(Bar(label, number, y, y + THICK - 2, width, left + width + 6))
    words = "，".join(f"{label}{number:,}{unit}" for label, number in lines)
    return Bars(bars, left, left - 8, THICK, ACROSS + 68, STEP * len(lines), f"{title}：{words}")
