"""Horizontal bars drawn by the server: one rectangle for each line of a table beside it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import template

register = template.Library()

# in the units of the picture: where the bars begin, how long the longest is, a line's height
LEFT, LONGEST, STEP, THICK = 120, 220, 26, 14
LEAST_BARS = 4


class Bar(NamedTuple):
    """A bar with its words: label to the left, figure to the right of its end."""

    label: str
    heads: int
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


@register.simple_tag
def head_bars(title: str, lines: Iterable[Any]) -> Bars | None:
    """The bars of lines with a label and heads; they begin at 0, the longest is of the most heads.

    None for so few that the table says as much. Widths are rounded down to whole units, so a bar
    is never longer than its figure says.
    """
    listed = list(lines)
    if len(listed) < LEAST_BARS:
        return None
    most = max((line.heads for line in listed), default=0) or 1
    bars = []
    for place, line in enumerate(listed):
        width = LONGEST * line.heads // most
        y = place * STEP + (STEP - THICK) // 2
        bars.append(Bar(line.label, line.heads, y, y + THICK - 2, width, LEFT + width + 6))
    words = "，".join(f"{line.label}{line.heads:,}人" for line in listed)
    return Bars(
        bars, LEFT, LEFT - 8, THICK, LEFT + LONGEST + 68, STEP * len(listed), f"{title}：{words}"
    )
