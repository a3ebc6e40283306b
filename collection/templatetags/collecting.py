"""Template filters of the collection's pages."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(held: Mapping[str, Any], key: str) -> Any:
    """Return what a mapping holds under a key, '' where there is nothing."""
    return held.get(key, "") if held else ""
