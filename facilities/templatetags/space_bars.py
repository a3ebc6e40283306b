"""Horizontal bars of how many communities, beside the table that has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from collection.templatetags.drawn_bars import Bars, draw_bars

register = template.Library()


@register.simple_tag
def community_bars(title: str, lines: Iterable[Any]) -> Bars | None:
    """The bars of lines with label and communities; None for so few that the table says as much."""
    return draw_bars(title, [(line.label, line.communities) for line in lines], "个", 132)
