"""Horizontal bars of heads, beside the table that has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from collection.templatetags.drawn_bars import Bars, draw_bars

register = template.Library()


@register.simple_tag
def head_bars(title: str, lines: Iterable[Any]) -> Bars | None:
    """The bars of lines with a label and heads; None for so few that the table says as much."""
    return draw_bars(title, [(line.label, line.heads) for line in lines], "人", 120)
